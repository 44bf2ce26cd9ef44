use maillage_core::Goal;
use maillage_io::{AnswerObjective, EquityAnswerPoint, Language};

use super::curve::{CurveSummary, gap};
use super::goal::hundredths;
use super::notes::notes;
use super::place::{counted, duration};
use crate::table::Table;
use crate::words::{euros, grouped, percent_of, shown};

/// The price of equity, told to the planner.
impl CurveSummary<'_, EquityAnswerPoint> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            self.table(language),
            self.proof(language),
            notes(self.scenario, language),
            self.files(if language == Language::French { "equite.csv" } else { "equity.csv" }, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let who = counted(self.scenario, self.file, language);
        let within = duration(self.scenario.within, language);
        let before = grouped(self.answer.reached_before, language);
        let all = grouped(self.answer.under_served, language);
        let column = match &self.scenario.goal {
            Goal::WorstOff(column) => shown(column),
            _ => String::new(),
        };
        match language {
            Language::English => format!(
                "The price of equity: the best plans for {who}, at most {within} away, the share in reach of every \
                 place by {column} at or above a floor; {before} of {all} are in reach today.\n\n"
            ),
            Language::French => format!(
                "Le prix de l’équité : les meilleurs plans pour les {who}, à {within} au plus, quand la part à portée \
                 de chaque lieu (par {column}) atteint un plancher ; {before} sur {all} sont à portée \
                 aujourd’hui.\n\n"
            ),
        }
    }

    fn table(&self, language: Language) -> String {
        let people = self.scenario.counts_people();
        let header = match (people, language) {
            (true, Language::English) => {
                ["floor", "worst-off", "newly reached", "at most", "lost", "after %", "sites", "cost", "gap"]
            }
            (true, Language::French) => {
                ["plancher", "le moins", "en plus", "au plus", "perdus", "après %", "sites", "coût", "écart"]
            }
            (false, Language::English) => {
                ["floor", "worst-off", "value", "at most", "lost", "after %", "sites", "cost", "gap"]
            }
            (false, Language::French) => {
                ["plancher", "le moins", "valeur", "au plus", "perdu", "après %", "sites", "coût", "écart"]
            }
        };
        let mut table = Table::new(&header);
        let none = if language == Language::French { "aucun" } else { "none" };
        for point in &self.answer.points {
            table.row(vec![
                point.floor.map_or_else(|| none.to_owned(), |floor| hundredths(floor, language)),
                hundredths(point.worst, language),
                grouped(point.value, language),
                grouped(point.bound, language),
                grouped(point.lost, language),
                percent_of(point.reached_after, self.answer.under_served, language),
                grouped(point.sites_new, language),
                euros(point.cost, language),
                gap(point, language),
            ]);
        }
        table.to_text()
    }

    /// Says how many points are proved and what is known of the highest floor, claiming no more.
    fn proof(&self, language: Language) -> String {
        let first = self.proved(language);
        let second = self.answer.highest.as_ref().map(|highest| highest_floor(highest, language)).unwrap_or_default();
        let third = match language {
            Language::English => {
                "\"Lost\": by how much less than without a floor the plan adds; \"worst-off\": the smallest share of a \
                 place with it."
            }
            Language::French => {
                "« Perdus » : ce que le plan apporte de moins que sans plancher ; « le moins » : la plus petite part \
                 d’un lieu avec ce plan."
            }
        };
        let third = if self.scenario.counts_people() { third.to_owned() } else { third.replace("Perdus", "Perdu") };
        format!("{first}{second}{third}\n\n")
    }
}

fn highest_floor(highest: &AnswerObjective, language: Language) -> String {
    let (value, above) = (hundredths(highest.value, language), hundredths(highest.bound + 1, language));
    match language {
        Language::English => {
            format!("The highest floor found is {value}; no plan brings every place to {above}.\n")
        }
        Language::French => {
            format!("Le plancher le plus haut trouvé est {value} ; aucun plan ne porte tous les lieux à {above}.\n")
        }
    }
}
