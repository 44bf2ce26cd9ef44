use std::collections::BTreeMap;

use crate::need::Need;
use crate::{Demand, Opening, Reach, Scenario, Territory, TravelTime};

/// People of a commune who are counted together, by position: those of each commune in its order, without the
/// residents of sites that serve only these; then the residents of each such site, in the order of sites.
pub(crate) type Crowd = u32;

/// Whom openings cover: which people within which time, and which specialties.
#[derive(Clone, Debug)]
pub(crate) struct Catchment<'a> {
    scenario: &'a Scenario,
    territory: &'a Territory,
    reach: &'a Reach,
    /// Residents who are counted apart, by crowd: their site, commune and number.
    residents: Vec<(u32, u32, u64)>,
    /// For each site that serves only its residents their crowd, where it has any.
    own: BTreeMap<u32, Option<Crowd>>,
    /// For each commune with residents counted apart their crowds.
    of_commune: BTreeMap<u32, Vec<Crowd>>,
    /// Specialties by site and by type, by bit.
    offered: Vec<u64>,
    offered_by_type: Vec<u64>,
}

impl<'a> Catchment<'a> {
    /// Sets the residents of sites apart: of each such site so many as it has, as long as its commune has people left,
    /// in the order of identifiers.
    pub(crate) fn of(scenario: &'a Scenario, territory: &'a Territory, reach: &'a Reach) -> Self {
        let mut catchment = Self {
            scenario,
            territory,
            reach,
            residents: Vec::new(),
            own: BTreeMap::new(),
            of_commune: BTreeMap::new(),
            offered: scenario.offered(territory),
            offered_by_type: scenario.offered_by_type(),
        };
        let Some(column) = &scenario.residents_field else { return catchment };
        for (position, site) in (0..).zip(territory.sites()) {
            let Some(stated) = site.columns.get(column).and_then(|text| text.parse::<u64>().ok()) else { continue };
            let host = territory.host_of(position);
            let left = host.map_or(0, |host| catchment.rest_of(host));
            let people = stated.min(left);
            let crowd = host.filter(|_| people > 0).map(|host| {
                let crowd = catchment.crowd_count();
                catchment.residents.push((position, host, people));
                catchment.of_commune.entry(host).or_default().push(crowd);
                crowd
            });
            catchment.own.insert(position, crowd);
        }
        catchment
    }

    fn resident(&self, crowd: Crowd) -> Option<&(u32, u32, u64)> {
        self.residents.get(crowd.checked_sub(self.territory.commune_count())? as usize)
    }

    /// Returns the inhabitants of a commune who are not set apart.
    fn rest_of(&self, commune: u32) -> u64 {
        let all = self.territory.communes().get(commune as usize).map_or(0, |commune| commune.population);
        let apart = self.of_commune.get(&commune).into_iter().flatten();
        all.saturating_sub(apart.filter_map(|&crowd| self.resident(crowd)).map(|entry| entry.2).sum())
    }

    pub(crate) fn crowd_count(&self) -> u32 {
        self.territory.commune_count() + u32::try_from(self.residents.len()).unwrap_or(0)
    }

    /// Returns whether residents are counted apart.
    pub(crate) fn has_residents(&self) -> bool {
        !self.residents.is_empty()
    }

    pub(crate) fn commune_of(&self, crowd: Crowd) -> u32 {
        self.resident(crowd).map_or(crowd, |entry| entry.1)
    }

    /// Returns the site whose residents these are.
    pub(crate) fn site_of(&self, crowd: Crowd) -> Option<u32> {
        self.resident(crowd).map(|entry| entry.0)
    }

    /// Returns the crowd that a demand counts.
    pub(crate) fn crowd_of(&self, demand: &Demand) -> Option<Crowd> {
        match demand.residents_of {
            Some(site) => self.own.get(&site).copied().flatten(),
            None => Some(demand.commune),
        }
    }

