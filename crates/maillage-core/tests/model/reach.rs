use maillage_core::{Reach, ReachError, StraightLine, Territory, TravelTime};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, territories};

fn deciseconds(time: u32) -> TravelTime {
    TravelTime::from_deciseconds(time)
}

/// Every commune within a limit of a site, by looking at every pair.
fn all_pairs(territory: &Territory, site: usize, limit: TravelTime) -> Vec<(u32, TravelTime)> {
    (0..)
        .zip(territory.communes())
        .map(|(position, commune)| (position, car().time(commune.origin, territory.sites()[site].position)))
        .filter(|&(_, time)| time <= limit)
        .collect()
}

/// Three communes, a candidate and an existing site at no particular place.
fn village() -> Territory {
    let communes = ["1", "2", "3"].map(|code| commune(code, 1, 1.0, (5.0, 48.0))).to_vec();
    Territory::new(communes, vec![candidate("a", 1, (5.0, 48.0)), existing("b", (5.0, 48.0))]).unwrap()
}

#[test]
fn a_limit_is_kept_to_the_decisecond_on_both_sides() {
    let site = candidate("a", 1, (5.0, 48.0));
    let village = commune("1", 1, 1.0, (5.06, 48.03));
    let time = car().time(village.origin, site.position);
    let territory = Territory::new(vec![village], vec![site]).unwrap();
    let at = car().reach(&territory, time).unwrap();
    assert_eq!(at.communes_of(0), [(0, time)]);
    let below = car().reach(&territory, deciseconds(time.deciseconds() - 1)).unwrap();
    assert_eq!(below.pairs(), 0);
    assert_eq!(below.nearest(&territory, &[0]), [Some((0, time))], "known beyond the limit");
}

#[test]
fn straight_lines_cross_the_antimeridian_and_the_pole() {
    let communes = vec![commune("1", 1, 1.0, (179.99, 60.0)), commune("2", 1, 1.0, (90.0, 89.99))];
    let sites = vec![candidate("a", 1, (-179.99, 60.0)), candidate("b", 1, (-90.0, 89.99))];
    let territory = Territory::new(communes, sites).unwrap();
    let reach = car().reach(&territory, TravelTime::from_minutes(5)).unwrap();
    assert_eq!(reach.pairs(), 2);
    assert_eq!((reach.communes_of(0)[0].0, reach.communes_of(1)[0].0), (0, 1));
}

#[test]
fn people_who_leave_from_the_site_itself_are_there_at_once() {
    let reach = car().reach(&village(), deciseconds(1)).unwrap();
    assert_eq!(reach.communes_of(1), [(0, deciseconds(0)), (1, deciseconds(0)), (2, deciseconds(0))]);
}

#[test]
fn a_limit_round_the_earth_reaches_everything() {
    let communes = vec![commune("1", 1, 1.0, (5.0, 48.0)), commune("2", 1, 1.0, (-175.0, -48.0))];
    let territory = Territory::new(communes, vec![candidate("a", 1, (5.0, 48.0))]).unwrap();
    assert_eq!(car().reach(&territory, TravelTime::from_minutes(60_000)).unwrap().pairs(), 2);
    assert_eq!(car().reach(&territory, deciseconds(u32::MAX)).unwrap().pairs(), 2);
}

#[test]
fn the_nearest_is_known_even_at_a_crawl() {
    let sites = vec![candidate("a", 1, (9.0, 48.0))];
    let territory = Territory::new(vec![commune("1", 1, 1.0, (5.0, 48.0))], sites).unwrap();
    let crawl = StraightLine::new(1e-9, 1.0).unwrap();
    let reach = crawl.reach(&territory, TravelTime::from_minutes(10)).unwrap();
    assert_eq!(reach.nearest(&territory, &[0]), [Some((0, deciseconds(u32::MAX)))]);
}

