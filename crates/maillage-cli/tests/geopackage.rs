//! What a map program relies on in `plan.gpkg`, read back by plain SQL, by `verify`, and by GDAL where it is installed.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a failed test says where")]

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use geojson::FeatureCollection;
use rusqlite::Connection;
use tempfile::TempDir;

const ODD_NAME: &str = "<img src=x onerror=alert(1)>";
const FORMULA: &str = "=1+1";

fn maillage(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("maillage")).current_dir(folder).args(arguments).output().unwrap()
}

/// Returns a folder with the demo region, two of its communes given names that attack, and its plan in each format.
fn planned(more: &[&str]) -> TempDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/demo");
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&demo).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let communes = folder.path().join("communes.geojson");
    let mut read: FeatureCollection = std::fs::read_to_string(&communes).unwrap().parse().unwrap();
    for (feature, name) in read.features.iter_mut().zip([ODD_NAME, FORMULA]) {
        feature.set_property("name", name);
    }
    std::fs::write(&communes, read.to_string()).unwrap();
    let plan = [
        &["plan", "--scenario", "maillage.toml", "--effort", "quick", "--out", "plan.gpkg", "--out", "plan.geojson"],
        more,
    ];
    let done = maillage(folder.path(), &plan.concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn open(folder: &TempDir) -> Connection {
    Connection::open(folder.path().join("plan.gpkg")).unwrap()
}

fn count(database: &Connection, query: &str) -> i64 {
    database.query_row(query, [], |row| row.get(0)).unwrap()
}

fn number(bytes: &[u8], at: usize) -> f64 {
    f64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

#[test]
fn layers_hold_what_the_geojson_holds() {
    let folder = planned(&[]);
    let database = open(&folder);
    assert_eq!(count(&database, "PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(count(&database, "PRAGMA user_version"), 10_300);
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert!(database.prepare("PRAGMA foreign_key_check").unwrap().query([]).unwrap().next().unwrap().is_none());

    let text = std::fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
    let plan: FeatureCollection = text.parse().unwrap();
    for (role, table) in [("site", "sites"), ("commune", "communes")] {
        let features: Vec<_> = plan.features.iter().filter(|one| one.property("role").unwrap() == role).collect();
        assert_eq!(count(&database, &format!("SELECT count(*) FROM {table}")), i64::try_from(features.len()).unwrap());
        for (fid, feature) in (1_i64..).zip(features) {
            for (field, expected) in feature.properties.as_ref().unwrap().iter().filter(|(field, _)| *field != "role") {
                let query = format!("SELECT \"{field}\" FROM {table} WHERE fid = ?1");
                let found: rusqlite::types::Value = database.query_row(&query, [fid], |row| row.get(0)).unwrap();
                let same = match found {
                    rusqlite::types::Value::Null => expected.is_null(),
                    rusqlite::types::Value::Text(text) => expected.as_str() == Some(&text),
                    rusqlite::types::Value::Real(real) => expected.as_f64() == Some(real),
                    rusqlite::types::Value::Integer(whole) if field == "required" => {
                        expected.as_bool() == Some(whole == 1)
                    }
                    rusqlite::types::Value::Integer(whole) => expected.as_i64() == Some(whole),
                    rusqlite::types::Value::Blob(_) => false,
                };
                assert!(same, "{table} {fid} {field}: {expected}");
            }
        }
    }
    for name in [ODD_NAME, FORMULA] {
        let found = database.query_row("SELECT count(*) FROM communes WHERE name = ?1", [name], |row| row.get(0));
        assert_eq!(found, Ok(1_i64), "{name}");
    }
    let answer: String = database
        .query_row("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = 'urn:maillage:answer:1'", [], |row| {
            row.get(0)
        })
        .unwrap();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer, plan.foreign_members.unwrap()["maillage"]);
    let reached = |words: &str| {
        count(&database, &format!("SELECT ifnull(sum(under_served), 0) FROM communes WHERE reached IN ({words})"))
    };
    let linked = count(&database, "SELECT sum(under_served) FROM links");
    let caught = count(&database, "SELECT sum(under_served) FROM catchments");
    assert_eq!(answer["newly_reached"], reached("'newly'"));
    assert_eq!((linked, caught), (reached("'already', 'newly'"), reached("'already', 'newly'")));
}

#[test]
fn headers_extents_and_indexes_agree() {
    for (crs, code) in [("EPSG:4326", 4326), ("EPSG:2154", 2154)] {
        let folder = planned(&["--out-crs", crs]);
        let database = open(&folder);
        for table in ["sites", "communes", "catchments", "links"] {
            let mut query = database.prepare(&format!("SELECT fid, geom FROM {table} WHERE geom NOT NULL")).unwrap();
            let mut rows = query.query([]).unwrap();
            let mut extent = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
            while let Some(row) = rows.next().unwrap() {
                let (fid, blob): (i64, Vec<u8>) = (row.get(0).unwrap(), row.get(1).unwrap());
                assert_eq!((&blob[..3], i32::from_le_bytes(blob[4..8].try_into().unwrap())), (&b"GP\0"[..], code));
                let bounds = match blob[3] {
                    1 => {
                        let (x, y) = (number(&blob, 13), number(&blob, 21));
                        [x, x, y, y]
                    }
                    3 => [number(&blob, 8), number(&blob, 16), number(&blob, 24), number(&blob, 32)],
                    flags => panic!("flags {flags}"),
                };
                let indexed = database
                    .query_row(
                        &format!("SELECT minx, maxx, miny, maxy FROM rtree_{table}_geom WHERE id = ?1"),
                        [fid],
                        |row| Ok([row.get::<_, f64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
                    )
                    .unwrap();
                // The index keeps 32 bits and rounds outward.
                assert!(indexed[0] <= bounds[0] && indexed[1] >= bounds[1], "{indexed:?} {bounds:?}");
                assert!(indexed[2] <= bounds[2] && indexed[3] >= bounds[3], "{indexed:?} {bounds:?}");
                for side in 0..4 {
                    extent[side] =
                        if side % 2 == 0 { extent[side].min(bounds[side]) } else { extent[side].max(bounds[side]) };
                }
            }
            let query = "SELECT min_x, max_x, min_y, max_y, srs_id FROM gpkg_contents WHERE table_name = ?1";
            let stated: ([f64; 4], i32) = database
                .query_row(query, [table], |row| {
                    Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?], row.get(4)?))
                })
                .unwrap();
            assert_eq!(stated, (extent, code), "{table}");
        }
        let styles = "SELECT count(*) FROM layer_styles WHERE f_table_catalog = '' AND f_table_schema = '' \
                      AND useAsDefault = 1 AND styleQML LIKE '%<renderer-v2 %'";
        assert_eq!(count(&database, styles), 4);
        let described = "SELECT count(*) FROM gpkg_data_columns WHERE table_name = 'sites' AND description <> ''";
        assert_eq!(count(&database, described), 15);
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let [one, other] = [["--threads", "1"], ["--threads", "3"]]
        .map(|more| std::fs::read(planned(&more).path().join("plan.gpkg")).unwrap());
    assert!(one == other);
}

#[test]
fn a_plan_is_verified_and_what_was_changed_is_found() {
    for crs in ["EPSG:4326", "EPSG:2154"] {
        let folder = planned(&["--out-crs", crs]);
        let verified = maillage(folder.path(), &["verify", "plan.gpkg"]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        open(&folder).execute_batch("PRAGMA journal_mode = WAL").unwrap();
        assert!(maillage(folder.path(), &["verify", "plan.gpkg"]).status.success());
        for change in [
            "UPDATE communes SET minutes = minutes + 1 WHERE fid = 7",
            "DELETE FROM catchments WHERE fid = 1",
            "UPDATE territories SET newly_reached = newly_reached + 1 WHERE fid = 2",
        ] {
            let changed = folder.path().join("changed.gpkg");
            std::fs::copy(folder.path().join("plan.gpkg"), &changed).unwrap();
            let database = Connection::open(&changed).unwrap();
            // The triggers that keep the index need functions that map programs bring.
            let drop = "SELECT group_concat('DROP TRIGGER \"' || name || '\";', ' ') FROM sqlite_master WHERE type = 'trigger'";
            let drop: String = database.query_row(drop, [], |row| row.get(0)).unwrap();
            database.execute_batch(&format!("PRAGMA journal_mode = DELETE; {drop} {change}")).unwrap();
            std::mem::drop(database);
            let refused = maillage(folder.path(), &["verify", "changed.gpkg"]);
            let table =
                change.split(' ').find(|word| ["communes", "catchments", "territories"].contains(word)).unwrap();
            let words = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert_eq!(refused.status.code(), Some(9), "{words}");
            assert!(words.contains(table), "{words}");
        }
    }
}

#[test]
fn what_is_no_whole_package_is_refused() {
    let folder = planned(&[]);
    let bytes = std::fs::read(folder.path().join("plan.gpkg")).unwrap();
    for (name, part) in [("short.gpkg", bytes[..bytes.len() / 2].to_vec()), ("mark.gpkg", bytes[..16].to_vec())] {
        std::fs::write(folder.path().join(name), part).unwrap();
        let refused = maillage(folder.path(), &["--lang", "en", "verify", name]);
        assert_eq!(refused.status.code(), Some(3), "{}", String::from_utf8_lossy(&refused.stderr));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("GeoPackage"));
    }
    let wrong =
        maillage(folder.path(), &["plan", "--scenario", "maillage.toml", "--out", "a.gpkg", "--out-crs", "EPSG:3857"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!folder.path().join("a.gpkg").exists());
}

#[test]
fn gdal_reads_every_layer() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        println!("skipped: ogrinfo (gdal-bin) is not installed");
        return;
    }
    let folder = planned(&["--out-crs", "EPSG:2154"]);
    let database = open(&folder);
    for (table, kind) in
        [("sites", "Point"), ("communes", "Multi Polygon"), ("catchments", "Multi Polygon"), ("links", "Line String")]
    {
        let told =
            Command::new("ogrinfo").args(["-so", "-ro", "plan.gpkg", table]).current_dir(&folder).output().unwrap();
        let words = String::from_utf8_lossy(&told.stdout).into_owned();
        assert_eq!(String::from_utf8_lossy(&told.stderr), "");
        let features = count(&database, &format!("SELECT count(*) FROM {table}"));
        assert!(words.contains(&format!("Geometry: {kind}\nFeature Count: {features}\n")), "{words}");
        assert!(words.contains("Lambert-93"), "{words}");
        let valid = format!("SELECT count(*) AS broken FROM {table} WHERE geom NOT NULL AND NOT ST_IsValid(geom)");
        let arguments = ["-q", "-ro", "-dialect", "SQLite", "-sql", &valid, "plan.gpkg"];
        let told = Command::new("ogrinfo").args(arguments).current_dir(&folder).output().unwrap();
        assert!(String::from_utf8_lossy(&told.stdout).contains("broken (Integer) = 0"), "{table}: {told:?}");
    }
}

#[test]
fn a_style_stands_beside_each_file_of_a_split_plan() {
    let folder = planned(&["--split", "--qml", "--lang", "fr"]);
    for (file, words) in [("plan.sites.qml", "Nouveau site"), ("plan.communes.qml", "Nouvellement à portée")] {
        let style = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(style.contains("<renderer-v2 type=\"categorizedSymbol\"") && style.contains(words), "{style}");
        assert!(style.contains("<alias field=\"territory\" name=\"Territoire\"/>"), "{style}");
        assert!(folder.path().join(file.replace("qml", "geojson")).exists());
    }
    let whole = maillage(folder.path(), &["plan", "--scenario", "maillage.toml", "--qml", "--out", "whole.geojson"]);
    assert_eq!(whole.status.code(), Some(2));
}
