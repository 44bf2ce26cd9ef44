use maillage_core::Scenario;
use maillage_io::{Language, ScenarioFile};
use maillage_report::PageWords;

use crate::summary::{Claim, Counts, goal, guarantee, headline, maximised, people};

/// A plan to be told on a page or a picture, whether it was just made or is read from its file.
pub(crate) struct PlanWords<'run> {
    pub(crate) scenario: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) counts: Counts,
    pub(crate) claim: Claim<'run>,
}

impl PlanWords<'_> {
    /// Says in a language what `maillage plan` says at its end.
    pub(crate) fn in_language(&self, language: Language) -> PageWords {
        let Self { scenario, file, counts, claim } = self;
        let goal = maximised(claim, scenario, language) + &goal(claim, scenario, language);
        PageWords {
            headline: headline(scenario, file, counts, language).trim_end().to_owned(),
            people: people(counts, language).trim_end().to_owned(),
            goal: goal.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            guarantee: guarantee(claim, scenario, language),
        }
    }
}
