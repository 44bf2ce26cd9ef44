//! The layers that answers around a plan have in common: whom the sites reach, and the sites that are there already.

use geo::Geometry;
use maillage_core::{PlanCommune, SiteState, Territory};

use crate::answer_sheets::AnswerSheet;
use crate::plan_geopackage::place;
use crate::plan_rows::{commune_row, reached_word};
use crate::plan_tables::communes_table;
use crate::sheet_layer::{EXISTING, IN_REACH};
use crate::table_description::{columns, texts};
use crate::{Language, SheetLayer, TableCell};

impl AnswerSheet {
    /// Tells of each commune whether it is in reach, as the files of a plan do.
    #[must_use]
    pub fn communes(territory: &Territory, communes: &[PlanCommune]) -> Self {
        let both = territory.communes().iter().zip(communes);
        let row = |(commune, plan): (&maillage_core::Commune, &PlanCommune)| {
            let state = if plan.under_served == 0 { "uncounted" } else { reached_word(plan.reached) };
            commune_row(territory, commune, plan).into_iter().chain([TableCell::text(state)]).collect()
        };
        let rows = both.map(row).collect();
        let mut columns = communes_table("POINT", Language::English).columns;
        columns.extend(columns! {
            "state" "TEXT" "State" "État" "as in reach, or uncounted where nobody is under-served" "comme à portée, ou uncounted (non compté) si aucun habitant n’est sous-doté";
        });
        let layer = SheetLayer {
            role: "commune",
            geometries: territory.communes().iter().map(|commune| Some(commune.geometry.clone())).collect(),
            column: "state",
            classes: IN_REACH.to_vec(),
        };
        Self::plain("communes", texts("Communes", "Communes"), columns, rows).drawn(layer)
    }

    /// Tells the sites that are there already.
    #[must_use]
    pub fn existing(territory: &Territory) -> Self {
        let existing = || territory.sites().iter().filter(|site| site.state == SiteState::Existing);
        let row = |site: &maillage_core::Site| {
            vec![
                TableCell::text(&site.id),
                TableCell::text(&site.name),
                TableCell::text(&site.kind),
                TableCell::text(site.territory.as_deref().unwrap_or_default()),
                TableCell::text("existing"),
            ]
        };
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "kind" "TEXT" "Kind" "Nature" "kind of place" "nature du lieu";
            "territory" "TEXT" "Territory" "Territoire" "territory it stands in" "territoire où il se trouve";
            "state" "TEXT" "State" "État" "existing" "existing (existant)";
        };
        let layer = SheetLayer {
            role: "existing",
            geometries: existing().map(|site| Some(Geometry::Point(place(site)))).collect(),
            column: "state",
            classes: vec![EXISTING],
        };
        let title = texts("Existing sites", "Sites existants");
        Self::plain("existing", title, columns, existing().map(row).collect()).drawn(layer)
    }
}
