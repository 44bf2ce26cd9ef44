use std::collections::BTreeMap;

use geo::{Area, Contains, Intersects, Line, LineString, MultiPolygon, Polygon};

/// A closed line: its first corner comes again as its last.
pub(crate) type Ring = LineString<f64>;

/// Returns whether any two lines of any rings have more than a corner in common that follows in both.
#[expect(clippy::cast_possible_truncation, reason = "degrees in steps of a hundredth")]
pub(crate) fn cross(rings: &[Ring]) -> bool {
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
pub(crate) fn nested(rings: Vec<Ring>) -> MultiPolygon<f64> {
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
