use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use maillage_core::{Measure, Reached};
use maillage_io::{
    AnswerSheet, Language, PlanFile, QuestionError, ScenarioFile, Stop, SweepAnswer, SweepAxis, SweepMeasures,
    SweepSample, SweepScenario, SweptPoint,
};
use rayon::prelude::*;

use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{Global, SweepArguments};
use crate::ask;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs;
use crate::summary::SweepSummary;
use crate::sweep::{
    Agreement, Axis, Cell, Cells, Done, Given, Limit, Loss, Measured, Read, SweptCurve, demands, drawn,
};
use crate::watch::Watch;
use crate::words::{plural, shown};

/// No sweep has more scenarios.
const MOST: usize = 20_000;

/// Plans under many assumptions at once.
pub(crate) fn run(arguments: &SweepArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "sweep")?;
    let file = ask::scenario_file(&arguments.question, global)?;
    check(&file)?;
    ask::communes(&file)?;
    ask::candidates(&file)?;
    let file = ScenarioFile { beside: Some(Loss::columns(&arguments.vary)), ..file };
    if file.residents_field.is_some() && Loss::is_asked_for(&arguments.vary) {
        // A site serves its residents whatever the times are: losing its reach would leave it them.
        return Err(QuestionError::Both { one: "vary lose", other: "residents-field" }.into());
    }
    let plans = arguments.plan.iter().map(|path| PlanFile::read(path)).collect::<Result<Vec<_>, _>>()?;
    let axes = axes(arguments, &file, console)?;
    let (grid, taken) = scenarios(arguments, &axes)?;
    let cells = Cells::of(&file, &axes, &taken)?;
    let tables = [("core", "sites", arguments.core.as_ref()), ("regret", "regret", arguments.regret.as_ref())];
    let protected = [ask::protected(&file, global), arguments.plan.clone()].concat();
    let files = AnswerFiles::with_tables(&file, &tables, &protected, global)?;
    let done = Done::in_folder(arguments.keep.as_deref())?;

    let read = Read::all(&cells.curves, console)?;
    let Some(first) = read.inputs.first() else { return Ok(Exit::Answered) };
    let given = arguments.plan.iter().zip(&plans);
    let given = given.map(|(path, plan)| Given::of(path, plan, &first.territory)).collect::<Result<Vec<_>, _>>()?;
    let given = Given::told_apart(given);
    let watch = Watch::new(started, None, true, console.language, 0);
    let count = AtomicUsize::new(0);
    let solved: Vec<Result<Vec<SweptPoint>, Failure>> = cells
        .curves
        .par_iter()
        .map(|curve| {
            let points = read.solve(curve, &done, &watch);
            if points.is_ok() {
                told(count.fetch_add(1, Ordering::Relaxed) + 1, cells.curves.len(), console);
            }
            points
        })
        .collect();
    let finished = solved.iter().filter(|points| points.is_ok()).count();
    let solved = solved.into_iter().collect::<Result<Vec<_>, _>>();
    if let (Err(Failure::Interrupted), Some(folder)) = (&solved, &arguments.keep) {
        go_on((finished, cells.curves.len()), folder, console);
    }
    let mut curves = solved?;
    let points: Vec<&SweptPoint> =
        cells.cells.iter().filter_map(|cell| curves.get(cell.curve)?.get(cell.point)).collect();
    let agreements = if arguments.consensus { Agreement::all(&cells, &points, &read, &watch)? } else { Vec::new() };
    let measured = measure(&cells, &mut curves, &read, (&agreements, &given))?;

    let points: Vec<&SweptPoint> =
        cells.cells.iter().filter_map(|cell| curves.get(cell.curve)?.get(cell.point)).collect();
    let assumed = |(position, cell): (usize, &Cell)| {
        let plan = measured.best.get(position).copied().flatten().map(|plan| plan + 1);
        Some(SweepScenario::of(cell.assumes.clone(), points.get(position)?, plan))
    };
    let Some(asked) = cells.curves.first() else { return Ok(Exit::Answered) };
    files.check_crs(&first.territory)?;
    let scenario = asked.file.scenario()?;
    let mut from = first.provenance(&asked.file, &scenario, Stop::Effort);
    if let Some(members) = from.request.as_object_mut() {
        members.retain(|key, _| axes.iter().all(|axis| axis.key != *key));
    }
    let answer = SweepAnswer {
        version: 1,
        program: format!("maillage {}", env!("CARGO_PKG_VERSION")),
        unit: units(&cells.curves)?,
        vary: axes.iter().map(axis).collect(),
        sample: arguments.sample.map(|_| SweepSample {
            scenarios: taken.len() as u64,
            of: grid as u64,
            seed: arguments.seed,
        }),
        scenarios: cells.cells.iter().enumerate().filter_map(assumed).collect(),
        plans: measured.told(&points),
        given: given
            .iter()
            .filter_map(|given| {
                given.told(&measured, &points, &|cell, sites| newly_reached(&cells, &read, cell, sites))
            })
            .collect(),
        sites: measured.sites(&first.territory),
        choices: measured.choices(&cells.cells, &points, &agreements),
        inputs: from.inputs(),
        request: from.request,
        seconds: None,
    };
    let told = Told {
        answer,
        sheets: &|answer| {
            let territory = &first.territory;
            let losses = arguments.regret.is_some().then(|| measured.losses(&points));
            let also = SweepMeasures { reached: read.reached(&cells, &points), losses };
            let backdrop = vec![AnswerSheet::existing(territory)];
            answer.sheets(territory, &also, backdrop)
        },
        text: &|answer, written, language| SweepSummary { answer, written }.to_text(language),
    };
    files.tell(told, started, console)?;
    Ok(Exit::Answered)
}

