use maillage_core::{AttainError, EquityCurve};
use maillage_io::EquityAnswer;

use super::drawing::Drawing;
use super::plan::{keeps_request, search};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::watch::Watch;
use crate::{ask, inputs, warnings};

/// Draws the curve over the floor under every place of the goal `worst-off`.
pub(super) fn draw(drawing: Drawing<'_>, console: &Console) -> Result<Exit, Failure> {
    let (file, scenario) = (drawing.file, &drawing.scenario);
    let mut inputs = inputs::read(file, true, console)?;
    let reach = inputs.reach(scenario, scenario.longest())?;
    let free = scenario.at_level(0);
    let (problem, dictionary) = ask::compile(&free, file, &inputs.territory, &reach)?;
    warnings::of_request(scenario, &inputs.territory, console);
    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    let watch = Watch::new(drawing.started, limit, console.quiet, console.language, dictionary.covered_before);
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
    let answer = EquityAnswer::of_equity(&curve, watch.reason(), &inputs.files, &sources, request, version);
    drawing.close(answer, console, |summary| summary.to_text(console.language))
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
