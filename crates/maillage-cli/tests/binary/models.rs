//! `--write-model` and `--solver`: other solvers get the same problem.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{answer, maillage, tiny};

const INSTANCE: &str = "maillage-index 1\n6 5\n10 20 30 40 5 6\n1 1 1 1 9\n2 0 1\n3 1 2 3\n1 2\n2 3 4\n1 5\nopen 1 4\n";

/// Returns a folder with the tiny region and a bare instance.
fn with_instance() -> TempDir {
    let folder = tiny();
    fs::write(folder.path().join("small.index"), INSTANCE).unwrap();
    folder
}

fn json(folder: &Path, arguments: &str) -> Value {
    answer(&maillage(folder, arguments))
}

#[test]
fn the_model_of_a_plan_names_every_candidate_and_commune() {
    let folder = with_instance();
    json(folder.path(), "plan --scenario maillage.toml --write-model tiny.lp --json");
    let lp = fs::read_to_string(folder.path().join("tiny.lp")).unwrap();
    assert!(lp.contains("Maximize") && lp.contains("_sites_most:") && lp.ends_with("End\n"), "{lp}");
    let names = fs::read_to_string(folder.path().join("tiny.names.csv")).unwrap();
    let variables: Vec<&str> = names.lines().filter_map(|line| line.split(',').nth(2)).skip(1).collect();
    assert!(variables.iter().filter(|name| !name.is_empty()).all(|name| lp.contains(*name)), "{names}");
    let ids = |file: &str, key: &str| -> Vec<String> {
        let text = fs::read(folder.path().join(file)).unwrap();
        let document: Value = serde_json::from_slice(&text).unwrap();
        let features = document.get("features").unwrap().as_array().unwrap().clone();
        let id = |feature: &Value| feature.get("properties").unwrap().get(key).unwrap().as_str().unwrap().to_owned();
        features.iter().map(id).collect()
    };
    for id in ids("candidates.geojson", "id").into_iter().chain(ids("existing.geojson", "id")) {
        assert_eq!(names.matches(&format!("\nsite,{id},")).count(), 1, "{id}: {names}");
    }
}

#[test]
fn a_model_is_checked_before_any_work_and_never_replaces_a_file_unasked() {
    let folder = with_instance();
    for (arguments, words) in [
        ("solve small.index --sites 2 --write-model model.txt", ".mps or .lp"),
        ("solve small.index --sites 2 --write-model missing/model.lp", "does not exist"),
        ("plan --scenario maillage.toml --write-model model", ".mps or .lp"),
    ] {
        let output = maillage(folder.path(), arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(0), "{arguments}");
        assert!(said.contains(words), "{arguments}: {said}");
    }
    fs::write(folder.path().join("model.names.csv"), "mine").unwrap();
    let output = maillage(folder.path(), "solve small.index --sites 2 --write-model model.mps");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(folder.path().join("model.names.csv")).unwrap(), b"mine");
    assert!(!folder.path().join("model.mps").exists());
    json(folder.path(), "solve small.index --sites 2 --write-model model.mps --force --json");
    assert!(fs::read_to_string(folder.path().join("model.mps")).unwrap().ends_with("ENDATA\n"));
}

#[test]
fn every_solver_finds_the_best_choice() {
    let folder = with_instance();
    // Sites 0 and 1 cover demands 0 to 3; site 3 adds only demand 4 to site 1.
    for solver in ["search", "milp"] {
        let answer = json(folder.path(), &format!("solve small.index --sites 2 --solver {solver} --json"));
        assert_eq!(answer.pointer("/objective/value"), Some(&Value::from(100)), "{solver}");
        assert_eq!(answer.get("sites"), Some(&serde_json::json!([0, 1])), "{solver}");
    }
}
