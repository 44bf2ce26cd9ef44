//! Every GeoJSON that maillage writes, and the demo region itself, keeps RFC 7946; and reading what was written, then
//! writing it again, gives the same bytes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

fn maillage(folder: &Path, arguments: &[&str]) -> Output {
    let told = Command::new(cargo_bin!("maillage")).current_dir(folder).args(arguments).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    told
}

/// Returns a folder with the demo region.
fn demo() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/demo")).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    folder
}

/// Twice the area of a ring, positive where it turns counter-clockwise.
fn area(ring: &[Value]) -> f64 {
    let place = |position: &Value| (position[0].as_f64().unwrap(), position[1].as_f64().unwrap());
    let origin = place(&ring[0]);
    let turn = |pair: &[Value]| {
        let ((a, b), (c, d)) = (place(&pair[0]), place(&pair[1]));
        (a - origin.0) * (d - origin.1) - (c - origin.0) * (b - origin.1)
    };
    ring.windows(2).map(turn).sum()
}

fn check_position(position: &Value, extent: &mut [f64; 4]) {
    let numbers = position.as_array().unwrap();
    assert_eq!(numbers.len(), 2, "{position}");
    for (axis, number) in numbers.iter().enumerate() {
        let written = number.to_string();
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        assert!(decimals <= 7 && !written.contains(['e', 'E']), "{written}");
        let number = number.as_f64().unwrap();
        assert!(number.abs() <= if axis == 0 { 180.0 } else { 90.0 }, "{written}");
        extent[axis] = extent[axis].min(number);
        extent[axis + 2] = extent[axis + 2].max(number);
    }
}

fn check_polygon(rings: &Value, extent: &mut [f64; 4]) {
    for (place, ring) in rings.as_array().unwrap().iter().enumerate() {
        let ring = ring.as_array().unwrap();
        assert!(ring.len() >= 4 && ring.first() == ring.last(), "{ring:?}");
        // The right-hand rule: outer rings counter-clockwise, holes clockwise.
        assert_eq!(area(ring) > 0.0, place == 0, "{ring:?}");
        for position in ring {
            check_position(position, extent);
        }
    }
}

/// Checks a document; where `ids` are promised, that each feature has its own, a text.
fn check(text: &str, ids: bool) {
    let document: Value = serde_json::from_str(text).unwrap();
    assert_eq!(document["type"], "FeatureCollection");
    assert!(document.get("crs").is_none() && !text.starts_with('\u{feff}'));
    let mut extent = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut seen = BTreeSet::new();
    for feature in document["features"].as_array().unwrap() {
        assert_eq!(feature["type"], "Feature");
        assert!(feature["properties"].is_object() && feature.get("coordinates").is_none());
        if ids {
            assert!(seen.insert(feature["id"].as_str().unwrap().to_owned()), "{}", feature["id"]);
        }
        let coordinates = &feature["geometry"]["coordinates"];
        match feature["geometry"]["type"].as_str().unwrap() {
            "Point" => check_position(coordinates, &mut extent),
            "Polygon" => check_polygon(coordinates, &mut extent),
            "MultiPolygon" => {
                for polygon in coordinates.as_array().unwrap() {
                    check_polygon(polygon, &mut extent);
                }
            }
            other => panic!("{other}"),
        }
    }
    if let Some(stated) = document.get("bbox") {
        let stated: Vec<f64> = stated.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect();
        assert_eq!(stated, extent);
    }
}

fn text(folder: &TempDir, file: &str) -> String {
    std::fs::read_to_string(folder.path().join(file)).unwrap()
}

#[test]
fn every_geojson_keeps_the_standard() {
    let folder = demo();
    for file in ["communes.geojson", "candidates.geojson", "existing.geojson"] {
        check(&text(&folder, file), false);
    }
    let plan = ["plan", "--scenario", "maillage.toml", "--effort", "quick"];
    maillage(folder.path(), &[&plan[..], &["--out", "whole.geojson"]].concat());
    maillage(folder.path(), &[&plan[..], &["--out", "parts.geojson", "--split"]].concat());
    let list: Vec<String> = serde_json::from_str::<Value>(&text(&folder, "whole.geojson")).unwrap()["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|feature| feature["properties"]["state"] == "new")
        .take(3)
        .map(|feature| feature["properties"]["id"].as_str().unwrap().to_owned())
        .collect();
    let judged = ["assess", &list.join(","), "--scenario", "maillage.toml", "--effort", "quick", "--sites", "3"];
    maillage(folder.path(), &[&judged[..], &["--out", "judged.geojson"]].concat());
    for file in ["whole.geojson", "parts.sites.geojson", "parts.communes.geojson", "judged.geojson"] {
        check(&text(&folder, file), true);
    }
}

#[test]
fn what_was_written_is_read_again_and_written_the_same() {
    let folder = demo();
    let usual = ["plan", "--effort", "quick", "--candidates", "candidates.geojson", "--existing", "existing.geojson"];
    let travel =
        ["--within", "10min", "--speed", "50km/h", "--detour", "1.3", "--sites", "20", "--split", "--under", "4"];
    let first = ["--communes", "communes.geojson", "--access-field", "apl", "--out", "first.geojson"];
    maillage(folder.path(), &[&usual[..], &travel, &first].concat());
    for (from, to) in [("first", "second"), ("second", "third")] {
        let (communes, out) = (format!("{from}.communes.geojson"), format!("{to}.geojson"));
        let again = ["--communes", &communes, "--id-field", "id", "--access-field", "access", "--out", &out];
        maillage(folder.path(), &[&usual[..], &travel, &again, &["--territory-field", "territory"]].concat());
    }
    let features = |file: &str| text(&folder, file).split_once("\"features\":[").unwrap().1.to_owned();
    for part in ["communes", "sites"] {
        let files = ["first", "second", "third"].map(|name| features(&format!("{name}.{part}.geojson")));
        assert!(files[1] == files[2], "{part}");
        // Sites of the first plan know their département by its column, which the plan calls "territory".
        assert!(part == "sites" || files[0] == files[1], "{part}");
    }
    // The new sites of a plan are the existing sites of the next, which they serve as well.
    let sites = ["diagnose", "--communes", "first.communes.geojson", "--id-field", "id", "--access-field", "access"];
    let reached = |told: Output| String::from_utf8_lossy(&told.stdout).into_owned();
    let told = [&sites[..], &["--existing", "first.sites.geojson", "--json"], &travel[..6], &travel[9..]].concat();
    let told = reached(maillage(folder.path(), &told));
    let plan: Value = serde_json::from_str(&text(&folder, "first.communes.geojson")).unwrap();
    assert!(told.contains(&plan["maillage"]["reached_after"].to_string()), "{told}");
}
