//! Maps of a few points whose times can be checked by hand: which ways are open, in which direction, and how fast.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tests")]

use std::collections::BTreeMap;
use std::io::Cursor;

use maillage_core::{Commune, Position, Site, SiteState, Territory, TravelTime};
use maillage_fixtures::OsmMap;
use maillage_roads::{Profile, RoadReach, Roads};

/// A hundredth of a degree to the east on the 48th parallel, in metres.
const STEP: f64 = 744.034;

const PLAIN: [(&str, &str); 1] = [("highway", "residential")];

/// Points on a grid of hundredths of degrees, by (identifier, east, north).
fn map(points: &[(i64, f64, f64)]) -> OsmMap {
    let mut map = OsmMap::default();
    for &(id, east, north) in points {
        map.node(id, place(east, north), &[]);
    }
    map
}

fn place(east: f64, north: f64) -> [f64; 2] {
    [6.0 + east / 100.0, 48.0 + north / 100.0]
}

/// A profile that loses no time at junctions, so that times are lengths and speeds.
fn plain(name: &str) -> Profile {
    let mut profile = Profile::named(name).unwrap();
    (profile.junction, profile.signals, profile.local.least_inside) = (0, 0, 1);
    profile
}

fn roads(map: &OsmMap, profile: Profile) -> Roads {
    Roads::from_source(&mut Cursor::new(map.to_pbf()), profile).unwrap()
}

fn territory(homes: &[(f64, f64)], sites: &[(f64, f64)]) -> Territory {
    let position = |&(east, north): &(f64, f64)| {
        let [longitude, latitude] = place(east, north);
        Position::new(longitude, latitude).unwrap()
    };
    let communes = homes.iter().zip(0..).map(|(home, number)| Commune {
        code: format!("{number:05}"),
        name: String::new(),
        territory: String::new(),
        density: None,
        population: 100,
        access: None,
        weight: None,
        acts: None,
        origin: position(home),
        geometry: geo::Point::new(0.0, 0.0).into(),
        columns: BTreeMap::default(),
    });
    let sites = sites.iter().zip(0..).map(|(site, number)| Site {
        id: format!("{number:05}"),
        name: String::new(),
        kind: String::new(),
        state: SiteState::Candidate,
        cost: 1,
        commune: None,
        territory: None,
        position: position(site),
        columns: BTreeMap::default(),
    });
    Territory::new(communes.collect(), sites.collect()).unwrap()
}

fn reach(map: &OsmMap, profile: Profile, homes: &[(f64, f64)], sites: &[(f64, f64)]) -> RoadReach {
    roads(map, profile).reach(&territory(homes, sites), TravelTime::from_minutes(120)).unwrap()
}

/// Deciseconds from the only home to the only site.
fn time(map: &OsmMap, profile: Profile, home: (f64, f64), site: (f64, f64)) -> Option<u32> {
    let made = reach(map, profile, &[home], &[site]);
    made.reach.communes_of(0).first().map(|&(_, time)| time.deciseconds())
}

/// Deciseconds along steps at a speed.
fn driving(steps: f64, speed: f64) -> u32 {
    (steps * STEP * 36.0 / speed) as u32
}

#[track_caller]
fn assert_near(found: Option<u32>, expected: u32) {
    let found = found.unwrap();
    assert!(found.abs_diff(expected) <= 4, "{found} in place of {expected}");
}

