//! The main job on the real region, recounted from the files by other code than the program's.
//!
//! Skipped, saying so, where the data are not at hand (`../shared/data`, or the folder `MAILLAGE_DATA` names).
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use geojson::{Feature, FeatureCollection, JsonObject};

fn region() -> Option<PathBuf> {
    let data = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let region = data.join("grand-est");
    if region.join("communes.geojson").is_file() {
        return Some(region);
    }
    eprintln!("skipped: there is no {}", region.display());
    None
}

/// Runs the main job and returns the plan's text.
fn plan(region: &Path, out: &Path, more: &[&str]) -> String {
    let file = |name: &str| region.join(name).into_os_string();
    let mut command = Command::cargo_bin("maillage").unwrap();
    command.arg("plan").args(["--access-field", "apl_mg2018", "--origin", "lon_pop,lat_pop", "--under", "4"]);
    command.args(["--within", "10min", "--speed", "50km/h", "--detour", "1.3", "--quiet"]).args(more);
    command.arg("--communes").arg(file("communes.geojson")).arg("--candidates").arg(file("candidates.geojson"));
    command.arg("--existing").arg(file("existing_illustrative.geojson")).arg("--out").arg(out);
    command.assert().success();
    std::fs::read_to_string(out).unwrap()
}

fn features(text: &str) -> Vec<Feature> {
    text.parse::<FeatureCollection>().unwrap().features
}

fn properties(feature: &Feature) -> &JsonObject {
    feature.properties.as_ref().unwrap()
}

fn text<'a>(properties: &'a JsonObject, name: &str) -> &'a str {
    properties[name].as_str().unwrap()
}

fn whole(properties: &JsonObject, name: &str) -> u64 {
    properties[name].as_u64().unwrap()
}

fn point(feature: &Feature) -> (f64, f64) {
    let at = feature.geometry.as_ref().unwrap();
    match &at.value {
        geojson::GeometryValue::Point { coordinates } => (coordinates[0], coordinates[1]),
        other => panic!("a site is a point, not {other:?}"),
    }
}

/// Deciseconds by the textbook haversine, × 1.3 at 50 km/h, rounded up.
fn deciseconds(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (dx, dy) = ((other.0 - one.0).to_radians(), (other.1 - one.1).to_radians());
    let a = (dy / 2.0).sin().powi(2) + one.1.to_radians().cos() * other.1.to_radians().cos() * (dx / 2.0).sin().powi(2);
    let kilometres = 2.0 * 6371.0088 * a.sqrt().asin();
    (kilometres * 1.3 / 50.0 * 36_000.0).ceil()
}

struct Place {
    territory: String,
    origin: (f64, f64),
    people: u64,
}

/// Under-served people and origins, straight from the file.
fn places(region: &Path) -> BTreeMap<String, Place> {
    features(&std::fs::read_to_string(region.join("communes.geojson")).unwrap())
        .iter()
        .map(|feature| {
            let fields = properties(feature);
            let under = fields["apl_mg2018"].as_f64().is_some_and(|access| access < 4.0);
            let place = Place {
                territory: text(fields, "dep").to_owned(),
                origin: (fields["lon_pop"].as_f64().unwrap(), fields["lat_pop"].as_f64().unwrap()),
                people: if under { whole(fields, "population") } else { 0 },
            };
            (text(fields, "code").to_owned(), place)
        })
        .collect()
}

