//! What is told of what was found.

use maillage_io::{Language, catalogue};

use crate::case::communes_of;
use crate::features::{around, collection, good};

#[test]
fn twenty_findings_of_a_code_are_listed_and_all_counted() {
    let features: Vec<String> = (0..50).map(|row| good(57001 + row).replace("120", "-1")).collect();
    let (communes, findings) = communes_of("a.geojson", collection(&features));
    assert!(communes.is_none());
    assert_eq!((findings.error_count(), findings.iter().count()), (50, 20));
    let indices: Vec<Option<u64>> = findings.iter().map(|finding| finding.feature).collect();
    assert_eq!(indices, (0..20).map(Some).collect::<Vec<_>>());
}

#[test]
fn hostile_names_are_shown_escaped() {
    let hostile = around(&good(57463).replace("Metz", "\\u001b[31m\u{202e}x").replace("120", "-1"));
    let (_, findings) = communes_of("a.geojson", hostile);
    for text in [findings.to_text(Language::English), findings.to_json_lines(Language::French)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn the_catalogue_is_whole_in_both_languages() {
    let mut codes: Vec<&str> = catalogue().iter().map(|entry| entry.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), catalogue().len());
    for entry in catalogue() {
        assert_eq!(entry.exit_code == 0, entry.code.starts_with('W'), "{}", entry.code);
        for texts in [entry.problem, entry.expected, entry.fix] {
            assert!(!texts.english.is_empty() && !texts.french.is_empty(), "{}", entry.code);
            let places = |text: &str| {
                let mut places: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'))
                    .map(|pair| pair.0.to_owned())
                    .collect();
                places.sort();
                places
            };
            assert_eq!(places(texts.english), places(texts.french), "{}", entry.code);
        }
    }
}
