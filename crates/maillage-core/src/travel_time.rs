use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A travel time in whole deciseconds (tenths of a second).
///
/// Written with its unit: `10min`, `90s`, `1h`, `1h30`, `7min30s`. Times that are not whole deciseconds are rounded
/// *up*, so that a time never passes for shorter than it is.
///
/// ```
/// use maillage_core::TravelTime;
///
/// let within: TravelTime = "7,5 min".parse()?;
/// assert_eq!(within.deciseconds(), 4_500);
/// assert_eq!(within.to_string(), "7min30s");
/// assert!("20".parse::<TravelTime>().is_err());
/// # Ok::<(), maillage_core::TravelTimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct TravelTime {
    deciseconds: u32,
}

/// Why a text or a number is not a [`TravelTime`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TravelTimeError {
    /// There is a number without a unit.
    #[error("\"{0}\" has no unit: write 10min, 90s, 1h or 1h30")]
    NoUnit(String),
    /// The text is not a time.
    #[error("\"{0}\" is not a travel time: write 10min, 90s, 1h or 1h30")]
    NotATime(String),
    /// The time is zero, negative, endless or over a week.
    #[error("\"{0}\" is not a time between one tenth of a second and a week")]
    OutOfRange(String),
}

const SECOND: u32 = 10;
const MINUTE: u32 = 60 * SECOND;
const HOUR: u32 = 60 * MINUTE;
const WEEK: u32 = 7 * 24 * HOUR;

/// A computed number of deciseconds this close to a whole one is that whole one: floating-point noise.
const NOISE: f64 = 1e-6;

impl TravelTime {
    /// Makes a travel time of whole deciseconds.
    #[must_use]
    pub const fn from_deciseconds(deciseconds: u32) -> Self {
        Self { deciseconds }
    }

    /// Makes a travel time of whole minutes, the longest there is where they are too many.
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Self {
        Self { deciseconds: minutes.saturating_mul(MINUTE) }
    }

    /// Makes a travel time of minutes from 0 to a week, rounded up to a whole decisecond.
    ///
    /// Numbers within a ten-millionth of a second of a whole decisecond count as that decisecond, so that 0.1 minutes,
    /// or ten written 10.000000000001, gain nothing from the way computers hold fractions.
    ///
    /// ```
    /// use maillage_core::TravelTime;
    ///
    /// assert_eq!(TravelTime::from_minutes_up(10.0)?.deciseconds(), 6_000);
    /// assert_eq!(TravelTime::from_minutes_up(10.000_1)?.deciseconds(), 6_001);
    /// assert!(TravelTime::from_minutes_up(f64::NAN).is_err());
    /// # Ok::<(), maillage_core::TravelTimeError>(())
    /// ```
    ///
    /// # Errors
    /// When the number is negative, not finite, or over a week.
    pub fn from_minutes_up(minutes: f64) -> Result<Self, TravelTimeError> {
        let deciseconds = minutes * f64::from(MINUTE);
        if !(minutes >= 0.0 && deciseconds <= f64::from(WEEK) + NOISE) {
            return Err(TravelTimeError::OutOfRange(format!("{minutes} minutes")));
        }
        let whole = deciseconds.round();
        Ok(Self::from_deciseconds_up(if (deciseconds - whole).abs() <= NOISE { whole } else { deciseconds }))
    }

    /// Rounds computed deciseconds up; what is longer than a `u32` holds becomes the longest time.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, as documented")]
    pub(crate) fn from_deciseconds_up(deciseconds: f64) -> Self {
        Self { deciseconds: deciseconds.ceil() as u32 }
    }

    /// Returns the time in whole deciseconds.
    #[must_use]
    pub const fn deciseconds(self) -> u32 {
        self.deciseconds
    }

    /// Returns the time in minutes, exact to the decisecond.
    #[must_use]
    pub fn minutes(self) -> f64 {
        f64::from(self.deciseconds) / 600.0
    }
}

/// One number of a text with the letters behind it.
struct Part<'a> {
    whole: &'a str,
    fraction: &'a str,
    unit: &'a str,
}