#[test]
fn a_one_way_street_is_short_in_its_own_direction_alone() {
    let points = [(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 2.0, 0.0)];
    let long_way = |map: &mut OsmMap| map.way(8, &[2, 3, 1], &PLAIN);
    for (tags, with, against) in [
        (vec![("oneway", "yes")], 1.0, 3.0),
        (vec![("oneway", "1")], 1.0, 3.0),
        (vec![("oneway", "-1")], 3.0, 1.0),
        (vec![("oneway", "reverse")], 3.0, 1.0),
        (vec![("oneway", "no")], 1.0, 1.0),
        (vec![("oneway", "reversible")], 3.0, 3.0),
        (vec![("oneway", "yes"), ("oneway:motor_vehicle", "no")], 1.0, 1.0),
        (vec![("oneway", "yes"), ("oneway:bicycle", "no")], 1.0, 3.0),
        (vec![], 1.0, 1.0),
    ] {
        let mut map = map(&points);
        map.way(7, &[1, 2], &[PLAIN.to_vec(), tags.clone()].concat());
        long_way(&mut map);
        // People go to the site: with the arrow of the street they take it, against it they go round by point 3.
        assert_near(time(&map, plain("car"), (0.0, 0.0), (1.0, 0.0)), driving(with, 30.0));
        assert_near(time(&map, plain("car"), (1.0, 0.0), (0.0, 0.0)), driving(against, 30.0));
        // Who cycles against the arrow may do so where that is said, and walkers may anywhere.
        let bike = if tags == [("oneway", "yes"), ("oneway:bicycle", "no")] { 1.0 } else { against };
        if !tags.iter().any(|tag| tag.0 == "oneway:motor_vehicle") {
            assert_near(time(&map, plain("bike"), (1.0, 0.0), (0.0, 0.0)), driving(bike, 15.0));
        }
        assert_near(time(&map, plain("foot"), (1.0, 0.0), (0.0, 0.0)), driving(1.0, 4.0));
    }
}

#[test]
fn a_roundabout_is_driven_in_its_own_direction() {
    // A square on the 48th parallel and just above it, its points against the clock.
    let mut map = map(&[(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 1.0, 0.01), (4, 0.0, 0.01)]);
    map.way(7, &[1, 2, 3, 4, 1], &[("highway", "tertiary"), ("junction", "roundabout")]);
    let (with, against) = (driving(1.0, 65.0), driving(1.0, 65.0) + 2);
    assert_near(time(&map, plain("car"), (0.0, 0.0), (1.0, 0.0)), with);
    // Back from point 2 by 3 and 4: as long again, not the same piece.
    let back = time(&map, plain("car"), (1.0, 0.0), (0.0, 0.0)).unwrap();
    assert!(back > against, "{back} {against}");
    assert_near(time(&map, plain("foot"), (1.0, 0.0), (0.0, 0.0)), driving(1.0, 4.0));
}

#[test]
fn a_ferry_takes_the_time_it_states_and_nobody_starts_on_it() {
    let shores = [(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 3.0, 0.0), (4, 4.0, 0.0)];
    let lake = |more: &[(&str, &str)]| {
        let mut map = map(&shores);
        map.way(7, &[1, 2], &PLAIN);
        map.way(8, &[2, 3], &[&[("route", "ferry")], more].concat());
        map.way(9, &[3, 4], &PLAIN);
        map
    };
    let land = driving(2.0, 30.0);
    let across = |map: &OsmMap| time(map, plain("car"), (0.0, 0.0), (4.0, 0.0));
    assert_near(across(&lake(&[("duration", "00:20")])), land + 12_000);
    assert_near(across(&lake(&[("duration", "PT20M")])), land + 12_000);
    assert_near(across(&lake(&[])), land + driving(2.0, 15.0));
    // Cars may be kept off a ferry; nothing else leads over.
    assert_eq!(across(&lake(&[("motor_vehicle", "no")])), None);
    // On the water by the ferry, one is at the shore, 0.9 steps away on foot, and not on board.
    let swimmer = time(&lake(&[("duration", "00:20")]), plain("car"), (1.9, 0.0), (0.0, 0.0));
    assert_near(swimmer, driving(0.9, 4.0) + driving(1.0, 30.0));
}

#[test]
fn barriers_stop_those_they_are_made_for() {
    let street = |tags: &[(&str, &str)]| {
        let mut map = OsmMap::default();
        map.node(1, place(0.0, 0.0), &[]);
        map.node(2, place(1.0, 0.0), tags);
        map.node(3, place(2.0, 0.0), &[]);
        map.node(4, place(5.0, 0.0), &[]);
        map.way(7, &[1, 2, 3], &PLAIN);
        // Round by point 4: longer by six steps.
        map.way(8, &[3, 4, 1], &PLAIN);
        map
    };
    let (open, round) = (2.0, 8.0);
    for (tags, car, foot) in [
        (vec![], open, open),
        (vec![("barrier", "gate")], open, open),
        (vec![("barrier", "gate"), ("access", "private")], round, round),
        (vec![("barrier", "gate"), ("motor_vehicle", "no")], round, open),
        (vec![("barrier", "bollard")], round, open),
        (vec![("barrier", "bollard"), ("motor_vehicle", "yes")], open, open),
        (vec![("barrier", "wall")], round, round),
        (vec![("access", "no")], open, open),
    ] {
        let map = street(&tags);
        assert_near(time(&map, plain("car"), (0.0, 0.0), (2.0, 0.0)), driving(car, 30.0));
        assert_near(time(&map, plain("foot"), (0.0, 0.0), (2.0, 0.0)), driving(foot, 4.0));
    }
}

