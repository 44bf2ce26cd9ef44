//! Questions drawn at random, and their text.

use std::fmt::Write;
use std::path::Path;

use maillage::io::ScenarioFile;
use maillage::{Commune, Reach, Scenario, Site, SiteState, StraightLine, Territory};

use crate::small_region::{Random, region};

pub const SPECIALTIES: [&str; 2] = ["derm", "geri"];

#[derive(Clone, Debug, Default)]
pub struct Type {
    pub opening: Option<u64>,
    pub yearly: u64,
    pub within: Option<u32>,
    pub offers: Vec<&'static str>,
    pub kinds: Option<&'static str>,
    pub upgrade: bool,
    pub least: Option<usize>,
    pub most: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Specialty {
    pub name: &'static str,
    pub weight: u64,
    pub from_column: bool,
}

#[derive(Clone, Debug)]
pub struct Hub {
    pub within: u32,
    pub most: Option<usize>,
    pub any: bool,
}

/// A question as drawn.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub types: Vec<Type>,
    pub residents: bool,
    pub upgrades: bool,
    pub specialties: Vec<Specialty>,
    pub hub: Option<Hub>,
    pub sites: usize,
    pub exactly: bool,
    pub budget: Option<u64>,
    pub require: Option<String>,
    pub floor: Option<u64>,
    /// Sites until the end of the first phase, of two.
    pub first: Option<usize>,
    pub goal: Goal,
    /// Minutes, and what a person counts within them, in thousandths.
    pub decay: Vec<(u32, u64)>,
}

/// What is sought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    #[default]
    Reach,
    /// A share of all people, in percent.
    FewestSites(u64),
    LeastCost(u64),
    WorstOff,
    /// Up to so many minutes.
    TravelTime(u32),
}

pub const YEARS: u64 = 3;

impl Asked {
    /// Counts people by steps of time, where that goes with the rest.
    pub fn decays(&mut self) {
        if self.specialties.is_empty() {
            self.decay = vec![(3, 1_000), (8, 600), (12, 250)];
            self.types.iter_mut().for_each(|stated| stated.within = None);
        }
    }
}

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

pub fn draw_type(random: &mut Random, specialties: bool) -> Type {
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
    let _ = match asked.goal {
        Goal::Reach => Ok(()),
        Goal::FewestSites(share) => writeln!(text, "goal = \"fewest-sites:{share}%\""),
        Goal::LeastCost(share) => writeln!(text, "goal = \"least-cost:{share}%\""),
        Goal::WorstOff => writeln!(text, "goal = \"worst-off:dep\""),
        Goal::TravelTime(limit) => writeln!(text, "goal = \"travel-time:{limit}min\""),
    };
    if !asked.decay.is_empty() {
        let step = |(minutes, thousandths): &(u32, u64)| format!("{minutes}min:{}%", thousandths / 10);
        let _ = writeln!(text, "decay = {:?}", asked.decay.iter().map(step).collect::<Vec<_>>());
    }
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

/// A question, and the region it is asked of.
pub struct Drawn {
    pub asked: Asked,
    pub text: String,
    pub scenario: Scenario,
    pub territory: Territory,
    pub reach: Reach,
}

impl Drawn {
    /// Draws the question of a seed, and changes it.
    pub fn of(seed: u64, change: impl FnOnce(&mut Random, &mut Asked)) -> Self {
        let mut random = Random(seed);
        let (mut communes, mut sites) = region(&mut random);
        sites.truncate(4);
        let mut asked = draw(&mut random, &mut sites, &mut communes);
        change(&mut random, &mut asked);
        let text = text_of(&asked);
        let scenario = ScenarioFile::parse(&text, Path::new("maillage.toml")).unwrap().scenario().unwrap();
        let territory = Territory::new(communes, sites).unwrap();
        let reach = StraightLine::new(50.0, 1.3).unwrap().reach(&territory, scenario.longest()).unwrap();
        Self { asked, text, scenario, territory, reach }
    }
}
