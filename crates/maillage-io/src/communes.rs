mod maker;
mod origins;
mod wanted_columns;

use std::path::Path;

use maillage_core::Commune;

use self::maker::Maker;
use self::wanted_columns::WantedColumns;
use crate::catalogue::{COLUMN_MISSING, NO_FEATURES};
use crate::columns::closest;
use crate::geometry::Allowed;
use crate::identity::read_identifiers;
use crate::join::{join, read_join};
use crate::layer::{Layer, NumberStyle};
use crate::layer_reader::read_layer;
use crate::reading::Reading;
use crate::source::Source;
use crate::{CommuneColumns, Finding, Findings, InputFile, Join, Role};

/// Reads communes from GeoJSON, GeoPackage or CSV, with tables joined by code.
///
/// A joined table fills the columns, and the single cells, that the main file leaves empty; where both have a value
/// they must agree. Returns the communes and the files read (the main one first), or nothing when `findings` has new
/// errors.
#[must_use]
pub fn read_communes(
    file: &Path,
    columns: &CommuneColumns,
    joins: &[Join],
    findings: &mut Findings,
) -> Option<(Vec<Commune>, Vec<InputFile>)> {
    let errors = findings.error_count();
    let main = Source::read_map(file, columns.layer.as_deref(), "--layer", findings)?;
    let tables: Vec<Option<Source>> = joins.iter().map(|join| Source::read(&join.file, findings)).collect();
    let tables: Vec<Source> = tables.into_iter().collect::<Option<_>>()?;
    let read = read_sources(&main, columns, &tables, joins, findings)?;
    (findings.error_count() == errors).then_some(read)
}

fn read_sources(
    main: &Source,
    columns: &CommuneColumns,
    tables: &[Source],
    joins: &[Join],
    findings: &mut Findings,
) -> Option<(Vec<Commune>, Vec<InputFile>)> {
    let wanted = WantedColumns::new(columns);
    let names = wanted.names.clone();
    let errors = findings.error_count();
    let mut layer = read_layer(main, &names, Allowed::PointsAndPolygons, findings)?;
    let mut joined = Vec::with_capacity(tables.len());
    for (source, join) in tables.iter().zip(joins) {
        joined.push(read_join(source, &join.key, &names, findings)?);
    }
    let mut files = vec![main.input_file(Role::Communes, layer.records.len() as u64)];
    files.extend(
        tables.iter().zip(&joined).map(|(source, table)| source.input_file(Role::Join, table.records.len() as u64)),
    );

    let mut reading = Reading { sources: std::iter::once(main).chain(tables).collect(), findings };
    if layer.records.is_empty() {
        if reading.findings.error_count() == errors {
            reading.remark(Finding::new(&NO_FEATURES));
        }
        return None;
    }
    let has_own_ids = layer.records.iter().any(|record| record.id.is_some());
    if !has_own_ids && !layer.has_column(0, &columns.id.name) {
        report_missing(&mut reading, &wanted, 0, &layer.columns);
        return None;
    }
    let ids = read_identifiers(&mut reading, &layer.records, &columns.id.name, true);
    for (position, (table, settings)) in joined.iter().zip(joins).enumerate() {
        join(&mut reading, &mut layer, &ids, table, position + 1, &names, &settings.key);
    }
    let styles: Vec<NumberStyle> = std::iter::once(layer.style).chain(joined.iter().map(|table| table.style)).collect();
    let known: Vec<String> =
        layer.columns.iter().chain(joined.iter().flat_map(|table| &table.columns)).cloned().collect();
    if !check_columns(&mut reading, &wanted, &layer, &joined, &known) {
        return None;
    }
    let communes = Maker { wanted: &wanted, styles: &styles, marks: Vec::new(), over: Vec::new() }.make(
        &mut reading,
        &mut layer,
        ids,
    )?;
    Some((communes, files))
}

fn report_missing(reading: &mut Reading<'_>, wanted: &WantedColumns<'_>, column: usize, known: &[String]) {
    let Some(missing) = wanted.columns.get(column) else { return };
    let finding = Finding::new(&COLUMN_MISSING)
        .with("column", crate::escape::escape(&missing.name))
        .with("closest", closest(&missing.name, known))
        .with("flag", wanted.flag(column));
    reading.remark(finding);
}

fn check_columns(
    reading: &mut Reading<'_>,
    wanted: &WantedColumns<'_>,
    layer: &Layer<'_>,
    joined: &[Layer<'_>],
    known: &[String],
) -> bool {
    let mut complete = true;
    for (position, column) in wanted.columns.iter().enumerate().skip(1) {
        let in_table = || joined.iter().any(|table| table.columns.contains(&column.name));
        if column.required && !layer.has_column(position, &column.name) && !in_table() {
            report_missing(reading, wanted, position, known);
            complete = false;
        }
    }
    if layer.is_table && wanted.origin.is_none() {
        let finding = Finding::new(&COLUMN_MISSING)
            .with("column", "longitude, latitude")
            .with("closest", closest("longitude", known))
            .with("flag", "--origin lon,lat");
        reading.remark(finding);
        complete = false;
    }
    complete
}
