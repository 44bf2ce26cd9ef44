use maillage_core::{PhaseCount, Plan};
use serde::{Deserialize, Serialize};

/// Counts at the end of a phase, all earlier ones included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerPhase {
    /// Its name, else its number.
    pub phase: String,
    /// What the people in reach at its end weigh in the objective.
    pub years: u64,
    /// New sites opened in it.
    pub sites_opened: u64,
    /// New sites opened until its end.
    pub sites_new: u64,
    /// Whole euros for them.
    pub cost: u64,
    /// Under-served people in reach thanks to them only.
    pub newly_reached: u64,
    /// Under-served people in reach at its end.
    pub reached_after: u64,
}

impl AnswerPhase {
    /// Tells a phase; `before` is how many existing sites reach.
    #[must_use]
    pub fn of(count: &PhaseCount, before: u64) -> Self {
        Self {
            phase: count.phase.clone(),
            years: count.years,
            sites_opened: count.sites_opened,
            sites_new: count.sites_new,
            cost: count.cost,
            newly_reached: count.newly_reached,
            reached_after: before.saturating_add(count.newly_reached),
        }
    }
}

/// What the last phase loses by building on the earlier ones: the cost of nesting.
///
/// All figures are people newly reached at the end of the last phase, or what the plan weighs by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerNesting {
    /// What the plan reaches.
    pub nested: u64,
    /// What the last phase reaches when it is planned alone, at least.
    pub alone: u64,
    /// What it reaches then, at most.
    pub alone_bound: u64,
    /// The loss, at least.
    pub loss_least: u64,
    /// The loss, at most.
    pub loss_most: u64,
    /// The new sites of the last phase planned alone, by identifier.
    pub alone_sites: Vec<String>,
}

impl AnswerNesting {
    /// Compares a plan's last phase, worth `nested`, with that phase planned alone.
    #[must_use]
    pub fn of(nested: u64, alone: &Plan, mut alone_sites: Vec<String>) -> Self {
        alone_sites.sort_unstable();
        let (value, bound) = (alone.objective.value, alone.objective.bound);
        Self {
            nested,
            alone: value,
            alone_bound: bound,
            loss_least: value.saturating_sub(nested),
            loss_most: bound.saturating_sub(nested),
            alone_sites,
        }
    }
}
