//! How a [`TravelTime`] is written and read.

use std::fmt;
use std::str::FromStr;

use crate::travel_time::{HOUR, MINUTE, SECOND, WEEK};
use crate::{TravelTime, TravelTimeError};

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
            Ok(deciseconds @ 1..=WEEK) if !negative => Ok(Self::from_deciseconds(deciseconds)),
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
        let time = self.deciseconds();
        let (hours, minutes) = (time / HOUR, time % HOUR / MINUTE);
        let (seconds, tenths) = (time % MINUTE / SECOND, time % SECOND);
        let hours_text = if hours > 0 { format!("{hours}h") } else { String::new() };
        let minutes_text = match (hours, minutes, seconds, tenths) {
            (_, 0, _, _) => String::new(),
            (1.., minutes, 0, 0) => format!("{minutes:02}"),
            (_, minutes, _, _) => format!("{minutes}min"),
        };
        let seconds_text = match (seconds, tenths) {
            (0, 0) if time > 0 => String::new(),
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
    }
}
