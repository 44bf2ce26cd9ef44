//! Access to care after a plan.

use std::fs;

use serde_json::Value;

use crate::run::{answer, answered, exit, folder, maillage, said, tiny};

#[test]
fn consultations_given_are_taken_and_nobody_has_less() {
    let folder = folder(maillage_fixtures::demo());
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 12 --out plan.geojson"));
    for sharing in ["even", "gaussian", "steps --decay 5min:100%,10min:60%,20min:20%"] {
        let asked = format!("access plan.geojson --quiet --json --consultations-field slots --sharing {sharing}");
        let told = answer(&maillage(folder, &asked));
        let communes = told["communes"].as_array().unwrap();
        let float = |value: &Value| value.as_f64().unwrap();
        let taken: f64 = communes.iter().map(|one| float(&one["population"]) * float(&one["added"])).sum();
        let given = float(&told["given"]) - float(&told["untaken"]);
        // Figures in the answer are rounded to a thousandth.
        let people: f64 = communes.iter().map(|one| float(&one["population"])).sum();
        assert!(given > 0.0 && (taken - given).abs() < people * 0.000_5, "{sharing}: {taken} {given}");
        for below in told["thresholds"].as_array().unwrap() {
            assert!(below["after"].as_u64() <= below["before"].as_u64(), "{below}");
        }
        assert!(
            communes.iter().all(|one| one["before"].is_null() || float(&one["after"]) >= float(&one["before"]) - 0.001)
        );
        let twice = answer(&maillage(folder, &format!("{asked} --threads 1")));
        assert_eq!(twice["communes"], told["communes"], "the same on any number of threads");
    }
    let text =
        answered(&maillage(folder, "access plan.geojson --consultations-field slots --lang fr --out access.csv"));
    assert!(text.contains("consultations par an") && text.contains("Gini"), "{text}");
    let lines = fs::read_to_string(folder.join("access.csv")).unwrap().lines().count();
    let told = answer(&maillage(folder, "access plan.geojson --consultations-field slots --json --quiet"));
    assert_eq!(lines, told["communes"].as_array().unwrap().len() + 1);
}

#[test]
fn standardised_people_share_and_every_group_is_counted() {
    let folder = folder(maillage_fixtures::demo());
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 12 --out plan.geojson"));
    let asked = "access plan.geojson --quiet --consultations-field slots --catchment 20min --standardised-field";
    // Inhabitants taken as standardised people change nothing.
    let plain =
        answer(&maillage(folder, "access plan.geojson --quiet --consultations-field slots --catchment 20min --json"));
    let same = answer(&maillage(folder, &format!("{asked} population --json")));
    assert_eq!((&same["communes"], &same["by_density"]), (&plain["communes"], &plain["by_density"]));
    let told = answer(&maillage(folder, &format!("{asked} over75 --json")));
    assert_ne!(told["communes"], plain["communes"]);
    assert_eq!(told["given"], plain["given"]);
    for (of, groups) in [("by_territory", &told["by_territory"]), ("by_density", &told["by_density"])] {
        for position in 0..2 {
            let people = |figures: &Value| figures["thresholds"][position]["after"].as_u64().unwrap();
            let sum: u64 = groups.as_array().unwrap().iter().map(people).sum();
            assert_eq!(sum, people(&told), "{of}");
        }
    }
    let text = answered(&maillage(folder, &(asked.replace("--quiet", "--out access.csv") + " over75")));
    assert!(text.contains("the standardised people (over75)") && text.contains("below 4 before"), "{text}");
}

#[test]
fn consultations_are_never_assumed() {
    let folder = folder(maillage_fixtures::demo());
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 3 --out plan.geojson"));
    for (flags, code, words) in [
        ("", 2, "--consultations-field"),
        ("--consultations-field nothing", 3, "nothing"),
        ("--consultations-field name", 3, "is not a number"),
        ("--consultations-field slots --thresholds nan,4", 2, "--thresholds"),
        ("--consultations-field slots --sharing steps", 2, "--decay"),
        ("--consultations-field slots --residents-field residents", 2, "--residents-field"),
        ("--consultations-field slots --standardised-field nothing", 3, "\"nothing\""),
        ("--consultations-field slots --standardised-field name", 3, "is not a number"),
        (
            "--consultations-field slots --out access.svg",
            2,
            "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json",
        ),
    ] {
        let run = maillage(folder, &format!("access plan.geojson {flags}"));
        assert!(exit(&run) == code && said(&run).contains(words), "{flags}: {} {}", exit(&run), said(&run));
    }
}

#[test]
fn a_commune_just_below_a_threshold_is_not_raised_by_rounding() {
    let folder = tiny();
    let communes = fs::read_to_string(folder.path().join("communes.geojson")).unwrap();
    // Noirlieu, to whom no site gives anything.
    fs::write(folder.path().join("communes.geojson"), communes.replacen("\"apl\":3.5", "\"apl\":3.9996", 1)).unwrap();
    let candidates = fs::read_to_string(folder.path().join("candidates.geojson")).unwrap();
    let candidates = candidates.replace("\"cost\"", "\"slots\":1,\"cost\"");
    fs::write(folder.path().join("candidates.geojson"), candidates).unwrap();
    answered(&maillage(folder.path(), "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    let asked = "access plan.geojson --consultations-field slots --catchment 1min --thresholds 4 --json --quiet --out \
                 after.csv";
    let told = answer(&maillage(folder.path(), asked));
    let table = fs::read_to_string(folder.path().join("after.csv")).unwrap();
    let row = table.lines().find(|line| line.starts_with("01904,")).unwrap();
    assert!(row.ends_with(",same"), "{row}");
    assert_eq!(told["thresholds"][0]["before"], told["thresholds"][0]["after"]);
}
