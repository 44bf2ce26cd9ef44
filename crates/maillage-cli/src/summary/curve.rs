use std::path::PathBuf;

use maillage_core::Scenario;
use maillage_io::{AnswerGuarantee, AnswerPoint, CurveAnswer, CurveAnswerPoint, CurveOver, Language, ScenarioFile};

use super::notes::notes;
use super::place::{counted, duration};
use super::written::written;
use crate::table::Table;
use crate::words::{decimal, euros, grouped, percent_of, percent_up, plural};

/// A terminal shows about so many points; files hold them all.
const SHOWN: usize = 21;

/// A curve, told to the planner.
pub(crate) struct CurveSummary<'run, Point = CurveAnswerPoint> {
    pub(crate) answer: &'run CurveAnswer<Point>,
    pub(crate) scenario: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) written: &'run [PathBuf],
}

impl CurveSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            self.table(language),
            self.proof(language),
            self.reading(language),
            notes(self.scenario, language),
            self.files("frontier.csv", language),
        ]
        .concat()
    }

    fn over_sites(&self) -> bool {
        self.answer.over == CurveOver::Sites
    }

    fn headline(&self, language: Language) -> String {
        let who = counted(self.scenario, self.file, language);
        let within = duration(self.scenario.within, language);
        let before = grouped(self.answer.reached_before, language);
        let all = grouped(self.answer.under_served, language);
        match language {
            Language::English => {
                format!("The best plans for {who}, at most {within} away; {before} of {all} are in reach today.\n\n")
            }
            Language::French => format!(
                "Les meilleurs plans pour les {who}, à {within} au plus ; {before} sur {all} sont à portée \
                 aujourd’hui.\n\n"
            ),
        }
    }

    fn table(&self, language: Language) -> String {
        let people = self.scenario.counts_people();
        let header = match (self.over_sites(), language) {
            (true, Language::English) => ["sites", "newly reached", "after", "after %", "cost", "next site", "gap"],
            (true, Language::French) => ["sites", "en plus", "après", "après %", "coût", "site suivant", "écart"],
            (false, Language::English) => {
                ["budget", "newly reached", "after", "after %", "sites", "next €10,000", "gap"]
            }
            (false, Language::French) => {
                ["budget", "en plus", "après", "après %", "sites", "10\u{202f}000\u{a0}€ suivants", "écart"]
            }
        };
        let mut table = Table::new(&header);
        let points = &self.answer.points;
        let every = points.len().saturating_sub(1).div_ceil(SHOWN - 1).max(1);
        let dash = || "–".to_owned();
        for (position, point) in points.iter().enumerate() {
            if position % every != 0 && position + 1 != points.len() {
                continue;
            }
            let number = |figure: Option<u64>| figure.map_or_else(dash, |figure| grouped(figure, language));
            let (limit, other) = if self.over_sites() {
                (grouped(point.limit, language), point.cost.map_or_else(dash, |cost| euros(cost, language)))
            } else {
                (euros(point.limit, language), number(point.sites_new))
            };
            let after = point.reached_after;
            table.row(vec![
                limit,
                number(point.newly_reached),
                number(after),
                after.map_or_else(dash, |after| percent_of(after, self.answer.under_served, language)),
                other,
                point.next_value.map_or_else(dash, |value| rounded(value, people, language)),
                gap(point, language),
            ]);
        }
        table.to_text()
    }

    /// Says what is proved, and under which limits there is no plan.
    fn proof(&self, language: Language) -> String {
        let proved = self.proved(language);
        let impossible = self.answer.points.iter().filter(|point| point.is_impossible()).count() as u64;
        let number = |number| grouped(number, language);
        if impossible == 0 {
            return proved;
        }
        let impossible = match language {
            Language::English => {
                format!(
                    "Under the {} smallest {}, no plan keeps every rule.\n",
                    number(impossible),
                    plural(impossible, "limit", "limits", language)
                )
            }
            Language::French => {
                format!(
                    "Sous {}, aucun plan ne respecte toutes les règles.\n",
                    plural(
                        impossible,
                        "la plus petite limite",
                        &format!("les {} plus petites limites", number(impossible)),
                        language
                    )
                )
            }
        };
        proved + &impossible
    }

    fn reading(&self, language: Language) -> String {
        match (self.over_sites(), language) {
            (true, Language::English) => "\"Next site\": what each further site adds on the way to the next point.\n\n",
            (true, Language::French) => {
                "« Site suivant » : ce qu’apporte chaque site de plus jusqu’au point suivant.\n\n"
            }
            (false, Language::English) => {
                "\"Next €10,000\": what each further €10,000 adds on the way to the next point.\n\n"
            }
            (false, Language::French) => {
                "« 10\u{202f}000\u{a0}€ suivants » : ce qu’apportent 10\u{202f}000\u{a0}€ de plus jusqu’au point \
                 suivant.\n\n"
            }
        }
        .to_owned()
    }
}

impl<Point: AnswerPoint> CurveSummary<'_, Point> {
    /// Says what was written, or what to write it to.
    pub(super) fn files(&self, name: &str, language: Language) -> String {
        match (self.written.is_empty(), language) {
            (true, Language::English) => format!("Nothing was written: add --out {name} to keep every point.\n"),
            (true, Language::French) => {
                format!("Rien n’a été écrit : ajouter --out {name} pour garder tous les points.\n")
            }
            (false, _) => written(self.written, language),
        }
    }

    /// Says how many points are proved, claiming no more.
    pub(super) fn proved(&self, language: Language) -> String {
        let points = &self.answer.points;
        let all = points.len() as u64;
        let is_proved = |point: &&Point| point.is_impossible() || point.guarantee() == AnswerGuarantee::Optimal;
        let proved = points.iter().filter(is_proved).count() as u64;
        let worst = percent_up(points.iter().filter_map(AnswerPoint::gap).fold(0.0, f64::max), language);
        let (proved_text, all_text) = (grouped(proved, language), grouped(all, language));
        match language {
            Language::English if proved == all => {
                format!("\nAll {all_text} points are proved: nothing better exists, with these data.\n")
            }
            Language::French if proved == all => {
                format!("\nLes {all_text} points sont prouvés : rien de mieux n’existe, avec ces données.\n")
            }
            Language::English => format!(
                "\n{proved_text} of {all_text} points are proved the best; the others are at most {worst} below the \
                 best possible.\n"
            ),
            Language::French => format!(
                "\n{proved_text} points sur {all_text} sont prouvés les meilleurs ; les autres sont au plus {worst} \
                 sous le meilleur possible.\n"
            ),
        }
    }
}

/// Writes a gain: people to the nearest one, other units as they are.
fn rounded(value: f64, people: bool, language: Language) -> String {
    if people {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people, at least 0")]
        return grouped(value.round() as u64, language);
    }
    decimal((value * 10.0).round() / 10.0, language)
}

/// Writes a gap, where there is one.
pub(super) fn gap(point: &impl AnswerPoint, language: Language) -> String {
    point.gap().map_or_else(|| "–".to_owned(), |gap| percent_up(gap, language))
}
