use serde::{Deserialize, Serialize};

use crate::Fraction;

/// Subsidiarity: where doctors suffice, people weigh less in the objective, or nothing.
///
/// Who is under-served does not change, nor do counts of people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Enough {
    /// Doctors suffice where the access figure is at least this.
    pub access: f64,
    /// What people there weigh: 0% leaves them out.
    pub weight: Fraction,
}

impl Enough {
    /// Returns the part of a weight that counts where doctors suffice, to the nearest whole number.
    pub(crate) fn part_of(self, weight: u64) -> u64 {
        let millionths = u128::from(weight) * u128::from(self.weight.millionths());
        u64::try_from((millionths + 500_000) / 1_000_000).unwrap_or(weight)
    }
}
