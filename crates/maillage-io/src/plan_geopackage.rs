use std::collections::BTreeMap;

use geo::{Geometry, LineString, MultiPolygon, Point, Polygon, unary_union};
use maillage_core::{Plan, PlanCommune, PlanSite, Reached, Site, Territory};
use rusqlite::types::Value;

use crate::crs::Projection;
use crate::geopackage::{Package, Row};
use crate::geopackage_geometry::Blob;
use crate::plan_tables::{catchments_table, communes_table, links_table, sites_table, summary_table};
use crate::{Answer, Crs, Language};

/// The name under which the answer stands among the metadata.
pub(crate) const ANSWER_STANDARD: &str = "urn:maillage:answer:1";
const SOURCES_STANDARD: &str = "urn:maillage:sources:1";

/// Why a plan cannot be written as a `GeoPackage`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GeoPackageError {
    /// A place cannot be projected.
    #[error("a place cannot be written in {crs}: {source}; use EPSG:4326")]
    Projection {
        /// The coordinate system asked for.
        crs: Crs,
        /// What the projection said.
        source: proj4rs::errors::Error,
    },
    /// The tables cannot be made.
    #[error("the GeoPackage cannot be made: {0}")]
    Database(#[from] rusqlite::Error),
}

/// Writes a plan as a `GeoPackage` 1.3: layers `sites`, `communes`, `catchments` and `links`, the table `territories`,
/// styles for QGIS, names and comments of columns in a language, and the answer and its sources as metadata.
///
/// The same plan gives the same bytes. Coordinates are whole ten-millionths of a degree, or millimetres.
///
/// # Errors
/// When a place cannot be projected.
pub fn write_plan_geopackage(
    territory: &Territory,
    plan: &Plan,
    answer: &Answer,
    crs: Crs,
    language: Language,
) -> Result<Vec<u8>, GeoPackageError> {
    let package = Package::new(crs, language)?;
    let failed = |source| GeoPackageError::Projection { crs, source };
    let projection = Projection::to(crs).map_err(failed)?;
    let layers = Layers { territory, plan, answer, code: crs.code(), projection };
    let areas = territory.communes().iter().map(|commune| match commune.geometry {
        Geometry::Point(_) => (true, false),
        _ => (false, true),
    });
    let (any_point, any_area) = areas.fold((false, false), |(a, b), (c, d)| (a || c, b || d));
    let kind = match (any_point, any_area) {
        (true, true) => "GEOMETRY",
        (true, false) => "POINT",
        _ => "MULTIPOLYGON",
    };
    package.add(&communes_table(kind, language), layers.communes().map_err(failed)?)?;
    package.add(&catchments_table(), layers.catchments().map_err(failed)?)?;
    package.add(&links_table(), layers.links().map_err(failed)?)?;
    package.add(&sites_table(language), layers.sites().map_err(failed)?)?;
    package.add(&summary_table(), layers.territories())?;
    let json = serde_json::to_string(answer).unwrap_or_default();
    package.add_metadata(ANSWER_STANDARD, "application/json", &json)?;
    package.add_metadata(SOURCES_STANDARD, "text/plain", &sources(answer))?;
    Ok(package.into_bytes()?)
}

/// Writes a line for each file that was read.
fn sources(answer: &Answer) -> String {
    let line = |input: &crate::AnswerInput| {
        let source = input.source.as_deref().unwrap_or("?");
        let year = input.year.map_or_else(|| "?".to_owned(), |year| year.to_string());
        format!("{}: {source}, {year} (SHA-256 {})\n", input.file, input.sha256)
    };
    answer.inputs.iter().map(line).collect()
}

/// The rows of each layer.
struct Layers<'a> {
    territory: &'a Territory,
    plan: &'a Plan,
    answer: &'a Answer,
    code: i32,
    projection: Projection,
}

type Rows = Result<Vec<Row>, proj4rs::errors::Error>;