#[test]
fn limits_count_as_the_profile_says() {
    let speed = |tags: &[(&str, &str)]| {
        let mut map = map(&[(1, 0.0, 0.0), (2, 2.0, 0.0)]);
        map.way(7, &[1, 2], tags);
        let time = time(&map, plain("car"), (0.0, 0.0), (2.0, 0.0)).unwrap();
        (2.0 * STEP * 36.0 / f64::from(time)).round() as u32
    };
    let primary = ("highway", "primary");
    for (tags, expected) in [
        (vec![primary], 72),
        (vec![primary, ("maxspeed", "50")], 45),
        (vec![primary, ("maxspeed", "50 mph")], 72),
        (vec![primary, ("maxspeed", "110")], 99),
        (vec![primary, ("maxspeed:forward", "30"), ("maxspeed", "50")], 27),
        (vec![primary, ("maxspeed:backward", "30"), ("maxspeed", "50")], 45),
        // A zone says which speed of the class holds, and lowers it at most.
        (vec![primary, ("maxspeed", "FR:urban")], 42),
        (vec![primary, ("source:maxspeed", "FR:urban")], 42),
        (vec![primary, ("maxspeed:type", "FR:urban")], 42),
        (vec![primary, ("zone:maxspeed", "FR:30")], 27),
        (vec![primary, ("zone:maxspeed", "FR:zone30")], 27),
        (vec![primary, ("zone:traffic", "FR:urban")], 42),
        (vec![primary, ("source:maxspeed", "sign"), ("zone:traffic", "FR:urban")], 42),
        (vec![primary, ("maxspeed", "30"), ("source:maxspeed", "FR:urban")], 27),
        (vec![("highway", "trunk"), ("maxspeed", "FR:rural")], 72),
        (vec![("highway", "trunk"), ("maxspeed", "DE:rural")], 90),
        // Streets of houses are never made faster by their limit.
        (vec![("highway", "residential"), ("maxspeed", "50")], 30),
        (vec![("highway", "residential"), ("maxspeed", "20")], 18),
        (vec![("highway", "residential"), ("source:maxspeed", "FR:urban")], 28),
        (vec![("highway", "service"), ("maxspeed", "none")], 15),
        (vec![("highway", "living_street"), ("maxspeed", "walk")], 5),
    ] {
        assert_eq!(speed(&tags), expected, "{tags:?}");
    }
}

#[test]
fn each_profile_has_roads_of_its_own() {
    let with_path = |way: &[(&str, &str)]| {
        let mut map = map(&[(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 4.0, 0.0)]);
        map.way(7, &[1, 2], way);
        map.way(8, &[2, 3, 1], &PLAIN);
        map
    };
    let (short, round) = (1.0, 7.0);
    let by = |map: &OsmMap, profile: &str| time(map, plain(profile), (0.0, 0.0), (1.0, 0.0));
    let footway = with_path(&[("highway", "footway")]);
    assert_near(by(&footway, "car"), driving(round, 30.0));
    assert_near(by(&footway, "bike"), driving(round, 15.0));
    assert_near(by(&footway, "foot"), driving(short, 4.0));
    let shared = with_path(&[("highway", "footway"), ("bicycle", "yes")]);
    assert_near(by(&shared, "bike"), driving(short, 8.0));
    let track = with_path(&[("highway", "track")]);
    assert_near(by(&track, "car"), driving(round, 30.0));
    assert_near(by(&track, "bike"), driving(short, 11.0));
    for kept in ["no", "private"] {
        let street = with_path(&[PLAIN[0], ("access", kept)]);
        assert_near(by(&street, "car"), driving(round, 30.0));
    }
    let residents = with_path(&[PLAIN[0], ("access", "private"), ("motor_vehicle", "yes")]);
    assert_near(by(&residents, "car"), driving(short, 30.0));
    // Roads for motor vehicles alone.
    let motorroad = with_path(&[("highway", "trunk"), ("motorroad", "yes")]);
    assert_near(by(&motorroad, "car"), driving(short, 95.0));
    assert_near(by(&motorroad, "foot"), driving(round, 4.0));
}

