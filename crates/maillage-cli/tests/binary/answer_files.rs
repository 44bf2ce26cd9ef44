//! What the answers around a plan are written as: tables, workbooks, maps, pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

use crate::run::{answered, exit, maillage, said, tiny, tiny_edited};

/// A command, the name of the table that its CSV file holds, and layers that its map has at least.
type Asked = (&'static str, &'static str, &'static [&'static str]);

const ASKED: [Asked; 6] = [
    ("explain --scenario maillage.toml --sites 1 --alternatives 2 --differing 1", "sites", &["sites", "communes"]),
    ("score candidates.geojson --scenario maillage.toml --budget 90000", "applicants", &["applicants", "communes"]),
    (
        "sweep --scenario maillage.toml --vary under=2.5,3,4 --vary within=6min,14min",
        "scenarios",
        &["sites", "communes"],
    ),
    ("follow plan.geojson acts.csv --regular 150 --changes 1", "sites", &["sites", "communes"]),
    ("access plan.geojson --consultations-field slots", "communes", &["sites", "communes"]),
    ("compare plan.geojson dear.geojson", "differences", &["sites", "communes"]),
];

/// Returns the tiny region with two plans, acts at their sites and consultations of candidates.
fn region() -> TempDir {
    let slots = |name: &str, text: String| match name {
        "candidates.geojson" => text.replace("\"properties\": {", "\"properties\": {\"slots\": 700, "),
        _ => text,
    };
    let folder =
        tiny_edited(|name, text| slots(name, text).replace("\"properties\":{", "\"properties\":{\"slots\":700,"));
    for (name, flags) in [("plan", "--sites 1"), ("dear", "--sites 1 --require ho_2A902")] {
        answered(&maillage(
            folder.path(),
            &format!("plan --scenario maillage.toml --quiet {flags} --out {name}.geojson"),
        ));
    }
    let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().filter(|one| one["properties"]["role"] == "site");
    let acts: Vec<String> = sites.map(|site| format!("{},100\n", site["properties"]["id"].as_str().unwrap())).collect();
    fs::write(folder.path().join("acts.csv"), format!("id,acts\n{}", acts.concat())).unwrap();
    folder
}

fn written(folder: &Path, asked: &str, suffixes: &[&str], more: &str) -> BTreeMap<String, Vec<u8>> {
    let out: Vec<String> = suffixes.iter().map(|suffix| format!(" --out told.{suffix}")).collect();
    answered(&maillage(folder, &format!("{asked}{} --quiet --force {more}", out.concat())));
    suffixes
        .iter()
        .map(|suffix| ((*suffix).to_owned(), fs::read(folder.join(format!("told.{suffix}"))).unwrap()))
        .collect()
}

const ALL: [&str; 6] = ["csv", "xlsx", "geojson", "gpkg", "html", "json"];

#[test]
fn every_form_holds_the_same_rows() {
    let folder = region();
    let folder = folder.path();
    for (asked, first, layers) in ASKED {
        let files = written(folder, asked, &ALL, "");
        let table = String::from_utf8(files["csv"].clone()).unwrap();
        let lines = table.lines().count() - 1;
        assert!(lines > 0, "{asked}");

        let database = rusqlite::Connection::open(folder.join("told.gpkg")).unwrap();
        let count = |query: &str| -> usize {
            let counted: i64 = database.query_row(query, [], |row| row.get(0)).unwrap();
            usize::try_from(counted).unwrap()
        };
        assert_eq!(count(&format!("SELECT count(*) FROM \"{first}\"")), lines, "{asked}");
        let drawn = "SELECT count(*) FROM gpkg_geometry_columns g JOIN layer_styles s ON s.f_table_name = g.table_name";
        for layer in layers {
            assert_eq!(count(&format!("{drawn} WHERE g.table_name = '{layer}'")), 1, "{asked} {layer}");
            assert_eq!(count(&format!("SELECT count(*) FROM \"{layer}\" WHERE geom IS NULL")), 0, "{asked} {layer}");
        }

        let map: Value = serde_json::from_slice(&files["geojson"]).unwrap();
        let features = map["features"].as_array().unwrap();
        let of_layers: usize = {
            let query = "SELECT table_name FROM gpkg_geometry_columns";
            let mut names = database.prepare(query).unwrap();
            let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            names.iter().map(|name| count(&format!("SELECT count(*) FROM \"{name}\""))).sum()
        };
        assert_eq!(features.len(), of_layers, "{asked}");
        one_type_a_field(features);
        assert!(map["maillage"].is_object() && map["bbox"].is_array(), "{asked}");

        let mut workbook: Xlsx<_> = calamine::open_workbook(folder.join("told.xlsx")).unwrap();
        let names = workbook.sheet_names().clone();
        let range = workbook.worksheet_range(&names[0]).unwrap();
        assert_eq!(range.height(), lines + 1, "{asked}");
        assert!(range.rows().next().unwrap().iter().all(|cell| matches!(cell, Data::String(_))), "{asked}");

        let page = String::from_utf8(files["html"].clone()).unwrap();
        assert!(page.contains("<!DOCTYPE html>") && !page.contains("http-equiv=\"refresh\""), "{asked}");
        assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "{asked}: asks the network");
        let json: Value = serde_json::from_slice(&files["json"]).unwrap();
        assert!(json.get("seconds").is_none() && json["plan"].get("seconds").is_none(), "{asked}");
    }
}

