//! Types, residents, upgrades, specialties and hubs with the binary people run, on the tiny region.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{answer, answered, exit, maillage, said, tiny_edited};

/// Returns a folder with the tiny region, its scenario followed by more, and columns added to some sites.
fn with_columns(more: &str, columns: &[(&str, &str)]) -> TempDir {
    tiny_edited(|name, text| {
        let text = if name == "maillage.toml" { format!("{text}\n{more}") } else { text };
        let add = |text: String, (id, column): &(&str, &str)| {
            text.replace(&format!("\"id\":\"{id}\""), &format!("\"id\":\"{id}\",{column}"))
        };
        columns.iter().fold(text, add)
    })
}

/// Plans with a certificate and verifies; returns the answer, the properties of the new sites, and what was said.
fn planned(folder: &Path) -> (Value, Vec<Value>, String) {
    let plan = "plan --scenario maillage.toml --json --out plan.geojson --certificate plan.cert";
    let output = maillage(folder, plan);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["guarantee"], "optimal");
    let verified = verify(folder, "plan.geojson");
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.geojson")).unwrap()).unwrap();
    let sites = plan["features"].as_array().unwrap().iter().map(|feature| feature["properties"].clone());
    (answer, sites.filter(|site| site["state"] == "new").collect(), said(&output))
}

fn verify(folder: &Path, plan: &str) -> Output {
    let files = "--communes communes.geojson --candidates candidates.geojson --existing existing.geojson";
    maillage(folder, &format!("verify {plan} {files} --certificate plan.cert"))
}

/// Changes the plan's text, and expects `verify` to find it out.
fn found_out(folder: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join("plan.geojson")).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(folder.join("wrong.geojson"), text.replacen(from, to, 1)).unwrap();
    let output = verify(folder, "wrong.geojson");
    assert_eq!(output.status.code(), Some(9), "{from}: {}", said(&output));
}

const TYPES: &str = "budget = 75000\nhorizon = 2\n[[type]]\nname = \"desk\"\n[[type]]\nname = \"van\"\n\
                     opening-cost = 30000\nyearly-cost = 10000\nwithin = \"15min\"\nleast = 1\n";

#[test]
fn types_are_chosen_and_their_costs_told() {
    let folder = with_columns(TYPES, &[]);
    let (answer, sites, said) = planned(folder.path());
    assert_eq!(answer["cost"], 70_000, "a van over two years, and a desk at the pharmacy");
    let counts = json!([
        { "type": "desk", "sites_new": 1, "cost": 20_000, "yearly": 0 },
        { "type": "van", "sites_new": 1, "cost": 50_000, "yearly": 20_000 },
    ]);
    assert_eq!(answer["types"], counts);
    let costs: u64 = sites.iter().map(|site| site["cost"].as_u64().unwrap()).sum();
    assert_eq!(costs, 70_000);
    assert!(sites.iter().any(|site| site["type"] == "van"));
    assert!(said.contains("to run them"), "{said}");
    found_out(folder.path(), "\"type\":\"van\",\"hub\"", "\"type\":\"desk\",\"hub\"");
    found_out(folder.path(), "\"type\":\"van\",\"sites_new\":1", "\"type\":\"van\",\"sites_new\":2");
}

#[test]
fn residents_are_served_by_their_own_site_and_counted_once() {
    // Nothing but the care home may open: 120 of the 300 of L'Étang-sur-Brême live there.
    let forbid = "forbid = [\"fs_01901\", \"ho_2A902\", \"ph_01902\", \"th_01902\", \"th_01904\", \"th_2A903\", \
                  \"th_2A904\"]\nresidents-field = \"beds\"\n";
    let folder = with_columns(forbid, &[("eh_2A901", "\"beds\":120")]);
    let (answer, sites, _) = planned(folder.path());
    assert_eq!((&answer["newly_reached"], &answer["objective"]["value"]), (&json!(120), &json!(120)));
    assert_eq!((&sites[0]["residents"], &sites[0]["people_added"]), (&json!(120), &json!(120)));
    // With the others, everybody of the commune is reached by one of them, and counted once.
    let folder = with_columns("residents-field = \"beds\"\n", &[("eh_2A901", "\"beds\":120")]);
    let (answer, _, _) = planned(folder.path());
    let folder = with_columns("forbid = [\"eh_2A901\"]\n", &[]);
    assert_eq!(answer["newly_reached"], planned(folder.path()).0["newly_reached"]);
}