#[test]
fn trips_do_not_start_where_one_cannot_stand() {
    // A fast road on the parallel, a street beside it some 37 m to the north, joined at both ends.
    let walk = |tags: &[(&str, &str)]| {
        let mut map = map(&[(1, 0.0, 0.0), (2, 2.0, 0.0), (3, 0.0, 0.033), (4, 2.0, 0.033)]);
        map.way(7, &[1, 2], tags);
        map.way(9, &[1, 3, 4, 2], &PLAIN);
        reach(&map, plain("car"), &[(1.0, 0.0)], &[(2.0, 0.033)]).longest_walk
    };
    // The way between two points of a parallel bends a little to the north.
    assert!(walk(&[("highway", "primary")]) <= 1);
    for tags in [
        vec![("highway", "motorway")],
        vec![("highway", "motorway_link")],
        vec![("highway", "trunk"), ("motorroad", "yes")],
        vec![("highway", "primary"), ("tunnel", "yes")],
    ] {
        assert_eq!(walk(&tags), 37, "{tags:?}");
    }
    assert!(walk(&[("highway", "primary"), ("tunnel", "building_passage")]) <= 1);
}

#[test]
fn who_stands_off_the_road_or_on_an_island_is_told() {
    let mut map = map(&[(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 2.0, 0.0), (4, 50.0, 0.0), (5, 51.0, 0.0)]);
    map.way(7, &[1, 2, 3], &PLAIN);
    map.way(8, &[4, 5], &PLAIN);
    map.relation(9, &[("type", "restriction"), ("restriction", "no_left_turn")]);
    let homes = [(0.0, 0.0), (10.0, 0.0), (50.0, 0.0), (1.0, 1.0)];
    let made = reach(&map, plain("car"), &homes, &[(2.0, 0.0), (20.0, 20.0), (51.0, 0.0)]);
    assert_eq!(made.communes_off_road, [1]);
    assert_eq!(made.communes_on_islands, [2]);
    assert_eq!(made.sites_off_road, [1, 2]);
    assert!(made.unreached.is_empty());
    // The last home walks 1,112 m to the road, at 4 km/h.
    assert_eq!(made.longest_walk, 1_112);
    let row = made.reach.communes_of(0);
    assert_near(row.iter().find(|pair| pair.0 == 3).map(|pair| pair.1.deciseconds()), 10_008 + driving(1.0, 30.0));
    assert_eq!(roads(&map, plain("car")).counts().turn_restrictions, 1);
    // Out of the limit, the same home is by a road and unreached.
    let made = roads(&map, plain("car")).reach(&territory(&homes, &[(2.0, 0.0)]), TravelTime::from_minutes(5)).unwrap();
    assert_eq!(made.unreached, [3]);
}

#[test]
fn a_limit_keeps_what_takes_exactly_that_long() {
    let mut map = map(&[(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 2.0, 0.0)]);
    map.way(7, &[1, 2, 3], &PLAIN);
    let roads = roads(&map, plain("car"));
    let territory = territory(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], &[(2.0, 0.0)]);
    let whole = roads.reach(&territory, TravelTime::from_minutes(60)).unwrap().reach;
    let pairs = whole.communes_of(0).to_vec();
    assert_eq!(pairs.iter().map(|pair| pair.0).collect::<Vec<_>>(), [0, 1, 2]);
    for &(commune, time) in &pairs[..2] {
        let at = |deciseconds| {
            let limit = TravelTime::from_deciseconds(deciseconds);
            let reach = roads.reach(&territory, limit).unwrap().reach;
            let kept = pairs.iter().copied().filter(|pair| pair.1 <= limit).collect::<Vec<_>>();
            assert_eq!(reach.communes_of(0), kept);
            kept.iter().any(|pair| pair.0 == commune)
        };
        assert!(at(time.deciseconds()) && !at(time.deciseconds() - 1));
    }
}

