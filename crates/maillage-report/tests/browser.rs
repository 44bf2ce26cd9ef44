//! The page in a real browser: headless Chromium with the network refused, driven by playwright-core.
//!
//! Skipped, and plainly so, where Chromium or playwright-core is absent; `.ci/run` brings both.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use geo::{Coord, Geometry, LineString, Polygon};
use maillage_io::{
    AccessAnswer, AccessCommune, AccessFigures, AccessSite, AccessThreshold, CommuneFields, Language, Places,
    PlanLayerCommune, PlanLayerSite, PlanLayers, SiteFields,
};
use maillage_report::{AnswerPage, Page, PageWords};
use serde_json::{Value, json};

const HOSTILE: &str = "<img src=x onerror=alert(1)>";
const FORMULA: &str = "=1+1";

fn square(column: u32, row: u32) -> Geometry<f64> {
    let at = |x: u32, y: u32| Coord { x: f64::from(x) / 50.0, y: 48.0 + f64::from(y) / 80.0 };
    let ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map(|(x, y)| at(column + x, row + y));
    Geometry::Polygon(Polygon::new(LineString(ring.to_vec()), Vec::new()))
}

/// Twenty by twenty communes, with every class and with names that want to be something else.
fn layers() -> PlanLayers {
    let mut layers = PlanLayers::default();
    for number in 0..400_u32 {
        let (column, row) = (number % 20, number / 20);
        let name = match number {
            7 => HOSTILE.to_owned(),
            8 => FORMULA.to_owned(),
            9 => "</script><script>alert(2)</script>".to_owned(),
            _ => format!("Commune {number}"),
        };
        let stated = CommuneFields {
            id: format!("{number:05}"),
            name: Some(name),
            territory: Some(if column < 10 { "A" } else { "B" }.to_owned()),
            population: Some(1_000),
            access: Some(2.5),
            under_served: Some(if row < 3 { 0 } else { 1_000 }),
            reached: ["already", "newly", "no"][(column / 3 % 3) as usize].to_owned(),
            site: Some("s1".to_owned()),
            minutes: Some(12.5),
        };
        layers.communes.push(PlanLayerCommune { stated, geometry: square(column, row) });
    }
    for (rank, name) in [(1, HOSTILE), (2, FORMULA), (3, "Zone")] {
        let stated = SiteFields {
            id: format!("s{rank}"),
            name: Some(name.to_owned()),
            state: "new".to_owned(),
            rank: Some(rank),
            people_added: Some(4_000 - rank),
            people_lost_without: Some(3_000 + rank),
            cost: Some(20_000),
            ..SiteFields::default()
        };
        layers
            .sites
            .push(PlanLayerSite { stated, place: Coord { x: 0.05 * f64::from(u8::try_from(rank).unwrap()), y: 48.1 } });
    }
    layers
}

#[test]
fn the_page_works_in_a_browser_without_network() {
    let answer = json!({
        "program": "maillage test", "guarantee": "optimal", "objective": { "unit": "people", "value": 120_000, "bound": 120_000 },
        "under_served": 340_000, "reached_before": 119_000, "newly_reached": 119_000, "reached_after": 238_000,
        "sites_new": 3, "sites_existing": 0, "cost": 60_000, "rural": null,
        "by_territory": [{ "territory": HOSTILE, "under_served": 9, "reached_before": 1, "newly_reached": 2, "sites_new": 3 }],
        "by_threshold": [], "rules": [], "request": { "under": 4.0, "within": "10min", "speed": "50km/h", "access-field": "apl" },
        "inputs": [{ "role": "communes", "file": "communes.geojson", "sha256": "00", "features": 400, "source": HOSTILE,
            "year": 2020, "illustrative": true },
            { "role": "candidates", "file": "candidates.geojson", "sha256": "11", "features": 9, "source": null, "year": 2024 }],
    });
    let points: Vec<_> =
        (0..=10).map(|limit| json!({ "limit": limit, "value": limit * 10_000, "bound": limit * 11_000 })).collect();
    let curves = [json!({ "over": "sites", "unit": "people", "points": points })];
    let words = |text: &str| PageWords {
        headline: format!("{text} {HOSTILE}"),
        people: "119,000 of 340,000".to_owned(),
        goal: vec!["Goal: 70% of them in reach. 3 new sites suffice, and nothing less does.".to_owned()],
        guarantee: "No other choice reaches more.".to_owned(),
    };
    let (english, french) = (words("Of 100"), words("Sur 100"));
    let layers = layers();
    let page = Page {
        answer: &answer,
        layers: &layers,
        words: [&english, &french],
        curves: &curves,
        language: Language::English,
    };
    let bytes = page.to_html();
    assert_eq!(bytes, page.to_html());
    let expected = json!({
        "commune": "00007", "communeName": HOSTILE, "sites": 3, "first": format!("{HOSTILE} (s1)"), "last": "Zone (s3)",
    });
    drive("page", &bytes, &expected);
}

