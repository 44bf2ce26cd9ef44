//! Plans side by side.

use std::fs;

use serde_json::{Value, json};

use crate::run::{answer, answered, exit, maillage, said, tiny};

#[test]
fn what_one_plan_gains_over_another_is_what_their_answers_say() {
    let folder = tiny();
    let folder = folder.path();
    for (name, flags) in [("one", "--sites 1"), ("two", "--sites 2"), ("dear", "--sites 1 --require th_01902")] {
        answered(&maillage(folder, &format!("plan --scenario maillage.toml --quiet {flags} --out {name}.geojson")));
    }
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 2 --out two.gpkg"));
    let plan = |name: &str| -> Value {
        let read: Value = serde_json::from_slice(&fs::read(folder.join(format!("{name}.geojson"))).unwrap()).unwrap();
        read["maillage"].clone()
    };
    let told = answer(&maillage(folder, "compare one.geojson two.geojson dear.geojson --json --quiet"));
    for (compared, name) in told["plans"].as_array().unwrap().iter().zip(["one", "two", "dear"]) {
        for member in ["under_served", "reached_after", "newly_reached", "sites_new", "cost"] {
            assert_eq!(compared[member], plan(name)[member], "{name} {member}");
        }
    }
    let classes = &told["changes"][0]["by_density"];
    assert_eq!(classes.as_array().map(Vec::len), plan("one")["by_density"].as_array().map(Vec::len), "{classes}");
    assert_eq!((&told["same_people"], &told["differs"]), (&json!(true), &json!([])));
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --within 14min --out far.geojson"));
    let far = answer(&maillage(folder, "compare one.geojson far.geojson --json --quiet"));
    assert_eq!(far["differs"], json!(["within"]), "another limit is said");
    let text = answered(&maillage(folder, "compare one.geojson far.geojson"));
    assert!(text.contains("The plans also differ in the limit of the way: "), "{text}");
    for change in told["changes"].as_array().unwrap() {
        let name = change["file"].as_str().unwrap().trim_end_matches(".geojson");
        let number = |value: &Value| value.as_i64().unwrap();
        let more = number(&plan(name)["reached_after"]) - number(&plan("one")["reached_after"]);
        assert_eq!(number(&change["gained"]) - number(&change["lost"]), more, "{change}");
        let by = |member: &str| -> i64 {
            change["by_territory"].as_array().unwrap().iter().map(|one| number(&one[member])).sum()
        };
        assert_eq!((by("gained"), by("lost")), (number(&change["gained"]), number(&change["lost"])));
        let classes = change["by_density"].as_array().unwrap();
        let of = |member: &str| -> i64 { classes.iter().map(|one| number(&one[member])).sum() };
        assert!(classes.is_empty() || of("reached") - of("reached_first") == more, "{change}");
    }
    let same = answer(&maillage(folder, "compare two.geojson two.gpkg --json --quiet"));
    assert_eq!((&same["communes"], &same["changes"][0]["gained"]), (&json!([]), &json!(0)));
    assert_eq!(same["common"].as_array().unwrap().len(), 2);
    // A plan that does not state its density classes has no figures to hold against those of another.
    let mut without: Value = serde_json::from_slice(&fs::read(folder.join("two.geojson")).unwrap()).unwrap();
    without["maillage"].as_object_mut().unwrap().remove("by_density").unwrap();
    fs::write(folder.join("without.geojson"), without.to_string()).unwrap();
    for pair in ["one.geojson without.geojson", "without.geojson one.geojson"] {
        let told = answer(&maillage(folder, &format!("compare {pair} --json --quiet")));
        assert_eq!(told["changes"][0]["by_density"], json!([]), "{pair}");
    }
    let text = answered(&maillage(folder, "compare one.geojson two.geojson --lang fr --out compare.csv"));
    assert!(text.contains("au lieu de one.geojson"), "{text}");
    let lines = fs::read_to_string(folder.join("compare.csv")).unwrap().lines().count();
    assert!(lines > 1, "{lines}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --out plan.geojson --out plan.json"));
    let text = fs::read_to_string(folder.join("plan.geojson")).unwrap();
    fs::write(folder.join("other.geojson"), text.replace("01901", "99901")).unwrap();
    for (arguments, code, words) in [
        ("plan.geojson", 2, "2 values"),
        ("plan.geojson plan.json", 3, "plan.json"),
        ("plan.geojson other.geojson", 3, "other communes"),
        ("plan.geojson communes.geojson", 3, "communes.geojson"),
        (
            "plan.geojson plan.geojson --out compare.svg",
            2,
            "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json",
        ),
    ] {
        let run = maillage(folder, &format!("compare {arguments}"));
        assert!(exit(&run) == code && said(&run).contains(words), "{arguments}: {} {}", exit(&run), said(&run));
    }
}