/// Asserts that a field of a role has one type, nothing nested, and the same names in every feature.
fn one_type_a_field(features: &[Value]) {
    let mut types: BTreeMap<(String, String), &str> = BTreeMap::new();
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut ids = Vec::new();
    for feature in features {
        ids.push(feature["id"].as_str().unwrap().to_owned());
        let properties = feature["properties"].as_object().unwrap();
        let role = properties["role"].as_str().unwrap().to_owned();
        let names: Vec<String> = properties.keys().cloned().collect();
        assert_eq!(fields.entry(role.clone()).or_insert_with(|| names.clone()), &names, "{feature}");
        for (name, value) in properties {
            let of = match value {
                Value::Null => continue,
                Value::Bool(_) => "truth",
                Value::Number(number) if number.is_u64() => "whole",
                Value::Number(_) => "decimal",
                Value::String(_) => "text",
                Value::Array(_) | Value::Object(_) => panic!("nested: {feature}"),
            };
            assert_eq!(*types.entry((role.clone(), name.clone())).or_insert(of), of, "{name} in {feature}");
        }
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "no two features have one id");
}

#[test]
fn languages_differ_in_words_and_threads_in_nothing() {
    let folder = region();
    for (asked, ..) in ASKED {
        let one = written(folder.path(), asked, &ALL, "--threads 1");
        let two = written(folder.path(), asked, &ALL, "--threads 2");
        for suffix in ALL {
            assert!(one[suffix] == two[suffix], "{asked}: .{suffix} differs");
        }
        let french = written(folder.path(), asked, &ALL, "--lang fr");
        for suffix in ["csv", "geojson", "json"] {
            assert!(one[suffix] == french[suffix], "{asked}: .{suffix} has no language");
        }
        for suffix in ["xlsx", "gpkg", "html"] {
            assert!(one[suffix] != french[suffix], "{asked}: .{suffix} speaks");
        }
        let page = String::from_utf8(french["html"].clone()).unwrap();
        assert!(page.contains("<html lang=\"fr\">"), "{asked}");
    }
}

#[test]
fn the_map_of_two_plans_says_where_people_are_gained_and_lost() {
    let folder = region();
    let files = written(folder.path(), "compare plan.geojson dear.geojson", &["geojson", "json"], "");
    let map: Value = serde_json::from_slice(&files["geojson"]).unwrap();
    let told: Value = serde_json::from_slice(&files["json"]).unwrap();
    let people = |change: &str| -> u64 {
        let features = map["features"].as_array().unwrap().iter();
        let of_change = features.filter(|feature| feature["properties"]["change"] == change);
        of_change.map(|feature| feature["properties"]["under_served"].as_u64().unwrap()).sum()
    };
    let change = &told["changes"][0];
    assert_eq!(
        (people("gained"), people("lost")),
        (change["gained"].as_u64().unwrap(), change["lost"].as_u64().unwrap())
    );
    assert!(people("lost") > 0);
}

#[test]
fn a_map_outside_its_system_and_unknown_forms_are_refused() {
    let folder = tiny();
    let run = maillage(folder.path(), "explain --scenario maillage.toml --sites 1 --out why.svg");
    assert_eq!(exit(&run), 2, "{}", said(&run));
    assert!(said(&run).contains("this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json"), "{}", said(&run));
    let run =
        maillage(folder.path(), "explain --scenario maillage.toml --sites 1 --out why.csv --out /dev/full --force");
    assert_eq!(exit(&run), 2, "{}", said(&run));
    assert!(!folder.path().join("why.csv").exists(), "files are written whole or not at all");
}