#[test]
fn the_next_hundred_sites_are_the_best_and_every_figure_is_recounted() {
    let Some(region) = region() else { return };
    let folder = tempfile::tempdir().unwrap();
    let text_of_plan = plan(&region, &folder.path().join("plan.geojson"), &["--sites", "100"]);
    let answer = text_of_plan.parse::<FeatureCollection>().unwrap().foreign_members.unwrap()["maillage"].clone();
    let places = places(&region);
    let plan_features = features(&text_of_plan);
    let sites: Vec<&Feature> = plan_features.iter().filter(|one| text(properties(one), "role") == "site").collect();
    let candidates = features(&std::fs::read_to_string(region.join("candidates.geojson")).unwrap());
    let costs: BTreeMap<&str, u64> =
        candidates.iter().map(|one| (text(properties(one), "id"), whole(properties(one), "cost"))).collect();

    let (new, existing): (Vec<&Feature>, Vec<&Feature>) =
        sites.into_iter().partition(|site| text(properties(site), "state") == "new");
    assert_eq!((new.len(), existing.len()), (100, 163));
    let cost: u64 = new.iter().map(|site| costs[text(properties(site), "id")]).sum();
    assert_eq!(answer["cost"], cost);

    // Which communes each site reaches, over all pairs.
    let reached = |site: &Feature| -> BTreeSet<&str> {
        let at = point(site);
        let near = |place: &Place| deciseconds(place.origin, at) <= 6_000.0;
        places.iter().filter(|(_, place)| near(place)).map(|(code, _)| code.as_str()).collect()
    };
    let rows: Vec<BTreeSet<&str>> = new.iter().map(|site| reached(site)).collect();
    let before: BTreeSet<&str> = existing.iter().flat_map(|site| reached(site)).collect();
    let newly: BTreeSet<&str> = rows.iter().flatten().copied().filter(|code| !before.contains(code)).collect();
    let people = |codes: &BTreeSet<&str>| -> u64 { codes.iter().map(|code| places[*code].people).sum() };

    assert_eq!(answer["under_served"], 2_411_423);
    assert_eq!(answer["reached_before"], 1_011_366);
    assert_eq!(people(&before), 1_011_366);
    assert_eq!(answer["newly_reached"], people(&newly));
    assert_eq!(answer["objective"]["value"], people(&newly));
    // The best possible, which two integer-programming solvers agree on.
    assert_eq!(people(&newly), 1_022_592);
    assert_eq!(answer["objective"]["bound"], 1_022_592);
    assert_eq!(answer["guarantee"], "optimal");

    for feature in plan_features.iter().filter(|one| text(properties(one), "role") == "commune") {
        let code = text(properties(feature), "id");
        let expected = match (before.contains(code), newly.contains(code)) {
            (true, _) => "already",
            (_, true) => "newly",
            _ => "no",
        };
        assert_eq!(text(properties(feature), "reached"), expected, "commune {code}");
        assert_eq!(whole(properties(feature), "under_served"), places[code].people, "commune {code}");
    }
    for territory in answer["by_territory"].as_array().unwrap() {
        let of = |codes: &BTreeSet<&str>| -> u64 {
            let here = |code: &&&str| places[**code].territory == territory["territory"];
            codes.iter().filter(here).map(|code| places[*code].people).sum()
        };
        assert_eq!(
            (territory["reached_before"].as_u64(), territory["newly_reached"].as_u64()),
            (Some(of(&before)), Some(of(&newly)))
        );
    }
    let added: u64 = new.iter().map(|site| whole(properties(site), "people_added")).sum();
    assert_eq!(added, people(&newly));
    for (position, site) in new.iter().enumerate() {
        let others: BTreeSet<&str> =
            rows.iter().enumerate().filter(|(other, _)| *other != position).flat_map(|(_, row)| row).copied().collect();
        let alone: BTreeSet<&str> =
            rows[position].iter().copied().filter(|code| !others.contains(code) && !before.contains(code)).collect();
        assert_eq!(whole(properties(site), "people_lost_without"), people(&alone));
    }
}

#[test]
fn a_budget_in_place_of_a_number_is_spent_as_well_as_can_be() {
    let Some(region) = region() else { return };
    let folder = tempfile::tempdir().unwrap();
    let text = plan(&region, &folder.path().join("plan.json"), &["--budget", "3000000"]);
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["objective"]["value"], 1_088_318);
    assert_eq!(answer["objective"]["bound"], 1_088_318);
    assert!(answer["cost"].as_u64().unwrap() <= 3_000_000);
}

#[test]
fn neither_threads_nor_the_order_of_features_change_the_plan() {
    let Some(region) = region() else { return };
    let folder = tempfile::tempdir().unwrap();
    let one = plan(&region, &folder.path().join("one.geojson"), &["--sites", "40", "--threads", "1"]);
    for threads in ["2", "3"] {
        let out = folder.path().join(format!("{threads}.geojson"));
        assert!(plan(&region, &out, &["--sites", "40", "--threads", threads]) == one, "{threads} threads");
    }
    for name in ["communes.geojson", "candidates.geojson", "existing_illustrative.geojson"] {
        let mut collection: FeatureCollection = std::fs::read_to_string(region.join(name)).unwrap().parse().unwrap();
        collection.features.reverse();
        std::fs::write(folder.path().join(name), collection.to_string()).unwrap();
    }
    let shuffled = plan(folder.path(), &folder.path().join("shuffled.geojson"), &["--sites", "40"]);
    // The second line is the answer, which holds the fingerprints of the inputs.
    let rest = |text: &str| {
        text.lines().enumerate().filter(|(line, _)| *line != 1).map(|(_, line)| line.to_owned()).collect::<Vec<_>>()
    };
    assert!(rest(&shuffled) == rest(&one), "another order of features gave another plan");
}
