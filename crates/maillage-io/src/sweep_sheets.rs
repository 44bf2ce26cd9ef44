use maillage_core::Territory;
use serde_json::{Map, Value};

use crate::answer_sheets::{AnswerSheet, AnswerSheets, Places};
use crate::sheet_layer::{SheetClass, SheetLayer, SheetMark, colours};
use crate::table_description::{TableColumn, columns, texts};
use crate::{ChosenPlan, SweepAnswer, SweepChoice, SweepPlan, SweepScenario, SweepSite, TableCell};

/// What was measured over all scenarios, and is told in tables only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepMeasures {
    /// For each commune, in how many scenarios it is in reach under the plan of the scenario, and in how many it has
    /// under-served people.
    pub reached: Vec<(u64, u64)>,
    /// For each scenario, what each plan loses against the best there; absent where that was not asked for.
    pub losses: Option<Vec<Vec<Option<u64>>>>,
}

impl SweepAnswer {
    /// Returns the tables of the answer: the scenarios, the sites of their plans, the plans, those that do best whatever is
    /// assumed, and the communes; `backdrop` comes after them.
    #[must_use]
    pub fn sheets(&self, territory: &Territory, measures: &SweepMeasures, backdrop: Vec<AnswerSheet>) -> AnswerSheets {
        let places = Places::of(territory);
        let mut sheets = vec![
            self.scenarios_sheet(),
            self.sites_sheet(&places),
            self.plans_sheet(),
            self.choices_sheet(),
            communes_sheet(territory, &measures.reached),
        ];
        sheets.extend((!self.given.is_empty()).then(|| self.given_sheet()));
        sheets.extend(backdrop);
        let listed = ["scenarios", "sites", "plans", "choices", "given"];
        let apart = measures.losses.as_ref().map(|losses| self.regret_sheet(losses)).into_iter().collect();
        AnswerSheets::of("sweep", self, &listed, &self.inputs, sheets).beside(apart)
    }

    /// Makes a column for each key that was varied.
    pub(crate) fn keys(&self) -> Vec<TableColumn> {
        let column = |key: &String, values: &[Value]| {
            let kind = match values.first() {
                Some(Value::Number(_)) => "REAL",
                _ => "TEXT",
            };
            let comment = texts("what is assumed", "ce qui est supposé");
            TableColumn::made(key.clone(), kind, heading(key), comment)
        };
        self.vary.iter().map(|axis| column(&axis.key, &axis.values)).collect()
    }

    pub(crate) fn assumed(&self, assumes: &Map<String, Value>) -> Vec<TableCell> {
        self.vary.iter().map(|axis| assumes.get(&axis.key).map_or(TableCell::Nothing, assumption)).collect()
    }

    fn scenarios_sheet(&self) -> AnswerSheet {
        let mut columns = self.keys();
        columns.extend(columns! {
            "value" "INTEGER" "Value" "Valeur" "what the sites of the best plan found add" "ce qu’apportent les sites du meilleur plan trouvé";
            "bound" "INTEGER" "Bound" "Borne" "no plan adds more" "aucun plan n’apporte plus";
            "gap" "REAL" "Gap" "Écart" "what is open between both ÷ the bound" "ce qui reste ouvert entre les deux ÷ la borne";
            "guarantee" "TEXT" "Guarantee" "Garantie" "optimal, bounded or none" "optimal, bounded (borné) ou none (aucune)";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people" "habitants sous-dotés";
            "reached_before" "INTEGER" "In reach before" "À portée avant" "of them, in reach of existing sites" "dont : à portée des sites existants";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "of them, in reach thanks to new sites only" "dont : à portée grâce aux seuls nouveaux sites";
            "share_after" "REAL" "Share after" "Part après" "of all under-served people, the share in reach with the plan" "parmi tous les habitants sous-dotés, la part à portée avec le plan";
            "sites_new" "INTEGER" "New sites" "Nouveaux sites" "new sites" "nouveaux sites";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros for them" "euros entiers pour eux";
            "plan" "INTEGER" "Plan" "Plan" "number of the plan" "numéro du plan";
        });
        let row = |scenario: &SweepScenario| {
            let known = |figure: u64| TableCell::whole(scenario.feasible.then_some(figure));
            let mut cells = self.assumed(&scenario.assumes);
            cells.extend([
                TableCell::whole(scenario.value),
                TableCell::whole(scenario.bound),
                TableCell::share(scenario.gap),
                TableCell::text(scenario.guarantee.word()),
                TableCell::Whole(scenario.under_served),
                TableCell::Whole(scenario.reached_before),
                known(scenario.newly_reached),
                TableCell::share(scenario.share_after),
                known(scenario.sites_new),
                TableCell::euros(scenario.feasible.then_some(scenario.cost)),
                TableCell::whole(scenario.plan.map(|plan| plan as u64)),
            ]);
            cells
        };
        let rows = self.scenarios.iter().map(row).collect();
        AnswerSheet::plain("scenarios", texts("Scenarios", "Scénarios"), columns, rows)
    }

