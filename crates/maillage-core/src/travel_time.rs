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

pub(crate) const SECOND: u32 = 10;
pub(crate) const MINUTE: u32 = 60 * SECOND;
pub(crate) const HOUR: u32 = 60 * MINUTE;
pub(crate) const WEEK: u32 = 7 * 24 * HOUR;

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
        f64::from(self.deciseconds) / f64::from(MINUTE)
    }

    /// Returns the number of whole minutes that have passed.
    ///
    /// ```
    /// use maillage_core::TravelTime;
    ///
    /// let time: TravelTime = "7min30s".parse()?;
    /// assert_eq!((time.whole_minutes(), time.minutes_begun()), (7, 8));
    /// # Ok::<(), maillage_core::TravelTimeError>(())
    /// ```
    #[must_use]
    pub const fn whole_minutes(self) -> u32 {
        self.deciseconds / MINUTE
    }

    /// Returns the number of minutes that have begun.
    #[must_use]
    pub const fn minutes_begun(self) -> u32 {
        self.deciseconds.div_ceil(MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        fn minutes_with_one_decimal_are_exact(tenths in 0..=100_800_u32) {
            let time = TravelTime::from_minutes_up(f64::from(tenths) / 10.0);
            prop_assert_eq!(time, Ok(TravelTime::from_deciseconds(tenths * 60)));
        }
    }
}
