use geo::{Coord, Polygon};

use crate::Position;
use crate::plane::{RADIUS, rounded};

/// Corners of a circle.
const CORNERS: u32 = 72;

/// What lies within some metres of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// Its centre.
    pub centre: Position,
    /// Its radius.
    pub metres: f64,
}

impl Disc {
    /// Returns the disc as a polygon of 72 corners, all of them on the circle.
    #[must_use]
    pub fn circle(self) -> Polygon<f64> {
        let (latitude, angle) = (self.centre.latitude().to_radians(), self.metres / RADIUS);
        let corner = |number: u32| {
            let bearing = f64::from(number) / f64::from(CORNERS) * std::f64::consts::TAU;
            let north = (latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * bearing.cos()).asin();
            let east = (bearing.sin() * angle.sin() * latitude.cos()).atan2(angle.cos() - latitude.sin() * north.sin());
            Coord { x: rounded(self.centre.longitude() + east.to_degrees()), y: rounded(north.to_degrees()) }
        };
        // Against the clock.
        Polygon::new((0..CORNERS).rev().map(corner).collect(), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area, Validation};

    use super::*;

    #[test]
    fn a_circle_stands_as_far_all_round() {
        let disc = Disc { centre: Position::new(6.0, 48.0).unwrap(), metres: 12_000.0 };
        let circle = disc.circle();
        assert!(circle.is_valid() && circle.signed_area() > 0.0);
        for corner in circle.exterior() {
            let metres = 1000.0 * disc.centre.kilometres_to(Position::new(corner.x, corner.y).unwrap());
            assert!((metres - 12_000.0).abs() < 0.1, "{metres}");
        }
    }
}