const UPGRADE: &str = "upgrades-field = \"upgrades\"\n[[type]]\nname = \"desk\"\n[[type]]\nname = \"more\"\n\
                       opening-cost = 5000\nwithin = \"20min\"\nupgrade = true\n";

#[test]
fn an_upgrade_adds_what_its_type_adds() {
    let more = format!("{UPGRADE}least = 1\n");
    let columns = [("th_2A904", "\"upgrades\":\"msp_2A906\"")];
    let folder = with_columns(&more, &columns);
    let output = maillage(folder.path(), "plan --scenario maillage.toml");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("stands 5560 m from \"msp_2A906\""), "{}", said(&output));
    let path = folder.path().join("candidates.geojson");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("[4.2812,47.0787]", "[4.2812,47.0287]")).unwrap();
    let (answer, sites, _) = planned(folder.path());
    let upgrade = sites.iter().find(|site| site["type"] == "more").unwrap();
    assert_eq!((&upgrade["upgrades"], &upgrade["cost"]), (&json!("msp_2A906"), &json!(5_000)));
    assert_eq!(answer["types"][1]["sites_new"], 1);
    found_out(folder.path(), "\"upgrades\":\"msp_2A906\"", "\"upgrades\":null");
}

#[test]
fn specialties_are_counted_each_by_itself() {
    let more = "offers-field = \"offers\"\n[[specialty]]\nname = \"dermatology\"\nweight = 2\n\
                [[specialty]]\nname = \"geriatrics\"\n";
    let columns = [
        ("ph_01902", "\"offers\":\"geriatrics\""),
        ("th_01902", "\"offers\":\"dermatology, geriatrics\""),
        ("msp_01905", "\"offers\":\"dermatology\""),
    ];
    let folder = with_columns(more, &columns);
    let (answer, sites, said) = planned(folder.path());
    assert_eq!(sites.len(), 1, "the town hall offers all that anybody offers there");
    assert_eq!(sites[0]["id"], "th_01902");
    let [derm, geri] = [&answer["specialties"][0], &answer["specialties"][1]];
    let newly = |count: &Value| count["newly_reached"].as_u64().unwrap();
    assert_eq!(answer["objective"]["value"], 2 * newly(derm) + newly(geri));
    assert_eq!((&derm["reached_before"], &derm["reached_after"]), (&json!(150), &json!(1_550)));
    assert_eq!((&derm["sites"], &geri["sites"], &geri["reached_before"]), (&json!(2), &json!(1), &json!(0)));
    assert!(said.contains("dermatology"), "{said}");
    found_out(folder.path(), "\"specialty\":\"geriatrics\",\"people\":", "\"specialty\":\"geriatrics\",\"people\":1");
    let french = maillage(folder.path(), "plan --scenario maillage.toml --lang fr");
    assert!(said_in(&french).contains("personnes pondérées, par spécialité"), "{}", said_in(&french));
}

fn said_in(output: &Output) -> String {
    format!("{}{}", String::from_utf8(output.stdout.clone()).unwrap(), said(output))
}

#[test]
fn each_new_site_leans_on_a_hub() {
    let folder = with_columns("[hub]\nkind = [\"msp\"]\nwithin = \"20min\"\nmost = 1\nchoose = \"any\"\n", &[]);
    let (answer, sites, said) = planned(folder.path());
    let mut hubs: Vec<&str> = sites.iter().map(|site| site["hub"].as_str().unwrap()).collect();
    hubs.sort_unstable();
    assert_eq!(hubs, ["msp_01905", "msp_2A906"], "one each");
    assert_eq!(answer["hubs"]["candidates_without"], 0);
    assert!(answer["rules"].as_array().unwrap().iter().any(|rule| rule["rule"] == "spokes" && rule["slack"] == 0));
    assert!(said.contains("leaning on hub msp_01905"), "{said}");
    found_out(folder.path(), "\"hub\":\"msp_01905\"", "\"hub\":\"msp_2A906\"");
    found_out(folder.path(), "\"spokes\":1", "\"spokes\":0");
}

