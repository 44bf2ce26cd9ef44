//! Times on a generated road-like graph, and the speed of reading extracts; `roads.py` runs and records it.
//!
//! `roads graph SCALE FOLDER` makes a graph of SCALE × 500,000 points and SCALE × 700,000 roads, reads it as an extract,
//! searches backwards from 5,100 of its points for 30 minutes, and writes the graph and a part of the times for peers.
//! `roads repeat FILE COPIES OUT` repeats an extract side by side; `roads read FILE` reads one.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench ends where something is wrong"
)]

#[path = "roads/repeat.rs"]
mod repeat;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::Instant;

use maillage_core::{Commune, Position, Site, SiteState, Territory, TravelTime};
use maillage_fixtures::{OsmMap, Random};
use maillage_roads::{Profile, Roads};

const ORIGINS: usize = 5_100;
const MINUTES: u32 = 30;
/// Degrees between neighbours: some 200 m, so that 21,000 points are within 30 minutes.
const STEP: [f64; 2] = [0.002_67, 0.001_82];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["graph", scale, folder] => graph(scale.parse().unwrap(), Path::new(folder)),
        ["repeat", file, copies, out] => {
            let bytes = repeat::repeat(&fs::read(file).unwrap(), copies.parse().unwrap());
            fs::write(out, bytes).unwrap();
        }
        ["read", file] => read(Path::new(file)),
        _ => println!("roads graph SCALE FOLDER | roads repeat FILE COPIES OUT | roads read FILE"),
    }
}

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory of this process so far, in MB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1_024
}

/// A measured part of a run: its name, wall seconds and CPU seconds.
struct Clock {
    wall: Instant,
    cpu: f64,
}

impl Clock {
    fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu() }
    }

    fn stop(&self, what: &str) -> String {
        let (wall, cpu) = (self.wall.elapsed().as_secs_f64(), cpu() - self.cpu);
        format!("\"{what}\": {{ \"wall\": {wall:.3}, \"cpu\": {cpu:.2} }}")
    }
}

fn read(file: &Path) {
    let clock = Clock::start();
    let roads = Roads::read(file, Profile::named("car").unwrap()).unwrap();
    let (clock, counts) = (clock.stop("read"), roads.counts());
    println!(
        "{{ {clock}, \"bytes\": {}, \"peak_mb\": {}, \"ways\": {}, \"points\": {}, \"junctions\": {}, \"left_out\": {} }}",
        fs::metadata(file).unwrap().len(),
        peak(),
        counts.ways,
        counts.points,
        counts.junctions,
        counts.left_out
    );
}

/// A grid with one random tree that joins all of its points, and as many more sides as are wanted; every sixteenth line
/// is a fast road.
fn sides(width: usize, height: usize, wanted: usize, random: &mut Random) -> Vec<(usize, usize, u32)> {
    let points = width * height;
    let mut all: Vec<(usize, usize)> = (0..points)
        .flat_map(|at| {
            let right = (at % width + 1 < width).then_some((at, at + 1));
            let up = (at + width < points).then_some((at, at + width));
            [right, up].into_iter().flatten()
        })
        .collect();
    for last in (1..all.len()).rev() {
        all.swap(last, random.below(last as u64 + 1) as usize);
    }
    let mut joined = vec![usize::MAX; points];
    let (mut tree, mut rest) = (Vec::with_capacity(wanted), Vec::new());
    let find = |joined: &mut Vec<usize>, mut at: usize| {
        while joined[at] != usize::MAX {
            if joined[joined[at]] != usize::MAX {
                joined[at] = joined[joined[at]];
            }
            at = joined[at];
        }
        at
    };
    for (from, to) in all {
        let (one, other) = (find(&mut joined, from), find(&mut joined, to));
        if one == other {
            rest.push((from, to));
        } else {
            joined[one] = other;
            tree.push((from, to));
        }
    }
    tree.extend(rest.into_iter().take(wanted.saturating_sub(points - 1)));
    let speed = |(from, to): (usize, usize), random: &mut Random| {
        let is_fast =
            if to == from + 1 { (from / width).is_multiple_of(16) } else { (from % width).is_multiple_of(16) };
        if is_fast { 80 } else { [30, 40, 50, 60][random.below(4) as usize] }
    };
    tree.into_iter().map(|side| (side.0, side.1, speed(side, random))).collect()
}

