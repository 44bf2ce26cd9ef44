//! Applicants of a call for projects.

use std::fs;

use serde_json::Value;

use crate::run::{answer, answered, exit, maillage, said, tiny};

fn scored(folder: &std::path::Path, flags: &str) -> Value {
    answer(&maillage(folder, &format!("score candidates.geojson --scenario maillage.toml --quiet --json {flags}")))
}

#[test]
fn the_best_set_is_the_plan_and_no_turn_beats_it() {
    let folder = tiny();
    let folder = folder.path();
    for limits in ["--sites 1", "--sites 2", "--sites 3 --budget 90000", "--sites 8 --budget 120000"] {
        let plan = answer(&maillage(folder, &format!("plan --scenario maillage.toml --quiet --json {limits}")));
        let best = scored(folder, limits);
        assert_eq!(best["value"], plan["objective"]["value"], "{limits}");
        assert_eq!(best["cost"], plan["cost"], "{limits}");
        for accept in ["people", "people-per-euro"] {
            let turns = scored(folder, &format!("{limits} --accept {accept}"));
            assert!(turns["value"].as_u64() <= best["value"].as_u64(), "{limits} {accept}");
            assert_eq!(turns["best_value"], best["value"], "{limits} {accept}");
        }
        for applicant in best["applicants"].as_array().unwrap() {
            let adds = applicant["adds"].as_u64();
            assert!(adds <= applicant["adds_alone"].as_u64(), "{applicant}");
            assert_eq!(applicant["accepted"], !applicant["turn"].is_null(), "{applicant}");
            if applicant["accepted"] == false {
                let id = applicant["id"].as_str().unwrap();
                let with =
                    maillage(folder, &format!("plan --scenario maillage.toml --quiet --json {limits} --require {id}"));
                // Where it does not fit at all there is no plan with it.
                let expected = if exit(&with) == 0 { answer(&with)["objective"]["value"].clone() } else { Value::Null };
                assert_eq!(applicant["with"]["value"], expected, "{limits} {id}");
            }
        }
    }
}

#[test]
fn who_applies_after_a_plan_is_scored_beside_it() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let is_new = |feature: &&Value| feature["properties"]["state"] == "new";
    let chosen = plan["features"].as_array().unwrap().iter().find(is_new).unwrap();
    let id = chosen["properties"]["id"].as_str().unwrap();
    let candidates: Value = serde_json::from_slice(&fs::read(folder.join("candidates.geojson")).unwrap()).unwrap();
    let others = candidates["features"].as_array().unwrap().iter().filter(|site| site["properties"]["id"] != id);
    let others: Vec<&Value> = others.collect();
    let file = serde_json::json!({"type": "FeatureCollection", "features": others});
    fs::write(folder.join("others.geojson"), file.to_string()).unwrap();
    let asked = "score others.geojson --scenario maillage.toml --quiet --json --sites 1 --plan plan.geojson";
    let next = answer(&maillage(folder, asked));
    let both =
        answer(&maillage(folder, &format!("plan --scenario maillage.toml --quiet --json --sites 2 --require {id}")));
    let first = plan["maillage"]["objective"]["value"].as_u64().unwrap();
    assert_eq!(first + next["value"].as_u64().unwrap(), both["objective"]["value"].as_u64().unwrap());
    // The same site cannot apply to be what it is already.
    let run = maillage(folder, "score candidates.geojson --scenario maillage.toml --sites 1 --plan plan.geojson");
    assert!(exit(&run) != 0 && said(&run).contains(id), "{}", said(&run));
}

#[test]
fn scores_are_told_and_written() {
    let folder = tiny();
    let folder = folder.path();
    let asked = "score candidates.geojson --scenario maillage.toml --budget 90000 --out scores.csv --lang fr";
    let text = answered(&maillage(folder, asked));
    assert!(text.contains("candidatures retenues sur 8") && text.contains("Non retenues"), "{text}");
    let table = fs::read_to_string(folder.join("scores.csv")).unwrap();
    assert_eq!(table.lines().count(), 9, "{table}");
    for (flags, words) in [
        ("--out scores.svg", "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json"),
        ("--goal fewest-sites:90%", "--goal"),
        ("--accept best", "--accept"),
    ] {
        let run = maillage(folder, &format!("score candidates.geojson --scenario maillage.toml --sites 2 {flags}"));
        assert!(exit(&run) == 2 && said(&run).contains(words), "{flags}: {}", said(&run));
    }
}

#[test]
fn who_is_forbidden_is_listed_and_a_broken_rule_is_said() {
    let folder = tiny();
    let folder = folder.path();
    let all = scored(folder, "--sites 2");
    let some = scored(folder, "--sites 2 --forbid th_2A904,ph_01902");
    let applicants = some["applicants"].as_array().unwrap();
    assert_eq!(applicants.len(), all["applicants"].as_array().unwrap().len());
    for applicant in applicants {
        let is_forbidden = ["th_2A904", "ph_01902"].iter().any(|id| applicant["id"] == *id);
        assert_eq!(applicant["forbidden"], is_forbidden, "{applicant}");
        let same = all["applicants"].as_array().unwrap().iter().find(|one| one["id"] == applicant["id"]).unwrap();
        assert_eq!(applicant["adds_alone"], same["adds_alone"], "{applicant}");
        if is_forbidden {
            assert_eq!((&applicant["accepted"], &applicant["fits"]), (&false.into(), &false.into()));
            assert!(applicant["with"].is_null(), "{applicant}");
        }
    }
    let asked = "score candidates.geojson --scenario maillage.toml --sites 2 --forbid th_2A904 --lang fr";
    let text = answered(&maillage(folder, asked));
    assert!(text.lines().any(|line| line.contains("th_2A904") && line.ends_with("exclue")), "{text}");

    // In turn, a rule that asks for a least number is not looked at, and that is said.
    let plain = fs::read_to_string(folder.join("maillage.toml")).unwrap();
    let rule = "\n[[rule]]\nname = \"hospitals\"\nwhere = { kind = \"hospital\" }\nleast = 1\n";
    fs::write(folder.join("ruled.toml"), plain + rule).unwrap();
    let asked = "score candidates.geojson --scenario ruled.toml --quiet --json --sites 1";
    let [best, turns] =
        ["best-set", "people"].map(|rule| answer(&maillage(folder, &format!("{asked} --accept {rule}"))));
    assert_eq!((&best["keeps_rules"], &turns["keeps_rules"]), (&true.into(), &false.into()), "{turns}");
    assert!(turns["value"].as_u64() > best["value"].as_u64(), "{turns}");
    let text = answered(&maillage(folder, "score candidates.geojson --scenario ruled.toml --sites 1 --accept people"));
    assert!(text.contains("They break a rule that asks for a least number") && !text.contains("proved"), "{text}");
    // Without such a rule the turns are the best there is, which is proved.
    let text =
        answered(&maillage(folder, "score candidates.geojson --scenario maillage.toml --sites 1 --accept people"));
    assert!(text.contains("No set under the same limits adds more: proved."), "{text}");
}

#[test]
fn what_is_no_plan_is_called_so() {
    let folder = tiny();
    fs::write(folder.path().join("plan.csv"), "id\nth_2A904\n").unwrap();
    for (language, words) in
        [("en", "plan.csv is not a plan: give the plan.geojson"), ("fr", "plan.csv n’est pas un plan : donner")]
    {
        let asked = format!("score candidates.geojson --scenario maillage.toml --plan plan.csv --lang {language}");
        let run = maillage(folder.path(), &asked);
        assert!(exit(&run) == 3 && said(&run).contains(words), "{}", said(&run));
    }
}
