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

#[test]
fn every_output_of_plan_is_read_back_to_the_same_page() {
    let folder = planned("--out plan.geojson --out plan.gpkg");
    answered(&maillage(folder.path(), &format!("{PLAN} --split --out parts.geojson")));
    answered(&maillage(folder.path(), &format!("{PLAN} --out-crs EPSG:2154 --out lambert.gpkg")));
    answered(&maillage(folder.path(), "report plan.geojson"));
    let page = read(&folder, "plan.html");
    for plan in ["plan.gpkg", "parts.sites.geojson", "parts.communes.geojson"] {
        answered(&maillage(folder.path(), &format!("report {plan} --out again.html --force")));
        assert!(page == read(&folder, "again.html"), "{plan}");
    }
    answered(&maillage(folder.path(), "report lambert.gpkg"));
    for plan in ["plan.geojson", "plan.gpkg", "parts.sites.geojson", "parts.communes.geojson", "lambert.gpkg"] {
        let output = maillage(folder.path(), &format!("verify {plan}"));
        assert_eq!(exit(&output), 0, "{plan}: {}", said(&output));
    }
    answered(&maillage(folder.path(), &format!("{PLAN} --sites 12 --split --force --out other.geojson")));
    fs::rename(folder.path().join("other.sites.geojson"), folder.path().join("parts.sites.geojson")).unwrap();
    let output = maillage(folder.path(), "report parts.communes.geojson --out again.html --force");
    assert!(exit(&output) == 3 && said(&output).contains("different plans"), "{}", said(&output));
}

#[test]
fn what_is_no_plan_is_refused_in_words() {
    let folder = planned("--out plan.geojson --out plan.csv --out answer.json --out plan.gpkg");
    answered(&maillage(folder.path(), &format!("{PLAN} --split --out parts.geojson")));
    fs::remove_file(folder.path().join("parts.communes.geojson")).unwrap();
    let text = text(&folder, "plan.geojson");
    fs::write(folder.path().join("cut.geojson"), &text[..text.len() / 2]).unwrap();
    fs::write(folder.path().join("bent.geojson"), text.replacen("\"state\":\"new\"", "\"state\":7", 1)).unwrap();
    let package = read(&folder, "plan.gpkg");
    fs::write(folder.path().join("cut.gpkg"), &package[..package.len() / 2]).unwrap();
    for (arguments, code, english, french) in [
        ("nothing.geojson", 7, "nothing.geojson", "nothing.geojson"),
        ("plan.csv", 3, "plan.csv", "plan.csv"),
        ("communes.geojson", 3, "is not a plan", "n’est pas un plan"),
        ("cut.geojson", 3, "cut.geojson", "cut.geojson"),
        ("bent.geojson", 3, "bent.geojson: feature 0", "bent.geojson : l’objet 0"),
        ("cut.gpkg", 3, "not a whole GeoPackage", "GeoPackage"),
        ("answer.json", 3, "holds no communes", "ne contient pas de communes"),
        ("parts.sites.geojson", 3, "holds no communes", "ne contient pas de communes"),
        ("plan.geojson --out page.pdf", 2, ".html", ".html"),
        ("plan.geojson --frontier plan.csv", 3, "is not a curve", "n’est pas une courbe"),
        ("plan.geojson --out no/such/page.html", 7, "no/such", "no/such"),
    ] {
        for (language, words) in [("en", english), ("fr", french)] {
            let output = maillage(folder.path(), &format!("report {arguments} --lang {language}"));
            assert_eq!(exit(&output), code, "{arguments}: {}", said(&output));
            assert!(said(&output).contains(words), "{arguments}: {}", said(&output));
            assert!(!folder.path().join("page.html").exists() && output.stdout.is_empty(), "{arguments}");
        }
    }
}

#[test]
fn a_plan_without_polygons_still_has_a_page_and_a_map() {
    let folder = tiny();
    let files = "--communes communes.csv --candidates candidates.geojson --existing existing.geojson \
                 --access-field apl --under 4 --within 10min --speed 50km/h --detour 1.3 --origin lon_pop,lat_pop --sites 2";
    answered(&maillage(folder.path(), &format!("plan {files} --out plan.geojson --out plan.svg --out plan.gpkg")));
    answered(&maillage(folder.path(), "report plan.geojson"));
    assert!(text(&folder, "plan.svg").contains("a30 30 0 1 0"), "a commune that is a point is a disc");
    assert!(text(&folder, "plan.html").contains("\"shapes\":[[],"));
}

#[test]
fn names_that_want_to_be_something_else_stay_names() {
    const HOSTILE: &str = "<img src=x onerror=alert(1)>";
    let folder = tiny_edited(|_, text| text.replace("Arvigny", HOSTILE).replace("Saint-Éloi-le-Vieux", "=1+1"));
    let outs = "--out plan.geojson --out plan.gpkg --out plan.csv --out plan.xlsx --out plan.svg --out plan.png";
    answered(&maillage(folder.path(), &format!("{PLAN} {outs}")));
    answered(&maillage(folder.path(), "report plan.gpkg --out page.html"));
    let page = text(&folder, "page.html");
    assert!(!page.contains("<img") && page.contains("\\u003cimg src=x onerror=alert(1)\\u003e"));
    assert!(!text(&folder, "plan.svg").contains("<img"));
    let tables = ["plan.csv", "plan.communes.csv"].map(|file| text(&folder, file)).concat();
    assert!(tables.contains(HOSTILE) && tables.contains("'=1+1") && !tables.contains(",=1+1"), "{tables}");
    let database = rusqlite::Connection::open(folder.path().join("plan.gpkg")).unwrap();
    for name in [HOSTILE, "=1+1"] {
        let count = "SELECT count(*) FROM communes WHERE name = ?1";
        let count: u32 = database.query_row(count, [name], |row| row.get(0)).unwrap();
        assert_eq!(count, 1, "{name}");
    }
}
