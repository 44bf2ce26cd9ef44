//! Numbers as people write them in their language.

use maillage_io::Language;

/// Writes a whole number in groups of three: a comma between them in English, a narrow no-break space in French.
pub(crate) fn grouped(number: u64, language: Language) -> String {
    language.grouped(number)
}

/// Writes a sum of whole euros.
pub(crate) fn euros(sum: u64, language: Language) -> String {
    match language {
        Language::English => format!("€{}", grouped(sum, language)),
        Language::French => format!("{}\u{a0}€", grouped(sum, language)),
    }
}

/// Writes a decimal number in its shortest form.
pub(crate) fn decimal(number: f64, language: Language) -> String {
    in_language(&number.to_string(), language)
}

/// Writes a number to a thousandth, its whole part in groups of three.
pub(crate) fn decimal_grouped(number: f64, language: Language) -> String {
    let text = ((number * 1_000.0).round() / 1_000.0 + 0.0).to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let whole = digits.parse().map_or_else(|_| digits.to_owned(), |digits| grouped(digits, language));
    match decimals {
        Some(decimals) => {
            let mark = if language == Language::French { ',' } else { '.' };
            format!("{sign}{whole}{mark}{decimals}")
        }
        None => format!("{sign}{whole}"),
    }
}

fn in_language(number: &str, language: Language) -> String {
    match language {
        Language::English => number.to_owned(),
        Language::French => number.replace('.', ","),
    }
}

/// Returns how many of a hundred a part is, to the nearest; neither none nor all unless it is none or all.
pub(crate) fn of_hundred(part: u64, whole: u64) -> Option<u64> {
    if whole == 0 {
        return None;
    }
    let nearest = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    let nearest = u64::try_from(nearest).unwrap_or(u64::MAX);
    Some(if part == 0 || part >= whole { nearest } else { nearest.clamp(1, 99) })
}

/// Writes a part of a whole in percent, a dash when there is no whole.
pub(crate) fn percent_of(part: u64, whole: u64, language: Language) -> String {
    of_hundred(part, whole).map_or_else(|| "–".to_owned(), |hundredth| percent_sign(&hundredth.to_string(), language))
}

/// Writes a share from 0 to 1 in whole percent: nothing and all are said only where they are exact.
pub(crate) fn percent(share: f64, language: Language) -> String {
    let whole = (share * 100.0).round();
    let said = if share <= 0.0 || share >= 1.0 { whole } else { whole.clamp(1.0, 99.0) };
    percent_sign(&format!("{said:.0}"), language)
}

/// Writes a share that is told to a ten-thousandth in percent, with all its digits.
pub(crate) fn percent_exact(share: f64, language: Language) -> String {
    let hundredths = (share * 10_000.0).round() / 100.0;
    percent_sign(&in_language(&hundredths.to_string(), language), language)
}

/// Writes a share from 0 to 1 in percent, rounded up to two digits that count, so that it never promises too much.
pub(crate) fn percent_up(share: f64, language: Language) -> String {
    if share <= 0.0 {
        return percent_sign("0", language);
    }
    // Shares come as whole millionths; a rounding error of the product must not push them one digit up.
    let percent = (share * 1e6).round() / 1e4;
    let decimals = if percent >= 10.0 {
        0
    } else if percent >= 1.0 {
        1
    } else if percent >= 0.1 {
        2
    } else {
        4
    };
    let scale = 10_f64.powi(decimals);
    let up = ((percent * scale) - 1e-7).ceil() / scale;
    percent_sign(&in_language(&up.to_string(), language), language)
}

fn percent_sign(number: &str, language: Language) -> String {
    match language {
        Language::English => format!("{number}%"),
        Language::French => format!("{number}\u{202f}%"),
    }
}

/// Chooses between one and several.
pub(crate) fn plural<'a>(number: u64, one: &'a str, several: &'a str, language: Language) -> &'a str {
    let singular = match language {
        Language::English => number == 1,
        Language::French => number < 2,
    };
    if singular { one } else { several }
}

/// Makes a text safe to show on a terminal: control characters and direction marks are written out.
pub(crate) fn shown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if letter.is_control() || turns {
            safe.extend(letter.escape_unicode());
        } else {
            safe.push(letter);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{euros, grouped, of_hundred, percent_up, shown};
    use maillage_io::Language::{English, French};

    #[test]
    fn whole_numbers_are_grouped_by_the_habit_of_the_language() {
        assert_eq!(grouped(0, English), "0");
        assert_eq!(grouped(999, English), "999");
        assert_eq!(grouped(1_022_592, English), "1,022,592");
        assert_eq!(grouped(1_022_592, French), "1\u{202f}022\u{202f}592");
        assert_eq!(euros(4_280_000, English), "€4,280,000");
        assert_eq!(euros(4_280_000, French), "4\u{202f}280\u{202f}000\u{a0}€");
    }

    #[test]
    fn of_a_hundred_never_says_none_or_all_when_it_is_not() {
        assert_eq!(of_hundred(1_011_366, 2_411_423), Some(42));
        assert_eq!(of_hundred(2_033_958, 2_411_423), Some(84));
        assert_eq!(of_hundred(1, 100_000), Some(1));
        assert_eq!(of_hundred(99_999, 100_000), Some(99));
        assert_eq!(of_hundred(0, 5), Some(0));
        assert_eq!(of_hundred(5, 5), Some(100));
        assert_eq!(of_hundred(0, 0), None);
    }

    #[test]
    fn a_gap_is_rounded_up_and_is_nothing_only_when_closed() {
        assert_eq!(percent_up(0.0, English), "0%");
        assert_eq!(percent_up(0.000_001, English), "0.0001%");
        assert_eq!(percent_up(0.001, English), "0.1%");
        assert_eq!(percent_up(0.001_001, French), "0,11\u{202f}%");
        assert_eq!(percent_up(0.010_01, English), "1.1%");
        assert_eq!(percent_up(0.123, English), "13%");
    }

    #[test]
    fn names_cannot_command_the_terminal() {
        assert_eq!(shown("Metz\u{1b}[2J"), "Metz\\u{1b}[2J");
        assert_eq!(shown("Épinal – Œuilly"), "Épinal – Œuilly");
    }
}
