//! Tables joined to the communes by their code.
//!
//! A cell of the map counts where it has a value, else the joined table's; where both have one they must agree.

use std::collections::HashMap;

use crate::catalogue::{
    COLUMN_MISSING, ID_MISSING, ID_TWICE, JOIN_COMMUNES_UNMATCHED, JOIN_DISAGREES, JOIN_MATCHES_LITTLE,
    JOIN_ROWS_UNMATCHED,
};
use crate::columns::closest;
use crate::encoding::{decode, list};
use crate::identity::join_code;
use crate::layer::{Layer, NumberStyle, Value};
use crate::reading::Reading;
use crate::source::Source;
use crate::table::read_table;
use crate::value::{decimal, written};
use crate::{Finding, Findings};

/// Reads one table with its key first, then the wanted columns; returns nothing when it cannot be used.
pub(crate) fn read_join<'a>(
    source: &'a Source,
    key: &str,
    wanted: &[&str],
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    let text = decode(source, findings)?;
    let mut columns = vec![key];
    columns.extend(wanted);
    let layer = read_table(source, text, &columns, findings)?;
    if !layer.columns.iter().any(|column| column == key) {
        let finding = Finding::new(&COLUMN_MISSING)
            .with("column", crate::escape::escape(key))
            .with("closest", closest(key, &layer.columns))
            .with("flag", ("--join FILE.csv:KEY", "--join FICHIER.csv:CLÉ"));
        source.report(finding, findings);
        return None;
    }
    Some(layer)
}

/// Puts the columns of a joined table into the communes' records; `number` is its position among the files.
///
/// A column that only the table has comes with the table's own style of numbers, which is returned for each column.
pub(crate) fn join<'a>(
    reading: &mut Reading<'_>,
    communes: &mut Layer<'a>,
    ids: &[String],
    table: &Layer<'a>,
    number: usize,
    names: &[&str],
    key: &str,
) {
    let mut rows: HashMap<String, usize> = HashMap::with_capacity(table.records.len());
    for (position, record) in table.records.iter().enumerate() {
        let code = join_code(record.value(0));
        let place = || record.offset;
        if code.is_empty() {
            reading.remark_in(number, Finding::new(&ID_MISSING).at_byte(place()).in_field(key));
            continue;
        }
        if let Some(first) = rows.insert(code.clone(), position) {
            let line = table.records.get(first).map_or(0, |record| record.index);
            let other = (format!("row #{line}"), format!("la ligne n° {line}"));
            let finding = Finding::new(&ID_TWICE).at_byte(place()).in_field(key).in_feature(record.index);
            reading.remark_in(number, finding.with_value(&code).with("other", (other.0.as_str(), other.1.as_str())));
        }
    }
    let mut used = vec![false; table.records.len()];
    let mut unmatched: Vec<&String> = Vec::new();
    let style = communes.style;
    for (record, id) in communes.records.iter_mut().zip(ids) {
        let Some(position) = rows.get(id).copied() else {
            unmatched.push(id);
            continue;
        };
        if let Some(used) = used.get_mut(position) {
            *used = true;
        }
        let Some(row) = table.records.get(position) else { continue };
        for (column, name) in names.iter().enumerate().skip(1) {
            let theirs = row.value(column + 1);
            if matches!(theirs, Value::Absent | Value::Null) {
                continue;
            }
            let ours = record.value(column);
            if matches!(ours, Value::Absent | Value::Null) {
                if let Some(cell) = record.cells.get_mut(column) {
                    cell.value = theirs.clone();
                    cell.offset = row.offset;
                    cell.source = number;
                }
            } else if !same(ours, style, theirs, table.style) {
                let finding = Finding::new(&JOIN_DISAGREES)
                    .with_value(&written(ours))
                    .with("other", crate::escape::escape(&written(theirs)));
                reading.refuse(record, column, name, finding);
            }
        }
    }
    report_matches(reading, number, key, ids.len(), &unmatched, &rows, &used);
}

/// Returns whether two cells say the same: as numbers, else as texts.
fn same(ours: &Value<'_>, style: NumberStyle, theirs: &Value<'_>, their_style: NumberStyle) -> bool {
    match (decimal(ours, style), decimal(theirs, their_style)) {
        (Ok(Some(a)), Ok(Some(b))) => a.total_cmp(&b).is_eq(),
        _ => written(ours).trim() == written(theirs).trim(),
    }
}

fn report_matches(
    reading: &mut Reading<'_>,
    number: usize,
    key: &str,
    total: usize,
    unmatched: &[&String],
    rows: &HashMap<String, usize>,
    used: &[bool],
) {
    let matched = total - unmatched.len();
    let shown: Vec<&&String> = unmatched.iter().take(10).collect();
    if 2 * matched < total || matched == 0 {
        let finding = Finding::new(&JOIN_MATCHES_LITTLE).with("count", matched).with("total", total);
        reading.remark_in(number, finding.with("column", key).with("examples", list(&shown)));
        return;
    }
    if !unmatched.is_empty() {
        let finding = Finding::new(&JOIN_COMMUNES_UNMATCHED).with("count", unmatched.len());
        reading.remark_in(number, finding.with("examples", list(&shown)));
    }
    let mut left: Vec<(usize, &String)> = rows
        .iter()
        .filter(|(_, position)| used.get(**position) == Some(&false))
        .map(|(code, position)| (*position, code))
        .collect();
    if !left.is_empty() {
        left.sort_unstable();
        let shown: Vec<&String> = left.iter().take(10).map(|(_, code)| *code).collect();
        let finding = Finding::new(&JOIN_ROWS_UNMATCHED).with("count", left.len());
        reading.remark_in(number, finding.with("examples", list(&shown)));
    }
}
