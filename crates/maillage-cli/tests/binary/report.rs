//! `maillage report`, and the pictures of `plan` and `frontier`.

use std::fs;

use tempfile::TempDir;

use crate::run::{answer, answered, exit, folder, maillage, said, tiny, tiny_edited};

const PLAN: &str = "plan --scenario maillage.toml --quiet";

fn read(folder: &TempDir, file: &str) -> Vec<u8> {
    fs::read(folder.path().join(file)).unwrap()
}

fn text(folder: &TempDir, file: &str) -> String {
    String::from_utf8(read(folder, file)).unwrap()
}

/// Returns a folder with the demo region, planned.
fn planned(outs: &str) -> TempDir {
    let folder = folder(maillage_fixtures::demo());
    answered(&maillage(folder.path(), &format!("{PLAN} {outs}")));
    folder
}

#[test]
fn a_plan_draws_the_picture_that_its_report_draws() {
    let folder = planned("--out plan.geojson --out plan.gpkg --out plan.svg --out plan.png");
    for (plan, picture) in [("plan.geojson", "svg"), ("plan.geojson", "png"), ("plan.gpkg", "svg")] {
        answered(&maillage(folder.path(), &format!("report {plan} --out again.{picture} --force")));
        assert!(read(&folder, &format!("plan.{picture}")) == read(&folder, &format!("again.{picture}")), "{plan}");
    }
    let svg = text(&folder, "plan.svg");
    for words in ["Of 100 people in under-dense places", "reaches more.", "newly in reach", "20 km", ">N<", "Sources: "]
    {
        assert!(svg.contains(words), "{words}");
    }
    assert!(read(&folder, "plan.png").starts_with(b"\x89PNG"));
    answered(&maillage(folder.path(), "report plan.geojson --out carte.svg --lang fr"));
    let svg = text(&folder, "carte.svg");
    assert!(svg.contains("nouvellement à portée") && !svg.contains("newly in reach"));
}

#[test]
fn curves_are_drawn_with_their_bound() {
    let folder = tiny();
    let asked = "frontier --scenario maillage.toml --quiet --sites 0..3 --out curve.svg --out curve.png --lang fr";
    answered(&maillage(folder.path(), asked));
    let svg = text(&folder, "curve.svg");
    assert!(svg.contains("nouveaux sites") && svg.contains("class=\"bound\"") && svg.contains("class=\"found\""));
    assert!(read(&folder, "curve.png").starts_with(b"\x89PNG"));
    let equity = "frontier --scenario maillage.toml --quiet --goal worst-off:dep --sites 2 --out equity.svg";
    answered(&maillage(folder.path(), equity));
    assert!(text(&folder, "equity.svg").contains("The price of equity"));
}

#[test]
fn what_is_illustrative_is_said_everywhere() {
    let folder = tiny_edited(|name, text| {
        let mark = "\n[sources.existing]\nyear = 2020\nillustrative = true\n[sources.access]\nyear = 2018\n";
        if name == "maillage.toml" { text + mark } else { text }
    });
    let outs = "--out plan.geojson --out plan.gpkg --out plan.svg --out plan.xlsx";
    let output = maillage(folder.path(), &format!("plan --scenario maillage.toml --json {outs}"));
    assert!(said(&output).contains("W904") && said(&output).contains("2018, 2020"), "{}", said(&output));
    assert!(said(&output).contains("W905"), "{}", said(&output));
    let inputs = &answer(&output)["inputs"];
    let of = |role: &str| inputs.as_array().unwrap().iter().find(|input| input["role"] == role).unwrap().clone();
    assert_eq!(of("existing")["illustrative"], true);
    assert_eq!(of("candidates").get("illustrative"), None);
    assert_eq!(of("communes")["access"]["year"], 2018);
    assert!(text(&folder, "plan.svg").contains("Illustrative data</text>"));
    answered(&maillage(folder.path(), "report plan.gpkg --out page.html"));
    let page = text(&folder, "page.html");
    assert!(page.contains("\"illustrative\":true"));
    let output = maillage(folder.path(), "verify plan.geojson");
    assert_eq!(exit(&output), 0, "{}", said(&output));
}
