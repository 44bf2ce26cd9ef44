use std::time::Instant;

use maillage_core::{Plan, Reach, Scenario};
use maillage_io::ScenarioFile;
use maillage_solver::{CapacitatedSearch, CapacitatedSolution};

use crate::ask;
use crate::command::plan::effort;
use crate::console::Console;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::inputs::Inputs;
use crate::self_check::keeps_request;
use crate::watch::Watch;

/// A question within capacity, and what it is asked of.
pub(crate) struct WithinCapacity<'run> {
    pub(crate) scenario: &'run Scenario,
    pub(crate) file: &'run ScenarioFile,
    pub(crate) inputs: &'run Inputs,
    pub(crate) reach: &'run Reach,
    pub(crate) started: Instant,
}

impl WithinCapacity<'_> {
    /// Chooses the sites that serve most, and counts them again from the problem.
    pub(crate) fn plan(&self, console: &Console) -> Result<(Plan, Watch), Failure> {
        let (scenario, territory) = (self.scenario, &self.inputs.territory);
        let (problem, dictionary) = ask::compile_within_capacity(scenario, self.file, territory, self.reach)?;
        let limit = self.file.time_limit.map(maillage_io::TimeLimit::duration);
        let watch =
            Watch::new(self.started, limit, console.hides_progress(), console.language, dictionary.covered_before);
        let search = CapacitatedSearch { effort: effort(scenario), gap: scenario.gap.unwrap_or(0.0) };
        let solved = search.solve(&problem, &watch);
        watch.finish();
        let outcome = solved.map_err(|error| explain(error, scenario, (problem.covering(), &dictionary), &watch))?;
        let recounted = CapacitatedSolution::count(&problem, outcome.solution.sites());
        if !recounted.is_feasible() {
            return Err(Failure::NoPlan);
        }
        if recounted.served() != outcome.solution.served() || recounted.served() > outcome.bound {
            let what = "what is served";
            let (counted, said) = (recounted.served(), outcome.solution.served());
            return Err(Failure::SelfCheck { what, counted, said });
        }
        let plan = Plan::read_back_within_capacity(territory, self.reach, scenario, &dictionary, &outcome);
        keeps_request(&plan, scenario)?;
        Ok((plan, watch))
    }
}
