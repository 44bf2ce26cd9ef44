use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::crs::Projection;
use crate::geometry::Allowed;
use crate::well_known_binary::read_blob;
use crate::{Crs, Finding, Language, PlanFile, PlanPackage};

/// The sites and communes of a plan as its file states them, in degrees, whatever the format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanLayers {
    /// New sites by rank, then existing ones by identifier.
    pub sites: Vec<PlanLayerSite>,
    /// Communes by code.
    pub communes: Vec<PlanLayerCommune>,
}

/// An open site of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLayerSite {
    /// What is said of it.
    pub stated: SiteFields,
    /// Longitude and latitude.
    pub place: Coord<f64>,
}

/// A commune of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLayerCommune {
    /// What is said of it.
    pub stated: CommuneFields,
    /// A point, a polygon or polygons, in degrees.
    pub geometry: Geometry<f64>,
}

/// The fields of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct SiteFields {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// `new` or `existing`.
    pub state: String,
    /// Its place in the order of opening, 1 for the first; existing sites have none.
    pub rank: Option<u64>,
    /// People newly in reach when it opens in this order.
    pub people_added: Option<u64>,
    /// People who would lose their only site without it.
    pub people_lost_without: Option<u64>,
    /// Whole euros.
    pub cost: Option<u64>,
    /// The phase it opens in.
    pub phase: Option<String>,
    /// The territory it stands in.
    pub territory: Option<String>,
}

/// The fields of a commune.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct CommuneFields {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its territory.
    pub territory: Option<String>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// The access figure.
    pub access: Option<f64>,
    /// Under-served people.
    pub under_served: Option<u64>,
    /// `already`, `newly` or `no`.
    pub reached: String,
    /// The nearest open site.
    pub site: Option<String>,
    /// Minutes to it.
    pub minutes: Option<f64>,
}

/// Why the layers of a plan cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanLayersError {
    /// A feature is not what "maillage plan" writes.
    #[error("feature {feature}: {source}")]
    Feature {
        /// Its position, from 0.
        feature: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A layer is not what "maillage plan" writes.
    #[error("the layers of the GeoPackage: {0}")]
    Package(#[from] rusqlite::Error),
    /// A geometry of a layer is damaged.
    #[error("layer {layer}, \"{id}\": {}", problem.problem(Language::English))]
    Geometry {
        /// The layer.
        layer: &'static str,
        /// The identifier of its row.
        id: String,
        /// What is wrong.
        problem: Box<Finding>,
    },
    /// The coordinate system cannot be read.
    #[error("the coordinate system of the GeoPackage: {0}")]
    Projection(#[from] proj4rs::errors::Error),
}

impl PlanFile {
    /// Reads the sites and communes of the plan; none where the file holds the answer alone.
    ///
    /// # Errors
    /// When a feature or a row is not what `maillage plan` writes.
    pub fn layers(&self) -> Result<PlanLayers, PlanLayersError> {
        match &self.package {
            Some(package) => of_package(package),
            None => of_features(self.features.as_deref().unwrap_or_default()),
        }
    }
}

#[derive(Deserialize)]
struct Feature<Fields> {
    properties: Fields,
    geometry: Shape,
}

#[derive(Deserialize)]
struct Role {
    properties: RoleField,
}

#[derive(Deserialize)]
struct RoleField {
    role: String,
}

type Ring = Vec<[f64; 2]>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Shape {
    Point([f64; 2]),
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

fn of_features(features: &[Box<RawValue>]) -> Result<PlanLayers, PlanLayersError> {
    let mut layers = PlanLayers::default();
    for (position, feature) in features.iter().enumerate() {
        let failed = |source| PlanLayersError::Feature { feature: position, source };
        let Role { properties: RoleField { role } } = serde_json::from_str(feature.get()).map_err(failed)?;
        if role == "site" {
            let Feature { properties, geometry } = serde_json::from_str(feature.get()).map_err(failed)?;
            if let Geometry::Point(point) = geometry.into_geometry() {
                layers.sites.push(PlanLayerSite { stated: properties, place: point.0 });
            }
        } else if role == "commune" {
            let Feature { properties, geometry } = serde_json::from_str(feature.get()).map_err(failed)?;
            layers.communes.push(PlanLayerCommune { stated: properties, geometry: geometry.into_geometry() });
        }
    }
    Ok(layers)
}

impl Shape {
    fn into_geometry(self) -> Geometry<f64> {
        match self {
            Self::Point([x, y]) => Geometry::Point(Point::new(x, y)),
            Self::Polygon(rings) => Geometry::Polygon(polygon(rings)),
            Self::MultiPolygon(polygons) => {
                Geometry::MultiPolygon(MultiPolygon(polygons.into_iter().map(polygon).collect()))
            }
        }
    }
}

fn polygon(rings: Vec<Ring>) -> Polygon<f64> {
    let line = |ring: Ring| LineString(ring.into_iter().map(|[x, y]| Coord { x, y }).collect());
    let mut rings = rings.into_iter().map(line);
    let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

fn of_package(package: &PlanPackage) -> Result<PlanLayers, PlanLayersError> {
    let crs = package.crs()?;
    let projection = Projection::to(crs)?;
    let shape = |layer, id: &str, blob: &[u8]| geometry(layer, id, blob, crs, &projection);
    let mut layers = PlanLayers::default();
    let mut query = package.database().prepare(
        "SELECT geom, id, name, kind, state, rank, people_added, people_lost_without, cost, phase, territory \
         FROM sites ORDER BY fid",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let stated = SiteFields {
            id: row.get(1)?,
            name: row.get(2)?,
            kind: row.get(3)?,
            state: row.get(4)?,
            rank: count(row, 5)?,
            people_added: count(row, 6)?,
            people_lost_without: count(row, 7)?,
            cost: count(row, 8)?,
            phase: row.get(9)?,
            territory: row.get(10)?,
        };
        if let Geometry::Point(point) = shape("sites", &stated.id, row.get_ref(0)?.as_blob().unwrap_or_default())? {
            layers.sites.push(PlanLayerSite { stated, place: point.0 });
        }
    }
    let mut query = package.database().prepare(
        "SELECT geom, id, name, territory, population, access, under_served, reached, site, minutes \
         FROM communes ORDER BY fid",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let stated = CommuneFields {
            id: row.get(1)?,
            name: row.get(2)?,
            territory: row.get(3)?,
            population: count(row, 4)?,
            access: row.get(5)?,
            under_served: count(row, 6)?,
            reached: row.get(7)?,
            site: row.get(8)?,
            minutes: row.get(9)?,
        };
        let geometry = shape("communes", &stated.id, row.get_ref(0)?.as_blob().unwrap_or_default())?;
        layers.communes.push(PlanLayerCommune { stated, geometry });
    }
    Ok(layers)
}

/// Reads a whole number; a negative one is none.
fn count(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|number| u64::try_from(number).ok()))
}

fn geometry(
    layer: &'static str,
    id: &str,
    blob: &[u8],
    crs: Crs,
    projection: &Projection,
) -> Result<Geometry<f64>, PlanLayersError> {
    let read = read_blob(blob, Allowed::PointsAndPolygons, (crs, crs.code()), projection);
    read.map(|shape| shape.geometry).map_err(|finding| PlanLayersError::Geometry {
        layer,
        id: id.to_owned(),
        problem: finding,
    })
}
