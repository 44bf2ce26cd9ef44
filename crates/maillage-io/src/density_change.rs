use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::PlanFile;

/// What changes in a class of the density grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DensityChange {
    /// From 1 (densest) to 7; none where it is unknown.
    pub density: Option<u8>,
    /// Under-served people in reach of the first plan.
    pub reached_first: u64,
    /// Under-served people in reach of the other.
    pub reached: u64,
}

impl DensityChange {
    /// Compares the people in reach with two plans; nothing where one of them does not state them by class.
    pub(crate) fn between(first: &PlanFile, other: &PlanFile) -> Vec<Self> {
        let (Some(first), Some(other)) = (reached_by_density(first), reached_by_density(other)) else {
            return Vec::new();
        };
        let mut classes: Vec<Option<u8>> = first.keys().chain(other.keys()).copied().collect();
        // Those without a class come last.
        classes.sort_by_key(|class| class.unwrap_or(u8::MAX));
        classes.dedup();
        let of = |density: Option<u8>| {
            let [reached_first, reached] = [&first, &other].map(|plan| plan.get(&density).copied().unwrap_or_default());
            Self { density, reached_first, reached }
        };
        classes.into_iter().map(of).collect()
    }
}

/// What a plan states of a density class.
#[derive(Deserialize)]
struct StatedDensity {
    density: Option<u8>,
    reached_before: u64,
    newly_reached: u64,
}

/// People in reach by density class.
type ByDensity = BTreeMap<Option<u8>, u64>;

/// Returns the people in reach with a plan by density class; nothing where it does not state them.
fn reached_by_density(plan: &PlanFile) -> Option<ByDensity> {
    let classes = Vec::<StatedDensity>::deserialize(plan.answer.get("by_density")?).ok()?;
    let reached = |class: &StatedDensity| class.reached_before.saturating_add(class.newly_reached);
    Some(classes.iter().map(|class| (class.density, reached(class))).collect())
}
