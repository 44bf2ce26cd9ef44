use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TravelTime;

/// The planner's question, free of files and flags.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Scenario {
    /// Under-served: access strictly below this; absent, everyone counts.
    pub under: Option<f64>,
    /// What is counted.
    pub weight: Weight,
    /// What to do with communes that have people and no access figure.
    pub missing_access: MissingAccess,
    /// In reach: at most this long.
    pub within: TravelTime,
    /// How travel times are made.
    pub travel: Travel,
    /// At most this many new sites.
    pub sites: Option<u64>,
    /// Exactly that many.
    pub exactly: bool,
    /// At most this many euros for new sites.
    pub budget: Option<u64>,
    /// Candidates that must open, by identifier.
    pub require: Vec<String>,
    /// Candidates that must not open, by identifier.
    pub forbid: Vec<String>,
    /// Kinds preferred, in order, between sites that are otherwise equal.
    pub prefer: Vec<String>,
    /// How much work to do.
    pub effort: Effort,
    /// Stop when proved this close to the best, as a share from 0 to 1.
    pub gap: Option<f64>,
}

/// What a plan counts in a commune that is under-served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Weight {
    /// Its people.
    #[default]
    People,
    /// Its people × (threshold − access) ÷ threshold, in whole thousandths.
    Shortfall,
    /// A column of the communes, in whole thousandths.
    Field(String),
}

/// What to do with communes that have people and no access figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingAccess {
    /// Refuse the data.
    #[default]
    Refuse,
    /// Count their people as served well enough.
    Exclude,
    /// Count their people as under-served.
    UnderServed,
}

/// How travel times are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Travel {
    /// Straight line.
    #[serde(rename_all = "kebab-case")]
    StraightLine {
        /// Kilometres an hour.
        speed: f64,
        /// How much longer than the straight line the way is.
        detour: f64,
    },
    /// A table of times.
    Times,
}

/// How much work to do before stopping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// A tenth of the work.
    Quick,
    /// The default.
    #[default]
    Normal,
    /// Until proved.
    Proof,
}

impl TryFrom<String> for Weight {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "people" => Ok(Self::People),
            "shortfall" => Ok(Self::Shortfall),
            other => match other.strip_prefix("field:") {
                Some(name) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
                _ => Err(format!("\"{other}\" is not a weight: write people, shortfall or field:NAME")),
            },
        }
    }
}

impl From<Weight> for String {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::People => "people".to_owned(),
            Weight::Shortfall => "shortfall".to_owned(),
            Weight::Field(name) => format!("field:{name}"),
        }
    }
}
