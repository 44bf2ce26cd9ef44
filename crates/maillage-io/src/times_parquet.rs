//! Tables of travel times in Parquet.

use bytes::Bytes;

use crate::catalogue::{ID_MISSING, NO_FEATURES};
use crate::layer::NumberStyle;
use crate::parquet_table::{ParquetTable, ParquetValue, Refusal, with_table};
use crate::source::Source;
use crate::time_cell::TimeCell;
use crate::times_pairs::TimesPairs;
use crate::times_table::{TimesTable, TimesUnit};
use crate::{Finding, Findings};

/// Returns whether a file is in Parquet, or its name says so.
pub(crate) fn is_parquet(source: &Source) -> bool {
    source.bytes.starts_with(b"PAR1")
        || source.bytes.starts_with(b"PARE")
        || (!source.bytes.is_empty() && source.name.to_ascii_lowercase().ends_with(".parquet"))
}

/// Reads a row for each pair; returns how many there are, and their unit.
pub(crate) fn of_parquet(
    source: &mut Source,
    table: &TimesTable,
    pairs: &mut TimesPairs<'_>,
    findings: &mut Findings,
) -> Option<(u64, TimesUnit)> {
    pairs.by_row = true;
    let name = source.name.clone();
    // Findings name rows, not bytes, so the bytes are held once, by the reader.
    let bytes = Bytes::from(std::mem::take(&mut source.bytes));
    let mut problems = Findings::default();
    let read = with_table(bytes, |opened| rows(opened, table, pairs, &name, &mut problems));
    findings.append(problems);
    match read {
        Ok(Some((0, _))) => {
            source.report(Finding::new(&NO_FEATURES), findings);
            None
        }
        Ok(read) => read,
        Err(finding) => {
            source.report(*finding, findings);
            None
        }
    }
}

fn rows(
    opened: &ParquetTable,
    table: &TimesTable,
    pairs: &mut TimesPairs<'_>,
    file: &str,
    problems: &mut Findings,
) -> Result<Option<(u64, TimesUnit)>, Refusal> {
    let columns = match table.places(&opened.columns) {
        Ok(columns) => columns,
        Err(missing) => {
            for finding in missing {
                problems.push(finding.in_file(file));
            }
            return Ok(None);
        }
    };
    let unit = table.unit_of(&opened.columns, columns);
    let field = columns.get(2).and_then(|column| opened.columns.get(*column)).map_or("", String::as_str);
    let cell = TimeCell { field, unit, missing: table.missing };
    opened.each_row(columns, |row, [site, place, time]| {
        if let Err(finding) = of_row(pairs, [id(site), id(place)], time, cell, row) {
            let row = i64::try_from(row).unwrap_or(i64::MAX);
            problems.push(finding.in_row(row).in_file(file));
        }
        // More pairs than there can be come twice: that is enough to know.
        !pairs.is_overfull()
    })?;
    Ok(Some((opened.rows(), unit)))
}

/// Returns an identifier as text; a number with decimals is none.
fn id(value: Option<ParquetValue>) -> String {
    match value {
        Some(ParquetValue::Text(text)) => text.trim().to_owned(),
        Some(ParquetValue::Whole(number)) => number.to_string(),
        Some(ParquetValue::Number(number)) => number.to_string(),
        None => String::new(),
    }
}

fn of_row(
    pairs: &mut TimesPairs<'_>,
    [site, place]: [String; 2],
    time: Option<ParquetValue>,
    cell: TimeCell<'_>,
    row: usize,
) -> Result<(), Box<Finding>> {
    if site.is_empty() || place.is_empty() {
        let field = if site.is_empty() { "site" } else { "place" };
        return Err(Box::new(Finding::new(&ID_MISSING).in_field(field)));
    }
    let read = match time {
        None => cell.none(""),
        Some(ParquetValue::Text(text)) => cell.text(&text, NumberStyle::Point),
        #[expect(clippy::cast_precision_loss, reason = "what is too large for a double is no time")]
        Some(ParquetValue::Whole(number)) => cell.number(number as f64),
        Some(ParquetValue::Number(number)) => cell.number(number),
    };
    let time = read.map_err(|finding| Box::new(finding.named(&site, &place)))?;
    if let (Some(site), Some(place), Some(time)) = (pairs.site(&site, row), pairs.place(&place, row), time) {
        pairs.take(site, place, time, row);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
