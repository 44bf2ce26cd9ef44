use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TravelTime;

/// How far apart two sites are: metres in a straight line, or the time of the way between them.
///
/// The unit says which: `10km`, `500m`, `15min`, `1h`. A minute is written `min`, so that `m` is a metre.
///
/// ```
/// use maillage_core::{Distance, TravelTime};
///
/// assert_eq!("2,5 km".parse(), Ok(Distance::Metres(2_500)));
/// assert_eq!("15min".parse(), Ok(Distance::Time(TravelTime::from_minutes(15))));
/// assert!("15".parse::<Distance>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Distance {
    /// Whole metres in a straight line.
    Metres(u32),
    /// The time of the way, as people travel to sites.
    Time(TravelTime),
}

/// Why a text is not a [`Distance`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DistanceError {
    /// There is a number without a unit.
    #[error("\"{0}\" has no unit: write {0}km or {0}min")]
    NoUnit(String),
    /// The text is not a distance.
    #[error("\"{0}\" is not a distance of 1m to 1000km, nor a time: write 10km, 500m or 15min")]
    NotOne(String),
}

/// A thousand kilometres.
const MOST: f64 = 1_000_000.0;

impl FromStr for Distance {
    type Err = DistanceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || DistanceError::NotOne(text.to_owned());
        let lower = text.trim().to_lowercase();
        let (number, metres) = match (lower.strip_suffix("km"), lower.strip_suffix('m')) {
            (Some(number), _) => (number, 1_000.0),
            (None, Some(number)) => (number, 1.0),
            (None, None) if lower.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) => {
                return Err(if lower.is_empty() { refuse() } else { DistanceError::NoUnit(lower) });
            }
            (None, None) => return lower.parse().map(Self::Time).map_err(|_| refuse()),
        };
        let number = number.trim_end().replace(',', ".");
        if !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(refuse());
        }
        let metres = (number.parse::<f64>().map_err(|_| refuse())? * metres).round();
        if !(1.0..=MOST).contains(&metres) {
            return Err(refuse());
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie from 1 to 10^6")]
        let metres = metres as u32;
        Ok(Self::Metres(metres))
    }
}

impl TryFrom<String> for Distance {
    type Error = DistanceError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metres(metres) if *metres < 1_000 => write!(formatter, "{metres}m"),
            Self::Metres(metres) => write!(formatter, "{}km", f64::from(*metres) / 1_000.0),
            Self::Time(time) => write!(formatter, "{time}"),
        }
    }
}

impl From<Distance> for String {
    fn from(distance: Distance) -> Self {
        distance.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_says_whether_it_is_a_way_or_a_time() {
        for (text, written) in
            [("10km", "10km"), ("500 m", "500m"), ("1.25km", "1.25km"), ("90s", "1min30s"), ("1h", "1h")]
        {
            let distance: Distance = text.parse().unwrap();
            assert_eq!(distance.to_string(), written);
            assert_eq!(written.parse(), Ok(distance));
        }
        assert_eq!("10".parse::<Distance>(), Err(DistanceError::NoUnit("10".to_owned())));
        for text in ["", "km", "0km", "-1km", "1001km", "10 miles", "1.2.3km", "NaNkm"] {
            assert!(matches!(text.parse::<Distance>(), Err(DistanceError::NotOne(_))), "{text}");
        }
    }
}
