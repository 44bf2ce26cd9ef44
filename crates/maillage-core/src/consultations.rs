use serde::{Deserialize, Serialize};

use crate::need::Need;
use crate::{Amount, Scenario, Site, SiteState, Territory};

/// What sites can serve and communes need, in consultations a year.
///
/// Nobody's capacity is ever assumed: it is a column of the sites, existing ones included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Capacity {
    /// The column of the sites that holds the consultations a year each can serve.
    pub field: String,
    /// What the under-served people of a commune need.
    pub need: ConsultationNeed,
    /// Whether the plan maximises what is served within the capacities, in the place of people in reach.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub within: bool,
}

/// How many consultations a year the under-served people of a commune need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsultationNeed {
    /// A column of the communes.
    Field(String),
    /// So many for each person, the sum rounded to whole consultations.
    Rate(Amount),
}

/// Why consultations cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConsultationError {
    /// A site has no capacity.
    #[error("site \"{id}\" has no capacity in the column \"{column}\"")]
    NoCapacity {
        /// The site.
        id: String,
        /// The column.
        column: String,
    },
    /// A commune whose people are counted has no need.
    #[error("commune \"{code}\" has no need in the column \"{column}\"")]
    NoNeed {
        /// The commune.
        code: String,
        /// The column.
        column: String,
    },
    /// A commune with inhabitants has no persons among whom care is shared.
    #[error("commune \"{code}\" has no standardised people in the column \"{column}\"")]
    NoPersons {
        /// The commune.
        code: String,
        /// The column.
        column: String,
    },
    /// There are fewer than none of them, or more than a billion.
    #[error("commune \"{code}\" has \"{value}\" in the column \"{column}\", which is no number of people")]
    NoNumberOfPersons {
        /// The commune.
        code: String,
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A capacity or a need is not a whole number.
    #[error("\"{of}\" has \"{value}\" in the column \"{column}\", which is not a whole number of consultations a year")]
    NotWhole {
        /// The site or the commune.
        of: String,
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// Capacities or needs add up past 2⁵³.
    #[error("{what} add up to more than 2^53 (9,007,199,254,740,992)")]
    TooLarge {
        /// "capacities" or "needs".
        what: &'static str,
    },
    /// Floors speak of people in reach.
    #[error("floors count people in reach and do not go with a plan within capacity")]
    Floors,
    /// What is served within capacity is the only goal then.
    #[error("a plan within capacity maximises consultations served: no other goal and no decay goes with it")]
    Goal,
    /// What is served within capacity is counted in consultations.
    #[error("a plan within capacity maximises consultations served: no other weight goes with it")]
    Weight,
}

/// Consultations a year by site and by commune of a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consultations {
    /// What each site can serve.
    pub(crate) capacities: Vec<u64>,
    /// What the under-served people of each commune need.
    pub(crate) needs: Vec<u64>,
}

/// The largest sum.
const LARGEST: u128 = 1 << 53;

impl Consultations {
    /// Counts what a scenario with a capacity speaks of.
    pub(crate) fn of(
        scenario: &Scenario,
        capacity: &Capacity,
        territory: &Territory,
    ) -> Result<Self, ConsultationError> {
        let capacity_of = |site: &Site| match site.columns.get(&capacity.field) {
            _ if site.state == SiteState::Outside => Ok(0),
            Some(value) => whole(&site.id, &capacity.field, value),
            None => Err(ConsultationError::NoCapacity { id: site.id.clone(), column: capacity.field.clone() }),
        };
        let need = Need::of(scenario);
        let need_of = |commune: &crate::Commune| match (need.people(commune), &capacity.need) {
            (0, _) => Ok(0),
            (people, ConsultationNeed::Rate(rate)) => Ok(of_people(people, *rate)),
            (_, ConsultationNeed::Field(column)) => match commune.columns.get(column) {
                Some(value) => whole(&commune.code, column, value),
                None => Err(ConsultationError::NoNeed { code: commune.code.clone(), column: column.clone() }),
            },
        };
        let capacities = territory.sites().iter().map(capacity_of).collect::<Result<Vec<u64>, _>>()?;
        let needs = territory.communes().iter().map(need_of).collect::<Result<Vec<u64>, _>>()?;
        for (what, all) in [("capacities", &capacities), ("needs", &needs)] {
            if all.iter().map(|&number| u128::from(number)).sum::<u128>() > LARGEST {
                return Err(ConsultationError::TooLarge { what });
            }
        }
        Ok(Self { capacities, needs })
    }
}

fn whole(of: &str, column: &str, value: &str) -> Result<u64, ConsultationError> {
    let refuse =
        |_| ConsultationError::NotWhole { of: of.to_owned(), column: column.to_owned(), value: value.to_owned() };
    value.parse().map_err(refuse)
}

/// Returns people × rate, rounded to the nearest whole number, half of one up.
fn of_people(people: u64, rate: Amount) -> u64 {
    let thousandths = u128::from(people) * u128::from(rate.thousandths().unsigned_abs());
    u64::try_from((thousandths + 500) / 1_000).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_whole_consultations() {
        let rate: Amount = "2.5".parse().unwrap();
        assert_eq!((of_people(3, rate), of_people(1, rate), of_people(0, rate)), (8, 3, 0));
        assert_eq!(whole("th_1", "slots", "1200"), Ok(1200));
        assert!(whole("th_1", "slots", "12.5").is_err());
    }
}
