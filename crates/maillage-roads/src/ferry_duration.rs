/// What a text of the key `duration` says, in seconds: `HH:MM`, `HH:MM:SS`, minutes, or ISO 8601 (`PT1H30M`).
pub(crate) fn ferry_duration(text: &str) -> Option<f64> {
    let seconds = match text.strip_prefix(['P', 'p']) {
        Some(iso) => iso_8601(iso)?,
        None => clock(text)?,
    };
    (seconds > 0.0 && seconds <= 7.0 * 86_400.0).then_some(seconds)
}

fn clock(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|part| number(part.trim())).collect::<Option<_>>()?;
    match parts[..] {
        [minutes] => Some(minutes * 60.0),
        [hours, minutes] if minutes < 60.0 => Some(hours * 3_600.0 + minutes * 60.0),
        [hours, minutes, seconds] if minutes < 60.0 && seconds < 60.0 => {
            Some(hours * 3_600.0 + minutes * 60.0 + seconds)
        }
        _ => None,
    }
}

fn iso_8601(text: &str) -> Option<f64> {
    let (mut seconds, mut is_time, mut digits) = (0.0, false, String::new());
    for letter in text.chars() {
        let unit = match letter.to_ascii_uppercase() {
            '0'..='9' | '.' => {
                digits.push(letter);
                continue;
            }
            'T' if !is_time && digits.is_empty() => {
                is_time = true;
                continue;
            }
            'D' if !is_time => 86_400.0,
            'H' if is_time => 3_600.0,
            'M' if is_time => 60.0,
            'S' if is_time => 1.0,
            _ => return None,
        };
        seconds += number(&digits)? * unit;
        digits.clear();
    }
    digits.is_empty().then_some(seconds)
}

fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_every_spelling() {
        let cases = [
            ("00:20", Some(1_200.0)),
            ("1:30", Some(5_400.0)),
            ("01:30:30", Some(5_430.0)),
            ("20", Some(1_200.0)),
            ("PT1H30M", Some(5_400.0)),
            ("PT45M", Some(2_700.0)),
            ("P1DT1H", Some(90_000.0)),
            ("PT90S", Some(90.0)),
            ("PT", None),
            ("P1M", None),
            ("1:75", None),
            ("soon", None),
            ("-5", None),
            ("inf", None),
            ("0", None),
        ];
        for (text, expected) in cases {
            assert_eq!(ferry_duration(text), expected, "{text}");
        }
    }
}
