use std::time::Instant;

use maillage_core::{Curve, Goal, RuleName, Scenario};
use maillage_io::{CurveAnswer, CurveOver, ScenarioFile};
use maillage_solver::{Frontier, SolveError};

use super::drawing::Drawing;
use super::equity;
use super::plan::search;
use super::question::Compiled;
use crate::arguments::{FrontierArguments, Global};
use crate::ask;
use crate::console::Console;
use crate::ends::Ends;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;

/// Draws the curve over sites or euros.
pub(crate) fn run(flags: &FrontierArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&flags.file, "frontier")?;
    let file = ask::scenario_file(&flags.file, global)?;
    ask::no_phases(&file, "frontier")?;
    if matches!(file.goal, Some(Goal::WorstOff(_))) {
        return of_equity(file, flags, global, (console, started));
    }
    let (file, over, ends) = limits(file, flags)?;
    if file.goal.as_ref().is_some_and(Goal::has_level) {
        return Err(Failure::NotHere { flag: "goal", command: "frontier" });
    }
    let drawing = Drawing::asked(&file, global, ("frontier", started))?;
    let scenario = &drawing.question.scenario;

    let compiled = drawing.question.compile(scenario, console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;
    let name = if over == CurveOver::Sites { RuleName::Sites } else { RuleName::Budget };
    let rule = dictionary.position_of(&name).unwrap_or_default();
    let numbers: Vec<i64> = ends.numbers().into_iter().filter_map(|number| i64::try_from(number).ok()).collect();
    let solved = Frontier { search: search(scenario) }.solve(problem, rule, &numbers, watch);
    watch.finish();
    let solved = solved?;
    if solved.points.iter().all(|point| point.impossible) {
        let error = SolveError::Infeasible { rule: None, floor: None, certificate: None };
        return Err(explain(error, scenario, (problem, dictionary), watch));
    }
    let curve = Curve::read_back(&inputs.territory, reach, scenario, dictionary, &solved);
    self_check(&curve, over, scenario)?;

    let mut from = drawing.question.provenance(&compiled);
    if let Some(members) = from.request.as_object_mut() {
        let key = if over == CurveOver::Sites { "sites" } else { "budget" };
        members.insert(key.to_owned(), ends.to_string().into());
    }
    let answer = CurveAnswer::of(&curve, over, from);
    drawing.close(answer, console, |summary| summary.to_text(console.language))
}

/// Draws the curve over the floor under the worst-off place.
fn of_equity(
    mut file: ScenarioFile,
    flags: &FrontierArguments,
    global: &Global,
    (console, started): (&Console, Instant),
) -> Result<Exit, Failure> {
    if [&flags.sites, &flags.budget].into_iter().flatten().any(Ends::is_range) {
        return Err(Failure::RangeOfEquity);
    }
    set_limits(&mut file, flags);
    equity::draw(Drawing::asked(&file, global, ("frontier", started))?, console)
}

/// Takes over the limits of the flags, of a range the largest.
fn set_limits(file: &mut ScenarioFile, flags: &FrontierArguments) {
    if let Some(sites) = &flags.sites {
        file.sites = u32::try_from(sites.largest()).ok();
    }
    if let Some(budget) = &flags.budget {
        file.budget = budget.largest().to_string().parse().ok();
    }
}

/// Returns the file with the largest limit in the place of the range, and the range.
fn limits(file: ScenarioFile, flags: &FrontierArguments) -> Result<(ScenarioFile, CurveOver, Ends), Failure> {
    let mut file = file;
    let range = |ends: &Option<Ends>| ends.clone().filter(Ends::is_range);
    let (over, ends) = match (range(&flags.sites), range(&flags.budget)) {
        (Some(_), Some(_)) => return Err(Failure::TwoRanges),
        (None, None) => return Err(Failure::NoRange),
        (Some(ends), None) => (CurveOver::Sites, ends),
        (None, Some(ends)) => (CurveOver::Euros, ends),
    };
    set_limits(&mut file, flags);
    if over == CurveOver::Sites && file.exactly == Some(true) {
        return Err(Failure::NotHere { flag: "exactly", command: "frontier --sites" });
    }
    Ok((file, over, ends))
}

/// Checks that each point, counted from places, is worth what the solver says, keeps its limit, and that none falls.
fn self_check(curve: &Curve, over: CurveOver, scenario: &Scenario) -> Result<(), Failure> {
    let mut before = 0;
    for point in &curve.points {
        let Some(value) = point.value else { continue };
        if scenario.counts_people() && point.newly_reached != value {
            return Err(Failure::SelfCheck {
                what: "the number of people newly reached",
                counted: point.newly_reached,
                said: value,
            });
        }
        let used = if over == CurveOver::Sites { point.sites.len() as u64 } else { point.cost };
        if used > point.limit {
            return Err(Failure::SelfCheck {
                what: "what a point uses of its limit",
                counted: used,
                said: point.limit,
            });
        }
        if value < before {
            return Err(Failure::SelfCheck { what: "a point of the curve", counted: value, said: before });
        }
        before = value;
    }
    Ok(())
}
