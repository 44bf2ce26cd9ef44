use std::path::PathBuf;

use maillage_io::{
    AnswerGuarantee, ChosenPlan, Language, SweepAnswer, SweepChoice, SweepGiven, SweepScenario, SweepSite,
};
use serde_json::{Map, Value};

use super::assumption::assumption;
use super::written::written;
use crate::table::Table;
use crate::words::{grouped, percent, percent_exact, percent_up, plural, shown};

/// How many sites of the core are named.
const SHOWN: usize = 15;

/// Many scenarios at once, told to the planner.
pub(crate) struct SweepSummary<'run> {
    pub(crate) answer: &'run SweepAnswer,
    pub(crate) written: &'run [PathBuf],
}

/// What a plan brings in a scenario.
struct Brings {
    newly_reached: u64,
    share_after: Option<f64>,
    /// Of what no plan exceeds.
    of_possible: Option<f64>,
}

impl SweepSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            self.safe(language),
            self.core(language),
            self.choices(language),
            self.answer.given.iter().map(|given| self.given(given, language)).collect(),
            self.axes(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let scenarios = &self.answer.scenarios;
        let count = |is: &dyn Fn(&SweepScenario) -> bool| scenarios.iter().filter(|one| is(one)).count() as u64;
        let all = scenarios.len() as u64;
        // Plans that were found for several scenarios at once are told below.
        let plans = self.answer.plans.iter().filter(|plan| plan.best_in > 0).count() as u64;
        let optimal = count(&|one| one.guarantee == AnswerGuarantee::Optimal);
        let others =
            count(&|one| one.feasible) - count(&|one| one.feasible && one.guarantee == AnswerGuarantee::Optimal);
        let gap = percent_up(scenarios.iter().filter_map(|one| one.gap).fold(0.0, f64::max), language);
        let [shown_all, shown_plans, shown_optimal] = [all, plans, optimal].map(|number| grouped(number, language));
        let counts = match language {
            Language::English => format!(
                "{shown_all} {}, {shown_plans} {}",
                plural(all, "scenario", "scenarios", language),
                plural(plans, "plan", "different plans", language)
            ),
            Language::French => format!(
                "{shown_all} {}, {shown_plans} {}",
                plural(all, "scénario", "scénarios", language),
                plural(plans, "plan", "plans différents", language)
            ),
        };
        let proved = match (plans, others, language) {
            (0, ..) => ".\n".to_owned(),
            (1, 0, Language::English) => ", proved the best of each.\n".to_owned(),
            (1, 0, Language::French) => ", prouvé le meilleur de chacun.\n".to_owned(),
            (_, 0, Language::English) => ", each proved the best of its scenario.\n".to_owned(),
            (_, 0, Language::French) => ", chacun prouvé le meilleur de son scénario.\n".to_owned(),
            (_, _, Language::English) => format!(
                ". {shown_optimal} {} proved the best of their scenario; the others are at most {gap} below it.\n",
                plural(optimal, "is", "are", language)
            ),
            (_, _, Language::French) => format!(
                ". {shown_optimal} {} de leur scénario ; les autres en sont à {gap} au plus.\n",
                plural(optimal, "est prouvé le meilleur", "sont prouvés les meilleurs", language)
            ),
        };
        let impossible = count(&|one| !one.feasible && one.bound.is_none());
        let unknown = count(&|one| !one.feasible && one.bound.is_some());
        counts + &proved + &without(impossible, unknown, language)
    }

    /// What the plans bring for each value, whatever the other keys are.
    fn axes(&self, language: Language) -> String {
        let brings = |scenario: usize| {
            let one = self.answer.scenarios.get(scenario).filter(|one| one.feasible)?;
            Some(Brings { newly_reached: one.newly_reached, share_after: one.share_after, of_possible: None })
        };
        let title = match language {
            Language::English => "What hangs on each assumption (the best plans of all scenarios with it):",
            Language::French => {
                "Ce qui tient à chaque hypothèse (les meilleurs plans de tous les scénarios qui la font) :"
            }
        };
        format!("\n{title}\n{}", self.by_assumption(&brings, None, language).to_text())
    }

    /// Makes a row for each value of each key: the least and the most of what is brought in the scenarios with it.
    fn by_assumption(
        &self,
        brings: &dyn Fn(usize) -> Option<Brings>,
        of_possible: Option<&'static str>,
        language: Language,
    ) -> Table {
        let header = match language {
            Language::English => ["assumed", "newly in reach: least", "most", "share in reach: least", "most"],
            Language::French => {
                ["hypothèse", "nouveaux à portée : minimum", "maximum", "part à portée : minimum", "maximum"]
            }
        };
        let header: Vec<&str> = header.into_iter().chain(of_possible).collect();
        let mut table = Table::new(&header);
        let people = |figure: Option<u64>| figure.map_or_else(String::new, |figure| grouped(figure, language));
        let share = |figure: Option<f64>| figure.map_or_else(String::new, |figure| percent(figure, language));
        for axis in &self.answer.vary {
            for value in &axis.values {
                let all = self.answer.scenarios.iter().enumerate();
                let with = all.filter(|(_, one)| one.assumes.get(&axis.key) == Some(value));
                let with: Vec<Brings> = with.filter_map(|(scenario, _)| brings(scenario)).collect();
                let shares = || with.iter().filter_map(|one| one.share_after);
                let mut row = vec![
                    assumption(&axis.key, value, language),
                    people(with.iter().map(|one| one.newly_reached).min()),
                    people(with.iter().map(|one| one.newly_reached).max()),
                    share(shares().reduce(f64::min)),
                    share(shares().reduce(f64::max)),
                ];
                let least = with.iter().filter_map(|one| one.of_possible).reduce(f64::min);
                row.extend(of_possible.map(|_| share(least)));
                table.row(row);
            }
        }
        table
    }

    /// What a given plan brings for each value, whatever the other keys are.
    fn given(&self, given: &SweepGiven, language: Language) -> String {
        let file = shown(&given.file);
        let (title, of_possible) = match language {
            Language::English => {
                (format!("{file} under these assumptions (plan {}):", given.plan), "of the possible: least")
            }
            Language::French => {
                (format!("{file} sous ces hypothèses (plan {}) :", given.plan), "du possible : minimum")
            }
        };
        let brings = |scenario: usize| {
            let there = given.scenarios.get(scenario)?;
            let (newly_reached, share_after) = (there.newly_reached, there.share_after);
            Some(Brings { newly_reached, share_after, of_possible: there.share })
        };
        let table = self.by_assumption(&brings, Some(of_possible), language);
        let breaks = given.scenarios.iter().filter(|one| one.value.is_none()).count() as u64;
        let count = grouped(breaks, language);
        let broken = match (breaks, language) {
            (0, _) => String::new(),
            (_, Language::English) => {
                format!("It breaks a rule of {count} {}.\n", plural(breaks, "scenario", "scenarios", language))
            }
            (_, Language::French) => {
                format!("Il enfreint une règle de {count} {}.\n", plural(breaks, "scénario", "scénarios", language))
            }
        };
        format!("\n{title}\n{}{broken}", table.to_text())
    }

    /// Says how many sites stand in how many plans.
    fn safe(&self, language: Language) -> String {
        let sites = &self.answer.sites;
        if sites.is_empty() {
            return String::new();
        }
        let planned = self.answer.scenarios.iter().filter(|one| one.plan.is_some()).count() as u64;
        let count = |is: &dyn Fn(&&SweepSite) -> bool| sites.iter().filter(is).count() as u64;
        let always = count(&|site| site.scenarios == planned);
        let [most, half] = [0.9, 0.5].map(|share| grouped(count(&|site| site.share >= share), language));
        let (number, all) = (grouped(always, language), grouped(sites.len() as u64, language));
        match (always, language) {
            (0, Language::English) => format!(
                "No site stands in every plan found, {most} in at least 90%, {half} in at least half, of {all} in any.\n"
            ),
            (_, Language::English) => format!(
                "Safe in all scenarios: {number} {} in every plan found, {most} in at least 90%, {half} in at least half, of \
                 {all} in any.\n",
                plural(always, "site stands", "sites stand", language)
            ),
            (0, Language::French) => format!(
                "Aucun site n’est dans tous les plans trouvés, {most} dans au moins 90\u{a0}%, {half} dans au moins la moitié, sur \
                 {all} en tout.\n"
            ),
            (_, Language::French) => format!(
                "Sûrs dans tous les scénarios : {number} {} dans tous les plans trouvés, {most} dans au moins 90\u{a0}%, {half} dans au \
                 moins la moitié, sur {all} en tout.\n",
                plural(always, "site est", "sites sont", language)
            ),
        }
    }

    fn core(&self, language: Language) -> String {
        let sites = &self.answer.sites;
        if sites.is_empty() {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => ("Sites that stand in most plans:", ["name", "site", "kind", "in plans"]),
            Language::French => ("Sites présents dans le plus de plans :", ["nom", "site", "type", "dans les plans"]),
        };
        let mut table = Table::new(&header);
        for site in sites.iter().take(SHOWN) {
            table.row(vec![shown(&site.name), shown(&site.id), shown(&site.kind), percent(site.share, language)]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn choices(&self, language: Language) -> String {
        let (title, header) = match language {
            Language::English => (
                "Plans that hold under all of these assumptions (what they bring, of the best possible in each scenario):",
                ["limit", "scenarios", "best in the worst", "at least", "best on average", "on average"],
            ),
            Language::French => (
                "Plans qui tiennent sous toutes ces hypothèses (ce qu’ils apportent, du mieux possible dans chaque \
                 scénario) :",
                ["limite", "scénarios", "meilleur au pire", "au moins", "meilleur en moyenne", "en moyenne"],
            ),
        };
        let mut table = Table::new(&header);
        let plan = |chosen: Option<ChosenPlan>| chosen.map_or_else(String::new, |chosen| chosen.plan.to_string());
        let share = |chosen: Option<ChosenPlan>| {
            let Some(ChosenPlan { share, bound, .. }) = chosen else { return String::new() };
            match (bound, language) {
                (None, _) => percent(share, language),
                (Some(bound), Language::English) => {
                    format!("{} (at most {})", percent_exact(share, language), percent_exact(bound, language))
                }
                (Some(bound), Language::French) => {
                    format!("{} ({} au plus)", percent_exact(share, language), percent_exact(bound, language))
                }
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

/// Says how many scenarios have no plan, as is proved or as far as is known.
fn without(impossible: u64, unknown: u64, language: Language) -> String {
    let [proved, sought] = [impossible, unknown].map(|number| grouped(number, language));
    let first = match (impossible, language) {
        (0, _) => String::new(),
        (_, Language::English) => {
            format!(
                "{proved} {} no plan that keeps every rule.\n",
                plural(impossible, "scenario has", "scenarios have", language)
            )
        }
        (_, Language::French) => format!(
            "{proved} {} aucun plan qui respecte toutes les règles.\n",
            plural(impossible, "scénario n’a", "scénarios n’ont", language)
        ),
    };
    let second = match (unknown, language) {
        (0, _) => String::new(),
        (_, Language::English) => format!(
            "In {sought} {} no plan that keeps every rule was found, though there may be one: --effort proof looks longer.\n",
            plural(unknown, "scenario", "scenarios", language)
        ),
        (_, Language::French) => format!(
            "Pour {sought} {}, aucun plan qui respecte toutes les règles n’a été trouvé ; il peut en exister : --effort \
             proof cherche plus longtemps.\n",
            plural(unknown, "scénario", "scénarios", language)
        ),
    };
    first + &second
}

fn limits(limit: &Map<String, Value>, language: Language) -> String {
    if limit.is_empty() {
        return match language {
            Language::English => "as asked".to_owned(),
            Language::French => "celle demandée".to_owned(),
        };
    }
    let limits: Vec<String> = limit.iter().map(|(key, value)| assumption(key, value, language)).collect();
    limits.join(", ")
}
