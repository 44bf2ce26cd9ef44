//! What people and scripts rely on in the binary: exit codes, files written whole or not at all, and the words.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use assert_cmd::Command;
use serde_json::Value;

use crate::run::{answered, exit, maillage, said, tiny};

/// Runs the scenario of the tiny region with more flags.
fn plan(folder: &Path, arguments: &str) -> Output {
    maillage(folder, &format!("plan --scenario maillage.toml {arguments}"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_write() {
    let folder = tiny();
    for (arguments, words) in [
        ("--within 10", "10min"),
        ("--speed 50", "50km/h"),
        ("--gap 0.1", "0.1%"),
        ("--time-limit 60", "60s"),
        ("--sites 1.5", "whole number"),
        ("--sites=-1", "whole number"),
        ("--sites 1000000000000", "whole number"),
        ("--budget 1.5", "whole euros"),
        ("--detour 0.5", "from 1 to 100"),
        ("--detour NaN", "from 1 to 100"),
        ("--under NaN", "above 0"),
        ("--within 0min", "0min"),
        ("--times times.csv --speed 50km/h", "exclude each other"),
        ("--origin lon_pop", "lon_pop,lat_pop"),
        ("--join access.csv", "access.csv:code"),
        ("--weight field:", "people, shortfall, field:NAME or blend:NAME=NUMBER"),
        ("--out plan.jpeg", ".svg, .png"),
        ("--out plan", ".geojson"),
        ("--out communes.geojson --force", "one of the inputs"),
        ("--out maillage.toml.json --out ./maillage.toml.json", "twice"),
        ("--flag-that-is-not", "--flag-that-is-not"),
    ] {
        let output = plan(folder.path(), arguments);
        assert_eq!(exit(&output), 2, "{arguments}: {}", said(&output));
        assert!(said(&output).contains(words), "{arguments}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{arguments}");
    }
    let files = "plan --communes communes.geojson --candidates candidates.geojson --origin lon_pop,lat_pop";
    for (arguments, words) in [
        ("--within 10min --speed 50km/h --detour 1.3 --sites 1 --access-field apl", "--under 4"),
        ("--within 10min --speed 50km/h --detour 1.3 --sites 1 --under 4", "--access-field"),
        ("--within 10min --speed 50km/h --detour 1.3", "--budget"),
        ("--within 10min --speed 50km/h --sites 1", "--detour"),
        ("--within 10min --sites 1", "--speed"),
        ("--speed 50km/h --detour 1.3 --sites 1", "--within"),
    ] {
        let output = maillage(folder.path(), &format!("{files} {arguments}"));
        assert_eq!(exit(&output), 2, "{arguments}: {}", said(&output));
        assert!(said(&output).contains(words), "{arguments}: {}", said(&output));
    }
}

#[test]
fn nothing_is_overwritten_without_force_and_that_is_said_before_any_reading() {
    let folder = tiny();
    let path = folder.path();
    fs::write(path.join("plan.json"), "mine").unwrap();
    // The communes are broken: were they read first, the exit code would be 3.
    fs::write(path.join("broken.geojson"), "{").unwrap();
    let output = plan(path, "--communes broken.geojson --out plan.json");
    assert_eq!(exit(&output), 2);
    assert!(said(&output).contains("--force"), "{}", said(&output));
    let output = plan(path, "--communes broken.geojson --out plan.json --force");
    assert_eq!(exit(&output), 3);
    assert_eq!(fs::read(path.join("plan.json")).unwrap(), b"mine");
    let output = plan(path, "--communes broken.geojson --out nowhere/plan.json");
    assert_eq!(exit(&output), 7, "{}", said(&output));
    fs::create_dir(path.join("folder.json")).unwrap();
    assert_eq!(exit(&plan(path, "--communes broken.geojson --out folder.json")), 7);
    answered(&plan(path, "--out plan.json --force"));
    assert_eq!(json(&path.join("plan.json"))["sites_new"], 2);
}

#[test]
fn what_is_missing_or_impossible_has_its_own_exit_code() {
    let folder = tiny();
    let path = folder.path();
    let output = plan(path, "--communes missing.geojson");
    assert_eq!(exit(&output), 7, "{}", said(&output));
    let output = maillage(path, "plan --scenario missing.toml");
    assert_eq!(exit(&output), 7, "{}", said(&output));
    let output = plan(path, "--require th_01999");
    assert_eq!(exit(&output), 3, "{}", said(&output));
    let output = plan(path, "--budget 10 --lang fr");
    assert_eq!(exit(&output), 4, "{}", said(&output));
    assert!(said(&output).contains("20\u{202f}000\u{a0}€"), "{}", said(&output));
    let output = plan(path, "--budget 10 --errors json");
    let line: Value = serde_json::from_str(said(&output).lines().last().unwrap()).unwrap();
    assert_eq!((line["code"].as_str(), line["exit"].as_u64()), (Some("E004"), Some(4)));
}

#[test]
fn a_wrong_key_of_the_scenario_is_named_with_its_line() {
    let folder = tiny();
    let path = folder.path();
    fs::write(path.join("wrong.toml"), "sites = 1\nbugdet = 3\n").unwrap();
    let output = maillage(path, "plan --scenario wrong.toml");
    assert_eq!(exit(&output), 2);
    assert!(said(&output).contains("wrong.toml:2: \"bugdet\""), "{}", said(&output));
    assert!(said(&output).contains("\"budget\""), "{}", said(&output));
}

#[test]
fn paths_are_taken_from_the_scenarios_folder_and_flags_win() {
    let folder = tiny();
    let path = folder.path();
    fs::create_dir(path.join("elsewhere")).unwrap();
    let output = maillage(&path.join("elsewhere"), "plan --scenario ../maillage.toml --sites 1 --json");
    let answer: Value = serde_json::from_str(&answered(&output)).unwrap();
    assert_eq!(answer["sites_new"], 1);
    assert_eq!(answer["request"]["sites"], 1);
    assert_eq!(answer["inputs"][0]["file"], "communes.geojson");
    assert!(!answer["request"].to_string().contains(".."), "no path: {}", answer["request"]);
}

#[test]
fn the_plan_says_the_same_in_every_file_and_its_parts_add_up() {
    let folder = tiny();
    let path = folder.path();
    answered(&plan(path, "--out plan.geojson --out plan.json --quiet"));
    answered(&plan(path, "--out plan.geojson --split --quiet"));
    let whole = json(&path.join("plan.geojson"));
    let answer = json(&path.join("plan.json"));
    assert_eq!(whole["maillage"], answer);
    assert_eq!(json(&path.join("plan.sites.geojson"))["maillage"], answer);
    assert_eq!(json(&path.join("plan.communes.geojson"))["maillage"], answer);
    assert!(answer.get("seconds").is_none());
    let features = whole["features"].as_array().unwrap();
    let sum = |field: &str, wanted: &[(&str, &str)]| -> u64 {
        let properties = features.iter().map(|feature| &feature["properties"]);
        let wanted = properties.filter(|properties| wanted.iter().all(|(field, value)| properties[*field] == *value));
        wanted.filter_map(|properties| properties[field].as_u64()).sum()
    };
    assert_eq!(answer["newly_reached"].as_u64().unwrap(), sum("people_added", &[("state", "new")]));
    assert_eq!(answer["newly_reached"].as_u64().unwrap(), sum("under_served", &[("reached", "newly")]));
    assert_eq!(answer["reached_before"].as_u64().unwrap(), sum("under_served", &[("reached", "already")]));
    assert_eq!(answer["under_served"].as_u64().unwrap(), sum("under_served", &[("role", "commune")]));
    assert_eq!(answer["cost"].as_u64().unwrap(), sum("cost", &[("state", "new")]));
}

#[test]
fn the_same_bytes_come_from_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    answered(&maillage(path, "demo . --quiet"));
    let first = fs::read(path.join("plan.geojson")).unwrap();
    for threads in [1, 2, 3] {
        answered(&plan(path, &format!("--threads {threads} --out plan.geojson --force --quiet")));
        assert!(fs::read(path.join("plan.geojson")).unwrap() == first, "{threads} threads");
    }
}

#[test]
fn the_closing_text_can_be_read_aloud_in_english() {
    let folder = tiny();
    let text = answered(&plan(folder.path(), "--out plan.geojson --lang en"));
    for words in [
        "Of 100 people in under-dense places (APL below 4), 46 are today within 10 minutes of a site; with this plan, \
         100.",
        "1,850 of 4,000 before, 2,150 newly within reach, 4,000 after",
        "2 new sites beside the 2 existing, for €50,000",
        "Nobody stays out of reach.",
        "APL below 2.5",
        "No other choice of 2 among these 8 places, with these data and this rule, reaches more.",
        "In reach is not use",
        "drag plan.geojson onto the map",
    ] {
        assert!(text.contains(words), "{words}\n---\n{text}");
    }
}

#[test]
fn the_closing_text_can_be_read_aloud_in_french() {
    let folder = tiny();
    let output = plan(folder.path(), "--sites 1 --budget 60000 --lang fr --json");
    let text = said(&output);
    for words in [
        "Sur 100 habitants de territoires sous-dotés (APL inférieure à 4), 46 sont aujourd’hui à 10 minutes au plus \
         d’un site ; avec ce plan, 81.",
        "1\u{202f}850 sur 4\u{202f}000 avant, 1\u{202f}400 nouvellement à portée, 3\u{202f}250 après",
        "1 nouveau site, avec 2 existants, pour 20\u{202f}000\u{a0}€, sur un budget de 60\u{202f}000\u{a0}€ : reste \
         40\u{202f}000\u{a0}€",
        "750 personnes restent hors de portée, dans 2 communes",
        "APL inférieure à 2,5",
        "Aucun autre choix de 1 site dans ce budget parmi ces 8 lieux, avec ces données et cette règle, n’atteint \
         davantage de monde.",
        "Rien n’a été écrit",
    ] {
        assert!(text.contains(words), "{words}\n---\n{text}");
    }
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok(), "the answer alone is on standard output");
}

#[test]
fn the_language_comes_from_the_locale() {
    let folder = tiny();
    let mut command = Command::cargo_bin("maillage").unwrap();
    command.current_dir(folder.path()).env("LC_ALL", "fr_FR.UTF-8").args(["plan", "--scenario", "maillage.toml"]);
    assert!(answered(&command.output().unwrap()).starts_with("Sur 100 habitants"));
}

#[test]
fn strict_tells_scripts_that_nothing_is_proved_yet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    answered(&maillage(path, "demo . --quiet"));
    let output = plan(path, "--time-limit 0 --strict --json");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["stopped_by"], "time");
    assert_eq!(answer["guarantee"], "bounded");
    assert!(answer["objective"]["bound"].as_u64() > answer["objective"]["value"].as_u64());
    assert_eq!(exit(&output), 5, "{}", said(&output));
    answered(&plan(path, "--time-limit 0"));
    answered(&plan(path, "--time-limit 0 --strict --gap 99%"));
}

