//! Times on roads, from the real binary: a made-up map of two villages, a hamlet far off, and an island.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use maillage_fixtures::{OsmMap, osm_block, osm_field, packed_blob};
use serde_json::{Value, json};
use tempfile::TempDir;

const PLAN: &str = "plan --communes communes.geojson --candidates candidates.geojson --access-field apl --under 4 \
                    --within 15min --sites 1 --roads map.osm.pbf --lang en";

fn map() -> OsmMap {
    let mut map = OsmMap::default();
    for (id, east) in [(1, 0.0), (2, 0.04), (3, 0.08), (4, 0.5), (5, 0.51)] {
        map.node(id, [6.0 + east, 48.0], &[]);
    }
    map.way(7, &[1, 2, 3], &[("highway", "tertiary")]);
    map.way(8, &[4, 5], &[("highway", "residential")]);
    map.relation(9, &[("type", "restriction"), ("restriction", "no_u_turn")]);
    map
}

/// A folder with the map, four communes and three candidates.
fn folder(extract: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let point = |east: f64, north: f64| json!({ "type": "Point", "coordinates": [6.0 + east, 48.0 + north] });
    let commune = |code: &str, name: &str, people: u32, east: f64, north: f64| {
        json!({ "type": "Feature", "geometry": point(east, north),
            "properties": { "code": code, "name": name, "dep": "88", "population": people, "apl": 2.5 } })
    };
    let site = |id: &str, east: f64| json!({ "type": "Feature", "geometry": point(east, 0.0), "properties": { "id": id, "cost": 30_000 } });
    let collection = |features: Vec<Value>| json!({ "type": "FeatureCollection", "features": features }).to_string();
    let communes = vec![
        commune("88001", "Bas", 700, 0.0, 0.0),
        commune("88002", "Haut", 500, 0.08, 0.001),
        commune("88003", "Loin", 40, 0.2, 0.3),
        commune("88004", "Îlet", 90, 0.5, 0.0),
    ];
    fs::write(folder.path().join("communes.geojson"), collection(communes)).unwrap();
    let sites = vec![site("mairie", 0.0), site("poste", 0.04), site("phare", 0.505)];
    fs::write(folder.path().join("candidates.geojson"), collection(sites)).unwrap();
    fs::write(folder.path().join("map.osm.pbf"), extract).unwrap();
    folder
}

