//! Small random regions and scenarios for them.

use std::collections::BTreeMap;
use std::fmt::Write;

use maillage::geo::Point;
use maillage::{Commune, Position, Site, SiteState};

/// A repeatable generator (`SplitMix64`).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    pub fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }

    fn place(&mut self) -> (f64, f64) {
        let (east, north) = (u8::try_from(self.below(5)).unwrap(), u8::try_from(self.below(4)).unwrap());
        (5.0 + f64::from(east) * 0.06, 48.0 + f64::from(north) * 0.04)
    }
}

fn columns<const N: usize>(values: [(&str, &str); N]) -> BTreeMap<String, String> {
    values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Draws communes and sites with columns as files would give them.
pub fn region(random: &mut Random) -> (Vec<Commune>, Vec<Site>) {
    let mut communes = Vec::new();
    for number in 0..=random.below(8) {
        let place = random.place();
        communes.push(Commune {
            code: format!("c{number}"),
            name: String::new(),
            territory: String::new(),
            density: None,
            population: random.below(40),
            access: None,
            weight: None,
            acts: None,
            origin: Position::new(place.0, place.1).unwrap(),
            geometry: Point::new(place.0, place.1).into(),
            columns: columns([("dep", random.of(&["08", "51"])), ("density7", random.of(&["1", "5", "6", "7"]))]),
        });
    }
    let mut sites = Vec::new();
    for number in 0..=1 + random.below(6) {
        let place = random.place();
        let kind = random.of(&["hall", "pharmacy", "hospital"]);
        let mut columns = columns([("kind", kind), ("hours", random.of(&["0", "1", "1.5", "2.25", "4"]))]);
        if random.one_in(3) {
            // The site's own value wins over that of its commune.
            columns.insert("dep".to_owned(), random.of(&["08", "51"]).to_owned());
        }
        let host = random.below(communes.len() as u64);
        sites.push(Site {
            id: format!("s{number}"),
            name: String::new(),
            kind: String::new(),
            state: if number > 1 && random.one_in(5) { SiteState::Existing } else { SiteState::Candidate },
            cost: random.below(5) * 10,
            commune: Some(format!("c{host}")),
            territory: None,
            position: Position::new(place.0, place.1).unwrap(),
            columns,
        });
    }
    (communes, sites)
}

/// How often each kind of rule was drawn.
#[derive(Debug, Default)]
pub struct Drawn {
    sums: u32,
    shares: u32,
    spreads: u32,
    pools: u32,
    floors: u32,
    spacings: u32,
    pub incompatible: u32,
    pub impossible: u32,
}

impl Drawn {
    pub fn fewest(&self) -> u32 {
        [self.sums, self.shares, self.spreads, self.pools, self.floors, self.spacings].into_iter().min().unwrap()
    }

    pub fn add(&mut self, other: &Self) {
        self.sums += other.sums;
        self.shares += other.shares;
        self.spreads += other.spreads;
        self.pools += other.pools;
        self.floors += other.floors;
        self.spacings += other.spacings;
        self.incompatible += other.incompatible;
    }
}

fn conditions(random: &mut Random) -> &'static str {
    random.of(&[
        "where.kind = \"pharmacy\"\n",
        "where.density7 = [5, 6, 7]\n",
        "where = { kind = [\"hall\", \"hospital\"], hours = { least = 1, below = 4 } }\n",
        "",
    ])
}

fn each(random: &mut Random) -> &'static str {
    random.of(&["", "each = \"dep\"\n", "each = [\"dep\", \"kind\"]\n"])
}

fn existing(random: &mut Random) -> &'static str {
    random.of(&["existing = true\n", "", "", ""])
}

/// Draws the text of a scenario file.
pub fn scenario_text(random: &mut Random, sites: u64, drawn: &mut Drawn) -> String {
    let mut text = "within = \"8min\"\nspeed = \"50km/h\"\ndetour = 1.3\n".to_owned();
    let _ = writeln!(text, "sites = {}", 1 + random.below(sites));
    if random.one_in(4) {
        let _ = writeln!(text, "budget = {}", random.below(12) * 10);
    }
    if random.one_in(3) {
        drawn.incompatible += 1;
        text.push_str("incompatible = [[\"s0\", \"s1\"]]\n");
    }
    if random.below(3) > 0 {
        drawn.sums += 1;
        let (conditions, each, existing) = (conditions(random), each(random), existing(random));
        let end = random.of(&["least = 0", "least = 1", "least = 2", "most = 0", "most = 1", "least = 1\nmost = 2"]);
        let _ = writeln!(text, "[[rule]]\n{each}{existing}{conditions}{end}");
    }
    if random.below(3) > 0 {
        drawn.shares += 1;
        let end = random.of(&["least-share = \"41%\"", "most-share = \"62.5%\"", "least-share = \"100%\""]);
        let sum = random.of(&["", "sum = \"cost\"\n", "sum = \"field:hours\"\n"]);
        let (each, existing) = (each(random), existing(random));
        let conditions = match (conditions(random), each) {
            ("", "") => "where.density7 = [5, 6, 7]\n",
            (conditions, _) => conditions,
        };
        let _ = writeln!(text, "[[rule]]\n{each}{sum}{existing}{conditions}{end}");
    }
    if random.below(3) > 0 {
        drawn.spreads += 1;
        let sum = random.of(&["", "sum = \"field:hours\"\n"]);
        let (conditions, existing) = (conditions(random), existing(random));
        let each = random.of(&["dep", "kind", "density7"]);
        let _ = writeln!(text, "[[rule]]\neach = \"{each}\"\n{sum}{existing}{conditions}spread = {}", random.below(3));
    }
    if random.below(3) > 0 {
        drawn.pools += 1;
        let (conditions, each) = (conditions(random), each(random));
        let most = random.of(&["2.5", "4", "6.75"]);
        let _ = writeln!(text, "[[rule]]\n{each}{conditions}sum = \"field:hours\"\nmost = {most}");
    }
    if random.below(3) > 0 {
        drawn.floors += 1;
        let end = random.of(&["least-share = \"30%\"", "least-share = \"55.5%\"", "least = 20", "least = 3"]);
        let each = random.of(&["", "each = \"dep\"\n"]);
        let conditions = random.of(&["", "where.density7 = [5, 6, 7]\n"]);
        let newly = random.of(&["", "", "newly = true\n"]);
        let _ = writeln!(text, "[[floor]]\n{each}{conditions}{newly}{end}");
    }
    if random.below(3) > 0 {
        drawn.spacings += 1;
        let between = random.of(&["between = \"1m\"\n", "between = \"5km\"\n", "between = \"10min\"\n", ""]);
        let from = random.of(&["", "from-existing = \"5km\"\n"]);
        let from = if between.is_empty() { "from-existing = \"8min\"\n" } else { from };
        let conditions = conditions(random);
        let _ = writeln!(text, "[[spacing]]\n{between}{from}{conditions}");
    }
    text
}