    fn sites_sheet(&self, places: &Places<'_>) -> AnswerSheet {
        let columns = columns! {
            "id" "TEXT" "Identifier" "Identifiant" "identifier in the input" "identifiant dans les données d’entrée";
            "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
            "kind" "TEXT" "Kind" "Nature" "kind of place" "nature du lieu";
            "territory" "TEXT" "Territory" "Territoire" "territory it stands in" "territoire où il se trouve";
            "scenarios" "INTEGER" "Scenarios" "Scénarios" "scenarios in whose plan it stands" "scénarios dont le plan le contient";
            "share" "REAL" "Share" "Part" "their share of all scenarios with a plan" "leur part de tous les scénarios qui ont un plan";
            "stands" "TEXT" "Stands" "Présence" "always, mostly (in half at least) or sometimes" "always (toujours), mostly (dans la moitié au moins) ou sometimes (parfois)";
        };
        let row = |site: &SweepSite| {
            vec![
                TableCell::text(&site.id),
                TableCell::text(&site.name),
                TableCell::text(&site.kind),
                TableCell::text(site.territory.as_deref().unwrap_or_default()),
                TableCell::Whole(site.scenarios),
                TableCell::Share(site.share),
                TableCell::text(how_often(site.share)),
            ]
        };
        let layer = SheetLayer {
            role: "site",
            // The sites in most plans are drawn last, above the others.
            geometries: self.sites.iter().map(|site| places.site(&site.id)).collect(),
            column: "stands",
            classes: SITES.to_vec(),
        };
        let rows = self.sites.iter().map(row).collect();
        AnswerSheet::plain("sites", texts("Sites of the plans", "Sites des plans"), columns, rows).drawn(layer)
    }

    fn plans_sheet(&self) -> AnswerSheet {
        let columns = columns! {
            "plan" "INTEGER" "Plan" "Plan" "its number" "son numéro";
            "sites_new" "INTEGER" "New sites" "Nouveaux sites" "new sites" "nouveaux sites";
            "cost" "INTEGER" "Cost (€)" "Coût (€)" "whole euros for them" "euros entiers pour eux";
            "best_in" "INTEGER" "Best in" "Le meilleur dans" "scenarios whose best found plan it is" "scénarios dont c’est le meilleur plan trouvé";
            "allowed_in" "INTEGER" "Allowed in" "Permis dans" "scenarios whose rules it keeps" "scénarios dont il respecte les règles";
            "worst" "REAL" "Worst share" "Part au pire" "over these, the least share of what the best possible adds" "sur ceux-ci, la plus petite part de ce qu’apporte le meilleur possible";
            "mean" "REAL" "Mean share" "Part moyenne" "over these, the mean share" "sur ceux-ci, la part moyenne";
            "sites" "TEXT" "Sites" "Sites" "identifiers of its new sites" "identifiants de ses nouveaux sites";
        };
        let row = |plan: &SweepPlan| {
            vec![
                TableCell::Whole(plan.plan as u64),
                TableCell::Whole(plan.sites.len() as u64),
                TableCell::Euros(plan.cost),
                TableCell::Whole(plan.best_in),
                TableCell::Whole(plan.allowed_in),
                TableCell::share(plan.worst),
                TableCell::share(plan.mean),
                TableCell::text(&plan.sites.join(" ")),
            ]
        };
        AnswerSheet::plain("plans", texts("Plans", "Plans"), columns, self.plans.iter().map(row).collect())
    }

