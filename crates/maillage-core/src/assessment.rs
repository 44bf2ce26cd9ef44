use std::cmp::Reverse;

use maillage_solver::{Guarantee, Outcome, Prices, Problem, SiteId, Solution, StoppedBy};

use crate::need::Need;
use crate::request::Request;
use crate::swap_rules::SwapRules;
use crate::{Dictionary, Plan, Reach, Scenario, Site, Territory};

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
    /// What the swap adds, in units of the objective.
    pub gain: u64,
}

impl Assessment {
    /// Judges a list of candidates (positions in the territory) against the best choice a solver found.
    ///
    /// Problem and dictionary are those the scenario compiles to. Every figure is counted anew from territory and
    /// reach, but for the bound. Sites that exist already are not part of a list: they are there in any case.
    #[must_use]
    pub fn of(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        (problem, dictionary): (&Problem, &Dictionary),
        listed: &[u32],
        best: &Outcome,
    ) -> Self {
        let is_listed = |site: &u32| listed.contains(site);
        let existing: Vec<u32> = territory.existing().collect();
        let kernel_sites = (0..).zip(&dictionary.openings);
        let open: Vec<SiteId> = kernel_sites
            .filter(|(_, opening)| is_listed(&opening.site) || existing.binary_search(&opening.site).is_ok())
            .map(|(id, _)| SiteId(id))
            .collect();
        let solution = Solution::count(problem, &open);
        let rules = SwapRules::new(problem, dictionary, &solution);
        let swaps = Exchange::new(territory, reach, scenario, listed, &rules).best_swaps();
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

/// A list, and what each commune would weigh if it came into reach or fell out of it.
struct Exchange<'a> {
    territory: &'a Territory,
    reach: &'a Reach,
    scenario: &'a Scenario,
    listed: Vec<u32>,
    /// For each commune its weight, 0 where an existing site reaches it.
    weights: Vec<u64>,
    /// For each commune the listed sites that reach it: none, one (its place in the list), or more.
    owners: Vec<Owner>,
    /// For each listed site the weight it alone reaches.
    losses: Vec<u64>,
    /// Candidates that may come in.
    outside: Vec<u32>,
    /// Listed sites that may go, by their place in the list.
    may_close: Vec<bool>,
    /// What else a swap must keep.
    rules: &'a SwapRules<'a>,
}

/// The gain of a swap, then the price of what opens, what opens and what closes.
type SwapKey = (u64, Reverse<(u64, u32, u32)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    None,
    One(usize),
    More,
}

impl<'a> Exchange<'a> {
    fn new(
        territory: &'a Territory,
        reach: &'a Reach,
        scenario: &'a Scenario,
        listed: &[u32],
        rules: &'a SwapRules<'a>,
    ) -> Self {
        let mut listed = listed.to_vec();
        listed.sort_unstable();
        listed.dedup();
        let need = Need::of(scenario);
        let before = reach.reached_by(territory.existing(), scenario.within);
        let weight_of = |(commune, reached): (&_, bool)| match need.weight(commune, &scenario.weight) {
            Some(weight) if !reached => weight,
            _ => 0,
        };
        let weights: Vec<u64> = territory.communes().iter().zip(before).map(weight_of).collect();
        let mut owners = vec![Owner::None; weights.len()];
        for (place, &site) in listed.iter().enumerate() {
            for commune in reach.communes_within(site, scenario.within) {
                if let Some(owner) = owners.get_mut(commune as usize) {
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
        let request = Request::of(scenario, territory).unwrap_or_default();
        let outside =
            request.may_open(territory).into_iter().filter(|site| listed.binary_search(site).is_err()).collect();
        let may_close = listed.iter().map(|site| !request.required.contains(site)).collect();
        Self { territory, reach, scenario, listed, weights, owners, losses, outside, may_close, rules }
    }

    /// Finds the swap that gains most among the sites not used yet, then the next.
    ///
    /// Between equals the cheaper candidate comes first, then the smaller identifiers.
    fn best_swaps(mut self) -> Vec<Swap> {
        let mut swaps = Vec::new();
        while swaps.len() < TOLD
            && let Some((swap, place)) = self.best_swap()
        {
            swaps.push(swap);
            self.outside.retain(|&site| site != swap.opened);
            if let Some(may_close) = self.may_close.get_mut(place) {
                *may_close = false;
            }
        }
        swaps
    }

    fn best_swap(&self) -> Option<(Swap, usize)> {
        let mut best: Option<(SwapKey, usize)> = None;
        let mut shared = vec![0; self.listed.len()];
        for &opened in &self.outside {
            shared.fill(0);
            let mut gained: u64 = 0;
            for commune in self.reach.communes_within(opened, self.scenario.within) {
                let weight = self.weights.get(commune as usize).copied().unwrap_or_default();
                match self.owners.get(commune as usize) {
                    Some(Owner::None) => gained += weight,
                    Some(&Owner::One(place)) => {
                        if let Some(shared) = shared.get_mut(place) {
                            *shared += weight;
                        }
                    }
                    _ => {}
                }
            }
            let price = cost_of(self.territory, opened);
            for (place, &closed) in self.listed.iter().enumerate() {
                let (Some(loss), Some(kept), Some(true)) =
                    (self.losses.get(place), shared.get(place), self.may_close.get(place))
                else {
                    continue;
                };
                let gain = (gained + kept).saturating_sub(*loss);
                let key = (gain, Reverse((price, opened, closed)));
                // The places of the list are in the order of its sites.
                let better = gain > 0 && best.as_ref().is_none_or(|best| (key, place) > *best);
                if better && self.rules.allow(closed, opened) {
                    best = Some((key, place));
                }
            }
        }
        best.map(|((gain, Reverse((_, opened, closed))), place)| (Swap { closed, opened, gain }, place))
    }
}

fn cost_of(territory: &Territory, site: u32) -> u64 {
    territory.sites().get(site as usize).map_or(0, |site: &Site| site.cost)
}