#[test]
fn tables_keep_all_they_say_in_any_order() {
    let territory = village();
    let times = vec![(1, 2, deciseconds(7)), (0, 1, deciseconds(900_000)), (1, 0, deciseconds(0))];
    let reach = Reach::from_times(&territory, times.clone()).unwrap();
    assert_eq!(reach.communes_of(0), [(1, deciseconds(900_000))]);
    assert_eq!(reach.communes_of(1), [(0, deciseconds(0)), (2, deciseconds(7))]);
    assert_eq!(reach.communes_of(2), []);
    assert_eq!((reach.pairs(), reach.limit()), (3, None));
    assert_eq!(Reach::from_times(&territory, times.into_iter().rev().collect()), Ok(reach));
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let territory = village();
    let refused = |times| Reach::from_times(&territory, times).unwrap_err();
    let minute = TravelTime::from_minutes(1);
    assert_eq!(refused(vec![(2, 0, minute)]), ReachError::Unknown { what: "sites", position: 2, count: 2 });
    assert_eq!(refused(vec![(0, 3, minute)]), ReachError::Unknown { what: "communes", position: 3, count: 3 });
    assert_eq!(
        refused(vec![(0, 1, minute), (1, 1, minute), (0, 1, deciseconds(3))]),
        ReachError::RepeatedPair { site: "a".to_owned(), commune: "2".to_owned() }
    );
}

#[test]
fn the_nearest_of_a_table_is_what_the_table_has() {
    let territory = village();
    let times = vec![(0, 0, deciseconds(5)), (1, 0, deciseconds(5)), (0, 1, deciseconds(9)), (1, 1, deciseconds(8))];
    let reach = Reach::from_times(&territory, times).unwrap();
    let nearest = |sites: &[u32]| reach.nearest(&territory, sites);
    assert_eq!(nearest(&[1, 0]), [Some((0, deciseconds(5))), Some((1, deciseconds(8))), None]);
    assert_eq!(nearest(&[0]), [Some((0, deciseconds(5))), Some((0, deciseconds(9))), None]);
    assert_eq!(nearest(&[]), [None, None, None]);
    assert_eq!(nearest(&[7]), [None, None, None]);
}

proptest! {
    #[test]
    fn straight_lines_reach_what_every_pair_says(territory in territories(), limit in 1..20_000_u32) {
        let limit = deciseconds(limit);
        let reach = car().reach(&territory, limit).unwrap();
        for (position, _) in territory.sites().iter().enumerate() {
            let expected = all_pairs(&territory, position, limit);
            prop_assert_eq!(reach.communes_of(u32::try_from(position).unwrap()), expected);
        }
    }

    #[test]
    fn a_shorter_limit_is_part_of_a_longer_one(territory in territories(), limit in 1..20_000_u32) {
        let (long, short) = (deciseconds(20_000), deciseconds(limit));
        let (wide, narrow) = (car().reach(&territory, long).unwrap(), car().reach(&territory, short).unwrap());
        for site in (0..).take(territory.sites().len()) {
            let cut: Vec<_> = wide.communes_of(site).iter().copied().filter(|&(_, time)| time <= short).collect();
            prop_assert_eq!(narrow.communes_of(site), cut);
        }
    }

    #[test]
    fn the_nearest_site_is_the_nearest_of_every_pair(territory in territories(), wanted in vec(0..20_u32, 0..9)) {
        let reach = car().reach(&territory, deciseconds(1)).unwrap();
        let nearest = reach.nearest(&territory, &wanted);
        for (commune, found) in territory.communes().iter().zip(nearest) {
            let of_site = |&site: &u32| {
                let position = territory.sites().get(site as usize)?.position;
                Some((car().time(commune.origin, position), site))
            };
            let expected = wanted.iter().filter_map(of_site).min().map(|(time, site)| (site, time));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_table_of_all_pairs_is_as_good_as_the_straight_line(territory in territories()) {
        let pair = |(site, commune): (u32, u32)| {
            let (from, to) = (&territory.communes()[commune as usize], &territory.sites()[site as usize]);
            (site, commune, car().time(from.origin, to.position))
        };
        let sites = (0..).take(territory.sites().len());
        let pairs = sites.flat_map(|site| (0..).take(territory.communes().len()).map(move |commune| (site, commune)));
        let table = Reach::from_times(&territory, pairs.map(pair).collect()).unwrap();
        let line = car().reach(&territory, TravelTime::from_minutes(300)).unwrap();
        let all: Vec<u32> = (0..).take(territory.sites().len()).collect();
        prop_assert_eq!(table.nearest(&territory, &all), line.nearest(&territory, &all));
        for &site in &all {
            prop_assert_eq!(table.communes_of(site), line.communes_of(site));
        }
    }
}
