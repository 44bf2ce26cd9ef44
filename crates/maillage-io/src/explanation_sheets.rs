use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::colours;
use crate::table_description::{columns, texts};
use crate::{
    ExplainedAlternative, ExplainedEstimate, ExplainedOutsider, ExplainedPlan, ExplainedSite, ExplanationAnswer,
    GroupChange, SheetClass, SheetLayer, SheetMark, TableCell,
};

impl ExplanationAnswer {
    /// Returns the tables of the answer: the sites of the plan, then the candidates left out; candidates that reach the
    /// same people; the estimates; the alternatives. `backdrop` comes after them.
    #[must_use]
    pub fn sheets(&self, places: &Places<'_>, backdrop: Vec<AnswerSheet>) -> AnswerSheets {
        let mut sheets = vec![self.sites_sheet(places), self.hosts_sheet(), self.estimates_sheet()];
        if !self.alternatives.is_empty() {
            sheets.extend([self.alternatives_sheet(), self.groups_sheet()]);
        }
        sheets.extend(backdrop);
        let listed = ["sites", "outsiders", "estimates", "interchangeable", "alternatives"];
        AnswerSheets::of("explanation", self, &listed, &self.plan.inputs, sheets)
    }

    fn sites_sheet(&self, places: &Places<'_>) -> AnswerSheet {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "chosen" "BOOLEAN" "In the plan" "Dans le plan" "whether it is a new site of the plan" "si c’est un nouveau site du plan";
            "state" "TEXT" "State" "État" "of the plan's sites: always in every plan near the best, not-always, undecided; of the others: as-good, outsider, forbidden" "des sites du plan : always (dans tout plan proche du meilleur), not-always (non), undecided (indécis) ; des autres : as-good (aussi bon), outsider (en dehors), forbidden (interdit)";
            "commune" "TEXT" "Commune" "Commune" "code of the commune it stands in" "code de la commune où il se trouve";
            "rank" "INTEGER" "Rank" "Rang" "1 = adds the most people when sites are taken in order" "1 = apporte le plus d’habitants, les sites étant pris dans l’ordre";
            "people_added" "INTEGER" "People added" "Habitants ajoutés" "under-served people newly in reach, in the order of the rank" "habitants sous-dotés nouvellement à portée, dans l’ordre du rang";
            "people_lost_without" "INTEGER" "Lost if it just closes" "Perdus s’il ferme" "under-served people out of reach if this site alone were left out" "habitants sous-dotés hors de portée si ce seul site manquait";
            "value" "INTEGER" "Best plan without, or with it" "Meilleur plan sans, ou avec lui" "what the best plan without it adds; with it, where the plan leaves it out" "ce qu’apporte le meilleur plan sans lui ; avec lui, si le plan le laisse de côté";
            "bound" "INTEGER" "Its bound" "Sa borne" "no such plan adds more" "aucun tel plan n’apporte plus";
            "loses" "INTEGER" "Loses" "Perte" "how much less that is than the plan adds" "de combien c’est moins que ce qu’apporte le plan";
            "opens" "TEXT" "Opens" "Ouvre" "sites that such a plan opens and the plan does not" "sites qu’un tel plan ouvre et que le plan n’ouvre pas";
            "closes" "TEXT" "Does without" "Se passe de" "sites of the plan that it does without" "sites du plan dont il se passe";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros, of candidates left out" "euros entiers, des candidats laissés de côté";
            "enters_for_less" "INTEGER" "Enters for less (€)" "Entre pour moins (€)" "it would enter a best plan if it cost so many euros less" "il entrerait dans un meilleur plan s’il coûtait autant d’euros de moins";
            "enters_for_less_proved" "BOOLEAN" "No less: proved" "Pas moins : prouvé" "whether it is proved that no smaller sum is enough, or none at all; blank where it was not looked for" "s’il est prouvé qu’aucune somme plus petite ne suffit, ou aucune ; vide si cela n’a pas été cherché";
            "required" "BOOLEAN" "Required" "Imposé" "whether the question requires it; the best plan without it is then that without this demand" "si la question l’impose ; le meilleur plan sans lui est alors celui sans cette exigence";
        };
        let chosen = |site: &ExplainedSite| {
            let first = vec![
                TableCell::text(&site.id),
                TableCell::text(&site.name),
                TableCell::Truth(true),
                TableCell::text(site.backbone),
                TableCell::text(site.commune.as_deref().unwrap_or_default()),
                TableCell::whole(site.rank.map(u64::from)),
                TableCell::whole(site.people_added),
                TableCell::Whole(site.people_lost_without),
            ];
            let last =
                vec![TableCell::Nothing, TableCell::Nothing, TableCell::Nothing, TableCell::Truth(site.required)];
            [first, cells(&site.without), last].concat()
        };
        let outsider = |outsider: &ExplainedOutsider| {
            let state = match outsider.enters_with_more {
                _ if outsider.forbidden => "forbidden",
                Some(0) => "as-good",
                _ => "outsider",
            };
            let first = vec![
                TableCell::text(&outsider.id),
                TableCell::text(&outsider.name),
                TableCell::Truth(false),
                TableCell::text(state),
                TableCell::text(outsider.commune.as_deref().unwrap_or_default()),
                TableCell::Nothing,
                TableCell::Nothing,
                TableCell::Nothing,
            ];
            let proved = outsider.enters_for_less_proved.map_or(TableCell::Nothing, TableCell::Truth);
            let less = TableCell::euros(outsider.enters_for_less);
            let money = vec![TableCell::Euros(outsider.cost), less, proved, TableCell::Truth(false)];
            [first, cells(&outsider.with), money].concat()
        };
        let ids = self.sites.iter().map(|site| &site.id).chain(self.outsiders.iter().map(|outsider| &outsider.id));
        let layer = SheetLayer {
            role: "site",
            geometries: ids.map(|id| places.site(id)).collect(),
            column: "state",
            classes: CLASSES.to_vec(),
        };
        let rows = self.sites.iter().map(chosen).chain(self.outsiders.iter().map(outsider)).collect();
        AnswerSheet::plain("sites", texts("Sites and candidates", "Sites et candidats"), columns, rows).drawn(layer)
    }

    fn hosts_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "group" "INTEGER" "Group" "Groupe" "candidates of one group reach the same people" "les candidats d’un groupe atteignent les mêmes habitants";
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros to open it" "euros entiers pour l’ouvrir";
            "chosen" "BOOLEAN" "In the plan" "Dans le plan" "whether it is the one in the plan" "si c’est celui du plan";
            "backbone" "TEXT" "Group in every plan" "Groupe dans tout plan" "whether one of the group stands in every plan near the best: always, not-always, undecided" "si un candidat du groupe figure dans tout plan proche du meilleur : always (oui), not-always (non), undecided (indécis)";
        };
        let groups = (1_u64..).zip(&self.interchangeable);
        let rows = groups.flat_map(|(number, group)| {
            group.hosts.iter().map(move |host| {
                vec![
                    TableCell::Whole(number),
                    TableCell::text(&host.id),
                    TableCell::text(&host.name),
                    TableCell::Euros(host.cost),
                    TableCell::Truth(host.chosen),
                    TableCell::text(group.backbone),
                ]
            })
        });
        AnswerSheet::plain("hosts", texts("Interchangeable hosts", "Hôtes interchangeables"), columns, rows.collect())
    }

    fn estimates_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "commune" "TEXT" "Commune" "Commune" "code of the commune it stands in" "code de la commune où il se trouve";
            "id" "TEXT" "Identifier" "Identifiant" "the most promising candidate left out there" "le candidat le plus prometteur qui y est laissé de côté";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "loses_at_least" "INTEGER" "Loses at least" "Perte d’au moins" "every plan with it adds at least so much less, by the multipliers of the bound" "tout plan avec lui apporte au moins autant de moins, d’après les multiplicateurs de la borne";
        };
        let row = |estimate: &ExplainedEstimate| {
            vec![
                TableCell::text(estimate.commune.as_deref().unwrap_or_default()),
                TableCell::text(&estimate.id),
                TableCell::text(&estimate.name),
                TableCell::Whole(estimate.loses_at_least),
            ]
        };
        let rows = self.estimates.iter().map(row).collect();
        let title = texts("Best left out by commune", "Meilleur écarté par commune");
        AnswerSheet::plain("estimates", title, columns, rows)
    }

    fn alternatives_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "alternative" "INTEGER" "Alternative" "Variante" "its number, the best first" "son numéro, la meilleure d’abord";
            "value" "INTEGER" "Value" "Valeur" "what its new sites add" "ce qu’apportent ses nouveaux sites";
            "bound" "INTEGER" "Bound" "Borne" "no plan that differs as much from those before adds more" "aucun plan aussi différent des précédents n’apporte plus";
            "loses" "INTEGER" "Loses" "Perte" "how much less that is than the plan adds" "de combien c’est moins que ce qu’apporte le plan";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros for its new sites" "euros entiers pour ses nouveaux sites";
            "opens" "TEXT" "Opens" "Ouvre" "sites it opens and the plan does not" "sites qu’elle ouvre et que le plan n’ouvre pas";
            "closes" "TEXT" "Does without" "Se passe de" "sites of the plan that it does without" "sites du plan dont elle se passe";
        };
        let row = |(number, other): (u64, &ExplainedAlternative)| {
            vec![
                TableCell::Whole(number),
                TableCell::Whole(other.value),
                TableCell::Whole(other.bound),
                TableCell::Whole(other.loses),
                TableCell::Euros(other.cost),
                TableCell::text(&other.opens.join(" ")),
                TableCell::text(&other.closes.join(" ")),
            ]
        };
        let rows = (1..).zip(&self.alternatives).map(row).collect();
        AnswerSheet::plain("alternatives", texts("Alternatives", "Variantes"), columns, rows)
    }

    fn groups_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "alternative" "INTEGER" "Alternative" "Variante" "its number" "son numéro";
            "by" "TEXT" "By" "Par" "territory or density" "territory (territoire) ou density (densité)";
            "group" "TEXT" "Group" "Groupe" "the territory, or the density class" "le territoire, ou la classe de densité";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "under-served people newly in reach there" "habitants sous-dotés nouvellement à portée à cet endroit";
            "change" "REAL" "Change" "Écart" "more than with the plan, or fewer where it is below 0" "de plus qu’avec le plan, ou de moins si c’est négatif";
        };
        #[expect(clippy::cast_precision_loss, reason = "people are below 2^53")]
        let row = |number: u64, by: &str, change: &GroupChange| {
            vec![
                TableCell::Whole(number),
                TableCell::text(by),
                TableCell::text(&change.group),
                TableCell::Whole(change.newly_reached),
                TableCell::Decimal(change.change as f64),
            ]
        };
        let rows = (1..).zip(&self.alternatives).flat_map(|(number, other)| {
            let territories = other.by_territory.iter().map(move |change| row(number, "territory", change));
            territories.chain(other.by_density.iter().map(move |change| row(number, "density", change)))
        });
        let title = texts("Alternatives by group", "Variantes par groupe");
        AnswerSheet::plain("alternative_groups", title, columns, rows.collect())
    }
}

