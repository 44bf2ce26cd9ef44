//! Completions and man pages.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;

fn maillage(arguments: &[&str]) -> std::process::Output {
    Command::new(cargo_bin!("maillage")).args(arguments).output().unwrap()
}

#[test]
fn every_shell_gets_a_script_with_commands_and_flags() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let told = maillage(&["completions", shell]);
        let script = String::from_utf8(told.stdout).unwrap();
        assert!(told.status.success() && told.stderr.is_empty(), "{shell}");
        for word in ["frontier", "existing-layer", "csv-style"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(maillage(&["completions", "cmd"]).status.code(), Some(2));
}

#[test]
fn man_pages_stand_one_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    assert!(maillage(&["man", place]).status.success());
    for (page, words) in [
        ("maillage.1", "maillage\\-plan(1)"),
        ("maillage-plan.1", "\\-\\-existing\\-layer"),
        ("maillage-verify.1", "\\-\\-certificate"),
    ] {
        let text = std::fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains(".TH ") && text.contains(words), "{page}: {text}");
    }
    // Nothing is replaced unless that is asked for.
    assert_eq!(maillage(&["man", place]).status.code(), Some(2));
    assert!(maillage(&["man", place, "--force"]).status.success());
    let first = maillage(&["man"]);
    assert_eq!(first.stdout, std::fs::read(folder.path().join("maillage.1")).unwrap());
}
