use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::Position;

/// A point of the unit sphere and the position in its list of what stands there.
type Entry = GeomWithData<[f64; 3], u32>;

/// An index over points of the earth, for nearest points and points within a distance.
///
/// It holds unit vectors and compares squared chords: exact, without windows of degrees.
pub(crate) struct PointIndex {
    tree: RTree<Entry>,
}

impl PointIndex {
    /// Indexes points with the position that each is known by.
    pub(crate) fn new(points: impl IntoIterator<Item = (u32, Position)>) -> Self {
        let entries = points.into_iter().map(|(position, point)| Entry::new(point.unit_vector(), position)).collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Returns every point within a squared chord, with its own squared chord, in no particular order.
    pub(crate) fn within(&self, from: [f64; 3], squared_chord: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.tree
            .locate_within_distance(from, squared_chord)
            .map(move |entry| (entry.data, rstar::PointDistance::distance_2(entry.geom(), &from)))
    }

    /// Returns the squared chord to the nearest point; absent when there is no point.
    pub(crate) fn nearest(&self, from: [f64; 3]) -> Option<f64> {
        let entry = self.tree.nearest_neighbor(&from)?;
        Some(rstar::PointDistance::distance_2(entry.geom(), &from))
    }
}
