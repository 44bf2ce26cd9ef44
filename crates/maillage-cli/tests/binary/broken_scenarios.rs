//! Broken scenarios, as planners write them: each error names the key, its line and what is right, to people in two
//! languages and to scripts.

mod cases;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{exit, maillage, said, tiny_edited};
use cases::CASES;

/// The mark at the end of the line that is wrong.
const WRONG: &str = "#!";

/// Returns a folder with the tiny region and more columns.
fn tiny() -> TempDir {
    tiny_edited(|name, text| {
        if !name.ends_with(".geojson") {
            return text;
        }
        let mut file: Value = serde_json::from_str(&text).unwrap();
        for feature in file["features"].as_array_mut().unwrap() {
            let more = match name {
                "communes.geojson" => json!({ "over75": 5, "text": "many" }),
                _ => json!({ "slots": 100, "hours": 1.5, "offers": "geriatrics", "half": 1.5 }),
            };
            feature["properties"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }
        file.to_string()
    })
}

/// Returns the scenario of the tiny region with more lines, which take the place of those with the same key.
fn scenario(more: &str) -> String {
    let key = |line: &str| line.split('=').next().unwrap().trim().to_owned();
    let dropped: Vec<String> = more.lines().take_while(|line| !line.starts_with('[')).map(key).collect();
    let base = maillage_fixtures::tiny().iter().find(|(name, _)| *name == "maillage.toml").unwrap().1;
    let base = String::from_utf8(base.to_vec()).unwrap();
    let kept: Vec<&str> = base.lines().filter(|line| !dropped.contains(&key(line))).collect();
    format!("{}\n{more}\n", kept.join("\n"))
}

/// Says what is missing in the errors of a broken scenario.
fn faults(folder: &Path, (more, key, words): (&str, &str, &str)) -> Vec<String> {
    let text = scenario(more);
    fs::write(folder.join("broken.toml"), &text).unwrap();
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    let line = 1 + text.lines().position(|line| line.ends_with(WRONG)).unwrap();
    let place = format!("broken.toml:{line}");
    for language in ["en", "fr"] {
        let output = maillage(folder, &format!("plan --scenario broken.toml --quiet --lang {language}"));
        let said = said(&output);
        expect(matches!(exit(&output), 2..=4 | 7), format!("exit {}", exit(&output)));
        expect(said.contains(&place), format!("{place} in {said}"));
        // A conflict names its rules by their words.
        expect(said.contains(key) || said.contains("  - "), format!("{key} in {said}"));
        let english = [" expected ", " write", "such as", " or ", "it takes", " must ", " needs "];
        // What the system says of a file is in its own language.
        let ours = language == "fr" && exit(&output) != 7;
        let leftover = english.iter().find(|word| ours && said.contains(**word));
        expect(leftover.is_none(), format!("{leftover:?} in {said}"));
        expect(language == "fr" || said.contains(words), format!("\"{words}\" in {said}"));
    }
    let said = said(&maillage(folder, "plan --scenario broken.toml --quiet --errors json"));
    let error =
        said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).find(|one| one["severity"] == "error");
    let error = error.unwrap_or_default();
    let is_finding = !error["scenario"].is_null();
    expect(
        error["key"] == key || error["conflict"].as_array().is_some_and(|all| all.iter().any(|one| one["key"] == key)),
        format!("key {key} in {error}"),
    );
    let stated = if is_finding { error["scenario"] == place.as_str() } else { error["line"] == line };
    let in_conflict = error["conflict"].as_array().is_some_and(|all| all.iter().any(|one| one["line"] == line));
    expect(stated || in_conflict, format!("line {line} in {error}"));
    faults
}

#[test]
fn each_error_names_key_line_and_what_is_right() {
    let folder = tiny();
    let mut found = Vec::new();
    for case in CASES {
        let faults = faults(folder.path(), *case);
        found.extend(faults.into_iter().map(|fault| format!("--- {}\n{fault}\n", case.0)));
    }
    assert!(CASES.len() >= 100, "{}", CASES.len());
    assert!(found.is_empty(), "{}", found.concat());
}

#[test]
fn what_is_missing_is_named_with_the_file() {
    let folder = tiny();
    for key in ["within", "speed", "sites", "communes", "candidates"] {
        let kept = |line: &&str| !line.starts_with(key);
        let text: Vec<String> = scenario("").lines().filter(kept).map(str::to_owned).collect();
        fs::write(folder.path().join("broken.toml"), text.join("\n")).unwrap();
        let said = said(&maillage(folder.path(), "plan --scenario broken.toml --errors json"));
        assert!(said.contains("broken.toml") && said.contains(&format!("--{key}")), "{key}: {said}");
    }
}

#[test]
fn what_a_flag_says_is_not_laid_to_the_file() {
    let folder = tiny();
    fs::write(folder.path().join("broken.toml"), scenario("goal = \"reach\"\nrequire = [\"th_01904\"]")).unwrap();
    let said = said(&maillage(folder.path(), "plan --scenario broken.toml --require th_01999"));
    assert!(said.contains("th_01999") && !said.contains("broken.toml:"), "{said}");
}
