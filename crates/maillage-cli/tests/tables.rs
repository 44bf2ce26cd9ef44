//! Tables of a plan as spreadsheets open them: the workbook read back cell by cell, and CSV in both styles.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use geojson::FeatureCollection;
use tempfile::TempDir;

/// Names that attack a spreadsheet, and one that a CSV file must quote in both styles.
const NAMES: [&str; 3] = ["=1+1", "@SUM(A1)", "<img src=x onerror=alert(1)>; \"ici\", là"];

fn maillage(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("maillage")).current_dir(folder).args(arguments).output().unwrap()
}

/// Returns a folder with the demo region, some communes and candidates named oddly, and its plan.
fn planned(more: &[&str]) -> TempDir {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/demo");
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&demo).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    for file in ["communes.geojson", "candidates.geojson", "existing.geojson"] {
        let path = folder.path().join(file);
        let mut read: FeatureCollection = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for (feature, name) in read.features.iter_mut().zip(NAMES) {
            feature.set_property("name", name);
        }
        std::fs::write(&path, read.to_string()).unwrap();
    }
    let usual = ["plan", "--scenario", "maillage.toml", "--effort", "quick", "--out", "plan.geojson"];
    let done = maillage(folder.path(), &[&usual[..], more].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

fn sheet(folder: &TempDir, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(folder.path().join("plan.xlsx")).unwrap();
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn features(folder: &TempDir, role: &str) -> Vec<geojson::Feature> {
    let text = std::fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
    let plan: FeatureCollection = text.parse().unwrap();
    plan.features.into_iter().filter(|feature| feature.property("role").unwrap() == role).collect()
}

#[test]
fn the_workbook_holds_what_the_geojson_holds_with_types() {
    let folder = planned(&["--out", "plan.xlsx", "--lang", "en"]);
    let mut book: Xlsx<_> = open_workbook(folder.path().join("plan.xlsx")).unwrap();
    let names = ["Answer", "Sites", "Communes", "Territories", "Density classes", "Thresholds", "Rules", "Sources"];
    assert_eq!(book.sheet_names(), names);
    for (name, role) in [("Sites", "site"), ("Communes", "commune")] {
        let found = sheet(&folder, name);
        let rows: Vec<&[Data]> = found.rows().collect();
        let expected = features(&folder, role);
        assert_eq!(rows.len(), expected.len() + 1, "{name}");
        for (row, feature) in rows[1..].iter().zip(&expected) {
            let fields = feature.properties.as_ref().unwrap().iter().filter(|(field, _)| *field != "role");
            for (cell, (field, value)) in row.iter().zip(fields) {
                let same = match cell {
                    Data::Empty => value.is_null(),
                    Data::String(text) => value.as_str() == Some(text),
                    Data::Float(number) => value.as_f64() == Some(*number),
                    Data::Bool(holds) => value.as_bool() == Some(*holds),
                    _ => false,
                };
                assert!(same, "{name} {field}: {cell:?} for {value}");
            }
        }
    }
    // What begins like a formula is a text, and no sheet has a formula.
    for name in names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name}");
    }
    let communes = sheet(&folder, "Communes");
    for name in NAMES {
        assert!(communes.rows().any(|row| row[1] == Data::String(name.to_owned())), "{name}");
    }
    let territories = sheet(&folder, "Territories");
    let totals = |range: &Range<Data>, column: usize| -> f64 {
        range.rows().skip(1).filter_map(|row| calamine::DataType::as_f64(&row[column])).sum()
    };
    let answer = sheet(&folder, "Answer");
    let figure = |name: &str| {
        answer.rows().find(|row| row[0] == Data::String(name.to_owned())).map(|row| row[1].clone()).unwrap()
    };
    assert_eq!(figure("Newly in reach"), Data::Float(totals(&territories, 3)));
    assert_eq!(figure("New sites"), Data::Float(totals(&territories, 5)));
    let densities = sheet(&folder, "Density classes");
    assert_eq!(figure("Newly in reach"), Data::Float(totals(&densities, 3)));
    assert_eq!(figure("New sites"), Data::Float(totals(&densities, 5)));
    let sources = sheet(&folder, "Sources");
    let roles: Vec<String> = sources.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(roles, ["communes", "access figure", "candidates", "existing sites"]);
    // The access figure is a column of the communes: no file of its own.
    let has_hash = |role: &str, hash: &str| hash.len() == if role == "access figure" { 0 } else { 64 };
    assert!(sources.rows().skip(1).all(|row| has_hash(&row[0].to_string(), &row[6].to_string())), "{sources:?}");
}

