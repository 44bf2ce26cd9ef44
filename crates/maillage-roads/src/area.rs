use geo::algorithm::geodesic_area::GeodesicArea;
use geo::{Geometry, LineString, Polygon};

/// Returns the square metres of polygons, whichever way their rings turn; other geometries have none.
///
/// Each ring is measured alone: seen from one that turns the other way, the inside is the rest of the earth.
pub(crate) fn square_metres(geometry: &Geometry) -> f64 {
    match geometry {
        Geometry::Polygon(polygon) => of_polygon(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().map(of_polygon).sum(),
        _ => 0.0,
    }
}

fn of_polygon(polygon: &Polygon) -> f64 {
    let holes: f64 = polygon.interiors().iter().map(of_ring).sum();
    (of_ring(polygon.exterior()) - holes).max(0.0)
}

fn of_ring(ring: &LineString) -> f64 {
    Polygon::new(ring.clone(), Vec::new()).geodesic_area_signed().abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> LineString {
        LineString::from(vec![(from, from), (to, from), (to, to), (from, to), (from, from)])
    }

    fn turned(ring: &LineString) -> LineString {
        LineString::new(ring.0.iter().rev().copied().collect())
    }

    #[test]
    fn the_way_rings_turn_makes_no_difference() {
        let (outer, hole) = (square(0.0, 0.02), square(0.005, 0.015));
        // On the equator a degree is some 111.3 by 110.6 km.
        let expected = 111_320.0 * 110_574.0 * (0.02 * 0.02 - 0.01 * 0.01);
        for outer in [outer.clone(), turned(&outer)] {
            for hole in [hole.clone(), turned(&hole)] {
                let polygon = Polygon::new(outer.clone(), vec![hole]);
                let measured = square_metres(&Geometry::Polygon(polygon));
                assert!((measured - expected).abs() < expected / 1_000.0, "{measured} {expected}");
            }
        }
        assert!(square_metres(&Geometry::Point(geo::point!(x: 1.0, y: 1.0))).abs() < f64::EPSILON);
    }
}
