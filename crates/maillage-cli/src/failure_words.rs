//! Failures in words, with the numbers that conflict and what to do.

use maillage_core::ScenarioError;
use maillage_io::Language::English;

use crate::failure::{Failure, UnknownId};
use crate::words::{grouped, plural, shown};
use crate::{capacity_words, rule_words};

pub(crate) fn english(failure: &Failure) -> String {
    let words = match failure {
        // Its texts are made safe one by one, and it has lines.
        Failure::Impossible(impossible) => return impossible.words(English),
        Failure::In { file, failure } => format!("{file}: {}", english(failure)),
        Failure::Stated { file, place, failure } => {
            format!("{file}:{}: key \"{}\": {}", place.line, place.key, english(failure))
        }
        Failure::Scenario(ScenarioError::MissingAccess { communes, people, examples }) => format!(
            "{} {} with {} people {} no access figure ({}): complete the data, or say --missing-access exclude (they \
             count as served) or under-served",
            grouped(*communes, English),
            plural(*communes, "commune", "communes", English),
            grouped(*people, English),
            plural(*communes, "has", "have", English),
            examples.join(", ")
        ),
        Failure::Scenario(error) => {
            let counted = english_counted(error).unwrap_or_else(|| error.to_string());
            match english_mend(error) {
                Some(mend) => format!("{counted}: {mend}"),
                None => counted,
            }
        }
        other => other.to_string(),
    };
    shown(&words)
}

/// Says errors that count sites, one or several.
fn english_counted(error: &ScenarioError) -> Option<String> {
    let or = |number: u64, one, several| plural(number, one, several, English);
    Some(match error {
        ScenarioError::RequiredAboveCount { required, sites, .. } => format!(
            "{} {} required, but only {} may open",
            grouped(*required, English),
            or(*required, "site is", "sites are"),
            grouped(*sites, English)
        ),
        ScenarioError::ExactlyAboveBudget { sites: 1, cheapest, budget } => {
            format!("the cheapest site costs {cheapest} euros, more than the budget of {budget}")
        }
        ScenarioError::TooFewCandidates { sites, candidates } => format!(
            "exactly {} {} asked for, but only {} {} may open",
            grouped(*sites, English),
            or(*sites, "site is", "sites are"),
            grouped(*candidates, English),
            or(*candidates, "candidate", "candidates")
        ),
        _ => return None,
    })
}

fn english_mend(error: &ScenarioError) -> Option<String> {
    Some(match error {
        ScenarioError::NoLimit => "add --sites 100, --budget 4280000, or both".to_owned(),
        ScenarioError::UnknownSite { nearest, .. } if !nearest.is_empty() => {
            format!("did you mean {}?", nearest.join(", "))
        }
        ScenarioError::RequiredAboveCount { ids, .. } => format!("{}; raise --sites or require fewer", ids.join(", ")),
        ScenarioError::RequiredAboveBudget { ids, .. } => {
            let list: Vec<String> = ids.iter().map(|(id, cost)| format!("{id} {cost}")).collect();
            format!("{}; raise --budget or require fewer", list.join(", "))
        }
        ScenarioError::BudgetBelowCheapest { id, .. } => format!("the cheapest is \"{id}\""),
        ScenarioError::TooFewCandidates { .. } => "drop --exactly, or ask for fewer".to_owned(),
        ScenarioError::ExactlyAboveBudget { .. } => "drop --exactly, ask for fewer, or raise --budget".to_owned(),
        ScenarioError::NoThreshold => "add --under 4".to_owned(),
        ScenarioError::Consultations(error) => capacity_words::english_mend(error)?.to_owned(),
        ScenarioError::Border(_) => "write true or false, or name the right column with --outside-field".to_owned(),
        ScenarioError::Rule(error) => rule_words::english_mend(error)?.to_owned(),
        ScenarioError::Column(error) => rule_words::english_column_mend(error)?,
        _ => return None,
    })
}

/// Says whether a flag names a file that is written, or how it is.
pub(crate) fn names_output(flag: &str) -> bool {
    matches!(flag, "out" | "split" | "certificate")
}

/// Says that a command makes nothing of a flag.
pub(crate) fn not_here(flag: &str, command: &str) -> String {
    let why = if names_output(flag) { "which writes no such file" } else { "which makes no use of it: leave it out" };
    format!("--{flag} says nothing to \"{command}\", {why}")
}

/// At most so many unknown identifiers are named.
const NAMED: usize = 10;

pub(crate) fn english_nearest(unknown: &[UnknownId]) -> String {
    nearest(unknown, |id| format!("\"{id}\""), |nearest| format!(" (did you mean {nearest}?)"))
}

/// Names identifiers, each with those written almost like it.
pub(crate) fn nearest(unknown: &[UnknownId], quoted: impl Fn(&str) -> String, hint: impl Fn(&str) -> String) -> String {
    let word_of = |entry: &UnknownId| {
        let hint = if entry.nearest.is_empty() { String::new() } else { hint(&entry.nearest.join(", ")) };
        quoted(&entry.id) + &hint
    };
    let mut words: Vec<String> = unknown.iter().take(NAMED).map(word_of).collect();
    if unknown.len() > NAMED {
        words.push("…".to_owned());
    }
    words.join(", ")
}