impl<'a> Part<'a> {
    /// Splits the first part off a text that starts with a digit.
    fn split(text: &'a str) -> Option<(Self, &'a str)> {
        let (whole, rest) = split_while(text, |letter| letter.is_ascii_digit());
        let (fraction, rest) = match rest.strip_prefix(['.', ',']) {
            Some(rest) => split_while(rest, |letter| letter.is_ascii_digit()),
            None => ("0", rest),
        };
        let (unit, rest) = split_while(rest.trim_start(), char::is_alphabetic);
        (!whole.is_empty() && !fraction.is_empty()).then_some((Self { whole, fraction, unit }, rest.trim_start()))
    }

    fn is_whole(&self) -> bool {
        self.fraction.bytes().all(|digit| digit == b'0')
    }

    /// Returns the deciseconds of this part, rounded up; absent when there are too many digits to be a time.
    fn deciseconds(&self, unit: u32) -> Option<u64> {
        let fraction = self.fraction.trim_end_matches('0');
        let whole: u64 = self.whole.parse().ok().filter(|&whole| whole <= u64::from(WEEK))?;
        let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok().filter(|&digits| digits <= 24)?)?;
        let numerator = if fraction.is_empty() { 0 } else { fraction.parse::<u128>().ok()? };
        u64::try_from(u128::from(whole) * u128::from(unit) + (numerator * u128::from(unit)).div_ceil(scale)).ok()
    }
}

fn split_while(text: &str, holds: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !holds(letter)).unwrap_or(text.len()))
}

impl FromStr for TravelTime {
    type Err = TravelTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_a_time = || TravelTimeError::NotATime(text.to_owned());
        let out_of_range = || TravelTimeError::OutOfRange(text.to_owned());
        let lower = text.trim().to_lowercase();
        let (negative, mut rest) = match lower.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, lower.as_str()),
        };
        if rest.starts_with("inf") || rest.starts_with('∞') {
            return Err(out_of_range());
        }
        let mut total = 0_u64;
        let mut above: Option<u32> = None;
        while above.is_none() || !rest.is_empty() {
            let (part, behind) = Part::split(rest).ok_or_else(not_a_time)?;
            let unit = match (part.unit, above) {
                ("h", _) => HOUR,
                ("min", _) => MINUTE,
                ("s", _) => SECOND,
                ("", Some(HOUR)) if behind.is_empty() && part.is_whole() => MINUTE,
                ("", None) if behind.is_empty() => return Err(TravelTimeError::NoUnit(text.to_owned())),
                _ => return Err(not_a_time()),
            };
            let deciseconds = part.deciseconds(unit).ok_or_else(out_of_range)?;
            // 1h90min, 1min1h and 1.5h30 are slips of the hand more often than times.
            if above.is_some_and(|above| unit >= above || deciseconds >= u64::from(above))
                || !(behind.is_empty() || part.is_whole())
            {
                return Err(not_a_time());
            }
            total = total.saturating_add(deciseconds);
            above = Some(unit);
            rest = behind;
        }
        match u32::try_from(total) {
            Ok(deciseconds @ 1..=WEEK) if !negative => Ok(Self { deciseconds }),
            _ => Err(out_of_range()),
        }
    }
}

