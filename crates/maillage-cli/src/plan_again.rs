use std::path::{Path, PathBuf};

use maillage_core::{Scenario, SiteState, Territory};
use maillage_io::{PlanFile, ScenarioFile};

use crate::arguments::Global;
use crate::ask;
use crate::disagreement::Disagreement;
use crate::failure::Failure;
use crate::stated_question::stated_question;

/// A plan that was made, and its question, asked again of files that are given now.
pub(crate) struct PlanAgain<'run> {
    pub(crate) path: &'run Path,
    pub(crate) plan: PlanFile,
    /// The plan's question, with what flags ask otherwise.
    pub(crate) file: ScenarioFile,
}

impl<'run> PlanAgain<'run> {
    /// Reads a plan; the scenario says where its files are, and only flags ask something else than the plan answers.
    pub(crate) fn read(
        path: &'run Path,
        flags: &ScenarioFile,
        global: &Global,
        command: &'static str,
    ) -> Result<Self, Failure> {
        ask::no_certificate(flags, command)?;
        let plan = PlanFile::read(path)?;
        let given = ask::scenario_file(flags, global)?;
        let (asked, _) = stated_question(&plan.stated, &given, path)?;
        Ok(Self { path, plan, file: flags.clone().over(asked) })
    }

    /// Returns the files that must not be written over.
    pub(crate) fn protected(&self, global: &Global) -> Vec<PathBuf> {
        let mut protected = ask::protected(&self.file, global);
        protected.push(self.path.to_owned());
        protected
    }

    /// Returns whether the plan answers the question that is asked now: only then its proof speaks of it.
    pub(crate) fn answers(&self, scenario: &Scenario) -> bool {
        let question = |request: &serde_json::Value| {
            let mut question = request.clone();
            if let Some(members) = question.as_object_mut() {
                members.retain(|key, _| !["effort", "gap"].contains(&key.as_str()));
            }
            question
        };
        question(&self.file.request(scenario)) == question(&self.plan.stated.request)
    }

    /// Returns the name of the plan's file.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Finds the plan's new sites among the candidates, ascending.
    pub(crate) fn new_sites(&self, territory: &Territory) -> Result<Vec<u32>, Failure> {
        new_sites(&self.plan, self.path, territory)
    }
}

/// Finds the new sites of a plan among the candidates, ascending.
pub(crate) fn new_sites(plan: &PlanFile, path: &Path, territory: &Territory) -> Result<Vec<u32>, Failure> {
    let Some(stated) = &plan.new_sites else { return Err(Failure::NoSites { file: path.to_owned() }) };
    let mut new = Vec::new();
    for site in stated {
        let position = territory.site_position(&site.id);
        let found = position.and_then(|position| territory.sites().get(position as usize));
        match (position, found) {
            (Some(position), Some(found)) if found.state == SiteState::Candidate => new.push(position),
            _ => return Err(Disagreement::UnknownSite { id: site.id.clone() }.into()),
        }
    }
    new.sort_unstable();
    Ok(new)
}
