use std::collections::HashMap;

use crate::catalogue::{COLUMN_MISSING, ID_TWICE, NO_FEATURES};
use crate::columns::closest;
use crate::encoding::decode;
use crate::escape::escape;
use crate::geometry::Allowed;
use crate::layer_reader::read_layer;
use crate::source::Source;
use crate::times_table::IdList;
use crate::value::text;
use crate::{Detail, Finding, Findings, InputFile, Role};

/// Identifiers in the order of their file.
pub(crate) struct OrderedIds {
    pub(crate) source: Source,
    /// Each with the byte where it stands.
    pub(crate) ids: Vec<(String, usize)>,
    pub(crate) file: InputFile,
}

impl OrderedIds {
    /// Reads identifiers: one a line, or the column of a table or a map that is named.
    pub(crate) fn read(list: &IdList, role: Role, flag: &'static str, findings: &mut Findings) -> Option<Self> {
        let source = Source::read_map(&list.file, None, flag, findings)?;
        let errors = findings.error_count();
        let ids = match &list.column {
            Some(column) => of_column(&source, column, flag, findings)?,
            None => of_lines(&source, findings)?,
        };
        if ids.is_empty() {
            source.report(Finding::new(&NO_FEATURES), findings);
        }
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (id, offset) in &ids {
            if let Some(first) = seen.insert(id, *offset) {
                let (line, _) = source.line_and_column(first);
                let other = Detail::Texts(format!("line {line}"), format!("la ligne {line}"));
                source.report(Finding::new(&ID_TWICE).at_byte(*offset).with_value(id).with("other", other), findings);
            }
        }
        let file = source.input_file(role, ids.len() as u64);
        (findings.error_count() == errors).then_some(Self { source, ids, file })
    }
}

fn of_lines(source: &Source, findings: &mut Findings) -> Option<Vec<(String, usize)>> {
    let content = decode(source, findings)?;
    let mut offset = content.start;
    let mut ids = Vec::new();
    for line in content.text.split_inclusive(['\n', '\r']) {
        let id = line.trim();
        if !id.is_empty() && !id.starts_with('#') {
            ids.push((id.to_owned(), offset));
        }
        offset += line.len();
    }
    Some(ids)
}

fn of_column(
    source: &Source,
    column: &str,
    flag: &'static str,
    findings: &mut Findings,
) -> Option<Vec<(String, usize)>> {
    let layer = read_layer(source, &[column], Allowed::PointsAndPolygons, findings)?;
    let has_own = !layer.is_table && column == "id" && layer.records.iter().any(|record| record.id.is_some());
    if !layer.records.is_empty() && !has_own && !layer.has_column(0, column) {
        let finding = Finding::new(&COLUMN_MISSING).with("column", escape(column));
        let finding = finding.with("closest", closest(column, &layer.columns));
        source.report(finding.with("flag", format!("{flag} FILE:COLUMN")), findings);
        return None;
    }
    let mut ids = Vec::with_capacity(layer.records.len());
    for record in &layer.records {
        let own = record.id.as_ref().map(|cell| &cell.value);
        let stated = Some(record.value(0)).filter(|value| **value != crate::layer::Value::Absent).or(own);
        match stated.map(text).transpose() {
            Ok(id) => ids.push((id.flatten().unwrap_or_default(), record.offset)),
            Err(finding) => source.report(finding.at_byte(record.offset).in_field(column), findings),
        }
    }
    Some(ids)
}
