//! Every case of the catalogue of bad inputs gets what it must get, from the real binary.

#![expect(clippy::expect_used, reason = "a test ends where its own folder fails")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output};

use maillage_fixtures::{BadCase, BadRole, bad_cases, tiny};
use serde_json::Value;

/// Runs `maillage plan` on the tiny region with the case's file and flags, in a folder of its own.
fn run(case: &BadCase, folder: &Path, more: &[&str]) -> Output {
    for (name, bytes) in tiny() {
        std::fs::write(folder.join(name), bytes).expect("the folder can be written");
    }
    if case.role != BadRole::Request {
        std::fs::write(folder.join(case.file), &case.bytes).expect("the folder can be written");
    }
    let mut arguments: Vec<(&str, &str)> = BadCase::usual_arguments().to_vec();
    for (flag, value) in &case.arguments {
        arguments.retain(|(usual, _)| usual != flag);
        arguments.extend(value.map(|value| (*flag, value)));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.current_dir(folder).args(["plan", "--out", "plan.geojson", "--json", "--lang", "en"]).args(more);
    for (flag, value) in arguments {
        // A value that begins with a minus must not be taken for a flag.
        command.arg(if value.is_empty() { flag.to_owned() } else { format!("{flag}={value}") });
    }
    command.output().expect("the binary runs")
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap_or_default())
        })
        .collect()
}

/// Returns what is wrong with the answer to a case, one line for each fault.
fn faults(case: &BadCase) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let output = run(case, folder.path(), &[]);
    let (answer, messages) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut faults = Vec::new();
    let code = output.status.code();
    if code != Some(i32::from(case.exit)) {
        faults.push(format!("exit code {code:?} in place of {}", case.exit));
    }
    let said = format!("{messages}\n{answer}").to_lowercase();
    for words in &case.says {
        if !words.split('|').any(|word| said.contains(&word.to_lowercase())) {
            faults.push(format!("does not say \"{words}\""));
        }
    }
    if messages.chars().any(|letter| letter.is_control() && letter != '\n' || "\u{202e}\u{2066}".contains(letter)) {
        faults.push("writes control characters to the terminal".to_owned());
    }
    if case.exit == 3 && case.role != BadRole::Request {
        let named = messages.lines().any(|line| line.starts_with("error[E") && line.contains(case.file));
        if !named {
            faults.push(format!("has no error that names {}", case.file));
        }
    }
    let there = files(folder.path());
    if case.exit == 0 {
        if !there.contains_key("plan.geojson") {
            faults.push("writes no plan".to_owned());
        }
    } else {
        let before = tempfile::tempdir().expect("a folder for a while");
        for (name, bytes) in tiny() {
            std::fs::write(before.path().join(name), bytes).expect("the folder can be written");
        }
        if case.role != BadRole::Request {
            std::fs::write(before.path().join(case.file), &case.bytes).expect("the folder can be written");
        }
        if files(before.path()) != there {
            faults.push(format!("leaves the folder changed: {:?}", there.keys()));
        }
        faults.extend(faults_as_json(case, folder.path()));
    }
    if !faults.is_empty() {
        faults.push(messages.chars().take(1_200).collect());
    }
    faults
}

/// Returns what is wrong with the same refusal asked for as JSON lines.
fn faults_as_json(case: &BadCase, folder: &Path) -> Vec<String> {
    let output = run(case, folder, &["--errors", "json"]);
    let messages = String::from_utf8_lossy(&output.stderr);
    let mut faults = Vec::new();
    let code = output.status.code();
    if code != Some(i32::from(case.exit)) {
        faults.push(format!("exit code {code:?} in place of {} with --errors json", case.exit));
    }
    // Usage is told in words whatever the format asked for: the flags themselves were not understood.
    if case.exit == 2 {
        return faults;
    }
    let lines: Vec<Option<Value>> = messages.lines().map(|line| serde_json::from_str(line).ok()).collect();
    if lines.iter().any(|line| !line.as_ref().is_some_and(Value::is_object)) {
        faults.push("writes lines that are not JSON objects with --errors json".to_owned());
    }
    let is_error = |line: &Value| line["code"].as_str().is_some_and(|code| code.starts_with('E'));
    if !lines.iter().flatten().any(is_error) {
        faults.push("gives no error code with --errors json".to_owned());
    }
    if !output.stdout.is_empty() {
        faults.push("writes an answer with --errors json though it refuses".to_owned());
    }
    faults
}

#[test]
fn every_bad_input_gets_what_the_catalogue_says() {
    let mut report = String::new();
    let cases = bad_cases();
    let mut wrong = 0;
    for case in &cases {
        let faults = faults(case);
        if !faults.is_empty() {
            wrong += 1;
            let _ = writeln!(report, "\nrow {} ({}):\n  {}", case.row, case.title, faults.join("\n  "));
        }
    }
    assert!(wrong == 0, "{wrong} of {} cases:\n{report}", cases.len());
}

#[test]
fn the_tiny_region_gets_the_plan_its_note_computes_by_hand() {
    let mut two = BadCase {
        row: 0,
        title: "nothing wrong",
        role: BadRole::Request,
        file: "",
        bytes: Vec::new(),
        arguments: vec![("--sites", Some("2"))],
        exit: 0,
        says: Vec::new(),
    };
    for arguments in [
        vec![("--sites", Some("2"))],
        vec![("--sites", None), ("--budget", Some("54999"))],
        vec![("--sites", Some("2")), ("--communes", Some("communes.csv"))],
        vec![("--sites", Some("2")), ("--times", Some("times.csv")), ("--speed", None), ("--detour", None)],
    ] {
        two.arguments = arguments;
        let folder = tempfile::tempdir().expect("a folder for a while");
        let output = run(&two, folder.path(), &[]);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{error}: {:?}: {}", two.arguments, String::from_utf8_lossy(&output.stderr));
        });
        assert_eq!(answer["guarantee"], "optimal", "{:?}", two.arguments);
        assert_eq!(answer["under_served"], 4_000, "{:?}", two.arguments);
        assert_eq!(answer["reached_before"], 1_850, "{:?}", two.arguments);
        assert_eq!(answer["newly_reached"], 2_150, "{:?}", two.arguments);
        assert_eq!(answer["cost"], 50_000, "{:?}", two.arguments);
        assert_eq!(answer["sites_new"], 2, "{:?}", two.arguments);
    }
}
