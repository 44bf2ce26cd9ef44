use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the value of a column must be: one of some, or a number in a range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Written", into = "Written")]
#[schemars(with = "Written")]
pub enum Condition {
    /// One of these values, compared as they are written; numbers without trailing zeros.
    OneOf(Vec<String>),
    /// A number from `least` up to but not including `below`, either of which may be absent.
    Range {
        /// The smallest number that will do.
        least: Option<f64>,
        /// The smallest number that is too large.
        below: Option<f64>,
    },
}

/// The columns that a rule looks at, and what must stand there; all of them must hold.
pub type Conditions = BTreeMap<String, Condition>;

/// A condition as it is written.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a value, a list of values, or { least = 500, below = 2000 }")]
enum Written {
    One(Scalar),
    Many(Vec<Scalar>),
    Range(Range),
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Range {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    least: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    below: Option<f64>,
}

/// A value as it is written.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Scalar {
    Text(String),
    Whole(i64),
    Decimal(f64),
    Truth(bool),
}

impl Scalar {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
        }
    }
}

impl From<Written> for Condition {
    fn from(written: Written) -> Self {
        match written {
            Written::One(value) => Self::OneOf(vec![value.into_text()]),
            Written::Many(values) => Self::OneOf(values.into_iter().map(Scalar::into_text).collect()),
            Written::Range(Range { least, below }) => Self::Range { least, below },
        }
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::OneOf(values) => Self::Many(values.into_iter().map(Scalar::Text).collect()),
            Condition::Range { least, below } => Self::Range(Range { least, below }),
        }
    }
}

impl Condition {
    /// Returns whether the column must hold numbers.
    #[must_use]
    pub const fn is_numeric(&self) -> bool {
        matches!(self, Self::Range { .. })
    }

    /// Returns whether a value will do.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        match self {
            Self::OneOf(values) => values.iter().any(|one| one == value),
            Self::Range { least, below } => value.parse::<f64>().is_ok_and(|number| {
                least.is_none_or(|least| number >= least) && below.is_none_or(|below| number < below)
            }),
        }
    }
}