#[test]
fn the_workbook_speaks_french_and_is_the_same_each_time() {
    let folder = planned(&["--out", "plan.xlsx", "--lang", "fr", "--threads", "1"]);
    let communes = sheet(&folder, "Communes");
    assert_eq!(communes.rows().next().unwrap()[3], Data::String("Habitants".to_owned()));
    let reached: Vec<String> = communes.rows().skip(1).map(|row| row[6].to_string()).collect();
    assert!(reached.iter().all(|word| ["déjà", "nouvellement", "non"].contains(&word.as_str())), "{reached:?}");
    assert!(sheet(&folder, "Classes de densité").rows().count() > 1);
    let again = planned(&["--out", "plan.xlsx", "--lang", "fr", "--threads", "3"]);
    let [one, other] = [&folder, &again].map(|folder| std::fs::read(folder.path().join("plan.xlsx")).unwrap());
    assert!(one == other);
}

/// Returns the rows of a CSV file as a reader of that separator finds them.
fn rows(folder: &TempDir, file: &str, separator: u8) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let mut found = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.trim_end_matches('\n').chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = found.last_mut().unwrap().last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.push(letters.next().unwrap()),
            '"' => quoted = !quoted,
            '\n' if !quoted => found.push(vec![String::new()]),
            letter if !quoted && letter == char::from(separator) => found.last_mut().unwrap().push(String::new()),
            letter => cell.push(letter),
        }
    }
    found
}

#[test]
fn csv_files_hold_the_same_in_both_styles_and_no_formula() {
    let standard = planned(&["--out", "plan.csv"]);
    let french = planned(&["--out", "plan.csv", "--csv-style", "fr"]);
    for (file, role) in [("plan.csv", "site"), ("plan.communes.csv", "commune"), ("plan.territories.csv", "")] {
        let bytes = std::fs::read(french.path().join(file)).unwrap();
        assert!(bytes.starts_with("\u{feff}".as_bytes()), "{file}");
        let (one, other) = (rows(&standard, file, b','), rows(&french, file, b';'));
        assert_eq!(one.len(), other.len(), "{file}");
        let names = one[0].clone();
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one.len(), names.len(), "{one:?}");
            for ((name, one), other) in names.iter().zip(one).zip(other) {
                let is_decimal = ["access", "minutes", "lon", "lat"].contains(&name.as_str());
                let told = if is_decimal { other.replace(',', ".") } else { other.clone() };
                assert_eq!(*one, told, "{file} {name}");
                assert!(is_decimal || !one.starts_with(['=', '+', '-', '@', '\t', '\r']), "{file} {name}: {one}");
            }
        }
        for (row, feature) in one[1..].iter().zip(&features(&standard, role)) {
            let fields = feature.properties.as_ref().unwrap().iter().filter(|(field, _)| *field != "role");
            for ((name, cell), (field, value)) in names.iter().zip(row).zip(fields) {
                let told = match value {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string().trim_end_matches(".0").to_owned(),
                };
                assert_eq!((name, cell.trim_start_matches('\'')), (field, told.as_str()), "{file}");
            }
        }
    }
    let communes = std::fs::read_to_string(standard.path().join("plan.communes.csv")).unwrap();
    assert!(communes.contains(",'=1+1,") && communes.contains(",'@SUM(A1),"), "{}", &communes[..400]);
}

#[test]
fn sites_in_csv_are_read_back_as_existing_sites_in_either_style() {
    for style in ["standard", "fr"] {
        let folder = planned(&["--out", "plan.csv", "--csv-style", style]);
        let mut question = vec!["diagnose", "--scenario", "maillage.toml", "--existing", "plan.csv", "--json"];
        question.extend(["--territory-field", "dep"]);
        let told = maillage(folder.path(), &question);
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let plan = std::fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
        let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        let text = told.to_string();
        assert!(text.contains(&plan["maillage"]["reached_after"].to_string()), "{text}");
    }
}

#[test]
fn a_curve_is_written_in_the_style_asked_for() {
    let folder = planned(&[]);
    let curve = ["frontier", "--scenario", "maillage.toml", "--sites", "0..4:2", "--effort", "quick", "--out", "a.csv"];
    assert!(maillage(folder.path(), &curve).status.success());
    assert!(maillage(folder.path(), &[&curve[..8], &["b.csv", "--csv-style", "fr"]].concat()).status.success());
    let (one, other) = (rows(&folder, "a.csv", b','), rows(&folder, "b.csv", b';'));
    assert_eq!(one.len(), 4);
    let points = |table: &[Vec<String>]| table.iter().flatten().map(|cell| cell.replace(',', ".")).collect::<Vec<_>>();
    assert_eq!(points(&one), points(&other));
    assert!(other.iter().flatten().any(|cell| cell.contains(',')), "{other:?}");
    let refused = maillage(folder.path(), &["plan", "--scenario", "maillage.toml", "--csv-style", "german"]);
    assert_eq!(refused.status.code(), Some(2));
}
