//! From what is written in a cell to numbers and texts, without guessing.

use std::borrow::Cow;

use crate::Finding;
use crate::catalogue::{
    CSV_EXCEL, NOT_A_NUMBER, NUMBER_FRACTIONAL, NUMBER_MISSING, NUMBER_NEGATIVE, NUMBER_TOO_LARGE, TEXT_KIND,
};
use crate::json_error::Kind;
use crate::layer::{NumberStyle, Value};

/// Why a cell is not the number that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueError {
    NotANumber,
    Negative,
    Missing,
    Fractional,
    TooLarge(u64),
    /// What a spreadsheet made of it.
    Spreadsheet(&'static str, &'static str),
    Kind(Kind),
}

/// What a column must hold, in English and French, with an example.
pub(crate) type Expected = ((&'static str, &'static str), &'static str);

/// Whole people or euros.
pub(crate) const WHOLE: Expected = (("a non-negative whole number", "un nombre entier, positif ou nul"), "12430");
/// A figure with decimals.
pub(crate) const DECIMAL: Expected = (("a non-negative number", "un nombre positif ou nul"), "3.7");
/// A longitude or a latitude.
pub(crate) const DEGREES: Expected = (("a number of degrees", "un nombre de degrés"), "6.1757");

impl ValueError {
    /// Makes a finding of it.
    pub(crate) fn to_finding(self, value: &Value<'_>, expected: Expected) -> Finding {
        let entry = match self {
            Self::NotANumber => &NOT_A_NUMBER,
            Self::Negative => &NUMBER_NEGATIVE,
            Self::Missing => &NUMBER_MISSING,
            Self::Fractional => &NUMBER_FRACTIONAL,
            Self::TooLarge(_) => &NUMBER_TOO_LARGE,
            Self::Spreadsheet(..) => &CSV_EXCEL,
            Self::Kind(_) => &TEXT_KIND,
        };
        let finding = Finding::new(entry).with_value(&written(value));
        let finding = finding.with("expected", expected.0).with("example", expected.1);
        match self {
            Self::TooLarge(limit) => finding.with("limit", limit),
            Self::Spreadsheet(english, french) => finding.with("found", (english, french)),
            Self::Kind(kind) => finding.with("found", kind.words()),
            _ => finding,
        }
    }
}

/// Returns what is written in a cell, for messages.
pub(crate) fn written<'a>(value: &'a Value<'_>) -> Cow<'a, str> {
    match value {
        Value::Number(text) | Value::Text(text) | Value::Field(text) => Cow::Borrowed(text.as_ref()),
        Value::Absent | Value::Null => Cow::Borrowed("null"),
        Value::Other(kind) => Cow::Borrowed(kind.words().0),
    }
}

/// Reads a number; `None` when the cell is blank, null or absent.
pub(crate) fn decimal(value: &Value<'_>, style: NumberStyle) -> Result<Option<f64>, ValueError> {
    let Some(text) = digits(value, style)? else { return Ok(None) };
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(ValueError::NotANumber),
    }
}

/// Reads a whole number from 0 to a limit; `None` when the cell is blank, null or absent.
///
/// `12.0` is whole; nothing is rounded.
pub(crate) fn whole(value: &Value<'_>, style: NumberStyle, limit: u64) -> Result<Option<u64>, ValueError> {
    let Some(text) = digits(value, style)? else { return Ok(None) };
    let number = text.parse::<f64>().map_err(|_| ValueError::NotANumber)?;
    if number < 0.0 {
        return Err(ValueError::Negative);
    }
    let (integer, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let number = if text.contains(['e', 'E']) {
        if number.fract() != 0.0 {
            return Err(ValueError::Fractional);
        }
        // Above the limit the value is refused below; under it, a whole f64 is exact.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked: whole, not negative; the cast saturates"
        )]
        let number = number as u64;
        number
    } else if decimals.bytes().any(|digit| digit != b'0') {
        return Err(ValueError::Fractional);
    } else {
        integer.trim_start_matches('-').parse().map_err(|_| ValueError::TooLarge(limit))?
    };
    if number > limit { Err(ValueError::TooLarge(limit)) } else { Ok(Some(number)) }
}

