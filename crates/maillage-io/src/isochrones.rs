use geo::{Geometry, MultiPolygon};
use maillage_core::{Outline, Plan, PlanSite, Reach, Territory, TravelTime};

use crate::catchment_area::{catchments, joined_area};
use crate::crs::Projection;
use crate::geojson_text::{FeatureText, write_collection};
use crate::geometry_text::Extent;
use crate::geopackage::{Package, Row};
use crate::geopackage_geometry::Blob;
use crate::plan_rows::state_word;
use crate::plan_tables::{catchments_table, isochrones_table};
use crate::{Crs, GeoPackageError, Language, TableCell};

/// From where a site is reached within a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Isochrone {
    /// Position of the site in its territory.
    pub site: u32,
    /// The time.
    pub limit: TravelTime,
    /// The area.
    pub area: MultiPolygon<f64>,
}

/// What areas were made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IsochronesOf {
    /// Circles round the sites.
    StraightLines,
    /// The way walked from the roads that lead there in time.
    Roads(Outline),
}

/// The catchments of the open sites of a plan: for each the communes in reach that it is the nearest to, joined, and its
/// isochrones, those of the longest time first, so that the smaller lie above.
///
/// `people` and `under_served` are those of the communes joined, or of all whose people reach the site within the time;
/// empty where travel times do not go that far. What has no area is left out.
#[derive(Clone, Debug)]
pub struct Catchments<'a> {
    made_of: IsochronesOf,
    joined: Vec<Catchment<'a>>,
    isochrones: Vec<Catchment<'a>>,
}

/// One catchment, and what is written of it.
#[derive(Clone, Debug)]
struct Catchment<'a> {
    site: &'a str,
    name: &'a str,
    state: &'static str,
    limit: Option<TravelTime>,
    communes: Option<u64>,
    people: Option<u64>,
    under_served: Option<u64>,
    area: MultiPolygon<f64>,
}

impl<'a> Catchments<'a> {
    /// Joins the communes of each site, and counts who is in its isochrones.
    #[must_use]
    pub fn of(
        territory: &'a Territory,
        plan: &Plan,
        reach: &Reach,
        mut isochrones: Vec<Isochrone>,
        made_of: IsochronesOf,
    ) -> Self {
        let counted = |site: &PlanSite, limit, communes: Option<Vec<usize>>, area| {
            let stands = territory.sites().get(site.site as usize)?;
            let count = |of: &dyn Fn(usize) -> Option<u64>| {
                communes.as_ref().map(|communes| communes.iter().filter_map(|&position| of(position)).sum())
            };
            Some(Catchment {
                site: &stands.id,
                name: &stands.name,
                state: state_word(site),
                limit,
                communes: count(&|_| Some(1)),
                people: count(&|position| Some(territory.communes().get(position)?.population)),
                under_served: count(&|position| Some(plan.communes.get(position)?.under_served)),
                area,
            })
        };
        let members = catchments(plan);
        let joined = plan.sites.iter().filter_map(|site| {
            let positions = members.get(&site.site)?;
            counted(site, None, Some(positions.clone()), joined_area(territory, positions))
        });
        isochrones.sort_by_key(|isochrone| std::cmp::Reverse(isochrone.limit));
        let of_times = isochrones.into_iter().filter_map(|Isochrone { site, limit, area }| {
            let open = plan.sites.iter().find(|open| open.site == site)?;
            let is_known = reach.limit().is_none_or(|longest| limit <= longest);
            let row = reach.communes_of(site).iter().filter(|(_, time)| *time <= limit);
            counted(open, Some(limit), is_known.then(|| row.map(|(commune, _)| *commune as usize).collect()), area)
        });
        let has_area = |catchment: &Catchment<'_>| !catchment.area.0.is_empty();
        Self { made_of, joined: joined.filter(has_area).collect(), isochrones: of_times.filter(has_area).collect() }
    }

    /// Writes them as GeoJSON: features of the role `communes`, then of the role `isochrone`.
    ///
    /// # Errors
    /// When a text cannot be put into JSON, which none of ours does.
    pub fn to_geojson(&self) -> Result<Vec<u8>, serde_json::Error> {
        let (mut extent, mut body) = (Extent::default(), Vec::new());
        let all = self.joined.iter().map(|joined| ("communes", joined));
        for (role, catchment) in all.chain(self.isochrones.iter().map(|isochrone| ("isochrone", isochrone))) {
            let id = match catchment.limit {
                Some(limit) => format!("{}/{limit}", catchment.site),
                None => catchment.site.to_owned(),
            };
            let mut feature = FeatureText::open(role, &id, &mut body);
            feature.text("site", catchment.site);
            feature.text("name", catchment.name);
            feature.text("state", catchment.state);
            feature.number("minutes", catchment.limit.map(TravelTime::minutes));
            feature.whole("communes", catchment.communes);
            feature.whole("people", catchment.people);
            feature.whole("under_served", catchment.under_served);
            feature.close(&Geometry::MultiPolygon(catchment.area.clone()), &mut extent);
        }
        let told = match self.made_of {
            IsochronesOf::StraightLines => serde_json::json!({"isochrones": "straight-line"}),
            IsochronesOf::Roads(outline) => serde_json::json!({
                "isochrones": "roads", "cell_metres": outline.cell, "tolerance_metres": outline.tolerance
            }),
        };
        write_collection(extent, &told, body)
    }

    /// Writes them as a `GeoPackage` of two layers, `catchments` and `isochrones`.
    ///
    /// # Errors
    /// When a place cannot be projected.
    pub fn to_geopackage(&self, crs: Crs, language: Language) -> Result<Vec<u8>, GeoPackageError> {
        let failed = |source| GeoPackageError::Projection { crs, source };
        let package = Package::new(crs, language)?;
        let projection = Projection::to(crs).map_err(failed)?;
        let row = |catchment: &Catchment<'_>| -> Result<Row, proj4rs::errors::Error> {
            let area = Geometry::MultiPolygon(catchment.area.clone());
            let mut values = vec![
                TableCell::text(catchment.site),
                TableCell::text(catchment.name),
                TableCell::text(catchment.state),
                TableCell::whole(catchment.communes),
                TableCell::whole(catchment.people),
                TableCell::whole(catchment.under_served),
            ];
            if let Some(limit) = catchment.limit {
                values.insert(3, TableCell::decimal(Some(limit.minutes())));
            }
            Ok((Blob::of(&area, crs.code(), &projection)?, values))
        };
        let rows = |catchments: &[Catchment<'_>]| catchments.iter().map(row).collect::<Result<Vec<Row>, _>>();
        package.add(&catchments_table(), rows(&self.joined).map_err(failed)?)?;
        package.add(&isochrones_table(), rows(&self.isochrones).map_err(failed)?)?;
        Ok(package.into_bytes()?)
    }
}
