//! Types of site, residents, upgrades, specialties and hubs on small random regions: from the text of a scenario file
//! to the plan read back, compared with every way of opening sites, counted person by person by other code.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

#[expect(dead_code, reason = "scenarios of rules are drawn elsewhere")]
mod small_region;

use std::fmt::Write;
use std::path::Path;

use maillage::core::VariantError;
use maillage::io::ScenarioFile;
use maillage::solver::{Guarantee, Search, Silent, SolveError, Solver};
use maillage::{Commune, Plan, ScenarioError, Site, SiteState, StraightLine, Territory, TravelTime};
use small_region::{Random, region};

const SPECIALTIES: [&str; 2] = ["derm", "geri"];

#[derive(Debug, Default)]
struct Type {
    opening: Option<u64>,
    yearly: u64,
    within: Option<u32>,
    offers: Vec<&'static str>,
    kinds: Option<&'static str>,
    upgrade: bool,
    least: Option<usize>,
    most: Option<usize>,
}

#[derive(Debug)]
struct Specialty {
    name: &'static str,
    weight: u64,
    from_column: bool,
}

#[derive(Debug)]
struct Hub {
    within: u32,
    most: Option<usize>,
    any: bool,
}

/// A question as drawn.
#[derive(Debug, Default)]
struct Asked {
    types: Vec<Type>,
    residents: bool,
    upgrades: bool,
    specialties: Vec<Specialty>,
    hub: Option<Hub>,
    sites: usize,
    exactly: bool,
    budget: Option<u64>,
    require: Option<String>,
    floor: Option<u64>,
    /// Sites until the end of the first phase, of two.
    first: Option<usize>,
}

const YEARS: u64 = 3;

fn draw(random: &mut Random, sites: &mut [Site], communes: &mut [Commune]) -> Asked {
    let specialties = random.one_in(3);
    let mut asked = Asked {
        residents: !specialties && random.one_in(2),
        upgrades: random.one_in(3),
        sites: 1 + usize::try_from(random.below(3)).unwrap(),
        exactly: random.one_in(6),
        budget: random.one_in(2).then(|| random.below(14) * 10),
        require: random.one_in(5).then(|| "s0".to_owned()),
        floor: random.one_in(5).then(|| 1 + random.below(60)),
        first: random.one_in(5).then(|| usize::from(random.one_in(2))),
        ..Asked::default()
    };
    // s1 exists in most regions: a hub, and a site to upgrade.
    if random.below(4) > 0 {
        sites[1].state = SiteState::Existing;
    }
    for site in sites.iter_mut() {
        site.kind = if random.one_in(2) { "hospital".to_owned() } else { "house".to_owned() };
        if asked.residents && random.one_in(2) {
            site.columns.insert("beds".to_owned(), random.below(30).to_string());
        }
        if specialties && random.below(4) > 0 {
            let offers = random.of(&["derm", "geri", "derm, geri", "geri;derm"]);
            site.columns.insert("offers".to_owned(), offers.to_owned());
        }
    }
    asked.residents &= sites.iter().any(|site| site.columns.contains_key("beds"));
    asked.upgrades &= sites[1].state == SiteState::Existing;
    if asked.upgrades {
        let position = sites[1].position;
        let candidates = sites.iter_mut().filter(|site| site.state == SiteState::Candidate);
        for site in candidates.take(1 + usize::from(random.one_in(2))) {
            site.position = position;
            site.columns.insert("upgrades".to_owned(), "s1".to_owned());
        }
    }
    if specialties {
        for commune in communes.iter_mut() {
            commune.columns.insert("need".to_owned(), random.below(20).to_string());
        }
        for name in SPECIALTIES {
            let (weight, from_column) = (1 + random.below(3), random.one_in(2));
            asked.specialties.push(Specialty { name, weight, from_column });
        }
    }
    if random.below(3) > 0 {
        let mut types: Vec<Type> = (0..=random.below(2)).map(|_| draw_type(random, specialties)).collect();
        // One type that everybody may be of.
        types[0].kinds = None;
        if asked.upgrades {
            types.push(Type { upgrade: true, kinds: None, ..draw_type(random, specialties) });
        }
        asked.types = types;
    }
    if random.one_in(3) && sites.iter().any(|site| site.state == SiteState::Existing && site.kind == "hospital") {
        asked.hub = Some(Hub {
            within: 6 + u32::try_from(random.below(20)).unwrap(),
            most: random.one_in(2).then(|| 1 + usize::from(random.one_in(2))),
            any: random.one_in(2),
        });
    }
    asked
}

