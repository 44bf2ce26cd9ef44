use std::path::Path;

use geo::{Geometry, Point};
use maillage_core::{Commune, Position};

use crate::catalogue::{
    ACCESS_MARKS, ACCESS_OVER_20, COLUMN_MISSING, DENSITY_CLASS, GEOMETRY_EMPTY, INNER_POINT, NO_FEATURES,
    NUMBER_NEGATIVE, NUMBER_TOTAL_TOO_LARGE,
};
use crate::columns::closest;
use crate::coordinates::Place;
use crate::encoding::{decode, list};
use crate::geojson::read_geojson;
use crate::geometry::{Allowed, Shape};
use crate::geopackage_reader::read_geopackage;
use crate::identity::read_identifiers;
use crate::join::{join, read_join};
use crate::layer::{Layer, NumberStyle, Record, Value};
use crate::reading::Reading;
use crate::rule_columns::RuleCells;
use crate::shapes::{inner_points, remark_shapes, report_places, to_degrees};
use crate::source::Source;
use crate::table::read_table;
use crate::value::{DECIMAL, DEGREES, Expected, ValueError, WHOLE, decimal, is_no_value_mark, text, whole, written};
use crate::{Column, CommuneColumns, Finding, Findings, InputFile, Join, Role, StatedCrs};

/// The most people, or acts, or weight, that one commune may have.
const MOST: u64 = 1_000_000_000_000;

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

/// The columns wanted, in the order of the cells.
struct Wanted<'a> {
    columns: Vec<&'a Column>,
    access: Option<usize>,
    origin: Option<(usize, usize)>,
    origin_crs: StatedCrs,
    weight: Option<usize>,
    acts: Option<usize>,
    names: Vec<&'a str>,
    rules: RuleCells<'a>,
}

const POPULATION: usize = 2;
const TERRITORY: usize = 3;
const DENSITY: usize = 4;

impl<'a> Wanted<'a> {
    fn new(columns: &'a CommuneColumns) -> Self {
        let mut wanted = vec![&columns.id, &columns.name, &columns.population, &columns.territory, &columns.density];
        let mut add = |column: &'a Column| {
            wanted.push(column);
            wanted.len() - 1
        };
        let access = columns.access.as_ref().map(&mut add);
        let origin = columns.origin.as_ref().map(|(longitude, latitude)| (add(longitude), add(latitude)));
        let weight = columns.weight.as_ref().map(&mut add);
        let acts = columns.acts.as_ref().map(&mut add);
        let mut names = wanted.iter().map(|column| column.name.as_str()).collect();
        let rules = RuleCells::among(&columns.rules, &mut names);
        let origin_crs = columns.origin_crs;
        Self { columns: wanted, access, origin, origin_crs, weight, acts, names, rules }
    }

    /// The flag that names a column.
    fn flag(&self, column: usize) -> &'static str {
        match column {
            0 => "--id-field",
            1 => "--name-field",
            POPULATION => "--population-field",
            TERRITORY => "--territory-field",
            DENSITY => "--density-field",
            _ if Some(column) == self.access => "--access-field",
            _ if Some(column) == self.weight => "--weight field:NAME",
            _ if Some(column) == self.acts => "--use-field",
            _ => "--origin lon,lat",
        }
    }
}

/// Reads the layer of a GeoPackage; a file as GeoJSON where it starts like JSON or says so by its name, else as a table.
pub(crate) fn read_layer<'a>(
    source: &'a Source,
    names: &[&str],
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    if let Some(table) = &source.table {
        return read_geopackage(source, table, names, allowed, findings);
    }
    let text = decode(source, findings)?;
    let lower = source.name.to_ascii_lowercase();
    let is_named_json = [".geojson", ".json", ".geojsonl", ".geojsons"].iter().any(|suffix| lower.contains(suffix));
    let first = text.text.trim_start().chars().next();
    if is_named_json || matches!(first, Some('{' | '[' | '\u{1e}')) {
        read_geojson(source, text, names, allowed, findings)
    } else {
        read_table(source, text, names, findings)
    }
}

