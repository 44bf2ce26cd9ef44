use std::fmt;
use std::str::FromStr;

use geo::Coord;
use proj4rs::Proj;
use proj4rs::transform::transform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Crs;
use crate::crs::{LAMBERT_93, WGS_84};

/// The coordinate system of a population grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum GridCrs {
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

/// What is no coordinate system of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected EPSG:4326 (degrees), EPSG:3035 (the European grids) or EPSG:2154 (Lambert-93)")]
pub struct GridCrsError;

impl FromStr for GridCrs {
    type Err = GridCrsError;

    fn from_str(text: &str) -> Result<Self, GridCrsError> {
        match text.trim().to_ascii_uppercase().trim_start_matches("EPSG:") {
            "4326" => Ok(Self::Wgs84),
            "3035" => Ok(Self::Laea),
            "2154" => Ok(Self::Lambert93),
            _ => Err(GridCrsError),
        }
    }
}

impl fmt::Display for GridCrs {
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

impl GridCrs {
    /// Prepares the way to degrees.
    pub(crate) fn projection(self) -> GridProjection {
        let system = match self {
            Self::Wgs84 => None,
            Self::Laea => Some((LAEA, is_laea as Area)),
            Self::Lambert93 => Some((LAMBERT_93, Crs::is_lambert as Area)),
        };
        let metres = system.and_then(|(text, area)| {
            Some((Proj::from_proj_string(text).ok()?, Proj::from_proj_string(WGS_84).ok()?, area))
        });
        GridProjection { is_metric: self != Self::Wgs84, metres }
    }
}

/// Whether metres lie where a system may be used.
type Area = fn(Coord<f64>) -> bool;

/// Returns whether metres lie where the European grids have Europe.
fn is_laea(place: Coord<f64>) -> bool {
    let europe = 900_000.0..7_400_000.0;
    europe.contains(&place.x) && europe.contains(&place.y)
}

/// The way from the coordinates of a grid to degrees.
pub(crate) struct GridProjection {
    is_metric: bool,
    metres: Option<(Proj, Proj, Area)>,
}

impl GridProjection {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_become_the_degrees_of_proj() {
        // gdaltransform -s_srs EPSG:3035 (or 2154) -t_srs EPSG:4326.
        for (crs, metres, degrees) in [
            (GridCrs::Laea, (4_321_000.0, 3_210_000.0), (10.0, 52.0)),
            (GridCrs::Laea, (4_113_500.0, 2_705_500.0), (7.250_911_037, 47.428_438_285)),
            (GridCrs::Lambert93, (700_000.0, 6_600_000.0), (3.0, 46.5)),
        ] {
            let found = crs.projection().degrees(Coord { x: metres.0, y: metres.1 }).unwrap();
            assert!((found.x - degrees.0).abs() < 1e-7 && (found.y - degrees.1).abs() < 1e-7, "{crs}: {found:?}");
        }
    }

    #[test]
    fn coordinates_of_another_system_are_none_of_this_one() {
        for (crs, place) in [
            (GridCrs::Laea, (6.2, 48.7)),
            (GridCrs::Lambert93, (6.2, 48.7)),
            (GridCrs::Lambert93, (4_113_500.0, 2_705_500.0)),
            (GridCrs::Wgs84, (4_113_500.0, 2_705_500.0)),
        ] {
            assert_eq!(crs.projection().degrees(Coord { x: place.0, y: place.1 }), None, "{crs}");
        }
    }
}
