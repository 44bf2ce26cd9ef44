//! What a choice of sites is worth, person by person.

use maillage::{Commune, Plan, Site, SiteState, StraightLine, Territory, TravelTime};

use crate::asked::{Asked, Goal, Type, YEARS};

/// One way of opening a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    pub kind: Option<usize>,
    pub hub: Option<usize>,
    pub phase: usize,
}

pub struct Judge<'a> {
    pub asked: &'a Asked,
    pub communes: &'a [Commune],
    pub sites: &'a [Site],
    pub candidates: Vec<usize>,
    /// For each person the commune, and the site of which they are a resident.
    pub persons: Vec<(usize, Option<usize>)>,
}

impl<'a> Judge<'a> {
    pub fn of(territory: &'a Territory, asked: &'a Asked) -> Self {
        let (communes, sites) = (territory.communes(), territory.sites());
        let mut persons = Vec::new();
        for (number, commune) in communes.iter().enumerate() {
            let mut left = commune.population;
            for (site, found) in sites.iter().enumerate().filter(|_| asked.residents) {
                let beds = found.columns.get("beds").map_or(0, |text| text.parse::<u64>().unwrap());
                if found.commune.as_ref() == Some(&commune.code) {
                    let inside = beds.min(left);
                    left -= inside;
                    persons.extend((0..inside).map(|_| (number, Some(site))));
                }
            }
            persons.extend((0..left).map(|_| (number, None)));
        }
        let candidates = (0..sites.len()).filter(|&site| sites[site].state == SiteState::Candidate).collect();
        Self { asked, communes, sites, candidates, persons }
    }

    pub fn host(&self, site: usize) -> &Commune {
        self.communes.iter().find(|commune| Some(&commune.code) == self.sites[site].commune.as_ref()).unwrap()
    }

    pub fn ways(&self, site: usize) -> Vec<Way> {
        let found = &self.sites[site];
        let upgrades = self.asked.upgrades && found.columns.contains_key("upgrades");
        let may_be = |stated: &&Type| {
            stated.upgrade == upgrades && stated.kinds.is_none_or(|kind| found.columns["kind"] == kind)
        };
        let kinds: Vec<Option<usize>> = if self.asked.types.is_empty() {
            vec![None]
        } else {
            let numbered = self.asked.types.iter().enumerate();
            numbered.filter(|(_, stated)| may_be(stated)).map(|(number, _)| Some(number)).collect()
        };
        let hubs: Vec<Option<usize>> = match &self.asked.hub {
            None => vec![None],
            Some(hub) => {
                let car = StraightLine::new(50.0, 1.3).unwrap();
                let time = |other: usize| car.time(self.host(site).origin, self.sites[other].position);
                let is_hub = |other: &usize| {
                    let other = &self.sites[*other];
                    other.state == SiteState::Existing && other.kind == "hospital"
                };
                let mut near: Vec<usize> = (0..self.sites.len())
                    .filter(is_hub)
                    .filter(|&other| time(other) <= TravelTime::from_minutes(hub.within))
                    .collect();
                near.sort_by_key(|&other| (time(other), self.sites[other].id.clone()));
                if !hub.any {
                    near.truncate(1);
                }
                near.into_iter().map(Some).collect()
            }
        };
        let phases = if self.asked.first.is_some() { 2 } else { 1 };
        let mut ways = Vec::new();
        for kind in kinds {
            for &hub in &hubs {
                ways.extend((0..phases).map(|phase| Way { kind, hub, phase }));
            }
        }
        ways
    }

    pub fn cost(&self, site: usize, way: Way) -> u64 {
        way.kind.map_or(self.sites[site].cost, |kind| {
            let stated = &self.asked.types[kind];
            stated.opening.unwrap_or(self.sites[site].cost) + YEARS * stated.yearly
        })
    }

