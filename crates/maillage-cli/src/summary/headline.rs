use maillage_core::Scenario;
use maillage_io::{Language, ScenarioFile};

use super::place::{counted, duration};
use crate::words::{grouped, of_hundred, plural};

/// How many people a plan brings within reach.
pub(crate) struct Counts {
    pub(crate) under_served: u64,
    pub(crate) reached_before: u64,
    pub(crate) newly_reached: u64,
}

impl Counts {
    const fn after(&self) -> u64 {
        self.reached_before.saturating_add(self.newly_reached)
    }
}

/// Says how many of 100 people are in reach before and after.
pub(crate) fn headline(scenario: &Scenario, file: &ScenarioFile, counts: &Counts, language: Language) -> String {
    let who = counted(scenario, file, language);
    let within = duration(scenario.within, language);
    let of = |part| of_hundred(part, counts.under_served);
    match (of(counts.reached_before), of(counts.after()), language) {
        (Some(before), Some(after), Language::English) => {
            let verb = plural(before, "is", "are", language);
            format!("Of 100 {who}, {before} {verb} today within {within} of a site; with this plan, {after}.\n")
        }
        (Some(before), Some(after), Language::French) => {
            let verb = plural(before, "est", "sont", language);
            format!(
                "Sur 100 {who}, {before} {verb} aujourd’hui à {within} au plus d’un site ; avec ce plan, {after}.\n"
            )
        }
        (_, _, Language::English) => format!("There are no {who}.\n"),
        (_, _, Language::French) => format!("Il n’y a pas d’{who}.\n"),
    }
}

/// Says the same in people.
pub(crate) fn people(counts: &Counts, language: Language) -> String {
    let number = |number| grouped(number, language);
    let (all, before) = (number(counts.under_served), number(counts.reached_before));
    let (new, after) = (number(counts.newly_reached), number(counts.after()));
    match language {
        Language::English => format!("In people: {before} of {all} before, {new} newly within reach, {after} after.\n"),
        Language::French => {
            format!("En personnes : {before} sur {all} avant, {new} nouvellement à portée, {after} après.\n")
        }
    }
}
