use std::path::Path;
use std::time::Instant;

use maillage_core::{Explaining, Plan, Position, Scenario, Scores, Site, SiteState, Turn};
use maillage_io::{Answer, ExplainedOutsider, ExplanationAnswer, InputFile, PlanFile, Role, ScenarioFile, ScoreAnswer};
use maillage_solver::{Search, Solver};

use super::drawing::{Compiled, Drawing, Form};
use super::plan::search;
use crate::answer_files::AnswerFiles;
use crate::arguments::{Accept, Global, ScoreArguments};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::ScoreSummary;
use crate::{ask, impossible, interrupt};

/// How many applicants left out of the best set are asked for the best set that holds them.
const EXPLAINED: usize = 100;

const FORMS: [&str; 2] = ["scores are written as .csv or .json", "des notes s’écrivent en .csv ou .json"];

/// Scores the applicants of a call for projects.
pub(crate) fn run(arguments: &ScoreArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "score")?;
    let asked = ask::scenario_file(&arguments.question, global)?;
    let file = ScenarioFile { candidates: Some(arguments.applicants.clone()), ..asked };
    check(&file)?;
    AnswerFiles::check_forms(&file, FORMS)?;
    let drawing = Drawing::asked(&file, global, ("score", started))?;
    let planned = arguments.plan.as_deref().map(planned).transpose()?;
    let scenario = &drawing.scenario;
    let compiled = drawing.compile_beside(scenario, planned.into_iter().collect(), console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;

    let search = Search { certificate: false, ..search(scenario) };
    let solved = search.solve(problem, watch);
    let outcome = solved.map_err(|error| impossible::explain(error, scenario, (problem, dictionary), watch))?;
    let feasible = outcome.solution.is_feasible();
    if !feasible && arguments.accept == Accept::BestSet {
        watch.finish();
        return Err(Failure::NoPlan);
    }
    let plan = Plan::read_back(&inputs.territory, reach, scenario, dictionary, &outcome);
    let scores = match arguments.accept {
        Accept::BestSet => Scores::of_set(&inputs.territory, (problem, dictionary), outcome.solution.sites()),
        Accept::People => Scores::in_turn(&inputs.territory, (problem, dictionary), Turn::Most),
        Accept::PeoplePerEuro => Scores::in_turn(&inputs.territory, (problem, dictionary), Turn::MostForMoney),
    };
    let best_value = feasible.then_some(plan.objective.value);
    if arguments.accept == Accept::BestSet && Some(scores.value) != best_value {
        let (counted, said) = (scores.value, plan.objective.value);
        return Err(Failure::SelfCheck { what: "what the accepted applicants add", counted, said });
    }
    let explaining = Explaining {
        territory: &inputs.territory,
        scenario,
        compiled: (problem, dictionary),
        outcome: &outcome,
        search,
    };
    let answer = Answer::of(&plan, scenario, drawing.provenance(&compiled));
    let outsiders: Result<Vec<ExplainedOutsider>, Failure> = if arguments.accept == Accept::BestSet {
        let left: Vec<u32> =
            scores.applicants.iter().filter(|score| score.turn.is_none()).map(|score| score.site).collect();
        let named = left.get(..left.len().min(EXPLAINED)).unwrap_or_default();
        explaining.sensitivity(watch).map_err(Failure::from).and_then(|around| {
            let explained = explaining.explain(&around, &plan, 0.0, (named, 0), watch)?;
            Ok(ExplanationAnswer::of(&inputs.territory, &plan, &explained, 0.0, answer.clone()).outsiders)
        })
    } else {
        Ok(Vec::new())
    };
    watch.finish();
    let about = (arguments.accept.word(), best_value, plan.objective.bound);
    let answer = ScoreAnswer::of(&inputs.territory, &scores, about, &outsiders?, answer);
    tell(drawing, answer, console)
}

/// Refuses what applicants cannot be scored by.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::no_phases(file, "score")?;
    let refused = [
        ("goal", file.goal.as_ref().is_some_and(|goal| *goal != maillage_core::Goal::Reach)),
        ("type", file.r#type.is_some()),
        ("hub", file.hub.is_some()),
    ];
    match refused.into_iter().find(|(_, is)| *is) {
        Some((flag, _)) => Err(Failure::NotHere { flag, command: "score" }),
        None => Ok(()),
    }
}

/// Reads the new sites of a plan, which are there already for who applies after it.
fn planned(file: &Path) -> Result<(Vec<Site>, InputFile), Failure> {
    let plan = PlanFile::read(file)?;
    let layers = plan.layers();
    let layers = layers.map_err(|source| Failure::PlanLayers { file: file.to_owned(), source: Box::new(source) })?;
    let site = |site: &maillage_io::PlanLayerSite| {
        let position = Position::new(site.place.x, site.place.y).ok()?;
        Some(Site {
            id: site.stated.id.clone(),
            name: site.stated.name.clone().unwrap_or_default(),
            kind: site.stated.kind.clone().unwrap_or_default(),
            state: SiteState::Existing,
            cost: 0,
            commune: None,
            territory: site.stated.territory.clone(),
            position,
            columns: std::collections::BTreeMap::new(),
        })
    };
    let new = layers.sites.iter().filter(|site| site.stated.state == "new").filter_map(site);
    let sites: Vec<Site> = new.collect();
    let read = InputFile::of(file, Role::Existing, sites.len() as u64);
    Ok((sites, read.map_err(|source| Failure::Reading { file: file.to_owned(), source })?))
}

/// Writes the answer and tells it.
fn tell(drawing: Drawing<'_>, mut answer: ScoreAnswer, console: &Console) -> Result<Exit, Failure> {
    let style = drawing.file.csv_style.unwrap_or_default();
    let contents = drawing.forms.iter().map(|form| match form {
        Form::Csv => Ok(answer.to_csv(style)),
        Form::Json | Form::Picture(_) => answer.to_json(),
    });
    let contents = contents.collect::<Result<Vec<Vec<u8>>, _>>()?;
    let written = drawing.output.targets().to_vec();
    interrupt::whole(|| drawing.output.write(&contents))?;
    let stopped = answer.plan.stopped_by == maillage_io::Stop::Signal;
    if console.json {
        answer.plan.seconds = Some((drawing.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        Console::output(&answer.to_json()?)?;
    }
    let scenario: &Scenario = &drawing.scenario;
    console.closing(&ScoreSummary { answer: &answer, scenario, written: &written }.to_text(console.language))?;
    Ok(if stopped { Exit::Stopped } else { Exit::Answered })
}
