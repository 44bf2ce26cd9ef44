//! The San Francisco set that the Python library spopt teaches with (205 tracts, 16 stores, metres by road), where it is
//! at hand: `../shared/data` beside the workspace, or the folder that `MAILLAGE_DATA` names.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use maillage_solver::{Coverage, Effort, Fixing, Guarantee, Problem, Search, Silent, SiteId, SiteRule, Solver};

fn folder() -> Option<PathBuf> {
    let data = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let folder = data.join("bench/spopt_sf");
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("skipped: there are no real data at {}", folder.display());
        None
    }
}

/// Makes the covering problem from the crude table: distance, store, tract, people; no field holds quotes.
fn problem(folder: &Path, metres: f64, stores: i64) -> Problem {
    let text =
        std::fs::read_to_string(folder.join("SF_network_distance_candidateStore_16_censusTract_205_new.csv")).unwrap();
    let mut people: BTreeMap<&str, u64> = BTreeMap::new();
    let mut near: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.trim_end().split(',').collect();
        let [distance, store, tract, demand] = fields[..] else { panic!("{line}") };
        people.insert(tract, demand.parse().unwrap());
        let tracts = near.entry(store).or_default();
        if distance.parse::<f64>().unwrap() <= metres {
            tracts.push(tract);
        }
    }
    assert_eq!((people.len(), near.len()), (205, 16));
    let position = |tract: &str| u32::try_from(people.keys().position(|known| *known == tract).unwrap()).unwrap();
    let rows: Vec<Vec<u32>> =
        near.values().map(|tracts| tracts.iter().map(|tract| position(tract)).collect()).collect();
    let rule = SiteRule::at_most(stores, (0..16).map(|site| (SiteId(site), 1)));
    let coverage = Coverage::from_rows(205, &rows).unwrap();
    Problem::new(coverage, people.values().copied().collect(), vec![rule], vec![Fixing::Free; 16]).unwrap()
}

#[test]
fn four_stores_within_5_kilometres_reach_the_published_number() {
    let Some(folder) = folder() else { return };
    let problem = problem(&folder, 5_000.0, 4);
    let outcome = Search { effort: Effort::Proof, ..Search::default() }.solve(&problem, &Silent).unwrap();
    assert_eq!((outcome.solution.value(), outcome.guarantee), (875_247, Guarantee::Optimal));
}

#[cfg(feature = "milp")]
#[test]
fn the_back_end_finds_the_same_stores() {
    let Some(folder) = folder() else { return };
    for stores in 1..=6 {
        let problem = problem(&folder, 5_000.0, stores);
        let own = Search { effort: Effort::Proof, ..Search::default() }.solve(&problem, &Silent).unwrap();
        let other = maillage_solver::Milp::default().solve(&problem, &Silent).unwrap();
        assert_eq!(own.solution.value(), other.solution.value(), "{stores} stores");
    }
}
