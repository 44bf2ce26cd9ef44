use maillage_core::{AttainError, EquityCurve};
use maillage_io::EquityAnswer;

use super::drawing::Drawing;
use super::plan::search;
use super::question::Compiled;
use crate::ask;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::self_check::keeps_request;

/// Draws the curve over the floor under every place of the goal `worst-off`.
pub(super) fn draw(drawing: Drawing<'_>, console: &Console) -> Result<Exit, Failure> {
    let scenario = &drawing.question.scenario;
    let free = scenario.at_level(0);
    let compiled = drawing.question.compile(&free, console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;
    let drawn = EquityCurve::of(scenario, &inputs.territory, reach, &search(scenario), watch);
    watch.finish();
    let curve = drawn.map_err(|error| match error {
        AttainError::Solve(error) => explain(error, &free, (problem, dictionary), watch),
        AttainError::Scenario(error) => ask::in_communes(error, drawing.question.file),
        other => other.into(),
    })?;
    self_check(&curve)?;
    let answer = EquityAnswer::of_equity(&curve, drawing.question.provenance(&compiled));
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
