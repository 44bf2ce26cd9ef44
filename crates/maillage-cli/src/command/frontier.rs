use std::path::PathBuf;
use std::time::Instant;

use maillage_core::{Curve, Goal, RuleName, Scenario};
use maillage_io::{CurveAnswer, CurveOver, EquityAnswer, Output, ScenarioFile, Stop};
use maillage_solver::{Frontier, Guarantee, SolveError};

use super::equity::Equity;
use super::plan::search;
use crate::arguments::Global;
use crate::console::Console;
use crate::ends::Ends;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frontier_arguments::FrontierArguments;
use crate::impossible::explain;
use crate::summary::CurveSummary;
use crate::watch::Watch;
use crate::{ask, inputs, interrupt, warnings};

/// Draws the curve over sites or euros.
pub(crate) fn run(flags: &FrontierArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&flags.file, "frontier")?;
    let file = ask::scenario_file(&flags.file, global)?;
    ask::no_variants(&file, "frontier")?;
    if matches!(file.goal, Some(Goal::WorstOff(_))) {
        return equity(file, flags, global, (console, started));
    }
    let (file, over, ends) = limits(file, flags)?;
    let mut scenario = file.scenario()?;
    ask::no_capacity_limit(&scenario, "frontier")?;
    if scenario.goal.has_level() {
        return Err(Failure::NotHere { flag: "goal", command: "frontier" });
    }
    // The clock is for the whole curve: a point that looks for a proof would leave none of it to the others.
    scenario.effort = file.effort.unwrap_or_default();
    file.check_limits()?;
    ask::communes(&file)?;
    ask::candidates(&file)?;
    if file.split.is_some() {
        return Err(Failure::NotHere { flag: "split", command: "frontier" });
    }
    let targets = targets(file.out.as_deref().unwrap_or_default())?;
    let paths = targets.iter().map(|(path, _)| path.clone()).collect();
    let output = Output::check(paths, &ask::protected(&file, global), global.force)?;

    let mut inputs = inputs::read(&file, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest())?;
    let (problem, dictionary) = ask::compile(&scenario, &file, &inputs.territory, &reach)?;
    warnings::of_request(&scenario, &inputs.territory, console);
    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    let watch = Watch::new(started, limit, console.quiet, console.language, dictionary.covered_before);
    let name = if over == CurveOver::Sites { RuleName::Sites } else { RuleName::Budget };
    let rule = dictionary.position_of(&name).unwrap_or_default();
    let numbers: Vec<i64> = ends.numbers().into_iter().filter_map(|number| i64::try_from(number).ok()).collect();
    let solved = Frontier { search: search(&scenario) }.solve(&problem, rule, &numbers, &watch);
    watch.finish();
    let solved = solved?;
    if solved.points.iter().all(|point| point.impossible) {
        let error = SolveError::Infeasible { rule: None, floor: None, certificate: None };
        return Err(explain(error, &scenario, (&problem, &dictionary), &watch));
    }
    let curve = Curve::read_back(&inputs.territory, &reach, &scenario, &dictionary, &solved);
    self_check(&curve, over, &scenario)?;

    let mut request = file.request(&scenario);
    if let Some(members) = request.as_object_mut() {
        let key = if over == CurveOver::Sites { "sites" } else { "budget" };
        members.insert(key.to_owned(), ends.to_string().into());
    }
    let sources = file.sources.clone().unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let mut answer = CurveAnswer::of(&curve, over, watch.reason(), &inputs.files, &sources, request, version);
    let contents: Vec<Vec<u8>> = targets.iter().map(|(_, form)| form.contents(&answer)).collect();
    let written = output.targets().to_vec();
    interrupt::whole(|| output.write(&contents))?;
    if console.json {
        answer.seconds = Some((started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        Console::output(&answer.to_json())?;
    }
    let summary = CurveSummary { answer: &answer, scenario: &scenario, file: &file, written: &written };
    console.closing(&summary.to_text(console.language))?;
    Ok(exit(&answer, &file))
}

/// Draws the curve over the floor under the worst-off place.
fn equity(
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
    let mut scenario = file.scenario()?;
    ask::no_capacity_limit(&scenario, "frontier")?;
    scenario.effort = file.effort.unwrap_or_default();
    file.check_limits()?;
    ask::communes(&file)?;
    ask::candidates(&file)?;
    if file.split.is_some() {
        return Err(Failure::NotHere { flag: "split", command: "frontier" });
    }
    let targets = targets(file.out.as_deref().unwrap_or_default())?;
    let paths = targets.iter().map(|(path, _)| path.clone()).collect();
    let output = Output::check(paths, &ask::protected(&file, global), global.force)?;
    Equity { file: &file, scenario: &scenario, targets: &targets, started }.draw(output, console)
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

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Json,
}

impl Form {
    fn contents(self, answer: &CurveAnswer) -> Vec<u8> {
        match self {
            Self::Csv => answer.to_csv(),
            Self::Json => answer.to_json(),
        }
    }

    pub(super) fn of_equity(self, answer: &EquityAnswer) -> Vec<u8> {
        match self {
            Self::Csv => answer.to_csv(),
            Self::Json => answer.to_json(),
        }
    }
}

fn targets(out: &[PathBuf]) -> Result<Vec<(PathBuf, Form)>, Failure> {
    let form_of = |file: &PathBuf| {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        match suffix.as_str() {
            "csv" => Ok((file.clone(), Form::Csv)),
            "json" => Ok((file.clone(), Form::Json)),
            _ => Err(Failure::NotTable { file: file.clone() }),
        }
    };
    out.iter().map(form_of).collect()
}

fn exit(answer: &CurveAnswer, file: &ScenarioFile) -> Exit {
    let asked = file.gap.map(maillage_io::Share::of_one);
    let good_enough = answer.points.iter().all(|point| {
        let near_enough = point.gap.is_some_and(|gap| asked.is_some_and(|asked| gap <= asked));
        point.bound.is_none() || point.guarantee == Guarantee::Optimal.into() || near_enough
    });
    let signal = answer.points.iter().any(|point| point.stopped_by == Stop::Signal);
    if signal || (file.strict == Some(true) && !good_enough) { Exit::Stopped } else { Exit::Answered }
}