fn graph(scale: usize, folder: &Path) {
    let mut random = Random::new(20_261_123);
    let width = (500_000 * scale).isqrt();
    let height = (500_000 * scale).div_ceil(width);
    let points = width * height;
    let wanted = points * 7 / 5;
    let mut map = OsmMap::default();
    let mut places = Vec::with_capacity(points);
    for at in 0..points {
        let off = [random.around(0.3), random.around(0.3)];
        let place = [-2.0 + ((at % width) as f64 + off[0]) * STEP[0], 43.0 + ((at / width) as f64 + off[1]) * STEP[1]];
        let place = place.map(|degrees: f64| (degrees * 1e7).round() / 1e7);
        map.node(at as i64 + 1, place, &[]);
        places.push(place);
    }
    let sides = sides(width, height, wanted, &mut random);
    for (number, &(from, to, speed)) in (1..).zip(&sides) {
        let limit = speed.to_string();
        map.way(number, &[from as i64 + 1, to as i64 + 1], &[("highway", "primary"), ("maxspeed", &limit)]);
    }
    let bytes = map.to_pbf();
    drop(map);
    let picked: Vec<usize> = (0..ORIGINS).map(|_| random.below(points as u64) as usize).collect();
    let territory = territory(&picked, &places);
    let mut profile = Profile::named("car").unwrap();
    (profile.percent_of_limit, profile.junction, profile.local.least_inside) = (100, 0, 1);
    let before = peak();

    let whole = Clock::start();
    let clock = Clock::start();
    let roads = Roads::from_source(&mut Cursor::new(&bytes), profile).unwrap();
    let prepared = clock.stop("preparation");
    let with_roads = peak();
    let clock = Clock::start();
    let made = roads.reach(&territory, TravelTime::from_minutes(MINUTES)).unwrap();
    let searched = clock.stop("searches");
    let whole = whole.stop("all");

    let counts = roads.counts();
    println!(
        "{{ {prepared}, {searched}, {whole}, \"points\": {points}, \"roads\": {}, \"junctions\": {}, \"arcs\": {}, \
         \"bytes\": {}, \"pairs\": {}, \"mb_before\": {before}, \"mb_with_roads\": {with_roads}, \"mb_peak\": {} }}",
        sides.len(),
        counts.junctions,
        counts.arcs,
        bytes.len(),
        (0..ORIGINS as u32).map(|site| made.reach.communes_of(site).len()).sum::<usize>(),
        peak()
    );
    write(folder, &sides, &places, &picked, &made.reach);
}

/// Writes little-endian whole numbers of 32 bits: the arcs (from, to, deciseconds), the origins, and for each of the
/// first hundred sites its number, how many reach it, and who and when.
fn write(
    folder: &Path,
    sides: &[(usize, usize, u32)],
    places: &[[f64; 2]],
    picked: &[usize],
    reach: &maillage_core::Reach,
) {
    let save = |name: &str, numbers: &mut dyn Iterator<Item = u32>| {
        let mut file = std::io::BufWriter::new(fs::File::create(folder.join(name)).unwrap());
        for number in numbers {
            file.write_all(&number.to_le_bytes()).unwrap();
        }
    };
    save(
        "arcs",
        &mut sides.iter().flat_map(|&(from, to, speed)| {
            let time = (metres(places[from], places[to]) * 36.0 / f64::from(speed) - 1e-6).ceil() as u32;
            [from as u32, to as u32, time]
        }),
    );
    save("origins", &mut picked.iter().map(|&origin| origin as u32));
    save(
        "times",
        &mut (0..100).flat_map(|site| {
            let row = reach.communes_of(site);
            let pairs = row.iter().flat_map(|&(commune, time)| [commune, time.deciseconds()]);
            [row.len() as u32].into_iter().chain(pairs).collect::<Vec<_>>()
        }),
    );
}

fn metres(from: [f64; 2], to: [f64; 2]) -> f64 {
    let half = |one: f64, other: f64| ((other.to_radians() - one.to_radians()) / 2.0).sin().powi(2);
    let square = half(from[1], to[1]) + from[1].to_radians().cos() * to[1].to_radians().cos() * half(from[0], to[0]);
    2.0 * 6_371_008.8 * square.sqrt().asin()
}

fn territory(picked: &[usize], places: &[[f64; 2]]) -> Territory {
    let position = |point: usize| Position::new(places[point][0], places[point][1]).unwrap();
    let communes = (0..).zip(picked).map(|(number, &point): (u32, _)| Commune {
        code: format!("{number:06}"),
        name: String::new(),
        territory: String::new(),
        density: None,
        population: 1,
        access: None,
        weight: None,
        acts: None,
        origin: position(point),
        geometry: geo::Point::new(0.0, 0.0).into(),
        columns: BTreeMap::default(),
    });
    let sites = (0..).zip(picked).map(|(number, &point): (u32, _)| Site {
        id: format!("{number:06}"),
        name: String::new(),
        kind: String::new(),
        state: SiteState::Candidate,
        cost: 1,
        commune: None,
        territory: None,
        position: position(point),
        columns: BTreeMap::default(),
    });
    Territory::new(communes.collect(), sites.collect()).unwrap()
}
