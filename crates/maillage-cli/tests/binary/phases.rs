//! Phases with the binary people run, on the tiny region, whose plans can be checked by hand.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{maillage, said, tiny_edited};

/// Returns a folder with the tiny region, its scenario without limits and followed by more.
fn without_limits(more: &str) -> TempDir {
    let is_limit = |line: &&str| line.starts_with("sites =") || line.starts_with("budget =");
    tiny_edited(|name, text| match name {
        "maillage.toml" => {
            let kept: Vec<&str> = text.lines().filter(|line| !is_limit(line)).collect();
            format!("{}\n{more}", kept.join("\n"))
        }
        _ => text,
    })
}

/// One site first, then two: the pharmacy alone is best, but it stands among the best two as well.
const TWO: &str = "[[phase]]\nname = \"first\"\nsites = 1\nyears = 2\n[[phase]]\nname = \"then\"\nsites = 2\n";

#[test]
fn each_phase_is_told_and_the_plan_verified() {
    let folder = without_limits(TWO);
    let output = maillage(
        folder.path(),
        "plan --scenario maillage.toml --json --out plan.geojson --out plan.json --certificate plan.cert",
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["guarantee"], "optimal");
    // 2 years of 1,400 people and one of 2,150.
    assert_eq!(answer["objective"], json!({ "unit": "people × years", "value": 4_950, "bound": 4_950 }));
    let phase = |name, years, sites, cost, newly| {
        json!({
            "phase": name, "years": years, "sites_opened": 1, "sites_new": sites, "cost": cost,
            "newly_reached": newly, "reached_after": 1_850 + newly,
        })
    };
    assert_eq!(answer["phases"], json!([phase("first", 2, 1, 20_000, 1_400), phase("then", 1, 2, 50_000, 2_150)]));
    let alone = ["eh_2A901", "ph_01902"];
    assert_eq!(
        answer["nesting"],
        json!({
            "nested": 2_150, "alone": 2_150, "alone_bound": 2_150, "loss_least": 0, "loss_most": 0,
            "alone_sites": alone,
        })
    );
    let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let new: Vec<(&Value, &Value)> =
        sites.filter(|site| site["state"] == "new").map(|site| (&site["id"], &site["phase"])).collect();
    assert_eq!(new, [(&json!("ph_01902"), &json!("first")), (&json!("eh_2A901"), &json!("then"))]);
    let files = "--communes communes.geojson --candidates candidates.geojson --existing existing.geojson";
    for plan in ["plan.geojson", "plan.json"] {
        let output = maillage(folder.path(), &format!("verify {plan} {files} --certificate plan.cert"));
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    // A site moved to another phase, or a cost of nesting that is not so, is found out.
    let text = fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
    for (from, to) in [
        ("\"phase\":\"first\",\"type", "\"phase\":\"then\",\"type"),
        ("\"phase\":\"first\",\"type", "\"phase\":\"later\",\"type"),
        ("\"alone\":2150", "\"alone\":2160"),
        ("\"sites_opened\":1", "\"sites_opened\":2"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(folder.path().join("wrong.geojson"), text.replacen(from, to, 1)).unwrap();
        let output = maillage(folder.path(), &format!("verify wrong.geojson {files}"));
        assert_eq!(output.status.code(), Some(9), "{from}: {}", said(&output));
    }
}

#[test]
fn what_has_opened_stays_and_the_loss_is_told() {
    // fs_01901 is open already, with its 400 people.
    let more = "[[phase]]\nname = \"past\"\nopened = [\"fs_01901\"]\n[[phase]]\nname = \"next\"\nsites = 2\n";
    let folder = without_limits(more);
    let output = maillage(folder.path(), "plan --scenario maillage.toml --json --lang fr");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["phases"][0]["newly_reached"], 400);
    assert_eq!(answer["phases"][0]["sites_new"], 1);
    assert!(said(&output).contains("Planifiée seule, la dernière phase"), "{}", said(&output));
}

#[test]
fn phases_that_make_no_sense_are_named() {
    for (more, words, french) in [
        (
            "[[phase]]\nsites = 3\n[[phase]]\nname = \"b\"\nsites = 2\n",
            "phase b allows 2 sites in all, fewer than the 3 of phase 1",
            "la phase b permet 2 sites en tout, moins que les 3 de la phase 1",
        ),
        ("[[phase]]\nsites = 1\nyears = 0\n", "phase 1 lasts 0 years", "la phase 1 dure 0 ans"),
        (
            "[[phase]]\nsites = 1\n[[phase]]\nsites = 2\nopened = []\n[[phase]]\nsites = 2\n",
            "phase 2 lists what opened in it, but the phase before it, 1, does not",
            "la phase 2 dit ce qui y a ouvert (opened)",
        ),
        (
            "[[phase]]\nopened = [\"ph_01902\"]\n[[phase]]\nopened = [\"ph_01902\"]\n[[phase]]\nsites = 2\n",
            "\"ph_01902\" opened in two phases, 1 and 2",
            "« ph_01902 » a ouvert dans deux phases, 1 et 2",
        ),
        ("[[phase]]\nsites = 2\nopened = []\n", "nothing is left to plan", "il ne reste rien à planifier"),
        (
            "[[phase]]\nname = \"2\"\nsites = 1\n[[phase]]\nsites = 2\n",
            "two phases go by the name \"2\"",
            "deux phases portent le nom « 2 »",
        ),
        ("[[phase]]\nsite = 2\n", "did you mean \"phase.sites\"", "phase.sites"),
    ] {
        let folder = without_limits(more);
        let output = maillage(folder.path(), "plan --scenario maillage.toml --quiet");
        assert!(output.status.code() == Some(2) && said(&output).contains(words), "{more}: {}", said(&output));
        let output = maillage(folder.path(), "plan --scenario maillage.toml --quiet --lang fr");
        assert!(output.status.code() == Some(2) && said(&output).contains(french), "{more}: {}", said(&output));
    }
    let folder = without_limits(TWO);
    for command in ["frontier --sites 0..2", "assess ph_01902"] {
        let output = maillage(folder.path(), &format!("{command} --scenario maillage.toml --quiet"));
        assert_eq!(output.status.code(), Some(2), "{command}: {}", said(&output));
    }
}

#[test]
fn phases_that_cannot_be_kept_are_a_conflict_in_words() {
    let more = "[[rule]]\neach = \"dep\"\nleast = 1\n[[phase]]\nsites = 1\n";
    let folder = without_limits(more);
    let output = maillage(folder.path(), "plan --scenario maillage.toml --quiet");
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(said(&output).contains("at most 1 new site until the end of phase 1"), "{}", said(&output));
}
