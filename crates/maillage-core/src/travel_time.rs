use serde::{Deserialize, Serialize};

/// A travel time in whole deciseconds (tenths of a second).
///
/// Written with its unit: `10min`, `90s`, `1h`, `1h30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TravelTime {
    deciseconds: u32,
}

/// Why a text is not a [`TravelTime`].
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

impl TravelTime {
    /// Makes a travel time of whole deciseconds.
    #[must_use]
    pub const fn from_deciseconds(deciseconds: u32) -> Self {
        Self { deciseconds }
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

impl std::str::FromStr for TravelTime {
    type Err = TravelTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Err(TravelTimeError::NotATime(text.to_owned()))
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

impl std::fmt::Display for TravelTime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.deciseconds)
    }
}
