//! Use against plan.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{answer, answered, exit, maillage, said, tiny};

/// Plans two sites of the tiny region, and returns their identifiers with those of the existing sites.
fn planned(folder: &Path) -> (Vec<String>, Vec<String>) {
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 3 --out plan.geojson"));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let of = |state: &str| -> Vec<String> {
        let of_state = sites.clone().filter(|site| site["state"] == state);
        of_state.map(|site| site["id"].as_str().unwrap().to_owned()).collect()
    };
    (of("new"), of("existing"))
}

/// Writes 300 acts, then 100, at each of these sites.
fn write_acts(folder: &Path, sites: &[String]) {
    let mut text = "id,acts,target\n".to_owned();
    for (number, site) in sites.iter().enumerate() {
        writeln!(text, "{site},{},200", 300 - 200 * number).unwrap();
    }
    fs::write(folder.join("acts.csv"), text).unwrap();
}

fn followed(folder: &Path, flags: &str) -> Value {
    answer(&maillage(folder, &format!("follow plan.geojson acts.csv --quiet --json {flags}")))
}

#[test]
fn use_stands_beside_the_plan() {
    let folder = tiny();
    let folder = folder.path();
    let (new, existing) = planned(folder);
    write_acts(folder, &new);
    let told = followed(folder, "--regular 150 --planned-field target");
    assert_eq!((&told["acts"], &told["planned"], &told["below"]), (&400.into(), &400.into(), &1.into()));
    let sites = told["sites"].as_array().unwrap();
    assert_eq!(sites.len(), new.len() + existing.len());
    let site = |id: &str| sites.iter().find(|site| site["id"] == id).unwrap();
    assert_eq!((&site(&new[0])["below"], &site(&new[1])["below"]), (&false.into(), &true.into()));
    assert!(site(&existing[0])["acts"].is_null());
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let people: u64 = sites.iter().map(|site| site["people"].as_u64().unwrap()).sum();
    assert_eq!(
        people,
        plan["maillage"]["reached_after"].as_u64().unwrap(),
        "each person in reach has one nearest site"
    );
    let run = maillage(folder, "follow plan.geojson acts.csv --regular 150 --lang fr --out acts-2.csv");
    assert!(answered(&run).contains("en dessous d’un usage régulier") && said(&run).contains("W382"), "{}", said(&run));
    assert_eq!(fs::read_to_string(folder.join("acts-2.csv")).unwrap().lines().count(), sites.len() + 1);
}

