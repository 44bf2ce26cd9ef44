use maillage_solver::Outcome;

use crate::kept_rule::RuleCount;
use crate::recount::Recount;
use crate::{
    Dictionary, Objective, Opening, Plan, PlanLoads, Reach, Scenario, Sense, SiteState, Territory, TravelMinutes,
    VariantCounts,
};

impl Plan {
    /// Reads the kernel's outcome back into places: the only place where indices become geography.
    ///
    /// Every figure but the objective and its bound is counted anew from territory and reach, always in people.
    #[must_use]
    pub fn read_back(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        dictionary: &Dictionary,
        outcome: &Outcome,
    ) -> Self {
        let chosen = outcome.solution.sites().iter().filter_map(|site| dictionary.openings.get(site.index()).copied());
        let state_of = |site: u32| territory.sites().get(site as usize).map(|site| site.state);
        let openings: Vec<Opening> =
            chosen.filter(|opening| state_of(opening.site) == Some(SiteState::Candidate)).collect();
        let new: Vec<u32> = openings.iter().map(|opening| opening.site).collect();
        let count = Recount::new(territory, reach, scenario, (&new, &openings));
        let total = count.tally(count.need);
        let open: Vec<u32> = new.iter().chain(&count.existing).copied().collect();
        let rules = RuleCount {
            territory,
            reach,
            scenario,
            dictionary,
            new: &new,
            existing: &count.existing,
            openings: &openings,
        };
        Self {
            guarantee: outcome.guarantee,
            stopped_by: outcome.stopped_by,
            objective: Objective {
                unit: scenario.unit(),
                sense: Sense::Most,
                value: outcome.solution.value().saturating_sub(dictionary.covered_before),
                bound: outcome.bound.saturating_sub(dictionary.covered_before),
            },
            then: None,
            travel: TravelMinutes::of(territory, &count.catchment, scenario, dictionary, (&openings, outcome.bound)),
            under_served: total.under_served,
            reached_before: total.reached_before,
            newly_reached: total.newly_reached,
            out_of_reach: count.out_of_reach(),
            cost: openings.iter().filter_map(|opening| count.cost_of(*opening)).sum(),
            budget: scenario.budget,
            rural: count.rural(),
            by_territory: count.by_territory(),
            by_density: count.by_density(),
            by_threshold: count.by_threshold(),
            rules: rules.kept(&outcome.prices),
            phases: count.phases(),
            variants: VariantCounts::of(scenario, territory, reach, &count.catchment, &openings),
            sites: count.sites(),
            outside: scenario.border.as_ref().map(|border| border.count(territory)),
            loads: PlanLoads::of(scenario, territory, reach, &open),
            communes: count.communes(),
            work: outcome.work,
        }
    }
}