    pub fn reaches(&self, site: usize, way: Option<Way>, (commune, resident_of): (usize, Option<usize>)) -> bool {
        let found = &self.sites[site];
        if self.asked.residents && found.columns.contains_key("beds") {
            return resident_of == Some(site);
        }
        let own = way.and_then(|way| way.kind).and_then(|kind| self.asked.types[kind].within);
        let time = StraightLine::new(50.0, 1.3).unwrap().time(self.communes[commune].origin, found.position);
        time <= TravelTime::from_minutes(own.unwrap_or(8))
    }

    pub fn offers(&self, site: usize, way: Option<Way>, name: &str) -> bool {
        let own = self.sites[site].columns.get("offers").is_some_and(|cell| cell.contains(name));
        let kind = way.and_then(|way| way.kind);
        own || kind.is_some_and(|kind| self.asked.types[kind].offers.contains(&name))
    }

    /// Returns how long the way of a person is to the nearest open site that serves them.
    fn nearest(&self, open: &[(usize, Option<Way>)], (commune, resident_of): (usize, Option<usize>)) -> TravelTime {
        let car = StraightLine::new(50.0, 1.3).unwrap();
        let time = |&(site, _): &(usize, Option<Way>)| {
            let found = &self.sites[site];
            if self.asked.residents && found.columns.contains_key("beds") {
                return (resident_of == Some(site)).then_some(TravelTime::from_minutes(0));
            }
            Some(car.time(self.communes[commune].origin, found.position))
        };
        open.iter().filter_map(time).min().unwrap_or(TravelTime::from_minutes(600))
    }

    /// Counts what open sites are worth, those that exist too.
    pub fn value(&self, open: &[(usize, Option<Way>)]) -> u64 {
        if let Goal::TravelTime(limit) = self.asked.goal {
            let minutes = |&person: &(usize, Option<usize>)| self.nearest(open, person).deciseconds().div_ceil(600);
            return self.persons.iter().map(|person| u64::from(limit.saturating_sub(minutes(person)))).sum();
        }
        if !self.asked.decay.is_empty() {
            let share = |&person: &(usize, Option<usize>)| {
                let time = self.nearest(open, person);
                let step = self.asked.decay.iter().find(|step| time <= TravelTime::from_minutes(step.0));
                step.map_or(0, |step| step.1)
            };
            return self.persons.iter().map(share).sum();
        }
        if self.asked.specialties.is_empty() {
            return self.people(open);
        }
        let mut value = 0;
        for specialty in &self.asked.specialties {
            for (number, commune) in self.communes.iter().enumerate() {
                let people = match (specialty.from_column, commune.population) {
                    (true, 0) => 0,
                    (true, _) => commune.columns["need"].parse().unwrap(),
                    (false, people) => people,
                };
                let is_in = |&(site, way): &(usize, Option<Way>)| {
                    self.offers(site, way, specialty.name) && self.reaches(site, way, (number, None))
                };
                value += if open.iter().any(is_in) { people * specialty.weight } else { 0 };
            }
        }
        value
    }

    pub fn people(&self, open: &[(usize, Option<Way>)]) -> u64 {
        let is_in =
            |person: &&(usize, Option<usize>)| open.iter().any(|&(site, way)| self.reaches(site, way, **person));
        self.persons.iter().filter(is_in).count() as u64
    }

    pub fn existing(&self) -> Vec<(usize, Option<Way>)> {
        let exists = |site: &usize| self.sites[*site].state == SiteState::Existing;
        (0..self.sites.len()).filter(exists).map(|site| (site, None)).collect()
    }

