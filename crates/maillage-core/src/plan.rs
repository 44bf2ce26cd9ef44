use maillage_solver::{Guarantee, Outcome, StoppedBy, Work};

use crate::{Dictionary, Reach, Scenario, Territory, TravelTime};

/// A plan in places: which sites open, whom they reach, and how good that is.
///
/// It owns all it says but geometry, which stays in the [`Territory`].
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is proved.
    pub guarantee: Guarantee,
    /// Why the solver stopped.
    pub stopped_by: StoppedBy,
    /// What was maximised.
    pub objective: Objective,
    /// Under-served people in all.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Under-served people no candidate and no existing site can reach.
    pub out_of_reach: u64,
    /// Whole euros for the new sites.
    pub cost: u64,
    /// The budget, where one was set.
    pub budget: Option<u64>,
    /// How much of it is rural; absent where no density is known.
    pub rural: Option<RuralShares>,
    /// By territory, by name; empty where no territories are known.
    pub by_territory: Vec<TerritoryCount>,
    /// The same sites counted at other thresholds, ascending: 2.5, 4 and the scenario's own.
    pub by_threshold: Vec<ThresholdCount>,
    /// New sites by rank, then existing ones by identifier.
    pub sites: Vec<PlanSite>,
    /// One for each commune of the territory, in its order.
    pub communes: Vec<PlanCommune>,
    /// The work done.
    pub work: Work,
}

/// What was maximised and how far up it can go.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// "people", or what else is counted ("thousandths of …").
    pub unit: String,
    /// What the new sites add.
    pub value: u64,
    /// No other choice adds more than this.
    pub bound: u64,
}

/// Shares from 0 to 1 of what is rural.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuralShares {
    /// Among new sites whose commune's density is known.
    pub sites_new: Option<f64>,
    /// Among all open sites whose commune's density is known.
    pub sites_all: Option<f64>,
    /// Among the people newly reached.
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
    /// The département it stands in; empty when unknown.
    pub territory: String,
}

/// A commune under the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanCommune {
    /// Under-served people: its people, or 0.
    pub under_served: u64,
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
    /// Reads the kernel's outcome back into places: the only place where indices become geography.
    ///
    /// Every figure is counted anew from territory and reach.
    #[must_use]
    pub fn read_back(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        dictionary: &Dictionary,
        outcome: &Outcome,
    ) -> Self {
        let _ = (territory, reach, scenario, dictionary, outcome);
        todo!()
    }

    /// Returns (bound − value) ÷ bound, 0 when they are equal.
    #[must_use]
    pub fn gap(&self) -> f64 {
        todo!()
    }
}
