use std::collections::HashSet;

use super::Recount;
use crate::ranking::rank_by_people;
use crate::{Opening, PlanSite, Reached};

/// The sites of a plan, and what each adds.
impl Recount<'_> {
    pub(crate) fn sites(&self) -> Vec<PlanSite> {
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
}
