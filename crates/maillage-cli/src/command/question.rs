use std::time::Instant;

use maillage_core::{Dictionary, Reach, Scenario, Site};
use maillage_io::{InputFile, Provenance, ScenarioFile};
use maillage_solver::Problem;

use crate::console::Console;
use crate::failure::Failure;
use crate::inputs::{self, Inputs};
use crate::watch::Watch;
use crate::{ask, warnings};

/// A question beyond the plan.
pub(super) struct Question<'run> {
    pub(super) file: &'run ScenarioFile,
    pub(super) scenario: Scenario,
    pub(super) started: Instant,
}

/// What was read for it, the question compiled from it, and the watch over its answer.
pub(super) struct Compiled {
    pub(super) inputs: Inputs,
    pub(super) reach: Reach,
    pub(super) problem: Problem,
    pub(super) dictionary: Dictionary,
    pub(super) watch: Watch,
}

impl<'run> Question<'run> {
    /// Checks the question before anything is read.
    pub(super) fn asked(
        file: &'run ScenarioFile,
        (command, started): (&'static str, Instant),
    ) -> Result<Self, Failure> {
        let mut scenario = file.scenario()?;
        ask::no_capacity_limit(&scenario, command)?;
        // The clock is for the whole curve: a point that looks for a proof would leave none of it to the others.
        scenario.effort = file.effort.unwrap_or_default();
        file.check_limits()?;
        ask::communes(file)?;
        ask::candidates(file)?;
        if file.split.is_some() {
            return Err(Failure::NotHere { flag: "split", command });
        }
        Ok(Self { file, scenario, started })
    }

    /// Reads the files and compiles a question, the one asked for or a looser one.
    pub(super) fn compile(&self, question: &Scenario, console: &Console) -> Result<Compiled, Failure> {
        self.compile_beside(question, Vec::new(), console)
    }

    /// Does so beside sites that stand in another plan, which count as existing ones.
    pub(super) fn compile_beside(
        &self,
        question: &Scenario,
        planned: Vec<(Vec<Site>, InputFile)>,
        console: &Console,
    ) -> Result<Compiled, Failure> {
        let mut inputs = inputs::read_with(self.file, true, planned, console)?;
        let reach = inputs.reach(&self.scenario, self.scenario.longest(), console)?;
        let (problem, dictionary) = ask::compile(question, self.file, &inputs.territory, &reach)?;
        warnings::of_request(&self.scenario, &inputs.territory, console);
        let limit = self.file.time_limit.map(maillage_io::TimeLimit::duration);
        let watch =
            Watch::new(self.started, limit, console.hides_progress(), console.language, dictionary.covered_before);
        Ok(Compiled { inputs, reach, problem, dictionary, watch })
    }

    /// Says where the answer comes from.
    pub(super) fn provenance<'read>(&self, compiled: &'read Compiled) -> Provenance<'read> {
        compiled.inputs.provenance(self.file, &self.scenario, compiled.watch.reason())
    }
}
