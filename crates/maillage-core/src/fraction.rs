use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share of a whole, exact to a millionth, written in percent: `41%`; by default nothing of it.
///
/// ```
/// use maillage_core::Fraction;
///
/// let rural: Fraction = "41,5 %".parse()?;
/// assert_eq!((rural.millionths(), rural.to_string()), (415_000, "41.5%".to_owned()));
/// assert!("41".parse::<Fraction>().is_err());
/// # Ok::<(), maillage_core::FractionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\s*[0-9]+([.,][0-9]{1,4})?\s*%\s*$"))]
pub struct Fraction {
    millionths: u32,
}

/// Why a text is not a [`Fraction`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FractionError {
    /// There is a number without its unit.
    #[error("\"{0}\" has no unit: write {0}%")]
    NoUnit(String),
    /// The text is not a share.
    #[error("\"{0}\" is not a share from 0% to 100% with at most four decimals: write it like 41%")]
    NotOne(String),
}

/// Millionths of a percent's digits.
const PERCENT: u32 = 10_000;
/// A whole in millionths.
const WHOLE: u32 = 100 * PERCENT;

impl Fraction {
    /// Makes a share of so many hundredths of a percent, a whole where they are more.
    #[must_use]
    pub fn from_ten_thousandths(number: u32) -> Self {
        Self { millionths: number.saturating_mul(100).min(WHOLE) }
    }

    /// Returns the share in millionths of the whole.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.millionths
    }

    /// Returns the share from 0 to 1.
    #[must_use]
    pub fn of_one(self) -> f64 {
        f64::from(self.millionths) / f64::from(WHOLE)
    }

    /// Returns the share as numerator and denominator in lowest terms.
    #[must_use]
    pub fn ratio(self) -> (u32, u32) {
        let divisor = greatest_common_divisor(self.millionths, WHOLE);
        (self.millionths / divisor, WHOLE / divisor)
    }

    /// Returns the share of a whole number, rounded up.
    ///
    /// ```
    /// use maillage_core::Fraction;
    ///
    /// assert_eq!("50%".parse::<Fraction>()?.of_up(7), 4);
    /// # Ok::<(), maillage_core::FractionError>(())
    /// ```
    #[must_use]
    pub fn of_up(self, whole: u64) -> u64 {
        let part = (u128::from(whole) * u128::from(self.millionths)).div_ceil(u128::from(WHOLE));
        u64::try_from(part).unwrap_or(whole)
    }
}

const fn greatest_common_divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

impl FromStr for Fraction {
    type Err = FractionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || FractionError::NotOne(text.to_owned());
        let trimmed = text.trim();
        let without_unit = trimmed.strip_suffix('%');
        let number = without_unit.unwrap_or(trimmed).trim_end().replace(',', ".");
        let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || number.ends_with('.') {
            return Err(refuse());
        }
        if !digits(whole) || !digits(decimals) {
            return Err(refuse());
        }
        let percent: u32 = whole.parse().map_err(|_| refuse())?;
        let parts: u32 = format!("{decimals:0<4}").parse().map_err(|_| refuse())?;
        let millionths = percent * PERCENT + parts;
        if millionths > WHOLE {
            return Err(refuse());
        }
        if without_unit.is_none() { Err(FractionError::NoUnit(number)) } else { Ok(Self { millionths }) }
    }
}

impl TryFrom<String> for Fraction {
    type Error = FractionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.millionths / PERCENT, self.millionths % PERCENT);
        if rest == 0 {
            write!(formatter, "{whole}%")
        } else {
            write!(formatter, "{whole}.{}%", format!("{rest:04}").trim_end_matches('0'))
        }
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact() {
        for (text, millionths, written) in [
            ("41%", 410_000, "41%"),
            (" 33,3333 % ", 333_333, "33.3333%"),
            ("0%", 0, "0%"),
            ("100.0%", 1_000_000, "100%"),
        ] {
            let share: Fraction = text.parse().unwrap();
            assert_eq!((share.millionths(), share.to_string().as_str()), (millionths, written));
            assert_eq!(share.to_string().parse(), Ok(share));
        }
        assert_eq!("41%".parse::<Fraction>().unwrap().ratio(), (41, 100));
        assert_eq!("0.0001%".parse::<Fraction>().unwrap().of_up(1_000_001), 2);
        assert_eq!("41".parse::<Fraction>(), Err(FractionError::NoUnit("41".to_owned())));
        for text in ["", "%", "-1%", "100.0001%", "1.23456%", "41 percent", "NaN%", "1.%", "1e1%", "4 1%"] {
            assert!(matches!(text.parse::<Fraction>(), Err(FractionError::NotOne(_))), "{text}");
        }
    }
}
