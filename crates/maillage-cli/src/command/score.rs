use std::path::Path;
use std::time::Instant;

use maillage_core::{Explaining, Plan, PlanCommune, Position, Score, Scores, Site, SiteState, Turn};
use maillage_io::{
    Answer, AnswerSheet, ExplainedOutsider, ExplanationAnswer, InputFile, Places, PlanFile, Role, ScenarioFile,
    ScoreAnswer, Stop,
};
use maillage_solver::{Search, Solver};

use super::plan::search;
use super::question::{Compiled, Question};
use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{Accept, Global, ScoreArguments};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::ScoreSummary;
use crate::{ask, impossible};

/// How many applicants left out of the best set are asked for the best set that holds them.
const EXPLAINED: usize = 100;

/// Scores the applicants of a call for projects.
pub(crate) fn run(arguments: &ScoreArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "score")?;
    let asked = ask::scenario_file(&arguments.question, global)?;
    let file = ScenarioFile { candidates: Some(arguments.applicants.clone()), ..asked };
    check(&file)?;
    let question = Question::asked(&file, ("score", started))?;
    let protected = ask::protected(&file, global).into_iter().chain(arguments.plan.clone()).collect::<Vec<_>>();
    let files = AnswerFiles::of_question(&file, &protected, global)?;
    let planned = arguments.plan.as_deref().map(planned).transpose()?;
    let scenario = &question.scenario;
    let compiled = question.compile_beside(scenario, planned.into_iter().collect(), console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;
    let territory = &inputs.territory;
    files.check_crs(territory)?;

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
    let answer = Answer::of(&plan, scenario, question.provenance(&compiled));
    let outsiders: Result<Vec<ExplainedOutsider>, Failure> = if arguments.accept == Accept::BestSet {
        let is_left = |score: &&Score| score.turn.is_none() && !score.is_forbidden;
        let left: Vec<u32> = scores.applicants.iter().filter(is_left).map(|score| score.site).collect();
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
    let stopped = answer.plan.stopped_by == Stop::Signal;
    let accepted: Vec<u32> =
        scores.applicants.iter().filter(|score| score.turn.is_some()).map(|score| score.site).collect();
    let told = Told {
        answer,
        sheets: &|answer| {
            let communes = PlanCommune::all(territory, reach, scenario, &accepted);
            let backdrop = vec![AnswerSheet::communes(territory, &communes), AnswerSheet::existing(territory)];
            answer.sheets(&Places::of(territory), backdrop)
        },
        text: &|answer, written, language| ScoreSummary { answer, scenario, written }.to_text(language),
    };
    files.tell(told, started, console)?;
    Ok(if stopped { Exit::Stopped } else { Exit::Answered })
}

/// Refuses what applicants cannot be scored by.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::no_phases(file, "score")?;
    ask::plain_sites(file, "score")
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
