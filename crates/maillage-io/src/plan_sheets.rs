use maillage_core::{Plan, PlanSite, Territory};

use crate::annex_tables::{answer_table, density_table, phases_table, rules_table, threshold_table};
use crate::plan_rows::PlanRows;
use crate::plan_tables::{communes_table, sites_table, summary_table};
use crate::sheet::Sheet;
use crate::sources_sheet::sources_sheet;
use crate::table_description::{columns, texts};
use crate::vocabulary::in_words;
use crate::{Answer, AnswerGuarantee, AnswerObjective, AnswerRule, Language, Stop, TableCell};

/// Returns the tables of a plan by subject; those that there is nothing to say in are left out.
pub(crate) fn plan_sheets(territory: &Territory, plan: &Plan, answer: &Answer, language: Language) -> Vec<Sheet> {
    let mut sheets = vec![
        Sheet { table: answer_table(), rows: headline(answer, language) },
        sites_sheet(territory, plan, answer),
        communes_sheet(territory, plan, answer),
        territories_sheet(plan),
        Sheet { table: density_table(), rows: densities(plan) },
        Sheet { table: threshold_table(), rows: thresholds(plan) },
        Sheet { table: rules_table(), rows: answer.rules.iter().map(|rule| rule_row(rule, language)).collect() },
        Sheet { table: phases_table(), rows: phases(answer) },
    ];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets.push(sources_sheet(&answer.inputs, language));
    sheets
}

/// Returns the open sites, each with its place in degrees.
pub(crate) fn sites_sheet(territory: &Territory, plan: &Plan, answer: &Answer) -> Sheet {
    let rows = PlanRows { territory, answer };
    let mut table = sites_table(Language::English);
    table.columns.extend(columns! {
        "lon" "REAL" "Longitude" "Longitude" "degrees, WGS 84" "degrés, WGS 84";
        "lat" "REAL" "Latitude" "Latitude" "degrees, WGS 84" "degrés, WGS 84";
    });
    let row = |plan: &PlanSite| {
        let site = rows.site(plan.site)?;
        let degrees = |number: f64| TableCell::Decimal((number * 1e7).round() / 1e7);
        let place = [degrees(site.position.longitude()), degrees(site.position.latitude())];
        Some(rows.of_site(site, plan).into_iter().chain(place).collect())
    };
    Sheet { table, rows: plan.sites.iter().filter_map(row).collect() }
}

/// Returns the communes.
pub(crate) fn communes_sheet(territory: &Territory, plan: &Plan, answer: &Answer) -> Sheet {
    let rows = PlanRows { territory, answer };
    let both = territory.communes().iter().zip(&plan.communes);
    let rows = both.map(|(commune, plan)| rows.of_commune(commune, plan)).collect();
    Sheet { table: communes_table("POINT", Language::English), rows }
}

/// Returns the counts by territory.
pub(crate) fn territories_sheet(plan: &Plan) -> Sheet {
    Sheet { table: summary_table(), rows: plan.by_territory.iter().map(PlanRows::of_territory).collect() }
}