#[test]
fn the_page_of_an_answer_works_in_a_browser_without_network() {
    let layers = layers();
    let commune = |(number, commune): (u32, &PlanLayerCommune)| AccessCommune {
        id: commune.stated.id.clone(),
        name: commune.stated.name.clone().unwrap_or_default(),
        territory: commune.stated.territory.clone().unwrap_or_default(),
        population: 1_000,
        before: (number % 7 != 0).then_some(f64::from(number % 6)),
        added: f64::from(number % 3),
        after: (number % 7 != 0).then_some(f64::from(number % 6 + number % 3)),
        exact_after: (number % 7 != 0).then_some(f64::from(number % 6 + number % 3)),
    };
    let site = |site: &PlanLayerSite| AccessSite {
        id: site.stated.id.clone(),
        name: site.stated.name.clone().unwrap_or_default(),
        consultations: 500,
    };
    let answer = AccessAnswer {
        version: 1,
        program: "maillage test".to_owned(),
        plan: HOSTILE.to_owned(),
        sharing: "even".to_owned(),
        catchment: "20min".to_owned(),
        given: 1_500,
        untaken: 0,
        standardised_field: None,
        all: AccessFigures {
            people: 400_000,
            before: Some(3.5),
            after: Some(3.6),
            gini_before: None,
            gini_after: None,
            thresholds: vec![AccessThreshold { under: 4.0, before: 300_000, after: 200_000 }],
        },
        by_territory: Vec::new(),
        by_density: Vec::new(),
        communes: (0..).zip(&layers.communes).map(commune).collect(),
        sites: layers.sites.iter().map(site).collect(),
        inputs: Vec::new(),
        request: Value::Null,
        seconds: None,
    };
    let sheets = answer.sheets(&Places::of_plans(std::iter::once(&layers)), Vec::new());
    let told = [
        format!(
            "Told of {HOSTILE}\n\nMost of all:\n  head{}  figure\n  {HOSTILE}      12\nAnd so on.\n",
            " ".repeat(HOSTILE.len() - 4)
        ),
        "Dit".to_owned(),
    ];
    let bytes = AnswerPage { sheets: &sheets, told: &told, language: Language::English }.to_html();
    drive("answer", &bytes, &json!({ "commune": "00007", "communeName": HOSTILE, "rows": 400 }));
}

/// Lets a script look at a page in a browser.
fn drive(script: &str, page: &[u8], expected: &Value) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !Path::new("/usr/bin/chromium").exists() || !here.join("node_modules/playwright-core").exists() {
        println!("skipped: needs /usr/bin/chromium, and `npm install` in {}", here.display());
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{script}.html"));
    fs::write(&file, page).unwrap();
    let ran = Command::new("node")
        .current_dir(&here)
        .arg(format!("{script}.mjs"))
        .arg(&file)
        .arg(expected.to_string())
        .arg(&folder)
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&ran.stdout));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
