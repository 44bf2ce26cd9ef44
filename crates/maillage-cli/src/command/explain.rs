use std::collections::BTreeSet;
use std::time::Instant;

use maillage_core::{Explaining, Explanation, Plan, Territory};
use maillage_io::{Answer, ExplanationAnswer};
use maillage_solver::{Search, SensitivityError, Solver};

use super::drawing::{Compiled, Drawing, Form};
use super::plan::search;
use crate::arguments::{ExplainArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::{Failure, UnknownId};
use crate::impossible;
use crate::summary::ExplanationSummary;
use crate::{ask, interrupt};

/// Says why the plan has these sites and not others.
pub(crate) fn run(arguments: &ExplainArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "explain")?;
    let file = ask::scenario_file(&arguments.question, global)?;
    let drawing = Drawing::asked(&file, global, ("explain", started))?;
    drawing.only_tables()?;
    let scenario = &drawing.scenario;
    if scenario.goal.has_level() {
        return Err(Failure::NotHere { flag: "goal", command: "explain" });
    }
    let compiled = drawing.compile(scenario, console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;
    let named = named(&arguments.why_not, &inputs.territory)?;

    let search = Search { certificate: false, ..search(scenario) };
    let solved = search.solve(problem, watch);
    let outcome = solved.map_err(|error| impossible::explain(error, scenario, (problem, dictionary), watch))?;
    if !outcome.solution.is_feasible() {
        watch.finish();
        return Err(Failure::NoPlan);
    }
    let plan = Plan::read_back(&inputs.territory, reach, scenario, dictionary, &outcome);
    let explaining = Explaining {
        territory: &inputs.territory,
        scenario,
        compiled: (problem, dictionary),
        outcome: &outcome,
        search,
    };
    let share = arguments.near_best.of_one();
    let explained = explaining.explain(&plan, share, (&named, arguments.outsiders as usize), watch);
    watch.finish();
    let explained = explained.map_err(|error| match error {
        SensitivityError::Solve(error) => Failure::from(error),
        other => other.into(),
    })?;
    let answer = Answer::of(&plan, scenario, drawing.provenance(&compiled));
    let answer = ExplanationAnswer::of(&inputs.territory, &plan, &explained, share, answer);
    tell(drawing, (&plan, &explained), answer, console)
}

/// Writes the answer and tells it.
fn tell(
    drawing: Drawing<'_>,
    (plan, explanation): (&Plan, &Explanation),
    mut answer: ExplanationAnswer,
    console: &Console,
) -> Result<Exit, Failure> {
    let style = drawing.file.csv_style.unwrap_or_default();
    let contents = drawing.forms.iter().zip(drawing.output.targets()).map(|(form, file)| match form {
        Form::Csv => Ok(answer.to_csv(style)),
        Form::Json => Ok(answer.to_json()?),
        Form::Picture(_) => Err(Failure::NotExplanation { file: file.clone() }),
    });
    let contents = contents.collect::<Result<Vec<Vec<u8>>, Failure>>()?;
    let written = drawing.output.targets().to_vec();
    interrupt::whole(|| drawing.output.write(&contents))?;
    let stopped = answer.plan.stopped_by == maillage_io::Stop::Signal;
    if console.json {
        answer.plan.seconds = Some((drawing.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        Console::output(&answer.to_json()?)?;
    }
    let summary =
        ExplanationSummary { plan, explanation, answer: &answer, scenario: &drawing.scenario, written: &written };
    console.closing(&summary.to_text(console.language))?;
    Ok(if stopped { Exit::Stopped } else { Exit::Answered })
}

/// Finds the candidates that are asked about: by identifier, or all that stand in a commune.
fn named(asked: &[String], territory: &Territory) -> Result<Vec<u32>, Failure> {
    let candidates: BTreeSet<u32> = territory.candidates().collect();
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for id in asked.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
        if let Some(site) = territory.site_position(id) {
            found.extend(candidates.get(&site));
        } else if let Some(commune) = territory.commune_position(id) {
            found.extend(candidates.iter().filter(|site| territory.host_of(**site) == Some(commune)));
        } else {
            unknown.push(UnknownId { id: id.to_owned(), nearest: territory.nearest_ids(id) });
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::UnknownAsked { unknown });
    }
    let mut seen = BTreeSet::new();
    found.retain(|site| seen.insert(*site));
    Ok(found)
}