#[test]
fn what_makes_no_sense_is_named() {
    for (more, english, french) in [
        (
            "[[type]]\nname = \"a\"\nyearly-cost = 5\n",
            "type a: yearly-cost needs horizon",
            "type a : yearly-cost demande aussi horizon, le nombre d’années",
        ),
        (
            "[[type]]\nname = \"a\"\n[[type]]\nname = \"a\"\n",
            "type 2 needs a name of its own",
            "type 2 : il lui faut un nom",
        ),
        (
            "[[type]]\nname = \"a\"\nwhere.kind = \"pharmacy\"\n",
            "7 candidates may be of no type, \"eh_2A901\" among them",
            "7 candidats ne peuvent être d’aucun type, dont « eh_2A901 »",
        ),
        ("[[type]]\nname = \"a\"\nwhere.kind = \"farmacy\"\n", "type 1 (a) asks for kind = \"farmacy\"", "« farmacy »"),
        (
            "[[type]]\nname = \"a\"\nopening = 5\n",
            "\"type.opening\" is not a key",
            "« type.opening » n’est pas une clé",
        ),
        (
            "goal = \"travel-time:30min\"\n[[type]]\nname = \"a\"\nwithin = \"15min\"\n",
            "type.within and goal = \"travel-time\" do not go together",
            "type.within et goal = \"travel-time\" ne vont pas ensemble",
        ),
        ("residents-field = \"beds\"\n", "no site has a value in the column \"beds\"", "aucun site n’a de valeur"),
        ("upgrades-field = \"up\"\n", "no candidate has a value in the column \"up\"", "aucun candidat n’a de valeur"),
        ("[[specialty]]\nname = \"d\"\n", "specialty needs offers-field", "specialty demande aussi offers-field"),
        (
            "offers-field = \"kind\"\n[[specialty]]\nname = \"ehpat\"\n",
            "offers \"ehpad\", which is no [[specialty]]; the nearest: \"ehpat\"",
            "propose « ehpad », qui n’est pas une spécialité ([[specialty]]) ; les plus proches : « ehpat »",
        ),
        ("[hub]\nwithin = \"5min\"\n", "hub needs kind or sites", "hub demande aussi kind ou sites"),
        (
            "[hub]\nkind = [\"mps\"]\n",
            "\"mps\" is the kind of no existing site; the nearest: \"msp\"",
            "du genre « mps »",
        ),
        ("[hub]\nsites = [\"msp_01906\"]\n", "is not among the existing sites", "n’est pas un site existant"),
        (
            "[hub]\nkind = [\"msp\"]\nwithin = \"1min\"\n",
            "no candidate has a hub near enough",
            "aucun candidat n’a de centre",
        ),
        ("[[hub]]\nkind = [\"msp\"]\n", "there is one only: write [hub]", "hub"),
    ] {
        let folder = with_columns(more, &[]);
        for (language, expected) in [("en", english), ("fr", french)] {
            let output = maillage(folder.path(), &format!("plan --scenario maillage.toml --lang {language}"));
            assert!(matches!(output.status.code(), Some(2..=4)), "{more}: {}", said(&output));
            assert!(said(&output).contains(expected), "{more}: {}", said(&output));
        }
    }
    let folder = with_columns("[[phase]]\nsites = 1\n[[phase]]\nsites = 2\n", &[]);
    for (command, expected) in [("frontier --sites 0..3", "frontier"), ("assess th_01904", "assess")] {
        let output = maillage(folder.path(), &format!("{command} --scenario maillage.toml"));
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(&format!("phases say nothing to \"{expected}\"")), "{}", said(&output));
    }
}

const HUB: &str = "[hub]\nkind = [\"msp\"]\nwithin = \"20min\"\nmost = 1\nchoose = \"any\"\n";

const SPECIALTIES: &str = "offers-field = \"kind\"\n[[specialty]]\nname = \"ehpad\"\n[[specialty]]\nname = \"msp\"\n\
                           [[specialty]]\nname = \"pharmacy\"\n[[specialty]]\nname = \"town_hall\"\n\
                           [[specialty]]\nname = \"france_services\"\n[[specialty]]\nname = \"hospital\"\n";

