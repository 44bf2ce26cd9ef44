//! Times on the roads of two small countries equal those of a plain search over another reading of the same file.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a plain reading of files known to be whole"
)]

mod plain_reading;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::path::{Path, PathBuf};

use geo::{Contains, Point, Validation};
use maillage_core::{Commune, Disc, Outline, Position, Site, SiteState, Territory, TravelTime};
use maillage_roads::{Profile, Roads};
use plain_reading::{Tags, read_everything};

fn data(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = std::env::var_os("MAILLAGE_DATA").map_or(beside, PathBuf::from).join("osm").join(name);
    if !file.exists() {
        println!("skipped: {} is not there", file.display());
        return None;
    }
    Some(file)
}

/// Every point a vertex, every piece of road two arcs, nothing joined, nothing left out.
#[derive(Default)]
struct Plain {
    places: HashMap<i64, (f64, f64)>,
    blocked: std::collections::HashSet<i64>,
    arcs: HashMap<i64, Vec<(i64, u32)>>,
    /// Points of roads on which one may stand.
    stood_on: std::collections::HashSet<i64>,
}

fn listed<'a>(tags: &'a Tags, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|&key| tags.get(key)).map(String::as_str)
}

fn is_refused(car: &Profile, value: &str) -> bool {
    value.split(';').all(|one| car.refused.contains(one.trim()))
}

const ACCESS: [&str; 4] = ["motorcar", "motor_vehicle", "vehicle", "access"];

/// Speeds with the points and against them, in kilometres an hour, as a driver would read the tags.
fn speeds(car: &Profile, tags: &Tags) -> Option<(f64, f64)> {
    let is = |key: &str, value: &str| tags.get(key).is_some_and(|given| given == value);
    if is("area", "yes") {
        return None;
    }
    let access = listed(tags, &ACCESS);
    if access.is_some_and(|value| is_refused(car, value)) {
        return None;
    }
    let class = tags.get("highway")?;
    if ["track", "pedestrian"].contains(&class.as_str()) && access.is_none() {
        return None;
    }
    assert!(!is("route", "ferry"), "no ferry in these countries");
    if is("motorroad", "yes") && !car.motorroads {
        return None;
    }
    let usual = car.classes.get(class).filter(|class| class.rural > 0)?;
    let zones = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"];
    let urban = |key: &&str| tags.get(*key).is_some_and(|zone| zone.ends_with("urban"));
    let usual = if zones.iter().chain(&["maxspeed"]).any(urban) { usual.urban } else { usual.rural };
    let read = |text: &String| match text.as_str() {
        "walk" => Some(6.0),
        "LI:urban" | "CH:urban" | "FR:urban" | "AT:urban" => Some(50.0),
        "LI:rural" | "CH:rural" | "AT:rural" | "FR:rural" => Some(if text.starts_with("AT") { 100.0 } else { 80.0 }),
        "CH:motorway" => Some(120.0),
        text => text.rsplit([':']).next()?.trim_start_matches("zone").parse::<f64>().ok().filter(|&speed| speed >= 1.0),
    };
    let slow = ["residential", "living_street", "road", "service", "track", "pedestrian"].contains(&class.as_str());
    let speed = |own: &str| {
        let stated = [own, "maxspeed"].into_iter().chain(zones);
        let limit = stated.filter_map(|key| tags.get(key)).find_map(|text| Some((read(text)?, text)));
        match limit {
            None => f64::from(usual),
            Some((limit, text)) if slow || text.chars().any(char::is_alphabetic) => {
                (limit * 90.0 / 100.0).min(f64::from(usual))
            }
            Some((limit, _)) => limit * 90.0 / 100.0,
        }
    };
    let (with, against) = (speed("maxspeed:forward"), speed("maxspeed:backward"));
    let implied = is("junction", "roundabout")
        || is("junction", "circular")
        || ["motorway", "motorway_link"].contains(&class.as_str());
    match listed(tags, &["oneway:motorcar", "oneway:motor_vehicle", "oneway"]) {
        Some("yes" | "1" | "true") => Some((with, 0.0)),
        Some("-1" | "reverse") => Some((0.0, against)),
        Some("reversible") => None,
        Some("no" | "false" | "0" | "alternating") => Some((with, against)),
        _ if implied => Some((with, 0.0)),
        _ => Some((with, against)),
    }
}

fn great_circle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64, y: f64| ((y.to_radians() - x.to_radians()) / 2.0).sin().powi(2);
    let square = half(a.1, b.1) + a.1.to_radians().cos() * b.1.to_radians().cos() * half(a.0, b.0);
    2.0 * 6_371_008.8 * square.sqrt().asin()
}

