use std::path::PathBuf;

use maillage_core::Scenario;
use maillage_io::{AnswerGuarantee, Language, ScoreAnswer, ScoredApplicant};

use super::guarantee::{Claim, guarantee};
use super::unit::unit;
use super::written::written;
use crate::table::Table;
use crate::words::{euros, grouped, plural, shown};

/// How many applicants are shown of those accepted and of the others.
const SHOWN: usize = 30;

/// Scores, told to the planner.
pub(crate) struct ScoreSummary<'run> {
    pub(crate) answer: &'run ScoreAnswer,
    pub(crate) scenario: &'run Scenario,
    pub(crate) written: &'run [PathBuf],
}

impl ScoreSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        [
            self.headline(language),
            if self.answer.accept == "best-set" {
                guarantee(&Claim::from(&self.answer.plan), self.scenario, language) + "\n"
            } else {
                String::new()
            },
            self.accepted(language),
            self.others(language),
            written(self.written, language),
        ]
        .concat()
    }

    fn headline(&self, language: Language) -> String {
        let answer = self.answer;
        let all = answer.applicants.len() as u64;
        let (accepted, of) = (grouped(answer.accepted, language), grouped(all, language));
        let (value, cost) = (grouped(answer.value, language), euros(answer.cost, language));
        let what = unit(&answer.plan.objective.unit, language);
        let below = answer.best_value.map_or(0, |best| best.saturating_sub(answer.value));
        let is_best = answer.accept == "best-set";
        let first = match language {
            Language::English => format!(
                "{accepted} of {of} {} accepted, for {cost}: together they add {value} ({what}).\n",
                plural(all, "applicant", "applicants", language)
            ),
            Language::French => format!(
                "{accepted} {} sur {of}, pour {cost} : ensemble, elles ajoutent {value} ({what}).\n",
                plural(answer.accepted, "candidature retenue", "candidatures retenues", language)
            ),
        };
        let lost = grouped(below, language);
        let is_proved = answer.plan.guarantee == AnswerGuarantee::Optimal;
        let others = match (answer.best_value, below, language) {
            _ if is_best => "",
            (_, _, Language::English) if !answer.keeps_rules => {
                "They break a rule that asks for a least number, which is not looked at in turn: --accept best-set keeps \
                 it.\n"
            }
            (_, _, Language::French) if !answer.keeps_rules => {
                "Elles enfreignent une règle qui demande un minimum, qui n’est pas regardée tour à tour : --accept best-set \
                 la respecte.\n"
            }
            (_, 0, Language::English) if is_proved => "No set under the same limits adds more: proved.\n",
            (_, 0, Language::French) if is_proved => {
                "Aucun ensemble n’apporte plus dans les mêmes limites : c’est prouvé.\n"
            }
            (_, 0, Language::English) => "No better set is known under the same limits.\n",
            (_, 0, Language::French) => "Aucun meilleur ensemble n’est connu dans les mêmes limites.\n",
            (_, _, Language::English) => {
                return format!("{first}The best set under the same limits adds {lost} more: --accept best-set.\n");
            }
            (_, _, Language::French) => {
                return format!(
                    "{first}Le meilleur ensemble dans les mêmes limites apporte {lost} de plus : --accept best-set.\n"
                );
            }
        };
        first + others
    }

    fn accepted(&self, language: Language) -> String {
        let (title, header) = match language {
            Language::English => ("Accepted:", ["turn", "applicant", "cost", "adds alone", "adds in its turn"]),
            Language::French => ("Retenues :", ["tour", "candidature", "coût", "ajoute seule", "ajoute à son tour"]),
        };
        let mut table = Table::new(&header);
        for applicant in self.answer.applicants.iter().filter(|one| one.accepted).take(SHOWN) {
            table.row(vec![
                applicant.turn.map(|turn| turn.to_string()).unwrap_or_default(),
                named(applicant),
                euros(applicant.cost, language),
                grouped(applicant.adds_alone, language),
                grouped(applicant.adds, language),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }

    fn others(&self, language: Language) -> String {
        if self.answer.applicants.iter().all(|one| one.accepted) {
            return String::new();
        }
        let (title, header) = match language {
            Language::English => ("Not accepted:", ["applicant", "cost", "adds alone", "adds to these", "why not"]),
            Language::French => {
                ("Non retenues :", ["candidature", "coût", "ajoute seule", "ajoute à celles-ci", "pourquoi"])
            }
        };
        let mut table = Table::new(&header);
        for applicant in self.answer.applicants.iter().filter(|one| !one.accepted).take(SHOWN) {
            table.row(vec![
                named(applicant),
                euros(applicant.cost, language),
                grouped(applicant.adds_alone, language),
                grouped(applicant.adds, language),
                why_not(applicant, language),
            ]);
        }
        format!("\n{title}\n{}", table.to_text())
    }
}

fn named(applicant: &ScoredApplicant) -> String {
    match applicant.name.as_str() {
        "" => shown(&applicant.id),
        name => format!("{} ({})", shown(name), shown(&applicant.id)),
    }
}

fn why_not(applicant: &ScoredApplicant, language: Language) -> String {
    if applicant.forbidden {
        return if language == Language::French { "exclue" } else { "forbidden" }.to_owned();
    }
    let loses = applicant.with.as_ref().and_then(|with| with.loses);
    match (applicant.adds, applicant.fits, loses, language) {
        (0, _, _, Language::English) => "adds nothing to these".to_owned(),
        (0, _, _, Language::French) => "n’ajoute rien à celles-ci".to_owned(),
        (_, _, Some(loses), Language::English) => {
            format!("the best set with it adds {} less", grouped(loses, language))
        }
        (_, _, Some(loses), Language::French) => {
            format!("le meilleur ensemble avec elle ajoute {} de moins", grouped(loses, language))
        }
        (_, false, None, Language::English) => "no longer fits under the limits".to_owned(),
        (_, false, None, Language::French) => "n’entre plus dans les limites".to_owned(),
        (_, true, None, _) => String::new(),
    }
}