#[cfg(feature = "parallel")]
#[test]
fn any_number_of_threads_gives_the_same_times() {
    let mut map = OsmMap::default();
    let name = |east: i64, north: i64| 1 + east + 40 * north;
    for north in 0..40_i32 {
        for east in 0..40_i32 {
            map.node(name(east.into(), north.into()), place(f64::from(east) / 5.0, f64::from(north) / 5.0), &[]);
        }
    }
    let classes = ["residential", "tertiary", "secondary", "service"];
    for line in 0..40_i64 {
        let class = classes[line as usize % 4];
        let across: Vec<i64> = (0..40).map(|other| name(other, line)).collect();
        let along: Vec<i64> = (0..40).map(|other| name(line, other)).collect();
        map.way(10_000 + line, &across, &[("highway", class), ("oneway", if line % 3 == 1 { "yes" } else { "no" })]);
        map.way(20_000 + line, &along, &[("highway", class)]);
    }
    let homes: Vec<(f64, f64)> = (0..300_u32).map(|at| (f64::from(at % 17) / 2.1, f64::from(at % 31) / 4.0)).collect();
    let sites: Vec<(f64, f64)> = (0..90_u32).map(|at| (f64::from(at % 13) / 1.7, f64::from(at % 29) / 3.7)).collect();
    let made = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let reach = reach(&map, Profile::named("car").unwrap(), &homes, &sites);
            (0..90).map(|site| reach.reach.communes_of(site).to_vec()).collect::<Vec<_>>()
        })
    };
    let one = made(1);
    assert!(one.iter().map(Vec::len).sum::<usize>() > 10_000);
    assert_eq!(one, made(3));
}

#[test]
fn spots_on_roads_take_the_time_that_people_there_take() {
    // A ring with a one-way side, a spur, and a motorway on which no trip starts.
    let mut map = map(&[(1, 0.0, 0.0), (2, 1.0, 0.0), (3, 1.0, 1.0), (4, 0.0, 1.0), (5, 3.0, 0.0), (6, 3.0, 1.0)]);
    map.way(1, &[1, 2], &PLAIN);
    map.way(2, &[2, 3, 4], &PLAIN);
    map.way(3, &[4, 1], &[("highway", "residential"), ("oneway", "yes")]);
    map.way(4, &[2, 5], &PLAIN);
    map.way(5, &[5, 6], &[("highway", "motorway"), ("oneway", "no")]);
    map.way(6, &[6, 3], &PLAIN);
    let roads = roads(&map, plain("car"));
    let at = |(east, north): (f64, f64)| {
        let [longitude, latitude] = place(east, north);
        Position::new(longitude, latitude).unwrap()
    };
    let sites = [(0.4, 0.0), (0.0, 0.5), (2.0, 0.05)];
    let limit = TravelTime::from_minutes(5);
    let spots = roads.spots(&sites.map(at), limit);
    for (site, spots) in sites.iter().zip(&spots) {
        assert!(spots.len() > 30, "{}", spots.len());
        let east_north = |spot: &maillage_roads::RoadSpot| {
            ((spot.place.longitude() - 6.0) * 100.0, (spot.place.latitude() - 48.0) * 100.0)
        };
        let homes: Vec<(f64, f64)> = spots.iter().map(east_north).collect();
        assert!(homes.iter().all(|home| (home.0 - 3.0).abs() > 0.01 || home.1 < 0.01 || home.1 > 0.99), "motorway");
        let made = roads.reach(&territory(&homes, &[*site]), TravelTime::from_minutes(30)).unwrap();
        for &(commune, time) in made.reach.communes_of(0) {
            let spot = spots[commune as usize];
            // The spot is rounded to a place, and its walk of some millimetres to a decisecond; nobody takes less than
            // a second.
            let (one, other) = (time.deciseconds().max(10), spot.time.deciseconds().max(10));
            assert!(one.abs_diff(other) <= 4, "{:?}: {one} and {other}", homes[commune as usize]);
            assert!(spot.time <= limit);
        }
        assert_eq!(made.reach.communes_of(0).len(), spots.len());
        let disc = roads.walked(spots[0], limit).unwrap();
        let left = f64::from(limit.deciseconds() - spots[0].time.deciseconds());
        assert!((disc.metres - left / 10.0 * 4.0 / 3.6).abs() < 1e-6);
        assert_eq!(roads.walked(spots[0], TravelTime::from_deciseconds(0)).is_some(), spots[0].time.deciseconds() == 0);
    }
    assert!(roads.spots(&[at((40.0, 40.0))], limit)[0].is_empty(), "too far from any road");
}
