use std::collections::BTreeSet;

use geo::{Area, LineString, MultiPolygon, Point, Polygon};

use super::*;

/// A border between two corners, wavy, always the same for the same ends whichever way it is asked for.
fn wavy(from: (i32, i32), to: (i32, i32)) -> Vec<Coord<f64>> {
    let (low, high) = (from.min(to), from.max(to));
    let at = |corner: (i32, i32), part: f64, side: f64| {
        let (x, y) = (f64::from(high.0 - low.0), f64::from(high.1 - low.1));
        let wave = (part * 40.0 + f64::from(corner.0 * 7 + corner.1 * 3)).sin() * side;
        Coord {
            x: (f64::from(low.0) + x * part - y * wave) / 100.0,
            y: 48.0 + (f64::from(low.1) + y * part + x * wave) / 100.0,
        }
    };
    let mut line: Vec<Coord<f64>> = (0..=40)
        .map(|step| at(low, f64::from(step) / 40.0, if step == 0 || step == 40 { 0.0 } else { 0.03 }))
        .collect();
    if low != from {
        line.reverse();
    }
    line
}

/// A chequered region of squares with wavy borders, one with a hole in which another lies.
fn region() -> Vec<Geometry<f64>> {
    let mut squares: Vec<Geometry<f64>> = Vec::new();
    for column in 0..6 {
        for row in 0..6 {
            let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)];
            let mut ring = Vec::new();
            for pair in corners.windows(2) {
                ring.extend(wavy(pair[0], pair[1]));
            }
            squares.push(Polygon::new(LineString(ring), Vec::new()).into());
        }
    }
    let round = |reverse: bool| {
        let mut ring: Vec<Coord<f64>> = (0..=60)
            .map(|step| f64::from(step % 60) / 60.0 * std::f64::consts::TAU)
            .map(|angle| Coord { x: 0.025 + 0.002 * angle.cos(), y: 48.025 + 0.002 * angle.sin() })
            .collect();
        if reverse {
            ring.reverse();
        }
        LineString(ring)
    };
    if let Some(Geometry::Polygon(around)) = squares.get_mut(2 * 6 + 2) {
        around.interiors_push(round(true));
    }
    let far = LineString::from(vec![(1.0, 48.0), (1.0001, 48.0), (1.0001, 48.0001), (1.0, 48.0)]);
    squares.push(MultiPolygon(vec![Polygon::new(round(false), vec![]), Polygon::new(far, vec![])]).into());
    squares.push(Point::new(0.01, 48.01).into());
    squares
}

fn plane(region: &[Geometry<f64>]) -> Plane {
    Plane::over(region.iter(), std::iter::empty())
}

fn edges(ring: &[(i32, i32)]) -> impl Iterator<Item = ((i32, i32), (i32, i32))> {
    ring.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
}

#[test]
fn neighbours_run_along_the_very_same_corners() {
    let region = region();
    let topology = Topology::of(region.iter(), plane(&region), 10.0, 0.1);
    let corners_of = |number: usize| -> Vec<_> {
        topology.outlines[number].iter().flat_map(|ring| edges(&topology.ring(ring)).collect::<Vec<_>>()).collect()
    };
    // Inside a region, each edge is walked along twice: once from each side.
    let mut seen = std::collections::BTreeMap::new();
    for number in 0..36 {
        for edge in corners_of(number) {
            *seen.entry(edge).or_insert(0) += 1;
        }
    }
    let hole: BTreeSet<_> = corners_of(36).into_iter().collect();
    let inner = seen.iter().filter(|(edge, times)| **times == 2 || hole.contains(*edge)).count();
    let outer = seen.len() - inner;
    assert!(seen.values().all(|&times| times <= 2));
    assert!(inner > 3 * 24 && outer < inner, "{inner} inner edges, {outer} outer ones");
    // Whichever arcs two squares share, they name the same one.
    let arcs = |number: usize| -> BTreeSet<i32> {
        topology.outlines[number].iter().flatten().map(|&arc| if arc < 0 { !arc } else { arc }).collect()
    };
    for column in 0..5 {
        for row in 0..5 {
            let here = arcs(column * 6 + row);
            assert_eq!(here.intersection(&arcs(column * 6 + row + 1)).count(), 1);
            assert_eq!(here.intersection(&arcs((column + 1) * 6 + row)).count(), 1);
        }
    }
}

#[test]
fn rings_close_and_none_vanishes_and_areas_stay_near() {
    let region = region();
    for tolerance in [50.0, 300.0, 5_000.0] {
        let (plane, grid) = (plane(&region), 5.0);
        let topology = Topology::of(region.iter(), plane, tolerance, grid);
        for (geometry, outline) in region.iter().zip(&topology.outlines) {
            let mut area = 0.0;
            for ring in outline {
                let corners = topology.ring(ring);
                assert_eq!(corners.first(), corners.last());
                let distinct: BTreeSet<_> = corners.iter().collect();
                assert!(distinct.len() >= 3, "{corners:?}");
                let line: LineString<f64> =
                    corners.iter().map(|&(x, y)| (f64::from(x) * grid, f64::from(y) * grid)).collect();
                area += Polygon::new(line, Vec::new()).signed_area();
            }
            let cosine = 48.03_f64.to_radians().cos();
            let expected = geometry.unsigned_area() * 111_195.08_f64.powi(2) * cosine;
            assert!((area.abs() - expected).abs() <= 0.15 * expected + 200.0, "{area} {expected}");
        }
    }
}

#[test]
fn holes_are_kept_and_are_the_island_in_them() {
    let region = region();
    let topology = Topology::of(region.iter(), plane(&region), 300.0, 20.0);
    assert_eq!(topology.outlines[2 * 6 + 2].len(), 2);
    let (hole, island) = (&topology.outlines[2 * 6 + 2][1], &topology.outlines[36][0]);
    assert_eq!(hole.len(), 1);
    assert!(hole[0] == island[0] || hole[0] == !island[0]);
    assert!(topology.outlines[37].is_empty());
}
