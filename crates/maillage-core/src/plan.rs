use maillage_solver::{Guarantee, StoppedBy, Work};

use crate::{KeptRule, OutsideCount, PlanLoads, TravelMinutes, TravelTime, VariantCounts};

/// A plan in places: which sites open, whom they reach, and how good that is.
///
/// It owns all it says but geometry, which stays in the [`Territory`](crate::Territory).
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is proved.
    pub guarantee: Guarantee,
    /// Why the solver stopped.
    pub stopped_by: StoppedBy,
    /// What was maximised.
    pub objective: Objective,
    /// What was maximised next, where the objective is a number of sites, euros, or the share of the worst-off place.
    pub then: Option<Objective>,
    /// Minutes to the nearest site, where those are to be few.
    pub travel: Option<TravelMinutes>,
    /// Under-served people in all.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Under-served people whom no existing site and no candidate that may open can reach: no plan can help them.
    pub out_of_reach: u64,
    /// Whole euros for the new sites.
    pub cost: u64,
    /// The budget, where one was set.
    pub budget: Option<u64>,
    /// How much of it is rural; absent where no density is known.
    pub rural: Option<RuralShares>,
    /// By territory, by name; empty where no territories are known. What belongs to none has the name "".
    pub by_territory: Vec<TerritoryCount>,
    /// By density class, ascending; empty where no density is known. What has none comes last.
    pub by_density: Vec<DensityCount>,
    /// The same sites counted at other thresholds, ascending: 2.5, 4 and the scenario's own; empty where no access
    /// figures are known.
    pub by_threshold: Vec<ThresholdCount>,
    /// Every rule and floor, in the order of the scenario, and how the plan keeps it.
    pub rules: Vec<KeptRule>,
    /// By phase, in their order; empty where there are none.
    pub phases: Vec<PhaseCount>,
    /// By type, specialty and hub.
    pub variants: VariantCounts,
    /// What open sites are asked for and can serve; absent where the scenario speaks of no capacity.
    pub loads: Option<PlanLoads>,
    /// What lies outside the region; absent where no border is drawn.
    pub outside: Option<OutsideCount>,
    /// New sites by rank, then existing ones by identifier.
    pub sites: Vec<PlanSite>,
    /// One for each commune of the territory, in its order.
    pub communes: Vec<PlanCommune>,
    /// The work done.
    pub work: Work,
}

/// What was sought and how much better it can be, without what existing sites reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// "people", "thousandths of a person" of shortfall, or "thousandths of" a column.
    pub unit: String,
    /// Whether more of it is better, or less.
    pub sense: Sense,
    /// What the new sites add; of sites and euros, how many there are; of the worst-off place, its share.
    pub value: u64,
    /// No other choice is better than this.
    pub bound: u64,
}

/// Which way an objective is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// The more, the better.
    Most,
    /// The fewer, the better.
    Least,
}

impl Objective {
    /// Returns by how much the bound is better than the value, 0 where they are equal.
    #[must_use]
    pub const fn room(&self) -> u64 {
        match self.sense {
            Sense::Most => self.bound.saturating_sub(self.value),
            Sense::Least => self.value.saturating_sub(self.bound),
        }
    }
}

/// Shares from 0 to 1 of what is rural.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuralShares {
    /// Among new sites whose commune's density is known.
    pub sites_new: Option<f64>,
    /// Among all open sites whose commune's density is known.
    pub sites_all: Option<f64>,
    /// Among the people newly reached whose commune's density is known.
    pub people_newly_reached: Option<f64>,
}

/// Counts of one territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerritoryCount {
    /// Its name as in the data.
    pub territory: String,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach before.
    pub reached_before: u64,
    /// Of them, newly in reach.
    pub newly_reached: u64,
    /// New sites that stand there.
    pub sites_new: u64,
}

/// Counts of one class of the density grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DensityCount {
    /// The class, from 1 (densest) to 7; absent for communes without one, and for sites in no known commune.
    pub density: Option<u8>,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach before.
    pub reached_before: u64,
    /// Of them, newly in reach.
    pub newly_reached: u64,
    /// New sites that stand there.
    pub sites_new: u64,
}

/// Counts at the end of a phase, all earlier ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseCount {
    /// Its name, else its number.
    pub phase: String,
    /// What a person in reach at its end weighs.
    pub years: u64,
    /// New sites opened in it.
    pub sites_opened: u64,
    /// New sites opened until its end.
    pub sites_new: u64,
    /// Whole euros for them.
    pub cost: u64,
    /// Under-served people in reach of them and of no existing site.
    pub newly_reached: u64,
}

/// Counts under one threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThresholdCount {
    /// The threshold.
    pub under: f64,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach before.
    pub reached_before: u64,
    /// Of them, newly in reach.
    pub newly_reached: u64,
}

