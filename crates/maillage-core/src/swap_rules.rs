use std::collections::BTreeMap;

use maillage_solver::{Problem, SiteId, Solution};

/// What the rules of a problem say of swaps from one choice of sites.
pub(crate) struct SwapRules<'a> {
    problem: &'a Problem,
    solution: &'a Solution,
    /// For each demand, how many open sites cover it.
    covers: Vec<u32>,
}

impl<'a> SwapRules<'a> {
    pub(crate) fn new(problem: &'a Problem, solution: &'a Solution) -> Self {
        let mut covers = vec![0; problem.weights().len()];
        for demand in solution.sites().iter().flat_map(|&site| problem.coverage().demands_of(site)) {
            if let Some(covers) = covers.get_mut(demand.index()) {
                *covers += 1;
            }
        }
        Self { problem, solution, covers }
    }

    /// Returns whether no rule or floor is further from being kept after a swap than before.
    pub(crate) fn allow(&self, closed: SiteId, opened: SiteId) -> bool {
        self.rules_allow(closed, opened) && (self.problem.floors().is_empty() || self.floors_allow(closed, opened))
    }

    fn rules_allow(&self, closed: SiteId, opened: SiteId) -> bool {
        let leaving = self.problem.rules_of(closed).iter().map(|&(rule, by)| (rule, -by));
        let mut changes: BTreeMap<u32, i64> = BTreeMap::new();
        for (rule, by) in self.problem.rules_of(opened).iter().copied().chain(leaving) {
            *changes.entry(rule).or_default() += by;
        }
        changes.into_iter().all(|(number, change)| {
            let rule = self.problem.rules().get(number as usize);
            let now = self.solution.activities().get(number as usize);
            rule.zip(now).is_none_or(|(rule, &now)| rule.excess(now + change) <= rule.excess(now))
        })
    }

    fn floors_allow(&self, closed: SiteId, opened: SiteId) -> bool {
        let coverage = self.problem.coverage();
        let (of_closed, of_opened) = (coverage.demands_of(closed), coverage.demands_of(opened));
        let mut after: Vec<u64> = self.solution.floor_activities().to_vec();
        let covers = |demand: usize| self.covers.get(demand).copied().unwrap_or_default();
        // What comes first, so that nothing falls below 0.
        for &demand in of_opened.iter().filter(|demand| covers(demand.index()) == 0) {
            for &(floor, by) in self.problem.floors_of(demand) {
                after.get_mut(floor as usize).into_iter().for_each(|sum| *sum += by);
            }
        }
        for &demand in of_closed.iter().filter(|demand| covers(demand.index()) == 1) {
            if of_opened.binary_search(&demand).is_err() {
                for &(floor, by) in self.problem.floors_of(demand) {
                    after.get_mut(floor as usize).into_iter().for_each(|sum| *sum = sum.saturating_sub(by));
                }
            }
        }
        let floors = self.problem.floors().iter().zip(after.iter().zip(self.solution.floor_activities()));
        floors.into_iter().all(|(floor, (&after, &before))| after >= floor.least || after >= before)
    }
}
