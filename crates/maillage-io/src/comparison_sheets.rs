use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::{EXISTING, SheetClass, SheetLayer, SheetMark, colours};
use crate::table_description::{TableColumn, columns, texts};
use crate::{AnswerInput, ComparedCommune, ComparedPlan, ComparisonAnswer, PlanChange, ReadPlan, TableCell};

impl ComparisonAnswer {
    /// Returns the tables of the comparison: communes that some plans reach and others do not; the plans; people gained and
    /// lost by territory; all communes and sites, with the plans they were read from.
    #[must_use]
    pub fn sheets(&self, plans: &[ReadPlan]) -> AnswerSheets {
        let places = Places::of_plans(plans.iter().map(|(.., layers)| layers));
        let sheets = vec![
            self.differences_sheet(),
            self.plans_sheet(),
            self.territories_sheet(),
            self.densities_sheet(),
            self.communes_sheet(plans, &places),
            Self::sites_sheet(plans, &places),
        ];
        let mut inputs: Vec<AnswerInput> = Vec::new();
        for input in plans.iter().flat_map(|(_, plan, _)| &plan.stated.inputs) {
            if !inputs.iter().any(|known| known.role == input.role && known.sha256 == input.sha256) {
                inputs.push(input.clone());
            }
        }
        AnswerSheets::of("comparison", self, &["communes"], &inputs, sheets).asked(self.common_request(plans))
    }

    /// Returns what all plans were asked alike.
    fn common_request(&self, plans: &[ReadPlan]) -> Value {
        let first = plans.first().and_then(|(_, plan, _)| plan.stated.request.as_object());
        let alike = first.into_iter().flatten().filter(|(key, _)| !self.differs.contains(key));
        Value::Object(alike.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// Makes a column for each plan.
    fn by_plan(&self, name: &str, kind: &'static str, alias: [&str; 2]) -> Vec<TableColumn> {
        let columns = (1..).zip(&self.plans).map(|(number, plan): (usize, &ComparedPlan)| {
            let heading = alias.map(|alias| format!("{alias} {number} ({})", plan.file));
            let comment = texts("under the plan of this number", "selon le plan de ce numéro");
            TableColumn::made(format!("{name}_{number}"), kind, heading, comment)
        });
        columns.collect()
    }

    fn commune_columns(&self) -> Vec<TableColumn> {
        let mut columns = columns! {
            "id" "TEXT" "Code" "Code" "code in the input" "code dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "territory" "TEXT" "Territory" "Territoire" "territory it belongs to" "territoire dont elle fait partie";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "as the first plan counts them" "tels que le premier plan les compte";
        };
        columns.extend(self.by_plan("reached", "TEXT", ["In reach", "À portée"]));
        columns.extend(self.by_plan("minutes", "REAL", ["Minutes", "Minutes"]));
        columns
    }

    fn differences_sheet(&self) -> AnswerSheet {
        let rows = self.communes.iter().map(commune_row).collect();
        AnswerSheet::plain(
            "differences",
            texts("Communes that differ", "Communes qui diffèrent"),
            self.commune_columns(),
            rows,
        )
    }

    fn plans_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "plan" "INTEGER" "Plan" "Plan" "its number" "son numéro";
            "file" "TEXT" "File" "Fichier" "its file" "son fichier";
            "sites_new" "INTEGER" "New sites" "Nouveaux sites" "new sites" "nouveaux sites";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros for them" "euros entiers pour eux";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people" "habitants sous-dotés";
            "reached_after" "INTEGER" "In reach after" "À portée après" "of them, in reach with the plan" "dont : à portée avec le plan";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "of them, in reach thanks to new sites only" "dont : à portée grâce aux seuls nouveaux sites";
            "minutes" "REAL" "Mean minutes" "Minutes en moyenne" "what the mean of them travels to the nearest site" "trajet moyen jusqu’au site le plus proche";
            "only_here" "INTEGER" "Sites only here" "Sites seulement ici" "new sites that stand in this plan alone" "nouveaux sites de ce seul plan";
        };
        let row = |(number, plan): (u64, &ComparedPlan)| {
            vec![
                TableCell::Whole(number),
                TableCell::text(&plan.file),
                TableCell::Whole(plan.sites_new),
                TableCell::euros(plan.cost),
                TableCell::Whole(plan.under_served),
                TableCell::Whole(plan.reached_after),
                TableCell::Whole(plan.newly_reached),
                TableCell::decimal(plan.minutes),
                TableCell::Whole(plan.only_here.len() as u64),
            ]
        };
        AnswerSheet::plain("plans", texts("Plans", "Plans"), columns, (1..).zip(&self.plans).map(row).collect())
    }