/// Returns the number of a cell in JSON's own grammar.
fn digits<'a>(value: &'a Value<'_>, style: NumberStyle) -> Result<Option<Cow<'a, str>>, ValueError> {
    match value {
        Value::Absent | Value::Null => Ok(None),
        Value::Number(text) => Ok(Some(Cow::Borrowed(text))),
        Value::Text(_) => Err(ValueError::NotANumber),
        Value::Other(kind) => Err(ValueError::Kind(*kind)),
        Value::Field(text) => field_digits(text, style),
    }
}

fn field_digits(text: &str, style: NumberStyle) -> Result<Option<Cow<'_, str>>, ValueError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some((english, french)) = spreadsheet_mark(text) {
        return Err(ValueError::Spreadsheet(english, french));
    }
    if is_plain(text) {
        return Ok(Some(Cow::Borrowed(text)));
    }
    if style == NumberStyle::Point {
        return Err(ValueError::NotANumber);
    }
    let (integer, decimals) = match text.split_once(',') {
        Some((integer, decimals)) => (integer, Some(decimals)),
        None => match text.split_once('.') {
            Some((integer, decimals)) => (integer, Some(decimals)),
            None => (text, None),
        },
    };
    let mut groups = integer.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let mut number = groups.next().unwrap_or_default().to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return Err(ValueError::NotANumber);
        }
        grouped = true;
        number.push_str(group);
    }
    let first = number.trim_start_matches('-').len();
    if grouped
        && first % 3 != 0
        && integer
            .trim_start_matches('-')
            .split([' ', '\u{a0}', '\u{202f}', '\u{2009}'])
            .next()
            .is_none_or(|group| group.len() > 3)
    {
        return Err(ValueError::NotANumber);
    }
    if let Some(decimals) = decimals {
        number.push('.');
        number.push_str(decimals);
    }
    if is_plain(&number) { Ok(Some(Cow::Owned(number))) } else { Err(ValueError::NotANumber) }
}

/// Returns whether a text is digits with at most a minus before, decimals behind a point and a negative power of ten.
fn is_plain(text: &str) -> bool {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) if power.strip_prefix('-').is_some_and(all_digits) => mantissa,
        _ => text,
    };
    match text.split_once('.') {
        Some((integer, decimals)) => all_digits(integer) && all_digits(decimals),
        None => all_digits(text),
    }
}

/// Recognises what spreadsheets make of figures and codes: dates, powers of ten, formulas.
pub(crate) fn spreadsheet_mark(text: &str) -> Option<(&'static str, &'static str)> {
    if text.starts_with("=\"") || text.starts_with('=') {
        return Some(("a formula", "une formule"));
    }
    let lower = text.to_lowercase();
    if let Some((mantissa, power)) = lower.split_once('e') {
        let is_number = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'+' | b'-'))
        };
        // Programs write small numbers as 3e-05 and lose nothing; large ones come from rounding spreadsheets.
        if is_number(mantissa) && is_number(power) && !power.starts_with('-') {
            return Some(("a power of ten", "une puissance de dix"));
        }
    }
    let months = [
        "janv", "févr", "fevr", "mars", "avr", "mai", "juin", "juil", "août", "aout", "sept", "oct", "nov", "déc",
        "dec", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
    ];
    let parts: Vec<&str> = lower.split(['-', '/']).collect();
    let is_month = |part: &str| months.contains(&part.trim_end_matches('.'));
    let is_digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = match parts.as_slice() {
        [first, second] => (is_month(first) && is_digits(second)) || (is_digits(first) && is_month(second)),
        [first, second, third] => is_digits(first) && (is_digits(second) || is_month(second)) && is_digits(third),
        _ => false,
    };
    is_date.then_some(("a date", "une date"))
}

/// Returns whether a text is one of the marks statisticians write for "no value".
pub(crate) fn is_no_value_mark(value: &Value<'_>) -> bool {
    let (Value::Text(text) | Value::Field(text)) = value else { return false };
    let text = text.trim();
    let lower = text.to_lowercase();
    let marks = [
        "", "s", "ns", "nd", "n.d.", "n.s.", "na", "n/a", "n.a.", "nan", "-", "–", "—", "..", "...", "…", "null",
        "none", "///",
    ];
    marks.contains(&lower.as_str()) || text.starts_with('<')
}

