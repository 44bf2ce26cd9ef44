use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use maillage_core::{Curve, Measure, PlanCommune, Reach, Reached, RuleName, TravelTime, Yardstick};
use maillage_io::{
    AnswerSheet, CurveOver, Language, QuestionError, ScenarioFile, Stop, SweepAnswer, SweepAxis, SweepMeasures,
    SweepSample, SweepScenario, SweptPoint,
};
use maillage_solver::Frontier;
use rayon::prelude::*;
use serde_json::json;

use super::plan::search;
use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{Global, SweepArguments};
use crate::ask;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs::{self, Inputs};
use crate::summary::SweepSummary;
use crate::sweep::{Axis, Cell, Cells, Done, Limit, Measured, SweptCurve, drawn};
use crate::watch::Watch;
use crate::words::shown;

/// No sweep has more scenarios.
const MOST: usize = 20_000;

/// Plans under many assumptions at once.
pub(crate) fn run(arguments: &SweepArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "sweep")?;
    let file = ask::scenario_file(&arguments.question, global)?;
    let (grid, taken) = scenarios(arguments)?;
    check(&file)?;
    let cells = Cells::of(&file, &arguments.vary, &taken)?;
    ask::communes(&file)?;
    ask::candidates(&file)?;
    let tables = [("sites", arguments.core.as_ref()), ("regret", arguments.regret.as_ref())];
    let files = AnswerFiles::with_tables(&file, &tables, &ask::protected(&file, global), global)?;
    let done = Done::in_folder(arguments.keep.as_deref())?;

    let read = Read::all(&cells.curves, console)?;
    let watch = Watch::new(started, None, true, console.language, 0);
    let count = AtomicUsize::new(0);
    let solved: Vec<Result<Vec<SweptPoint>, Failure>> = cells
        .curves
        .par_iter()
        .map(|curve| {
            let points = read.solve(curve, &done, &watch);
            let finished = count.fetch_add(1, Ordering::Relaxed) + 1;
            told(finished, cells.curves.len(), console);
            points
        })
        .collect();
    let finished = solved.iter().filter(|points| points.is_ok()).count();
    let solved = solved.into_iter().collect::<Result<Vec<_>, _>>();
    if let (Err(Failure::Interrupted), Some(folder)) = (&solved, &arguments.keep) {
        go_on((finished, cells.curves.len()), folder, console);
    }
    let mut curves = solved?;
    let measured = measure(&cells, &mut curves, &read)?;

    let points: Vec<&SweptPoint> =
        cells.cells.iter().filter_map(|cell| curves.get(cell.curve)?.get(cell.point)).collect();
    let assumed = |(position, cell): (usize, &Cell)| {
        let plan = measured.best.get(position).copied().flatten().map(|plan| plan + 1);
        Some(SweepScenario::of(cell.assumes.clone(), points.get(position)?, plan))
    };
    let Some(first) = read.inputs.first() else { return Ok(Exit::Answered) };
    let Some(asked) = cells.curves.first() else { return Ok(Exit::Answered) };
    files.check_crs(&first.territory)?;
    let scenario = asked.file.scenario()?;
    let mut from = first.provenance(&asked.file, &scenario, Stop::Effort);
    if let Some(members) = from.request.as_object_mut() {
        members.retain(|key, _| arguments.vary.iter().all(|axis| axis.key != *key));
    }
    let answer = SweepAnswer {
        version: 1,
        program: format!("maillage {}", env!("CARGO_PKG_VERSION")),
        unit: scenario.unit(),
        vary: arguments.vary.iter().map(axis).collect(),
        sample: arguments.sample.map(|_| SweepSample {
            scenarios: taken.len() as u64,
            of: grid as u64,
            seed: arguments.seed,
        }),
        scenarios: cells.cells.iter().enumerate().filter_map(assumed).collect(),
        plans: measured.told(&points),
        sites: measured.sites(&first.territory),
        choices: measured.choices(&cells.cells, &points),
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

/// Returns how many scenarios there are, and which of them are taken.
fn scenarios(arguments: &SweepArguments) -> Result<(usize, Vec<usize>), Failure> {
    if arguments.vary.is_empty() {
        let reason = "say what is varied: --vary under=2.5,3,4 --vary within=10min,15min";
        return Err(QuestionError::Missing { flag: "vary", reason }.into());
    }
    for (position, axis) in arguments.vary.iter().enumerate() {
        if arguments.vary.iter().take(position).any(|other| other.key == axis.key) {
            let (flag, value) = ("vary", axis.key.clone());
            return Err(QuestionError::BadValue { flag, value, expected: "a key that is varied once" }.into());
        }
    }
    let grid = arguments.vary.iter().try_fold(1_usize, |product, axis| product.checked_mul(axis.values.len()));
    let sample = arguments.sample.map(|count| count as usize);
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

/// What was read for the curves, and the times made of it.
struct Read {
    inputs: Vec<Inputs>,
    /// Which inputs and which times a curve takes, by what it reads and how people travel.
    of: BTreeMap<(String, String), (usize, usize)>,
    reaches: Vec<Reach>,
}

impl Read {
    fn all(curves: &[SweptCurve], console: &Console) -> Result<Self, Failure> {
        let mut longest: BTreeMap<(String, String), TravelTime> = BTreeMap::new();
        for curve in curves {
            let time = curve.file.scenario()?.longest();
            let longest = longest.entry((curve.read.clone(), curve.travel.clone())).or_insert(time);
            *longest = (*longest).max(time);
        }
        let mut made = Self { inputs: Vec::new(), of: BTreeMap::new(), reaches: Vec::new() };
        let mut inputs_of: BTreeMap<String, usize> = BTreeMap::new();
        for curve in curves {
            let key = (curve.read.clone(), curve.travel.clone());
            if made.of.contains_key(&key) {
                continue;
            }
            let known = inputs_of.get(&curve.read).copied();
            let inputs = if let Some(known) = known {
                if let Some(inputs) = made.inputs.get_mut(known) {
                    inputs.travel_by(&curve.file, console)?;
                }
                known
            } else {
                made.inputs.push(inputs::read(&curve.file, true, console)?);
                inputs_of.insert(curve.read.clone(), made.inputs.len() - 1);
                made.inputs.len() - 1
            };
            let limit = longest.get(&key).copied().unwrap_or(TravelTime::from_minutes(0));
            let scenario = curve.file.scenario()?;
            if let Some(read) = made.inputs.get_mut(inputs) {
                made.reaches.push(read.reach(&scenario, limit, console)?);
            }
            made.of.insert(key, (inputs, made.reaches.len() - 1));
        }
        Ok(made)
    }

    fn inputs_of(&self, curve: &SweptCurve) -> Option<(&Inputs, &Reach)> {
        let (inputs, reach) = self.of.get(&(curve.read.clone(), curve.travel.clone()))?;
        Some((self.inputs.get(*inputs)?, self.reaches.get(*reach)?))
    }

    /// Solves a curve, or takes it from those that are done.
    fn solve(&self, curve: &SweptCurve, done: &Done, watch: &Watch) -> Result<Vec<SweptPoint>, Failure> {
        inputs::stop_if_asked()?;
        let Some((inputs, reach)) = self.inputs_of(curve) else { return Ok(Vec::new()) };
        let scenario = curve.file.scenario()?;
        let asked = json!({
            "program": env!("CARGO_PKG_VERSION"),
            "inputs": inputs.files,
            "request": curve.file.request(&scenario),
            "ends": curve.ends,
        });
        if let Some(points) = done.find(&asked) {
            return Ok(points);
        }
        let (problem, dictionary) = ask::compile(&scenario, &curve.file, &inputs.territory, reach)?;
        let name = if curve.over == CurveOver::Sites { RuleName::Sites } else { RuleName::Budget };
        let rule = dictionary.position_of(&name).unwrap_or_default();
        let ends: Vec<i64> = curve.ends.iter().filter_map(|end| i64::try_from(*end).ok()).collect();
        let solved = Frontier { search: search(&scenario) }.solve(&problem, rule, &ends, watch)?;
        // What a signal broke off is no answer to keep.
        inputs::stop_if_asked()?;
        let read_back = Curve::read_back(&inputs.territory, reach, &scenario, &dictionary, &solved);
        let points = SweptPoint::of(&read_back, &inputs.territory);
        done.keep(&asked, &points)?;
        Ok(points)
    }
}

impl Read {
    /// Counts for each commune the scenarios in which it is in reach under the plan found, and those in which it has
    /// under-served people; the places of the first scenario stand for those of all.
    fn reached(&self, cells: &Cells, points: &[&SweptPoint]) -> Vec<(u64, u64)> {
        let communes = self.inputs.first().map_or(0, |first| first.territory.communes().len());
        let of_cell = |(cell, point): (&Cell, &&SweptPoint)| {
            let curve = cells.curves.get(cell.curve)?;
            let (inputs, reach) = self.inputs_of(curve)?;
            let scenario = curve.file.scenario().ok()?;
            point.value?;
            let sites: Vec<u32> = point.sites.iter().filter_map(|id| inputs.territory.site_position(id)).collect();
            let communes = PlanCommune::all(&inputs.territory, reach, &scenario, &sites);
            let count = |one: &PlanCommune| {
                let is_counted = one.under_served > 0;
                (u64::from(is_counted && one.reached != Reached::No), u64::from(is_counted))
            };
            Some(communes.iter().map(count).collect::<Vec<_>>())
        };
        let none = || vec![(0, 0); communes];
        let add = |mut counts: Vec<(u64, u64)>, others: &[(u64, u64)]| {
            for (count, other) in counts.iter_mut().zip(others) {
                *count = (count.0 + other.0, count.1 + other.1);
            }
            counts
        };
        // Sums of whole numbers are the same in any order.
        let cells = cells.cells.par_iter().zip(points).filter_map(of_cell).filter(|flags| flags.len() == communes);
        cells.fold(none, |counts, one| add(counts, &one)).reduce(none, |counts, others| add(counts, &others))
    }
}

/// Measures every plan under the assumptions of every scenario.
fn measure(cells: &Cells, curves: &mut [Vec<SweptPoint>], read: &Read) -> Result<Measured, Failure> {
    let points: Vec<&SweptPoint> =
        cells.cells.iter().filter_map(|cell| curves.get(cell.curve)?.get(cell.point)).collect();
    let mut measured = Measured::plans(&points);
    let by_curve: Vec<Result<Vec<Measure>, Failure>> = cells
        .curves
        .par_iter()
        .map(|curve| {
            inputs::stop_if_asked()?;
            let Some((inputs, reach)) = read.inputs_of(curve) else { return Ok(Vec::new()) };
            let yardstick = Yardstick::of(&curve.file.scenario()?, &inputs.territory, reach)?;
            let positions = |sites: &[String]| -> Vec<u32> {
                sites.iter().filter_map(|id| inputs.territory.site_position(id)).collect()
            };
            Ok(measured.plans.iter().map(|(sites, _)| yardstick.measure(&positions(sites))).collect())
        })
        .collect();
    let by_curve = by_curve.into_iter().collect::<Result<Vec<_>, _>>()?;
    let by_cell = cells.cells.iter().map(|cell| by_curve.get(cell.curve).cloned().unwrap_or_default()).collect();
    let limits: Vec<Limit> = cells.cells.iter().map(|cell| limit(cell, &cells.curves)).collect();
    let mut own: Vec<SweptPoint> = points.into_iter().cloned().collect();
    measured.take(by_cell, &limits, &mut own.iter_mut().collect::<Vec<_>>());
    for (cell, point) in cells.cells.iter().zip(own) {
        if let Some(to) = curves.get_mut(cell.curve).and_then(|curve| curve.get_mut(cell.point)) {
            *to = point;
        }
    }
    Ok(measured)
}

/// Returns what a scenario allows.
fn limit(cell: &Cell, curves: &[SweptCurve]) -> Limit {
    let Some(curve) = curves.get(cell.curve) else { return Limit::default() };
    let end = curve.ends.get(cell.point).copied().unwrap_or_default();
    let (sites, euros) = (curve.file.sites.map(u64::from), curve.file.budget.map(maillage_io::Euros::whole));
    let counts_people =
        matches!(curve.file.weight, None | Some(maillage_core::Weight::People)) && curve.file.enough.is_none();
    match curve.over {
        CurveOver::Euros => Limit { sites, euros: Some(end), counts_people },
        _ => Limit { sites: Some(end), euros, counts_people },
    }
}

fn axis(axis: &Axis) -> SweepAxis {
    SweepAxis { key: axis.key.clone(), values: axis.values.clone() }
}

fn told(finished: usize, all: usize, console: &Console) {
    if !console.hides_progress() && (finished.is_multiple_of(10) || finished == all) {
        Console::line(&match console.language {
            Language::English => format!("{finished} of {all} curves are done"),
            Language::French => format!("{finished} courbes sur {all} sont faites"),
        });
    }
}

/// Says what an interruption leaves.
fn go_on((finished, all): (usize, usize), folder: &Path, console: &Console) {
    let folder = shown(&folder.display().to_string());
    console.aside(&match console.language {
        Language::English => {
            format!("{finished} of {all} curves are kept in {folder}: run the same command to go on.\n")
        }
        Language::French => {
            format!(
                "{finished} courbes sur {all} sont gardées dans {folder} : relancer la même commande pour continuer.\n"
            )
        }
    });
}
