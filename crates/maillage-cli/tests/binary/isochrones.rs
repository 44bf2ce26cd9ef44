//! Catchments of the sites of a plan, as GeoJSON that other programs open.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use geo::{Contains, Validation};
use geojson::GeoJson;
use serde_json::Value;

use crate::run::{answer, exit, maillage, said, tiny};

/// The features of a file, by their role.
fn features(path: &Path, role: &str) -> Vec<geojson::Feature> {
    let text = fs::read_to_string(path).unwrap();
    let GeoJson::FeatureCollection(read) = text.parse().unwrap() else { panic!("a collection") };
    let is_of = |feature: &geojson::Feature| feature.property("role").unwrap() == role;
    read.features.into_iter().filter(is_of).collect()
}

fn area(feature: &geojson::Feature) -> geo::MultiPolygon<f64> {
    geo::MultiPolygon::try_from(feature.geometry.clone().unwrap()).unwrap()
}

fn text<'a>(feature: &'a geojson::Feature, name: &str) -> &'a str {
    feature.property(name).and_then(Value::as_str).unwrap()
}

const PLAN: &str =
    "plan --scenario maillage.toml --json --quiet --force --out-isochrones areas.geojson --out plan.geojson";

#[test]
fn circles_hold_the_people_who_reach_the_site_and_no_others() {
    let folder = tiny();
    let folder = folder.path();
    let mut communes = "code,population,lon,lat\n".to_owned();
    for (east, north) in (0..20_u32).flat_map(|east| (0..10).map(move |north| (east, north))) {
        let (longitude, latitude) = (6.0 + f64::from(east) * 0.0213, 48.0 + f64::from(north) * 0.0257);
        writeln!(communes, "57{east:02}{north},{},{longitude:.4},{latitude:.4}", 10 + east).unwrap();
    }
    fs::write(folder.join("places.csv"), &communes).unwrap();
    fs::write(folder.join("sites.csv"), "id,lon,lat\nwest,6.05,48.05\neast,6.31,48.09\n").unwrap();
    let asked = "plan --communes places.csv --origin lon,lat --candidates sites.csv --speed 50km/h --detour 1.3 --within \
                 20min --sites 2 --json --quiet --force --out-isochrones areas.geojson --isochrones 5min,10min,30min";
    answer(&maillage(folder, asked));
    let drawn = features(&folder.join("areas.geojson"), "isochrone");
    let order: Vec<(&str, f64)> = drawn
        .iter()
        .map(|feature| (text(feature, "site"), feature.property("minutes").and_then(Value::as_f64).unwrap()))
        .collect();
    let sites: Vec<&str> = order.iter().take(2).map(|(site, _)| *site).collect();
    let expected = [30.0, 10.0, 5.0].into_iter().flat_map(|limit| sites.iter().map(move |site| (*site, limit)));
    assert_eq!(order, expected.collect::<Vec<_>>(), "the largest lie below");
    for circle in &drawn {
        assert!(area(circle).is_valid(), "{circle}");
        let counted = circle.property("people").and_then(Value::as_u64);
        if circle.property("minutes").and_then(Value::as_f64) == Some(30.0) {
            assert_eq!(counted, None, "times go no further than 20 minutes");
            continue;
        }
        let area = area(circle);
        let inside = communes.lines().skip(1).filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let place = geo::Point::new(cells[2].parse().unwrap(), cells[3].parse().unwrap());
            area.contains(&place).then(|| cells[1].parse::<u64>().unwrap())
        });
        assert_eq!(counted, Some(inside.sum()), "{circle}");
    }
}

#[test]
fn catchments_are_valid_and_no_part_of_the_question() {
    let folder = tiny();
    let folder = folder.path();
    let told = answer(&maillage(folder, PLAN));
    let sites = told["sites_new"].as_u64().unwrap() + told["sites_existing"].as_u64().unwrap();
    let areas = folder.join("areas.geojson");
    assert_eq!(features(&areas, "isochrone").len() as u64, sites);
    let joined = features(&areas, "communes");
    assert!(!joined.is_empty());
    let people: u64 = joined.iter().map(|area| area.property("under_served").and_then(Value::as_u64).unwrap()).sum();
    assert_eq!(Some(people), told["reached_after"].as_u64());
    for feature in joined.iter().chain(&features(&areas, "isochrone")) {
        assert!(area(feature).is_valid(), "{feature}");
    }
    assert_eq!(exit(&maillage(folder, "verify plan.geojson")), 0);
    answer(&maillage(
        folder,
        &format!("{PLAN} --out-isochrones areas.gpkg --out-crs EPSG:2154")
            .replace("--out-isochrones areas.geojson ", ""),
    ));
    let package = rusqlite::Connection::open(folder.join("areas.gpkg")).unwrap();
    for (layer, count) in [("isochrones", sites), ("catchments", joined.len() as u64)] {
        let rows: i64 = package.query_row(&format!("SELECT count(geom) FROM {layer}"), [], |row| row.get(0)).unwrap();
        assert_eq!(u64::try_from(rows), Ok(count), "{layer}");
    }
    let before = fs::read(&areas).unwrap();
    answer(&maillage(folder, &format!("{PLAN} --threads 1")));
    assert_eq!(fs::read(&areas).unwrap(), before);
}

#[test]
fn tables_have_communes_alone() {
    let folder = tiny();
    answer(&maillage(folder.path(), &format!("{PLAN} --times times.csv")));
    assert!(features(&folder.path().join("areas.geojson"), "isochrone").is_empty());
}

#[test]
fn what_cannot_be_drawn_is_refused_before_any_work() {
    let folder = tiny();
    for (flags, said_so) in [
        ("--isochrones 10min", "--out-isochrones FILE.geojson"),
        ("--out-isochrones areas.shp", "written as .geojson or .gpkg"),
        ("--out-isochrones areas.geojson --isochrones 10", "10min"),
        ("--out-isochrones areas.geojson --isochrones 10min --times times.csv", "a table says nothing"),
    ] {
        let run = maillage(folder.path(), &format!("plan --scenario maillage.toml {flags}"));
        assert_eq!(exit(&run), 2, "{flags}: {}", said(&run));
        assert!(said(&run).contains(said_so), "{flags}: {}", said(&run));
    }
    let run = maillage(folder.path(), "plan --scenario maillage.toml --out-isochrones communes.geojson --force");
    assert_eq!(exit(&run), 2, "an input is never written over: {}", said(&run));
}
