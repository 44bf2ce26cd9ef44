use geo::{Coord, Geometry};

use crate::arcs::{Arcs, Step};
use crate::extent::Plane;
use crate::simplify::simplify;

/// By how much the area of a ring may change.
const AREA_CHANGE: f64 = 0.1;
/// How often the tolerance of an arc is halved before all of its corners stay.
const HALVINGS: u32 = 6;

/// The outlines of a region, simplified together: neighbours run along the very same corners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topology {
    /// The corners of each stretch of border, in whole steps of the grid from the north-west.
    pub arcs: Vec<Vec<(i32, i32)>>,
    /// The outlines of each geometry, in order.
    pub outlines: Vec<Outline>,
}

/// The rings of a geometry, exterior ones and holes, each as arcs; `!arc` (−1 − arc) is run backwards.
pub type Outline = Vec<Vec<i32>>;

/// Arcs on their way to a topology.
struct Drawing<'a> {
    arcs: &'a Arcs,
    metres: Vec<Coord<f64>>,
    /// How often the tolerance of each arc was halved.
    halvings: Vec<u32>,
    kept: Vec<Vec<u32>>,
    tolerance: f64,
    grid: f64,
}

impl Topology {
    /// Simplifies geometries to a tolerance on a grid, both in metres of the plane.
    ///
    /// No ring vanishes that has an area on the grid, and none changes its area by more than a tenth: where it would,
    /// its borders keep more corners.
    pub(crate) fn of<'a>(
        geometries: impl Iterator<Item = &'a Geometry<f64>>,
        plane: Plane,
        tolerance: f64,
        grid: f64,
    ) -> Self {
        let arcs = Arcs::of(geometries);
        let metres = arcs.corners.iter().map(|&corner| plane.metres(corner)).collect();
        let kept = vec![Vec::new(); arcs.lines.len()];
        let halvings = vec![0; arcs.lines.len()];
        let mut drawing = Drawing { arcs: &arcs, metres, halvings, kept, tolerance, grid };
        let all: Vec<u32> = (0..).take(arcs.lines.len()).collect();
        drawing.simplify(&all);
        for _ in 0..=HALVINGS {
            let finer = drawing.too_coarse();
            if finer.is_empty() {
                break;
            }
            drawing.simplify(&finer);
        }
        drawing.into_topology()
    }

    /// Returns the corners of a ring of an outline; the last is the first again.
    #[must_use]
    pub fn ring(&self, ring: &[i32]) -> Vec<(i32, i32)> {
        let mut corners = Vec::new();
        for &arc in ring {
            let back = arc < 0;
            let number = usize::try_from(if back { !arc } else { arc }).unwrap_or(usize::MAX);
            let line = self.arcs.get(number).map(Vec::as_slice).unwrap_or_default();
            let joined = usize::from(!corners.is_empty());
            if back {
                corners.extend(line.iter().rev().skip(joined));
            } else {
                corners.extend(line.iter().skip(joined));
            }
        }
        corners
    }
}

impl Drawing<'_> {
    fn place(&self, corner: u32) -> Coord<f64> {
        self.metres.get(corner as usize).copied().unwrap_or_default()
    }

    fn simplify(&mut self, arcs: &[u32]) {
        for &number in arcs {
            let number = number as usize;
            let (Some(arc), Some(&halvings)) = (self.arcs.lines.get(number), self.halvings.get(number)) else {
                continue;
            };
            let kept = if halvings > HALVINGS {
                arc.clone()
            } else {
                let line: Vec<Coord<f64>> = arc.iter().map(|&corner| self.place(corner)).collect();
                let tolerance = self.tolerance / f64::from(1_u32 << halvings);
                simplify(&line, tolerance).into_iter().filter_map(|position| arc.get(position).copied()).collect()
            };
            if let Some(slot) = self.kept.get_mut(number) {
                *slot = kept;
            }
        }
    }

    /// Halves the tolerance along rings that lost too much, and returns their arcs.
    fn too_coarse(&mut self) -> Vec<u32> {
        let mut finer: Vec<u32> = Vec::new();
        for ring in self.arcs.rings.iter().flatten() {
            let area = |lines: &[Vec<u32>]| {
                let corners = ring.iter().flat_map(|step| along(lines, *step));
                area(corners.map(|corner| self.place(corner)))
            };
            let (before, after) = (area(&self.arcs.lines), area(&self.kept));
            let small = after < self.grid * self.grid && before > after;
            if small || (after - before).abs() > AREA_CHANGE * before {
                finer.extend(ring.iter().map(|step| step.arc));
            }
        }
        finer.sort_unstable();
        finer.dedup();
        finer.retain(|&arc| self.halvings.get(arc as usize).is_some_and(|&halvings| halvings <= HALVINGS));
        for &arc in &finer {
            if let Some(halvings) = self.halvings.get_mut(arc as usize) {
                *halvings += 1;
            }
        }
        finer
    }

    fn into_topology(self) -> Topology {
        #[expect(clippy::cast_possible_truncation, reason = "a cast of numbers too large ends at the largest")]
        let step = |metres: f64| (metres / self.grid).round() as i32;
        let arcs = self.kept.iter().map(|arc| {
            let mut line: Vec<(i32, i32)> = arc
                .iter()
                .map(|&corner| {
                    let place = self.place(corner);
                    (step(place.x), step(place.y))
                })
                .collect();
            line.dedup();
            line
        });
        let number = |step: &Step| {
            let arc = i32::try_from(step.arc).unwrap_or(i32::MAX);
            if step.back { !arc } else { arc }
        };
        let outline = |rings: &Vec<Vec<Step>>| rings.iter().map(|ring| ring.iter().map(number).collect()).collect();
        Topology { arcs: arcs.collect(), outlines: self.arcs.rings.iter().map(outline).collect() }
    }
}

/// Returns the corners of an arc in the direction of a ring, without the last, where the next arc starts.
fn along(lines: &[Vec<u32>], step: Step) -> Vec<u32> {
    let line = lines.get(step.arc as usize).map(Vec::as_slice).unwrap_or_default();
    let mut line = line.to_vec();
    if step.back {
        line.reverse();
    }
    line.pop();
    line
}

/// Returns the area within corners (the shoelace formula).
fn area(corners: impl Iterator<Item = Coord<f64>>) -> f64 {
    let mut corners = corners.peekable();
    let Some(&first) = corners.peek() else { return 0.0 };
    let mut sum = 0.0;
    let mut last = first;
    for corner in corners.chain([first]) {
        sum += (last.x - first.x) * (corner.y - first.y) - (corner.x - first.x) * (last.y - first.y);
        last = corner;
    }
    (sum / 2.0).abs()
}

#[cfg(test)]
mod tests;
