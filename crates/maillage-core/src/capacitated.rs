use maillage_solver::{CapacitatedOutcome, CapacitatedProblem, CapacitatedSolution, Outcome, Prices, SiteId};

use crate::consultations::Consultations;
use crate::{Dictionary, Plan, PlanLoads, Reach, Scenario, ScenarioError, SiteState, Territory};

impl Scenario {
    /// Compiles a question within capacity: [`Scenario::compile`] with needs as weights, and the capacity of each site.
    ///
    /// The dictionary's `covered_before` is what existing sites serve at best.
    ///
    /// # Errors
    /// As for [`Scenario::compile`]; and where capacities or needs are missing or no whole numbers.
    pub fn compile_within_capacity(
        &self,
        territory: &Territory,
        reach: &Reach,
    ) -> Result<(CapacitatedProblem, Dictionary), ScenarioError> {
        let (problem, mut dictionary) = self.compile(territory, reach)?;
        let capacities = match &self.capacity {
            Some(capacity) => Consultations::of(self, capacity, territory)?.capacities,
            None => Vec::new(),
        };
        let of_opening = |opening: &crate::Opening| capacities.get(opening.site as usize).copied().unwrap_or_default();
        let problem = CapacitatedProblem::new(problem, dictionary.openings.iter().map(of_opening).collect())?;
        let is_existing = |position: u32| {
            territory.sites().get(position as usize).is_some_and(|site| site.state == SiteState::Existing)
        };
        let openings = (0..).map(SiteId).zip(&dictionary.openings);
        let existing: Vec<SiteId> =
            openings.filter(|(_, opening)| is_existing(opening.site)).map(|(site, _)| site).collect();
        dictionary.covered_before = CapacitatedSolution::count(&problem, &existing).served();
        Ok((problem, dictionary))
    }
}

impl Plan {
    /// Reads an outcome within capacity back into places: [`Plan::read_back`], with what is served as the objective.
    #[must_use]
    pub fn read_back_within_capacity(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        dictionary: &Dictionary,
        outcome: &CapacitatedOutcome,
    ) -> Self {
        let covering = Outcome {
            solution: outcome.solution.covering().clone(),
            bound: outcome.bound,
            guarantee: outcome.guarantee,
            stopped_by: outcome.stopped_by,
            prices: Prices::default(),
            work: outcome.work,
            certificate: None,
        };
        let mut plan = Self::read_back(territory, reach, scenario, dictionary, &covering);
        let before = dictionary.covered_before;
        plan.objective.value = outcome.solution.served().saturating_sub(before);
        plan.objective.bound = outcome.bound.saturating_sub(before);
        if let Some(loads) = &mut plan.loads {
            loads.served = Some((before, outcome.solution.served()));
            loads.tell_served(dictionary, outcome.solution.loads());
        }
        plan
    }
}

impl PlanLoads {
    /// Tells what each open site serves, by the kernel's sites.
    fn tell_served(&mut self, dictionary: &Dictionary, served: &[u64]) {
        let mut by_site: Vec<(u32, u64)> =
            dictionary.openings.iter().map(|opening| opening.site).zip(served.iter().copied()).collect();
        by_site.sort_unstable();
        for load in &mut self.sites {
            let start = by_site.partition_point(|entry| entry.0 < load.site);
            let own = by_site.iter().skip(start).take_while(|entry| entry.0 == load.site);
            load.served = Some(own.map(|entry| entry.1).sum());
        }
    }
}
