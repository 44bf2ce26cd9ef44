use std::collections::BTreeSet;
use std::time::Instant;

use maillage_core::{Explaining, Plan, Territory};
use maillage_io::{Answer, AnswerSheet, ExplainedAlternative, ExplanationAnswer, Places, Stop};
use maillage_solver::{Search, Solver};

use super::plan::search;
use super::question::{Compiled, Question};
use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{ExplainArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::{Failure, UnknownId};
use crate::summary::{Asked, ExplanationSummary};
use crate::{ask, impossible};

/// Says why the plan has these sites and not others.
pub(crate) fn run(arguments: &ExplainArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "explain")?;
    let file = ask::scenario_file(&arguments.question, global)?;
    let question = Question::asked(&file, ("explain", started))?;
    let files = AnswerFiles::of_question(&file, &ask::protected(&file, global), global)?;
    let scenario = &question.scenario;
    if scenario.goal.has_level() {
        return Err(Failure::NotHere { flag: "goal", command: "explain" });
    }
    let compiled = question.compile(scenario, console)?;
    let Compiled { inputs, reach, problem, dictionary, watch } = &compiled;
    files.check_crs(&inputs.territory)?;
    let groups = asked_about(&arguments.why_not, &inputs.territory)?;
    let mut seen = BTreeSet::new();
    let named: Vec<u32> =
        groups.iter().flat_map(|group| &group.candidates).copied().filter(|site| seen.insert(*site)).collect();

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
    let (outsiders, count) = (arguments.outsiders as usize, arguments.alternatives as usize);
    let asked = explaining.sensitivity(watch).map_err(Failure::from).and_then(|around| {
        let explained = explaining.explain(&around, &plan, share, (&named, outsiders), watch)?;
        Ok((explained, explaining.alternatives(&around, reach, (count, arguments.differing), watch)?))
    });
    watch.finish();
    let (explained, others) = asked?;
    let answer = Answer::of(&plan, scenario, question.provenance(&compiled));
    let mut answer = ExplanationAnswer::of(&inputs.territory, &plan, &explained, share, answer);
    let told = |other| ExplainedAlternative::of(&inputs.territory, (&plan, explained.near), other);
    answer.alternatives = others.iter().map(told).collect();
    let id = |site: &u32| inputs.territory.sites().get(*site as usize).map(|site| site.id.clone()).unwrap_or_default();
    let groups: Vec<Asked> = groups
        .into_iter()
        .map(|group| Asked {
            name: group.name,
            candidates: group.candidates.iter().map(id).collect(),
            is_existing: group.is_existing,
        })
        .collect();
    answer.broken_off = watch.broken_off();
    let stopped = answer.broken_off == Some(Stop::Signal);
    let told = Told {
        answer,
        sheets: &|answer| {
            let territory = &inputs.territory;
            let backdrop = vec![AnswerSheet::communes(territory, &plan.communes), AnswerSheet::existing(territory)];
            answer.sheets(&Places::of(territory), backdrop)
        },
        text: &|answer, written, language| {
            ExplanationSummary { territory: &inputs.territory, plan: &plan, asked: &groups, answer, scenario, written }
                .to_text(language)
        },
    };
    files.tell(told, started, console)?;
    Ok(if stopped { Exit::Stopped } else { Exit::Answered })
}

/// What is asked about: a site by identifier, or all candidates that stand in a commune.
struct Group {
    name: String,
    candidates: Vec<u32>,
    is_existing: bool,
}

/// Finds the candidates that are asked about, with a name for each question.
fn asked_about(asked: &[String], territory: &Territory) -> Result<Vec<Group>, Failure> {
    let candidates: BTreeSet<u32> = territory.candidates().collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut unknown = Vec::new();
    for id in asked.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
        let site = territory.site_position(id);
        let is_existing = territory.existing().any(|existing| Some(existing) == site);
        let (name, found): (&str, Vec<u32>) = if let Some(position) = site {
            let site = territory.sites().get(position as usize);
            (site.map_or("", |site| &site.name), candidates.get(&position).copied().into_iter().collect())
        } else if let Some(position) = territory.commune_position(id) {
            let commune = territory.communes().get(position as usize);
            let stands = |site: &u32| territory.host_of(*site) == Some(position);
            (commune.map_or("", |commune| &commune.name), candidates.iter().copied().filter(stands).collect())
        } else {
            unknown.push(UnknownId { id: id.to_owned(), nearest: territory.nearest_ids(id) });
            continue;
        };
        let name = if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") };
        if !groups.iter().any(|known| known.name == name) {
            groups.push(Group { name, candidates: found, is_existing });
        }
    }
    if unknown.is_empty() { Ok(groups) } else { Err(Failure::UnknownAsked { unknown }) }
}
