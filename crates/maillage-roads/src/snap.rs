use crate::graph::{Graph, curve};
use crate::in_order::{map_in_order, sort};

/// Where a place stands on the roads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Snap {
    pub(crate) edge: u32,
    /// The point of the edge after which it stands.
    pub(crate) after: usize,
    /// Its part of the way to the next point, from 0 to 1.
    pub(crate) part: f64,
    /// From the place to the road.
    pub(crate) metres: f64,
}

/// Finds the nearest road of a place on which trips start and end, exactly.
///
/// Pieces stand along a Hilbert curve, sixteen to a box, sixteen boxes to a box of the next level, and so on
/// (a packed R-tree: Kamel and Faloutsos, "On packing R-trees", 1993).
pub(crate) struct SnapIndex {
    pieces: Vec<Piece>,
    /// Boxes of each level, the finest first.
    levels: Vec<Vec<Bounds>>,
}

/// How many pieces or boxes a box holds.
const FANOUT: usize = 16;

/// A straight piece of road, between unit vectors.
#[derive(Clone, Copy, Debug)]
struct Piece {
    ends: [[f64; 3]; 2],
    edge: u32,
    after: u32,
}

/// What holds pieces: the least and the greatest of each coordinate.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    least: [f64; 3],
    greatest: [f64; 3],
}

impl Bounds {
    const NONE: Self = Self { least: [f64::INFINITY; 3], greatest: [f64::NEG_INFINITY; 3] };

    fn with(self, other: Self) -> Self {
        let pick = |one: [f64; 3], other: [f64; 3], of: fn(f64, f64) -> f64| {
            let mut both = one;
            both.iter_mut().zip(other).for_each(|(one, other)| *one = of(*one, other));
            both
        };
        Self { least: pick(self.least, other.least, f64::min), greatest: pick(self.greatest, other.greatest, f64::max) }
    }

    /// Returns the square of the least distance from a point to anything inside.
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        let sides = self.least.iter().zip(&self.greatest).zip(point);
        sides.map(|((&least, &greatest), &at)| (at - at.clamp(least, greatest)).powi(2)).sum()
    }
}

