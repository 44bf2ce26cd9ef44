//! Goals with the binary people run, on the tiny region, whose plans can be checked by hand.

use std::fs;

use serde_json::{Value, json};

use crate::run::{answer, maillage, said, tiny_with};

fn plan(more: &str) -> Value {
    answer(&maillage(tiny_with(more).path(), "plan --scenario maillage.toml --json --quiet"))
}

#[test]
fn every_goal_is_planned_from_the_scenario_file_and_verified() {
    for (goal, unit) in [
        ("fewest-sites:90%", "sites"),
        ("least-cost:90%", "euros"),
        ("worst-off:dep", "hundredths of a percent in reach where it is least"),
        ("travel-time:25min", "minutes saved, by people"),
    ] {
        let folder = tiny_with(&format!("goal = \"{goal}\"\n"));
        let made = maillage(folder.path(), "plan --scenario maillage.toml --out p.geojson --out p.json --lang fr");
        assert_eq!(made.status.code(), Some(0), "{goal}: {}", said(&made));
        assert!((said(&made) + &String::from_utf8_lossy(&made.stdout)).contains("Objectif :"), "{goal}");
        let verified = maillage(folder.path(), "verify p.geojson");
        assert_eq!(verified.status.code(), Some(0), "{goal}: {}", said(&verified));
        let answer: Value = serde_json::from_slice(&fs::read(folder.path().join("p.json")).unwrap()).unwrap();
        assert_eq!((&answer["objective"]["unit"], &answer["guarantee"]), (&json!(unit), &json!("optimal")), "{goal}");
        assert_eq!(answer["request"]["goal"], goal);
        assert_eq!(answer["objective"]["value"], answer["objective"]["bound"], "{goal}");
        // What is claimed and not so is found out.
        let path = folder.path().join("p.geojson");
        let text = fs::read_to_string(&path).unwrap();
        let value = format!("\"value\":{},", answer["objective"]["value"]);
        fs::write(&path, text.replacen(&value, &format!("{}1,", value.trim_end_matches(',')), 1)).unwrap();
        assert_eq!(maillage(folder.path(), "verify p.geojson").status.code(), Some(9), "{goal}");
    }
}

#[test]
fn nearer_counts_more_where_the_scenario_says_so() {
    let whole = plan("");
    let decayed = plan("decay = [\"5min:100%\", \"10min:50%\"]\n");
    assert_eq!(decayed["objective"]["unit"], "thousandths of a person");
    let value = |answer: &Value| answer["objective"]["value"].as_u64().unwrap();
    assert!(value(&decayed) < value(&whole) * 1_000 && value(&decayed) >= value(&whole) * 500, "{decayed}");
}

#[test]
fn what_does_not_go_together_is_said_in_words() {
    for (more, flags, code, words) in [
        ("goal = \"fewest\"\n", "", 2, "is not a goal: write reach, fewest-sites:90%"),
        ("decay = [\"10min:50%\", \"5min:20%\"]\n", "", 2, "go outwards"),
        ("goal = \"worst-off:dep\"\n", "--certificate x.cert", 2, "--certificate does not go with the goal"),
        ("goal = \"fewest-sites:90%\"\nphase = [{ sites = 1 }, { sites = 2 }]\n", "", 2, "phases and another goal"),
        ("goal = \"worst-off:depp\"\n", "", 3, "depp"),
    ] {
        let output = maillage(tiny_with(more).path(), &format!("plan --scenario maillage.toml --quiet {flags}"));
        assert!(output.status.code() == Some(code) && said(&output).contains(words), "{more}: {}", said(&output));
    }
}
