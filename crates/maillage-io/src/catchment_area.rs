use std::collections::BTreeMap;

use geo::{Geometry, MultiPolygon, Polygon, unary_union};
use maillage_core::{Plan, Reached, Territory};

/// Returns for each open site the positions of the communes in reach that it is the nearest to.
pub(crate) fn catchments(plan: &Plan) -> BTreeMap<u32, Vec<usize>> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (position, commune) in plan.communes.iter().enumerate() {
        if let (Some((site, _)), true) = (commune.nearest, commune.reached != Reached::No) {
            members.entry(site).or_default().push(position);
        }
    }
    members
}

/// Joins the areas of communes; communes that are points have none.
pub(crate) fn joined_area(territory: &Territory, positions: &[usize]) -> MultiPolygon<f64> {
    let communes = positions.iter().filter_map(|position| territory.communes().get(*position));
    let areas: Vec<&Polygon<f64>> = communes
        .flat_map(|commune| match &commune.geometry {
            Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
            Geometry::MultiPolygon(MultiPolygon(polygons)) => polygons.as_slice(),
            _ => &[],
        })
        .collect();
    if areas.is_empty() { MultiPolygon(Vec::new()) } else { unary_union(areas) }
}
