//! Whether a ring crosses or touches itself.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

/// How a ring meets itself where it should not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tangle {
    /// Two of its sides cross at this point.
    Crossing(Coord<f64>),
    /// It comes back to this point, or retraces a part of itself.
    Touching(Coord<f64>),
}

#[derive(Clone, Copy)]
struct Side {
    from: Coord<f64>,
    to: Coord<f64>,
    left: f64,
    right: f64,
    bottom: f64,
    top: f64,
    position: usize,
}

/// Returns how a closed ring meets itself: a crossing if there is any, else a touch, else nothing.
///
/// Sides are swept from west to east, so that only those that overlap in longitude are compared.
pub(crate) fn tangle(ring: &[Coord<f64>]) -> Option<Tangle> {
    let mut sides: Vec<Side> = Vec::with_capacity(ring.len());
    for pair in ring.windows(2) {
        let [from, to] = *pair else { continue };
        if from != to {
            sides.push(Side {
                from,
                to,
                left: from.x.min(to.x),
                right: from.x.max(to.x),
                bottom: from.y.min(to.y),
                top: from.y.max(to.y),
                position: sides.len(),
            });
        }
    }
    let count = sides.len();
    sides.sort_unstable_by(|a, b| a.left.total_cmp(&b.left).then(a.position.cmp(&b.position)));
    let mut touch: Option<(usize, Coord<f64>)> = None;
    for (index, first) in sides.iter().enumerate() {
        for second in sides.iter().skip(index + 1).take_while(|second| second.left <= first.right) {
            if second.bottom > first.top || second.top < first.bottom {
                continue;
            }
            let (a, b) = if first.position < second.position { (first, second) } else { (second, first) };
            let met = if a.position + 1 == b.position {
                retraces(a, b)
            } else if a.position == 0 && b.position + 1 == count {
                retraces(b, a)
            } else {
                meets(a, b)
            };
            match met {
                Some(Tangle::Crossing(point)) => return Some(Tangle::Crossing(point)),
                Some(Tangle::Touching(point)) if touch.is_none_or(|(position, _)| a.position < position) => {
                    touch = Some((a.position, point));
                }
                _ => {}
            }
        }
    }
    touch.map(|(_, point)| Tangle::Touching(point))
}

/// Returns whether a side goes back over the one before it.
fn retraces(before: &Side, after: &Side) -> Option<Tangle> {
    let straight = RobustKernel::orient2d(before.from, before.to, after.to) == Orientation::Collinear;
    let back = (before.to.x - before.from.x) * (after.to.x - after.from.x)
        + (before.to.y - before.from.y) * (after.to.y - after.from.y);
    (straight && back < 0.0).then_some(Tangle::Touching(before.to))
}

/// Returns how two sides that do not follow one another meet.
fn meets(a: &Side, b: &Side) -> Option<Tangle> {
    let turn = |side: &Side, point| RobustKernel::orient2d(side.from, side.to, point);
    let (b_from, b_to) = (turn(a, b.from), turn(a, b.to));
    if b_from == b_to && b_from != Orientation::Collinear {
        return None;
    }
    let (a_from, a_to) = (turn(b, a.from), turn(b, a.to));
    if a_from == a_to && a_from != Orientation::Collinear {
        return None;
    }
    let straight = Orientation::Collinear;
    if [a_from, a_to, b_from, b_to].iter().all(|turn| *turn != straight) {
        return Some(Tangle::Crossing(crossing_point(a, b)));
    }
    let within = |side: &Side, point: Coord<f64>| {
        side.left <= point.x && point.x <= side.right && side.bottom <= point.y && point.y <= side.top
    };
    [(a, b.from, b_from), (a, b.to, b_to), (b, a.from, a_from), (b, a.to, a_to)]
        .into_iter()
        .find(|(side, point, turn)| *turn == straight && within(side, *point))
        .map(|(_, point, _)| Tangle::Touching(point))
}

fn crossing_point(a: &Side, b: &Side) -> Coord<f64> {
    let (ax, ay) = (a.to.x - a.from.x, a.to.y - a.from.y);
    let (bx, by) = (b.to.x - b.from.x, b.to.y - b.from.y);
    let along = ((b.from.x - a.from.x) * by - (b.from.y - a.from.y) * bx) / (ax * by - ay * bx);
    Coord { x: a.from.x + along * ax, y: a.from.y + along * ay }
}

#[cfg(test)]
mod tests {
    use geo::{LineString, Polygon, Validation};
    use proptest::prelude::*;

    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
        let first = points.first().copied();
        points.iter().copied().chain(first).map(|(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_bow_tie_crosses_in_its_middle() {
        let bow_tie = ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]);
        assert_eq!(tangle(&bow_tie), Some(Tangle::Crossing(Coord { x: 1.0, y: 1.0 })));
    }

    #[test]
    fn a_square_is_simple_and_a_spike_touches() {
        assert_eq!(tangle(&ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])), None);
        let spike = ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (2.0, 4.0), (2.0, 2.0), (0.0, 2.0)]);
        assert!(matches!(tangle(&spike), Some(Tangle::Touching(_))));
        let spike_at_start = ring(&[(0.0, 4.0), (0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
        assert!(matches!(tangle(&spike_at_start), Some(Tangle::Touching(_))));
        let eight = ring(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 2.0), (1.0, 1.0), (0.0, 2.0)]);
        assert_eq!(tangle(&eight), Some(Tangle::Touching(Coord { x: 1.0, y: 1.0 })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn it_finds_what_geo_calls_invalid(points in prop::collection::vec((0_i8..6, 0_i8..6), 3..9)) {
            let points: Vec<(f64, f64)> = points.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
            let ring = ring(&points);
            let polygon = Polygon::new(LineString::new(ring.clone()), vec![]);
            // A ring all on one line has no inside: geo lets some of them pass.
            let first = ring[0];
            let turns = ring.windows(2).any(|pair| RobustKernel::orient2d(first, pair[0], pair[1]) != Orientation::Collinear);
            prop_assume!(turns);
            prop_assert_eq!(tangle(&ring).is_none(), polygon.is_valid(), "{:?}", ring);
        }
    }
}