/// An open site of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSite {
    /// Its position in the territory.
    pub site: u32,
    /// New, or there already.
    pub is_new: bool,
    /// Whether the scenario requires it.
    pub required: bool,
    /// 1 for the new site with the largest reach added when taken in order; absent for existing sites.
    pub rank: Option<u32>,
    /// Under-served people it adds, in rank order; absent for existing sites.
    pub people_added: Option<u64>,
    /// Under-served people who would be out of reach without it.
    pub people_lost_without: u64,
    /// The position of the phase it opens in; absent for existing sites, and where there are no phases.
    pub phase: Option<u32>,
    /// Whole euros for it, by its type and over the horizon; absent for existing sites.
    pub cost: Option<u64>,
    /// The position of its `[[type]]`; absent for existing sites, and where there are none.
    pub kind: Option<u32>,
    /// The hub it leans on, by its position in the territory; absent for existing sites, and where there are none.
    pub hub: Option<u32>,
    /// The existing site that it upgrades, by its position in the territory.
    pub upgrades: Option<u32>,
    /// Residents whom it serves alone; absent where it serves everybody in reach.
    pub residents: Option<u64>,
    /// The département it stands in; empty when unknown.
    pub territory: String,
}

/// A commune under the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanCommune {
    /// Under-served people: its people, or 0.
    pub under_served: u64,
    /// Of them, those whom no open site reaches.
    pub unreached: u64,
    /// Whether it is in reach.
    pub reached: Reached,
    /// The nearest open site and the time to it, even beyond the limit; absent when unknown.
    pub nearest: Option<(u32, TravelTime)>,
}

/// Whether a commune is in reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Of a site there already.
    Already,
    /// Of new sites only.
    Newly,
    /// Of none.
    No,
}

impl Plan {
    /// Returns (bound − value) ÷ bound of the objective, 0 when they are equal.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let Objective { value, bound, .. } = self.objective;
        match self.objective.room() {
            0 => 0.0,
            room => share(room, value.max(bound)),
        }
    }

    /// Returns (bound − value) ÷ value of the objective, as integer-programming solvers print it, 0 when they are
    /// equal; absent when the value is 0 and the bound is not.
    #[must_use]
    pub fn mip_gap(&self) -> Option<f64> {
        match (self.objective.room(), self.objective.value) {
            (0, _) => Some(0.0),
            (_, 0) => None,
            (room, value) => Some(share(room, value)),
        }
    }

    /// Returns the under-served people in reach with the plan.
    #[must_use]
    pub fn reached_after(&self) -> u64 {
        self.reached_before + self.newly_reached
    }

    /// Returns how many sites the plan opens.
    #[must_use]
    pub fn sites_new(&self) -> usize {
        self.sites.iter().filter(|site| site.is_new).count()
    }

    /// Returns how many sites are there already.
    #[must_use]
    pub fn sites_existing(&self) -> usize {
        self.sites.len() - self.sites_new()
    }

    /// Returns the euros of the budget that are left over, where one was set.
    #[must_use]
    pub fn left_over(&self) -> Option<u64> {
        self.budget.map(|budget| budget.saturating_sub(self.cost))
    }
}

/// Returns a part of a whole; the whole must not be 0.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(value: u64, bound: u64) -> Plan {
        Plan {
            guarantee: Guarantee::Bounded,
            stopped_by: StoppedBy::Effort,
            objective: Objective { unit: "people".to_owned(), sense: Sense::Most, value, bound },
            then: None,
            travel: None,
            under_served: 0,
            reached_before: 0,
            newly_reached: 0,
            out_of_reach: 0,
            cost: 30,
            budget: Some(100),
            rural: None,
            by_territory: Vec::new(),
            by_density: Vec::new(),
            by_threshold: Vec::new(),
            phases: Vec::new(),
            rules: Vec::new(),
            variants: VariantCounts::default(),
            loads: None,
            outside: None,
            sites: Vec::new(),
            communes: Vec::new(),
            work: Work::default(),
        }
    }

    #[test]
    fn gaps_divide_by_bound_and_by_value() {
        assert!((plan(75, 100).gap() - 0.25).abs() < 1e-12);
        assert!((plan(75, 100).mip_gap().unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert!(plan(100, 100).gap().abs() < f64::MIN_POSITIVE);
        assert!(plan(0, 0).gap().abs() < f64::MIN_POSITIVE);
        assert_eq!(plan(0, 0).mip_gap(), Some(0.0));
        assert_eq!(plan(0, 7).mip_gap(), None);
        assert!((plan(0, 7).gap() - 1.0).abs() < f64::MIN_POSITIVE);
    }

    #[test]
    fn what_is_not_spent_is_left_over() {
        assert_eq!(plan(0, 0).left_over(), Some(70));
    }
}
