//! Files in stated coordinate systems give the plan of the same places in degrees.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{answer, exit, maillage, said, tiny};

/// The origin of Lambert-93, and two places whose metres gdaltransform gives.
const PLACES: [(&str, [f64; 2], [f64; 2]); 3] = [
    ("a", [3.0, 46.5], [700_000.0, 6_600_000.0]),
    ("b", [7.75, 48.58], [1_050_163.944, 6_841_622.715]),
    ("c", [4.03, 49.25], [775_002.116, 6_906_081.693]),
];

/// Writes the places as communes and as candidates, in degrees and in metres.
fn write_places(folder: &Path) {
    for (number, name) in [(1, "degrees"), (2, "metres")] {
        let (mut communes, mut sites) = ("code,population,east,north\n".to_owned(), "id,kind,x,y\n".to_owned());
        let mut features = Vec::new();
        for (place, (id, degrees, metres)) in (1..).zip(PLACES) {
            let [x, y] = if number == 1 { degrees } else { metres };
            writeln!(communes, "5700{place},{},{x},{y}", 100 * place).unwrap();
            writeln!(sites, "{id},pharmacy,{x},{y}").unwrap();
            features.push(json!({"type": "Feature", "properties": {"id": id, "kind": "pharmacy"},
                "geometry": {"type": "Point", "coordinates": [x, y]}}));
        }
        fs::write(folder.join(format!("communes-{name}.csv")), communes).unwrap();
        fs::write(folder.join(format!("sites-{name}.csv")), sites).unwrap();
        let mut map = json!({"type": "FeatureCollection", "features": features});
        if number == 2 {
            map["crs"] = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}});
        }
        fs::write(folder.join(format!("sites-{name}.geojson")), map.to_string()).unwrap();
    }
}

const PLAN: &str = "plan --speed 50km/h --detour 1.3 --within 20min --sites 2 --quiet --origin east,north";

fn planned(folder: &Path, flags: &str) -> Vec<Value> {
    let told = answer(&maillage(folder, &format!("{PLAN} --json --out plan.geojson --force {flags}")));
    assert_eq!(exit(&maillage(folder, "verify plan.geojson")), 0, "{flags}");
    ["objective", "newly_reached", "guarantee"].into_iter().map(|member| told[member].clone()).collect()
}

#[test]
fn metres_of_lambert_give_the_plan_of_degrees() {
    let folder = tiny();
    let folder = folder.path();
    write_places(folder);
    let degrees = planned(folder, "--communes communes-degrees.csv --candidates sites-degrees.csv --site-origin x,y");
    assert_eq!(degrees[1], 500);
    for flags in [
        "--communes communes-metres.csv --origin-crs EPSG:2154 --candidates sites-metres.csv --site-origin x,y \
         --site-crs EPSG:2154",
        "--communes communes-metres.csv --origin-crs EPSG:2154 --candidates sites-metres.geojson",
        "--communes communes-degrees.csv --candidates sites-metres.geojson",
    ] {
        assert_eq!(planned(folder, flags), degrees, "{flags}");
    }
    let text = fs::read_to_string(folder.join("plan.geojson")).unwrap();
    let plan: Value = serde_json::from_str(&text).unwrap();
    let site = plan["features"].as_array().unwrap().iter().find(|feature| feature["properties"]["role"] == "site");
    let longitude = site.unwrap()["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((3.0..8.0).contains(&longitude), "{longitude}");
}

#[test]
fn systems_are_never_guessed() {
    let folder = tiny();
    write_places(folder.path());
    let sites = "--candidates sites-metres.csv --site-origin";
    for (flags, code, said_so) in [
        ("--communes communes-metres.csv --candidates sites-degrees.geojson".to_owned(), 3, "--origin-crs"),
        (format!("--communes communes-degrees.csv {sites} x,y"), 3, "error[E160]"),
        (format!("--communes communes-degrees.csv {sites} y,x --site-crs EPSG:2154"), 3, "they look swapped"),
        (
            "--communes communes-degrees.csv --candidates sites-degrees.csv --site-origin x,y --site-crs EPSG:2154"
                .to_owned(),
            3,
            "error[E169]",
        ),
        (format!("--communes communes-degrees.csv {sites} x,y --site-crs EPSG:27572"), 2, "EPSG:3035"),
        (format!("--communes communes-degrees.csv {sites} x --site-crs EPSG:2154"), 2, "two columns"),
        (format!("--communes communes-degrees.csv {sites} lon,lat"), 3, "error[E201]"),
    ] {
        let run = maillage(folder.path(), &format!("{PLAN} {flags}"));
        assert_eq!(exit(&run), code, "{flags}: {}", said(&run));
        assert!(said(&run).contains(said_so), "{flags}: {}", said(&run));
    }
    let run = maillage(
        folder.path(),
        "plan --communes communes.geojson --candidates sites-degrees.geojson --origin-crs EPSG:2154 --within 20min \
         --speed 50km/h --sites 1",
    );
    assert_eq!(exit(&run), 2, "{}", said(&run));
}
