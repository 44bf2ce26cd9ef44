use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a table of travel times is laid out, as far as the planner says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimesTable {
    /// Column of the place people leave from.
    pub place: Option<String>,
    /// Column of the site.
    pub site: Option<String>,
    /// Column of the time.
    pub time: Option<String>,
    /// Unit of that column; minutes where nothing is said.
    pub unit: Option<TimesUnit>,
    /// Which way the times go.
    pub direction: TimesDirection,
    /// What a pair with a blank time is.
    pub missing: TimesMissing,
    /// Identifiers of the origins of a matrix, in its order.
    pub origins: Option<IdList>,
    /// Identifiers of the destinations of a matrix, in its order.
    pub destinations: Option<IdList>,
}

/// Identifiers in a file: one a line, or a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdList {
    /// The file.
    pub file: PathBuf,
    /// The column; absent where the identifiers stand alone on their lines.
    pub column: Option<String>,
}

impl IdList {
    /// Reads `FILE` or `FILE:COLUMN`.
    pub(crate) fn named(text: &str) -> Self {
        match text.rsplit_once(':') {
            Some((file, column)) if !file.is_empty() && !column.is_empty() && !column.contains(['/', '\\']) => {
                Self { file: PathBuf::from(file), column: Some(column.to_owned()) }
            }
            _ => Self { file: PathBuf::from(text), column: None },
        }
    }

    /// Writes it as it is read.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.column {
            Some(column) => format!("{}:{column}", self.file.display()),
            None => self.file.display().to_string(),
        }
    }
}

/// The unit of the times of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TimesUnit {
    /// Minutes, with decimals.
    #[serde(rename = "minutes")]
    Minutes,
    /// Seconds, with decimals.
    #[serde(rename = "seconds")]
    Seconds,
    /// Hours and minutes, and seconds where there are any: `1:05` or `1:05:30`.
    #[serde(rename = "hh:mm")]
    Clock,
}

/// Which way the times of a table go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TimesDirection {
    /// From the places where people live to the sites.
    #[default]
    #[serde(rename = "to-sites")]
    ToSites,
    /// From the sites to the places: taken for the way there, which is as long where no street is one-way.
    #[serde(rename = "to-places")]
    ToPlaces,
}

/// What a pair with a blank time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TimesMissing {
    /// A mistake.
    #[default]
    #[serde(rename = "refuse")]
    Refuse,
    /// Out of reach.
    #[serde(rename = "out-of-reach")]
    OutOfReach,
}

/// What is none of the words that a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {0}")]
pub struct TimesWordError(&'static str);

impl FromStr for TimesUnit {
    type Err = TimesWordError;

    fn from_str(text: &str) -> Result<Self, TimesWordError> {
        match text {
            "minutes" => Ok(Self::Minutes),
            "seconds" => Ok(Self::Seconds),
            "hh:mm" => Ok(Self::Clock),
            _ => Err(TimesWordError("minutes, seconds or hh:mm")),
        }
    }
}

impl FromStr for TimesDirection {
    type Err = TimesWordError;

    fn from_str(text: &str) -> Result<Self, TimesWordError> {
        match text {
            "to-sites" => Ok(Self::ToSites),
            "to-places" => Ok(Self::ToPlaces),
            _ => Err(TimesWordError("to-sites or to-places")),
        }
    }
}

impl FromStr for TimesMissing {
    type Err = TimesWordError;

    fn from_str(text: &str) -> Result<Self, TimesWordError> {
        match text {
            "refuse" => Ok(Self::Refuse),
            "out-of-reach" => Ok(Self::OutOfReach),
            _ => Err(TimesWordError("refuse or out-of-reach")),
        }
    }
}

impl fmt::Display for TimesUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.words().0)
    }
}

impl TimesUnit {
    /// Returns the unit in English and French.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Minutes => ("minutes", "minutes"),
            Self::Seconds => ("seconds", "secondes"),
            Self::Clock => ("hh:mm", "hh:mm"),
        }
    }

    /// Returns an example in English and French.
    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::Minutes => "12.5",
            Self::Seconds => "750",
            Self::Clock => "1:05",
        }
    }
}
