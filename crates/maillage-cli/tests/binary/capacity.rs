//! Capacity, border and subsidiarity with the binary people run, on the tiny region with columns of its own.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{answer, exit, maillage, said, tiny_edited};

/// Returns a folder with the tiny region, `more` in its scenario, and columns set by `edit` in each feature.
fn with_features(more: &str, edit: impl Fn(&str, &mut Value)) -> TempDir {
    tiny_edited(|name, text| match name {
        "maillage.toml" => text + more,
        "candidates.geojson" | "existing.geojson" | "communes.geojson" => {
            let mut file: Value = serde_json::from_str(&text).unwrap();
            for feature in file["features"].as_array_mut().unwrap() {
                edit(name, &mut feature["properties"]);
            }
            file.to_string()
        }
        _ => text,
    })
}

fn planned(folder: &TempDir, arguments: &str) -> Value {
    answer(&maillage(folder.path(), &format!("plan --scenario maillage.toml --json --quiet {arguments}")))
}

fn refusal(folder: &TempDir, arguments: &str, code: i32) -> String {
    let output = maillage(folder.path(), &format!("plan --scenario maillage.toml --quiet {arguments}"));
    assert_eq!(exit(&output), code, "{}", said(&output));
    said(&output)
}

/// Gives every site so many consultations a year.
fn slots(number: u64) -> impl Fn(&str, &mut Value) {
    move |file, properties| {
        if file != "communes.geojson" {
            properties["slots"] = json!(number);
        }
    }
}

const WITHIN: &str = "\ncapacity-field = \"slots\"\nneed-rate = 2.5\nwithin-capacity = true\n";

#[test]
fn small_sites_are_filled_and_large_ones_serve_all_in_reach() {
    let folder = with_features(WITHIN, slots(10));
    let small = planned(&folder, "");
    assert_eq!(small["guarantee"], "optimal");
    assert_eq!(small["objective"], json!({ "unit": "consultations a year", "value": 20, "bound": 20 }));
    let open = small["sites_new"].as_u64().unwrap() + small["sites_existing"].as_u64().unwrap();
    assert_eq!((&small["loads"]["capacity"], &small["loads"]["served_after"]), (&json!(10 * open), &json!(10 * open)));

    // Without limits, people in reach and what is served are one thing, at 2.5 consultations for each.
    let folder = with_features(WITHIN, slots(1_000_000));
    let large = planned(&folder, "");
    let people = planned(&with_features("", |_, _| {}), "");
    assert_eq!(large["newly_reached"], people["newly_reached"]);
    assert_eq!(large["loads"]["served_after"], large["loads"]["need_in_reach"]);
    let needed = people["under_served"].as_u64().unwrap() * 5 / 2;
    assert!(large["loads"]["need"].as_u64().unwrap().abs_diff(needed) <= 8, "rounded by commune");
    assert_eq!(large["loads"]["nearest"]["sites_over"], 0);
}

#[test]
fn loads_add_up_and_sites_over_their_capacity_are_named() {
    let folder = with_features("\ncapacity-field = \"slots\"\nneed-rate = 1\n", slots(300));
    let told = planned(&folder, "");
    assert_eq!(told["objective"]["unit"], "people");
    let loads = &told["loads"];
    assert_eq!((&loads["need"], &loads["need_in_reach"]), (&told["under_served"], &told["reached_after"]));
    for way in ["nearest", "proportional"] {
        let sites = loads["sites"].as_array().unwrap();
        let over: Vec<&Value> = sites
            .iter()
            .filter(|site| site[way].as_u64() > site["capacity"].as_u64())
            .map(|site| &site["id"])
            .collect();
        assert_eq!(loads[way]["over"].as_array().unwrap().iter().collect::<Vec<_>>(), over);
        assert!(!over.is_empty());
        let sum: u64 = sites.iter().map(|site| site[way].as_u64().unwrap()).sum();
        assert_eq!(loads["need_in_reach"], sum, "everybody in reach goes somewhere");
        let count = |key: &str| loads[way][key].as_u64().unwrap();
        assert_eq!(count("served") + count("beyond"), sum);
    }
    let said = maillage(folder.path(), "plan --scenario maillage.toml --lang fr");
    let said = String::from_utf8_lossy(&said.stderr).into_owned() + &String::from_utf8_lossy(&said.stdout);
    assert!(said.contains("au-delà de leur capacité"), "{said}");
}