fn cells(plan: &ExplainedPlan) -> Vec<TableCell> {
    vec![
        TableCell::whole(plan.value),
        TableCell::whole(plan.bound),
        TableCell::whole(plan.loses),
        TableCell::text(&plan.opens.join(" ")),
        TableCell::text(&plan.closes.join(" ")),
    ]
}

const CLASSES: [SheetClass; 6] = [
    SheetClass::of("forbidden", ("Forbidden", "Interdit"), SheetMark::Dot, colours::GREY),
    SheetClass::of("outsider", ("Left out", "Laissé de côté"), SheetMark::Dot, colours::DARK_GREY),
    SheetClass::of(
        "as-good",
        ("Left out, would do as well", "Laissé de côté, ferait aussi bien"),
        SheetMark::Dot,
        colours::GREEN,
    ),
    SheetClass::of(
        "not-always",
        ("New site, can be replaced", "Nouveau site, remplaçable"),
        SheetMark::Circle,
        colours::VERMILION,
    ),
    SheetClass::of(
        "undecided",
        ("New site, undecided", "Nouveau site, indécis"),
        SheetMark::Circle,
        colours::DARK_GREY,
    ),
    SheetClass::of(
        "always",
        ("New site, in every plan near the best", "Nouveau site, dans tout plan proche du meilleur"),
        SheetMark::Circle,
        colours::BLACK,
    ),
];
