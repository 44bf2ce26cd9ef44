//! What `maillage init` shows as comments is accepted once the `#` is taken away, on the demo region.

use std::fs;

use maillage_io::{ScenarioExample, scenario_examples};
use tempfile::TempDir;

use crate::run::{answered, folder, maillage, said};

/// Returns a folder with the files of the demo region, and what `init` writes for them.
fn initial(language: &str) -> (TempDir, String) {
    let is_map = |(name, _): &&(&str, &[u8])| name.ends_with(".geojson");
    let folder = folder(&maillage_fixtures::demo().iter().filter(is_map).copied().collect::<Vec<_>>());
    let files = "--communes communes.geojson --candidates candidates.geojson --existing existing.geojson";
    answered(&maillage(folder.path(), &format!("init {files} --sites 25 --within 10min --lang {language}")));
    // One cell of a grid, for the example that names a grid.
    fs::write(folder.path().join("grid.csv"), "id,x,y,pop,commune\na,4100000,2800000,12,01603\n").unwrap();
    let text = fs::read_to_string(folder.path().join("maillage.toml")).unwrap();
    (folder, text)
}

fn commented(example: &ScenarioExample) -> String {
    format!("# {}\n", example.lines.replace('\n', "\n# "))
}

/// Takes away the `#` of an example and of those it needs, with names that the demo region has.
fn uncommented(text: &str, example: &ScenarioExample) -> String {
    let (keys, tables) = scenario_examples();
    let needed = |other: &&ScenarioExample| example.needs.iter().any(|start| other.lines.starts_with(start));
    let mut text = text.to_owned();
    for example in keys.iter().chain(tables).filter(needed).chain([example]) {
        assert!(text.contains(&commented(example)), "{example:?}");
        text = text.replacen(&commented(example), &format!("{}\n", example.lines), 1);
    }
    let here = [("site-1", "th_01604"), ("site-2", "th_01605"), ("\"outside\"", "\"neighbour\"")];
    here.into_iter().fold(text, |text, (shown, here)| text.replace(shown, here))
}

#[test]
fn each_example_is_accepted_without_its_mark() {
    let (folder, text) = initial("en");
    let (keys, tables) = scenario_examples();
    let mut refused = Vec::new();
    for example in keys.iter().chain(tables) {
        fs::write(folder.path().join("tried.toml"), uncommented(&text, example)).unwrap();
        let output = maillage(folder.path(), "check --scenario tried.toml --quiet");
        let said = said(&output);
        // The demo region upgrades nothing: the column is not there, and that is what is said.
        let is_absent = example.lines.starts_with("upgrades-field") && said.contains("key \"upgrades-field\": ");
        if !output.status.success() && !is_absent {
            refused.push(format!("{}\n{said}\n", example.lines));
        }
    }
    assert!(refused.is_empty(), "{}", refused.concat());
    assert!(keys.len() + tables.len() > 25, "{} {}", keys.len(), tables.len());
}

#[test]
fn both_languages_show_the_same_examples() {
    let (_folder, english) = initial("en");
    let (_folder, french) = initial("fr");
    let (keys, tables) = scenario_examples();
    for example in keys.iter().chain(tables) {
        assert!(english.contains(&format!("# {}\n{}", example.english, commented(example))), "{example:?}");
        assert!(french.contains(&format!("# {}\n{}", example.french, commented(example))), "{example:?}");
    }
    let keys_of =
        |text: &str| text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(keys_of(&english), keys_of(&french));
}

#[test]
fn every_key_of_the_scenario_is_shown_or_told() {
    let (_folder, text) = initial("en");
    // Files, columns with usual names, and how to stop: formats.md tells of them.
    let elsewhere = [
        "layer",
        "candidates-layer",
        "existing-layer",
        "out",
        "out-crs",
        "csv-style",
        "qml",
        "split",
        "certificate",
        "join",
        "times-place-field",
        "times-site-field",
        "times-field",
        "times-unit",
        "times-direction",
        "times-missing",
        "times-origins",
        "times-destinations",
        "use-field",
        "origin-crs",
        "site-origin",
        "site-crs",
        "missing-access",
        "exactly",
        "need-field",
        "effort",
        "gap",
        "time-limit",
        "strict",
        "sources",
    ];
    let keys = maillage_io::ScenarioFile::keys();
    let shown = |key: &&String| elsewhere.contains(&key.as_str()) || text.contains(key.as_str());
    let missing: Vec<&String> = keys.iter().filter(|key| !shown(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
