//! The rows of a layer of a GeoPackage, as the readers of communes and sites take them.

use std::borrow::Cow;

use rusqlite::types::ValueRef;

use crate::catalogue::GEOMETRY_MISSING;
use crate::crs::Projection;
use crate::encoding::{Characters, not_utf_8};
use crate::feature_table::{FeatureTable, damaged, quoted};
use crate::geometry::{Allowed, Shape, wrong_kind};
use crate::json_error::Kind;
use crate::layer::{Cell, Layer, NumberStyle, Record, Value};
use crate::source::Source;
use crate::well_known_binary::read_blob;
use crate::{Finding, Findings};

/// Reads the rows of a layer with the wanted columns, in the order of their numbers.
///
/// Rows that are refused are reported and left out; `None` when the layer cannot be read to its end.
pub(crate) fn read_geopackage<'a>(
    source: &'a Source,
    table: &FeatureTable,
    wanted: &[&str],
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    let mut characters = Characters::default();
    let mut rows = Rows { table, wanted, allowed, characters: &mut characters, found: Vec::new() };
    let read = rows.read();
    for finding in rows.found {
        source.report(finding, findings);
    }
    characters.report(source, 0, findings);
    match read {
        Ok(records) => {
            let columns = table.columns.clone();
            Some(Layer { records, columns, style: NumberStyle::Point, is_table: false })
        }
        Err(finding) => {
            source.report(*finding, findings);
            None
        }
    }
}

struct Rows<'a, 'b> {
    table: &'a FeatureTable,
    wanted: &'a [&'a str],
    allowed: Allowed,
    characters: &'b mut Characters,
    found: Vec<Finding>,
}

impl Rows<'_, '_> {
    fn read<'r>(&mut self) -> Result<Vec<Record<'r>>, Box<Finding>> {
        let table = self.table;
        let projection = Projection::to(table.crs)
            .map_err(|error| damaged(&rusqlite::Error::ToSqlConversionFailure(Box::new(error))))?;
        // The row's number and geometry first, then the wanted columns that are there.
        let key = table.key.as_deref().map_or_else(|| "rowid".to_owned(), quoted);
        let there: Vec<usize> = (0..self.wanted.len())
            .filter(|position| {
                self.wanted.get(*position).is_some_and(|name| table.columns.iter().any(|known| known == name))
            })
            .collect();
        let mut query = format!("SELECT {key}, {}", quoted(&table.geometry));
        for name in there.iter().filter_map(|position| self.wanted.get(*position)) {
            query.extend([", ", &quoted(name)]);
        }
        query.extend([" FROM ", &quoted(&table.name), " ORDER BY 1"]);
        let mut statement = table.database.prepare(&query).map_err(|error| damaged(&error))?;
        let mut rows = statement.query([]).map_err(|error| damaged(&error))?;
        let mut records = Vec::new();
        let mut index = 0;
        while let Some(row) = rows.next().map_err(|error| damaged(&error))? {
            records.extend(self.record(row, index, &there, &projection).map_err(|error| damaged(&error))?);
            index += 1;
        }
        Ok(records)
    }

    fn record<'r>(
        &mut self,
        row: &rusqlite::Row<'_>,
        index: u64,
        there: &[usize],
        projection: &Projection,
    ) -> rusqlite::Result<Option<Record<'r>>> {
        let number = row.get::<_, i64>(0)?;
        let absent = Cell { value: Value::Absent, offset: 0, source: 0 };
        let cells = vec![absent; self.wanted.len()];
        let mut record = Record { index, row: Some(number), offset: 0, cells, id: None, shape: None };
        let before = self.found.len();
        for (position, column) in (2..).zip(there) {
            match self.value(row.get_ref(position)?) {
                Ok(value) => {
                    if let Some(cell) = record.cells.get_mut(*column) {
                        cell.value = value;
                    }
                }
                Err(finding) => {
                    let name = self.wanted.get(*column).copied().unwrap_or_default();
                    self.found.push(finding.in_field(name));
                }
            }
        }
        match self.shape(row.get_ref(1)?, projection) {
            Ok(shape) => record.shape = Some(shape),
            Err(finding) => self.found.push(finding.in_field("geometry")),
        }
        if self.found.len() == before {
            return Ok(Some(record));
        }
        for finding in self.found.iter_mut().skip(before) {
            *finding = finding.clone().in_row(number).named(record.label(0), record.label(1));
        }
        Ok(None)
    }

    fn value<'r>(&mut self, value: ValueRef<'_>) -> Result<Value<'r>, Box<Finding>> {
        Ok(match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Number(Cow::Owned(number.to_string())),
            ValueRef::Real(number) => Value::Number(Cow::Owned(number.to_string())),
            ValueRef::Text(bytes) => {
                let text =
                    std::str::from_utf8(bytes).map_err(|error| Box::new(not_utf_8(bytes, error.valid_up_to())))?;
                self.characters.look(text);
                Value::Text(Cow::Owned(text.to_owned()))
            }
            ValueRef::Blob(_) => Value::Other(Kind::Bytes),
        })
    }

    fn shape(&self, value: ValueRef<'_>, projection: &Projection) -> Result<Shape, Box<Finding>> {
        match value {
            ValueRef::Blob(blob) => read_blob(blob, self.allowed, (self.table.crs, self.table.system), projection),
            ValueRef::Null => Err(Box::new(Finding::new(&GEOMETRY_MISSING))),
            ValueRef::Text(_) => Err(not_a_geometry(Kind::Text, self.allowed)),
            ValueRef::Integer(_) | ValueRef::Real(_) => Err(not_a_geometry(Kind::Number, self.allowed)),
        }
    }
}

fn not_a_geometry(found: Kind, allowed: Allowed) -> Box<Finding> {
    Box::new(wrong_kind(found.words(), allowed))
}