/// Returns what is counted; several where weights are varied.
fn units(curves: &[SweptCurve]) -> Result<String, Failure> {
    let mut units: Vec<String> = Vec::new();
    for curve in curves {
        let unit = curve.file.scenario()?.unit();
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok(units.join(", "))
}

/// Returns what is varied; the values of a column that are lost in turn are read first.
fn axes(arguments: &SweepArguments, file: &ScenarioFile, console: &Console) -> Result<Vec<Axis>, Failure> {
    if !Loss::asks_for_each(&arguments.vary) {
        return Ok(arguments.vary.clone());
    }
    // Warnings are told when the files are read for the scenarios.
    Loss::each(&arguments.vary, &inputs::read(file, true, &console.quieted())?.territory)
}

/// Returns how many scenarios there are, and which of them are taken.
fn scenarios(arguments: &SweepArguments, axes: &[Axis]) -> Result<(usize, Vec<usize>), Failure> {
    if axes.is_empty() {
        let reason = "say what is varied: --vary under=2.5,3,4 --vary within=10min,15min";
        return Err(QuestionError::Missing { flag: "vary", reason }.into());
    }
    for (position, axis) in axes.iter().enumerate() {
        if axes.iter().take(position).any(|other| other.key == axis.key) {
            let (flag, value) = ("vary", axis.key.clone());
            return Err(QuestionError::BadValue { flag, value, expected: "a key that is varied once" }.into());
        }
    }
    let grid = axes.iter().try_fold(1_usize, |product, axis| product.checked_mul(axis.values.len()));
    let sample = arguments.sample.map(|count| count as usize);
    if sample == Some(0) {
        let (flag, value) = ("sample", "0".to_owned());
        return Err(QuestionError::BadValue { flag, value, expected: "a number of scenarios from 1" }.into());
    }
    let many = |grid: Option<usize>| QuestionError::BadValue {
        flag: "vary",
        value: grid.map_or_else(|| "…".to_owned(), |grid| grid.to_string()),
        expected: "at most 20000 scenarios: vary less, or take some with --sample",
    };
    let grid = grid.filter(|grid| *grid <= 100 * MOST).ok_or_else(|| many(grid))?;
    let taken = drawn(grid, sample.map(|count| (count, arguments.seed)));
    if taken.len() > MOST {
        return Err(many(Some(taken.len())).into());
    }
    Ok((grid, taken))
}

/// Refuses what a sweep does not know.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::no_phases(file, "sweep")?;
    ask::plain_sites(file, "sweep")?;
    let given = [
        ("within-capacity", file.within_capacity == Some(true)),
        ("exactly", file.exactly == Some(true)),
        ("split", file.split.is_some()),
        ("time-limit", file.time_limit.is_some()),
    ];
    ask::refuse(&given, "sweep")
}