    fn choices_sheet(&self) -> AnswerSheet {
        let limited =
            |key: &TableColumn| self.choices.iter().any(|choice| choice.limit.contains_key(key.name.as_ref()));
        let limits: Vec<TableColumn> = self.keys().into_iter().filter(limited).collect();
        let names: Vec<String> = limits.iter().map(|column| column.name.clone().into_owned()).collect();
        let mut columns = limits;
        columns.extend(columns! {
            "scenarios" "INTEGER" "Scenarios" "Scénarios" "scenarios under this limit that have a plan" "scénarios sous cette limite qui ont un plan";
            "plan_in_the_worst" "INTEGER" "Best in the worst" "Le meilleur au pire" "plan whose worst share is the largest" "plan dont la pire part est la plus grande";
            "share_in_the_worst" "REAL" "Its worst share" "Sa pire part" "of what the best possible adds" "de ce qu’apporte le meilleur possible";
            "bound_in_the_worst" "REAL" "Its bound in the worst" "Sa borne au pire" "no plan at all has a larger one" "aucun plan n’en a de plus grande";
            "plan_on_average" "INTEGER" "Best on average" "Le meilleur en moyenne" "plan whose mean share is the largest" "plan dont la part moyenne est la plus grande";
            "share_on_average" "REAL" "Its mean share" "Sa part moyenne" "of what the best possible adds" "de ce qu’apporte le meilleur possible";
            "bound_on_average" "REAL" "Its bound on average" "Sa borne en moyenne" "no plan at all has a larger one" "aucun plan n’en a de plus grande";
        });
        let chosen = |chosen: &Option<ChosenPlan>| {
            [
                TableCell::whole(chosen.map(|chosen| chosen.plan as u64)),
                TableCell::share(chosen.map(|chosen| chosen.share)),
                TableCell::share(chosen.and_then(|chosen| chosen.bound)),
            ]
        };
        let row = |choice: &SweepChoice| {
            let limit = names.iter().map(|name| choice.limit.get(name).map_or(TableCell::Nothing, assumption));
            let figures = [TableCell::Whole(choice.scenarios)].into_iter();
            limit.chain(figures).chain(chosen(&choice.in_the_worst)).chain(chosen(&choice.on_average)).collect()
        };
        let rows = self.choices.iter().map(row).collect();
        AnswerSheet::plain(
            "choices",
            texts("Best whatever is assumed", "Les meilleurs dans tous les cas"),
            columns,
            rows,
        )
    }

    /// Returns what each plan loses against the best in each scenario: a row for each scenario, a column for each plan,
    /// blank where the plan breaks a rule. `losses` holds a list over the plans for each scenario.
    fn regret_sheet(&self, losses: &[Vec<Option<u64>>]) -> AnswerSheet {
        let plan = |plan: &SweepPlan| {
            let alias = ["plan", "plan"].map(|word| format!("{word} {}", plan.plan));
            let comment = texts("what it loses against the best", "ce qu’il perd face au meilleur");
            TableColumn::made(format!("plan_{}", plan.plan), "INTEGER", alias, comment)
        };
        let columns = self.keys().into_iter().chain(self.plans.iter().map(plan)).collect();
        let rows = self.scenarios.iter().zip(losses).map(|(scenario, losses)| {
            self.assumed(&scenario.assumes)
                .into_iter()
                .chain(losses.iter().map(|loss| TableCell::whole(*loss)))
                .collect()
        });
        AnswerSheet::plain("regret", texts("Regret", "Regret"), columns, rows.collect())
    }
}