    /// Returns whether a site serves everybody, and not only its residents.
    pub(crate) fn is_for_all(&self, site: u32) -> bool {
        !self.own.contains_key(&site)
    }

    /// Counts the residents whom a site serves alone; absent where it serves everybody in reach.
    pub(crate) fn residents_of(&self, site: u32) -> Option<u64> {
        let own = self.own.get(&site)?;
        Some(own.and_then(|crowd| self.resident(crowd)).map_or(0, |entry| entry.2))
    }

    /// Counts the under-served people of a crowd.
    pub(crate) fn people(&self, crowd: Crowd, need: Need<'_>) -> u64 {
        let commune = self.commune_of(crowd);
        let Some(found) = self.territory.communes().get(commune as usize) else { return 0 };
        match (need.people(found), self.resident(crowd)) {
            (0, _) => 0,
            (_, Some(entry)) => entry.2,
            (people, None) if self.has_residents() => people.min(self.rest_of(commune)),
            (people, None) => people,
        }
    }

    /// Returns the crowds of a commune.
    pub(crate) fn crowds_of(&self, commune: u32) -> impl Iterator<Item = Crowd> + '_ {
        let apart = self.of_commune.get(&commune).into_iter().flatten().copied();
        std::iter::once(commune).chain(apart)
    }

    /// Returns the crowds that an opening covers within a time, or its type's own, ascending.
    pub(crate) fn covered(&self, opening: Opening, within: TravelTime) -> Vec<Crowd> {
        if let Some(own) = self.own.get(&opening.site) {
            return own.iter().copied().collect();
        }
        let kind = opening.kind.and_then(|kind| self.scenario.r#type.get(kind as usize));
        let within = kind.and_then(|kind| kind.within).unwrap_or(within);
        let mut crowds: Vec<Crowd> = self.reach.communes_within(opening.site, within).collect();
        if self.has_residents() {
            let apart = crowds.iter().filter_map(|commune| self.of_commune.get(commune)).flatten().copied();
            let apart: Vec<Crowd> = apart.collect();
            crowds.extend(apart);
            crowds.sort_unstable();
        }
        crowds
    }

    /// Returns how long the way is to an opening for each crowd within the limit of travel times, whatever its type.
    pub(crate) fn times(&self, opening: Opening) -> Vec<(Crowd, TravelTime)> {
        if let Some(own) = self.own.get(&opening.site) {
            return own.iter().map(|&crowd| (crowd, TravelTime::from_deciseconds(0))).collect();
        }
        let pairs = self.reach.communes_of(opening.site).iter();
        pairs.flat_map(|&(commune, time)| self.crowds_of(commune).map(move |crowd| (crowd, time))).collect()
    }

    /// Returns whether an opening offers a specialty; everything is offered where none is asked for.
    pub(crate) fn offers(&self, opening: Opening, specialty: Option<u32>) -> bool {
        let Some(specialty) = specialty else { return true };
        let own = self.offered.get(opening.site as usize).copied().unwrap_or(0);
        let by_type = opening.kind.and_then(|kind| self.offered_by_type.get(kind as usize)).copied().unwrap_or(0);
        (own | by_type) & (1 << specialty) != 0
    }

    /// Returns for each crowd whether any of the openings covers it within a time.
    pub(crate) fn reached_by(&self, openings: impl IntoIterator<Item = Opening>, within: TravelTime) -> Vec<bool> {
        let mut reached = vec![false; self.crowd_count() as usize];
        for crowd in openings.into_iter().flat_map(|opening| self.covered(opening, within)) {
            if let Some(reached) = reached.get_mut(crowd as usize) {
                *reached = true;
            }
        }
        reached
    }

    /// Returns the openings of the sites that are there already.
    pub(crate) fn existing(&self) -> impl Iterator<Item = Opening> + '_ {
        self.territory.existing().map(Opening::of_existing)
    }
}
