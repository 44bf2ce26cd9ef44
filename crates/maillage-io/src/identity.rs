//! Identifiers of communes and sites: texts, each once, and INSEE codes as INSEE writes them.

use std::collections::HashMap;

use crate::catalogue::{
    ARRONDISSEMENTS, CODE_LOST_ZERO, CODE_LOWER_CASE, CODE_OLD_CORSICAN, CODE_UNKNOWN, CSV_EXCEL, CSV_TOTAL_LINE,
    ID_BLANKS, ID_KIND, ID_LOSES_DIGITS, ID_MISSING, ID_MIXED, ID_TWICE,
};
use crate::encoding::list;
use crate::json_error::Kind;
use crate::layer::{Record, Value};
use crate::reading::Reading;
use crate::value::{spreadsheet_mark, written};
use crate::{Finding, Language};

/// Reads the identifier of each record, and reports those that are missing, damaged or repeated.
///
/// Refused identifiers come back empty. With `insee`, a column that mostly holds INSEE codes must hold nothing else.
pub(crate) fn read_identifiers(
    reading: &mut Reading<'_>,
    records: &[Record<'_>],
    field: &str,
    insee: bool,
) -> Vec<String> {
    let mut ids: Vec<String> = records
        .iter()
        .map(|record| match identifier(record) {
            Ok(id) => id,
            Err(finding) => {
                reading.refuse(record, 0, field, *finding);
                String::new()
            }
        })
        .collect();
    report_mixed(reading, records, field);
    if insee {
        check_insee(reading, records, &mut ids, field);
    }
    report_twice(reading, records, &ids, field);
    ids
}

fn identifier(record: &Record<'_>) -> Result<String, Box<Finding>> {
    match written_identifier(record) {
        Value::Absent | Value::Null => Err(Box::new(Finding::new(&ID_MISSING))),
        Value::Other(kind) => Err(Box::new(Finding::new(&ID_KIND).with("found", kind.words()))),
        Value::Number(text) => number_identifier(text),
        Value::Text(text) | Value::Field(text) => text_identifier(text),
    }
}

/// Returns what stands in the column of the identifier, or else in the feature's own member "id".
fn written_identifier<'a, 'b>(record: &'b Record<'a>) -> &'b Value<'a> {
    match (record.value(0), &record.id) {
        (Value::Absent, Some(own)) => &own.value,
        (value, _) => value,
    }
}

fn number_identifier(text: &str) -> Result<String, Box<Finding>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let whole = text.contains(['e', 'E']) && text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0);
        return Err(Box::new(if whole {
            Finding::new(&ID_LOSES_DIGITS).with_value(text)
        } else {
            Finding::new(&ID_KIND).with("found", ("a decimal number", "un nombre décimal"))
        }));
    }
    // 2^53 − 1, the largest whole number that every JSON reader keeps.
    if digits.parse::<u64>().is_ok_and(|number| number <= 9_007_199_254_740_991) {
        Ok(text.to_owned())
    } else {
        Err(Box::new(Finding::new(&ID_LOSES_DIGITS).with_value(text)))
    }
}

fn text_identifier(text: &str) -> Result<String, Box<Finding>> {
    let refuse = |english: &str, french: &str| {
        Err(Box::new(Finding::new(&ID_BLANKS).with_value(text).with("found", (english, french))))
    };
    if text.chars().all(char::is_whitespace) {
        return Err(Box::new(Finding::new(&ID_MISSING)));
    }
    if text.starts_with("=\"") {
        return refuse("a spreadsheet formula", "une formule de tableur");
    }
    if text.trim() != text || text.contains(['\u{a0}', '\u{202f}', '\u{2009}']) {
        return refuse("blanks", "des blancs");
    }
    if text.strip_suffix(".0").is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return refuse("decimals", "des décimales");
    }
    Ok(text.to_owned())
}

fn report_mixed(reading: &mut Reading<'_>, records: &[Record<'_>], field: &str) {
    let is_number = |record: &&Record<'_>| matches!(written_identifier(record), Value::Number(_));
    let is_text = |record: &&Record<'_>| matches!(written_identifier(record), Value::Text(_));
    let numbers = records.iter().filter(is_number).count();
    let texts = records.iter().filter(is_text).count();
    if numbers > 0 && texts > 0 {
        let rarer = if numbers <= texts { records.iter().find(is_number) } else { records.iter().find(is_text) };
        if let Some(record) = rarer {
            let finding = Finding::new(&ID_MIXED).with("count", numbers).with("others", texts);
            reading.refuse(record, 0, field, finding);
        }
    }
}

