use maillage_core::Territory;

use crate::geopackage_style::with_aliases;
use crate::plan_geopackage::geometry_kind;
use crate::plan_tables::{communes_table, sites_table};
use crate::{Language, PlanFeatures};

/// Writes how QGIS draws one of the two GeoJSON files of a plan (QML), with legend and names of columns in a language.
///
/// One file that holds sites and communes together has no single style; it gets that of the communes.
#[must_use]
pub fn write_plan_style(territory: &Territory, features: PlanFeatures, language: Language) -> Vec<u8> {
    let table = match features {
        PlanFeatures::Sites => sites_table(language),
        PlanFeatures::Communes | PlanFeatures::All => communes_table(geometry_kind(territory), language),
    };
    let style = table.style.unwrap_or_default();
    with_aliases(&style, &table.columns, language).into_bytes()
}
