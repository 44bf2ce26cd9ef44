use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::graph::Graph;

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
pub(crate) struct SnapIndex {
    pieces: RTree<Piece>,
}

/// A straight piece of road, between unit vectors.
#[derive(Clone, Copy, Debug)]
struct Piece {
    ends: [[f64; 3]; 2],
    edge: u32,
    after: u32,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 3]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        let part = self.part_nearest(point);
        (0..3).map(|axis| self.coordinate(axis, part) - coordinate(point, axis)).map(|way| way * way).sum()
    }
}

fn coordinate(point: &[f64; 3], axis: usize) -> f64 {
    point.get(axis).copied().unwrap_or_default()
}

impl Piece {
    fn coordinate(&self, axis: usize, part: f64) -> f64 {
        let (from, to) = (coordinate(&self.ends[0], axis), coordinate(&self.ends[1], axis));
        from + (to - from) * part
    }

    fn part_nearest(&self, point: &[f64; 3]) -> f64 {
        let (mut along, mut length) = (0.0, 0.0);
        for axis in 0..3 {
            let from = coordinate(&self.ends[0], axis);
            let way = coordinate(&self.ends[1], axis) - from;
            along += (coordinate(point, axis) - from) * way;
            length += way * way;
        }
        if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl SnapIndex {
    pub(crate) fn of_pieces(pieces: &[[[i32; 2]; 2]]) -> Self {
        let pieces = (0..).zip(pieces).map(|(edge, ends)| Piece { ends: ends.map(unit_vector), edge, after: 0 });
        Self { pieces: RTree::bulk_load(pieces.collect()) }
    }

    pub(crate) fn of_graph(graph: &Graph) -> Self {
        let mut pieces = Vec::with_capacity(graph.points.len());
        for (edge, _) in (0..).zip(&graph.edges) {
            let points = graph.points_of(edge);
            let pairs = (0..).zip(points.iter().zip(points.iter().skip(1)));
            for (after, (from, to)) in pairs.filter(|(_, (_, to))| to.is_entered) {
                pieces.push(Piece { ends: [unit_vector(from.place), unit_vector(to.place)], edge, after });
            }
        }
        Self { pieces: RTree::bulk_load(pieces) }
    }

    /// Returns where on the roads a place stands; of pieces equally near the one of the smallest edge and point.
    pub(crate) fn nearest(&self, place: [i32; 2]) -> Option<Snap> {
        let point = unit_vector(place);
        let mut nearest = self.pieces.nearest_neighbor_iter_with_distance_2(&point);
        let (mut best, distance) = nearest.next()?;
        for (piece, _) in nearest.take_while(|&(_, other)| other <= distance) {
            if (piece.edge, piece.after) < (best.edge, best.after) {
                best = piece;
            }
        }
        let part = best.part_nearest(&point);
        let chord = best.distance_2(&point).sqrt();
        let metres = 2.0 * crate::segments::RADIUS * (chord / 2.0).min(1.0).asin();
        Some(Snap { edge: best.edge, after: best.after as usize, part, metres })
    }
}

fn unit_vector(place: [i32; 2]) -> [f64; 3] {
    let [longitude, latitude] = place.map(|number| (f64::from(number) * 1e-7).to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}