#[test]
fn a_plan_within_capacity_is_recounted() {
    let folder = with_features(WITHIN, slots(700));
    planned(&folder, "--out plan.geojson");
    let verified = maillage(folder.path(), "verify plan.geojson");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let path = folder.path().join("plan.geojson");
    let text = fs::read_to_string(&path).unwrap();
    let more = text.replacen("\"served_after\":", "\"served_after\":1", 1);
    assert_ne!(text, more);
    fs::write(&path, more).unwrap();
    assert_eq!(maillage(folder.path(), "verify plan.geojson").status.code(), Some(9));
}

#[test]
fn what_does_not_go_with_capacity_is_refused() {
    let without = with_features(WITHIN, |_, _| {});
    let said = refusal(&without, "", 3);
    assert!(said.contains("slots") && said.contains("closest"), "{said}");
    assert!(refusal(&with_features("\ncapacity-field = \"slots\"\n", slots(5)), "", 2).contains("need-rate"));
    assert!(refusal(&with_features("\nwithin-capacity = true\n", slots(5)), "", 2).contains("capacity-field"));
    let folder = with_features(WITHIN, slots(5));
    assert!(refusal(&folder, "--certificate plan.cert", 2).contains("--certificate"));
    assert!(refusal(&folder, "--weight shortfall", 2).contains("weight"));
    assert!(refusal(&folder, "--floor least=5", 2).contains("floors"));
    assert!(refusal(&with_features(WITHIN, |_, properties| properties["slots"] = json!(1.5)), "", 3).contains("1.5"));
    for command in ["frontier --sites 0..2", "assess th_01904"] {
        let output = maillage(folder.path(), &format!("{command} --scenario maillage.toml"));
        assert_eq!(output.status.code(), Some(2), "{command}");
    }
}

#[test]
fn beyond_the_border_only_what_is_said_to_count_does() {
    // Département 2A lies outside, and so do all existing sites.
    let edit = |file: &str, properties: &mut Value| {
        properties["outside"] = json!(file == "existing.geojson" || properties["dep"] == "2A");
    };
    let all = planned(&with_features("", |_, _| {}), "");
    let border = "\noutside-field = \"outside\"\n";
    let folder = with_features(border, edit);
    let inside = planned(&folder, "");
    let outside = &inside["outside"];
    assert_eq!((&outside["people_count"], &outside["sites_counted"]), (&json!(false), &json!(0)));
    assert!(inside["under_served"].as_u64() < all["under_served"].as_u64());
    assert_eq!((&inside["sites_existing"], &inside["reached_before"]), (&json!(0), &json!(0)));

    let both = planned(&folder, "--count-outside people,sites");
    assert_eq!(both["under_served"], all["under_served"]);
    assert_eq!((&both["sites_existing"], &both["reached_before"]), (&all["sites_existing"], &all["reached_before"]));
    assert!(both["newly_reached"].as_u64() <= all["newly_reached"].as_u64());
    for plan in [&inside, &both] {
        let new_in = |territory: &str| {
            let counts = plan["by_territory"].as_array().unwrap().iter();
            counts
                .filter(|count| count["territory"] == territory)
                .map(|count| count["sites_new"].as_u64().unwrap())
                .sum()
        };
        assert_eq!((new_in("2A"), new_in("01")), (0, plan["sites_new"].as_u64().unwrap()));
    }
    assert!(refusal(&folder, "--count-outside everything", 2).contains("people"));
    assert!(refusal(&with_features(border, |_, _| {}), "", 3).contains("outside"));
    assert!(
        refusal(&with_features(border, |_, properties| properties["outside"] = json!("perhaps")), "", 3)
            .contains("perhaps")
    );
}

#[test]
fn people_weigh_less_where_doctors_suffice() {
    let all = planned(&with_features("", |_, _| {}), "");
    // From 3 on left out: the same choice as with the threshold 3, counted among the same people.
    let folder = with_features("", |_, _| {});
    let left_out = planned(&folder, "--enough 3");
    let threshold = planned(&folder, "--under 3");
    assert_eq!(left_out["under_served"], all["under_served"]);
    assert_eq!(left_out["objective"]["value"], threshold["objective"]["value"].as_u64().unwrap() * 1_000);
    // All of it: what people in reach are worth without subsidiarity, in thousandths.
    let whole = planned(&folder, "--enough 3 --enough-weight 100%");
    assert_eq!(whole["objective"]["unit"], "thousandths of a person");
    assert_eq!(whole["objective"]["value"], all["objective"]["value"].as_u64().unwrap() * 1_000);
    assert!(refusal(&folder, "--enough-weight 50%", 2).contains("--enough"));
}
