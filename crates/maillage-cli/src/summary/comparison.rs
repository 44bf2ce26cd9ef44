use std::path::PathBuf;

use maillage_io::{ComparedPlan, ComparisonAnswer, Language, PlanChange};

use super::written::written;
use crate::table::Table;
use crate::words::{decimal, euros, grouped, percent_of, shown};

/// How many communes are shown.
const SHOWN: usize = 15;

/// Plans side by side, told to the planner.
pub(crate) struct ComparisonSummary<'run> {
    pub(crate) answer: &'run ComparisonAnswer,
    pub(crate) written: &'run [PathBuf],
}

impl ComparisonSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        let changes = self.answer.changes.iter().map(|change| changed(change, language));
        [
            self.plans(language),
            changes.collect(),
            self.communes(language),
            self.caution(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn plans(&self, language: Language) -> String {
        let header = match language {
            Language::English => {
                ["", "plan", "new sites", "only here", "cost", "in reach", "of 100", "newly", "mean minutes"]
            }
            Language::French => [
                "",
                "plan",
                "nouveaux sites",
                "ici seulement",
                "coût",
                "à portée",
                "sur 100",
                "nouveaux",
                "minutes en moyenne",
            ],
        };
        let mut table = Table::new(&header);
        for (number, plan) in (1..).zip(&self.answer.plans) {
            let ComparedPlan { sites_new, cost, under_served, reached_after, newly_reached, minutes, .. } = plan;
            table.row(vec![
                format!("{number}"),
                shown(&plan.file),
                grouped(*sites_new, language),
                grouped(plan.only_here.len() as u64, language),
                cost.map_or_else(String::new, |cost| euros(cost, language)),
                grouped(*reached_after, language),
                percent_of(*reached_after, *under_served, language),
                grouped(*newly_reached, language),
                minutes.map_or_else(String::new, |minutes| decimal(minutes, language)),
            ]);
        }
        let common = grouped(self.answer.common.len() as u64, language);
        let all = match language {
            Language::English => format!("{common} new sites stand in all of them.\n"),
            Language::French => format!("{common} nouveaux sites figurent dans tous.\n"),
        };
        table.to_text() + &all
    }

    fn communes(&self, language: Language) -> String {
        if self.answer.communes.is_empty() {
            return match language {
                Language::English => "\nAll of them reach the same communes.\n".to_owned(),
                Language::French => "\nTous atteignent les mêmes communes.\n".to_owned(),
            };
        }
        let count = grouped(self.answer.communes.len() as u64, language);
        let (title, first) = match language {
            Language::English => (
                format!("\n{count} communes are in reach of some plans only; the largest:\n"),
                ["commune", "under-served people"],
            ),
            Language::French => (
                format!("\n{count} communes ne sont à portée que de certains plans ; les plus peuplées :\n"),
                ["commune", "habitants sous-dotés"],
            ),
        };
        let numbers: Vec<String> = (1..=self.answer.plans.len()).map(|plan| format!("plan {plan}")).collect();
        let header: Vec<&str> = first.into_iter().chain(numbers.iter().map(String::as_str)).collect();
        let mut table = Table::new(&header);
        for commune in self.answer.communes.iter().take(SHOWN) {
            let mut cells = vec![
                format!("{} ({})", shown(&commune.name), shown(&commune.id)),
                grouped(commune.under_served, language),
            ];
            cells.extend(commune.reached.iter().zip(&commune.minutes).map(|(reached, minutes)| {
                let minutes = minutes.map_or_else(|| "?".to_owned(), |minutes| decimal(tenths_up(minutes), language));
                match (reached.as_str(), language) {
                    ("no", Language::English) => format!("no ({minutes} min)"),
                    ("no", Language::French) => format!("non ({minutes} min)"),
                    (_, Language::English) => format!("yes ({minutes} min)"),
                    (_, Language::French) => format!("oui ({minutes} min)"),
                }
            }));
            table.row(cells);
        }
        title + &table.to_text()
    }

    fn caution(&self, language: Language) -> String {
        let keys = self.answer.differs.join(", ");
        match (keys.as_str(), language) {
            ("", _) => String::new(),
            (_, Language::English) => {
                format!("\nThe plans differ in {keys}: gains and losses mix that with what the sites do.\n")
            }
            (_, Language::French) => {
                format!("\nLes plans diffèrent par {keys} : gains et pertes s’y mêlent à l’effet des sites.\n")
            }
        }
    }
}

/// Rounds minutes up to a tenth: nothing is said to be nearer than it is.
fn tenths_up(minutes: f64) -> f64 {
    (minutes * 10.0 - 1e-6).ceil().max(0.0) / 10.0
}

fn changed(change: &PlanChange, language: Language) -> String {
    let (gained, lost) = (grouped(change.gained, language), grouped(change.lost, language));
    let [opens, closes] = [&change.opens, &change.closes].map(|ids| grouped(ids.len() as u64, language));
    let file = shown(&change.file);
    let first = match language {
        Language::English => format!(
            "\n{file} instead of the first: {opens} other new sites, {closes} fewer of its own; {gained} people gained, \
             {lost} lost.\n"
        ),
        Language::French => format!(
            "\n{file} au lieu du premier : {opens} autres nouveaux sites, {closes} des siens en moins ; {gained} personnes \
             gagnées, {lost} perdues.\n"
        ),
    };
    if change.by_territory.is_empty() {
        return first;
    }
    let header = match language {
        Language::English => ["territory", "gained", "lost"],
        Language::French => ["territoire", "gagnées", "perdues"],
    };
    let mut table = Table::new(&header);
    for territory in &change.by_territory {
        table.row(vec![
            shown(&territory.territory),
            grouped(territory.gained, language),
            grouped(territory.lost, language),
        ]);
    }
    first + &table.to_text()
}