fn read(file: &Path, car: &Profile) -> Plain {
    let mut plain = Plain::default();
    let (mut roads, mut signals) = (Vec::new(), std::collections::HashSet::new());
    let everything = read_everything(file);
    for (points, tags) in everything.ways {
        let Some(speeds) = speeds(car, &tags) else { continue };
        let is = |key: &str, values: &[&str]| tags.get(key).is_some_and(|value| values.contains(&value.as_str()));
        let passed = is("highway", &["motorway", "motorway_link"]) || is("motorroad", &["yes"]);
        if !passed && (!tags.contains_key("tunnel") || is("tunnel", &["no", "building_passage"])) {
            plain.stood_on.extend(&points);
        }
        roads.push((points, speeds));
    }
    for (id, place, tags) in everything.nodes {
        plain.places.insert(id, place);
        if tags.get("highway").is_some_and(|value| value == "traffic_signals") {
            signals.insert(id);
        }
        let stops = match (listed(&tags, &ACCESS), tags.get("barrier")) {
            (Some(access), Some(_)) => is_refused(car, access),
            (None, Some(barrier)) => car.barriers.contains(barrier),
            _ => false,
        };
        if stops {
            plain.blocked.insert(id);
        }
    }
    let mut meeting: HashMap<i64, u32> = HashMap::new();
    let mut pieces = Vec::new();
    for (points, (with, against)) in roads {
        let mut driven = 0.0;
        for pair in points.windows(2) {
            let (Some(&from), Some(&to)) = (plain.places.get(&pair[0]), plain.places.get(&pair[1])) else {
                driven = 0.0;
                continue;
            };
            if pair[0] == pair[1] {
                continue;
            }
            let until = driven + great_circle(from, to);
            let at = |metres: f64, speed: f64| (metres / speed * 36.0 - 1e-6).ceil().max(0.0) as u32;
            for (from, to, speed) in [(pair[0], pair[1], with), (pair[1], pair[0], against)] {
                if speed > 0.0 {
                    pieces.push((from, to, at(until, speed) - at(driven, speed)));
                }
            }
            for end in pair {
                *meeting.entry(*end).or_default() += 1;
            }
            driven = until;
        }
    }
    for (from, to, time) in pieces {
        let lost = match (signals.contains(&to) && !plain.blocked.contains(&to), meeting[&to] >= 3) {
            (true, _) => 120,
            (_, true) if !plain.blocked.contains(&to) => 30,
            _ => 0,
        };
        plain.arcs.entry(from).or_default().push((to, time + lost));
    }
    plain
}

/// Dijkstra 1959, forwards.
fn times_from(plain: &Plain, start: i64, limit: u32) -> HashMap<i64, u32> {
    let mut known = HashMap::new();
    let mut heap = BinaryHeap::from([Reverse((0, start))]);
    while let Some(Reverse((time, point))) = heap.pop() {
        if time > limit || known.contains_key(&point) {
            continue;
        }
        known.insert(point, time);
        if plain.blocked.contains(&point) {
            continue;
        }
        for &(to, cost) in plain.arcs.get(&point).map(Vec::as_slice).unwrap_or_default() {
            heap.push(Reverse((time + cost, to)));
        }
    }
    known
}

fn compare(name: &str, limit: TravelTime) {
    let Some(file) = data(name) else { return };
    let mut car = Profile::named("car").unwrap();
    // The way inside a commune would hide short times.
    car.local.least_inside = 1;
    let plain = read(&file, &car);
    // Points of the core: those that the most central of some points reaches, and that reach it.
    let mut used: Vec<i64> = plain.arcs.keys().copied().filter(|point| !plain.blocked.contains(point)).collect();
    used.sort_unstable();
    let mut back = Plain::default();
    for (&from, arcs) in &plain.arcs {
        for &(to, cost) in arcs.iter().filter(|_| !plain.blocked.contains(&from)) {
            back.arcs.entry(to).or_default().push((from, cost));
        }
    }
    back.blocked.clone_from(&plain.blocked);
    let core = used
        .iter()
        .step_by(used.len() / 20)
        .map(|&start| {
            let (to, from) = (times_from(&plain, start, u32::MAX), times_from(&back, start, u32::MAX));
            used.iter().copied().filter(|point| to.contains_key(point) && from.contains_key(point)).collect::<Vec<_>>()
        })
        .max_by_key(Vec::len)
        .unwrap();
    // Points that share their place with another cannot be told apart by a position.
    let mut by_place: BTreeMap<String, u32> = BTreeMap::new();
    let key = |point: i64| format!("{:?}", plain.places[&point]);
    plain.arcs.keys().for_each(|&point| *by_place.entry(key(point)).or_default() += 1);
    let alone: Vec<i64> =
        core.into_iter().filter(|&point| by_place[&key(point)] == 1 && plain.stood_on.contains(&point)).collect();
    let picked: Vec<i64> = alone.iter().copied().step_by(alone.len() / 60).collect();
    let position = |point: i64| Position::new(plain.places[&point].0, plain.places[&point].1).unwrap();
    let communes = picked.iter().map(|&point| Commune {
        code: format!("{point:020}"),
        name: String::new(),
        territory: String::new(),
        density: None,
        population: 1,
        access: None,
        weight: None,
        acts: None,
        origin: position(point),
        geometry: Point::new(plain.places[&point].0, plain.places[&point].1).into(),
        columns: BTreeMap::default(),
    });
    let sites = picked.iter().map(|&point| Site {
        id: format!("{point:020}"),
        name: String::new(),
        kind: String::new(),
        state: SiteState::Candidate,
        cost: 1,
        commune: None,
        territory: None,
        position: position(point),
        columns: BTreeMap::default(),
    });
    let territory = Territory::new(communes.collect(), sites.collect()).unwrap();
    let roads = Roads::read(&file, car).unwrap();
    let made = roads.reach(&territory, limit).unwrap();
    assert!(made.communes_off_road.is_empty() && made.sites_off_road.is_empty());
    assert_eq!(made.longest_walk, 0);
    let mut compared = 0;
    for (commune, &home) in (0..).zip(&picked) {
        let times = times_from(&plain, home, limit.deciseconds());
        for (site, &place) in (0..).zip(&picked) {
            let row = made.reach.communes_of(site);
            let found = row.binary_search_by_key(&commune, |pair| pair.0).ok().map(|at| row[at].1.deciseconds());
            let expected = times.get(&place).map(|&time| time.max(10)).filter(|&time| time <= limit.deciseconds());
            assert_eq!(found, expected, "{name}: from {home} to {place}");
            compared += usize::from(found.is_some());
        }
    }
    println!("{name}: {compared} times of {} pairs, {:?}", picked.len() * picked.len(), roads.counts());
    assert!(compared > 2 * picked.len());
}

