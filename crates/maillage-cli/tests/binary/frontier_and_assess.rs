//! What people and scripts rely on in `maillage frontier` and `maillage assess`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{answer, answered, maillage, said, tiny};

fn json(folder: &Path, arguments: &str) -> Value {
    answer(&maillage(folder, &format!("{arguments} --json --quiet")))
}

/// The values of one member over all points.
fn column(curve: &Value, member: &str) -> Vec<Option<u64>> {
    curve["points"].as_array().unwrap().iter().map(|point| point[member].as_u64()).collect()
}

fn some(values: &[u64]) -> Vec<Option<u64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn a_curve_over_sites_agrees_with_plans() {
    let folder = tiny();
    let curve = json(folder.path(), "frontier --scenario maillage.toml --sites 0..4");
    assert_eq!(column(&curve, "limit"), some(&[0, 1, 2, 3, 4]));
    assert_eq!(column(&curve, "value"), some(&[0, 1_400, 2_150, 2_150, 2_150]));
    assert_eq!(column(&curve, "bound"), column(&curve, "value"));
    assert_eq!(column(&curve, "cost"), some(&[0, 20_000, 50_000, 50_000, 50_000]));
    assert_eq!(curve["points"][0]["next_value"], 1_400.0);
    assert_eq!(curve["points"][4]["next_value"], Value::Null);
    assert_eq!(curve["points"][1]["share_after"], 0.8125);
    assert_eq!((&curve["over"], &curve["request"]["sites"]), (&"sites".into(), &"0..4:1".into()));
    for sites in 1..4 {
        let plan = json(folder.path(), &format!("plan --scenario maillage.toml --sites {sites}"));
        let point = &curve["points"][sites];
        assert_eq!(plan["objective"]["value"], point["value"], "{sites}");
        for member in ["newly_reached", "reached_after", "sites_new", "cost", "guarantee", "gap"] {
            assert_eq!(plan[member], point[member], "{sites} {member}");
        }
    }
}

#[test]
fn a_curve_over_euros_keeps_the_number_of_sites_and_the_other_way_round() {
    let folder = tiny();
    let curve = json(folder.path(), "frontier --scenario maillage.toml --budget 0..60000:20000");
    assert_eq!(column(&curve, "value"), some(&[0, 1_400, 1_400, 2_150]));
    assert_eq!(curve["points"][0]["next_value"], 700.0);
    let one = json(folder.path(), "frontier --scenario maillage.toml --budget 0..60000:20000 --sites 1");
    assert_eq!(column(&one, "value"), some(&[0, 1_400, 1_400, 1_400]));
    let poor = json(folder.path(), "frontier --scenario maillage.toml --sites 0..3 --budget 40000");
    assert_eq!(column(&poor, "value"), some(&[0, 1_400, 1_400, 1_400]));
    let required = "frontier --scenario maillage.toml --sites 3 --budget 0..90000:30000 --require ho_2A902";
    let required = json(folder.path(), required);
    assert_eq!(column(&required, "value")[..2], [None, None], "the required one costs 60,000 euros");
    assert_eq!((&required["points"][0]["feasible"], &required["points"][2]["feasible"]), (&false.into(), &true.into()));
    assert_eq!(required["points"][0]["bound"], Value::Null);
}

#[test]
fn a_curve_is_written_as_a_table_of_the_same_figures() {
    let folder = tiny();
    let flags = "frontier --scenario maillage.toml --sites 0..4:2 --out frontier.csv --out frontier.json --quiet";
    answered(&maillage(folder.path(), flags));
    let table = fs::read_to_string(folder.path().join("frontier.csv")).unwrap();
    let expected = "sites,value,bound,gap,guarantee,newly_reached,reached_after,share_after,sites_new,cost,next_value,\
                    next_price\n0,0,0,0,optimal,0,1850,0.4625,0,0,1075,";
    assert!(table.starts_with(expected), "{table}");
    assert_eq!(table.lines().count(), 4);
    let curve: Value = serde_json::from_slice(&fs::read(folder.path().join("frontier.json")).unwrap()).unwrap();
    assert_eq!(column(&curve, "value"), some(&[0, 2_150, 2_150]));
    assert!(curve.get("seconds").is_none());
    let again = maillage(folder.path(), flags);
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten: {}", said(&again));
}