#[test]
fn the_demo_leaves_what_somebody_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert!(answered(&maillage(path, "demo")).contains("QGIS"));
    let scenario = path.join("demo/maillage.toml");
    let changed = fs::read_to_string(&scenario).unwrap().replace("sites = 30", "sites = 3");
    fs::write(&scenario, &changed).unwrap();
    let output = maillage(path, "demo");
    assert!(answered(&output).contains("3 new sites"));
    assert!(said(&output).contains("maillage.toml was changed"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&scenario).unwrap(), changed);
    answered(&maillage(path, "demo --force"));
    assert!(fs::read_to_string(&scenario).unwrap().contains("sites = 30"));
}

#[test]
fn a_proposed_scenario_can_be_planned_and_is_not_overwritten() {
    let folder = tiny();
    let path = folder.path();
    let files = "--communes communes.geojson --candidates candidates.geojson --existing existing.geojson";
    assert_eq!(exit(&maillage(path, &format!("init {files}"))), 2, "there is a maillage.toml already");
    answered(&maillage(path, &format!("init {files} --scenario new.toml --within 10min --sites 2")));
    let output = maillage(path, "plan --scenario new.toml --json");
    let answer: Value = serde_json::from_str(&answered(&output)).unwrap();
    assert_eq!(answer["newly_reached"], 2_150);
}

