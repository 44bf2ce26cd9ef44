use maillage_core::{Goal, Scenario};
use maillage_io::{AnswerGuarantee, AnswerObjective, AnswerTravel, Language};

use super::guarantee::Claim;
use super::unit::unit;
use crate::words::{decimal_grouped, euros, grouped, plural, shown};

/// Says how near the plan comes to the goal, and what is proved of it; empty where the goal is people in reach.
pub(crate) fn goal(answer: &Claim<'_>, scenario: &Scenario, language: Language) -> String {
    let proved = answer.guarantee == AnswerGuarantee::Optimal;
    let (value, bound) = (answer.objective.value, answer.objective.bound);
    let first = match (&scenario.goal, language) {
        (Goal::Reach, _) => return String::new(),
        (Goal::FewestSites(share), _) => {
            let sites = |number: u64| {
                let (one, several) = match language {
                    Language::English => ("new site", "new sites"),
                    Language::French => ("nouveau site", "nouveaux sites"),
                };
                format!("{} {}", grouped(number, language), plural(number, one, several, language))
            };
            suffices(&share.to_string(), &sites(value), &sites(bound), value < 2, proved, language)
        }
        (Goal::LeastCost(share), _) => {
            let money = |number: u64| euros(number, language);
            suffices(&share.to_string(), &money(value), &money(bound), value < 2, proved, language)
        }
        (Goal::WorstOff(column), Language::English) => format!(
            "Goal: the place by {} with the smallest share in reach. It has {} with this plan, {}.",
            shown(column),
            hundredths(value, language),
            if proved {
                format!("and no plan brings every place to {}", hundredths(bound + 1, language))
            } else {
                format!(
                    "and no plan brings every place to {}; what lies between is not settled",
                    hundredths(bound + 1, language)
                )
            }
        ),
        (Goal::WorstOff(column), Language::French) => format!(
            "Objectif : le lieu (par {}) où la part à portée est la plus faible. Elle y atteint {} avec ce plan, {}.",
            shown(column),
            hundredths(value, language),
            if proved {
                format!("et aucun plan ne porte tous les lieux à {}", hundredths(bound + 1, language))
            } else {
                format!(
                    "et aucun plan ne porte tous les lieux à {} ; l’entre-deux n’est pas tranché",
                    hundredths(bound + 1, language)
                )
            }
        ),
        (Goal::TravelTime(_), _) => {
            return answer.travel.map_or_else(String::new, |travel| minutes(travel, proved, language));
        }
    };
    format!("\n{first}{}\n", then(answer.then, language))
}

fn suffices(share: &str, value: &str, bound: &str, is_one: bool, proved: bool, language: Language) -> String {
    match language {
        Language::English => {
            let suffice = if is_one { "suffices" } else { "suffice" };
            let first = format!("Goal: {share} of them in reach. {value} {suffice}, ");
            first
                + &if proved {
                    "and nothing less does.".to_owned()
                } else {
                    format!("and nothing below {bound} does; what lies between is not settled.")
                }
        }
        Language::French => {
            let share = share.replace('%', "\u{202f}%").replace('.', ",");
            let suffice = if is_one { "suffit" } else { "suffisent" };
            let first = format!("Objectif : {share} à portée. {value} {suffice}, ");
            first
                + &if proved {
                    "et rien de moins ne suffit.".to_owned()
                } else {
                    format!("et rien en dessous de {bound} ne suffit ; l’entre-deux n’est pas tranché.")
                }
        }
    }
}

/// Says what was maximised under the level reached.
fn then(then: Option<&AnswerObjective>, language: Language) -> String {
    let Some(then) = then else { return String::new() };
    let is_people = then.unit == "people";
    let (value, bound) = (grouped(then.value, language), grouped(then.bound, language));
    let unit = match (is_people, language) {
        (true, Language::English) => "people newly reached".to_owned(),
        (true, Language::French) => "personnes nouvellement à portée".to_owned(),
        (false, _) => shown(&then.unit),
    };
    match (then.room(), language) {
        (0, Language::English) => format!("\nNo plan that does so brings more: {value} ({unit})."),
        (0, Language::French) => format!("\nAucun plan qui y parvient n’apporte davantage : {value} ({unit})."),
        (_, Language::English) => {
            format!("\nIt brings {value} ({unit}); no plan that does so brings more than {bound}.")
        }
        (_, Language::French) => {
            format!("\nIl apporte {value} ({unit}) ; aucun plan qui y parvient n’apporte plus de {bound}.")
        }
    }
}

fn minutes(travel: &AnswerTravel, proved: bool, language: Language) -> String {
    let mean = |sum: u64| decimal_grouped((travel.mean(sum) * 100.0).round() / 100.0, language);
    let lowest = decimal_grouped((travel.mean(travel.bound) * 100.0).floor() / 100.0, language);
    let (before, after) = (mean(travel.before), mean(travel.after));
    let (limit, beyond) = (grouped(travel.limit, language), grouped(travel.beyond_after, language));
    let beyond_before = grouped(travel.beyond_before, language);
    match language {
        Language::English => {
            let proof = if proved { "no plan does better".to_owned() } else { format!("no plan gets below {lowest}") };
            format!(
                "\nGoal: the least time to the nearest site. On average {before} minutes today, {after} with this \
                 plan; {proof}.\nEach place counts {limit} minutes at most; {beyond} have no nearer site, {beyond_before} \
                 today.\n"
            )
        }
        Language::French => {
            let proof = if proved {
                "aucun plan ne fait mieux".to_owned()
            } else {
                format!("aucun plan ne descend sous {lowest}")
            };
            format!(
                "\nObjectif : le moins de temps jusqu’au site le plus proche. En moyenne {before} minutes \
                 aujourd’hui, {after} avec ce plan ; {proof}.\nChaque lieu compte {limit} minutes au plus ; {beyond} \
                 n’ont pas de site plus proche, {beyond_before} aujourd’hui.\n"
            )
        }
    }
}

/// Says what was maximised where the goal is reach and it is not people.
pub(crate) fn maximised(answer: &Claim<'_>, scenario: &Scenario, language: Language) -> String {
    if scenario.counts_people() || scenario.goal != Goal::Reach {
        return String::new();
    }
    let (value, unit) = (grouped(answer.objective.value, language), unit(&answer.objective.unit, language));
    match language {
        Language::English => format!("What was maximised: {value} ({unit}).\n"),
        Language::French => format!("Ce qui a été maximisé : {value} ({unit}).\n"),
    }
}

/// Writes hundredths of a percent.
pub(crate) fn hundredths(number: u64, language: Language) -> String {
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
    let percent = number as f64 / 100.0;
    let sign = if language == Language::French { "\u{202f}%" } else { "%" };
    decimal_grouped(percent, language) + sign
}
