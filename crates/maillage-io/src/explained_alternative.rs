use maillage_core::{Alternative, Plan, Territory};
use serde::Serialize;

/// A plan that opens other sites, as `explain.json` holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedAlternative {
    /// What its new sites add, in units of the objective.
    pub value: u64,
    /// No plan that differs as much from those before adds more.
    pub bound: u64,
    /// How much less that is than the plan.
    pub loses: u64,
    /// Whether it is near the best.
    pub near: bool,
    /// Whole euros for its new sites.
    pub cost: u64,
    /// New sites it opens and the plan does not, by identifier.
    pub opens: Vec<String>,
    /// New sites of the plan that it does without, by identifier.
    pub closes: Vec<String>,
    /// By territory, what it reaches newly.
    pub by_territory: Vec<GroupChange>,
    /// By density class, likewise.
    pub by_density: Vec<GroupChange>,
}

/// People of a group newly reached, beside those whom the plan newly reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupChange {
    /// The territory, or the density class; empty where unknown.
    pub group: String,
    /// Under-served people newly reached.
    pub newly_reached: u64,
    /// More (or, below 0, fewer) than with the plan.
    pub change: i64,
}

impl ExplainedAlternative {
    /// Tells an alternative to a plan; those that are worth at least `near` are near the best.
    #[must_use]
    pub fn of(territory: &Territory, (plan, near): (&Plan, u64), alternative: &Alternative) -> Self {
        let other = &alternative.plan;
        let id = |&site: &u32| territory.sites().get(site as usize).map(|site| site.id.clone()).unwrap_or_default();
        let territories = plan.by_territory.iter().zip(&other.by_territory);
        let classes = plan.by_density.iter().zip(&other.by_density);
        let class = |class: Option<u8>| class.map(|class| class.to_string()).unwrap_or_default();
        Self {
            value: other.objective.value,
            bound: other.objective.bound,
            loses: plan.objective.value.saturating_sub(other.objective.value),
            near: other.objective.value >= near,
            cost: other.cost,
            opens: alternative.opened.iter().map(id).collect(),
            closes: alternative.closed.iter().map(id).collect(),
            by_territory: territories
                .map(|(before, after)| {
                    GroupChange::of(after.territory.clone(), before.newly_reached, after.newly_reached)
                })
                .collect(),
            by_density: classes
                .map(|(before, after)| GroupChange::of(class(after.density), before.newly_reached, after.newly_reached))
                .collect(),
        }
    }
}

impl GroupChange {
    /// Compares what one plan and another newly reach in a group.
    #[must_use]
    pub fn of(group: String, before: u64, after: u64) -> Self {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Self { group, newly_reached: after, change: whole(after) - whole(before) }
    }
}