fn maillage(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.current_dir(folder).args(arguments.split_whitespace()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
fn refused(folder: &Path, arguments: &str, exit: i32, words: &[&str]) {
    let output = maillage(folder, arguments);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(exit), "{arguments}\n{said}");
    for word in words {
        assert!(said.contains(word), "{arguments}: no \"{word}\" in\n{said}");
    }
    assert!(!folder.join("plan.json").exists());
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_plan_on_roads_names_whom_they_leave_out_and_is_verified() {
    let folder = folder(&map().to_packed_pbf(packed));
    let output = maillage(folder.path(), &format!("{PLAN} --out plan.geojson --certificate plan.cert --json"));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert_eq!(answer["newly_reached"], 1200);
    let roads = json!({
        "profile": "car", "snap": 2000, "longest_walk": 112,
        "off_road": { "communes": 1, "people": 40 }, "on_islands": { "communes": 1, "people": 90 },
        "unreached": { "communes": 0, "people": 0 }, "sites_off_road": 1, "turn_restrictions": 1, "cut_ways": 0,
    });
    assert_eq!(answer["roads"], roads);
    assert_eq!(answer["request"]["roads"], "map.osm.pbf");
    assert_eq!(answer["request"]["profile"], "car");
    let last = answer["inputs"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["role"], &last["features"]), (&json!("roads"), &json!(2)));
    let said = said(&output);
    for words in [
        "W365",
        "1 communes with 40 people",
        "Loin (88003)",
        "2,000 m",
        "W366",
        "with 90 people",
        "Îlet (88004)",
        "W368",
        "\"phare\"",
        "W369",
        "1 turn restrictions",
    ] {
        assert!(said.contains(words), "no \"{words}\" in\n{said}");
    }
    let verified = maillage(folder.path(), "verify plan.geojson --lang en");
    assert!(verified.status.success(), "{}", self::said(&verified));
    // A file that was renamed is the same file; one with other roads is not.
    fs::rename(folder.path().join("map.osm.pbf"), folder.path().join("other.osm.pbf")).unwrap();
    let renamed = maillage(folder.path(), "verify plan.geojson --roads other.osm.pbf --lang en");
    assert!(renamed.status.success(), "{}", self::said(&renamed));
    let mut changed = map();
    changed.way(10, &[1, 3], &[("highway", "tertiary")]);
    fs::write(folder.path().join("map.osm.pbf"), changed.to_pbf()).unwrap();
    refused(folder.path(), "verify plan.geojson --lang en", 9, &["map.osm.pbf"]);
}

#[test]
fn every_command_takes_roads_and_any_number_of_threads_writes_the_same() {
    let folder = folder(&map().to_pbf());
    let flags = PLAN.strip_prefix("plan ").unwrap();
    for command in ["check", "diagnose", "frontier --sites 0..2", "assess poste,mairie", "explain"] {
        let output = maillage(
            folder.path(),
            &format!("{command} {flags} --json").replacen(
                "--sites 1",
                "",
                usize::from(command.starts_with("frontier")),
            ),
        );
        let answer: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{command}: {}", said(&output)));
        let roads = [&answer["roads"], &answer["plan"]["roads"]].into_iter().any(|roads| roads["profile"] == "car");
        assert!(roads, "{command}: {answer:#}");
    }
    for threads in [1, 3] {
        let written = format!("{PLAN} --threads {threads} --out plan{threads}.geojson");
        assert!(maillage(folder.path(), &written).status.success());
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("plan1.geojson"), read("plan3.geojson"));
}

#[test]
fn the_scenario_and_a_profile_of_ones_own() {
    let folder = folder(&map().to_pbf());
    let scenario = "communes = \"communes.geojson\"\ncandidates = \"candidates.geojson\"\naccess-field = \"apl\"\n\
                    under = 4\nwithin = \"15min\"\nsites = 1\nroads = \"map.osm.pbf\"\nprofile = \"slow.toml\"\n";
    fs::write(folder.path().join("maillage.toml"), scenario).unwrap();
    let car = maillage_roads::Profile::text_of("car").unwrap();
    fs::write(folder.path().join("slow.toml"), car.replace("tertiary = { rural = 65", "tertiary = { rural = 15"))
        .unwrap();
    let output = maillage(folder.path(), "plan --scenario maillage.toml --out plan.geojson --json --lang en");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    // At 15 km/h one village is too far from whichever site is not its own.
    assert_eq!(answer["newly_reached"], 1200);
    assert_eq!(answer["request"]["profile"], "slow.toml");
    assert_eq!(answer["inputs"].as_array().unwrap().last().unwrap()["role"], "profile");
    assert!(maillage(folder.path(), "verify plan.geojson --lang en").status.success());
    fs::write(folder.path().join("slow.toml"), car.replace("ferry = 15", "ferry = 15\nferries = 3")).unwrap();
    refused(folder.path(), "verify plan.geojson --lang en", 9, &["slow.toml"]);
    let line = car.lines().position(|line| line == "ferry = 15").unwrap() + 2;
    refused(
        folder.path(),
        "plan --scenario maillage.toml --out plan.json --lang en",
        3,
        &["E364", &format!("slow.toml:{line}:"), "ferries"],
    );
    // Flags win over the scenario.
    let by_line = "plan --scenario maillage.toml --speed 50km/h --detour 1.3 --json --lang en";
    let answer: Value = serde_json::from_slice(&maillage(folder.path(), by_line).stdout).unwrap();
    assert!(answer.get("roads").is_none());
}

#[test]
fn roads_exclude_other_times() {
    let folder = folder(&map().to_pbf());
    for (flags, words) in [
        ("--speed 50km/h --detour 1.3", ["--roads", "--speed"]),
        ("--detour 1.3", ["--roads", "--detour"]),
        ("--times times.csv", ["--times", "--roads"]),
        ("--profile tram", ["--profile", "car, foot, bike"]),
    ] {
        refused(folder.path(), &format!("{PLAN} {flags} --out plan.json"), 2, &words);
    }
    let without = PLAN.replace("--roads map.osm.pbf", "--profile foot --speed 50km/h --detour 1.3");
    refused(folder.path(), &without, 2, &["--roads"]);
}

#[test]
fn isochrones_follow_the_roads() {
    let folder = folder(&map().to_pbf());
    let asked =
        format!("{PLAN} --out plan.geojson --out-isochrones areas.geojson --isochrones 3min,6min --json --quiet");
    let run = maillage(folder.path(), &asked);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    let areas: Value = serde_json::from_slice(&fs::read(folder.path().join("areas.geojson")).unwrap()).unwrap();
    assert_eq!(areas["maillage"], json!({"isochrones": "roads", "cell_metres": 100.0, "tolerance_metres": 50.0}));
    let drawn = areas["features"].as_array().unwrap();
    let widths: Vec<f64> = drawn
        .iter()
        .map(|feature| {
            let points = feature["geometry"]["coordinates"][0][0].as_array().unwrap();
            let east = points.iter().map(|point| point[0].as_f64().unwrap());
            east.clone().fold(f64::MIN, f64::max) - east.fold(f64::MAX, f64::min)
        })
        .collect();
    // Along the road from the middle of it, and not over the empty land beside it.
    assert_eq!(drawn.len(), 2, "one site, two times");
    assert!(widths[0] > widths[1] && widths[1] > 0.03, "{widths:?}");
    let again = fs::read(folder.path().join("areas.geojson")).unwrap();
    assert_eq!(maillage(folder.path(), &format!("{asked} --force --threads 1")).status.code(), Some(0));
    assert_eq!(fs::read(folder.path().join("areas.geojson")).unwrap(), again);
}

#[test]
fn files_that_are_no_whole_extract_are_refused_by_name() {
    let whole = map().to_packed_pbf(packed);
    let folder = folder(&whole);
    let write = |bytes: &[u8]| fs::write(folder.path().join("map.osm.pbf"), bytes).unwrap();
    let plan = format!("{PLAN} --out plan.json");
    write(&whole[..whole.len() - 10]);
    refused(folder.path(), &plan, 3, &["E361", "map.osm.pbf", "from byte", "ends inside a block", "again"]);
    let french = plan.replace("--lang en", "--lang fr");
    refused(folder.path(), &french, 3, &["E361", "à partir de l’octet", "télécharger"]);
    write(b"{\"type\": \"FeatureCollection\", \"features\": []}");
    refused(folder.path(), &plan, 3, &["E361", "no OpenStreetMap extract"]);
    write(b"");
    refused(folder.path(), &plan, 3, &["map.osm.pbf"]);
    // A block of 64 MiB of zeros in 64 kB, one that says so and one that does not.
    let features = [osm_field(4, b"OsmSchema-V0.6"), osm_field(4, b"DenseNodes")].concat();
    let header = osm_block("OSMHeader", &osm_field(1, &features));
    let zeros = packed(&vec![0; 64 << 20]);
    for stated in [64 << 20, 1_000] {
        write(&[header.clone(), osm_block("OSMData", &packed_blob(stated, &zeros))].concat());
        refused(folder.path(), &plan, 3, &["E361", "map.osm.pbf", "block"]);
    }
    write(&header);
    refused(folder.path(), &plan, 3, &["E362", "profile \"car\""]);
    write(&map().to_pbf());
    refused(folder.path(), &plan.replace("map.osm.pbf", "none.osm.pbf"), 7, &["E101", "none.osm.pbf"]);
    fs::create_dir(folder.path().join("some.osm.pbf")).unwrap();
    refused(folder.path(), &plan.replace("map.osm.pbf", "some.osm.pbf"), 7, &["E102"]);
    #[cfg(unix)]
    refused(folder.path(), &plan.replace("map.osm.pbf", "/dev/zero"), 3, &["E361", "no OpenStreetMap extract"]);
}

#[test]
fn no_flipped_bit_is_a_bug() {
    let whole = map().to_packed_pbf(packed);
    let folder = folder(&whole);
    for at in (0..whole.len() * 8).step_by(61) {
        let mut flipped = whole.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        fs::write(folder.path().join("map.osm.pbf"), flipped).unwrap();
        let output = maillage(folder.path(), PLAN);
        assert!([0, 3].contains(&output.status.code().unwrap()), "bit {at}: {}", said(&output));
    }
}

#[test]
fn times_of_several_profiles_are_kept_side_by_side() {
    let folder = folder(&map().to_packed_pbf(packed));
    let files = "--communes communes.geojson --candidates candidates.geojson --access-field apl --under 4";
    let kept = format!("reach {files} --within 60min --roads map.osm.pbf --profiles car,foot --out kept.reach --json");
    let output = maillage(folder.path(), &kept);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    let roads = told["inputs"].as_array().unwrap().iter().filter(|input| input["role"] == "roads");
    assert_eq!(roads.count(), 1, "the extract is listed once");
    let reached = |flags: &str| {
        let output = maillage(folder.path(), &format!("plan {files} --sites 1 --json --quiet {flags}"));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        (told["newly_reached"].clone(), told["roads"]["profile"].clone())
    };
    for (profile, within) in [("car", "3min"), ("car", "15min"), ("foot", "45min"), ("foot", "10min")] {
        let by_roads = reached(&format!("--roads map.osm.pbf --profile {profile} --within {within}"));
        let by_kept = reached(&format!("--reach kept.reach --profile {profile} --within {within}"));
        assert_eq!(by_kept, by_roads, "{profile} {within}");
    }
    refused(
        folder.path(),
        &format!("plan {files} --sites 1 --within 9min --reach kept.reach"),
        3,
        &["E374", "car, foot"],
    );
    fs::remove_file(folder.path().join("map.osm.pbf")).unwrap();
    assert_eq!(reached("--reach kept.reach --profile car --within 15min").0, 1200, "the map may be gone");
}