impl Layers<'_> {
    fn site(&self, position: u32) -> Option<&Site> {
        self.territory.sites().get(position as usize)
    }

    fn id_of(&self, position: Option<u32>) -> Value {
        text(position.and_then(|position| self.site(position)).map_or("", |site| &site.id))
    }

    fn blob(&self, geometry: &Geometry<f64>) -> Result<Option<Blob>, proj4rs::errors::Error> {
        Blob::of(geometry, self.code, &self.projection)
    }

    fn sites(&self) -> Rows {
        let rows = self.plan.sites.iter().filter_map(|plan| Some((self.site(plan.site)?, plan)));
        rows.map(|(site, plan)| Ok((self.blob(&Geometry::Point(place(site)))?, self.site_values(site, plan)))).collect()
    }

    fn site_values(&self, site: &Site, plan: &PlanSite) -> Vec<Value> {
        let phase = plan.phase.and_then(|phase| self.answer.phases.get(phase as usize));
        let kind = plan.kind.and_then(|kind| self.answer.types.get(kind as usize));
        vec![
            text(&site.id),
            text(&site.name),
            text(&site.kind),
            text(if plan.is_new { "new" } else { "existing" }),
            Value::Integer(i64::from(plan.required)),
            whole(plan.rank.map(u64::from)),
            whole(plan.people_added),
            whole(Some(plan.people_lost_without)),
            whole(plan.cost),
            text(phase.map_or("", |phase| &phase.phase)),
            text(kind.map_or("", |kind| &kind.r#type)),
            self.id_of(plan.hub),
            self.id_of(plan.upgrades),
            whole(plan.residents),
            text(&plan.territory),
        ]
    }

    fn communes(&self) -> Rows {
        let rows = self.territory.communes().iter().zip(&self.plan.communes);
        rows.map(|(commune, plan)| {
            let values = vec![
                text(&commune.code),
                text(&commune.name),
                text(&commune.territory),
                whole(Some(commune.population)),
                commune.access.map_or(Value::Null, Value::Real),
                whole(Some(plan.under_served)),
                text(reached_word(plan.reached)),
                self.id_of(plan.nearest.map(|(site, _)| site)),
                minutes(plan),
            ];
            Ok((self.blob(&commune.geometry)?, values))
        })
        .collect()
    }

    /// Joins the communes in reach that each site is the nearest to; communes that are points have no area.
    fn catchments(&self) -> Rows {
        let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (position, commune) in self.plan.communes.iter().enumerate() {
            if let (Some((site, _)), true) = (commune.nearest, commune.reached != Reached::No) {
                members.entry(site).or_default().push(position);
            }
        }
        let open = self.plan.sites.iter().filter_map(|plan| Some((plan, members.get(&plan.site)?)));
        let row = |(plan, positions): (&PlanSite, &Vec<usize>)| {
            let communes = || positions.iter().filter_map(|position| self.territory.communes().get(*position));
            let counts = || positions.iter().filter_map(|position| self.plan.communes.get(*position));
            let areas: Vec<&Polygon<f64>> = communes()
                .flat_map(|commune| match &commune.geometry {
                    Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
                    Geometry::MultiPolygon(MultiPolygon(polygons)) => polygons.as_slice(),
                    _ => &[],
                })
                .collect();
            let area = if areas.is_empty() { MultiPolygon(Vec::new()) } else { unary_union(areas) };
            let values = vec![
                self.id_of(Some(plan.site)),
                text(self.site(plan.site).map_or("", |site| &site.name)),
                text(if plan.is_new { "new" } else { "existing" }),
                whole(Some(positions.len() as u64)),
                whole(Some(communes().map(|commune| commune.population).sum())),
                whole(Some(counts().map(|commune| commune.under_served).sum())),
            ];
            Ok((self.blob(&Geometry::MultiPolygon(area))?, values))
        };
        open.map(row).collect()
    }

    /// Draws a line from where people of each commune in reach leave to the nearest open site.
    fn links(&self) -> Rows {
        let rows = self.territory.communes().iter().zip(&self.plan.communes);
        let reached = rows.filter(|(_, plan)| plan.reached != Reached::No);
        let linked = reached.filter_map(|(commune, plan)| Some((commune, plan, self.site(plan.nearest?.0)?)));
        linked
            .map(|(commune, plan, site)| {
                let origin = Point::new(commune.origin.longitude(), commune.origin.latitude());
                // A line of no length is not valid: a commune whose people leave from the site itself has none.
                let ends = vec![self.projection.project(origin.0)?, self.projection.project(place(site).0)?];
                let line = LineString::new(if ends.first() == ends.last() { Vec::new() } else { ends });
                let values = vec![
                    text(&commune.code),
                    text(&site.id),
                    text(reached_word(plan.reached)),
                    minutes(plan),
                    whole(Some(plan.under_served)),
                ];
                Ok((Blob::projected(&Geometry::LineString(line), self.code), values))
            })
            .collect()
    }

    fn territories(&self) -> Vec<Row> {
        let row = |count: &maillage_core::TerritoryCount| {
            let reached_after = count.reached_before.saturating_add(count.newly_reached);
            let values = vec![
                text(&count.territory),
                whole(Some(count.under_served)),
                whole(Some(count.reached_before)),
                whole(Some(count.newly_reached)),
                whole(Some(reached_after)),
                whole(Some(count.sites_new)),
            ];
            (None, values)
        };
        self.plan.by_territory.iter().map(row).collect()
    }
}

fn place(site: &Site) -> Point<f64> {
    Point::new(site.position.longitude(), site.position.latitude())
}

fn reached_word(reached: Reached) -> &'static str {
    match reached {
        Reached::Already => "already",
        Reached::Newly => "newly",
        Reached::No => "no",
    }
}

/// Returns minutes with four decimals at most, which tell every decisecond from the next.
fn minutes(plan: &PlanCommune) -> Value {
    plan.nearest.map_or(Value::Null, |(_, time)| Value::Real((time.minutes() * 10_000.0).round() / 10_000.0))
}

/// Returns a text, an empty one as nothing.
fn text(content: &str) -> Value {
    if content.is_empty() { Value::Null } else { Value::Text(content.to_owned()) }
}

fn whole(number: Option<u64>) -> Value {
    number.map_or(Value::Null, |number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
}