#[test]
fn a_plan_is_changed_at_as_many_sites_as_are_stated() {
    let folder = tiny();
    let folder = folder.path();
    let (new, _) = planned(folder);
    write_acts(folder, &new);
    let best = answer(&maillage(folder, "plan --scenario maillage.toml --quiet --json --sites 3 --within 14min"));
    let mut before = 0;
    for most in 0..=2_u64 {
        let told = followed(folder, &format!("--changes {most} --within 14min"));
        let changes = &told["changes"];
        let ids = |member: &str| -> Vec<String> {
            changes[member].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        assert!(ids("closes").len() as u64 <= most && ids("closes").iter().all(|id| new.contains(id)), "{changes}");
        assert!(ids("opens").iter().all(|id| !new.contains(id)), "{changes}");
        let value = changes["value"].as_u64().unwrap();
        assert!(value >= before && value >= changes["value_before"].as_u64().unwrap(), "{most}: {changes}");
        before = value;
        // Every other choice that keeps so many sites is worth no more.
        let kept: Vec<&String> = new.iter().filter(|id| !ids("closes").contains(id)).collect();
        let listed = kept.into_iter().chain(&ids("opens")).cloned().collect::<Vec<_>>().join(",");
        let asked = format!("assess {listed} --scenario maillage.toml --quiet --json --sites 3 --within 14min");
        let judged = answer(&maillage(folder, &asked));
        assert_eq!(judged["plan"]["objective"]["value"].as_u64(), Some(value), "{changes}");
    }
    assert_eq!(Some(before), best["objective"]["value"].as_u64(), "all of them may be given up");
}

#[test]
fn sites_below_regular_use_are_given_up_where_that_is_asked() {
    let folder = tiny();
    let folder = folder.path();
    let (new, _) = planned(folder);
    write_acts(folder, &new);
    let told = followed(folder, "--changes 1 --regular 150 --close-unused");
    assert_eq!(told["changes"]["closes"], serde_json::json!([new[1]]));
    let without =
        format!("plan --scenario maillage.toml --quiet --json --sites 3 --forbid {} --require {}", new[1], new[0]);
    let expected = answer(&maillage(folder, &without));
    assert_eq!(told["changes"]["value"], expected["objective"]["value"]);
    // What was paid for a site that is given up is not there for another.
    let all = answer(&maillage(folder, "plan --scenario maillage.toml --quiet --json --sites 3"));
    let budget = all["cost"].as_u64().unwrap();
    let told = followed(folder, &format!("--changes 1 --regular 150 --close-unused --budget {budget} --spent"));
    assert_eq!(told["changes"]["cost"], 0);
    let run = maillage(folder, "follow plan.geojson acts.csv --changes 1 --spent --budget 1");
    assert!(exit(&run) == 4 && said(&run).contains("more than the budget of 1"), "{}", said(&run));
    for (flags, words) in [
        ("--changes 0 --regular 150 --close-unused", "raise --changes"),
        ("--close-unused --regular 150", "--changes"),
        ("--out acts.svg", "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json"),
    ] {
        let run = maillage(folder, &format!("follow plan.geojson acts.csv {flags}"));
        assert!(exit(&run) == 2 && said(&run).contains(words), "{flags}: {}", said(&run));
    }
}

#[test]
fn acts_that_cannot_be_right_are_refused() {
    let folder = tiny();
    let folder = folder.path();
    let (new, _) = planned(folder);
    let id = &new[0];
    for (text, code) in [
        (format!("id,acts\n{id},-3\n"), "E211"),
        (format!("id,acts\n{id},many\n"), "E211"),
        (format!("id,acts\n{id},3\n{id},4\n"), "E2"),
        ("id,acts\nnowhere,3\n".to_owned(), "E381"),
        (format!("site,acts\n{id},3\n"), "E201"),
        ("id,acts\n".to_owned(), "E128"),
    ] {
        fs::write(folder.join("acts.csv"), &text).unwrap();
        let run = maillage(folder, "follow plan.geojson acts.csv");
        assert!(exit(&run) == 3 && said(&run).contains(&format!("error[{code}")), "{text}: {}", said(&run));
    }
}

#[test]
fn a_line_without_acts_is_checked_and_nothing_known_is_said_so() {
    let folder = tiny();
    let folder = folder.path();
    let (new, _) = planned(folder);
    let id = &new[0];
    for (text, code) in [
        (format!("id,acts,target\n{id},,5\nnowhere,,\n"), "E381"),
        (format!("id,acts,target\n{id},3,5\n{id},,5\n"), "E204"),
        (format!("id,acts,target\n{id},,many\n"), "E211"),
    ] {
        fs::write(folder.join("acts.csv"), &text).unwrap();
        let run = maillage(folder, "follow plan.geojson acts.csv --planned-field target");
        assert!(exit(&run) == 3 && said(&run).contains(&format!("error[{code}")), "{text}: {}", said(&run));
    }
    fs::write(folder.join("acts.csv"), format!("id,acts,target\n{id},,5\n")).unwrap();
    let told = followed(folder, "--planned-field target --regular 100");
    assert!(told["planned"].is_null() && told["acts"] == 0, "{told}");
    let text = answered(&maillage(folder, "follow plan.geojson acts.csv --planned-field target --regular 100"));
    assert!(text.starts_with("Nothing is known of the use of the") && !text.contains("Least used"), "{text}");
}

#[test]
fn a_plan_stays_as_it_is_where_nothing_is_better() {
    let folder = tiny();
    let folder = folder.path();
    let (new, _) = planned(folder);
    write_acts(folder, &new);
    // A twin of each site of the plan, at the same place and cost, which comes first by its name.
    let mut candidates: Value = serde_json::from_slice(&fs::read(folder.join("candidates.geojson")).unwrap()).unwrap();
    let sites = candidates["features"].as_array_mut().unwrap();
    let mut twins: Vec<Value> =
        sites.iter().filter(|site| new.iter().any(|id| site["properties"]["id"] == **id)).cloned().collect();
    for twin in &mut twins {
        twin["properties"]["id"] = format!("00-{}", twin["properties"]["id"].as_str().unwrap()).into();
    }
    assert_eq!(twins.len(), new.len());
    sites.extend(twins);
    fs::write(folder.join("twins.geojson"), candidates.to_string()).unwrap();
    let told = followed(folder, "--candidates twins.geojson --changes 3");
    assert_eq!((&told["changes"]["closes"], &told["changes"]["opens"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    assert_eq!(told["changes"]["value"], told["changes"]["value_before"]);
    let text = answered(&maillage(folder, "follow plan.geojson acts.csv --candidates twins.geojson --changes 1"));
    assert!(text.contains("With at most 1 site given up: nothing better than the plan as it is"), "{text}");
}
