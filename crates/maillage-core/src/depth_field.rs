use std::collections::BTreeMap;

use geo::{Coord, LineString};

use crate::Disc;
use crate::plane::Plane;
use crate::rings::Ring;

/// The most points of a grid.
const MOST_POINTS: f64 = 4_000_000.0;

/// How far inside of the discs each point of a grid lies, in metres; below 0 outside.
pub(crate) struct DepthField {
    start: Coord<f64>,
    cell: f64,
    width: usize,
    height: usize,
    depth: Vec<f64>,
}

impl DepthField {
    /// Measures on a grid of this cell, or of a larger one where the grid would have too many points.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "positions in a grid of at most some million points"
    )]
    pub(crate) fn of(discs: &[Disc], plane: Plane, cell: f64) -> Self {
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
    pub(crate) fn rings(&self) -> Vec<Ring> {
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