#[test]
fn check_and_diagnose_write_nothing() {
    let folder = tiny();
    let path = folder.path();
    let before = names(path);
    assert!(answered(&maillage(path, "check --scenario maillage.toml")).contains("12 communes"));
    assert!(answered(&maillage(path, "check --communes communes.geojson")).contains("12 communes"));
    let output = maillage(path, "diagnose --scenario maillage.toml --json");
    let diagnosis: Value = serde_json::from_str(&answered(&output)).unwrap();
    assert_eq!(diagnosis["under_served"], 4_000);
    assert_eq!(diagnosis["reached_before"], 1_850);
    assert_eq!(diagnosis["communes"].as_array().unwrap().len(), 12);
    assert!(answered(&maillage(path, "diagnose --scenario maillage.toml --lang fr")).contains("tau-b de Kendall"));
    assert_eq!(exit(&maillage(path, "check --scenario maillage.toml --out plan.json")), 2);
    assert_eq!(names(path), before);
    fs::write(path.join("communes.geojson"), "{\"type\":\"FeatureCollection\",\"features\":[").unwrap();
    assert_eq!(exit(&maillage(path, "check --scenario maillage.toml")), 3);
}

#[test]
fn a_bare_instance_is_solved_with_what_is_open_left_out_of_the_count() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // Site 3 is open and covers demand 3; of the others 0 covers 5 + 7, 1 covers 7 + 4, 2 covers 4 + 20 of which 20
    // is covered already.
    let instance = "maillage-index 1\n4 4\n5 7 4 20\n3 2 1 1\n2 0 1\n2 1 2\n2 2 3\n1 3\nopen 1 3\n";
    fs::write(path.join("small.index"), instance).unwrap();
    let solve = |flags: &str| -> Value {
        serde_json::from_str(&answered(&maillage(path, &format!("solve small.index --json {flags}")))).unwrap()
    };
    let one = solve("--sites 1");
    assert_eq!((&one["objective"]["value"], &one["objective"]["bound"]), (&12.into(), &12.into()));
    assert_eq!((one["sites"].to_string(), &one["cost"]), ("[0]".to_owned(), &3.into()));
    assert_eq!(one["guarantee"], "optimal");
    assert_eq!(solve("--budget 2")["sites"].to_string(), "[1]");
    let greenfield = solve("--sites 1 --greenfield");
    assert_eq!((greenfield["sites"].to_string(), &greenfield["objective"]["value"]), ("[2]".to_owned(), &24.into()));
    assert_eq!(exit(&maillage(path, "solve small.index")), 2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tiny();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_maillage"))
        .current_dir(folder.path())
        .args(["plan", "--scenario", "maillage.toml", "--json", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
}
