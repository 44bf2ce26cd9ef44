mod groups;
mod sites;
mod tally;

use self::tally::Tally;
use crate::catchment::Catchment;
use crate::hub::Hubs;
use crate::need::Need;
use crate::openings::Openings;
use crate::request::Request;
use crate::{Commune, Opening, Phase, PhaseCount, PlanCommune, Reach, Reached, Scenario, Territory};

/// A choice of sites counted from territory and reach.
pub(crate) struct Recount<'a> {
    territory: &'a Territory,
    reach: &'a Reach,
    scenario: &'a Scenario,
    pub(crate) need: Need<'a>,
    pub(crate) catchment: Catchment<'a>,
    /// Chosen candidates, the preferred ones first.
    new: &'a [u32],
    /// How each of them opens.
    openings: &'a [Opening],
    pub(crate) existing: Vec<u32>,
    /// For each crowd, its under-served people and whether it is in reach.
    people: Vec<(u64, Reached)>,
}

impl<'a> Recount<'a> {
    pub(crate) fn new(
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

    pub(crate) fn cost_of(&self, opening: Opening) -> Option<u64> {
        Some(self.scenario.cost_of(self.territory.sites().get(opening.site as usize)?, opening))
    }

    pub(crate) fn tally(&self, need: Need<'_>) -> Tally {
        let mut tally = Tally::default();
        for (crowd, _, _, reached) in self.crowds() {
            tally.add(self.catchment.people(crowd, need), reached);
        }
        tally
    }

    pub(crate) fn out_of_reach(&self) -> u64 {
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

    pub(crate) fn phases(&self) -> Vec<PhaseCount> {
        let count_of = |(phase, stated): (usize, &Phase)| {
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

    pub(crate) fn communes(&self) -> Vec<PlanCommune> {
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
