//! Small regions in folders of their own, and runs of the binary there.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Returns a folder with a region.
pub fn folder(region: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in region {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Returns a folder with the tiny region.
pub fn tiny() -> TempDir {
    folder(maillage_fixtures::tiny())
}

/// Returns a folder with the tiny region, each file, by its name, edited.
pub fn tiny_edited(edit: impl Fn(&str, String) -> String) -> TempDir {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let edited = |(name, bytes): &(&'static str, &[u8])| (*name, edit(name, text(bytes)));
    let files: Vec<(&str, String)> = maillage_fixtures::tiny().iter().map(edited).collect();
    folder(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

/// Returns a folder with the tiny region, its scenario followed by more.
pub fn tiny_with(more: &str) -> TempDir {
    tiny_edited(|name, text| if name == "maillage.toml" { text + more } else { text })
}

/// Runs the binary in a folder, in English.
pub fn maillage(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::cargo_bin("maillage").unwrap();
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
    command.args(arguments.split_whitespace()).output().unwrap()
}

pub fn exit(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns what stands on standard output after a run that ended well.
pub fn answered(output: &Output) -> String {
    assert_eq!(exit(output), 0, "{}", said(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns the answer of a run that ended well.
pub fn answer(output: &Output) -> Value {
    serde_json::from_str(&answered(output)).unwrap()
}