fn report_twice(reading: &mut Reading<'_>, records: &[Record<'_>], ids: &[String], field: &str) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(ids.len());
    let mut shown = 0;
    for (position, (record, id)) in records.iter().zip(ids).enumerate() {
        if id.is_empty() {
            continue;
        }
        let known = *first.entry(id).or_insert(position);
        if known != position
            && let Some(other) = records.get(known)
        {
            // Counting lines costs time: only findings that may be kept need them.
            shown += 1;
            let line = if shown <= 20 { reading.line_and_column(other).0 } else { 0 };
            let place = |language| {
                let name = other.label(1);
                let name = if name.is_empty() { String::new() } else { format!(" ({})", crate::escape::escape(name)) };
                match (language, other.row) {
                    (Language::English, Some(row)) => format!("row {row}{name}"),
                    (Language::French, Some(row)) => format!("la ligne {row}{name}"),
                    (Language::English, None) => format!("feature #{}{name} in line {line}", other.index),
                    (Language::French, None) => format!("l’objet n° {}{name}, ligne {line}", other.index),
                }
            };
            let places = (place(Language::English), place(Language::French));
            let finding = Finding::new(&ID_TWICE).with_value(id).with("other", (places.0.as_str(), places.1.as_str()));
            reading.refuse(record, 0, field, finding);
        }
    }
}

/// Returns whether a text is an INSEE commune code; Corsican letters may be in lower case.
fn is_insee(code: &str) -> bool {
    match code.as_bytes() {
        [first, second, rest @ ..] => {
            first.is_ascii_digit()
                && (second.is_ascii_digit() || (*first == b'2' && matches!(second, b'A' | b'B' | b'a' | b'b')))
                && rest.len() == 3
                && rest.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

fn check_insee(reading: &mut Reading<'_>, records: &[Record<'_>], ids: &mut [String], field: &str) {
    let is_short = |id: &str| id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0');
    let known = ids.iter().filter(|id| is_insee(id)).count();
    let short = ids.iter().filter(|id| is_short(id)).count();
    let named = ["code", "insee", "depcom", "com", "codgeo"].iter().any(|word| field.to_lowercase().contains(word));
    // A column is read as INSEE codes when half of it is, or would be with the zeros that a spreadsheet drops.
    let is_insee_column = known > 0 && 2 * known >= ids.len();
    let has_lost_zeros = named && short == ids.len();
    if !is_insee_column && !has_lost_zeros {
        return;
    }
    let mut lower = Vec::new();
    for (record, id) in records.iter().zip(ids.iter_mut()) {
        if id.is_empty() {
            continue;
        }
        let finding = if is_insee(id) {
            if id.contains(['a', 'b']) {
                lower.push(id.clone());
                id.make_ascii_uppercase();
            }
            if id.starts_with("20") { Some(Finding::new(&CODE_OLD_CORSICAN)) } else { None }
        } else if is_short(id) {
            Some(Finding::new(&CODE_LOST_ZERO))
        } else if is_total(id) {
            Some(Finding::new(&CSV_TOTAL_LINE))
        } else if let Some(found) = spreadsheet_mark(id) {
            Some(Finding::new(&CSV_EXCEL).with("found", found))
        } else {
            Some(Finding::new(&CODE_UNKNOWN))
        };
        if let Some(finding) = finding {
            reading.refuse(record, 0, field, finding.with_value(id));
        }
    }
    if !lower.is_empty() {
        let shown: Vec<&String> = lower.iter().take(3).collect();
        reading.remark(Finding::new(&CODE_LOWER_CASE).with("count", lower.len()).with("examples", list(&shown)));
    }
    check_arrondissements(reading, records, ids, field);
}

fn is_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["total", "totaux", "ensemble", "france", "métropole", "metropole", "somme", "région", "region"];
    words.iter().any(|word| lower.starts_with(word))
}

fn check_arrondissements(reading: &mut Reading<'_>, records: &[Record<'_>], ids: &[String], field: &str) {
    // Paris, Lyon and Marseille with the codes of their municipal arrondissements.
    let cities =
        [("75056", "Paris", 75101..=75120), ("69123", "Lyon", 69381..=69389), ("13055", "Marseille", 13201..=13216)];
    for (code, city, arrondissements) in cities {
        let Some(record) = ids.iter().position(|id| id == code).and_then(|position| records.get(position)) else {
            continue;
        };
        let inside = |id: &&String| id.parse::<u32>().is_ok_and(|number| arrondissements.contains(&number));
        let count = ids.iter().filter(inside).count();
        if count > 0 {
            let finding = Finding::new(&ARRONDISSEMENTS).with_value(code).with("city", city).with("count", count);
            reading.refuse(record, 0, field, finding);
        }
    }
}

/// Folds a code of a joined table the way the communes' codes are folded.
pub(crate) fn fold(code: &str) -> String {
    let code = code.trim();
    if is_insee(code) { code.to_ascii_uppercase() } else { code.to_owned() }
}

/// Returns a code of a joined table as text, empty when there is none.
pub(crate) fn join_code(value: &Value<'_>) -> String {
    match value {
        Value::Other(Kind::Null) | Value::Absent | Value::Null => String::new(),
        value => fold(&written(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insee_codes_have_five_characters_and_corsican_letters() {
        for code in ["57463", "01001", "2A004", "2b033", "97411"] {
            assert!(is_insee(code), "{code}");
        }
        for code in ["1001", "5746", "2C004", "A2004", "574630", "", "2A04", "FRANCE"] {
            assert!(!is_insee(code), "{code}");
        }
    }
}
