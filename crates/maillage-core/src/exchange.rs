use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{Problem, SiteId};

use crate::request::Request;
use crate::swap_rules::SwapRules;
use crate::{Dictionary, Opening, Scenario, Swap, Territory};

/// How many swaps, and sites that add least, are told.
pub(crate) const TOLD: usize = 5;

/// A list, and what each demand would weigh if it came into reach or fell out of it.
pub(crate) struct Exchange<'a> {
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
    pub(crate) fn new(
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
    pub(crate) fn best_swaps(mut self, rules: &SwapRules<'_>) -> Vec<Swap> {
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