#[test]
fn goals_of_variants_are_planned_and_verified() {
    let beds = [("eh_2A901", "\"beds\":120")];
    for (goal, more) in [
        ("fewest-sites:90%", TYPES),
        ("least-cost:80%", TYPES),
        ("worst-off:dep", TYPES),
        ("fewest-sites:90%", "residents-field = \"beds\"\n"),
        ("worst-off:dep", "residents-field = \"beds\"\n"),
        ("travel-time:25min", "residents-field = \"beds\"\n"),
        ("reach", "residents-field = \"beds\"\ndecay = [\"5min:100%\", \"12min:40%\"]\n"),
        ("worst-off:dep", HUB),
        ("fewest-sites:80%", SPECIALTIES),
        ("worst-off:dep", SPECIALTIES),
    ] {
        let folder = with_columns(&format!("goal = \"{goal}\"\n{more}"), &beds);
        let output = maillage(folder.path(), "plan --scenario maillage.toml --json --out plan.geojson");
        let told = answer(&output);
        assert_eq!((&told["guarantee"], &told["request"]["goal"]), (&json!("optimal"), &json!(goal)), "{more}");
        let files = "--communes communes.geojson --candidates candidates.geojson --existing existing.geojson";
        answered(&maillage(folder.path(), &format!("verify plan.geojson {files}")));
        let text = fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
        let value = format!("\"value\":{},", told["objective"]["value"]);
        fs::write(
            folder.path().join("plan.geojson"),
            text.replacen(&value, &format!("{}1,", value.trim_end_matches(',')), 1),
        )
        .unwrap();
        assert_eq!(exit(&maillage(folder.path(), &format!("verify plan.geojson {files}"))), 9, "{goal} {more}");
    }
}

#[test]
fn a_curve_and_a_judgement_agree_with_the_plan() {
    let beds = [("eh_2A901", "\"beds\":120")];
    for more in [TYPES, HUB, SPECIALTIES, "residents-field = \"beds\"\ndecay = [\"5min:100%\", \"12min:40%\"]\n"] {
        let folder = with_columns(more, &beds);
        let plan =
            answer(&maillage(folder.path(), "plan --scenario maillage.toml --json --sites 2 --out plan.geojson"));
        let curve = answer(&maillage(folder.path(), "frontier --scenario maillage.toml --json --sites 0..3"));
        let point = &curve["points"][2];
        for member in ["newly_reached", "cost", "sites_new", "guarantee", "reached_after"] {
            assert_eq!(point[member], plan[member], "{member} {more}");
        }
        assert_eq!((&point["value"], &curve["unit"]), (&plan["objective"]["value"], &plan["objective"]["unit"]));
        let features: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.geojson")).unwrap()).unwrap();
        let new = features["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
        let ids: Vec<&str> =
            new.filter(|site| site["state"] == "new").map(|site| site["id"].as_str().unwrap()).collect();
        let list = ids.join(",");
        let output = maillage(folder.path(), &format!("assess {list} --scenario maillage.toml --sites 2 --json"));
        let judged = answer(&output);
        assert_eq!(said(&output).contains("does not say how its sites open"), [TYPES, HUB].contains(&more), "{more}");
        assert_eq!((&judged["below_best_at_most"], &judged["swaps"]), (&json!(0), &json!([])), "{more}");
        for member in ["objective", "newly_reached", "cost", "guarantee", "types", "hubs", "specialties"] {
            assert_eq!(judged["plan"][member], plan[member], "{member} {more}");
        }
        let least: u64 =
            judged["adding_least"].as_array().unwrap().iter().map(|site| site["cost"].as_u64().unwrap()).sum();
        assert_eq!(plan["cost"], least, "{more}");
    }
}

#[test]
fn a_listed_site_without_a_hub_is_named() {
    let folder = with_columns("[hub]\nkind = [\"msp\"]\nwithin = \"9min\"\n", &[]);
    let output = maillage(folder.path(), "assess th_01904,eh_2A901 --scenario maillage.toml");
    assert_eq!(exit(&output), 2, "{}", said(&output));
    assert!(said(&output).contains("\"eh_2A901\" of the list has no hub near enough"), "{}", said(&output));
}
