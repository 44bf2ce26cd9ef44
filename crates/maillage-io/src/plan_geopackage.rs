use geo::{Geometry, LineString, Point};
use maillage_core::{Commune, Plan, PlanCommune, PlanSite, Reached, Site, Territory};

use crate::catchment_area::{catchments, joined_area};
use crate::crs::Projection;
use crate::geopackage::{Package, Row};
use crate::geopackage_geometry::Blob;
use crate::plan_rows::{PlanRows, minutes, reached_word, state_word};
use crate::plan_tables::{catchments_table, communes_table, links_table, sites_table, summary_table};
use crate::{Answer, Crs, Language, TableCell};

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
    /// The answer cannot be written as JSON.
    #[error("the answer cannot be written as JSON: {0}")]
    Answer(#[from] serde_json::Error),
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
    let layers = Layers { rows: PlanRows { territory, answer }, plan, code: crs.code(), projection };
    package.add(&communes_table(geometry_kind(territory), language), layers.communes().map_err(failed)?)?;
    package.add(&catchments_table(), layers.catchments().map_err(failed)?)?;
    package.add(&links_table(), layers.links().map_err(failed)?)?;
    package.add(&sites_table(language), layers.sites().map_err(failed)?)?;
    let territories = plan.by_territory.iter().map(|count| (None, PlanRows::of_territory(count)));
    package.add(&summary_table(), territories)?;
    let json = serde_json::to_string(answer)?;
    package.add_metadata(ANSWER_STANDARD, "application/json", &json)?;
    package.add_metadata(SOURCES_STANDARD, "text/plain", &sources(answer))?;
    Ok(package.into_bytes()?)
}

/// Returns the type of geometry that a layer of all communes has.
pub(crate) fn geometry_kind(territory: &Territory) -> &'static str {
    let is_point = |commune: &Commune| matches!(commune.geometry, Geometry::Point(_));
    let any_point = territory.communes().iter().any(is_point);
    let any_area = territory.communes().iter().any(|commune| !is_point(commune));
    match (any_point, any_area) {
        (true, true) => "GEOMETRY",
        (true, false) => "POINT",
        _ => "MULTIPOLYGON",
    }
}

/// Writes a line for each file that was read.
fn sources(answer: &Answer) -> String {
    let line = |input: &crate::AnswerInput| {
        let source = input.source.as_deref().unwrap_or("?");
        let year = input.year.map_or_else(|| "?".to_owned(), |year| year.to_string());
        let mark = if input.is_illustrative() { ", illustrative" } else { "" };
        format!("{}: {source}, {year}{mark} (SHA-256 {})\n", input.file, input.sha256)
    };
    answer.inputs.iter().map(line).collect()
}

/// The rows of each layer.
struct Layers<'a> {
    rows: PlanRows<'a>,
    plan: &'a Plan,
    code: i32,
    projection: Projection,
}

type Rows = Result<Vec<Row>, proj4rs::errors::Error>;

impl Layers<'_> {
    fn blob(&self, geometry: &Geometry<f64>) -> Result<Option<Blob>, proj4rs::errors::Error> {
        Blob::of(geometry, self.code, &self.projection)
    }

    fn communes_and_plans(&self) -> impl Iterator<Item = (&Commune, &PlanCommune)> {
        self.rows.territory.communes().iter().zip(&self.plan.communes)
    }

    fn sites(&self) -> Rows {
        let rows = self.plan.sites.iter().filter_map(|plan| Some((self.rows.site(plan.site)?, plan)));
        rows.map(|(site, plan)| Ok((self.blob(&Geometry::Point(place(site)))?, self.rows.of_site(site, plan))))
            .collect()
    }

    fn communes(&self) -> Rows {
        let row = |(commune, plan): (&Commune, &PlanCommune)| {
            Ok((self.blob(&commune.geometry)?, self.rows.of_commune(commune, plan)))
        };
        self.communes_and_plans().map(row).collect()
    }

    /// Joins the communes in reach that each site is the nearest to; communes that are points have no area.
    fn catchments(&self) -> Rows {
        let members = catchments(self.plan);
        let open = self.plan.sites.iter().filter_map(|plan| Some((plan, members.get(&plan.site)?)));
        let row = |(plan, positions): (&PlanSite, &Vec<usize>)| {
            let communes = || positions.iter().filter_map(|position| self.rows.territory.communes().get(*position));
            let counts = || positions.iter().filter_map(|position| self.plan.communes.get(*position));
            let area = joined_area(self.rows.territory, positions);
            let values = vec![
                self.rows.id_of(Some(plan.site)),
                TableCell::text(self.rows.site(plan.site).map_or("", |site| &site.name)),
                TableCell::text(state_word(plan)),
                TableCell::Whole(positions.len() as u64),
                TableCell::Whole(communes().map(|commune| commune.population).sum()),
                TableCell::Whole(counts().map(|commune| commune.under_served).sum()),
            ];
            Ok((self.blob(&Geometry::MultiPolygon(area))?, values))
        };
        open.map(row).collect()
    }

    /// Draws a line from where people of each commune in reach leave to the nearest open site.
    fn links(&self) -> Rows {
        let reached = self.communes_and_plans().filter(|(_, plan)| plan.reached != Reached::No);
        let linked = reached.filter_map(|(commune, plan)| Some((commune, plan, self.rows.site(plan.nearest?.0)?)));
        linked
            .map(|(commune, plan, site)| {
                let origin = Point::new(commune.origin.longitude(), commune.origin.latitude());
                // A line of no length is not valid: a commune whose people leave from the site itself has none.
                let ends = vec![self.projection.project(origin.0)?, self.projection.project(place(site).0)?];
                let line = LineString::new(if ends.first() == ends.last() { Vec::new() } else { ends });
                let values = vec![
                    TableCell::text(&commune.code),
                    TableCell::text(&site.id),
                    TableCell::text(reached_word(plan.reached)),
                    TableCell::decimal(minutes(plan)),
                    TableCell::Whole(plan.under_served),
                ];
                Ok((Blob::projected(&Geometry::LineString(line), self.code), values))
            })
            .collect()
    }
}

/// Returns where a site stands.
pub(crate) fn place(site: &Site) -> Point<f64> {
    Point::new(site.position.longitude(), site.position.latitude())
}
