use geo::{BoundingRect, Coord, Geometry};
use maillage_io::PlanLayers;
use serde_json::{Value, json};

use crate::extent::Plane;
use crate::topology::Topology;

/// How many tolerances the longer side of the region has: on a picture of so many points none is moved by one.
const TOLERANCES: f64 = 3_000.0;
/// How many steps of the grid a tolerance has.
const STEPS: f64 = 4.0;

/// The map of a page: a grid of whole steps over the region.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapData {
    plane: Plane,
    /// Metres.
    tolerance: f64,
    /// Metres of a step.
    grid: f64,
}

impl MapData {
    /// Lays the grid over some geometries and places.
    pub(crate) fn over<'a, Geometries: Iterator<Item = &'a Geometry<f64>>>(
        geometries: impl Fn() -> Geometries,
        places: impl Iterator<Item = Coord<f64>>,
    ) -> Self {
        let plane = Plane::over(geometries(), places);
        let tolerance = (plane.side() / TOLERANCES).max(1.0).round();
        Self { plane, tolerance, grid: tolerance / STEPS }
    }

    /// Returns a place in steps.
    pub(crate) fn place(&self, degrees: Coord<f64>) -> (i32, i32) {
        step_of(self.plane.metres(degrees), self.grid)
    }

    /// Returns the middle of the box round a geometry, in steps.
    pub(crate) fn middle(&self, geometry: &Geometry<f64>) -> (i32, i32) {
        self.place(geometry.bounding_rect().map(geo::Rect::center).unwrap_or_default())
    }

    /// Tells the outlines of the communes, and the borders between their territories.
    pub(crate) fn to_json<'a>(
        &self,
        geometries: impl Iterator<Item = &'a Geometry<f64>>,
        territories: &[Option<&str>],
    ) -> Value {
        let topology = Topology::of(geometries, self.plane, self.tolerance, self.grid);
        let arcs: Vec<Vec<i32>> = topology.arcs.iter().map(|arc| steps_of(arc)).collect();
        let (width, height) = step_of(self.plane.size, self.grid);
        json!({
            "grid": self.grid,
            "tolerance": self.tolerance,
            "size": [width, height],
            "arcs": arcs,
            "shapes": topology.outlines,
            "borders": borders(territories, &topology),
        })
    }
}

/// Returns the territory of each commune of a plan.
pub(crate) fn territories(layers: &PlanLayers) -> Vec<Option<&str>> {
    layers.communes.iter().map(|commune| commune.stated.territory.as_deref()).collect()
}

/// Returns the arcs between territories, and at the edge of the region.
pub(crate) fn borders(territories: &[Option<&str>], topology: &Topology) -> Vec<usize> {
    let mut sides: Vec<Vec<Option<&str>>> = vec![Vec::new(); topology.arcs.len()];
    for (territory, outline) in territories.iter().zip(&topology.outlines) {
        for &arc in outline.iter().flatten() {
            let number = usize::try_from(if arc < 0 { !arc } else { arc }).unwrap_or(usize::MAX);
            if let Some(sides) = sides.get_mut(number) {
                sides.push(*territory);
            }
        }
    }
    let is_inner = |sides: &[Option<&str>]| matches!(sides, [one, other] if one == other);
    (0..sides.len()).filter(|&arc| sides.get(arc).is_some_and(|sides| !is_inner(sides))).collect()
}

/// Returns a place in whole steps of the grid.
#[expect(clippy::cast_possible_truncation, reason = "a cast of numbers too large ends at the largest")]
fn step_of(metres: Coord<f64>, grid: f64) -> (i32, i32) {
    ((metres.x / grid).round() as i32, (metres.y / grid).round() as i32)
}

/// Returns the first corner, then the way from each corner to the next.
fn steps_of(arc: &[(i32, i32)]) -> Vec<i32> {
    let mut last = (0, 0);
    let mut steps = Vec::with_capacity(2 * arc.len());
    for &(x, y) in arc {
        steps.extend([x.saturating_sub(last.0), y.saturating_sub(last.1)]);
        last = (x, y);
    }
    steps
}
