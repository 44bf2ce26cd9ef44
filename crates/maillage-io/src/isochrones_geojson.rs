use geo::{Geometry, MultiPolygon};
use maillage_core::{Outline, Plan, PlanSite, Reach, Territory, TravelTime};

use crate::catchment_area::{catchments, joined_area};
use crate::geojson_text::{FeatureText, write_collection};
use crate::geometry_text::Extent;
use crate::plan_rows::state_word;

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

/// Writes the catchments of the open sites of a plan as GeoJSON: for each the communes in reach that it is the nearest to,
/// joined (`role` `communes`), then its isochrones, those of the longest time first (`role` `isochrone`), so that the
/// smaller lie above.
///
/// `people` and `under_served` are those of the communes joined, or of all whose people reach the site within `minutes`;
/// empty where travel times do not go that far. What has no area is left out.
///
/// # Errors
/// When a text cannot be put into JSON, which none of ours does.
pub fn write_isochrones_geojson(
    territory: &Territory,
    plan: &Plan,
    reach: &Reach,
    isochrones: &[Isochrone],
    made_of: IsochronesOf,
) -> Result<Vec<u8>, serde_json::Error> {
    let (mut extent, mut body) = (Extent::default(), Vec::new());
    let members = catchments(plan);
    for site in &plan.sites {
        let Some(positions) = members.get(&site.site) else { continue };
        let area = joined_area(territory, positions);
        let row = Row { territory, plan, site, minutes: None, communes: Some(positions.clone()) };
        row.write("communes", area, &mut extent, &mut body);
    }
    let mut order: Vec<&Isochrone> = isochrones.iter().collect();
    order.sort_by_key(|isochrone| std::cmp::Reverse(isochrone.limit));
    for isochrone in order {
        let Some(site) = plan.sites.iter().find(|site| site.site == isochrone.site) else { continue };
        let is_known = reach.limit().is_none_or(|limit| isochrone.limit <= limit);
        let row = reach.communes_of(isochrone.site).iter().filter(|(_, time)| *time <= isochrone.limit);
        let communes = is_known.then(|| row.map(|(commune, _)| *commune as usize).collect());
        let row = Row { territory, plan, site, minutes: Some(isochrone.limit), communes };
        row.write("isochrone", isochrone.area.clone(), &mut extent, &mut body);
    }
    let told = match made_of {
        IsochronesOf::StraightLines => serde_json::json!({"isochrones": "straight-line"}),
        IsochronesOf::Roads(outline) => serde_json::json!({
            "isochrones": "roads", "cell_metres": outline.cell, "tolerance_metres": outline.tolerance
        }),
    };
    write_collection(extent, &told, body)
}

/// What is written of a catchment.
struct Row<'a> {
    territory: &'a Territory,
    plan: &'a Plan,
    site: &'a PlanSite,
    minutes: Option<TravelTime>,
    /// Positions of the communes it counts, where they are known.
    communes: Option<Vec<usize>>,
}

impl Row<'_> {
    fn write(self, role: &str, area: MultiPolygon<f64>, extent: &mut Extent, text: &mut Vec<u8>) {
        let Some(site) = self.territory.sites().get(self.site.site as usize) else { return };
        if area.0.is_empty() {
            return;
        }
        let id = match self.minutes {
            Some(limit) => format!("{}/{limit}", site.id),
            None => site.id.clone(),
        };
        let count = |of: &dyn Fn(usize) -> Option<u64>| {
            self.communes.as_ref().map(|communes| communes.iter().filter_map(|&position| of(position)).sum())
        };
        let mut feature = FeatureText::open(role, &id, text);
        feature.text("site", &site.id);
        feature.text("name", &site.name);
        feature.text("state", state_word(self.site));
        feature.number("minutes", self.minutes.map(TravelTime::minutes));
        feature.whole("communes", count(&|_| Some(1)));
        feature.whole("people", count(&|position| Some(self.territory.communes().get(position)?.population)));
        feature.whole("under_served", count(&|position| Some(self.plan.communes.get(position)?.under_served)));
        feature.close(&Geometry::MultiPolygon(area), extent);
    }
}
