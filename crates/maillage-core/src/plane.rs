use geo::Coord;

use crate::{Disc, Position};

/// The mean radius of the earth in metres.
pub(crate) const RADIUS: f64 = 6_371_008.8;

/// Coordinates in metres round a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    east: f64,
    north: f64,
}

impl Plane {
    pub(crate) fn amid(discs: &[Disc]) -> Option<Self> {
        let first = discs.first()?;
        let (mut least, mut greatest) = (first.centre.latitude(), first.centre.latitude());
        for disc in discs {
            least = least.min(disc.centre.latitude());
            greatest = greatest.max(disc.centre.latitude());
        }
        Some(Self { east: first.centre.longitude(), north: f64::midpoint(least, greatest) })
    }

    pub(crate) fn metres(self, place: Position) -> Coord<f64> {
        let degree = RADIUS.to_radians();
        Coord {
            x: (place.longitude() - self.east) * degree * self.north.to_radians().cos(),
            y: (place.latitude() - self.north) * degree,
        }
    }

    pub(crate) fn degrees(self, place: Coord<f64>) -> Coord<f64> {
        let degree = RADIUS.to_radians();
        let x = self.east + place.x / (degree * self.north.to_radians().cos());
        Coord { x: rounded(x), y: rounded(self.north + place.y / degree) }
    }
}

/// Rounds to whole ten-millionths of a degree.
pub(crate) fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}
