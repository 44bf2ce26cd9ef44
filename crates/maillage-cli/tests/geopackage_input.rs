//! Communes and sites read from a GeoPackage: the tiny region gives the plan that its GeoJSON gives, and every broken
//! package is refused with its layer, its row and its mend, leaving the folder as it was.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use geojson::{FeatureCollection, GeometryValue, JsonValue};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use tempfile::TempDir;

/// The tables of a GeoPackage, as its standard asks for them.
const TABLES: &str = "
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined', NULL),
        ('Lambert-93', 2154, 'EPSG', 2154, 'undefined', NULL), ('Pseudo-Mercator', 3857, 'EPSG', 3857, 'undefined', NULL);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
        last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
        z TINYINT, m TINYINT);
    PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;";

/// Flags that answer the tiny region's question with the packages in place of its files.
const USUAL: &[&str] = &[
    "plan",
    "--json",
    "--lang",
    "en",
    "--communes",
    "region.gpkg",
    "--layer",
    "commune",
    "--candidates",
    "region.gpkg",
    "--candidates-layer",
    "candidate",
    "--existing",
    "existing.geojson",
    "--access-field",
    "apl",
    "--origin",
    "lon_pop,lat_pop",
    "--under",
    "4",
    "--within",
    "10min",
    "--speed",
    "50km/h",
    "--detour",
    "1.3",
    "--sites",
    "2",
    "--out",
    "plan.geojson",
];

fn maillage(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("maillage")).current_dir(folder).args(arguments).output().unwrap()
}

fn blob(geometry: &GeometryValue) -> Vec<u8> {
    let mut bytes = b"GP\0\x01".to_vec();
    bytes.extend(4326_i32.to_le_bytes());
    let head = |bytes: &mut Vec<u8>, kind: u32| {
        bytes.push(1);
        bytes.extend(kind.to_le_bytes());
    };
    let place = |bytes: &mut Vec<u8>, position: &[f64]| {
        for number in position {
            bytes.extend(number.to_le_bytes());
        }
    };
    match geometry {
        GeometryValue::Point { coordinates } => {
            head(&mut bytes, 1);
            place(&mut bytes, coordinates.as_slice());
        }
        GeometryValue::Polygon { coordinates } => {
            head(&mut bytes, 3);
            bytes.extend(u32::try_from(coordinates.len()).unwrap().to_le_bytes());
            for ring in coordinates {
                bytes.extend(u32::try_from(ring.len()).unwrap().to_le_bytes());
                for position in ring {
                    place(&mut bytes, position.as_slice());
                }
            }
        }
        other => panic!("the tiny region has no {other:?}"),
    }
    bytes
}

/// Adds a file of the tiny region as a layer.
fn add_layer(database: &Connection, name: &str, text: &[u8]) {
    let collection: FeatureCollection = std::str::from_utf8(text).unwrap().parse().unwrap();
    let first = collection.features[0].properties.as_ref().unwrap();
    let columns: Vec<&String> = first.keys().collect();
    let list: Vec<String> = columns.iter().map(|column| format!(", \"{column}\"")).collect();
    database
        .execute_batch(&format!(
            "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY, geom BLOB{});
             INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('{name}', 'features', 4326);
             INSERT INTO gpkg_geometry_columns VALUES ('{name}', 'geom', 'GEOMETRY', 4326, 0, 0);",
            list.concat()
        ))
        .unwrap();
    let marks = vec!["?"; columns.len() + 2].join(", ");
    for (row, feature) in (1_i64..).zip(&collection.features) {
        let geometry = blob(&feature.geometry.as_ref().unwrap().value);
        let cells = columns.iter().map(|column| match feature.property(column.as_str()) {
            Some(JsonValue::String(text)) => Cell::Text(text.clone()),
            Some(JsonValue::Number(number)) => {
                number.as_i64().map_or_else(|| Cell::Real(number.as_f64().unwrap()), Cell::Integer)
            }
            _ => Cell::Null,
        });
        let row = [Cell::Integer(row), Cell::Blob(geometry)].into_iter().chain(cells);
        database.execute(&format!("INSERT INTO \"{name}\" VALUES ({marks})"), params_from_iter(row)).unwrap();
    }
}