/// Reads a text; numbers are taken as they are written, blanks and nulls are `None`.
pub(crate) fn text(value: &Value<'_>) -> Result<Option<String>, Box<Finding>> {
    match value {
        Value::Absent | Value::Null => Ok(None),
        Value::Number(text) => Ok(Some(text.clone().into_owned())),
        Value::Text(text) => Ok((!text.is_empty()).then(|| text.clone().into_owned())),
        Value::Field(text) => {
            let text = text.trim();
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        Value::Other(kind) => Err(Box::new(Finding::new(&TEXT_KIND).with("found", kind.words()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> Value<'_> {
        Value::Field(Cow::Borrowed(text))
    }

    #[test]
    fn french_tables_write_numbers_their_own_way() {
        for (text, number) in [
            ("12 430", 12430.0),
            ("12\u{a0}430", 12430.0),
            ("1\u{202f}234\u{202f}567,5", 1_234_567.5),
            ("1234,5", 1234.5),
            ("1234.5", 1234.5),
            ("-3,25", -3.25),
            (" 7 ", 7.0),
        ] {
            assert_eq!(decimal(&field(text), NumberStyle::Comma), Ok(Some(number)), "{text}");
        }
        for text in ["1 23", "1234 567", "12 4300", "1,2,3", "1,234.5", "12 ", "x", "+-1", ",5", "1,"] {
            if text != "12 " {
                assert_eq!(decimal(&field(text), NumberStyle::Comma), Err(ValueError::NotANumber), "{text}");
            }
        }
        assert_eq!(decimal(&field("3e-05"), NumberStyle::Point), Ok(Some(0.000_03)));
        assert_eq!(decimal(&field("12 430"), NumberStyle::Point), Err(ValueError::NotANumber));
        assert_eq!(decimal(&field("1234,5"), NumberStyle::Point), Err(ValueError::NotANumber));
    }

    #[test]
    fn people_are_whole() {
        let cases = [
            ("492", Ok(Some(492))),
            ("1723.0", Ok(Some(1723))),
            ("1.5", Err(ValueError::Fractional)),
            ("1.234", Err(ValueError::Fractional)),
            ("-3", Err(ValueError::Negative)),
            ("9223372036854775808", Err(ValueError::TooLarge(1_000_000_000_000))),
            ("99999999999999999999999", Err(ValueError::TooLarge(1_000_000_000_000))),
            ("1e300", Err(ValueError::TooLarge(1_000_000_000_000))),
            ("1e3", Ok(Some(1000))),
            ("1e-1", Err(ValueError::Fractional)),
            ("-0", Ok(Some(0))),
        ];
        for (text, number) in cases {
            assert_eq!(whole(&Value::Number(text.into()), NumberStyle::Point, 1_000_000_000_000), number, "{text}");
        }
        assert_eq!(whole(&Value::Text("12".into()), NumberStyle::Comma, 100), Err(ValueError::NotANumber));
        assert_eq!(whole(&Value::Null, NumberStyle::Comma, 100), Ok(None));
        assert_eq!(whole(&Value::Other(Kind::Array), NumberStyle::Comma, 100), Err(ValueError::Kind(Kind::Array)));
    }

    #[test]
    fn spreadsheets_leave_marks() {
        for text in ["mars-01", "1-mars", "01/03/2024", "2024-03-01", "1.23E+05", "1,23E+05", "=\"01001\"", "déc-12"] {
            assert!(spreadsheet_mark(text).is_some(), "{text}");
        }
        for text in ["57463", "2A004", "Mars", "12-5x", "Saint-Dié", "1 234"] {
            assert_eq!(spreadsheet_mark(text), None, "{text}");
        }
    }

    #[test]
    fn marks_for_no_value_are_known() {
        for text in ["s", "ns", "nd", "<0,5", "-", "NaN", ""] {
            assert!(is_no_value_mark(&Value::Text(text.into())), "{text}");
        }
        assert!(!is_no_value_mark(&Value::Text("3,5".into())));
        assert!(!is_no_value_mark(&Value::Number("3".into())));
    }
}
