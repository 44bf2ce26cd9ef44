use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Fraction, TravelTime};

/// What a plan is to be best at.
///
/// ```
/// use maillage_core::Goal;
///
/// let goal: Goal = "fewest-sites:90%".parse()?;
/// assert_eq!((goal, "worst-off:dep".parse()?), (Goal::FewestSites("90%".parse()?), Goal::WorstOff("dep".to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(
    with = "String",
    extend("pattern" = "^(reach|(fewest-sites|least-cost):.*%|worst-off:.+|travel-time:.+)$")
)]
pub enum Goal {
    /// Most weight in reach: `reach`.
    #[default]
    Reach,
    /// The fewest new sites that bring this share of the under-served people into reach, those in reach before counted
    /// too: `fewest-sites:90%`.
    FewestSites(Fraction),
    /// The least euros for new sites that bring this share into reach: `least-cost:90%`.
    LeastCost(Fraction),
    /// The largest share in reach of the place where it is smallest, over the values of a column of the communes; then
    /// the most weight in reach: `worst-off:dep`.
    WorstOff(String),
    /// The least time to the nearest site, in minutes begun, each place counting this much at most:
    /// `travel-time:60min`.
    TravelTime(TravelTime),
}

/// Why a text is not a [`Goal`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a goal: write reach, fewest-sites:90%, least-cost:90%, worst-off:COLUMN, or travel-time:60min \
     (whole minutes, at most 240)"
)]
pub struct GoalError(
    /// What was found.
    pub String,
);

/// The longest limit of travel times, in minutes: one layer of demand for each.
const MOST_MINUTES: u32 = 240;

impl FromStr for Goal {
    type Err = GoalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || GoalError(text.to_owned());
        let trimmed = text.trim();
        let (word, rest) = trimmed.split_once(':').unwrap_or((trimmed, ""));
        let rest = rest.trim();
        match word {
            "reach" if trimmed == word => Ok(Self::Reach),
            "fewest-sites" => Ok(Self::FewestSites(rest.parse().map_err(|_| refuse())?)),
            "least-cost" => Ok(Self::LeastCost(rest.parse().map_err(|_| refuse())?)),
            "worst-off" if !rest.is_empty() => Ok(Self::WorstOff(rest.to_owned())),
            "travel-time" => {
                let limit: TravelTime = rest.parse().map_err(|_| refuse())?;
                let whole = limit.whole_minutes() == limit.minutes_begun();
                let allowed = whole && limit <= TravelTime::from_minutes(MOST_MINUTES);
                if allowed { Ok(Self::TravelTime(limit)) } else { Err(refuse()) }
            }
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Goal {
    type Error = GoalError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reach => formatter.write_str("reach"),
            Self::FewestSites(share) => write!(formatter, "fewest-sites:{share}"),
            Self::LeastCost(share) => write!(formatter, "least-cost:{share}"),
            Self::WorstOff(column) => write!(formatter, "worst-off:{column}"),
            Self::TravelTime(limit) => write!(formatter, "travel-time:{limit}"),
        }
    }
}

impl From<Goal> for String {
    fn from(goal: Goal) -> Self {
        goal.to_string()
    }
}

impl Goal {
    /// Returns whether it is reached by moving a limit or a floor, under which the most weight is then covered.
    #[must_use]
    pub const fn has_level(&self) -> bool {
        matches!(self, Self::FewestSites(_) | Self::LeastCost(_) | Self::WorstOff(_))
    }

    /// Returns whether it finds the number of sites, or the money, by itself.
    #[must_use]
    pub const fn moves_limit(&self) -> bool {
        matches!(self, Self::FewestSites(_) | Self::LeastCost(_))
    }

    pub(crate) const fn is_reach(&self) -> bool {
        matches!(self, Self::Reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_written_as_it_is_read() {
        for text in ["reach", "fewest-sites:90%", "least-cost:87.5%", "worst-off:dep", "travel-time:1h"] {
            assert_eq!(text.parse::<Goal>().unwrap().to_string(), text);
        }
        for text in ["", "reach:", "fewest-sites", "fewest-sites:90", "worst-off:", "travel-time:90s", "travel-time:5h"]
        {
            assert_eq!(text.parse::<Goal>(), Err(GoalError(text.to_owned())));
        }
    }
}