fn read_sources(
    main: &Source,
    columns: &CommuneColumns,
    tables: &[Source],
    joins: &[Join],
    findings: &mut Findings,
) -> Option<(Vec<Commune>, Vec<InputFile>)> {
    let wanted = Wanted::new(columns);
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

fn report_missing(reading: &mut Reading<'_>, wanted: &Wanted<'_>, column: usize, known: &[String]) {
    let Some(missing) = wanted.columns.get(column) else { return };
    let finding = Finding::new(&COLUMN_MISSING)
        .with("column", crate::escape::escape(&missing.name))
        .with("closest", closest(&missing.name, known))
        .with("flag", wanted.flag(column));
    reading.remark(finding);
}

fn check_columns(
    reading: &mut Reading<'_>,
    wanted: &Wanted<'_>,
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

/// Makes communes of records.
struct Maker<'a> {
    wanted: &'a Wanted<'a>,
    /// The style of numbers of each file.
    styles: &'a [NumberStyle],
    /// Marks read as "no access figure", with their communes.
    marks: Vec<String>,
    /// Access figures over 20.
    over: Vec<String>,
}

impl Maker<'_> {
    fn make(mut self, reading: &mut Reading<'_>, layer: &mut Layer<'_>, ids: Vec<String>) -> Option<Vec<Commune>> {
        let shapes: Vec<Option<Shape>> = layer.records.iter_mut().map(|record| record.shape.take()).collect();
        let mut places: Vec<Place> = Vec::with_capacity(shapes.len());
        remark_shapes(reading, &layer.records, &shapes, &mut places);
        let sane = report_places(reading, &layer.records, &places, "geometry");
        let origins = self.origins(reading, &layer.records, &shapes, sane)?;

        let mut communes = Vec::with_capacity(layer.records.len());
        let mut people = 0_u64;
        for (((record, shape), id), origin) in layer.records.iter().zip(shapes).zip(ids).zip(origins) {
            let population = self.whole(reading, record, POPULATION);
            let access = self.access(reading, record);
            let density = self.density(reading, record);
            let weight = self.wanted.weight.and_then(|column| self.thousandths(reading, record, column));
            let acts = self.wanted.acts.and_then(|column| self.decimal(reading, record, column));
            let columns = self.wanted.rules.read(reading, record, |column| self.style(record, column));
            let mut label = |column: usize| {
                text(record.value(column)).unwrap_or_else(|finding| {
                    let name = self.wanted.columns.get(column).map_or("", |column| column.name.as_str());
                    reading.refuse(record, column, name, *finding);
                    None
                })
            };
            let name = label(1).unwrap_or_else(|| id.clone());
            let territory = label(TERRITORY).unwrap_or_default();
            let population = population.unwrap_or_default();
            people = people.saturating_add(population);
            let Some(origin) = origin else { continue };
            let geometry = shape.map_or_else(
                || Geometry::Point(Point::new(origin.longitude(), origin.latitude())),
                |shape| shape.geometry,
            );
            communes.push(Commune {
                code: id,
                name,
                territory,
                density,
                population,
                access,
                weight,
                acts,
                origin,
                geometry,
                columns,
            });
        }
        if people > MOST {
            reading.remark(Finding::new(&NUMBER_TOTAL_TOO_LARGE).in_field(self.name(POPULATION)).with("limit", MOST));
        }
        self.remark_access(reading);
        Some(communes)
    }

    fn name(&self, column: usize) -> &str {
        self.wanted.columns.get(column).map_or("", |column| column.name.as_str())
    }

    fn style(&self, record: &Record<'_>, column: usize) -> NumberStyle {
        let source = record.cells.get(column).map_or(0, |cell| cell.source);
        self.styles.get(source).copied().unwrap_or(NumberStyle::Point)
    }

    fn refuse(
        &self,
        reading: &mut Reading<'_>,
        record: &Record<'_>,
        column: usize,
        error: ValueError,
        expected: Expected,
    ) {
        reading.refuse(record, column, self.name(column), error.to_finding(record.value(column), expected));
    }

    fn whole(&self, reading: &mut Reading<'_>, record: &Record<'_>, column: usize) -> Option<u64> {
        let read = whole(record.value(column), self.style(record, column), MOST);
        match read.and_then(|number| number.ok_or(ValueError::Missing)) {
            Ok(number) => Some(number),
            Err(error) => {
                self.refuse(reading, record, column, error, WHOLE);
                None
            }
        }
    }

    /// Reads a number that must not be negative; blanks are `None`.
    fn decimal(&self, reading: &mut Reading<'_>, record: &Record<'_>, column: usize) -> Option<f64> {
        let read = decimal(record.value(column), self.style(record, column));
        match read.and_then(|number| {
            if number.is_some_and(|number| number < 0.0) { Err(ValueError::Negative) } else { Ok(number) }
        }) {
            Ok(number) => number,
            Err(error) => {
                self.refuse(reading, record, column, error, DECIMAL);
                None
            }
        }
    }

    /// Reads a weight in whole thousandths; a missing one is refused.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "checked to lie from 0 to 10^15, where whole f64 are exact"
    )]
    fn thousandths(&self, reading: &mut Reading<'_>, record: &Record<'_>, column: usize) -> Option<u64> {
        if matches!(record.value(column), Value::Absent | Value::Null) {
            self.refuse(reading, record, column, ValueError::Missing, DECIMAL);
            return None;
        }
        let number = self.decimal(reading, record, column)?;
        if number > MOST as f64 {
            self.refuse(reading, record, column, ValueError::TooLarge(MOST), DECIMAL);
            return None;
        }
        Some((number * 1000.0).round() as u64)
    }

    fn access(&mut self, reading: &mut Reading<'_>, record: &Record<'_>) -> Option<f64> {
        let column = self.wanted.access?;
        let value = record.value(column);
        if is_no_value_mark(value) {
            self.marks.push(written(value).into_owned());
            return None;
        }
        match decimal(value, self.style(record, column)) {
            Ok(Some(number)) if number < 0.0 => {
                let finding = Finding::new(&NUMBER_NEGATIVE).with_value(&written(value));
                reading.refuse(record, column, self.name(column), finding.with("expected", DECIMAL.0));
                None
            }
            Ok(number) => {
                if number.is_some_and(|number| number > 20.0) {
                    self.over.push(written(value).into_owned());
                }
                number
            }
            Err(error) => {
                self.refuse(reading, record, column, error, DECIMAL);
                None
            }
        }
    }

    fn remark_access(&self, reading: &mut Reading<'_>) {
        let Some(column) = self.wanted.access else { return };
        if !self.marks.is_empty() {
            let mut seen: Vec<&String> = Vec::new();
            for mark in &self.marks {
                if seen.len() < 3 && !seen.contains(&mark) {
                    seen.push(mark);
                }
            }
            let finding = Finding::new(&ACCESS_MARKS).in_field(self.name(column)).with("count", self.marks.len());
            reading.remark(finding.with("examples", list(&seen)));
        }
        if let Some(first) = self.over.first() {
            let finding = Finding::new(&ACCESS_OVER_20).in_field(self.name(column)).with("count", self.over.len());
            reading.remark(finding.with_value(first));
        }
    }

    fn density(&self, reading: &mut Reading<'_>, record: &Record<'_>) -> Option<u8> {
        let value = record.value(DENSITY);
        match whole(value, self.style(record, DENSITY), 7) {
            Ok(None) => None,
            Ok(Some(class @ 1..=7)) => u8::try_from(class).ok(),
            _ if is_no_value_mark(value) => None,
            _ => {
                reading.refuse(
                    record,
                    DENSITY,
                    self.name(DENSITY),
                    Finding::new(&DENSITY_CLASS).with_value(&written(value)),
                );
                None
            }
        }
    }

    /// Finds the place people leave from; with bad geometries (already reported) there is none.
    fn origins(
        &self,
        reading: &mut Reading<'_>,
        records: &[Record<'_>],
        shapes: &[Option<Shape>],
        sane: bool,
    ) -> Option<Vec<Option<Position>>> {
        if let Some((x, y)) = self.wanted.origin {
            return self.named_origins(reading, records, x, y);
        }
        if !sane {
            return None;
        }
        let points = inner_points(shapes);
        let mut polygons = 0_u64;
        let mut origins = Vec::with_capacity(shapes.len());
        for ((record, shape), point) in records.iter().zip(shapes).zip(points) {
            let is_point = shape.as_ref().is_some_and(|shape| matches!(shape.geometry, Geometry::Point(_)));
            polygons += u64::from(!is_point);
            let position = point.and_then(|point| Position::new(point.x(), point.y()).ok());
            if position.is_none() {
                reading.refuse_record(record, Finding::new(&GEOMETRY_EMPTY).with("kind", "Polygon"));
            }
            origins.push(position);
        }
        if polygons > 0 {
            reading.remark(Finding::new(&INNER_POINT).with("count", polygons));
        }
        Some(origins)
    }

    fn named_origins(
        &self,
        reading: &mut Reading<'_>,
        records: &[Record<'_>],
        x: usize,
        y: usize,
    ) -> Option<Vec<Option<Position>>> {
        let mut numbers = Vec::with_capacity(records.len());
        for record in records {
            let mut read = |column: usize| {
                let number = decimal(record.value(column), self.style(record, column));
                match number.and_then(|number| number.ok_or(ValueError::Missing)) {
                    Ok(number) => Some(number),
                    Err(error) => {
                        self.refuse(reading, record, column, error, DEGREES);
                        None
                    }
                }
            };
            numbers.push(read(x).zip(read(y)));
        }
        let field = format!("{},{}", self.name(x), self.name(y));
        if !to_degrees(reading, records, &mut numbers, self.wanted.origin_crs, &field) {
            return None;
        }
        let is_stated = self.wanted.origin_crs != StatedCrs::Wgs84;
        let places: Vec<Place> = numbers
            .iter()
            .enumerate()
            .filter_map(|(record, point)| point.map(|(x, y)| Place::of_point(record, x, y)))
            // Whole metres are fine as they are.
            .map(|place| Place { coarse: place.coarse && !is_stated, ..place })
            .collect();
        if !report_places(reading, records, &places, &field) {
            return None;
        }
        Some(numbers.into_iter().map(|point| point.and_then(|(x, y)| Position::new(x, y).ok())).collect())
    }
}