#[test]
fn wrong_ranges_end_with_2_and_say_what_to_write() {
    let folder = tiny();
    for (flags, words) in [
        ("", "--sites 0..200"),
        ("--sites 5", "--sites 0..200"),
        ("--sites 5..2", "smaller end first"),
        ("--sites 0..x", "0..200:10"),
        ("--sites 0..5:0", "leads nowhere"),
        ("--sites -1..5", "-1"),
        ("--sites 0..4000000000", "larger step"),
        ("--budget 0..60000", "0..6000000:100000"),
        ("--budget 0..1.5:1", "whole euros"),
        ("--sites 0..2 --budget 0..9:1", "one number"),
        ("--sites 0..2 --exactly", "--exactly"),
        ("--sites 0..2 --out frontier.geojson", ".csv, .json, .svg or .png"),
        ("--sites 0..2 --split", "--split"),
    ] {
        let output = maillage(folder.path(), &format!("frontier --scenario maillage.toml {flags}"));
        assert_eq!(output.status.code(), Some(2), "{flags}: {}", said(&output));
        assert!(said(&output).contains(words), "{flags}: {}", said(&output));
    }
}

#[test]
fn a_curve_and_a_judgement_can_be_read_aloud_in_both_languages() {
    let folder = tiny();
    let curve = "frontier --scenario maillage.toml --sites 0..4 --lang";
    let english = answered(&maillage(folder.path(), &format!("{curve} en")));
    assert!(english.contains("All 5 points are proved"), "{english}");
    let french = answered(&maillage(folder.path(), &format!("{curve} fr")));
    assert!(french.contains("Les 5 points sont prouvés"), "{french}");
    let list = "assess th_01904,fs_01901 --scenario maillage.toml --lang";
    let english = answered(&maillage(folder.path(), &format!("{list} en")));
    for words in ["with this list", "under the same rules (at most 2 sites)", "Swaps that gain most", "add least"] {
        assert!(english.contains(words), "{words}\n---\n{english}");
    }
    let french = answered(&maillage(folder.path(), &format!("{list} fr")));
    for words in ["avec cette liste", "selon les mêmes règles (2 sites au plus)", "Échanges", "apportent le moins"] {
        assert!(french.contains(words), "{words}\n---\n{french}");
    }
}

#[test]
fn the_best_plan_is_judged_the_best_and_its_map_is_written() {
    let folder = tiny();
    let path = folder.path();
    answered(&maillage(path, "plan --scenario maillage.toml --out plan.geojson --quiet"));
    let plan: Value = serde_json::from_slice(&fs::read(path.join("plan.geojson")).unwrap()).unwrap();
    let properties = plan["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]);
    let new: Vec<&str> =
        properties.filter(|site| site["state"] == "new").map(|site| site["id"].as_str().unwrap()).collect();
    fs::write(path.join("list.txt"), new.join("\n")).unwrap();
    let told = json(path, "assess list.txt --scenario maillage.toml --out list.geojson");
    assert_eq!((&told["below_best_at_least"], &told["below_best_at_most"]), (&0.into(), &0.into()));
    assert_eq!((&told["plan"]["guarantee"], &told["plan"]["newly_reached"]), (&"optimal".into(), &2_150.into()));
    assert_eq!(told["swaps"], Value::Array(Vec::new()));
    let map: Value = serde_json::from_slice(&fs::read(path.join("list.geojson")).unwrap()).unwrap();
    assert_eq!(map["features"], plan["features"]);
    let longer = json(path, &format!("assess {},{},msp_01905 --scenario maillage.toml", new.join(","), new[0]));
    assert_eq!((&longer["list"]["repeated"], &longer["list"]["already_open"][0]), (&1.into(), &"msp_01905".into()));
    assert_eq!(longer["plan"]["newly_reached"], 2_150);
}

#[test]
fn unknown_identifiers_end_with_3_and_name_the_nearest() {
    let folder = tiny();
    let output = maillage(folder.path(), "assess th_01903,th_01904 --scenario maillage.toml");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("\"th_01903\"") && said(&output).contains("th_01902"), "{}", said(&output));
    let output = maillage(folder.path(), "assess missing.txt --scenario maillage.toml");
    assert_eq!(output.status.code(), Some(7), "{}", said(&output));
    fs::write(folder.path().join("empty.txt"), "# nothing\n").unwrap();
    let output = maillage(folder.path(), "assess empty.txt --scenario maillage.toml");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
}

#[test]
fn points_that_are_no_candidates_are_sites_of_their_own() {
    let folder = tiny();
    let path = folder.path();
    // At the place of the EHPAD of 2A901, and far from everywhere.
    fs::write(path.join("points.csv"), "lon,lat\n4.2012,47.1287\n4.9,47.1\n").unwrap();
    let own = json(path, "assess points.csv --scenario maillage.toml");
    let listed = json(path, "assess eh_2A901 --scenario maillage.toml");
    assert_eq!(own["list"]["own_points"], serde_json::json!(["point-1", "point-2"]));
    assert_eq!(own["plan"]["newly_reached"], listed["plan"]["newly_reached"]);
    assert_eq!((&own["plan"]["cost"], &own["plan"]["sites_new"]), (&0.into(), &2.into()));
    fs::write(path.join("named.csv"), "id,lon,lat,cost\neh_2A901,4.2012,47.1287,5\nmine,4.9,47.1,700\n").unwrap();
    let named = json(path, "assess named.csv --scenario maillage.toml");
    assert_eq!(named["list"]["own_points"], serde_json::json!(["mine"]));
    assert_eq!(named["plan"]["cost"], 30_700);
}

