use std::path::PathBuf;

use maillage_io::{AnswerGuarantee, ChosenPlan, Language, SweepAnswer, SweepChoice, SweepScenario};
use serde_json::{Map, Value};

use super::written::written;
use crate::table::Table;
use crate::words::{decimal, grouped, percent, percent_up, shown};

/// How many sites of the core are named.
const SHOWN: usize = 15;

/// Many scenarios at once, told to the planner.
pub(crate) struct SweepSummary<'run> {
    pub(crate) answer: &'run SweepAnswer,
    pub(crate) written: &'run [PathBuf],
}

impl SweepSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            self.axes(language),
            self.core(language),
            self.choices(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let scenarios = &self.answer.scenarios;
        let all = grouped(scenarios.len() as u64, language);
        let count = |is: &dyn Fn(&SweepScenario) -> bool| {
            grouped(scenarios.iter().filter(|one| is(one)).count() as u64, language)
        };
        let optimal = count(&|one| one.guarantee == AnswerGuarantee::Optimal);
        let without = scenarios.iter().filter(|one| !one.feasible).count() as u64;
        let gap = scenarios.iter().filter_map(|one| one.gap).fold(0.0, f64::max);
        let (gap, plans) = (percent_up(gap, language), grouped(self.answer.plans.len() as u64, language));
        let is_all = scenarios.iter().all(|one| one.guarantee == AnswerGuarantee::Optimal || !one.feasible);
        let first = match language {
            Language::English if is_all => {
                format!("{all} scenarios, {plans} different plans, each proved the best of its scenario.\n")
            }
            Language::French if is_all => {
                format!("{all} scénarios, {plans} plans différents, chacun prouvé le meilleur de son scénario.\n")
            }
            Language::English => format!(
                "{all} scenarios, {plans} different plans. {optimal} are proved the best of their scenario; the others are \
                 at most {gap} below it.\n"
            ),
            Language::French => format!(
                "{all} scénarios, {plans} plans différents. {optimal} sont prouvés les meilleurs de leur scénario ; les \
                 autres en sont à {gap} au plus.\n"
            ),
        };
        let none = grouped(without, language);
        first
            + &match (without, language) {
                (0, _) => String::new(),
                (_, Language::English) => format!("{none} scenarios have no plan that keeps every rule.\n"),
                (_, Language::French) => format!("{none} scénarios n’ont aucun plan qui respecte toutes les règles.\n"),
            }
    }

    /// What the plans bring for each value, whatever the other keys are.
    fn axes(&self, language: Language) -> String {
        let header = match language {
            Language::English => ["assumed", "newly in reach: least", "most", "share in reach: least", "most"],
            Language::French => ["hypothèse", "nouveaux à portée : moins", "plus", "part à portée : moins", "plus"],
        };
        let mut table = Table::new(&header);
        for axis in &self.answer.vary {
            for value in &axis.values {
                let with = self.answer.scenarios.iter().filter(|one| one.feasible);
                let with: Vec<&SweepScenario> = with.filter(|one| one.assumes.get(&axis.key) == Some(value)).collect();
                let people = |figure: Option<u64>| figure.map_or_else(String::new, |figure| grouped(figure, language));
                let share = |figure: Option<f64>| figure.map_or_else(String::new, |figure| percent(figure, language));
                let shares = || with.iter().filter_map(|one| one.share_after);
                table.row(vec![
                    format!("{} {}", axis.key, plain(value, language)),
                    people(with.iter().map(|one| one.newly_reached).min()),
                    people(with.iter().map(|one| one.newly_reached).max()),
                    share(shares().reduce(f64::min)),
                    share(shares().reduce(f64::max)),
                ]);
            }
        }
        format!("\n{}", table.to_text())
    }

    fn core(&self, language: Language) -> String {
        let sites = &self.answer.sites;
        let planned = self.answer.scenarios.iter().filter(|one| one.plan.is_some()).count() as u64;
        let at_least = |share: f64| grouped(sites.iter().filter(|site| site.share >= share).count() as u64, language);
        let always = grouped(sites.iter().filter(|site| site.scenarios == planned).count() as u64, language);
        let (most, half, all) = (at_least(0.9), at_least(0.5), grouped(sites.len() as u64, language));
        let (title, header) = match language {
            Language::English => (
                format!(
                    "\nSafe whatever is assumed: of {all} sites in these plans, {always} stand in all of them, {most} in at \
                     least 90%, {half} in at least half.\n"
                ),
                ["site", "name", "kind", "in plans"],
            ),
            Language::French => (
                format!(
                    "\nSûrs quoi qu’on suppose : sur {all} sites de ces plans, {always} figurent dans tous, {most} dans au \
                     moins 90 %, {half} dans au moins la moitié.\n"
                ),
                ["site", "nom", "type", "dans les plans"],
            ),
        };
        let mut table = Table::new(&header);
        for site in sites.iter().take(SHOWN) {
            table.row(vec![shown(&site.id), shown(&site.name), shown(&site.kind), percent(site.share, language)]);
        }
        title + &table.to_text()
    }

    fn choices(&self, language: Language) -> String {
        let (title, header) = match language {
            Language::English => (
                "Plans that hold under all of these assumptions (what they bring, of the best possible in each scenario):",
                ["under", "scenarios", "best in the worst", "at least", "best on average", "on average"],
            ),
            Language::French => (
                "Plans qui tiennent sous toutes ces hypothèses (ce qu’ils apportent, du mieux possible dans chaque \
                 scénario) :",
                ["avec", "scénarios", "meilleur au pire", "au moins", "meilleur en moyenne", "en moyenne"],
            ),
        };
        let mut table = Table::new(&header);
        let plan = |chosen: Option<ChosenPlan>| chosen.map_or_else(String::new, |chosen| chosen.plan.to_string());
        let share = |chosen: Option<ChosenPlan>| {
            let bound = chosen.and_then(|chosen| chosen.bound).map(|bound| percent_up(bound, language));
            let share = chosen.map_or_else(String::new, |chosen| percent(chosen.share, language));
            match (bound, language) {
                (None, _) => share,
                (Some(bound), Language::English) => format!("{share} (at most {bound})"),
                (Some(bound), Language::French) => format!("{share} ({bound} au plus)"),
            }
        };
        for SweepChoice { limit, scenarios, in_the_worst, on_average } in &self.answer.choices {
            table.row(vec![
                limits(limit, language),
                grouped(*scenarios, language),
                plan(*in_the_worst),
                share(*in_the_worst),
                plan(*on_average),
                share(*on_average),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }
}

fn limits(limit: &Map<String, Value>, language: Language) -> String {
    let limits: Vec<String> = limit.iter().map(|(key, value)| format!("{key} {}", plain(value, language))).collect();
    limits.join(", ")
}

fn plain(value: &Value, language: Language) -> String {
    match value {
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(whole), _) => grouped(whole, language),
            (None, Some(number)) => decimal(number, language),
            _ => String::new(),
        },
        Value::String(text) => shown(text),
        Value::Array(list) if list.is_empty() => "–".to_owned(),
        other => shown(&other.to_string()),
    }
}
