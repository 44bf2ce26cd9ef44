//! Geometries as GeoPackage holds them: a header with the envelope, then well-known binary, least byte first.

use geo::{BoundingRect, Geometry, LineString, MapCoords, MultiPolygon, Point, Polygon, Rect};
use proj4rs::errors::Error as ProjectionError;

use crate::crs::Projection;

/// A geometry ready to be stored.
pub(crate) struct Blob {
    pub(crate) bytes: Vec<u8>,
    /// The box round it in the coordinates of its layer.
    pub(crate) bounds: Rect<f64>,
}

impl Blob {
    /// Projects and encodes a geometry; one polygon becomes a list of one, so that a layer has one type.
    ///
    /// What is empty, or neither point, line nor polygon, has no blob.
    pub(crate) fn of(
        geometry: &Geometry<f64>,
        code: i32,
        projection: &Projection,
    ) -> Result<Option<Self>, ProjectionError> {
        let geometry = geometry.try_map_coords(|place| projection.project(place))?;
        Ok(Self::projected(&geometry, code))
    }

    /// Encodes a geometry whose coordinates are those of the layer.
    pub(crate) fn projected(geometry: &Geometry<f64>, code: i32) -> Option<Self> {
        let bounds = geometry.bounding_rect()?;
        let is_point = matches!(geometry, Geometry::Point(_));
        let mut bytes = vec![b'G', b'P', 0, if is_point { 0b0001 } else { 0b0011 }];
        bytes.extend(code.to_le_bytes());
        if !is_point {
            let (least, most) = (bounds.min(), bounds.max());
            for number in [least.x, most.x, least.y, most.y] {
                bytes.extend(number.to_le_bytes());
            }
        }
        match geometry {
            Geometry::Point(point) => write_point(*point, &mut bytes),
            Geometry::LineString(line) => write_line(line, &mut bytes),
            Geometry::Polygon(polygon) => write_polygons(std::slice::from_ref(polygon), &mut bytes),
            Geometry::MultiPolygon(MultiPolygon(polygons)) => write_polygons(polygons, &mut bytes),
            _ => return None,
        }
        Some(Self { bytes, bounds })
    }
}

fn write_kind(kind: u32, bytes: &mut Vec<u8>) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn write_count(count: usize, bytes: &mut Vec<u8>) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn write_point(point: Point<f64>, bytes: &mut Vec<u8>) {
    write_kind(1, bytes);
    bytes.extend(point.x().to_le_bytes());
    bytes.extend(point.y().to_le_bytes());
}

fn write_places(line: &LineString<f64>, bytes: &mut Vec<u8>) {
    write_count(line.0.len(), bytes);
    for place in &line.0 {
        bytes.extend(place.x.to_le_bytes());
        bytes.extend(place.y.to_le_bytes());
    }
}

fn write_line(line: &LineString<f64>, bytes: &mut Vec<u8>) {
    write_kind(2, bytes);
    write_places(line, bytes);
}

fn write_polygons(polygons: &[Polygon<f64>], bytes: &mut Vec<u8>) {
    write_kind(6, bytes);
    write_count(polygons.len(), bytes);
    for polygon in polygons {
        write_kind(3, bytes);
        write_count(1 + polygon.interiors().len(), bytes);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            write_places(ring, bytes);
        }
    }
}