fn headline(answer: &Answer, language: Language) -> Vec<Vec<TableCell>> {
    let mut rows = Vec::new();
    let mut row = |english: &'static str, french: &'static str, value: TableCell| {
        if value != TableCell::Nothing {
            rows.push(vec![TableCell::text(texts(english, french).in_language(language)), value]);
        }
    };
    row("Under-served people", "Habitants sous-dotés", TableCell::Whole(answer.under_served));
    row("In reach before", "À portée avant", TableCell::Whole(answer.reached_before));
    row("Newly in reach", "Nouvellement à portée", TableCell::Whole(answer.newly_reached));
    row("In reach with the plan", "À portée avec le plan", TableCell::Whole(answer.reached_after));
    row("Share in reach before", "Part à portée avant", share(answer.reached_before, answer.under_served));
    row("Share in reach with the plan", "Part à portée avec le plan", share(answer.reached_after, answer.under_served));
    row("New sites", "Nouveaux sites", TableCell::Whole(answer.sites_new));
    row("Existing sites", "Sites existants", TableCell::Whole(answer.sites_existing));
    row("Cost of the new sites", "Coût des nouveaux sites", TableCell::Euros(answer.cost));
    row("Budget", "Budget", TableCell::euros(answer.budget));
    if let Some(rural) = &answer.rural {
        row("Rural share of the new sites", "Part rurale des nouveaux sites", TableCell::share(rural.sites_new));
        row("Rural share of all sites", "Part rurale de tous les sites", TableCell::share(rural.sites_all));
        let people = TableCell::share(rural.people_newly_reached);
        row("Rural share of the people newly in reach", "Part rurale des habitants nouvellement à portée", people);
    }
    let AnswerObjective { unit, value, bound, .. } = &answer.objective;
    row("Counted in", "Unité de l’objectif", TableCell::text(unit));
    row("Objective of this plan", "Objectif atteint par ce plan", TableCell::Whole(*value));
    row("No plan can be better than", "Aucun plan ne peut faire mieux que", TableCell::Whole(*bound));
    row("Gap, at most", "Écart, au plus", TableCell::share(answer.gap));
    row("Guarantee", "Garantie", guarantee(answer.guarantee, language));
    row("Why the work ended", "Fin du calcul", TableCell::text(stop(answer.stopped_by, language)));
    row("Program", "Programme", TableCell::text(&answer.program));
    rows
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
fn share(part: u64, whole: u64) -> TableCell {
    TableCell::share((whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0))
}

fn guarantee(guarantee: AnswerGuarantee, language: Language) -> TableCell {
    let word = guarantee.word();
    TableCell::text(in_words("guarantee", word).map_or(word, |texts| texts.in_language(language)))
}

const fn stop(stop: Stop, language: Language) -> &'static str {
    match stop {
        Stop::Proof => texts("the plan is proved the best", "le plan est prouvé le meilleur"),
        Stop::Gap => texts("the gap asked for is reached", "l’écart demandé est atteint"),
        Stop::Effort => texts("the work allowed is done", "le travail permis est fait"),
        Stop::Time => texts("the clock ran out", "le temps est écoulé"),
        Stop::Signal => texts("somebody stopped it", "quelqu’un l’a interrompu"),
    }
    .in_language(language)
}

fn densities(plan: &Plan) -> Vec<Vec<TableCell>> {
    let row = |count: &maillage_core::DensityCount| {
        vec![
            TableCell::whole(count.density.map(u64::from)),
            TableCell::Whole(count.under_served),
            TableCell::Whole(count.reached_before),
            TableCell::Whole(count.newly_reached),
            TableCell::Whole(count.reached_before.saturating_add(count.newly_reached)),
            TableCell::Whole(count.sites_new),
        ]
    };
    plan.by_density.iter().map(row).collect()
}

fn thresholds(plan: &Plan) -> Vec<Vec<TableCell>> {
    let row = |count: &maillage_core::ThresholdCount| {
        vec![
            TableCell::Decimal(count.under),
            TableCell::Whole(count.under_served),
            TableCell::Whole(count.reached_before),
            TableCell::Whole(count.newly_reached),
            TableCell::Whole(count.reached_before.saturating_add(count.newly_reached)),
        ]
    };
    plan.by_threshold.iter().map(row).collect()
}

fn rule_row(rule: &AnswerRule, language: Language) -> Vec<TableCell> {
    let number = |value: &serde_json::Value| match (value.as_u64(), rule.unit.as_str()) {
        (Some(whole), "euros") => TableCell::Euros(whole),
        (Some(whole), _) if rule.unit != "share" => TableCell::Whole(whole),
        _ if rule.unit == "share" => TableCell::share(value.as_f64()),
        _ => TableCell::decimal(value.as_f64()),
    };
    // Slack of a share is in the units that are added up, and a price in those of the objective.
    let plain = |value: &serde_json::Value| TableCell::decimal(value.as_f64());
    vec![
        TableCell::text(rule.words.in_language(language)),
        TableCell::text(unit(&rule.unit, language)),
        number(&rule.value),
        number(&rule.least),
        number(&rule.most),
        if rule.unit == "share" { plain(&rule.slack) } else { number(&rule.slack) },
        rule.binds.map_or(TableCell::Nothing, TableCell::Truth),
        plain(&rule.price),
    ]
}

fn unit(word: &str, language: Language) -> &str {
    match (word, language) {
        ("people", Language::French) => "habitants",
        ("share", Language::French) => "part",
        ("kilometres", Language::French) => "kilomètres",
        _ => word,
    }
}

fn phases(answer: &Answer) -> Vec<Vec<TableCell>> {
    let row = |phase: &crate::AnswerPhase| {
        vec![
            TableCell::text(&phase.phase),
            TableCell::Whole(phase.years),
            TableCell::Whole(phase.sites_opened),
            TableCell::Whole(phase.sites_new),
            TableCell::Euros(phase.cost),
            TableCell::Whole(phase.newly_reached),
            TableCell::Whole(phase.reached_after),
        ]
    };
    answer.phases.iter().map(row).collect()
}