fn draw_type(random: &mut Random, specialties: bool) -> Type {
    Type {
        opening: (!random.one_in(3)).then(|| random.below(4) * 10),
        yearly: random.below(3) * 5,
        within: random.one_in(2).then(|| 4 + u32::try_from(random.below(9)).unwrap()),
        offers: if specialties && random.one_in(2) { vec![SPECIALTIES[usize::from(random.one_in(2))]] } else { vec![] },
        kinds: random.one_in(3).then_some("hall"),
        upgrade: false,
        least: random.one_in(8).then_some(1),
        most: random.one_in(4).then_some(1),
    }
}

fn text_of(asked: &Asked) -> String {
    let mut text = format!("within = \"8min\"\nspeed = \"50km/h\"\ndetour = 1.3\nsites = {}\n", asked.sites);
    if asked.exactly {
        text.push_str("exactly = true\n");
    }
    let _ = asked.budget.map(|budget| writeln!(text, "budget = {budget}"));
    let _ = asked.require.as_ref().map(|id| writeln!(text, "require = [\"{id}\"]"));
    if asked.residents {
        text.push_str("residents-field = \"beds\"\n");
    }
    if asked.upgrades {
        text.push_str("upgrades-field = \"upgrades\"\n");
    }
    if !asked.specialties.is_empty() {
        text.push_str("offers-field = \"offers\"\n");
    }
    if !asked.types.is_empty() {
        let _ = writeln!(text, "horizon = {YEARS}");
    }
    if let Some(hub) = &asked.hub {
        let _ = writeln!(text, "[hub]\nkind = [\"hospital\"]\nwithin = \"{}min\"", hub.within);
        let _ = hub.most.map(|most| writeln!(text, "most = {most}"));
        text.push_str(if hub.any { "choose = \"any\"\n" } else { "" });
    }
    for (number, stated) in asked.types.iter().enumerate() {
        let _ = writeln!(text, "[[type]]\nname = \"t{number}\"\nyearly-cost = {}", stated.yearly);
        let _ = stated.opening.map(|cost| writeln!(text, "opening-cost = {cost}"));
        let _ = stated.within.map(|within| writeln!(text, "within = \"{within}min\""));
        let _ = stated.least.map(|least| writeln!(text, "least = {least}"));
        let _ = stated.most.map(|most| writeln!(text, "most = {most}"));
        let _ = stated.kinds.map(|kind| writeln!(text, "where.kind = \"{kind}\""));
        let _ = writeln!(text, "offers = {:?}\nupgrade = {}", stated.offers, stated.upgrade);
    }
    for specialty in &asked.specialties {
        let _ = writeln!(text, "[[specialty]]\nname = \"{}\"\nweight = {}", specialty.name, specialty.weight);
        text.push_str(if specialty.from_column { "field = \"need\"\n" } else { "" });
    }
    if let Some(first) = asked.first {
        let _ = writeln!(text, "[[phase]]\nsites = {first}\n[[phase]]\nsites = {}", asked.sites);
    }
    let _ = asked.floor.map(|floor| writeln!(text, "[[floor]]\nleast = {floor}"));
    text
}

/// One way of opening a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    kind: Option<usize>,
    hub: Option<usize>,
    phase: usize,
}

struct Judge<'a> {
    asked: &'a Asked,
    communes: &'a [Commune],
    sites: &'a [Site],
    candidates: Vec<usize>,
    /// For each person the commune, and the site of which they are a resident.
    persons: Vec<(usize, Option<usize>)>,
}