/// Measures every plan under the assumptions of every scenario.
fn measure(
    cells: &Cells,
    curves: &mut [Vec<SweptPoint>],
    read: &Read,
    (agreements, given): (&[Agreement], &[Given]),
) -> Result<Measured, Failure> {
    let points: Vec<&SweptPoint> =
        cells.cells.iter().filter_map(|cell| curves.get(cell.curve)?.get(cell.point)).collect();
    let mut measured = Measured::plans(&points, agreements, given);
    let by_curve: Vec<Result<Vec<Measure>, Failure>> = cells
        .curves
        .par_iter()
        .map(|curve| {
            let Some(yardstick) = read.yardstick(curve)? else { return Ok(Vec::new()) };
            let Some((inputs, _)) = read.inputs_of(curve) else { return Ok(Vec::new()) };
            let scenario = curve.file.scenario()?;
            let measure = |sites: &[String]| match &yardstick {
                Ok(yardstick) => {
                    let positions = sites.iter().filter_map(|id| inputs.territory.site_position(id));
                    yardstick.measure(&positions.collect::<Vec<u32>>())
                }
                // Where nothing can be chosen, no plan adds anything.
                Err(error) => {
                    let is_forbidden = sites.iter().any(|site| scenario.forbid.contains(site));
                    let is_open = !error.leaves_no_plan() && !demands(&scenario);
                    Measure { value: 0, keeps_rules: is_open && !is_forbidden }
                }
            };
            Ok(measured.plans.iter().map(|(sites, _)| measure(sites)).collect())
        })
        .collect();
    let by_curve = by_curve.into_iter().collect::<Result<Vec<_>, _>>()?;
    let by_cell = cells.cells.iter().map(|cell| by_curve.get(cell.curve).cloned().unwrap_or_default()).collect();
    let limits: Vec<Limit> = cells.cells.iter().map(|cell| Limit::of(cell, &cells.curves)).collect();
    let mut own: Vec<SweptPoint> = points.into_iter().cloned().collect();
    let people = |cell: usize, sites: &[String]| newly_reached(cells, read, cell, sites);
    measured.take(by_cell, &limits, &mut own, &people);
    for (cell, point) in cells.cells.iter().zip(own) {
        if let Some(to) = curves.get_mut(cell.curve).and_then(|curve| curve.get_mut(cell.point)) {
            *to = point;
        }
    }
    Ok(measured)
}

/// Counts the under-served people whom sites newly bring into reach in a scenario, by its number.
fn newly_reached(cells: &Cells, read: &Read, cell: usize, sites: &[String]) -> u64 {
    let curve = cells.cells.get(cell).and_then(|cell| cells.curves.get(cell.curve));
    let known = curve.and_then(|curve| Some((read.inputs_of(curve)?, curve.file.scenario().ok()?)));
    known.map_or(0, |((inputs, reach), scenario)| {
        let sites: Vec<u32> = sites.iter().filter_map(|id| inputs.territory.site_position(id)).collect();
        let communes = Reached::all(&inputs.territory, reach, &scenario, &sites);
        communes.iter().filter(|(_, reached)| *reached == Reached::Newly).map(|(people, _)| people).sum()
    })
}

fn axis(axis: &Axis) -> SweepAxis {
    SweepAxis { key: axis.key.clone(), values: axis.values.clone() }
}

fn told(finished: usize, all: usize, console: &Console) {
    if !console.hides_progress() && (finished.is_multiple_of(10) || finished == all) {
        let language = console.language;
        Console::line(&match language {
            Language::English => {
                format!("{finished} of {all} curves {} done", plural(finished as u64, "is", "are", language))
            }
            Language::French => {
                let curves = plural(finished as u64, "courbe faite", "courbes faites", language);
                format!("{finished} {curves} sur {all}")
            }
        });
    }
}

/// Says what an interruption leaves.
fn go_on((finished, all): (usize, usize), folder: &Path, console: &Console) {
    let (folder, language) = (shown(&folder.display().to_string()), console.language);
    console.aside(&match language {
        Language::English => format!(
            "{finished} of {all} curves {} kept in {folder}: run the same command to go on.\n",
            plural(finished as u64, "is", "are", language)
        ),
        Language::French => format!(
            "{finished} {} sur {all} dans {folder} : relancer la même commande pour continuer.\n",
            plural(finished as u64, "courbe gardée", "courbes gardées", language)
        ),
    });
}