impl TryFrom<String> for TravelTime {
    type Error = TravelTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TravelTime> for String {
    fn from(time: TravelTime) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TravelTime {
    /// Writes the time without loss: `10min`, `7min30s`, `1h30`, `45.5s`; from 0.1s to a week it parses back.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = self.deciseconds / HOUR;
        let minutes = self.deciseconds % HOUR / MINUTE;
        let seconds = self.deciseconds % MINUTE / SECOND;
        let tenths = self.deciseconds % SECOND;
        let hours_text = if hours > 0 { format!("{hours}h") } else { String::new() };
        let minutes_text = match (hours, minutes, seconds, tenths) {
            (_, 0, _, _) => String::new(),
            (1.., minutes, 0, 0) => format!("{minutes:02}"),
            (_, minutes, _, _) => format!("{minutes}min"),
        };
        let seconds_text = match (seconds, tenths) {
            (0, 0) if self.deciseconds > 0 => String::new(),
            (seconds, 0) => format!("{seconds}s"),
            (seconds, tenths) => format!("{seconds}.{tenths}s"),
        };
        formatter.pad(&[hours_text, minutes_text, seconds_text].concat())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn deciseconds(text: &str) -> u32 {
        text.parse::<TravelTime>().map_or_else(|error| panic!("{error}"), TravelTime::deciseconds)
    }

    #[test]
    fn texts_with_a_unit_are_exact() {
        let expected = [
            ("10min", 6_000),
            ("90s", 900),
            ("1h", 36_000),
            ("1h30", 54_000),
            ("1h05", 39_000),
            ("1h30min", 54_000),
            ("1 h 30 min 15 s", 54_150),
            ("7.5min", 4_500),
            ("7,5\u{a0}min", 4_500),
            (" 7min30s ", 4_500),
            ("0.1s", 1),
            ("0.1min", 60),
            ("1.5H", 54_000),
            ("168h", WEEK),
            ("010min", 6_000),
        ];
        for (text, time) in expected {
            assert_eq!(deciseconds(text), time, "{text}");
        }
    }

    #[test]
    fn texts_between_two_deciseconds_are_rounded_up() {
        assert_eq!(deciseconds("0.01s"), 1);
        assert_eq!(deciseconds("10.0001min"), 6_001);
    }

    #[test]
    fn a_unit_is_mandatory() {
        for text in ["20", "7.5", "-5", " 20 "] {
            assert_eq!(text.parse::<TravelTime>(), Err(TravelTimeError::NoUnit(text.to_owned())));
        }
    }

    #[test]
    fn times_out_of_range_are_refused() {
        for text in ["0min", "-10min", "inf", "infinity min", "168h0.1s", "99999999999999999999999999h", "0h"] {
            assert_eq!(text.parse::<TravelTime>(), Err(TravelTimeError::OutOfRange(text.to_owned())));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let texts = [
            "", "min", "NaN", "NaNmin", "10m", "10 km", "1h90", "1h90min", "1min1h", "1.5h30", "1h2.5", "1 0min",
            "1e3min", "10min5", ".5min", "5.min", "1h-5min", "10min!", "--5min", "1:30", "١٠min",
        ];
        for text in texts {
            assert_eq!(text.parse::<TravelTime>(), Err(TravelTimeError::NotATime(text.to_owned())));
        }
    }

    #[test]
    fn display_is_what_people_write() {
        let expected = [
            (6_000, "10min"),
            (4_500, "7min30s"),
            (36_000, "1h"),
            (54_000, "1h30"),
            (39_000, "1h05"),
            (54_150, "1h30min15s"),
            (455, "45.5s"),
            (36_001, "1h0.1s"),
            (0, "0s"),
        ];
        for (time, text) in expected {
            assert_eq!(TravelTime::from_deciseconds(time).to_string(), text);
        }
    }

    #[test]
    fn minutes_of_a_table_are_rounded_up_but_not_by_noise() {
        let expected = [
            (10.0, 6_000),
            (10.000_000_000_001, 6_000),
            (9.999_999_999_999, 6_000),
            (0.1, 60),
            (0.0, 0),
            (12.345, 7_407),
        ];
        for (minutes, time) in expected {
            assert_eq!(TravelTime::from_minutes_up(minutes), Ok(TravelTime::from_deciseconds(time)));
        }
        assert_eq!(TravelTime::from_minutes_up(10.001).map(TravelTime::deciseconds), Ok(6_001));
        for minutes in [-0.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 10_080.1] {
            assert!(TravelTime::from_minutes_up(minutes).is_err(), "{minutes}");
        }
    }

    proptest! {
        #[test]
        fn every_time_parses_back(time in 1..=WEEK) {
            let time = TravelTime::from_deciseconds(time);
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }

        #[test]
        fn no_text_panics(text in "[-0-9.,hmins −∞é]{0,12}") {
            let _ = text.parse::<TravelTime>();
        }

        #[test]
        fn minutes_with_one_decimal_are_exact(tenths in 0..=100_800_u32) {
            let time = TravelTime::from_minutes_up(f64::from(tenths) / 10.0);
            prop_assert_eq!(time, Ok(TravelTime::from_deciseconds(tenths * 60)));
        }
    }
}
