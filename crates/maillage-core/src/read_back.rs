use std::collections::{BTreeMap, HashSet};

use maillage_solver::Outcome;

use crate::catchment::Catchment;
use crate::hub::Hubs;
use crate::kept_rule::RuleCount;
use crate::need::Need;
use crate::openings::Openings;
use crate::plan::share;
use crate::ranking::rank_by_people;
use crate::request::Request;
use crate::{
    Commune, DensityCount, Dictionary, Objective, Opening, PhaseCount, Plan, PlanCommune, PlanLoads, PlanSite, Reach,
    Reached, RuralShares, Scenario, Sense, SiteState, Territory, TerritoryCount, ThresholdCount, TravelMinutes,
    VariantCounts,
};

/// Thresholds every plan is counted at, beside its own: under-dense for the health ministry's statistics office, and
/// for the regional road maps.
const THRESHOLDS: [f64; 2] = [2.5, 4.0];

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

/// People by whether they are in reach.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    under_served: u64,
    reached_before: u64,
    newly_reached: u64,
}

impl Tally {
    fn add(&mut self, people: u64, reached: Reached) {
        self.under_served += people;
        match reached {
            Reached::Already => self.reached_before += people,
            Reached::Newly => self.newly_reached += people,
            Reached::No => {}
        }
    }
}

/// A choice of sites counted from territory and reach.
struct Recount<'a> {
    territory: &'a Territory,
    reach: &'a Reach,
    scenario: &'a Scenario,
    need: Need<'a>,
    catchment: Catchment<'a>,
    /// Chosen candidates, the preferred ones first.
    new: &'a [u32],
    /// How each of them opens.
    openings: &'a [Opening],
    existing: Vec<u32>,
    /// For each crowd, its under-served people and whether it is in reach.
    people: Vec<(u64, Reached)>,
}

impl<'a> Recount<'a> {
    fn new(
        territory: &'a Territory,
        reach: &'a Reach,
        scenario: &'a Scenario,
        (new, openings): (&'a [u32], &'a [Opening]),
    ) -> Self {
        let need = Need::of(scenario);
        let catchment = Catchment::of(scenario, territory, reach);
        let existing: Vec<u32> = territory.existing().collect();
        let before = catchment.reached_by(catchment.existing(), scenario.within);
        let newly = catchment.reached_by(openings.iter().copied(), scenario.within);
        let reached_of = before.into_iter().zip(newly).map(|reached| match reached {
            (true, _) => Reached::Already,
            (false, true) => Reached::Newly,
            (false, false) => Reached::No,
        });
        let people = (0..).zip(reached_of).map(|(crowd, reached)| (catchment.people(crowd, need), reached)).collect();
        Self { territory, reach, scenario, need, catchment, new, openings, existing, people }
    }

    /// Returns each crowd with its commune, its under-served people and whether it is in reach.
    fn crowds(&self) -> impl Iterator<Item = (u32, &Commune, u64, Reached)> {
        let commune = |crowd| self.territory.communes().get(self.catchment.commune_of(crowd) as usize);
        (0..)
            .zip(&self.people)
            .filter_map(move |(crowd, &(people, reached))| Some((crowd, commune(crowd)?, people, reached)))
    }

    fn cost_of(&self, opening: Opening) -> Option<u64> {
        Some(self.scenario.cost_of(self.territory.sites().get(opening.site as usize)?, opening))
    }

    fn tally(&self, need: Need<'_>) -> Tally {
        let mut tally = Tally::default();
        for (crowd, _, _, reached) in self.crowds() {
            tally.add(self.catchment.people(crowd, need), reached);
        }
        tally
    }

    fn out_of_reach(&self) -> u64 {
        let hubs = Hubs::of(self.scenario, self.territory, self.reach);
        let openings = Openings::of(self.scenario, self.territory, &hubs);
        let request = Request::of(self.scenario, self.territory);
        let may_open = request.map_or_else(|_| Vec::new(), |request| request.may_open(self.territory));
        // One phase is as good as another here.
        let is_free = |opening: &&Opening| opening.phase == 0 && may_open.binary_search(&opening.site).is_ok();
        let free = openings.all.iter().filter(is_free);
        let all = free.chain(self.openings).copied().chain(self.catchment.existing());
        let reachable = self.catchment.reached_by(all, self.scenario.within);
        self.people.iter().zip(reachable).filter(|&(_, reachable)| !reachable).map(|(&(people, _), _)| people).sum()
    }

    fn is_rural(&self, site: u32) -> Option<bool> {
        let host = self.territory.host_of(site)?;
        self.territory.communes().get(host as usize)?.is_rural()
    }

