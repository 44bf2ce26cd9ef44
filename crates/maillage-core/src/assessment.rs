use std::collections::BTreeSet;

use maillage_solver::{Guarantee, Outcome, Prices, Problem, SiteId, Solution, StoppedBy};

use crate::exchange::{Exchange, TOLD};
use crate::request::Request;
use crate::swap_rules::SwapRules;
use crate::{Dictionary, Plan, Reach, Scenario, Territory};

/// Somebody's own list of sites, judged: what it reaches, how far it is from the best, what would better it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The list as a plan; its bound is that of the best possible under the same rules.
    pub plan: Plan,
    /// Whether the list keeps every rule of the scenario.
    pub keeps_rules: bool,
    /// What the best choice found adds, in units of the objective; the list itself where nothing better was found.
    pub best_value: u64,
    /// What is proved of that choice.
    pub best_guarantee: Guarantee,
    /// The new sites of that choice, positions in the territory ascending.
    pub best_sites: Vec<u32>,
    /// The swaps that gain most without breaking a rule further, the largest first; no site is in two of them, and each gain is of that swap alone.
    pub swaps: Vec<Swap>,
    /// Listed sites without which fewest people are lost, the fewest first, with these people.
    pub adding_least: Vec<(u32, u64)>,
}

/// One listed site out, one candidate in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The listed site, by its position in the territory.
    pub closed: u32,
    /// The candidate, by its position in the territory.
    pub opened: u32,
    /// The type that it opens as; absent where there are none.
    pub kind: Option<u32>,
    /// The site that it leans on, by its position in the territory; absent where there are no hubs.
    pub hub: Option<u32>,
    /// What the swap adds, in units of the objective.
    pub gain: u64,
}

impl Assessment {
    /// Judges a list of candidates, as kernel sites, against the best choice a solver found.
    ///
    /// Problem and dictionary are those the scenario compiles to; [`ListedSites`](crate::ListedSites) says how a list
    /// of places opens. Every figure is counted anew from territory and reach, but for bounds and the gains of swaps.
    /// Sites that exist already are not part of a list: they are there in any case.
    #[must_use]
    pub fn of(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        (problem, dictionary): (&Problem, &Dictionary),
        listed: &[SiteId],
        best: &Outcome,
    ) -> Self {
        let existing = dictionary.existing(territory);
        let open: BTreeSet<SiteId> = listed.iter().copied().chain(existing.iter().copied()).collect();
        let solution = Solution::count(problem, &open.into_iter().collect::<Vec<_>>());
        let rules = SwapRules::new(problem, &solution);
        let request = Request::of(scenario, territory).unwrap_or_default();
        let exchange = Exchange::new((territory, scenario), (problem, dictionary), (listed, &existing), &request);
        let swaps = exchange.best_swaps(&rules);
        let keeps_rules = solution.is_feasible();
        let outbids = keeps_rules && (!best.solution.is_feasible() || solution.value() >= best.solution.value());
        let best_solution = if outbids { &solution } else { &best.solution };
        let proved = |value: u64| if value == best.bound { Guarantee::Optimal } else { Guarantee::Bounded };
        let (best_value, best_sites) = (best_solution.value(), dictionary.new_sites(territory, best_solution));
        let best_guarantee = if best_solution.is_feasible() { proved(best_value) } else { Guarantee::None };
        let outcome = Outcome {
            guarantee: if keeps_rules { proved(solution.value()) } else { Guarantee::None },
            stopped_by: if best_guarantee == Guarantee::Optimal { StoppedBy::Proof } else { best.stopped_by },
            solution,
            bound: best.bound,
            // The relaxation's prices are of the best choice, not of this one.
            prices: Prices::default(),
            work: best.work,
            certificate: None,
        };
        let plan = Plan::read_back(territory, reach, scenario, dictionary, &outcome);
        let mut adding_least: Vec<(u32, u64)> =
            plan.sites.iter().filter(|site| site.is_new).map(|site| (site.site, site.people_lost_without)).collect();
        adding_least.sort_unstable_by_key(|&(site, people)| (people, site));
        adding_least.truncate(TOLD);
        Self {
            plan,
            keeps_rules,
            best_value: best_value.saturating_sub(dictionary.covered_before),
            best_guarantee,
            best_sites,
            swaps,
            adding_least,
        }
    }

    /// Returns the whole euros that a listed site costs, the way it opens.
    #[must_use]
    pub fn cost_of(&self, site: u32) -> u64 {
        self.plan.sites.iter().find(|open| open.site == site).and_then(|open| open.cost).unwrap_or(0)
    }

    /// Returns how far the list is below the best possible, in units of the objective: at least what a better choice
    /// found adds more, at most what the bound leaves open. Both are 0 when nothing is better.
    #[must_use]
    pub fn below_best(&self) -> (u64, u64) {
        let value = self.plan.objective.value;
        (self.best_value.saturating_sub(value), self.plan.objective.bound.saturating_sub(value))
    }
}
