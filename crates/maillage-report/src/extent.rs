use geo::{Coord, CoordsIter, Geometry};

/// The length of one degree of a meridian in metres, on a sphere of 6,371.0088 km.
pub(crate) const METRES_PER_DEGREE: f64 = 111_195.08;

/// A plane of metres over a region: degrees of longitude shrink by the cosine of the middle parallel, which is true to
/// a percent over a region of France.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plane {
    west: f64,
    north: f64,
    cosine: f64,
    /// Metres from west to east, and from north to south.
    pub(crate) size: Coord<f64>,
}

impl Plane {
    /// Returns the plane over some geometries and places.
    pub(crate) fn over<'a>(
        geometries: impl Iterator<Item = &'a Geometry<f64>>,
        places: impl Iterator<Item = Coord<f64>>,
    ) -> Self {
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for place in geometries.flat_map(CoordsIter::coords_iter).chain(places) {
            low = Coord { x: low.x.min(place.x), y: low.y.min(place.y) };
            high = Coord { x: high.x.max(place.x), y: high.y.max(place.y) };
        }
        if low.x > high.x {
            (low, high) = (Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 0.0 });
        }
        let cosine = f64::midpoint(low.y, high.y).to_radians().cos().max(1e-3);
        let size = Coord { x: (high.x - low.x) * cosine * METRES_PER_DEGREE, y: (high.y - low.y) * METRES_PER_DEGREE };
        Self { west: low.x, north: high.y, cosine, size }
    }

    /// Returns the longer side, at least a metre.
    pub(crate) fn side(&self) -> f64 {
        self.size.x.max(self.size.y).max(1.0)
    }

    /// Returns metres east of the west end, and south of the north end.
    pub(crate) fn metres(&self, place: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (place.x - self.west) * self.cosine * METRES_PER_DEGREE,
            y: (self.north - place.y) * METRES_PER_DEGREE,
        }
    }
}