    fn rural(&self) -> Option<RuralShares> {
        let communes = self.territory.communes();
        communes.iter().any(|commune| commune.density.is_some()).then(|| RuralShares {
            sites_new: share_that_holds(self.new.iter().filter_map(|&site| Some((self.is_rural(site)?, 1)))),
            sites_all: share_that_holds(
                self.new.iter().chain(&self.existing).filter_map(|&site| Some((self.is_rural(site)?, 1))),
            ),
            people_newly_reached: share_that_holds(self.crowds().filter_map(|(_, commune, people, reached)| {
                (reached == Reached::Newly).then_some(()).and(Some((commune.is_rural()?, people)))
            })),
        })
    }

    fn by_territory(&self) -> Vec<TerritoryCount> {
        let mut counts: BTreeMap<&str, (Tally, u64)> = BTreeMap::new();
        for (_, commune, people, reached) in self.crowds() {
            counts.entry(&commune.territory).or_default().0.add(people, reached);
        }
        for &site in self.new {
            counts.entry(self.territory.territory_of(site)).or_default().1 += 1;
        }
        if counts.keys().all(|name| name.is_empty()) {
            return Vec::new();
        }
        let count_of = |(name, (tally, sites_new)): (&str, (Tally, u64))| TerritoryCount {
            territory: name.to_owned(),
            under_served: tally.under_served,
            reached_before: tally.reached_before,
            newly_reached: tally.newly_reached,
            sites_new,
        };
        counts.into_iter().map(count_of).collect()
    }

    fn by_density(&self) -> Vec<DensityCount> {
        let communes = self.territory.communes();
        if communes.iter().all(|commune| commune.density.is_none()) {
            return Vec::new();
        }
        // What has no class comes behind all classes.
        let key = |density: Option<u8>| (density.is_none(), density);
        let mut counts: BTreeMap<(bool, Option<u8>), (Tally, u64)> = BTreeMap::new();
        for (_, commune, people, reached) in self.crowds() {
            counts.entry(key(commune.density)).or_default().0.add(people, reached);
        }
        for &site in self.new {
            let host = self.territory.host_of(site).and_then(|host| communes.get(host as usize));
            counts.entry(key(host.and_then(|host| host.density))).or_default().1 += 1;
        }
        let count_of = |((_, density), (tally, sites_new)): ((bool, Option<u8>), (Tally, u64))| DensityCount {
            density,
            under_served: tally.under_served,
            reached_before: tally.reached_before,
            newly_reached: tally.newly_reached,
            sites_new,
        };
        counts.into_iter().map(count_of).collect()
    }

    fn by_threshold(&self) -> Vec<ThresholdCount> {
        if self.territory.communes().iter().all(|commune| commune.access.is_none()) {
            return Vec::new();
        }
        let mut thresholds: Vec<f64> = THRESHOLDS.into_iter().chain(self.scenario.under).collect();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let count_at = |under: f64| {
            let Tally { under_served, reached_before, newly_reached } = self.tally(self.need.under(under));
            ThresholdCount { under, under_served, reached_before, newly_reached }
        };
        thresholds.into_iter().map(count_at).collect()
    }

    fn phases(&self) -> Vec<PhaseCount> {
        let count_of = |(phase, stated): (usize, &crate::Phase)| {
            let until = || self.openings.iter().filter(move |opening| opening.phase as usize <= phase).copied();
            let reached = self.catchment.reached_by(until(), self.scenario.within);
            let newly = self
                .people
                .iter()
                .zip(reached)
                .filter(|((_, at_last), reached)| *reached && *at_last != Reached::Already);
            PhaseCount {
                phase: self.scenario.phase_name(phase),
                years: stated.weight(),
                sites_opened: until().filter(|opening| opening.phase as usize == phase).count() as u64,
                sites_new: until().count() as u64,
                cost: until().filter_map(|opening| self.cost_of(opening)).sum(),
                newly_reached: newly.map(|((people, _), _)| people).sum(),
            }
        };
        self.scenario.phase.iter().enumerate().map(count_of).collect()
    }