#[test]
fn a_list_that_breaks_a_rule_is_judged_and_that_is_said() {
    let folder = tiny();
    let told = json(folder.path(), "assess th_01904,fs_01901 --scenario maillage.toml --sites 1");
    assert_eq!((&told["plan"]["feasible"], &told["plan"]["guarantee"]), (&false.into(), &"none".into()));
    assert_eq!(told["best"]["value"], 1_400);
}

/// Returns the folder of real data, where it is at hand.
fn real_region() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("MAILLAGE_DATA").map_or(beside, PathBuf::from).join("grand-est");
    data.is_dir().then(|| data.canonicalize().unwrap())
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn the_real_region_has_the_published_points_on_its_curve() {
    let Some(data) = real_region() else {
        eprintln!("skipped: no real data at ../shared/data, nor where MAILLAGE_DATA says");
        return;
    };
    let flags = "--communes communes.geojson --candidates candidates.geojson --existing existing_illustrative.geojson \
                 --access-field apl_mg2018 --origin lon_pop,lat_pop --under 4 --within 10min --speed 50km/h --detour 1.3";
    let curve = json(&data, &format!("frontier --sites 98..101 {flags}"));
    assert_eq!(column(&curve, "value")[2], Some(1_022_592));
    assert_eq!(column(&curve, "bound"), column(&curve, "value"));
    let euros = json(&data, &format!("frontier --budget 3000000..3100000:100000 {flags}"));
    assert_eq!(column(&euros, "value")[0], Some(1_088_318));
    let told = json(&data, &format!("assess town_hall_08001,town_hall_08003,pharmacy_08024 {flags}"));
    let (least, most) = (told["below_best_at_least"].as_u64().unwrap(), told["below_best_at_most"].as_u64().unwrap());
    assert!(0 < least && least <= most);
    assert_eq!(told["swaps"].as_array().unwrap().len(), 3, "each listed site goes once at most");
}

#[test]
fn the_price_of_equity_rises_with_the_floor() {
    let folder = tiny();
    let asked = "frontier --scenario maillage.toml --goal worst-off:code --sites 2";
    let curve = json(folder.path(), asked);
    assert_eq!((&curve["over"], &curve["request"]["goal"]), (&"floor".into(), &"worst-off:code".into()));
    let points = curve["points"].as_array().unwrap();
    assert_eq!(points.len(), 11);
    assert_eq!(points[0]["floor"], Value::Null);
    assert_eq!(points[10]["floor"], curve["highest"]["value"]);

    // Without a floor it is the plan that reaches most; at the highest, the plan of the goal itself.
    let free = json(folder.path(), "plan --scenario maillage.toml --sites 2");
    let fair = json(folder.path(), "plan --scenario maillage.toml --sites 2 --goal worst-off:code");
    assert_eq!(points[0]["value"], free["objective"]["value"]);
    assert_eq!(points[10]["value"], fair["then"]["value"]);
    assert_eq!(curve["highest"]["value"], fair["objective"]["value"]);

    for pair in points.windows(2) {
        let [value, bound, lost] = ["value", "bound", "lost"].map(|member| (&pair[0][member], &pair[1][member]));
        assert!(value.0.as_u64() >= value.1.as_u64() && bound.0.as_u64() >= bound.1.as_u64());
        assert!(lost.0.as_u64() <= lost.1.as_u64());
        assert!(pair[1]["floor"].as_u64() <= pair[1]["worst"].as_u64());
    }

    let written = maillage(folder.path(), &format!("{asked} --out e.csv --out e.json --lang fr"));
    assert_eq!(written.status.code(), Some(0), "{}", said(&written));
    assert!((said(&written) + &String::from_utf8_lossy(&written.stdout)).contains("Le prix de l’équité"));
    let csv = fs::read_to_string(folder.path().join("e.csv")).unwrap();
    assert_eq!(csv.lines().count(), 12);
    assert!(csv.starts_with("floor,worst,value,bound,gap,guarantee,lost,"));
    let kept: Value = serde_json::from_slice(&fs::read(folder.path().join("e.json")).unwrap()).unwrap();
    assert_eq!(kept["points"], curve["points"]);

    let ranged = maillage(folder.path(), "frontier --scenario maillage.toml --goal worst-off:code --sites 0..3");
    assert_eq!(ranged.status.code(), Some(2));
    assert!(said(&ranged).contains("rises over the floor"), "{}", said(&ranged));
}
