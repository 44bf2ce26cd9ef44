//! The tutorials are what the program says: every command of a page is run, every line it quotes is compared, every
//! figure in its words is found in what was said, and every plan of a question is
//! counted again by `verify`.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

#[path = "tutorial/figures.rs"]
mod figures;
#[path = "tutorial/page.rs"]
mod page;
#[path = "tutorial/quotation.rs"]
mod quotation;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use figures::{comes_from, thousands};
use page::{Part, parts};
use quotation::{renewed, stale};
use tempfile::TempDir;

/// Set this variable to write what is said into the page instead of comparing it; then read the page again.
const REGENERATE: &str = "MAILLAGE_REGENERATE_DOCS";

/// The tutorial, and the questions of a committee in French.
const ENGLISH: &str = "docs/planners.md";
const FRENCH: &str = "docs/planificateurs.md";

/// Held while the page is written.
static WRITING: Mutex<()> = Mutex::new(());

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Returns a folder with the fixtures, as the project's folder has them.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["demo", "questions", "tiny"] {
        let there = folder.path().join("fixtures").join(name);
        fs::create_dir_all(&there).unwrap();
        for entry in fs::read_dir(root().join("fixtures").join(name)).unwrap() {
            let file = entry.unwrap().path();
            fs::copy(&file, there.join(file.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// A shell in which the commands of one page follow each other.
struct Shell {
    folder: TempDir,
    inside: PathBuf,
}

impl Shell {
    fn new() -> Self {
        let folder = folder();
        let inside = folder.path().to_owned();
        Self { folder, inside }
    }

    /// Runs lines; returns whether the last one answered, and what all said.
    fn run(&mut self, lines: &str) -> (bool, Vec<String>) {
        let binary = Path::new(env!("CARGO_BIN_EXE_maillage")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
        let place = self.folder.path().join("place");
        let text = format!("exec 2>&1\n{lines}\nanswered=$?\npwd > '{}'\nexit $answered", place.display());
        let mut command = Command::new("sh");
        command.arg("-c").arg(text).current_dir(&self.inside).env("PATH", path);
        let output = command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").output().unwrap();
        self.inside = fs::read_to_string(place).unwrap().trim().into();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), said.lines().map(str::to_owned).collect())
    }
}

/// Returns a line as it is run here: nothing is installed, and the plan of a question is counted again.
fn in_test(line: &str) -> String {
    match line.strip_prefix("maillage plan --scenario fixtures/questions/") {
        _ if line.starts_with("cargo install") => String::new(),
        Some(scenario) if scenario.starts_with("impossible.toml") => line.to_owned(),
        Some(scenario) => {
            let name = scenario.split_once(".toml").unwrap().0;
            let verify = format!("maillage verify {name}.geojson --scenario fixtures/questions/{name}.toml");
            format!("{line} --out {name}.geojson && {verify}")
        }
        None => line.to_owned(),
    }
}

/// Runs the commands of some sections of a page, and compares what it quotes.
fn follow(name: &str, is_mine: impl Fn(&Part) -> bool) {
    let text = page(name);
    let parts = parts(&text);
    let mut shell = Shell::new();
    let mut said: Vec<String> = Vec::new();
    let mut heard: Vec<(String, Vec<u64>)> = Vec::new();
    let mut stale_lines = Vec::new();
    let mine: Vec<&Part> = parts.iter().filter(|part| is_mine(part)).collect();
    for (number, part) in mine.iter().enumerate() {
        if part.is("sh") {
            let commands: Vec<String> = part.lines.iter().map(|line| in_test(line)).collect();
            let answered;
            (answered, said) = shell.run(&commands.join("\n"));
            let quoted = mine[number + 1..].iter().find(|part| part.is("text"));
            let refused = quoted.is_some_and(|part| part.lines.iter().any(|line| line.starts_with("error[")));
            assert_eq!(answered, !refused, "{commands:?}\n{}", said.join("\n"));
            heard.push((part.section.clone(), thousands(&said.join("\n"))));
        } else if part.is("text")
            && let Some(line) = stale(&part.lines, &said)
        {
            if std::env::var_os(REGENERATE).is_some() {
                renew(name, &part.lines, &renewed(&part.lines, &said));
            }
            stale_lines.push(format!("{name}:{}: {line}\n", part.line + 1));
        }
    }
    let all: Vec<u64> = heard.iter().flat_map(|(_, numbers)| numbers).copied().collect();
    for part in parts.iter().filter(|part| part.fence.is_none() && is_mine(part)) {
        let here: Vec<u64> = heard
            .iter()
            .filter(|(section, _)| *section == part.section)
            .flat_map(|(_, numbers)| numbers)
            .copied()
            .collect();
        for number in thousands(&part.lines.join("\n")) {
            let known = all.contains(&number) || comes_from(number, &here);
            if !known {
                stale_lines.push(format!("{name}: in \"{}\", nothing says {number}\n", part.section));
            }
        }
    }
    assert!(stale_lines.is_empty(), "out of date (run with {REGENERATE}=1):\n{}", stale_lines.concat());
}

/// Writes new lines into the page in the place of a block.
fn renew(name: &str, old: &[String], new: &[String]) {
    let guard = WRITING.lock().unwrap();
    let (old, new) = (format!("```text\n{}\n```", old.join("\n")), format!("```text\n{}\n```", new.join("\n")));
    fs::write(root().join(name), page(name).replacen(&old, &new, 1)).unwrap();
    drop(guard);
}

/// Returns the question that a section runs, by the name of its scenario.
fn question_of(section: &str, parts: &[Part]) -> Option<String> {
    let commands = parts.iter().filter(|part| part.section == section && part.is("sh"));
    let lines = commands.flat_map(|part| &part.lines);
    let name = |line: &String| Some(line.split_once("fixtures/questions/")?.1.split_once(".toml")?.0.to_owned());
    // Tables stand in that folder too.
    lines.filter(|line| line.contains(".toml")).filter_map(name).find(|name| !name.contains(' '))
}

#[test]
fn the_first_steps_say_what_the_page_quotes() {
    let parts = parts(&page(ENGLISH));
    follow(ENGLISH, |part| question_of(&part.section, &parts).is_none());
}

#[test]
fn the_questions_of_a_committee_are_answered_in_french() {
    follow(FRENCH, |_| true);
}

#[test]
fn the_questions_of_number_and_place_say_what_the_page_quotes() {
    let (parts, half) = halves();
    follow(ENGLISH, |part| part.line < half && question_of(&part.section, &parts).is_some());
}

#[test]
fn the_other_questions_say_what_the_page_quotes() {
    let (parts, half) = halves();
    follow(ENGLISH, |part| part.line >= half && question_of(&part.section, &parts).is_some());
}

/// Returns the page, and the line of it where its second half of questions begins.
fn halves() -> (Vec<Part>, usize) {
    let parts = parts(&page(ENGLISH));
    let half = parts.iter().find(|part| part.section == "The best for the worst-off").unwrap().line;
    (parts, half)
}

#[test]
fn every_question_stands_on_the_page() {
    let parts = parts(&page(ENGLISH));
    let files = fs::read_dir(root().join("fixtures/questions")).unwrap().map(|entry| entry.unwrap().path());
    let scenarios = files.filter(|file| file.extension().is_some_and(|suffix| suffix == "toml"));
    let names: BTreeSet<String> =
        scenarios.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let sections: BTreeSet<&str> = parts.iter().map(|part| part.section.as_str()).collect();
    let asked: BTreeSet<String> = sections.iter().filter_map(|section| question_of(section, &parts)).collect();
    assert_eq!(names, asked, "each scenario is asked, and each that is asked is there");
}

#[test]
fn the_lines_shown_of_a_scenario_stand_in_it() {
    let parts = parts(&page(ENGLISH));
    let mut shown = 0;
    for part in parts.iter().filter(|part| part.is("toml")) {
        let name = question_of(&part.section, &parts).unwrap();
        let text = fs::read_to_string(root().join(format!("fixtures/questions/{name}.toml"))).unwrap();
        assert!(text.contains(&part.lines.join("\n")), "docs/planners.md:{}: {name}.toml differs", part.line + 1);
        shown += 1;
    }
    assert!(shown > 20, "{shown}");
}
