//! What people rely on in tables of travel times.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{answer, exit, maillage, said, tiny};

/// Plans one site, with a certificate, and counts the plan again.
fn planned(folder: &Path, flags: &str) -> Value {
    let asked = format!(
        "plan --scenario maillage.toml --sites 1 --quiet --force --json --out plan.geojson --certificate plan.cert {flags}"
    );
    let told = answer(&maillage(folder, &asked));
    let check = maillage(folder, "verify plan.geojson --certificate plan.cert");
    assert_eq!(exit(&check), 0, "{flags}: {}", said(&check));
    told
}

/// The lines of the tiny table: site, place, minutes.
fn lines(folder: &Path) -> Vec<(String, String, f64)> {
    let text = fs::read_to_string(folder.join("times.csv")).unwrap();
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_owned(), cells[1].to_owned(), cells[2].parse().unwrap())
    };
    text.lines().skip(1).map(line).collect()
}

/// Writes the tiny table as OSRM answers it, with the identifiers of both sides in files.
fn write_matrix(folder: &Path) {
    let lines = lines(folder);
    let communes: Value = serde_json::from_slice(&fs::read(folder.join("communes.geojson")).unwrap()).unwrap();
    let codes = communes["features"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|feature| feature["properties"]["code"].as_str().unwrap()).collect();
    let mut sites: Vec<&str> = lines.iter().map(|(site, ..)| site.as_str()).collect();
    sites.dedup();
    let seconds = |code: &str, site: &str| {
        let found = lines.iter().find(|(at, from, _)| at == site && from == code);
        found.map_or(Value::Null, |(.., minutes)| json!(minutes * 60.0))
    };
    let row = |code: &&str| sites.iter().map(|site| seconds(code, site)).collect::<Vec<_>>();
    let durations: Vec<Vec<Value>> = codes.iter().map(row).collect();
    fs::write(folder.join("osrm.json"), json!({"code": "Ok", "durations": durations}).to_string()).unwrap();
    fs::write(folder.join("sites.txt"), sites.join("\n")).unwrap();
}

#[test]
fn one_table_in_four_forms_gives_one_plan() {
    let folder = tiny();
    let folder = folder.path();
    let expected = planned(folder, "--times times.csv");
    assert_eq!(expected["request"]["times-direction"], "to-sites", "the direction is stated");
    let (mut r5, mut clock) = ("from_id,to_id,travel_time_p50\n".to_owned(), "ort;stelle;zeit\n".to_owned());
    for (site, place, minutes) in lines(folder) {
        writeln!(r5, "{place},{site},{minutes}").unwrap();
        let seconds = (minutes * 60.0).round();
        writeln!(clock, "{place};{site};0:{:02}:{:02}", (seconds / 60.0).floor(), seconds % 60.0).unwrap();
    }
    fs::write(folder.join("r5.csv"), &r5).unwrap();
    fs::write(folder.join("clock.csv"), clock).unwrap();
    write_matrix(folder);
    let clock =
        "--times clock.csv --times-place-field ort --times-site-field stelle --times-field zeit --times-unit hh:mm";
    let matrix = "--times osrm.json --times-origins communes.geojson:code --times-destinations sites.txt";
    for flags in ["--times r5.csv", clock, matrix] {
        let told = planned(folder, flags);
        for member in ["objective", "newly_reached", "reached_before", "guarantee"] {
            assert_eq!(told[member], expected[member], "{flags}: {member}");
        }
    }
    let roles = planned(folder, matrix)["inputs"].as_array().unwrap().clone();
    let roles: Vec<&Value> = roles.iter().map(|input| &input["role"]).collect();
    assert_eq!(roles, ["communes", "candidates", "existing", "times", "times-origins", "times-destinations"]);
    // The order of a list is part of the inputs.
    let text = fs::read_to_string(folder.join("sites.txt")).unwrap();
    fs::write(folder.join("sites.txt"), text.lines().rev().collect::<Vec<_>>().join("\n")).unwrap();
    assert_ne!(exit(&maillage(folder, "verify plan.geojson --certificate plan.cert")), 0);
}

#[test]
fn keys_of_tables_are_refused_where_they_have_no_meaning() {
    let folder = tiny();
    write_matrix(folder.path());
    for (flags, code, said_so) in [
        ("--times-unit seconds", 2, "--times is missing"),
        ("--times times.csv --times-unit hours", 2, "minutes, seconds or hh:mm"),
        ("--times times.csv --times-unit seconds", 3, "E328"),
        ("--times times.csv --times-origins sites.txt", 3, "E337"),
        ("--times osrm.json", 3, "E334"),
        ("--times osrm.json --times-unit minutes", 3, "E337"),
        ("--times osrm.json --times-origins none.txt --times-destinations sites.txt", 7, "none.txt"),
        ("--times times.csv --times-field temps", 3, "E201"),
    ] {
        let run = maillage(folder.path(), &format!("plan --scenario maillage.toml --sites 1 {flags}"));
        assert_eq!(exit(&run), code, "{flags}: {}", said(&run));
        assert!(said(&run).contains(said_so), "{flags}: {}", said(&run));
    }
}