    /// Returns what a choice is worth; nothing where a rule is broken.
    pub fn worth(&self, choice: &[Option<Way>]) -> Option<u64> {
        let asked = self.asked;
        let open = || self.candidates.iter().zip(choice).filter_map(|(&site, way)| Some((site, (*way)?)));
        let new = open().count();
        let cost: u64 = open().map(|(site, way)| self.cost(site, way)).sum();
        let of_kind = |kind: usize| open().filter(|(_, way)| way.kind == Some(kind)).count();
        let spokes = |hub: usize| open().filter(|(_, way)| way.hub == Some(hub)).count();
        let upgrades = open().filter(|(site, _)| asked.upgrades && self.sites[*site].columns.contains_key("upgrades"));
        let most = asked.hub.as_ref().and_then(|hub| hub.most);
        let keeps = new <= asked.sites
            && (!asked.exactly || new == asked.sites)
            && asked.budget.is_none_or(|budget| cost <= budget)
            && asked.require.as_ref().is_none_or(|id| open().any(|(site, _)| self.sites[site].id == *id))
            && upgrades.count() < 2
            && most.is_none_or(|most| (0..self.sites.len()).all(|hub| spokes(hub) <= most))
            && asked.types.iter().enumerate().all(|(kind, stated)| {
                stated.least.is_none_or(|least| of_kind(kind) >= least)
                    && stated.most.is_none_or(|most| of_kind(kind) <= most)
            })
            && asked.first.is_none_or(|first| open().filter(|(_, way)| way.phase == 0).count() <= first);
        if !keeps {
            return None;
        }
        let before = self.existing();
        let until = |phase: usize| -> Vec<(usize, Option<Way>)> {
            let new = open().filter(|(_, way)| way.phase <= phase).map(|(site, way)| (site, Some(way)));
            before.iter().copied().chain(new).collect()
        };
        let last = usize::from(asked.first.is_some());
        if asked.floor.is_some_and(|floor| self.people(&until(last)) < floor) {
            return None;
        }
        Some((0..=last).map(|phase| self.value(&until(phase)) - self.value(&before)).sum())
    }

    /// Visits every choice.
    pub fn each(&self, mut visit: impl FnMut(&[Option<Way>])) {
        let ways: Vec<Vec<Way>> = self.candidates.iter().map(|&site| self.ways(site)).collect();
        let mut choice: Vec<Option<Way>> = vec![None; ways.len()];
        let mut digits = vec![0; ways.len()];
        visit(&choice);
        while let Some(place) = (0..ways.len()).find(|&place| digits[place] < ways[place].len()) {
            for earlier in 0..place {
                digits[earlier] = 0;
                choice[earlier] = None;
            }
            choice[place] = Some(ways[place][digits[place]]);
            digits[place] += 1;
            visit(&choice);
        }
    }

    /// Returns the most that any choice is worth.
    pub fn best(&self) -> Option<u64> {
        let mut best = None;
        self.each(|choice| best = best.max(self.worth(choice)));
        best
    }

    /// Returns the open sites of a choice and those that exist.
    pub fn open(&self, choice: &[Option<Way>]) -> Vec<(usize, Option<Way>)> {
        let new = self.candidates.iter().zip(choice).filter_map(|(&site, way)| Some((site, Some((*way)?))));
        self.existing().into_iter().chain(new).collect()
    }

    pub fn cost_of(&self, choice: &[Option<Way>]) -> u64 {
        self.open(choice).into_iter().filter_map(|(site, way)| Some(self.cost(site, way?))).sum()
    }

    /// Returns the choice that a plan states.
    pub fn choice_of(&self, plan: &Plan) -> Vec<Option<Way>> {
        let way = |&site: &usize| {
            let open = plan.sites.iter().find(|open| open.is_new && open.site as usize == site)?;
            assert_eq!(open.cost, Some(self.cost(site, way_of(open))));
            Some(way_of(open))
        };
        self.candidates.iter().map(way).collect()
    }
}

pub fn way_of(open: &maillage::core::PlanSite) -> Way {
    Way {
        kind: open.kind.map(|kind| kind as usize),
        hub: open.hub.map(|hub| hub as usize),
        phase: open.phase.unwrap_or(0) as usize,
    }
}