/// Returns a folder with the tiny region, as files and as a package that one change is made to.
fn region(change: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in maillage_fixtures::tiny() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let database = Connection::open(folder.path().join("region.gpkg")).unwrap();
    database.execute_batch(&format!("PRAGMA journal_mode = MEMORY; {TABLES}")).unwrap();
    for (layer, file) in [("commune", "communes.geojson"), ("candidate", "candidates.geojson")] {
        let (_, text) = maillage_fixtures::tiny().iter().find(|(name, _)| *name == file).unwrap();
        add_layer(&database, layer, text);
    }
    database.execute_batch(change).unwrap();
    folder
}

/// Returns the usual flags with others in the place of those of the same name; those that end with a dash are left out.
fn flags<'a>(changed: &[&'a str]) -> Vec<&'a str> {
    let mut all: Vec<&str> = USUAL.to_vec();
    for pair in changed.chunks(2) {
        let at = all.iter().position(|flag| *flag == pair[0]).unwrap();
        if pair[1].is_empty() {
            all.drain(at..at + 2);
        } else {
            all[at + 1] = pair[1];
        }
    }
    all
}

fn answer(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn a_package_gives_the_plan_of_the_geojson_and_is_verified() {
    let folder = region("");
    let done = maillage(folder.path(), USUAL);
    let told = answer(&done);
    assert_eq!((&told["guarantee"], &told["newly_reached"]), (&"optimal".into(), &2_150.into()));
    assert_eq!(told["request"]["layer"], "commune");
    assert_eq!(told["inputs"][0]["features"], 12);
    let same = [&USUAL[..4], &["--communes", "communes.geojson", "--candidates", "candidates.geojson"], &USUAL[12..]];
    let same: Vec<&str> =
        same.concat().into_iter().map(|word| if word == "plan.geojson" { "same.geojson" } else { word }).collect();
    assert_eq!(answer(&maillage(folder.path(), &same))["objective"], told["objective"]);
    let features = |name: &str| -> FeatureCollection {
        std::fs::read_to_string(folder.path().join(name)).unwrap().parse().unwrap()
    };
    assert_eq!(features("plan.geojson").features, features("same.geojson").features);
    let verified = maillage(folder.path(), &["verify", "plan.geojson"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn the_only_layer_needs_no_name_and_a_scenario_may_name_it() {
    let folder = region("DELETE FROM gpkg_contents WHERE table_name = 'candidate'");
    let alone = flags(&["--layer", "", "--candidates", "candidates.geojson", "--candidates-layer", ""]);
    assert_eq!(answer(&maillage(folder.path(), &alone))["newly_reached"], 2_150);
    let folder = region("");
    std::fs::write(
        folder.path().join("named.toml"),
        "communes = \"region.gpkg\"\nlayer = \"commune\"\ncandidates = \"region.gpkg\"\ncandidates-layer = \"candidate\"\n\
         access-field = \"apl\"\nunder = 4\nwithin = \"10min\"\nspeed = \"50km/h\"\ndetour = 1.3\nsites = 1\n",
    )
    .unwrap();
    let checked = maillage(folder.path(), &["check", "--scenario", "named.toml"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let begun = maillage(folder.path(), &["init", "--force", "--communes", "region.gpkg", "--layer", "commune"]);
    assert!(begun.status.success(), "{}", String::from_utf8_lossy(&begun.stderr));
    let text = std::fs::read_to_string(folder.path().join("maillage.toml")).unwrap();
    assert!(text.contains("layer = \"commune\"") && text.contains("population-field = \"population\""), "{text}");
}

#[test]
fn a_plan_in_lambert_93_is_read_again_as_communes_and_as_sites() {
    let folder = region("");
    let lambert = flags(&["--out", "plan.gpkg"]);
    let done = maillage(folder.path(), &[&lambert[..], &["--out-crs", "EPSG:2154"]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // The places people leave from are columns of degrees, which the plan does not repeat: inner points do as well here.
    let again = [
        "plan",
        "--json",
        "--communes",
        "plan.gpkg",
        "--layer",
        "communes",
        "--id-field",
        "id",
        "--access-field",
        "access",
        "--territory-field",
        "territory",
        "--candidates",
        "candidates.geojson",
        "--existing",
        "plan.gpkg",
        "--existing-layer",
        "sites",
        "--under",
        "4",
        "--within",
        "10min",
        "--speed",
        "50km/h",
        "--detour",
        "1.3",
        "--sites",
        "1",
        "--out",
        "again.gpkg",
        "--out-crs",
        "EPSG:2154",
        "--forbid",
        "ph_01902,eh_2A901",
    ];
    let told = maillage(folder.path(), &again);
    let refused = String::from_utf8_lossy(&told.stderr).into_owned();
    // Two of the existing sites are candidates still: each identifier once.
    assert_eq!(told.status.code(), Some(3), "{refused}");
    let only: Vec<&str> =
        again.iter().map(|word| if *word == "candidates.geojson" { "rest.geojson" } else { word }).collect();
    let text = std::fs::read_to_string(folder.path().join("candidates.geojson")).unwrap();
    let rest: Vec<&str> =
        text.lines().filter(|line| !line.contains("ph_01902") && !line.contains("eh_2A901")).collect();
    std::fs::write(folder.path().join("rest.geojson"), rest.join("\n")).unwrap();
    let only: Vec<&str> = only.into_iter().filter(|word| *word != "--forbid" && *word != "ph_01902,eh_2A901").collect();
    let told = answer(&maillage(folder.path(), &only));
    assert_eq!((&told["under_served"], &told["reached_before"]), (&4_000.into(), &4_000.into()));
    // Millimetres survive the way into degrees and back.
    let shapes = |file: &str| -> Vec<Vec<u8>> {
        let database = Connection::open(folder.path().join(file)).unwrap();
        let mut query = database.prepare("SELECT geom FROM communes ORDER BY id").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(shapes("plan.gpkg"), shapes("again.gpkg"));
}

/// A broken package: what is done to it, flags that differ, the code, and words of the message.
type Broken = (&'static str, &'static [&'static str], &'static str, &'static [&'static str]);

const BROKEN: &[Broken] = &[
    ("DROP TABLE gpkg_contents", &[], "E172", &["SQLite"]),
    ("DELETE FROM gpkg_contents", &[], "E173", &["no layer"]),
    ("", &["--layer", ""], "E174", &["\"candidate\", \"commune\"", "--layer NAME"]),
    ("", &["--candidates-layer", ""], "E174", &["--candidates-layer NAME"]),
    ("", &["--layer", "comune"], "E175", &["\"comune\"", "\"commune\""]),
    ("ALTER TABLE commune RENAME TO c; CREATE VIEW commune AS SELECT * FROM c", &[], "E175", &["\"commune\""]),
    ("", &["--communes", "communes.geojson"], "E176", &["\"commune\"", "--layer"]),
    ("UPDATE gpkg_geometry_columns SET srs_id = 3857", &[], "E177", &["EPSG:3857", "Pseudo-Mercator", "ogr2ogr"]),
    ("UPDATE gpkg_geometry_columns SET srs_id = -1", &[], "E177", &["-1"]),
    (
        "UPDATE gpkg_geometry_columns SET srs_id = 2154; UPDATE commune SET geom = CAST(replace(geom, X'E6100000', X'6A080000') AS BLOB)",
        &[],
        "E178",
        &["row 1", "Lambert-93"],
    ),
    ("UPDATE commune SET geom = substr(geom, 1, 11) WHERE fid = 3", &[], "E179", &["row 3", "11 bytes", "01903"]),
    ("UPDATE commune SET geom = X'00' WHERE fid = 3", &[], "E179", &["row 3"]),
    ("UPDATE commune SET geom = CAST(geom || X'00' AS BLOB) WHERE fid = 3", &[], "E179", &["follow its end"]),
    (
        "UPDATE commune SET geom = X'47500001E61000000103000000FFFFFFFF' WHERE fid = 4",
        &[],
        "E179",
        &["4294967295 parts"],
    ),
    ("UPDATE commune SET geom = X'47500001E61000000109000000' WHERE fid = 4", &[], "E147", &["CompoundCurve"]),
    ("UPDATE commune SET geom = NULL WHERE fid = 5", &[], "E137", &["layer \"commune\", row 5 (id \"01905\""]),
    ("UPDATE commune SET geom = 'POINT (4 47)' WHERE fid = 5", &[], "E147", &["a text"]),
    ("UPDATE commune SET geom = X'47500001E61000000103000000' || X'00000000' WHERE fid = 5", &[], "E147", &["a text"]),
    ("UPDATE commune SET geom = X'47500001E6100000010300000000000000' WHERE fid = 5", &[], "E141", &["Polygon"]),
    (
        "UPDATE candidate SET geom = X'47500001E61000000101000000000000000000F87F000000000000F87F' WHERE fid = 2",
        &[],
        "E141",
        &["layer \"candidate\", row 2"],
    ),
    (
        "UPDATE candidate SET geom = X'47500001E61000000101000000000000000000F07F0000000000804740' WHERE fid = 2",
        &[],
        "E142",
        &["inf"],
    ),
    ("UPDATE candidate SET geom = (SELECT geom FROM commune WHERE fid = 1) WHERE fid = 2", &[], "E147", &["a Point"]),
    ("UPDATE commune SET population = '12 430' WHERE fid = 7", &[], "E211", &["row 7", "\"12 430\""]),
    ("UPDATE commune SET population = NULL WHERE fid = 7", &[], "E213", &["row 7"]),
    ("UPDATE commune SET population = -1 WHERE fid = 7", &[], "E212", &["row 7"]),
    ("UPDATE commune SET population = X'0102' WHERE fid = 7", &[], "E223", &["bytes"]),
    ("UPDATE commune SET apl = 9e999 WHERE fid = 7", &[], "E211", &["inf"]),
    ("UPDATE commune SET name = CAST(X'5AE9' AS TEXT) WHERE fid = 7", &[], "E112", &["1252", "row 7"]),
    ("DELETE FROM commune", &[], "E121|E1", &["commune"]),
    ("UPDATE commune SET code = CAST(code AS INTEGER) WHERE code NOT LIKE '2A%'", &[], "E203", &["1901"]),
    ("UPDATE commune SET code = '01901' WHERE fid = 2", &[], "E204", &["row 1 (Arvigny)"]),
    ("ALTER TABLE commune RENAME COLUMN population TO pop_2021", &[], "E201", &["\"pop_2021\"", "--population-field"]),
];

#[test]
fn every_broken_package_is_refused_with_its_place() {
    for (change, changed, code, words) in BROKEN {
        let folder = region(change);
        let before = std::fs::read_dir(folder.path()).unwrap().count();
        let refused = maillage(folder.path(), &flags(changed));
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{change}: {said}");
        assert!(code.split('|').any(|code| said.contains(&format!("error[{code}"))), "{change}: {code}: {said}");
        for word in *words {
            assert!(said.contains(word), "{change}: {word}: {said}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "{change}");
        let json = maillage(folder.path(), &[&flags(changed)[..], &["--errors", "json"]].concat());
        let lines = String::from_utf8_lossy(&json.stderr).into_owned();
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(line["code"].is_string(), "{line}");
        }
    }
}

#[test]
fn a_package_cut_short_or_still_open_elsewhere_is_refused() {
    let folder = region("");
    let package = folder.path().join("region.gpkg");
    let bytes = std::fs::read(&package).unwrap();
    for length in [16, 99, 100, 1_000, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&package, &bytes[..length]).unwrap();
        let refused = maillage(folder.path(), USUAL);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{length}: {said}");
        assert!(said.contains("error[E170] region.gpkg"), "{length}: {said}");
    }
    std::fs::write(&package, &bytes).unwrap();
    std::fs::write(folder.path().join("region.gpkg-wal"), b"changes").unwrap();
    let refused = maillage(folder.path(), USUAL);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("\"region.gpkg-wal\""));
    std::fs::write(folder.path().join("region.gpkg-wal"), b"").unwrap();
    assert!(maillage(folder.path(), USUAL).status.success());
}

#[test]
fn damaged_bytes_never_end_in_a_bug() {
    let folder = region("");
    let package = folder.path().join("region.gpkg");
    let bytes = std::fs::read(&package).unwrap();
    for position in (100..bytes.len()).step_by(bytes.len() / 40) {
        let mut changed = bytes.clone();
        changed[position] ^= 0x55;
        std::fs::write(&package, &changed).unwrap();
        let done = maillage(folder.path(), &[USUAL, &["--force"]].concat());
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!([Some(0), Some(3), Some(4)].contains(&done.status.code()), "{position}: {said}");
    }
}
