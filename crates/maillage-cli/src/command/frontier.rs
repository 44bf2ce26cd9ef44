use std::time::Instant;

use maillage_core::{Curve, Goal, RuleName, Scenario};
use maillage_io::{CurveAnswer, CurveOver, ScenarioFile};
use maillage_solver::{Frontier, SolveError};

use super::drawing::Drawing;
use super::equity;
use super::plan::search;
use crate::arguments::Global;
use crate::console::Console;
use crate::ends::Ends;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frontier_arguments::FrontierArguments;
use crate::impossible::explain;
use crate::watch::Watch;
use crate::{ask, inputs, warnings};

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
    let drawing = Drawing::asked(&file, global, started)?;
    let scenario = &drawing.scenario;

    let mut inputs = inputs::read(&file, true, console)?;
    let reach = inputs.reach(scenario, scenario.longest())?;
    let (problem, dictionary) = ask::compile(scenario, &file, &inputs.territory, &reach)?;
    warnings::of_request(scenario, &inputs.territory, console);
    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    let watch = Watch::new(started, limit, console.quiet, console.language, dictionary.covered_before);
    let name = if over == CurveOver::Sites { RuleName::Sites } else { RuleName::Budget };
    let rule = dictionary.position_of(&name).unwrap_or_default();
    let numbers: Vec<i64> = ends.numbers().into_iter().filter_map(|number| i64::try_from(number).ok()).collect();
    let solved = Frontier { search: search(scenario) }.solve(&problem, rule, &numbers, &watch);
    watch.finish();
    let solved = solved?;
    if solved.points.iter().all(|point| point.impossible) {
        let error = SolveError::Infeasible { rule: None, floor: None, certificate: None };
        return Err(explain(error, scenario, (&problem, &dictionary), &watch));
    }
    let curve = Curve::read_back(&inputs.territory, &reach, scenario, &dictionary, &solved);
    self_check(&curve, over, scenario)?;

    let mut request = file.request(scenario);
    if let Some(members) = request.as_object_mut() {
        let key = if over == CurveOver::Sites { "sites" } else { "budget" };
        members.insert(key.to_owned(), ends.to_string().into());
    }
    let sources = file.sources.clone().unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let answer = CurveAnswer::of(&curve, over, watch.reason(), &inputs.files, &sources, request, version);
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
    if let Some(sites) = &flags.sites {
        file.sites = u32::try_from(sites.largest()).ok();
    }
    if let Some(budget) = &flags.budget {
        file.budget = budget.largest().to_string().parse().ok();
    }
    equity::draw(Drawing::asked(&file, global, started)?, console)
}

/// Returns the file with the largest limit in the place of the range, and the range.
fn limits(file: ScenarioFile, flags: &FrontierArguments) -> Result<(ScenarioFile, CurveOver, Ends), Failure> {
    let mut file = file;
    let range = |ends: &Option<Ends>| ends.clone().filter(Ends::is_range);
    let number = |ends: &Ends| if ends.is_range() { None } else { Some(ends.largest()) };
    let sites_of = |number: u64| u32::try_from(number).ok();
    let (over, ends) = match (range(&flags.sites), range(&flags.budget)) {
        (Some(_), Some(_)) => return Err(Failure::TwoRanges),
        (None, None) => return Err(Failure::NoRange),
        (Some(ends), None) => {
            file.sites = sites_of(ends.largest());
            (CurveOver::Sites, ends)
        }
        (None, Some(ends)) => {
            file.budget = ends.largest().to_string().parse().ok();
            (CurveOver::Euros, ends)
        }
    };
    if let Some(sites) = flags.sites.as_ref().and_then(number) {
        file.sites = sites_of(sites);
    }
    if let Some(budget) = flags.budget.as_ref().and_then(number) {
        file.budget = budget.to_string().parse().ok();
    }
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
