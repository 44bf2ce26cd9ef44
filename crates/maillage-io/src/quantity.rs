use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use maillage_core::SpeedError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a text is not a quantity with its unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// There is a number without its unit.
    #[error("\"{text}\" has no unit: write {example}")]
    NoUnit {
        /// What was found.
        text: String,
        /// How to write it.
        example: String,
    },
    /// The text is not such a quantity.
    #[error("\"{text}\" is not {what}: write it like {example}")]
    NotOne {
        /// What was found.
        text: String,
        /// What was expected.
        what: &'static str,
        /// How to write it.
        example: &'static str,
    },
}

/// Splits a number from its unit, spaces between them allowed.
fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: f64 = number.parse().ok()?;
    number.is_finite().then_some((number, unit.trim()))
}

/// A speed in kilometres an hour, written `50km/h`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\s*[0-9.]+\s*km/h\s*$"))]
pub struct Speed(f64);

impl Speed {
    /// Returns kilometres an hour.
    #[must_use]
    pub const fn kilometres_an_hour(self) -> f64 {
        self.0
    }
}

impl FromStr for Speed {
    type Err = SpeedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(maillage_core::parse_speed(text)?))
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}km/h", self.0)
    }
}

/// A share of a whole, written in percent: `0.1%`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\s*[0-9.]+\s*%\s*$"))]
pub struct Share {
    percent: f64,
}

impl Share {
    /// Returns the share from 0 to 1.
    #[must_use]
    pub const fn of_one(self) -> f64 {
        self.percent / 100.0
    }
}

impl FromStr for Share {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match split(text) {
            Some((percent, "%")) if percent <= 100.0 => Ok(Self { percent }),
            Some((number, "")) => Err(QuantityError::NoUnit { text: text.to_owned(), example: format!("{number}%") }),
            _ => Err(QuantityError::NotOne { text: text.to_owned(), what: "a share from 0% to 100%", example: "0.1%" }),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}%", self.percent)
    }
}

/// A sum in whole euros: `4280000`; `4_280_000` and a closing `€` are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "WrittenSum", into = "u64")]
#[schemars(with = "u64")]
pub struct Euros(u64);

/// The most euros understood: a thousand billion.
const MOST_EUROS: u64 = 1_000_000_000_000;

impl Euros {
    /// Returns the number of euros.
    #[must_use]
    pub const fn whole(self) -> u64 {
        self.0
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenSum {
    Whole(u64),
    Text(String),
}

impl TryFrom<WrittenSum> for Euros {
    type Error = QuantityError;

    fn try_from(written: WrittenSum) -> Result<Self, Self::Error> {
        match written {
            WrittenSum::Whole(whole) => whole.to_string().parse(),
            WrittenSum::Text(text) => text.parse(),
        }
    }
}

impl From<Euros> for u64 {
    fn from(sum: Euros) -> Self {
        sum.0
    }
}

impl FromStr for Euros {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || QuantityError::NotOne {
            text: text.to_owned(),
            what: "a sum in whole euros, at most 1,000,000,000,000",
            example: "4280000",
        };
        let digits = text.trim().trim_end_matches('€').trim_end();
        let well_grouped = digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.ends_with(|last: char| last.is_ascii_digit())
            && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '_');
        if !well_grouped {
            return Err(refuse());
        }
        match digits.replace('_', "").parse() {
            Ok(whole) if whole <= MOST_EUROS => Ok(Self(whole)),
            _ => Err(refuse()),
        }
    }
}

/// How long the clock may run, written `60s`, `10min` or `1h`; `0` stops after the first plan with a valid bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\s*(0|[0-9.]+\s*(s|min|h))\s*$"))]
pub struct TimeLimit {
    milliseconds: u64,
}

impl TimeLimit {
    /// Returns the limit as a duration.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_millis(self.milliseconds)
    }
}

impl FromStr for TimeLimit {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || QuantityError::NotOne {
            text: text.to_owned(),
            what: "a time limit of at most 1000 hours",
            example: "60s, 10min or 1h",
        };
        let (number, unit) = split(text).ok_or_else(refuse)?;
        let seconds = match unit {
            "s" => number,
            "min" => number * 60.0,
            "h" => number * 3600.0,
            "" if number == 0.0 => 0.0,
            "" => return Err(QuantityError::NoUnit { text: text.to_owned(), example: format!("{number}s") }),
            _ => return Err(refuse()),
        };
        if seconds > 3_600_000.0 {
            return Err(refuse());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked: from 0 to 3,600,000,000 milliseconds"
        )]
        let milliseconds = (seconds * 1000.0).round() as u64;
        Ok(Self { milliseconds })
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.milliseconds / 1000, self.milliseconds % 1000);
        if rest == 0 { write!(formatter, "{whole}s") } else { write!(formatter, "{whole}.{rest:03}s") }
    }
}

/// Lets a quantity be read from and written to files as its text.
macro_rules! as_text {
    ($($quantity:ty),*) => {$(
        impl TryFrom<String> for $quantity {
            type Error = <Self as FromStr>::Err;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$quantity> for String {
            fn from(quantity: $quantity) -> Self {
                quantity.to_string()
            }
        }
    )*};
}

as_text!(Speed, Share, TimeLimit);

#[cfg(test)]
mod tests {
    use super::{Euros, QuantityError, Share, Speed, TimeLimit};

    #[test]
    fn a_number_without_its_unit_is_refused_with_the_unit_to_add() {
        let no_unit = |text: &str, example: &str| QuantityError::NoUnit { text: text.into(), example: example.into() };
        assert_eq!("50".parse::<Speed>(), Err(maillage_core::SpeedError::NoUnit("50".to_owned())));
        assert_eq!("0.1".parse::<Share>(), Err(no_unit("0.1", "0.1%")));
        assert_eq!("60".parse::<TimeLimit>(), Err(no_unit("60", "60s")));
    }

    #[test]
    fn only_whole_euros_are_money() {
        for good in ["4280000", "4_280_000", "4280000€", "4280000 €"] {
            assert_eq!(good.parse::<Euros>().map(Euros::whole), Ok(4_280_000), "{good}");
        }
        for bad in ["1.5", "-1", "1e6", "4 280 000", "4,280,000", "", "_1", "1_", "2000000000000", "NaN", "€"] {
            assert!(bad.parse::<Euros>().is_err(), "{bad}");
        }
    }

    #[test]
    fn nonsense_is_no_quantity() {
        for bad in ["", "km/h", "0km/h", "-5km/h", "NaNkm/h", "infkm/h", "50 mph", "1e5km/h", "5.5.5km/h"] {
            assert!(bad.parse::<Speed>().is_err(), "{bad}");
        }
        for bad in ["-1%", "101%", "NaN%", "%", "0.1 percent"] {
            assert!(bad.parse::<Share>().is_err(), "{bad}");
        }
        for bad in ["-1s", "NaN", "s", "1001h", "3 days"] {
            assert!(bad.parse::<TimeLimit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!("47.5 km/h".parse::<Speed>().unwrap().to_string(), "47.5km/h");
        assert_eq!("0.1 %".parse::<Share>().unwrap().to_string(), "0.1%");
        assert_eq!("1.5min".parse::<TimeLimit>().unwrap().to_string(), "90s");
        assert_eq!("0".parse::<TimeLimit>().unwrap().to_string(), "0s");
        assert_eq!("0.25s".parse::<TimeLimit>().unwrap().to_string(), "0.250s");
    }
}