impl<'a> Judge<'a> {
    fn of(territory: &'a Territory, asked: &'a Asked) -> Self {
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

    fn host(&self, site: usize) -> &Commune {
        self.communes.iter().find(|commune| Some(&commune.code) == self.sites[site].commune.as_ref()).unwrap()
    }

    fn ways(&self, site: usize) -> Vec<Way> {
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

    fn cost(&self, site: usize, way: Way) -> u64 {
        way.kind.map_or(self.sites[site].cost, |kind| {
            let stated = &self.asked.types[kind];
            stated.opening.unwrap_or(self.sites[site].cost) + YEARS * stated.yearly
        })
    }

    fn reaches(&self, site: usize, way: Option<Way>, (commune, resident_of): (usize, Option<usize>)) -> bool {
        let found = &self.sites[site];
        if self.asked.residents && found.columns.contains_key("beds") {
            return resident_of == Some(site);
        }
        let own = way.and_then(|way| way.kind).and_then(|kind| self.asked.types[kind].within);
        let time = StraightLine::new(50.0, 1.3).unwrap().time(self.communes[commune].origin, found.position);
        time <= TravelTime::from_minutes(own.unwrap_or(8))
    }

    fn offers(&self, site: usize, way: Option<Way>, name: &str) -> bool {
        let own = self.sites[site].columns.get("offers").is_some_and(|cell| cell.contains(name));
        let kind = way.and_then(|way| way.kind);
        own || kind.is_some_and(|kind| self.asked.types[kind].offers.contains(&name))
    }

    /// Counts what open sites are worth, those that exist too.
    fn value(&self, open: &[(usize, Option<Way>)]) -> u64 {
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

    fn people(&self, open: &[(usize, Option<Way>)]) -> u64 {
        let is_in =
            |person: &&(usize, Option<usize>)| open.iter().any(|&(site, way)| self.reaches(site, way, **person));
        self.persons.iter().filter(is_in).count() as u64
    }

    fn existing(&self) -> Vec<(usize, Option<Way>)> {
        let exists = |site: &usize| self.sites[*site].state == SiteState::Existing;
        (0..self.sites.len()).filter(exists).map(|site| (site, None)).collect()
    }

    /// Returns what a choice is worth; nothing where a rule is broken.
    fn worth(&self, choice: &[Option<Way>]) -> Option<u64> {
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

    /// Returns the most that any choice is worth.
    fn best(&self) -> Option<u64> {
        let ways: Vec<Vec<Way>> = self.candidates.iter().map(|&site| self.ways(site)).collect();
        let mut choice: Vec<Option<Way>> = vec![None; ways.len()];
        let mut digits = vec![0; ways.len()];
        let mut best = self.worth(&choice);
        loop {
            let Some(place) = (0..ways.len()).find(|&place| digits[place] < ways[place].len()) else { return best };
            for earlier in 0..place {
                digits[earlier] = 0;
                choice[earlier] = None;
            }
            choice[place] = Some(ways[place][digits[place]]);
            digits[place] += 1;
            best = best.max(self.worth(&choice));
        }
    }

    /// Returns the choice that a plan states.
    fn choice_of(&self, plan: &Plan) -> Vec<Option<Way>> {
        let way = |&site: &usize| {
            let open = plan.sites.iter().find(|open| open.is_new && open.site as usize == site)?;
            assert_eq!(open.cost, Some(self.cost(site, way_of(open))));
            Some(way_of(open))
        };
        self.candidates.iter().map(way).collect()
    }
}

fn way_of(open: &maillage::core::PlanSite) -> Way {
    Way {
        kind: open.kind.map(|kind| kind as usize),
        hub: open.hub.map(|hub| hub as usize),
        phase: open.phase.unwrap_or(0) as usize,
    }
}

fn check(judge: &Judge<'_>, plan: &Plan, territory: &Territory, text: &str) {
    let choice = judge.choice_of(plan);
    for (&site, way) in judge.candidates.iter().zip(&choice) {
        assert!(way.is_none_or(|way| judge.ways(site).contains(&way) || way.hub.is_some()), "{text}");
    }
    assert_eq!(judge.worth(&choice), Some(plan.objective.value), "{text}");
    assert!(!plan.rules.iter().any(maillage::core::KeptRule::is_broken), "{text}");
    let new = judge.candidates.iter().zip(&choice).filter_map(|(&site, way)| Some((site, Some((*way)?))));
    let after: Vec<(usize, Option<Way>)> = judge.existing().into_iter().chain(new.clone()).collect();
    let (before, after) = (judge.people(&judge.existing()), judge.people(&after));
    assert_eq!((plan.reached_before, plan.newly_reached), (before, after - before), "{text}");
    let cost: u64 = new.clone().map(|(site, way)| judge.cost(site, way.unwrap())).sum();
    assert_eq!(plan.cost, cost, "{text}");
    let added: u64 = plan.sites.iter().filter_map(|site| site.people_added).sum();
    assert_eq!(added, plan.newly_reached, "{text}");
    let by_type: u64 = plan.variants.types.iter().map(|count| count.cost).sum();
    assert!(plan.variants.types.is_empty() || by_type == cost, "{text}");
    if judge.asked.first.is_none() && !judge.asked.specialties.is_empty() {
        let weights = judge.asked.specialties.iter().map(|specialty| specialty.weight);
        let value: u64 =
            plan.variants.specialties.iter().zip(weights).map(|(one, weight)| one.newly_reached * weight).sum();
        assert_eq!(value, plan.objective.value, "{text}");
    }
    if let Some(hubs) = &plan.variants.hubs {
        let spokes: u64 = hubs.spokes.iter().map(|hub| hub.1).sum();
        assert_eq!(spokes, plan.sites_new() as u64, "{text}");
        let without = judge.candidates.iter().filter(|&&site| judge.ways(site).is_empty()).count();
        assert_eq!(hubs.candidates_without, without as u64, "{text}");
    }
    for site in plan.sites.iter().filter(|site| site.is_new) {
        let names = territory.sites()[site.site as usize].columns.get("upgrades").filter(|_| judge.asked.upgrades);
        let upgraded = site.upgrades.map(|existing| &territory.sites()[existing as usize].id);
        assert_eq!(upgraded, names, "{text}");
    }
}

/// Plans the regions of some seeds, and returns how many had a plan and how many had none.
fn plan_all(seeds: u64) -> (u32, u32) {
    let (mut planned, mut impossible) = (0, 0);
    for seed in 0..seeds {
        let mut random = Random(seed);
        let (mut communes, mut sites) = region(&mut random);
        sites.truncate(4);
        let asked = draw(&mut random, &mut sites, &mut communes);
        let text = text_of(&asked);
        let scenario = ScenarioFile::parse(&text, Path::new("maillage.toml")).unwrap().scenario().unwrap();
        let territory = Territory::new(communes, sites).unwrap();
        let reach = StraightLine::new(50.0, 1.3).unwrap().reach(&territory, scenario.longest()).unwrap();
        let judge = Judge::of(&territory, &asked);
        let (problem, dictionary) = match scenario.compile(&territory, &reach) {
            Ok(compiled) => compiled,
            Err(
                ScenarioError::NothingToCover
                | ScenarioError::Column(_)
                | ScenarioError::TooFewCandidates { .. }
                | ScenarioError::BudgetBelowCheapest { .. }
                | ScenarioError::Variant(VariantError::NoColumn { .. }),
            ) => continue,
            Err(ScenarioError::Variant(VariantError::NoType { .. } | VariantError::NoneHasHub)) => {
                assert!(judge.candidates.iter().any(|&site| judge.ways(site).is_empty()), "{text}");
                continue;
            }
            Err(
                ScenarioError::RequiredAboveCount { .. }
                | ScenarioError::RequiredAboveBudget { .. }
                | ScenarioError::ExactlyAboveBudget { .. }
                | ScenarioError::Variant(VariantError::RequiredWithoutHub { .. }),
            ) => {
                assert_eq!(judge.best(), None, "seed {seed}\n{text}");
                impossible += 1;
                continue;
            }
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        };
        let best = judge.best();
        match Search::default().solve(&problem, &Silent) {
            Ok(outcome) => {
                assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}\n{text}");
                let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
                assert_eq!(Some(plan.objective.value), best, "seed {seed}\n{text}");
                check(&judge, &plan, &territory, &text);
                planned += 1;
            }
            Err(SolveError::Infeasible { .. }) => {
                assert_eq!(best, None, "seed {seed}\n{text}");
                impossible += 1;
            }
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        }
    }
    (planned, impossible)
}

#[test]
fn variants_are_planned_as_well_as_trying_every_way() {
    let (planned, impossible) = plan_all(600);
    assert!(planned > 250 && impossible > 30, "{planned} {impossible}");
}

/// Takes about a minute without optimisation.
#[test]
#[ignore = "many more of the same"]
fn thousands_of_variants_are_planned_as_well() {
    let (planned, impossible) = plan_all(12_000);
    assert!(planned > 5_000, "{planned} {impossible}");
}
