use std::path::PathBuf;
use std::time::Instant;

use maillage_core::{AttainError, EquityCurve, Scenario};
use maillage_io::{EquityAnswer, Output, ScenarioFile, Stop};
use maillage_solver::Guarantee;

use super::frontier::Form;
use super::plan::{keeps_request, search};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::summary::EquitySummary;
use crate::watch::Watch;
use crate::{ask, inputs, interrupt, warnings};

/// A curve of the price of equity that is asked for.
pub(crate) struct Equity<'run> {
    pub(crate) file: &'run ScenarioFile,
    pub(crate) scenario: &'run Scenario,
    pub(crate) targets: &'run [(PathBuf, Form)],
    pub(crate) started: Instant,
}

impl Equity<'_> {
    /// Draws the curve over the floor under every place of the goal `worst-off`.
    pub(crate) fn draw(&self, output: Output, console: &Console) -> Result<Exit, Failure> {
        let (file, scenario) = (self.file, self.scenario);
        let mut inputs = inputs::read(file, true, console)?;
        let reach = inputs.reach(scenario, scenario.longest())?;
        let free = scenario.at_level(0);
        let (problem, dictionary) = ask::compile(&free, file, &inputs.territory, &reach)?;
        warnings::of_request(scenario, &inputs.territory, console);
        let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
        let watch = Watch::new(self.started, limit, console.quiet, console.language, dictionary.covered_before);
        let drawn = EquityCurve::of(scenario, &inputs.territory, &reach, &search(scenario), &watch);
        watch.finish();
        let curve = drawn.map_err(|error| match error {
            AttainError::Solve(error) => explain(error, &free, (&problem, &dictionary), &watch),
            AttainError::Scenario(error) => ask::in_communes(error, file),
            other => other.into(),
        })?;
        self_check(&curve)?;

        let request = file.request(scenario);
        let sources = file.sources.clone().unwrap_or_default();
        let version = env!("CARGO_PKG_VERSION");
        let mut answer = EquityAnswer::of(&curve, watch.reason(), &inputs.files, &sources, request, version);
        let contents: Vec<Vec<u8>> = self.targets.iter().map(|(_, form)| form.of_equity(&answer)).collect();
        let written = output.targets().to_vec();
        interrupt::whole(|| output.write(&contents))?;
        if console.json {
            answer.seconds = Some((self.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
            Console::output(&answer.to_json())?;
        }
        let summary = EquitySummary { answer: &answer, scenario, file, written: &written };
        console.closing(&summary.to_text(console.language))?;
        Ok(exit(&answer, file))
    }
}

/// Checks that each plan, counted from places, keeps its floor and every rule, and that values and bounds never rise.
fn self_check(curve: &EquityCurve) -> Result<(), Failure> {
    let mut before = (u64::MAX, u64::MAX);
    for point in &curve.points {
        let objective = &point.plan.objective;
        keeps_request(&point.plan, &point.asked)?;
        let refuse = |what, counted, said| Err(Failure::SelfCheck { what, counted, said });
        if let Some(floor) = point.floor.filter(|&floor| point.worst < floor) {
            return refuse("the share of the worst-off place", point.worst, floor);
        }
        if objective.value > before.0 || objective.bound > before.1 || objective.value > objective.bound {
            return refuse("a point of the curve", objective.value, objective.bound.min(before.0));
        }
        before = (objective.value, objective.bound);
    }
    Ok(())
}

fn exit(answer: &EquityAnswer, file: &ScenarioFile) -> Exit {
    let asked = file.gap.map(maillage_io::Share::of_one);
    let good_enough = answer.points.iter().all(|point| {
        let near_enough = point.gap.is_some_and(|gap| asked.is_some_and(|asked| gap <= asked));
        point.guarantee == Guarantee::Optimal.into() || near_enough
    });
    let signal = answer.points.iter().any(|point| point.stopped_by == Stop::Signal);
    if signal || (file.strict == Some(true) && !good_enough) { Exit::Stopped } else { Exit::Answered }
}
