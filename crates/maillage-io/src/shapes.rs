//! What the geometries of a whole file show once they are read.

use std::collections::HashMap;

use geo::{Coord, Geometry, InteriorPoint, Point};
#[cfg(feature = "parallel")]
use rayon::prelude::*;

use crate::catalogue::{ALTITUDE_IGNORED, GEOMETRY_TWICE, RING_CROSSING, RING_SEVERAL_TIMES};
use crate::coordinates::{Place, survey};
use crate::encoding::list;
use crate::geometry::Shape;
use crate::layer::Record;
use crate::reading::Reading;
use crate::ring::Tangle;
use crate::{Finding, Severity, StatedCrs};

/// Returns a point inside each geometry: the point itself, or an inner point of the area.
pub(crate) fn inner_points(shapes: &[Option<Shape>]) -> Vec<Option<Point<f64>>> {
    let inner = |shape: &Option<Shape>| shape.as_ref().and_then(|shape| shape.geometry.interior_point());
    #[cfg(feature = "parallel")]
    let points = shapes.par_iter().with_min_len(64).map(inner).collect();
    #[cfg(not(feature = "parallel"))]
    let points = shapes.iter().map(inner).collect();
    points
}

/// Takes coordinates of columns into degrees, and refuses those that cannot be of the system that is stated; returns
/// whether all could.
pub(crate) fn to_degrees(
    reading: &mut Reading<'_>,
    records: &[Record<'_>],
    points: &mut [Option<(f64, f64)>],
    crs: StatedCrs,
    field: &str,
) -> bool {
    if crs == StatedCrs::Wgs84 {
        return true;
    }
    let projection = crs.projection();
    let mut sane = true;
    for (record, point) in records.iter().zip(points) {
        let Some((x, y)) = *point else { continue };
        let degrees = projection.degrees(Coord { x, y });
        if degrees.is_none() {
            sane = false;
            reading.refuse_record(record, crs.refuse(Coord { x, y }).in_field(field));
        }
        *point = degrees.map(|place| (place.x, place.y));
    }
    sane
}

/// Reports what the survey of places finds; returns whether all is well.
pub(crate) fn report_places(reading: &mut Reading<'_>, records: &[Record<'_>], places: &[Place], field: &str) -> bool {
    let mut sane = true;
    for (position, finding) in survey(places) {
        sane &= finding.severity() == Severity::Warning;
        if let Some(record) = records.get(position) {
            reading.refuse_record(record, finding.in_field(field));
        }
    }
    sane
}

/// Remarks altitudes, tangled rings and equal polygons, and notes the place of each shape.
pub(crate) fn remark_shapes(
    reading: &mut Reading<'_>,
    records: &[Record<'_>],
    shapes: &[Option<Shape>],
    places: &mut Vec<Place>,
) {
    let (mut altitudes, mut touching) = (0_u64, Vec::new());
    let mut same: HashMap<[u64; 4], usize> = HashMap::with_capacity(shapes.len());
    let mut twice: Vec<String> = Vec::new();
    let mut pairs = 0_u64;
    for (position, (record, shape)) in records.iter().zip(shapes).enumerate() {
        let Some(shape) = shape else { continue };
        places.push(Place { record: position, bounds: shape.bounds, coarse: shape.coarse });
        altitudes += u64::from(shape.altitude);
        match shape.tangle {
            Some(Tangle::Crossing(point)) => {
                let finding = Finding::new(&RING_CROSSING).with("position", format!("({}, {})", point.x, point.y));
                reading.refuse_record(record, finding.in_field("geometry").with("place", "polygon"));
            }
            Some(Tangle::Touching(_)) => touching.push(record.label(0)),
            None => {}
        }
        if matches!(shape.geometry, Geometry::Point(_)) {
            continue;
        }
        let first = *same.entry(shape.bounds.map(f64::to_bits)).or_insert(position);
        let equal = shapes.get(first).and_then(Option::as_ref).is_some_and(|other| other.geometry == shape.geometry);
        if first != position && equal {
            pairs += 1;
            if twice.len() < 3 {
                let other = records.get(first).map_or("", |record| record.label(0));
                twice.push(format!("{other} = {}", record.label(0)));
            }
        }
    }
    if altitudes > 0 {
        reading.remark(Finding::new(&ALTITUDE_IGNORED).with("count", altitudes));
    }
    if !touching.is_empty() {
        let shown: Vec<&&str> = touching.iter().take(3).collect();
        reading.remark(Finding::new(&RING_SEVERAL_TIMES).with("count", touching.len()).with("examples", list(&shown)));
    }
    if pairs > 0 {
        reading.remark(Finding::new(&GEOMETRY_TWICE).with("count", pairs).with("examples", list(&twice)));
    }
}
