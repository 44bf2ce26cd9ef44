use maillage_solver::{Fixing, SiteId};

use crate::hub::Hubs;
use crate::request::Request;
use crate::{Opening, Scenario, Site, SiteState, Territory};

/// The openings of a problem, the preferred ones first: each is a site of the kernel.
#[derive(Clone, Debug)]
pub(crate) struct Openings {
    pub(crate) all: Vec<Opening>,
    /// (site, kernel site), by site.
    by_site: Vec<(u32, SiteId)>,
}

impl Openings {
    /// Puts the openings in order of cost, then of their kind in `prefer`, then of identifier.
    pub(crate) fn of(scenario: &Scenario, territory: &Territory, hubs: &Hubs) -> Self {
        // The territory is in order of identifiers, which settles what is still equal.
        let mut sites: Vec<(u64, usize, Opening)> = Vec::with_capacity(territory.sites().len());
        for (position, site) in (0..).zip(territory.sites()) {
            let rank = scenario.prefer.iter().position(|kind| *kind == site.kind).unwrap_or(scenario.prefer.len());
            if site.state != SiteState::Candidate {
                let cost = if site.state == SiteState::Existing { 0 } else { site.cost };
                sites.push((cost, rank, Opening::of_existing(position)));
                continue;
            }
            let hubs = hubs.of_site(position);
            for kind in scenario.kinds_of(territory, position) {
                for phase in (0..).take(scenario.phase.len().max(1)) {
                    let opening = |&hub: &Option<u32>| Opening { site: position, phase, kind, hub };
                    let ways = hubs.iter().map(opening);
                    sites.extend(ways.map(|opening| (scenario.cost_of(site, opening), rank, opening)));
                }
            }
        }
        sites.sort_unstable();
        let all: Vec<Opening> = sites.into_iter().map(|(_, _, opening)| opening).collect();
        let mut by_site: Vec<(u32, SiteId)> = (0..).zip(&all).map(|(id, opening)| (opening.site, SiteId(id))).collect();
        by_site.sort_unstable();
        Self { all, by_site }
    }

    /// Returns the kernel sites that open a site of the territory.
    pub(crate) fn of_site(&self, site: u32) -> impl Iterator<Item = SiteId> + '_ {
        let start = self.by_site.partition_point(|entry| entry.0 < site);
        self.by_site.iter().skip(start).take_while(move |entry| entry.0 == site).map(|entry| entry.1)
    }

    /// Returns each kernel site with the territory's site it opens.
    pub(crate) fn with_sites<'a>(&'a self, territory: &'a Territory) -> impl Iterator<Item = (SiteId, &'a Site)> {
        let openings = (0..).map(SiteId).zip(&self.all);
        openings.filter_map(|(id, opening)| Some((id, territory.sites().get(opening.site as usize)?)))
    }

    /// Returns the openings of candidates, with their kernel sites and the territory's sites.
    pub(crate) fn of_candidates<'a>(
        &'a self,
        territory: &'a Territory,
    ) -> impl Iterator<Item = (SiteId, Opening, &'a Site)> {
        let all = (0..).map(SiteId).zip(&self.all);
        let with_site =
            all.filter_map(|(id, &opening)| Some((id, opening, territory.sites().get(opening.site as usize)?)));
        with_site.filter(|(_, _, site)| site.state == SiteState::Candidate)
    }

    /// Returns the kernel sites that exist already.
    pub(crate) fn existing(&self, territory: &Territory) -> Vec<SiteId> {
        let existing = self.with_sites(territory).filter(|(_, site)| site.state == SiteState::Existing);
        existing.map(|(id, _)| id).collect()
    }

    /// Returns what is decided about each beforehand.
    pub(crate) fn fixings(&self, territory: &Territory, request: &Request) -> Vec<Fixing> {
        let fixing = |opening: &Opening| match territory.sites().get(opening.site as usize) {
            Some(site) if site.state == SiteState::Existing => Fixing::Open,
            Some(site) if site.state == SiteState::Outside => Fixing::Closed,
            _ => request.fixing_of(*opening),
        };
        self.all.iter().map(fixing).collect()
    }
}
