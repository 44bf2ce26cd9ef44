use geo::{Geometry, Point};
use maillage_core::Commune;

use super::wanted_columns::{DENSITY, POPULATION, TERRITORY, WantedColumns};
use crate::Finding;
use crate::catalogue::{ACCESS_MARKS, ACCESS_OVER_20, DENSITY_CLASS, NUMBER_NEGATIVE, NUMBER_TOTAL_TOO_LARGE};
use crate::coordinates::Place;
use crate::encoding::list;
use crate::geometry::Shape;
use crate::layer::{Layer, NumberStyle, Record, Value};
use crate::reading::Reading;
use crate::shapes::{remark_shapes, report_places};
use crate::value::{DECIMAL, Expected, ValueError, WHOLE, decimal, is_no_value_mark, text, whole, written};

/// The most people, or acts, or weight, that one commune may have.
const MOST: u64 = 1_000_000_000_000;

/// Makes communes of records.
pub(super) struct Maker<'a> {
    pub(super) wanted: &'a WantedColumns<'a>,
    /// The style of numbers of each file.
    pub(super) styles: &'a [NumberStyle],
    /// Marks read as "no access figure", with their communes.
    pub(super) marks: Vec<String>,
    /// Access figures over 20.
    pub(super) over: Vec<String>,
}

impl Maker<'_> {
    pub(super) fn make(
        mut self,
        reading: &mut Reading<'_>,
        layer: &mut Layer<'_>,
        ids: Vec<String>,
    ) -> Option<Vec<Commune>> {
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

    pub(super) fn name(&self, column: usize) -> &str {
        self.wanted.columns.get(column).map_or("", |column| column.name.as_str())
    }

    pub(super) fn style(&self, record: &Record<'_>, column: usize) -> NumberStyle {
        let source = record.cells.get(column).map_or(0, |cell| cell.source);
        self.styles.get(source).copied().unwrap_or(NumberStyle::Point)
    }

    pub(super) fn refuse(
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
}