    fn sites(&self) -> Vec<PlanSite> {
        let not_yet = |&(people, reached): &(u64, Reached)| if reached == Reached::Already { 0 } else { people };
        let left = self.people.iter().map(not_yet).collect();
        let covered = |opening: &Opening| (opening.site, self.catchment.covered(*opening, self.scenario.within));
        let ranked = rank_by_people(left, &self.openings.iter().map(covered).collect::<Vec<_>>());
        let lost = self.people_lost_without();
        let opened = self.scenario.phase.iter().filter_map(|phase| phase.opened.as_ref()).flatten();
        let required: HashSet<&str> = self.scenario.require.iter().chain(opened).map(String::as_str).collect();
        let is_required = |site: u32| {
            self.territory.sites().get(site as usize).is_some_and(|site| required.contains(site.id.as_str()))
        };
        let has_phases = !self.scenario.phase.is_empty();
        let site_of = |site: u32, rank: Option<u32>, people_added: Option<u64>| {
            let opening = self.openings.iter().find(|opening| opening.site == site);
            let upgrades = self.scenario.upgraded_by(self.territory, site).filter(|_| opening.is_some());
            PlanSite {
                site,
                is_new: rank.is_some(),
                required: is_required(site),
                rank,
                people_added,
                people_lost_without: lost.get(site as usize).copied().unwrap_or_default(),
                phase: opening.filter(|_| has_phases).map(|opening| opening.phase),
                cost: opening.and_then(|opening| self.cost_of(*opening)),
                kind: opening.and_then(|opening| opening.kind),
                hub: opening.and_then(|opening| opening.hub),
                upgrades: upgrades.and_then(|existing| self.territory.site_position(existing)),
                residents: self.catchment.residents_of(site),
                territory: self.territory.territory_of(site).to_owned(),
            }
        };
        let new = (1..).zip(ranked).map(|(rank, (site, people))| site_of(site, Some(rank), Some(people)));
        new.chain(self.existing.iter().map(|&site| site_of(site, None, None))).collect()
    }

    /// Returns for each site of the territory the under-served people whom it alone reaches among the open ones.
    fn people_lost_without(&self) -> Vec<u64> {
        let mut only: Vec<Option<u32>> = vec![None; self.people.len()];
        let mut shared = vec![false; self.people.len()];
        for opening in self.openings.iter().copied().chain(self.catchment.existing()) {
            for crowd in self.catchment.covered(opening, self.scenario.within) {
                if let (Some(only), Some(shared)) = (only.get_mut(crowd as usize), shared.get_mut(crowd as usize)) {
                    *shared = only.is_some();
                    *only = Some(opening.site);
                }
            }
        }
        let mut lost = vec![0; self.territory.sites().len()];
        for ((site, shared), &(people, _)) in only.into_iter().zip(shared).zip(&self.people) {
            if let Some(lost) = site.filter(|_| !shared).and_then(|site| lost.get_mut(site as usize)) {
                *lost += people;
            }
        }
        lost
    }

    fn communes(&self) -> Vec<PlanCommune> {
        let open = self.new.iter().chain(&self.existing).copied();
        let open: Vec<u32> = open.filter(|&site| self.catchment.is_for_all(site)).collect();
        let nearest = self.reach.nearest(self.territory, &open);
        let commune_of =
            |((under_served, unreached, reached), nearest)| PlanCommune { under_served, unreached, reached, nearest };
        self.in_reach().into_iter().zip(nearest).map(commune_of).collect()
    }

    /// Returns for each commune its under-served people, those of them out of reach, and whether it is in reach.
    fn in_reach(&self) -> Vec<(u64, u64, Reached)> {
        let mut people_of = vec![(0, 0); self.territory.communes().len()];
        for (crowd, _, people, reached) in self.crowds() {
            if let Some((under_served, unreached)) = people_of.get_mut(self.catchment.commune_of(crowd) as usize) {
                *under_served += people;
                *unreached += if reached == Reached::No { people } else { 0 };
            }
        }
        // A commune is in reach as those of its people are who are no residents of a site.
        let reached = self.people.iter().map(|entry| entry.1);
        people_of.into_iter().zip(reached).map(|((people, unreached), reached)| (people, unreached, reached)).collect()
    }
}

impl PlanCommune {
    /// Counts each commune under a plan that opens these candidates, by their positions, each in its one way.
    #[must_use]
    pub fn all(territory: &Territory, reach: &Reach, scenario: &Scenario, new: &[u32]) -> Vec<Self> {
        Recount::new(territory, reach, scenario, (new, &one_way(new))).communes()
    }
}

impl Reached {
    /// Returns for each commune its under-served people, and whether it is in reach under a plan that opens these
    /// candidates: what [`PlanCommune::all`] says, without the way to the nearest site.
    #[must_use]
    pub fn all(territory: &Territory, reach: &Reach, scenario: &Scenario, new: &[u32]) -> Vec<(u64, Self)> {
        let communes = Recount::new(territory, reach, scenario, (new, &one_way(new))).in_reach();
        communes.into_iter().map(|(people, _, reached)| (people, reached)).collect()
    }
}

/// Returns candidates as they open where there is one way to.
fn one_way(sites: &[u32]) -> Vec<Opening> {
    sites.iter().map(|&site| Opening { site, phase: 0, kind: None, hub: None }).collect()
}

/// Returns the share of the counts that hold; absent when there are none.
fn share_that_holds(counts: impl Iterator<Item = (bool, u64)>) -> Option<f64> {
    let (mut part, mut whole) = (0, 0);
    for (holds, count) in counts {
        whole += count;
        if holds {
            part += count;
        }
    }
    (whole > 0).then(|| share(part, whole))
}
