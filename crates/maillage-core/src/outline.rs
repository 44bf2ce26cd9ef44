use std::collections::BTreeMap;

use geo::{Area, Contains, Coord, Intersects, Line, LineString, MultiPolygon, Polygon, Simplify};

use crate::Position;

/// The mean radius of the earth in metres.
const RADIUS: f64 = 6_371_008.8;
/// The most points of a grid.
const MOST_POINTS: f64 = 4_000_000.0;
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

impl Disc {
    /// Returns the disc as a polygon of 72 corners, all of them on the circle.
    #[must_use]
    pub fn circle(self) -> Polygon<f64> {
        let plane = Plane { east: self.centre.longitude(), north: self.centre.latitude() };
        let (latitude, angle) = (self.centre.latitude().to_radians(), self.metres / RADIUS);
        let corner = |number: u32| {
            let bearing = f64::from(number) / f64::from(CORNERS) * std::f64::consts::TAU;
            let north = (latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * bearing.cos()).asin();
            let east = (bearing.sin() * angle.sin() * latitude.cos()).atan2(angle.cos() - latitude.sin() * north.sin());
            Coord { x: rounded(plane.east + east.to_degrees()), y: rounded(north.to_degrees()) }
        };
        // Against the clock.
        Polygon::new((0..CORNERS).rev().map(corner).collect(), Vec::new())
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
        let field = Field::of(discs, plane, self.cell);
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

/// Coordinates in metres round a place.
#[derive(Clone, Copy, Debug)]
struct Plane {
    east: f64,
    north: f64,
}

impl Plane {
    fn amid(discs: &[Disc]) -> Option<Self> {
        let first = discs.first()?;
        let (mut least, mut greatest) = (first.centre.latitude(), first.centre.latitude());
        for disc in discs {
            least = least.min(disc.centre.latitude());
            greatest = greatest.max(disc.centre.latitude());
        }
        Some(Self { east: first.centre.longitude(), north: f64::midpoint(least, greatest) })
    }

    fn metres(self, place: Position) -> Coord<f64> {
        let degree = RADIUS.to_radians();
        Coord {
            x: (place.longitude() - self.east) * degree * self.north.to_radians().cos(),
            y: (place.latitude() - self.north) * degree,
        }
    }

    fn degrees(self, place: Coord<f64>) -> Coord<f64> {
        let degree = RADIUS.to_radians();
        let x = self.east + place.x / (degree * self.north.to_radians().cos());
        Coord { x: rounded(x), y: rounded(self.north + place.y / degree) }
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// A closed line: its first corner comes again as its last.
type Ring = LineString<f64>;

/// How far inside of the discs each point of a grid lies, in metres; below 0 outside.
struct Field {
    start: Coord<f64>,
    cell: f64,
    width: usize,
    height: usize,
    depth: Vec<f64>,
}

impl Field {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "positions in a grid of at most some million points"
    )]
    fn of(discs: &[Disc], plane: Plane, cell: f64) -> Self {
        let (mut least, mut greatest) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
        let places: Vec<(Coord<f64>, f64)> =
            discs.iter().map(|disc| (plane.metres(disc.centre), disc.metres)).collect();
        for (at, metres) in &places {
            least = Coord { x: least.x.min(at.x - metres), y: least.y.min(at.y - metres) };
            greatest = Coord { x: greatest.x.max(at.x + metres), y: greatest.y.max(at.y + metres) };
        }
        let mut cell = cell.max(1.0);
        let points = |cell: f64| ((greatest.x - least.x) / cell + 5.0) * ((greatest.y - least.y) / cell + 5.0);
        while points(cell) > MOST_POINTS {
            cell *= 2.0;
        }
        // Two points outside all round, so that every contour closes.
        let start = Coord { x: least.x - 2.0 * cell, y: least.y - 2.0 * cell };
        let width = ((greatest.x - start.x) / cell) as usize + 3;
        let height = ((greatest.y - start.y) / cell) as usize + 3;
        let mut depth = vec![-2.0 * cell; width * height];
        for (at, metres) in &places {
            let far = metres + 1.5 * cell;
            let range = |from: f64, most: usize| {
                let first = ((from - far) / cell).max(0.0) as usize;
                first..(((from + far) / cell) as usize + 1).min(most)
            };
            for row in range(at.y - start.y, height) {
                let north = start.y + row as f64 * cell - at.y;
                for column in range(at.x - start.x, width) {
                    let inside = metres - north.hypot(start.x + column as f64 * cell - at.x);
                    if let Some(depth) = depth.get_mut(row * width + column) {
                        *depth = depth.max(inside);
                    }
                }
            }
        }
        Self { start, cell, width, height, depth }
    }

    fn depth(&self, column: usize, row: usize) -> f64 {
        self.depth.get(row * self.width + column).copied().unwrap_or(-1.0)
    }

    /// Traces the contour, what is inside on the left: rings of areas turn against the clock, those of holes with it.
    fn rings(&self) -> Vec<Ring> {
        let mut next: BTreeMap<usize, usize> = BTreeMap::new();
        for row in 0..self.height.saturating_sub(1) {
            for column in 0..self.width.saturating_sub(1) {
                next.extend(self.lines(column, row).into_iter().flatten());
            }
        }
        let mut rings = Vec::new();
        while let Some((first, mut at)) = next.pop_first() {
            let mut ring = vec![self.crossing(first)];
            while at != first {
                ring.push(self.crossing(at));
                match next.remove(&at) {
                    Some(following) => at = following,
                    None => break,
                }
            }
            ring.extend(ring.first().copied());
            rings.push(LineString::new(ring));
        }
        rings
    }

    /// Returns the lines across a square of the grid, each from one of its sides to another.
    fn lines(&self, column: usize, row: usize) -> [Option<(usize, usize)>; 2] {
        let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let depths = corners.map(|(column, row)| self.depth(column, row));
        let inside = depths.map(|depth| depth > 0.0);
        // A side is named by the point at its lower or left end, and whether it goes up.
        let point = row * self.width + column;
        let (bottom, left) = (2 * point, 2 * point + 1);
        let (top, right) = (2 * (point + self.width), 2 * (point + 1) + 1);
        let is_joined = depths.iter().sum::<f64>() > 0.0;
        match inside {
            [false, false, false, false] | [true, true, true, true] => [None, None],
            [true, false, false, false] => [Some((bottom, left)), None],
            [false, true, false, false] => [Some((right, bottom)), None],
            [false, false, true, false] => [Some((top, right)), None],
            [false, false, false, true] => [Some((left, top)), None],
            [true, true, false, false] => [Some((right, left)), None],
            [false, true, true, false] => [Some((top, bottom)), None],
            [false, false, true, true] => [Some((left, right)), None],
            [true, false, false, true] => [Some((bottom, top)), None],
            [true, true, true, false] => [Some((top, left)), None],
            [true, true, false, true] => [Some((right, top)), None],
            [true, false, true, true] => [Some((bottom, right)), None],
            [false, true, true, true] => [Some((left, bottom)), None],
            [true, false, true, false] if is_joined => [Some((bottom, right)), Some((top, left))],
            [true, false, true, false] => [Some((bottom, left)), Some((top, right))],
            [false, true, false, true] if is_joined => [Some((left, bottom)), Some((right, top))],
            [false, true, false, true] => [Some((right, bottom)), Some((left, top))],
        }
    }

    /// Returns where the contour crosses a side.
    #[expect(clippy::cast_precision_loss, reason = "positions in a grid of at most some million points")]
    fn crossing(&self, side: usize) -> Coord<f64> {
        let (point, goes_up) = (side / 2, side % 2 == 1);
        let (column, row) = (point % self.width, point / self.width);
        let from = self.depth(column, row);
        let to = if goes_up { self.depth(column, row + 1) } else { self.depth(column + 1, row) };
        // Never on a point itself, where two rings would touch.
        let part = (from / (from - to)).clamp(0.05, 0.95);
        let (along, across) = if goes_up { (0.0, part) } else { (part, 0.0) };
        Coord {
            x: self.start.x + (column as f64 + along) * self.cell,
            y: self.start.y + (row as f64 + across) * self.cell,
        }
    }
}

fn simplified(ring: &Ring, tolerance: f64) -> Ring {
    let simple = ring.simplify(tolerance);
    if simple.0.len() < 5 { ring.clone() } else { simple }
}

fn to_degrees(rings: &[Ring], plane: Plane) -> Vec<Ring> {
    rings.iter().map(|ring| ring.0.iter().map(|&place| plane.degrees(place)).collect()).collect()
}

/// Returns whether any two lines of any rings have more than a corner in common that follows in both.
#[expect(clippy::cast_possible_truncation, reason = "degrees in steps of a hundredth")]
fn cross(rings: &[Ring]) -> bool {
    // For each square of the globe its lines: ring, place in it, how many lines it has.
    type Placed = (usize, usize, usize, Line<f64>);
    let mut squares: BTreeMap<(i32, i32), Vec<Placed>> = BTreeMap::new();
    for (number, ring) in rings.iter().enumerate() {
        let count = ring.0.len().saturating_sub(1);
        for (place, line) in ring.lines().enumerate() {
            let step = |number: f64| (number * 100.0).floor() as i32;
            let (east, north) = ([line.start.x, line.end.x].map(step), [line.start.y, line.end.y].map(step));
            for x in east[0].min(east[1])..=east[0].max(east[1]) {
                for y in north[0].min(north[1])..=north[0].max(north[1]) {
                    squares.entry((x, y)).or_default().push((number, place, count, line));
                }
            }
        }
    }
    squares.values().any(|lines| {
        lines.iter().enumerate().any(|(position, &(ring, place, count, line))| {
            lines.iter().skip(position + 1).any(|&(other_ring, other_place, _, other)| {
                let follows =
                    ring == other_ring && ((place + 1) % count == other_place || (other_place + 1) % count == place);
                // Lines that follow each other share a corner, and more only where they go back on themselves.
                if follows { folds(line, other) } else { line.intersects(&other) }
            })
        })
    })
}

/// Returns whether one of two lines that share a corner goes back over the other.
fn folds(one: Line<f64>, other: Line<f64>) -> bool {
    let (first, second) = if one.end == other.start { (one, other) } else { (other, one) };
    let (a, b) = (first.delta(), second.delta());
    (a.x * b.y - a.y * b.x).abs() < 1e-18 && a.x * b.x + a.y * b.y < 0.0
}

/// Puts each hole into the smallest area round it.
fn nested(rings: Vec<Ring>) -> MultiPolygon<f64> {
    let (areas, holes): (Vec<Ring>, Vec<Ring>) =
        rings.into_iter().partition(|ring| Polygon::new(ring.clone(), Vec::new()).signed_area() > 0.0);
    let mut areas: Vec<Polygon<f64>> = areas.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    areas.sort_by(|one, other| one.unsigned_area().total_cmp(&other.unsigned_area()));
    let mut inner: Vec<Vec<Ring>> = vec![Vec::new(); areas.len()];
    for hole in holes {
        let corner = hole.0.first().copied().unwrap_or_default();
        let round = areas.iter().position(|area| area.contains(&corner));
        if let Some(holes) = round.and_then(|round| inner.get_mut(round)) {
            holes.push(hole);
        }
    }
    let mut made: Vec<Polygon<f64>> =
        areas.into_iter().zip(inner).map(|(area, holes)| Polygon::new(area.exterior().clone(), holes)).collect();
    // The largest first.
    made.reverse();
    MultiPolygon(made)
}

#[cfg(test)]
mod tests {
    use geo::{Point, Validation};

    use super::*;

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
    fn a_circle_stands_as_far_all_round() {
        let disc = disc(0.0, 0.0, 12_000.0);
        let circle = disc.circle();
        assert!(circle.is_valid() && circle.signed_area() > 0.0);
        for corner in circle.exterior() {
            let metres = 1000.0 * disc.centre.kilometres_to(Position::new(corner.x, corner.y).unwrap());
            assert!((metres - 12_000.0).abs() < 0.1, "{metres}");
        }
        assert!(Outline::default().of(&[]).0.is_empty());
    }
}