impl Piece {
    fn bounds(&self) -> Bounds {
        let of = |end: [f64; 3]| Bounds { least: end, greatest: end };
        of(self.ends[0]).with(of(self.ends[1]))
    }

    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        let part = self.part_nearest(point);
        let [from, to] = &self.ends;
        let along = from.iter().zip(to).map(|(from, to)| from + (to - from) * part);
        along.zip(point).map(|(along, at)| (along - at).powi(2)).sum()
    }

    fn part_nearest(&self, point: &[f64; 3]) -> f64 {
        let (mut along, mut length) = (0.0, 0.0);
        let [from, to] = &self.ends;
        for ((from, to), at) in from.iter().zip(to).zip(point) {
            let way = to - from;
            along += (at - from) * way;
            length += way * way;
        }
        if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl SnapIndex {
    pub(crate) fn of_pieces(pieces: &[[[i32; 2]; 2]]) -> Self {
        Self::of(&(0..).zip(pieces).map(|(edge, &ends)| (ends, edge, 0)).collect::<Vec<_>>())
    }

    pub(crate) fn of_graph(graph: &Graph) -> Self {
        let mut pieces = Vec::with_capacity(graph.points.len());
        for (edge, _) in (0..).zip(&graph.edges) {
            let points = graph.points_of(edge);
            let pairs = (0..).zip(points.iter().zip(points.iter().skip(1)));
            for (after, (from, to)) in pairs.filter(|(_, (_, to))| to.is_entered) {
                pieces.push(([from.place, to.place], edge, after));
            }
        }
        Self::of(&pieces)
    }

    fn of(pieces: &[([[i32; 2]; 2], u32, u32)]) -> Self {
        let numbers: Vec<u32> = (0..u32::try_from(pieces.len()).unwrap_or(u32::MAX)).collect();
        let mut by_place = map_in_order(&numbers, |&piece| {
            let ([from, _], ..) = pieces.get(piece as usize).copied().unwrap_or_default();
            (curve(from), piece)
        });
        sort(&mut by_place);
        let pieces = map_in_order(&by_place, |&(_, piece)| {
            let (ends, edge, after) = pieces.get(piece as usize).copied().unwrap_or_default();
            Piece { ends: ends.map(unit_vector), edge, after }
        });
        let mut levels = Vec::new();
        let mut bounds: Vec<Bounds> = pieces.iter().map(Piece::bounds).collect();
        while bounds.len() > 1 || levels.is_empty() {
            bounds = bounds.chunks(FANOUT).map(|all| all.iter().copied().fold(Bounds::NONE, Bounds::with)).collect();
            levels.push(bounds.clone());
        }
        Self { pieces, levels }
    }

    /// Returns where on the roads a place stands; of pieces equally near the one of the smallest edge and point.
    pub(crate) fn nearest(&self, place: [i32; 2]) -> Option<Snap> {
        let point = unit_vector(place);
        let mut best: Option<(f64, &Piece)> = None;
        // Boxes still to be looked into: least distance, level, position; the nearest of each box last.
        let mut waiting = vec![(0.0, self.levels.len().checked_sub(1)?, 0)];
        while let Some((distance, level, position)) = waiting.pop() {
            if best.is_some_and(|(least, _)| distance > least) {
                continue;
            }
            let inside = position * FANOUT..(position + 1) * FANOUT;
            if level == 0 {
                for piece in self.pieces.get(inside.start..inside.end.min(self.pieces.len())).unwrap_or_default() {
                    let distance = piece.distance_2(&point);
                    let is_better = best.is_none_or(|(least, known)| {
                        distance < least || (distance <= least && (piece.edge, piece.after) < (known.edge, known.after))
                    });
                    if is_better {
                        best = Some((distance, piece));
                    }
                }
                continue;
            }
            let from = waiting.len();
            let below = self.levels.get(level - 1).map(Vec::as_slice).unwrap_or_default();
            let inner = below.iter().enumerate().take(inside.end).skip(inside.start);
            waiting.extend(inner.map(|(position, inner)| (inner.distance_2(&point), level - 1, position)));
            if let Some(added) = waiting.get_mut(from..) {
                added.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(other.2.cmp(&one.2)));
            }
        }
        let (distance, best) = best?;
        let part = best.part_nearest(&point);
        let metres = 2.0 * crate::segments::RADIUS * (distance.sqrt() / 2.0).min(1.0).asin();
        Some(Snap { edge: best.edge, after: best.after as usize, part, metres })
    }
}

fn unit_vector(place: [i32; 2]) -> [f64; 3] {
    let [longitude, latitude] = place.map(|number| (f64::from(number) * 1e-7).to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A seeded stream of whole numbers below a limit.
    fn below(state: &mut u64, limit: i32) -> i32 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((*state >> 33) % u64::from(limit.cast_unsigned())).unwrap_or_default()
    }

    #[test]
    fn the_nearest_piece_is_that_of_a_search_through_all() {
        let mut state = 7;
        for count in [0, 1, 15, 16, 17, 300, 5_000] {
            let ends: Vec<[[i32; 2]; 2]> = (0..count)
                .map(|_| {
                    let from = [60_000_000 + below(&mut state, 900_000), 480_000_000 + below(&mut state, 900_000)];
                    [from, [from[0] + below(&mut state, 40_000), from[1] + below(&mut state, 40_000)]]
                })
                .collect();
            // Some pieces twice: of equally near ones the first is taken.
            let ends = [ends.clone(), ends].concat();
            let index = SnapIndex::of_pieces(&ends);
            for _ in 0..200 {
                let place = [60_000_000 + below(&mut state, 900_000), 480_000_000 + below(&mut state, 900_000)];
                let point = unit_vector(place);
                let far = |edge: u32, ends: [[i32; 2]; 2]| Piece { ends: ends.map(unit_vector), edge, after: 0 };
                let all = (0..).zip(&ends).map(|(edge, &ends)| (far(edge, ends).distance_2(&point), edge));
                let nearest = all.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
                assert_eq!(index.nearest(place).map(|snap| snap.edge), nearest.map(|(_, edge)| edge));
            }
        }
    }
}
