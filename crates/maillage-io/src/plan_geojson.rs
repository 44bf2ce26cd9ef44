use maillage_core::{Commune, Plan, PlanCommune, PlanSite, Territory};

use crate::Answer;
use crate::geojson_text::{FeatureText, write_collection};
use crate::geometry_text::Extent;
use crate::plan_rows::{PlanRows, minutes, reached_word, state_word};

/// Which features of a plan a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFeatures {
    /// Sites and communes together.
    All,
    /// Sites alone.
    Sites,
    /// Communes alone.
    Communes,
}

/// Writes a plan as GeoJSON: one feature a line, new sites by rank, existing ones by identifier, communes by code.
///
/// Every feature of a role has all its fields, and a field has one type everywhere; what is empty is `null`.
/// `minutes` are exact to the decisecond, with four decimals at most. The `answer` stands in the member `maillage`.
///
/// # Errors
/// When a member of the answer cannot be put into JSON, which none of ours does.
pub fn write_plan_geojson(
    territory: &Territory,
    plan: &Plan,
    answer: &Answer,
    features: PlanFeatures,
) -> Result<Vec<u8>, serde_json::Error> {
    let rows = PlanRows { territory, answer };
    let mut extent = Extent::default();
    let mut body = Vec::with_capacity(1 << 20);
    if features != PlanFeatures::Communes {
        for site in &plan.sites {
            write_site(&rows, site, &mut extent, &mut body);
        }
    }
    if features != PlanFeatures::Sites {
        for (commune, plan) in territory.communes().iter().zip(&plan.communes) {
            write_commune(&rows, commune, plan, &mut extent, &mut body);
        }
    }
    write_collection(extent, answer, body)
}

fn write_site(rows: &PlanRows<'_>, plan: &PlanSite, extent: &mut Extent, text: &mut Vec<u8>) {
    let Some(site) = rows.site(plan.site) else { return };
    let mut feature = FeatureText::open("site", &site.id, text);
    feature.text("name", &site.name);
    feature.text("kind", &site.kind);
    feature.text("state", state_word(plan));
    feature.word("required", if plan.required { "true" } else { "false" });
    feature.whole("rank", plan.rank.map(u64::from));
    feature.whole("people_added", plan.people_added);
    feature.whole("people_lost_without", Some(plan.people_lost_without));
    feature.whole("cost", plan.cost);
    feature.text("phase", rows.phase_of(plan));
    feature.text("type", rows.type_of(plan));
    let id_of = |site: Option<u32>| site.and_then(|site| rows.site(site)).map_or("", |site| &site.id);
    feature.text("hub", id_of(plan.hub));
    feature.text("upgrades", id_of(plan.upgrades));
    feature.whole("residents", plan.residents);
    feature.text("territory", &plan.territory);
    let point = geo::Point::new(site.position.longitude(), site.position.latitude());
    feature.close(&geo::Geometry::Point(point), extent);
}

fn write_commune(rows: &PlanRows<'_>, commune: &Commune, plan: &PlanCommune, extent: &mut Extent, text: &mut Vec<u8>) {
    let nearest = plan.nearest.and_then(|(site, _)| rows.site(site));
    let mut feature = FeatureText::open("commune", &commune.code, text);
    feature.text("name", &commune.name);
    feature.text("territory", &commune.territory);
    feature.whole("population", Some(commune.population));
    feature.number("access", commune.access);
    feature.whole("under_served", Some(plan.under_served));
    feature.text("reached", reached_word(plan.reached));
    feature.text("site", nearest.map_or("", |site| site.id.as_str()));
    feature.number("minutes", nearest.and_then(|_| minutes(plan)));
    feature.close(&commune.geometry, extent);
}