fn communes_sheet(territory: &Territory, reached: &[(u64, u64)]) -> AnswerSheet {
    let columns = columns! {
        "id" "TEXT" "Code" "Code" "code in the input" "code dans les données d’entrée";
        "name" "TEXT" "Name" "Nom" "name in the input" "nom dans les données d’entrée";
        "territory" "TEXT" "Territory" "Territoire" "territory it belongs to" "territoire dont elle fait partie";
        "population" "INTEGER" "Inhabitants" "Habitants" "all inhabitants" "tous les habitants";
        "counted" "INTEGER" "Scenarios that count it" "Scénarios qui la comptent" "scenarios in which it is under-served, that have a plan" "scénarios où elle est sous-dotée, qui ont un plan";
        "scenarios" "INTEGER" "In reach in" "À portée dans" "of these, scenarios in which it is in reach with the plan" "parmi eux, ceux où elle est à portée avec le plan";
        "share" "REAL" "Share" "Part" "their share" "leur part";
        "stands" "TEXT" "In reach" "À portée" "always, mostly (in half at least), sometimes, never or uncounted" "always (toujours), mostly (dans la moitié au moins), sometimes (parfois), never (jamais) ou uncounted (jamais comptée)";
    };
    let row = |(commune, &(scenarios, counted)): (&maillage_core::Commune, &(u64, u64))| {
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
        let share = (counted > 0).then(|| (scenarios as f64 / counted as f64 * 10_000.0).floor() / 10_000.0);
        let often = match (share, scenarios) {
            (None, _) => "uncounted",
            (Some(_), 0) => "never",
            (Some(share), _) => how_often(share),
        };
        vec![
            TableCell::text(&commune.code),
            TableCell::text(&commune.name),
            TableCell::text(&commune.territory),
            TableCell::Whole(commune.population),
            TableCell::Whole(counted),
            TableCell::Whole(scenarios),
            TableCell::share(share),
            TableCell::text(often),
        ]
    };
    let layer = SheetLayer {
        role: "commune",
        geometries: territory.communes().iter().map(|commune| Some(commune.geometry.clone())).collect(),
        column: "stands",
        classes: COMMUNES.to_vec(),
    };
    let rows = territory.communes().iter().zip(reached).map(row).collect();
    AnswerSheet::plain("communes", texts("Communes over the scenarios", "Communes selon les scénarios"), columns, rows)
        .drawn(layer)
}

/// Returns the heading of a key that was varied, in English and French.
fn heading(key: &str) -> [String; 2] {
    let heading = match key {
        "under" => ["Threshold", "Seuil"],
        "within" => ["Time limit", "Temps limite"],
        "speed" => ["Speed", "Vitesse"],
        "detour" => ["Detour", "Détour"],
        "budget" => ["Budget (€)", "Budget (€)"],
        "sites" => ["Sites", "Sites"],
        "access-field" => ["Access figure", "Indicateur d’accès"],
        "population-field" => ["People", "Habitants"],
        "weight" => ["Weight", "Poids"],
        "missing-access" => ["No access figure", "Sans indicateur d’accès"],
        "enough" => ["Enough from", "Suffisant dès"],
        "profile" => ["Profile", "Profil"],
        "forbid" => ["Forbidden", "Interdits"],
        "require" => ["Required", "Imposés"],
        "decay" => ["Decay", "Décroissance"],
        "lose" => ["Lost", "Perdus"],
        other => [other, other],
    };
    heading.map(str::to_owned)
}

/// Says how often something holds.
fn how_often(share: f64) -> &'static str {
    if share >= 1.0 {
        "always"
    } else if share >= 0.5 {
        "mostly"
    } else {
        "sometimes"
    }
}

fn assumption(value: &Value) -> TableCell {
    match value {
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(whole), _) => TableCell::Whole(whole),
            (None, Some(number)) => TableCell::Decimal(number),
            _ => TableCell::Nothing,
        },
        Value::String(text) => TableCell::text(text),
        Value::Array(list) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            TableCell::text(&words.join(" "))
        }
        _ => TableCell::Nothing,
    }
}

const SITES: [SheetClass; 3] = [
    SheetClass::of("sometimes", ("In some plans", "Dans quelques plans"), SheetMark::Dot, colours::DARK_GREY),
    SheetClass::of(
        "mostly",
        ("In half of the plans or more", "Dans la moitié des plans ou plus"),
        SheetMark::Circle,
        colours::VERMILION,
    ),
    SheetClass::of("always", ("In every plan", "Dans tous les plans"), SheetMark::Circle, colours::BLACK),
];

const COMMUNES: [SheetClass; 5] = [
    SheetClass::of("uncounted", ("Never under-served", "Jamais sous-dotée"), SheetMark::Area, colours::WHITE),
    SheetClass::of(
        "never",
        ("In reach in no scenario", "À portée dans aucun scénario"),
        SheetMark::Area,
        colours::GREY,
    ),
    SheetClass::of("sometimes", ("In reach in some", "À portée dans quelques-uns"), SheetMark::Area, "243,201,105"),
    SheetClass::of(
        "mostly",
        ("In reach in half of them or more", "À portée dans la moitié ou plus"),
        SheetMark::Area,
        colours::ORANGE,
    ),
    SheetClass::of("always", ("In reach in all", "À portée dans tous"), SheetMark::Area, colours::LIGHT_BLUE),
];
