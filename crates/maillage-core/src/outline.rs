use geo::{MultiPolygon, Simplify};

use crate::Disc;
use crate::depth_field::DepthField;
use crate::plane::Plane;
use crate::rings::{Ring, cross, nested};

/// How discs become an area: on a grid, whose contour is traced and simplified.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// Metres from one point of the grid to the next; doubled where the grid would have more than 4 million points.
    pub cell: f64,
    /// The most metres by which simplifying moves the contour.
    pub tolerance: f64,
}

impl Default for Outline {
    fn default() -> Self {
        Self { cell: 100.0, tolerance: 50.0 }
    }
}

impl Outline {
    /// Returns the area that discs cover together: no ring crosses itself or another, holes are kept, corners are whole
    /// ten-millionths of a degree.
    ///
    /// The area ends where the distance to the nearest edge of a disc, interpolated between the points of the grid, is
    /// zero (marching squares: Lorensen and Cline, 1987, in the plane). What is narrower than a cell may be missed.
    #[must_use]
    pub fn of(self, discs: &[Disc]) -> MultiPolygon<f64> {
        let Some(plane) = Plane::amid(discs) else { return MultiPolygon(Vec::new()) };
        let field = DepthField::of(discs, plane, self.cell);
        let rings = field.rings();
        // A corner that is left out may lay one line over another; then less is left out.
        for part in [1.0, 0.5, 0.25, 0.125] {
            let simple: Vec<Ring> = rings.iter().map(|ring| simplified(ring, self.tolerance * part)).collect();
            let degrees = to_degrees(&simple, plane);
            if !cross(&degrees) {
                return nested(degrees);
            }
        }
        nested(to_degrees(&rings, plane))
    }
}

fn simplified(ring: &Ring, tolerance: f64) -> Ring {
    let simple = ring.simplify(tolerance);
    if simple.0.len() < 5 { ring.clone() } else { simple }
}

fn to_degrees(rings: &[Ring], plane: Plane) -> Vec<Ring> {
    rings.iter().map(|ring| ring.0.iter().map(|&place| plane.degrees(place)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Point, Validation};

    use super::*;
    use crate::Position;

    /// A seeded stream of numbers from 0 to 1.
    fn chance(state: &mut u64) -> f64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(*state >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }

    fn disc(east: f64, north: f64, metres: f64) -> Disc {
        Disc { centre: Position::new(6.0 + east, 48.0 + north).unwrap(), metres }
    }

    fn is_inside(discs: &[Disc], longitude: f64, latitude: f64) -> f64 {
        let at = Position::new(longitude, latitude).unwrap();
        discs.iter().map(|disc| disc.metres - 1000.0 * disc.centre.kilometres_to(at)).fold(f64::MIN, f64::max)
    }

    #[test]
    fn outlines_are_valid_and_hold_what_the_discs_hold() {
        let mut state = 11;
        for round in 0..60 {
            let count = [1, 2, 5, 40, 300][round % 5];
            let discs: Vec<Disc> = (0..count)
                .map(|_| {
                    let (east, north) = (0.1 * chance(&mut state), 0.1 * chance(&mut state));
                    disc(east, north, 150.0 + 700.0 * chance(&mut state))
                })
                .collect();
            let outline = Outline::default();
            let area = outline.of(&discs);
            assert!(area.is_valid(), "round {round}: {:?}", area.check_validation());
            assert!(!area.0.is_empty());
            for _ in 0..400 {
                let (east, north) = (6.0 - 0.02 + 0.14 * chance(&mut state), 48.0 - 0.02 + 0.14 * chance(&mut state));
                let depth = is_inside(&discs, east, north);
                // Between the points of the grid the distance is interpolated; simplifying adds its tolerance.
                if depth.abs() > outline.cell + outline.tolerance {
                    assert_eq!(area.contains(&Point::new(east, north)), depth > 0.0, "round {round}, {depth} m");
                }
            }
        }
    }

    #[test]
    fn a_ring_of_discs_has_a_hole() {
        let discs: Vec<Disc> = (0..40)
            .map(|number| {
                let angle = f64::from(number) / 40.0 * std::f64::consts::TAU;
                disc(0.06 * angle.cos(), 0.04 * angle.sin(), 600.0)
            })
            .collect();
        let area = Outline::default().of(&discs);
        assert_eq!((area.0.len(), area.0[0].interiors().len()), (1, 1));
        assert!(!area.contains(&Point::new(6.0, 48.0)));
        // An island in the hole is an area of its own.
        let with_island = [discs, vec![disc(0.0, 0.0, 400.0)]].concat();
        let area = Outline::default().of(&with_island);
        assert_eq!((area.0.len(), area.0[0].interiors().len(), area.0[1].interiors().len()), (2, 1, 0));
        assert!(area.is_valid() && area.contains(&Point::new(6.0, 48.0)));
    }

    #[test]
    fn no_discs_have_no_outline() {
        assert!(Outline::default().of(&[]).0.is_empty());
    }
}
