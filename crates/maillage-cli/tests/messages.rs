//! The documentation lists every message with its code, as the program has them.

use std::fmt::Write;
use std::path::Path;

use maillage_io::catalogue;

/// Set this variable to write the page instead of comparing it.
const REGENERATE: &str = "MAILLAGE_REGENERATE_DOCS";

const OPENING: &str = "# Messages

Every problem and remark that reading an input can state. Codes with E are errors and stop the work with the exit code
beside them; codes with W are warnings. Words in braces stand for what was found. How a message is laid out is in
[formats.md](formats.md#messages).

Refusals that concern no single file, such as an impossible request, have the codes E002 to E009: the number is the exit
code. Remarks on the request itself have codes from W900.

This page is made from the program's own catalogue.

| code | exit | what is said | en français | what mends it |
|---|---|---|---|---|
";

fn page() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut page = OPENING.to_owned();
    for entry in catalogue() {
        let exit = if entry.exit_code == 0 { "–".to_owned() } else { entry.exit_code.to_string() };
        let _ = writeln!(
            page,
            "| {} | {exit} | {} | {} | {} |",
            entry.code,
            cell(entry.problem.english),
            cell(entry.problem.french),
            cell(entry.fix.english)
        );
    }
    page
}

#[test]
fn the_page_of_messages_is_what_the_program_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/messages.md");
    if std::env::var_os(REGENERATE).is_some() {
        std::fs::write(&file, page()).expect("the page can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == page(), "docs/messages.md is out of date: run with {REGENERATE}=1");
}

#[test]
fn codes_are_told_apart_and_errors_have_an_exit_code() {
    let mut codes: Vec<&str> = catalogue().iter().map(|entry| entry.code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code stands twice");
    for entry in catalogue() {
        let is_error = entry.code.starts_with('E');
        assert_eq!(is_error, entry.exit_code > 0, "{}", entry.code);
        for texts in [entry.problem, entry.expected, entry.fix] {
            assert!(!texts.english.is_empty() && !texts.french.is_empty(), "{} lacks a text", entry.code);
        }
    }
}
