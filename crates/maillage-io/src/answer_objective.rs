use maillage_core::{Objective, Sense};
use serde::{Deserialize, Serialize};

/// What was maximised, or minimised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerObjective {
    /// What is counted.
    pub unit: String,
    /// Which way is better: absent for the most.
    #[serde(default, skip_serializing_if = "AnswerSense::is_most")]
    pub sense: AnswerSense,
    /// What the new sites add; of sites and euros, how many there are; of the worst-off place, its share.
    pub value: u64,
    /// No choice is better than this.
    pub bound: u64,
}

/// Which way an objective is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerSense {
    /// The more, the better.
    #[default]
    Most,
    /// The fewer, the better.
    Least,
}

impl AnswerSense {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    const fn is_most(&self) -> bool {
        matches!(self, Self::Most)
    }
}

impl AnswerObjective {
    /// Returns by how much the bound is better than the value.
    #[must_use]
    pub const fn room(&self) -> u64 {
        self.bound.abs_diff(self.value)
    }

    pub(crate) fn of(objective: &Objective) -> Self {
        let Objective { unit, sense, value, bound } = objective.clone();
        let sense = if sense == Sense::Least { AnswerSense::Least } else { AnswerSense::Most };
        Self { unit, sense, value, bound }
    }
}
