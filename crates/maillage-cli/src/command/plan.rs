use std::path::PathBuf;
use std::time::Instant;

use maillage_core::{AttainError, Attainment, Effort, Goal, Plan, Scenario, Territory};
use maillage_io::{Answer, AnswerCertificate, Output, ScenarioFile};
use maillage_solver::{Search, Solver};

use super::told::Told;
use crate::arguments::{Global, PlanArguments};
use crate::catchments::CatchmentsFile;
use crate::certificate::{CheckedCertificate, write_impossible};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::model::ModelFile;
use crate::plan_model::write_model;
use crate::self_check::self_check;
use crate::watch::Watch;
use crate::within_capacity::WithinCapacity;
use crate::{ask, inputs, nesting, targets, warnings};

/// Chooses new sites for the scenario asked for.
pub(crate) fn run(arguments: &PlanArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let file = ask::scenario_file(&arguments.question, global)?;
    let model = arguments.write_model.as_deref().map(ModelFile::of).transpose()?;
    let catchments = CatchmentsFile::of(arguments, &file)?;
    plan(&file, global, global.force, (model, catchments), console)
}

/// Chooses new sites and writes what is asked for.
pub(crate) fn plan(
    file: &ScenarioFile,
    global: &Global,
    overwrite: bool,
    (model, catchments): (Option<ModelFile>, Option<CatchmentsFile>),
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let scenario = file.scenario()?;
    file.check_limits()?;
    scenario.check_goal()?;
    if file.certificate.is_some() {
        ask::no_capacity_limit(&scenario, "--certificate")?;
    }
    if model.is_some() {
        ask::no_capacity_limit(&scenario, "--write-model")?;
    }
    ask::communes(file)?;
    ask::candidates(file)?;
    if scenario.goal.has_level() {
        let goal = || scenario.goal.clone();
        if file.certificate.is_some() {
            return Err(Failure::NotWithGoal { flag: "certificate", goal: goal() });
        }
        if model.is_some() {
            return Err(Failure::NotWithGoal { flag: "write-model", goal: goal() });
        }
    }
    let targets = targets::targets(file)?;
    let paths = targets.iter().map(|(path, _)| path.clone());
    let paths = paths.chain(catchments.iter().map(|asked| asked.file.clone()));
    let results = targets.len() + usize::from(catchments.is_some());
    let paths = paths.chain(file.certificate.clone());
    let paths: Vec<PathBuf> = paths.chain(model.iter().flat_map(ModelFile::paths)).collect();
    let mut output = Output::check(paths, &ask::protected(file, global), overwrite)?;
    let of_model = output.split_off(results + usize::from(file.certificate.is_some()));

    let mut inputs = inputs::read(file, true, console)?;
    targets::check_crs(file.out_crs.unwrap_or_default(), &inputs.territory)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    warnings::of_request(&scenario, &inputs.territory, console);
    if scenario.is_within_capacity() {
        let asked = WithinCapacity { scenario: &scenario, file, inputs: &inputs, reach: &reach, started };
        let (plan, watch) = asked.plan(console)?;
        let answer = Answer::of(&plan, &scenario, inputs.provenance(file, &scenario, watch.reason()));
        let told = Told { file, scenario: &scenario, asked: &scenario, inputs: &inputs, plan: &plan, started };
        let beside = told.catchments(catchments.as_ref(), &reach, console.language)?;
        return told.write(answer, &targets, beside, output, console);
    }
    // Where the goal finds a limit by itself, the question is compiled for the loosest one here.
    let loosely = if scenario.goal.has_level() { loosest(&scenario, &inputs.territory) } else { scenario.clone() };
    let (problem, dictionary) = ask::compile(&loosely, file, &inputs.territory, &reach)?;
    if let Some(model) = model {
        write_model(&model, of_model, &problem, &inputs.territory, &dictionary)?;
    }
    let share = nesting::share_of_limit(file, scenario.phase.len() > 1);
    let watch = Watch::new(started, share, console.hides_progress(), console.language, dictionary.covered_before);
    let search = Search { certificate: file.certificate.is_some(), ..search(&scenario) };
    let (problem, dictionary, asked, outcome, bound) = if scenario.goal.has_level() {
        let attained = Attainment::of(&scenario, &inputs.territory, &reach, &search, &watch);
        watch.finish();
        let attained = attained.map_err(|error| match error {
            AttainError::Solve(error) => explain(error, &loosely, (&problem, &dictionary), &watch),
            AttainError::Scenario(error) => ask::in_communes(error, file),
            other => other.into(),
        })?;
        let Attainment { asked, problem, dictionary, outcome, bound } = attained;
        (problem, dictionary, asked, outcome, bound)
    } else {
        let solved = search.solve(&problem, &watch);
        watch.finish();
        match solved {
            Ok(outcome) => (problem, dictionary, loosely, outcome, None),
            Err(error) => {
                write_impossible(&error, &problem, output.split_off(results))?;
                return Err(explain(error, &scenario, (&problem, &dictionary), &watch));
            }
        }
    };
    if !outcome.solution.is_feasible() {
        return Err(Failure::NoPlan);
    }
    let plan = Plan::read_back_at(&inputs.territory, &reach, &scenario, (&asked, &dictionary), &outcome, bound);
    self_check(&plan, &outcome, &dictionary, &asked)?;

    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    let alone = |before| Watch::new(started, limit, console.hides_progress(), console.language, before);
    let nesting =
        nesting::nesting(&scenario, file, (&inputs.territory, &reach), &plan, &self::search(&scenario), alone)?;

    let certificate = match &file.certificate {
        Some(path) => Some((path, CheckedCertificate::of(&problem, &outcome)?)),
        None => None,
    };

    let mut answer = Answer::of(&plan, &asked, inputs.provenance(file, &scenario, watch.reason()));
    answer.nesting = nesting;
    answer.certificate = certificate.as_ref().map(|(path, certificate)| AnswerCertificate {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        problem: certificate.problem().to_owned(),
    });
    let proof = certificate.map(|(_, certificate)| certificate.text().as_bytes().to_vec());
    let told = Told { file, scenario: &scenario, asked: &asked, inputs: &inputs, plan: &plan, started };
    let beside = told.catchments(catchments.as_ref(), &reach, console.language)?.into_iter().chain(proof);
    told.write(answer, &targets, beside.collect(), output, console)
}

/// Returns the plain question under the loosest limit that a goal may come to.
fn loosest(scenario: &Scenario, territory: &Territory) -> Scenario {
    let candidates = || territory.candidates().filter_map(|site| territory.sites().get(site as usize));
    match scenario.goal {
        Goal::FewestSites(_) => scenario.at_level(scenario.sites.unwrap_or(candidates().count() as u64)),
        Goal::LeastCost(_) => {
            scenario.at_level(scenario.budget.unwrap_or_else(|| candidates().map(|site| site.cost).sum()))
        }
        _ => scenario.at_level(0),
    }
}

/// Returns the solver that a scenario asks for.
pub(crate) fn search(scenario: &Scenario) -> Search {
    let effort = effort(scenario);
    Search { effort, gap: scenario.gap.unwrap_or(0.0), ..Search::default() }
}

/// Returns how much work a scenario asks for.
pub(crate) fn effort(scenario: &Scenario) -> maillage_solver::Effort {
    match scenario.effort {
        Effort::Quick => maillage_solver::Effort::Quick,
        Effort::Normal => maillage_solver::Effort::Normal,
        Effort::Proof => maillage_solver::Effort::Proof,
    }
}
