use maillage_core::{Plan, Territory};

use crate::plan_sheets::{communes_sheet, sites_sheet, territories_sheet};
use crate::{Answer, CsvStyle};

/// Which table of a plan a CSV file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanTable {
    /// The open sites, new ones by rank, then existing ones by identifier.
    Sites,
    /// The communes, by code.
    Communes,
    /// The counts by territory, by name.
    Territories,
}

/// Writes a table of a plan as CSV: the fields of `plan.geojson`, and of sites their longitude and latitude.
#[must_use]
pub fn write_plan_csv(
    territory: &Territory,
    plan: &Plan,
    answer: &Answer,
    table: PlanTable,
    style: CsvStyle,
) -> Vec<u8> {
    let sheet = match table {
        PlanTable::Sites => sites_sheet(territory, plan, answer),
        PlanTable::Communes => communes_sheet(territory, plan, answer),
        PlanTable::Territories => territories_sheet(plan),
    };
    sheet.to_csv(style)
}
