//! The model on the real communes of Grand Est, where they are at hand: `../shared/data` beside the workspace, or the
//! folder that `MAILLAGE_DATA` names.
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use geo::{Geometry, Point};
use maillage_core::{
    CandidateCounts, Commune, Diagnosis, Plan, Position, Scenario, Site, SiteState, StraightLine, Territory, Travel,
    TravelTime,
};
use maillage_solver::{Guarantee, Outcome, Prices, Solution, StoppedBy, Work};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let data = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let folder = data.join("grand-est");
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("skipped: there are no real data at {}", folder.display());
        None
    }
}

/// Reads the table crudely: its fields hold no quotes.
fn communes(folder: &Path) -> Vec<Commune> {
    let text = fs::read_to_string(folder.join("communes.csv")).unwrap();
    let mut lines = text.lines();
    let columns: HashMap<&str, usize> = lines.next().unwrap().split(',').zip(0..).collect();
    let commune_of = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        assert_eq!(fields.len(), columns.len(), "{line}");
        let field = |name: &str| fields[columns[name]];
        // A few small communes have no centre weighted by people: they have their plain centre.
        let degrees = |people: &str, plain: &str| field(people).parse().or_else(|_| field(plain).parse()).unwrap();
        let origin = Position::new(degrees("lon_pop", "lon"), degrees("lat_pop", "lat")).unwrap();
        Commune {
            code: field("code").to_owned(),
            name: field("name").to_owned(),
            territory: field("dep").to_owned(),
            density: field("density7").parse().ok(),
            population: field("population").parse().unwrap(),
            access: field("apl_mg2018").parse().ok(),
            weight: None,
            acts: None,
            origin,
            geometry: Geometry::Point(Point::new(origin.longitude(), origin.latitude())),
            columns: BTreeMap::new(),
        }
    };
    lines.map(commune_of).collect()
}

fn sites(file: &Path, state: SiteState) -> Vec<Site> {
    let document: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let site_of = |feature: &Value| {
        let text = |name: &str| feature["properties"][name].as_str().unwrap().to_owned();
        let place = &feature["geometry"]["coordinates"];
        Site {
            id: text("id"),
            name: text("name"),
            kind: text("kind"),
            state,
            cost: feature["properties"]["cost"].as_u64().unwrap_or_default(),
            commune: Some(text("commune")),
            territory: None,
            position: Position::new(place[0].as_f64().unwrap(), place[1].as_f64().unwrap()).unwrap(),
            columns: BTreeMap::new(),
        }
    };
    document["features"].as_array().unwrap().iter().map(site_of).collect()
}

fn scenario() -> Scenario {
    let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
    Scenario { under: Some(4.0), sites: Some(100), ..Scenario::reaching(TravelTime::from_minutes(10), travel) }
}

#[test]
fn the_region_before_any_siting() {
    let Some(folder) = folder() else { return };
    let mut all = sites(&folder.join("candidates.geojson"), SiteState::Candidate);
    all.extend(sites(&folder.join("existing_illustrative.geojson"), SiteState::Existing));
    let territory = Territory::new(communes(&folder), all).unwrap();
    let scenario = scenario();
    let reach = StraightLine::new(50.0, 1.3).unwrap().reach(&territory, scenario.within).unwrap();

    let diagnosis = Diagnosis::of(&territory, &reach, &scenario);
    assert_eq!(diagnosis.population, 5_561_150);
    assert_eq!(diagnosis.under_served, 2_411_423);
    assert_eq!(diagnosis.reached_before, 1_011_366);
    assert_eq!(diagnosis.by_territory.iter().map(|group| group.sites_existing).sum::<u64>(), 163);
    assert_eq!(diagnosis.by_limit.len(), 5);
    assert!(diagnosis.by_limit.is_sorted_by_key(|share| share.people));

    let counts = CandidateCounts::of(&territory, &reach, &scenario).unwrap();
    assert_eq!((counts.candidates, counts.may_open, counts.share_a_point), (7_087, 7_087, 1_576));

    let (problem, dictionary) = scenario.compile(&territory, &reach).unwrap();
    assert_eq!(problem.weights().iter().sum::<u64>(), 2_411_423);
    assert_eq!(dictionary.covered_before, 1_011_366);

    let existing: Vec<_> = (0..)
        .map(maillage_solver::SiteId)
        .zip(problem.fixings())
        .filter(|(_, fixing)| **fixing == maillage_solver::Fixing::Open)
        .map(|(id, _)| id)
        .collect();
    let outcome = Outcome {
        solution: Solution::count(&problem, &existing),
        bound: problem.weights().iter().sum(),
        guarantee: Guarantee::Bounded,
        stopped_by: StoppedBy::Effort,
        prices: Prices::default(),
        work: Work::default(),
        certificate: None,
    };
    let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
    assert_eq!((plan.under_served, plan.reached_before, plan.newly_reached), (2_411_423, 1_011_366, 0));
    assert_eq!((plan.sites_new(), plan.sites_existing()), (0, 163));
    let at = |under: f64| plan.by_threshold.iter().find(|count| (count.under - under).abs() < 1e-9).unwrap();
    assert_eq!((at(2.5).under_served, at(4.0).under_served), (536_021, 2_411_423));
    assert_eq!(plan.out_of_reach, 0, "every commune has a town hall");
}