    fn territories_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "file" "TEXT" "File" "Fichier" "the plan held against the first" "le plan comparé au premier";
            "territory" "TEXT" "Territory" "Territoire" "the territory" "le territoire";
            "gained" "INTEGER" "Gained" "Gagnés" "under-served people in reach of this plan only" "habitants sous-dotés à portée de ce seul plan";
            "lost" "INTEGER" "Lost" "Perdus" "under-served people in reach of the first only" "habitants sous-dotés à portée du seul premier";
        };
        let rows = self.changes.iter().flat_map(|change: &PlanChange| {
            change.by_territory.iter().map(|territory| {
                vec![
                    TableCell::text(&change.file),
                    TableCell::text(&territory.territory),
                    TableCell::Whole(territory.gained),
                    TableCell::Whole(territory.lost),
                ]
            })
        });
        let title = texts("Gained and lost by territory", "Gains et pertes par territoire");
        AnswerSheet::plain("territories", title, columns, rows.collect())
    }

    fn densities_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "file" "TEXT" "File" "Fichier" "the plan held against the first" "le plan comparé au premier";
            "density" "INTEGER" "Density" "Densité" "class of the density grid, from 1 (densest) to 7" "classe de la grille de densité, de 1 (la plus dense) à 7";
            "reached_first" "INTEGER" "In reach, first plan" "À portée, premier plan" "under-served people in reach of the first plan" "habitants sous-dotés à portée du premier plan";
            "reached" "INTEGER" "In reach, this plan" "À portée, ce plan" "under-served people in reach of this plan" "habitants sous-dotés à portée de ce plan";
        };
        let rows = self.changes.iter().flat_map(|change: &PlanChange| {
            change.by_density.iter().map(|class| {
                vec![
                    TableCell::text(&change.file),
                    TableCell::whole(class.density.map(u64::from)),
                    TableCell::Whole(class.reached_first),
                    TableCell::Whole(class.reached),
                ]
            })
        });
        AnswerSheet::plain("densities", texts("In reach by density", "À portée par densité"), columns, rows.collect())
    }

    fn communes_sheet(&self, plans: &[ReadPlan], places: &Places<'_>) -> AnswerSheet {
        let mut columns = self.commune_columns();
        columns.extend(columns! {
            "change" "TEXT" "Change" "Changement" "against the first plan: gained, lost, both (in reach under all), no (under none), uncounted (nobody under-served)" "par rapport au premier plan : gained (gagnée), lost (perdue), both (à portée selon tous), no (selon aucun), uncounted (aucun habitant n’est sous-doté)";
        });
        let communes = Self::every_commune(plans);
        let row = |commune: &ComparedCommune| {
            let reached: Vec<bool> = commune.reached.iter().map(|reached| reached != "no").collect();
            let change = match (reached.first(), reached.iter().all(|is| *is), reached.iter().any(|is| *is)) {
                _ if commune.under_served == 0 => "uncounted",
                (_, true, _) => "both",
                (_, _, false) => "no",
                (Some(true), ..) => "lost",
                _ => "gained",
            };
            commune_row(commune).into_iter().chain([TableCell::text(change)]).collect()
        };
        let layer = SheetLayer {
            role: "commune",
            geometries: communes.iter().map(|commune| places.commune(&commune.id)).collect(),
            column: "change",
            classes: COMMUNES.to_vec(),
        };
        let rows = communes.iter().map(row).collect();
        AnswerSheet::plain("communes", texts("All communes", "Toutes les communes"), columns, rows).drawn(layer)
    }

    fn sites_sheet(plans: &[ReadPlan], places: &Places<'_>) -> AnswerSheet {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "territory" "TEXT" "Territory" "Territoire" "territory it stands in" "territoire où il se trouve";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros, of new sites" "euros entiers, des nouveaux sites";
            "plans" "TEXT" "New in plans" "Nouveau dans les plans" "numbers of the plans that open it" "numéros des plans qui l’ouvrent";
            "state" "TEXT" "State" "État" "common (new in every plan), first (in the first, not in all), other (in others only), existing" "common (nouveau dans tous les plans), first (dans le premier, pas dans tous), other (dans d’autres seulement), existing (existant)";
        };
        let mut sites: BTreeMap<&str, (&crate::SiteFields, BTreeSet<usize>)> = BTreeMap::new();
        for (number, (.., layers)) in (1..).zip(plans) {
            for site in &layers.sites {
                let (_, new_in) = sites.entry(&site.stated.id).or_insert_with(|| (&site.stated, BTreeSet::new()));
                if site.stated.state == "new" {
                    new_in.insert(number);
                }
            }
        }
        let row = |(id, (site, new_in)): (&&str, &(&crate::SiteFields, BTreeSet<usize>))| {
            let state = match (new_in.len(), new_in.contains(&1)) {
                (0, _) => "existing",
                (all, _) if all == plans.len() => "common",
                (_, true) => "first",
                _ => "other",
            };
            let numbers: Vec<String> = new_in.iter().map(ToString::to_string).collect();
            vec![
                TableCell::text(id),
                TableCell::text(site.name.as_deref().unwrap_or_default()),
                TableCell::text(site.territory.as_deref().unwrap_or_default()),
                TableCell::euros(site.cost),
                TableCell::text(&numbers.join(" ")),
                TableCell::text(state),
            ]
        };
        let layer = SheetLayer {
            role: "site",
            geometries: sites.keys().map(|id| places.site(id)).collect(),
            column: "state",
            classes: SITES.to_vec(),
        };
        AnswerSheet::plain("sites", texts("Sites", "Sites"), columns, sites.iter().map(row).collect()).drawn(layer)
    }
}

