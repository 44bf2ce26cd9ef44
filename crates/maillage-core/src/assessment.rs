use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{Guarantee, Outcome, Prices, Problem, SiteId, Solution, StoppedBy};

use crate::request::Request;
use crate::swap_rules::SwapRules;
use crate::{Dictionary, Opening, Plan, Reach, Scenario, Territory};

/// How many swaps, and sites that add least, are told.
const TOLD: usize = 5;

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
        let (best_value, best_sites) = (best_solution.value(), chosen(territory, dictionary, best_solution));
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

fn chosen(territory: &Territory, dictionary: &Dictionary, solution: &Solution) -> Vec<u32> {
    let existing: Vec<u32> = territory.existing().collect();
    let open = solution.sites().iter().filter_map(|site| dictionary.site_of(site.index()));
    let mut sites: Vec<u32> = open.filter(|site| existing.binary_search(site).is_err()).collect();
    sites.sort_unstable();
    sites
}

/// A list, and what each demand would weigh if it came into reach or fell out of it.
struct Exchange<'a> {
    problem: &'a Problem,
    listed: Vec<SiteId>,
    /// For each kernel site what it opens, and what that costs.
    openings: Vec<(Opening, u64)>,
    /// For each demand its weight, 0 where an existing site covers it.
    weights: Vec<u64>,
    /// For each demand the listed sites that cover it: none, one (its place in the list), or more.
    owners: Vec<Owner>,
    /// For each listed site the weight it alone covers.
    losses: Vec<u64>,
    /// Openings of candidates that may come in.
    outside: Vec<SiteId>,
    /// Listed sites that may go, by their place in the list.
    may_close: Vec<bool>,
}

/// The gain of a swap, then the price of what opens, its site, its way of opening, and the site that closes.
type SwapKey = (u64, Reverse<(u64, u32, SiteId, u32)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    None,
    One(usize),
    More,
}

impl<'a> Exchange<'a> {
    fn new(
        (territory, scenario): (&Territory, &Scenario),
        (problem, dictionary): (&'a Problem, &Dictionary),
        (listed, existing): (&[SiteId], &[SiteId]),
        request: &Request,
    ) -> Self {
        let priced = |&opening: &Opening| {
            let site = territory.sites().get(opening.site as usize);
            (opening, site.map_or(0, |site| scenario.cost_of(site, opening)))
        };
        let openings: Vec<(Opening, u64)> = dictionary.openings.iter().map(priced).collect();
        let place_of = |id: &SiteId| openings.get(id.index()).map(|(opening, _)| opening.site);
        let listed_sites: BTreeMap<u32, SiteId> = listed.iter().filter_map(|id| Some((place_of(id)?, *id))).collect();
        // In the order of the territory.
        let listed: Vec<SiteId> = listed_sites.values().copied().collect();
        let mut weights = problem.weights().to_vec();
        for demand in existing.iter().flat_map(|&site| problem.coverage().demands_of(site)) {
            weights.get_mut(demand.index()).into_iter().for_each(|weight| *weight = 0);
        }
        let mut owners = vec![Owner::None; weights.len()];
        for (place, &site) in listed.iter().enumerate() {
            for demand in problem.coverage().demands_of(site) {
                if let Some(owner) = owners.get_mut(demand.index()) {
                    *owner = if *owner == Owner::None { Owner::One(place) } else { Owner::More };
                }
            }
        }
        let mut losses = vec![0; listed.len()];
        for (owner, weight) in owners.iter().zip(&weights) {
            if let Owner::One(place) = *owner
                && let Some(loss) = losses.get_mut(place)
            {
                *loss += weight;
            }
        }
        let may_open: BTreeSet<u32> = request.may_open(territory).into_iter().collect();
        let may_come = |id: &SiteId| {
            place_of(id).is_some_and(|site| may_open.contains(&site) && !listed_sites.contains_key(&site))
        };
        let outside = (0..).map(SiteId).take(openings.len()).filter(may_come).collect();
        let may_close = listed_sites.keys().map(|site| !request.required.contains(site)).collect();
        Self { problem, listed, openings, weights, owners, losses, outside, may_close }
    }

    /// Finds the swap that gains most among the sites not used yet, then the next.
    ///
    /// Between equals the cheaper candidate comes first, then the smaller identifiers.
    fn best_swaps(mut self, rules: &SwapRules<'_>) -> Vec<Swap> {
        let mut swaps = Vec::new();
        while swaps.len() < TOLD
            && let Some((swap, place)) = self.best_swap(rules)
        {
            swaps.push(swap);
            let openings = &self.openings;
            self.outside.retain(|id| openings.get(id.index()).is_some_and(|(opening, _)| opening.site != swap.opened));
            if let Some(may_close) = self.may_close.get_mut(place) {
                *may_close = false;
            }
        }
        swaps
    }

    fn best_swap(&self, rules: &SwapRules<'_>) -> Option<(Swap, usize)> {
        let mut best: Option<(SwapKey, Swap, usize)> = None;
        let mut shared = vec![0; self.listed.len()];
        for &id in &self.outside {
            let Some(&(opening, price)) = self.openings.get(id.index()) else { continue };
            shared.fill(0);
            let mut gained: u64 = 0;
            for demand in self.problem.coverage().demands_of(id) {
                let weight = self.weights.get(demand.index()).copied().unwrap_or_default();
                match self.owners.get(demand.index()) {
                    Some(Owner::None) => gained += weight,
                    Some(&Owner::One(place)) => {
                        if let Some(shared) = shared.get_mut(place) {
                            *shared += weight;
                        }
                    }
                    _ => {}
                }
            }
            for (place, &leaving) in self.listed.iter().enumerate() {
                let (Some(loss), Some(kept), Some(true)) =
                    (self.losses.get(place), shared.get(place), self.may_close.get(place))
                else {
                    continue;
                };
                let Some((closed, _)) = self.openings.get(leaving.index()) else { continue };
                let gain = (gained + kept).saturating_sub(*loss);
                let key = (gain, Reverse((price, opening.site, id, closed.site)));
                let better = gain > 0 && best.as_ref().is_none_or(|best| key > best.0);
                if better && rules.allow(leaving, id) {
                    let Opening { site: opened, kind, hub, .. } = opening;
                    best = Some((key, Swap { closed: closed.site, opened, kind, hub, gain }, place));
                }
            }
        }
        best.map(|(_, swap, place)| (swap, place))
    }
}
