use std::collections::BTreeMap;

use maillage_solver::{Fixing, Problem, SiteId, Solution};

use crate::catchment::Catchment;
use crate::need::Need;
use crate::{Dictionary, Opening, Reach, Scenario, ScenarioError, Territory};

/// The assumptions of one scenario, by which plans made under others are measured.
#[derive(Clone, Debug)]
pub struct Yardstick {
    problem: Problem,
    existing: Vec<SiteId>,
    /// The kernel's site of each candidate that can open in one way.
    site_of: BTreeMap<u32, SiteId>,
    /// For each kernel site, its position in the territory.
    sites: Vec<u32>,
    before: u64,
}

/// What a plan is worth under a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What its sites add, in units of the objective.
    pub value: u64,
    /// Whether it keeps every rule of the scenario.
    pub keeps_rules: bool,
}

impl Yardstick {
    /// Compiles the scenario.
    ///
    /// # Errors
    /// As [`Scenario::compile`].
    pub fn of(scenario: &Scenario, territory: &Territory, reach: &Reach) -> Result<Self, ScenarioError> {
        let (problem, dictionary) = scenario.compile(territory, reach)?;
        Ok(Self::compiled(problem, &dictionary, territory))
    }

    fn compiled(problem: Problem, dictionary: &Dictionary, territory: &Territory) -> Self {
        let sites = (0..).map(SiteId).zip(&dictionary.openings);
        // The first way of a site is its best by the planner's order.
        let mut site_of = BTreeMap::new();
        for (id, opening) in sites {
            site_of.entry(opening.site).or_insert(id);
        }
        let existing = dictionary.existing(territory);
        let sites = dictionary.openings.iter().map(|opening| opening.site).collect();
        Self { problem, existing, site_of, sites, before: dictionary.covered_before }
    }

    pub(crate) const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Returns for each kernel site its position in the territory.
    pub(crate) fn sites(&self) -> impl Iterator<Item = u32> {
        self.sites.iter().copied()
    }

    /// Returns whether a kernel site is there already.
    pub(crate) fn is_existing(&self, site: SiteId) -> bool {
        self.existing.binary_search(&site).is_ok()
    }

    /// Returns what is decided about a site of the territory; nothing where it cannot open.
    pub(crate) fn fixing_of(&self, site: u32) -> Option<Fixing> {
        self.problem.fixings().get(self.site_of.get(&site)?.index()).copied()
    }

    /// Measures a plan: candidates to open beside the existing sites, by their positions in the territory.
    #[must_use]
    pub fn measure(&self, sites: &[u32]) -> Measure {
        let new = sites.iter().filter_map(|site| self.site_of.get(site).copied());
        let mut open: Vec<SiteId> = self.existing.iter().copied().chain(new).collect();
        open.sort_unstable();
        open.dedup();
        let counted = Solution::count(&self.problem, &open);
        Measure { value: counted.value().saturating_sub(self.before), keeps_rules: counted.is_feasible() }
    }

    /// Counts the under-served people whom these candidates bring into reach, beside those of the existing sites.
    #[must_use]
    pub fn newly_reached(scenario: &Scenario, (territory, reach): (&Territory, &Reach), sites: &[u32]) -> u64 {
        let need = Need::of(scenario);
        let catchment = Catchment::of(scenario, territory, reach);
        let openings = sites.iter().map(|&site| Opening { site, phase: 0, kind: None, hub: None });
        let before = catchment.reached_by(catchment.existing(), scenario.within);
        let after = catchment.reached_by(openings, scenario.within);
        let crowds = (0..catchment.crowd_count()).zip(before.iter().zip(&after));
        crowds.filter(|(_, (before, after))| **after && !**before).map(|(crowd, _)| catchment.people(crowd, need)).sum()
    }
}
