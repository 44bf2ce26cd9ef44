use geo::Geometry;
use maillage_core::Position;

use super::maker::Maker;
use crate::catalogue::{GEOMETRY_EMPTY, INNER_POINT};
use crate::coordinates::Place;
use crate::geometry::Shape;
use crate::layer::Record;
use crate::reading::Reading;
use crate::shapes::{inner_points, report_places, to_degrees};
use crate::value::{DEGREES, ValueError, decimal};
use crate::{Finding, StatedCrs};

/// The places people leave from.
impl Maker<'_> {
    /// Finds the place people leave from; with bad geometries (already reported) there is none.
    pub(super) fn origins(
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
