use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::{SheetClass, SheetLayer, SheetMark, colours};
use crate::table_description::{columns, texts};
use crate::{FollowAnswer, FollowedRow, TableCell};

impl FollowAnswer {
    /// Returns the tables of the answer: the open sites, then those that would open; `backdrop` comes after them.
    #[must_use]
    pub fn sheets(&self, places: &Places<'_>, backdrop: Vec<AnswerSheet>) -> AnswerSheets {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "state" "TEXT" "State" "État" "new or existing" "new (nouveau) ou existing (existant)";
            "territory" "TEXT" "Territory" "Territoire" "territory it stands in" "territoire où il se trouve";
            "people" "INTEGER" "Under-served people near" "Habitants sous-dotés proches" "under-served people to whom it is the nearest open site, within reach" "habitants sous-dotés dont c’est le site ouvert le plus proche, à portée";
            "acts" "INTEGER" "Acts" "Actes" "acts done there" "actes faits sur le site";
            "planned" "INTEGER" "Planned" "Prévus" "acts that were planned" "actes prévus";
            "below" "BOOLEAN" "Below regular use" "Sous l’usage régulier" "whether that is below regular use" "si c’est moins que l’usage régulier";
            "change" "TEXT" "Change" "Changement" "opens or closes, where a few changes were asked for" "opens (ouvre) ou closes (ferme), si quelques changements étaient demandés";
            "use" "TEXT" "Use" "Usage" "observed, below regular use, unknown; opens or closes" "observed (observé), below (sous l’usage régulier), unknown (inconnu) ; opens (ouvre) ou closes (ferme)";
        };
        let closes = |id: &String| self.changes.as_ref().is_some_and(|changes| changes.closes.contains(id));
        let row = |site: &FollowedRow| {
            let observed = match (site.acts, site.below) {
                (None, _) => "unknown",
                (Some(_), true) => "below",
                (Some(_), false) => "observed",
            };
            let change = if closes(&site.id) { "closes" } else { "" };
            vec![
                TableCell::text(&site.id),
                TableCell::text(&site.name),
                TableCell::text(site.state),
                TableCell::text(site.territory.as_deref().unwrap_or_default()),
                TableCell::Whole(site.people),
                TableCell::whole(site.acts),
                TableCell::whole(site.planned),
                TableCell::Truth(site.below),
                TableCell::text(change),
                TableCell::text(if change.is_empty() { observed } else { change }),
            ]
        };
        let mut rows: Vec<Vec<TableCell>> = self.sites.iter().map(row).collect();
        let opens: Vec<&String> = self.changes.iter().flat_map(|changes| &changes.opens).collect();
        for id in &opens {
            let mut cells = vec![TableCell::text(id)];
            cells.extend(std::iter::repeat_n(TableCell::Nothing, columns.len() - 3));
            cells.extend([TableCell::text("opens"), TableCell::text("opens")]);
            rows.push(cells);
        }
        let ids = self.sites.iter().map(|site| &site.id).chain(opens);
        let layer = SheetLayer {
            role: "site",
            geometries: ids.map(|id| places.site(id)).collect(),
            column: "use",
            classes: CLASSES.to_vec(),
        };
        let sites =
            AnswerSheet::plain("sites", texts("Open sites and their use", "Sites ouverts et usage"), columns, rows);
        let sheets = std::iter::once(sites.drawn(layer)).chain(backdrop).collect();
        AnswerSheets::of("follow", self, &["sites"], &self.inputs, sheets)
    }
}

const CLASSES: [SheetClass; 5] = [
    SheetClass::of("unknown", ("No acts known", "Actes inconnus"), SheetMark::Square, colours::DARK_GREY),
    SheetClass::of("observed", ("In use", "En usage"), SheetMark::Square, colours::BLUE),
    SheetClass::of("below", ("Below regular use", "Sous l’usage régulier"), SheetMark::Circle, colours::VERMILION),
    SheetClass::of("closes", ("To be given up", "À abandonner"), SheetMark::Circle, colours::BLACK),
    SheetClass::of("opens", ("To be opened", "À ouvrir"), SheetMark::Circle, colours::GREEN),
];