#[test]
fn monaco_to_the_decisecond() {
    compare("monaco.osm.pbf", TravelTime::from_minutes(10));
}

#[test]
fn liechtenstein_to_the_decisecond() {
    compare("liechtenstein-latest.osm.pbf", TravelTime::from_minutes(15));
}

/// Isochrones round some places are valid, hold whoever arrives in time, and few others.
fn outline(name: &str, corner: (f64, f64), across: (f64, f64), minutes: u32) {
    let Some(file) = data(name) else { return };
    let roads = Roads::read(&file, Profile::named("car").unwrap()).unwrap();
    let at = |east: u32, north: u32, of: u32| {
        let part = |number: u32| f64::from(number) / f64::from(of);
        Position::new(corner.0 + across.0 * part(east), corner.1 + across.1 * part(north)).unwrap()
    };
    let places: Vec<Position> = (1..4).map(|number| at(number, number, 4)).collect();
    let homes: Vec<Position> = (0..60).flat_map(|east| (0..60).map(move |north| at(east, north, 60))).collect();
    let commune = |(number, origin): (usize, &Position)| Commune {
        code: format!("{number:05}"),
        name: String::new(),
        territory: String::new(),
        density: None,
        population: 1,
        access: None,
        weight: None,
        acts: None,
        origin: *origin,
        geometry: Point::new(origin.longitude(), origin.latitude()).into(),
        columns: BTreeMap::new(),
    };
    let site = |(number, position): (usize, &Position)| Site {
        id: format!("{number:05}"),
        name: String::new(),
        kind: String::new(),
        state: SiteState::Candidate,
        cost: 1,
        commune: None,
        territory: None,
        position: *position,
        columns: BTreeMap::new(),
    };
    let communes = homes.iter().enumerate().map(commune).collect();
    let territory = Territory::new(communes, places.iter().enumerate().map(site).collect()).unwrap();
    let longest = TravelTime::from_minutes(minutes);
    let reach = roads.reach(&territory, longest).unwrap().reach;
    let spots = roads.spots(&places, longest);
    for limit in [TravelTime::from_minutes(minutes / 2), longest] {
        for (number, spots) in (0..).zip(&spots) {
            let discs: Vec<Disc> = spots.iter().filter_map(|spot| roads.walked(*spot, limit)).collect();
            let area = Outline::default().of(&discs);
            assert!(area.is_valid(), "{name}, {limit}: {:?}", area.check_validation());
            // The contour may miss the last 150 metres, walked in 135 seconds.
            let surely = limit.deciseconds().saturating_sub(1350);
            let (mut inside, mut early) = (0, 0);
            for (home, origin) in (0..).zip(&homes) {
                let time = reach.communes_of(number).iter().find(|(commune, _)| *commune == home);
                let time = time.map_or(u32::MAX, |(_, time)| time.deciseconds());
                let holds = area.contains(&Point::new(origin.longitude(), origin.latitude()));
                assert!(holds || time > surely, "{name}, {limit}, site {number}: {origin:?} takes {time} deciseconds");
                inside += u32::from(holds);
                early += u32::from(holds && time <= limit.deciseconds() + 1350);
            }
            // In the model people walk to the nearest road; the area holds whoever can walk to any road in time.
            println!("{name}, {limit}, site {number}: {} discs, {inside} homes inside, {early} in time", discs.len());
            assert!(f64::from(early) >= 0.85 * f64::from(inside), "{name}, {limit}: {early} of {inside}");
        }
    }
}

#[test]
fn isochrones_in_monaco() {
    outline("monaco.osm.pbf", (7.405, 43.722), (0.035, 0.03), 6);
}

#[test]
fn isochrones_in_liechtenstein() {
    outline("liechtenstein-latest.osm.pbf", (9.47, 47.05), (0.1, 0.2), 20);
}
