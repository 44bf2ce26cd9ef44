use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use crate::Position;

/// A point of the unit sphere and the position in its list of what stands there.
type Entry = GeomWithData<[f64; 3], u32>;

/// An index over points of the earth, for nearest points and points within a distance.
///
/// It holds unit vectors and compares squared chords: exact, without windows of degrees.
pub(crate) struct PointIndex {
    points: Vec<Entry>,
    tree: RTree<Entry>,
}

/// Points whose surroundings are counted to learn how crowded they are.
const SAMPLE: usize = 32;

/// Reading all points one after the other costs as much as finding one in so many through the tree, about.
const SCAN: usize = 50;

impl PointIndex {
    /// Indexes points with the position that each is known by.
    pub(crate) fn new(points: impl IntoIterator<Item = (u32, Position)>) -> Self {
        let points: Vec<Entry> =
            points.into_iter().map(|(position, point)| Entry::new(point.unit_vector(), position)).collect();
        Self { tree: RTree::bulk_load(points.clone()), points }
    }

    /// Returns whether so many points lie within a squared chord of each other that [`scan`](Self::scan) finds them
    /// sooner than [`within`](Self::within).
    pub(crate) fn is_crowded(&self, squared_chord: f64) -> bool {
        let step = self.points.len().div_ceil(SAMPLE).max(1);
        let sample = || self.points.iter().step_by(step);
        let found: usize = sample().map(|entry| self.within(*entry.geom(), squared_chord).count()).sum();
        found.saturating_mul(SCAN) > self.points.len().saturating_mul(sample().count())
    }

    /// Returns every point within a squared chord, with its own squared chord, in no particular order.
    pub(crate) fn within(&self, from: [f64; 3], squared_chord: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        let nearby = self.tree.locate_within_distance(from, squared_chord);
        nearby.map(move |entry| (entry.data, entry.geom().distance_2(&from)))
    }

    /// Returns what [`within`](Self::within) does, in the order of the points, by looking at them all.
    pub(crate) fn scan(&self, from: [f64; 3], squared_chord: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        let all = self.points.iter().map(move |entry| (entry.data, entry.geom().distance_2(&from)));
        all.filter(move |&(_, found)| found <= squared_chord)
    }

    /// Returns the squared chord to the nearest point; absent when there is no point.
    pub(crate) fn nearest(&self, from: [f64; 3]) -> Option<f64> {
        let entry = self.tree.nearest_neighbor(&from)?;
        Some(entry.geom().distance_2(&from))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index(places: &[(i16, i16)]) -> PointIndex {
        let position = |&(east, north): &(i16, i16)| Position::new(f64::from(east), f64::from(north)).unwrap();
        PointIndex::new((0..).zip(places.iter().map(position)))
    }

    #[test]
    fn crowds_are_told_from_the_sparse() {
        let line: Vec<(i16, i16)> = (0..170).map(|east| (east, 0)).collect();
        let degrees = |degrees: f64| (2.0 * (degrees.to_radians() / 2.0).sin()).powi(2);
        assert!(!index(&line).is_crowded(degrees(0.5)));
        assert!(index(&line).is_crowded(degrees(20.0)));
        assert!(!index(&[]).is_crowded(4.0));
    }

    proptest! {
        #[test]
        fn tree_and_scan_find_the_same(
            places in proptest::collection::vec((-180..=180_i16, -90..=90_i16), 0..300),
            squared_chord in 0.0..4.1_f64,
        ) {
            let index = index(&places);
            let from = Position::new(5.0, 48.0).unwrap().unit_vector();
            let mut found: Vec<(u32, f64)> = index.within(from, squared_chord).collect();
            found.sort_by_key(|found| found.0);
            prop_assert_eq!(&found, &index.scan(from, squared_chord).collect::<Vec<_>>());
            let nearest = index.scan(from, 5.0).map(|(_, squared_chord)| squared_chord).min_by(f64::total_cmp);
            prop_assert_eq!(index.nearest(from), nearest);
        }
    }
}
