use std::fmt;
use std::str::FromStr;

use geo::{BoundingRect, Coord, MapCoords};
use proj4rs::Proj;
use proj4rs::transform::transform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::NOT_OF_SYSTEM;
use crate::crs::{LAMBERT_93, WGS_84};
use crate::geometry::Shape;
use crate::{Crs, Finding};

/// The coordinate system that a planner states of columns, or a file of its coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum StatedCrs {
    /// WGS 84, in degrees.
    #[default]
    #[serde(rename = "EPSG:4326")]
    Wgs84,
    /// ETRS89 / LAEA Europe, in metres: the European grids.
    #[serde(rename = "EPSG:3035")]
    Laea,
    /// RGF93 v1 / Lambert-93, in metres: metropolitan France.
    #[serde(rename = "EPSG:2154")]
    Lambert93,
}

/// What is no coordinate system that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected EPSG:4326 (degrees), EPSG:3035 (the European grids) or EPSG:2154 (Lambert-93)")]
pub struct StatedCrsError;

impl FromStr for StatedCrs {
    type Err = StatedCrsError;

    fn from_str(text: &str) -> Result<Self, StatedCrsError> {
        match text.trim().to_ascii_uppercase().trim_start_matches("EPSG:") {
            "4326" => Ok(Self::Wgs84),
            "3035" => Ok(Self::Laea),
            "2154" => Ok(Self::Lambert93),
            _ => Err(StatedCrsError),
        }
    }
}

impl fmt::Display for StatedCrs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Wgs84 => "EPSG:4326",
            Self::Laea => "EPSG:3035",
            Self::Lambert93 => "EPSG:2154",
        })
    }
}

/// Lambert azimuthal equal-area as the European grids use it (EPSG:3035).
const LAEA: &str = "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 \
     +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";

impl StatedCrs {
    /// Returns the system of a number in the EPSG register; RGF93 and ETRS89 in degrees are taken as WGS 84, and the later
    /// realisations of Lambert-93 as the first, from which they differ by centimetres.
    pub(crate) const fn of_code(code: i32) -> Option<Self> {
        match (code, Crs::of_code(code)) {
            (3035, _) => Some(Self::Laea),
            (4258, _) | (_, Some(Crs::Wgs84)) => Some(Self::Wgs84),
            (_, Some(Crs::Lambert93)) => Some(Self::Lambert93),
            _ => None,
        }
    }

    /// Says that coordinates are none of this system, and whether they would be with their axes swapped.
    pub(crate) fn refuse(self, place: Coord<f64>) -> Finding {
        let is_swapped = self.projection().degrees(Coord { x: place.y, y: place.x }).is_some();
        let hint = if is_swapped { (": they look swapped", " : elles semblent inversées") } else { ("", "") };
        let finding = Finding::new(&NOT_OF_SYSTEM).with_value(&format!("{}, {}", place.x, place.y));
        finding.with("crs", self.to_string()).with("hint", hint)
    }

    /// Prepares the way to degrees.
    pub(crate) fn projection(self) -> StatedProjection {
        let system = match self {
            Self::Wgs84 => None,
            Self::Laea => Some((LAEA, is_laea as Area)),
            Self::Lambert93 => Some((LAMBERT_93, Crs::is_lambert as Area)),
        };
        let metres = system.and_then(|(text, area)| {
            Some((Proj::from_proj_string(text).ok()?, Proj::from_proj_string(WGS_84).ok()?, area))
        });
        StatedProjection { is_metric: self != Self::Wgs84, metres }
    }
}

/// Whether metres lie where a system may be used.
type Area = fn(Coord<f64>) -> bool;

/// Returns whether metres lie where the European grids have Europe.
fn is_laea(place: Coord<f64>) -> bool {
    let europe = 900_000.0..7_400_000.0;
    europe.contains(&place.x) && europe.contains(&place.y)
}

/// The way from stated coordinates to degrees.
pub(crate) struct StatedProjection {
    is_metric: bool,
    metres: Option<(Proj, Proj, Area)>,
}

impl StatedProjection {
    /// Returns a place in degrees, to a billionth; nothing where the coordinates cannot be of the system.
    pub(crate) fn degrees(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        let Some((metres, degrees, is_within)) = &self.metres else {
            let is_degrees = place.x.abs() <= 180.0 && place.y.abs() <= 90.0;
            return (!self.is_metric && is_degrees).then_some(place);
        };
        if !is_within(place) {
            return None;
        }
        let mut point = (place.x, place.y, 0.0);
        transform(metres, degrees, &mut point).ok()?;
        let round = |radians: f64| (radians.to_degrees() * 1e9).round() / 1e9;
        Some(Coord { x: round(point.0), y: round(point.1) })
    }
}

impl StatedProjection {
    /// Takes a geometry into degrees; returns the first place that cannot be of the system.
    pub(crate) fn shape(&self, shape: &mut Shape) -> Result<(), Coord<f64>> {
        let moved = shape.geometry.try_map_coords(|place| self.degrees(place).ok_or(place))?;
        if let Some(bounds) = moved.bounding_rect() {
            shape.bounds = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        }
        // Whole metres are fine as they are.
        shape.coarse = false;
        shape.geometry = moved;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_become_the_degrees_of_proj() {
        // gdaltransform -s_srs EPSG:3035 (or 2154) -t_srs EPSG:4326.
        for (crs, metres, degrees) in [
            (StatedCrs::Laea, (4_321_000.0, 3_210_000.0), (10.0, 52.0)),
            (StatedCrs::Laea, (4_113_500.0, 2_705_500.0), (7.250_911_037, 47.428_438_285)),
            (StatedCrs::Lambert93, (700_000.0, 6_600_000.0), (3.0, 46.5)),
        ] {
            let found = crs.projection().degrees(Coord { x: metres.0, y: metres.1 }).unwrap();
            assert!((found.x - degrees.0).abs() < 1e-7 && (found.y - degrees.1).abs() < 1e-7, "{crs}: {found:?}");
        }
    }

    #[test]
    fn coordinates_of_another_system_are_none_of_this_one() {
        for (crs, place) in [
            (StatedCrs::Laea, (6.2, 48.7)),
            (StatedCrs::Lambert93, (6.2, 48.7)),
            (StatedCrs::Lambert93, (4_113_500.0, 2_705_500.0)),
            (StatedCrs::Wgs84, (4_113_500.0, 2_705_500.0)),
        ] {
            assert_eq!(crs.projection().degrees(Coord { x: place.0, y: place.1 }), None, "{crs}");
        }
    }
}
