use std::fmt;
use std::str::FromStr;

use geo::Coord;
use proj4rs::Proj;
use proj4rs::transform::transform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The coordinate system of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Crs {
    /// WGS 84, in degrees.
    #[default]
    #[serde(rename = "EPSG:4326")]
    Wgs84,
    /// RGF93 v1 / Lambert-93, in metres: metropolitan France.
    #[serde(rename = "EPSG:2154")]
    Lambert93,
}

/// What is no coordinate system that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected EPSG:4326 (WGS 84) or EPSG:2154 (Lambert-93)")]
pub struct CrsError;

impl FromStr for Crs {
    type Err = CrsError;

    fn from_str(text: &str) -> Result<Self, CrsError> {
        match text.trim().to_ascii_uppercase().as_str() {
            "EPSG:4326" | "4326" => Ok(Self::Wgs84),
            "EPSG:2154" | "2154" => Ok(Self::Lambert93),
            _ => Err(CrsError),
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "EPSG:{}", self.code())
    }
}

/// Lambert-93 as IGN defines it; RGF93 and WGS 84 are taken as one, as EPSG:1671 does.
pub(crate) const LAMBERT_93: &str = "+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +y_0=6600000 +ellps=GRS80 \
     +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";
pub(crate) const WGS_84: &str = "+proj=longlat +datum=WGS84 +no_defs";

impl Crs {
    /// Returns the number of the system in the EPSG register.
    #[must_use]
    pub const fn code(self) -> i32 {
        match self {
            Self::Wgs84 => 4326,
            Self::Lambert93 => 2154,
        }
    }

    /// Returns the system of a number in the EPSG register, of those that are read: RGF93 in degrees is taken as WGS 84,
    /// and the later realisations of Lambert-93 as the first, from which they differ by centimetres.
    pub(crate) const fn of_code(code: i32) -> Option<Self> {
        match code {
            4326 | 4171 => Some(Self::Wgs84),
            2154 | 9793 | 9794 => Some(Self::Lambert93),
            _ => None,
        }
    }

    /// Returns whether metres lie where Lambert-93 has metropolitan France, with some margin.
    pub(crate) fn is_lambert(place: Coord<f64>) -> bool {
        (0.0..1_400_000.0).contains(&place.x) && (6_000_000.0..7_300_000.0).contains(&place.y)
    }

    /// Returns whether a place, in degrees, lies where the system may be used.
    #[must_use]
    pub fn covers(self, longitude: f64, latitude: f64) -> bool {
        match self {
            Self::Wgs84 => true,
            // The area of use in the EPSG register.
            Self::Lambert93 => (-9.86..=10.38).contains(&longitude) && (41.15..=51.56).contains(&latitude),
        }
    }
}

/// Takes degrees of WGS 84 into a coordinate system, and back.
pub(crate) struct Projection {
    lambert: Option<(Proj, Proj)>,
}

impl Projection {
    /// Prepares a projection.
    pub(crate) fn to(crs: Crs) -> Result<Self, proj4rs::errors::Error> {
        let lambert = match crs {
            Crs::Wgs84 => None,
            Crs::Lambert93 => Some((Proj::from_proj_string(WGS_84)?, Proj::from_proj_string(LAMBERT_93)?)),
        };
        Ok(Self { lambert })
    }

    /// Returns the place in ten-millionths of a degree or whole millimetres, so that every machine writes the same.
    pub(crate) fn project(&self, place: Coord<f64>) -> Result<Coord<f64>, proj4rs::errors::Error> {
        let round = |number: f64, parts: f64| (number * parts).round() / parts;
        let Some((degrees, metres)) = &self.lambert else {
            return Ok(Coord { x: round(place.x, 1e7), y: round(place.y, 1e7) });
        };
        let mut point = (place.x.to_radians(), place.y.to_radians(), 0.0);
        transform(degrees, metres, &mut point)?;
        Ok(Coord { x: round(point.0, 1e3), y: round(point.1, 1e3) })
    }

    /// Returns the place in degrees: of metres to a billionth, a tenth of a millimetre, so that every machine reads the
    /// same and projecting it again gives the same millimetres.
    pub(crate) fn unproject(&self, place: Coord<f64>) -> Result<Coord<f64>, proj4rs::errors::Error> {
        let Some((degrees, metres)) = &self.lambert else { return Ok(place) };
        let mut point = (place.x, place.y, 0.0);
        transform(metres, degrees, &mut point)?;
        let round = |radians: f64| (radians.to_degrees() * 1e9).round() / 1e9;
        Ok(Coord { x: round(point.0), y: round(point.1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambert_93_is_that_of_proj() {
        // gdaltransform from EPSG:4326 to EPSG:2154; the first is the origin of the projection.
        let projection = Projection::to(Crs::Lambert93).unwrap();
        for (longitude, latitude, x, y) in LAMBERT_POINTS {
            let place = projection.project(Coord { x: longitude, y: latitude }).unwrap();
            assert!((place.x - x).abs() < 0.002 && (place.y - y).abs() < 0.002, "{place:?}");
            let back = projection.unproject(place).unwrap();
            assert!((back.x - longitude).abs() < 3e-8 && (back.y - latitude).abs() < 3e-8, "{back:?}");
            assert_eq!(projection.project(back).unwrap(), place);
        }
    }

    const LAMBERT_POINTS: [(f64, f64, f64, f64); 3] = [
        (3.0, 46.5, 700_000.0, 6_600_000.0),
        (7.75, 48.58, 1_050_163.944, 6_841_622.715),
        (4.03, 49.25, 775_002.116, 6_906_081.693),
    ];

    #[test]
    fn systems_are_named_by_their_codes() {
        assert_eq!("EPSG:2154".parse(), Ok(Crs::Lambert93));
        assert_eq!("epsg:4326".parse(), Ok(Crs::Wgs84));
        assert_eq!("EPSG:3857".parse::<Crs>(), Err(CrsError));
        assert_eq!(Crs::Lambert93.to_string(), "EPSG:2154");
        assert!(!Crs::Lambert93.covers(55.5, -21.1));
    }
}
