//! Printable sheets.

use std::fs;

use serde_json::Value;

use crate::run::{answer, answered, exit, maillage, said, tiny};

#[test]
fn each_commune_has_a_sheet_that_says_what_the_plan_says() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    answered(&maillage(folder, "sheet --all --out all.html --lang en"));
    let page = fs::read_to_string(folder.join("all.html")).unwrap();
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let communes = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let communes: Vec<&Value> = communes.filter(|one| one["role"] == "commune").collect();
    let sheets: Vec<&str> = page.split("<section>").skip(1).collect();
    assert_eq!(sheets.len(), communes.len());
    for commune in communes {
        let code = format!("<p class=\"code\">{}", commune["id"].as_str().unwrap());
        let sheet = sheets.iter().find(|sheet| sheet.contains(&code)).unwrap();
        let words = match commune["reached"].as_str().unwrap() {
            "newly" => "With this plan the commune is within reach",
            "already" => "within reach of a site that is open already",
            _ => "stays out of reach",
        };
        assert!(sheet.contains(words), "{commune}\n{sheet}");
        if let Some(site) = commune["site"].as_str() {
            assert!(sheet.contains(&format!("({site})")), "{commune}\n{sheet}");
        }
    }
    assert!(!page.contains("<script") && page.contains("@page{size:A4"));
    let again = fs::read(folder.join("all.html")).unwrap();
    answered(&maillage(folder, "sheet --all --out all.html --lang en --force --threads 1"));
    assert_eq!(fs::read(folder.join("all.html")).unwrap(), again);
}

#[test]
fn what_a_left_out_place_would_add_is_what_the_plan_with_it_gains() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let new = sites.clone().find(|site| site["state"] == "new").unwrap()["id"].as_str().unwrap();
    let left = sites.filter(|one| one["role"] == "commune" && one["reached"] == "no");
    let codes: Vec<&str> = left.map(|one| one["id"].as_str().unwrap()).collect();
    answered(&maillage(folder, &format!("sheet {} --out left.html --lang fr", codes.join(" "))));
    let page = fs::read_to_string(folder.join("left.html")).unwrap();
    assert_eq!(page.matches("reste hors de portée").count(), codes.len());
    // The rows name the place, and the people it would add in the last cell.
    let mut rows = 0;
    for row in page.split("<tr><td><b>").skip(1) {
        let id = row.split_once("</b> (").unwrap().1.split_once(')').unwrap().0;
        let cell = row.split_once("</tr>").unwrap().0.rsplit_once("class=\"n\">").unwrap().1;
        let adds: u64 = cell.trim_end_matches("</td>").replace('\u{202f}', "").parse().unwrap();
        let asked = format!("assess {new},{id} --scenario maillage.toml --quiet --json --sites 2");
        let both = answer(&maillage(folder, &asked))["plan"]["newly_reached"].as_u64().unwrap();
        assert_eq!(both - plan["maillage"]["newly_reached"].as_u64().unwrap(), adds, "{id}");
        rows += 1;
    }
    assert!(rows > 0, "{page}");
}

#[test]
fn sheets_that_cannot_be_made_are_refused() {
    let folder = tiny();
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 1 --out plan.geojson"));
    for (arguments, code, words) in [
        ("sheet", 2, "CODE"),
        ("sheet 99999", 2, "99999"),
        ("sheet 01901 --out sheet.pdf", 2, "written as .html"),
        ("sheet 01901 --plan nothing.geojson", 7, "nothing.geojson"),
        ("sheet 01901 --all", 2, "--all"),
        ("sheet 01901 --weight shortfall", 2, "--weight"),
    ] {
        let run = maillage(folder, arguments);
        assert!(exit(&run) == code && said(&run).contains(words), "{arguments}: {} {}", exit(&run), said(&run));
    }
}