fn commune_row(commune: &ComparedCommune) -> Vec<TableCell> {
    let mut cells = vec![
        TableCell::text(&commune.id),
        TableCell::text(&commune.name),
        TableCell::text(&commune.territory),
        TableCell::Whole(commune.under_served),
    ];
    cells.extend(commune.reached.iter().map(|reached| TableCell::text(reached)));
    cells.extend(commune.minutes.iter().map(|minutes| TableCell::decimal(*minutes)));
    cells
}

const COMMUNES: [SheetClass; 5] = [
    SheetClass::of("uncounted", ("Nobody under-served", "Aucun habitant sous-doté"), SheetMark::Area, colours::WHITE),
    SheetClass::of(
        "no",
        ("Out of reach under every plan", "Hors de portée selon tous les plans"),
        SheetMark::Area,
        colours::GREY,
    ),
    SheetClass::of(
        "both",
        ("In reach under every plan", "À portée selon tous les plans"),
        SheetMark::Area,
        colours::LIGHT_BLUE,
    ),
    SheetClass::of(
        "lost",
        ("Lost against the first plan", "Perdue par rapport au premier plan"),
        SheetMark::Area,
        colours::VERMILION,
    ),
    SheetClass::of(
        "gained",
        ("Gained against the first plan", "Gagnée par rapport au premier plan"),
        SheetMark::Area,
        colours::GREEN,
    ),
];

const SITES: [SheetClass; 4] = [
    EXISTING,
    SheetClass::of(
        "common",
        ("New under every plan", "Nouveau selon tous les plans"),
        SheetMark::Circle,
        colours::BLACK,
    ),
    SheetClass::of(
        "first",
        ("New under the first plan, not under all", "Nouveau selon le premier plan, pas selon tous"),
        SheetMark::Diamond,
        "153,0,0",
    ),
    SheetClass::of(
        "other",
        ("New under other plans only", "Nouveau selon d’autres plans seulement"),
        SheetMark::Triangle,
        "0,90,60",
    ),
];
