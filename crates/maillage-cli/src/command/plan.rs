use std::path::PathBuf;
use std::time::Instant;

use maillage_core::{AttainError, Attainment, Dictionary, Effort, Goal, Plan, Reach, RuleName, Scenario, Territory};
use maillage_io::{Answer, AnswerCertificate, AnswerGuarantee, Language, Output, ScenarioFile, Stop, rule_key};
use maillage_solver::{DemandId, Outcome, Problem, Search, SiteId, Solver};

use crate::arguments::{Global, PlanArguments};
use crate::catchments::CatchmentsFile;
use crate::certificate::{CheckedCertificate, write_impossible};
use crate::console::{Console, seconds_since};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::impossible::explain;
use crate::inputs::{self, Inputs};
use crate::model::{ModelFile, Names};
use crate::summary::PlanSummary;
use crate::targets::{Form, Target};
use crate::watch::Watch;
use crate::within_capacity::WithinCapacity;
use crate::{ask, interrupt, nesting, targets, warnings};

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

/// A plan to be told and written.
struct Told<'run> {
    file: &'run ScenarioFile,
    scenario: &'run Scenario,
    /// The plain question at the level of the goal that was reached.
    asked: &'run Scenario,
    inputs: &'run Inputs,
    plan: &'run Plan,
    started: Instant,
}

impl Told<'_> {
    /// Returns the file of catchments, where it is asked for.
    fn catchments(
        &self,
        asked: Option<&CatchmentsFile>,
        reach: &Reach,
        language: Language,
    ) -> Result<Vec<Vec<u8>>, Failure> {
        let contents = asked.map(|asked| asked.contents(self.inputs, self.scenario, self.plan, reach, language));
        Ok(contents.transpose()?.into_iter().collect())
    }

    /// Writes all files, then the answer where it is asked for, then says how it went.
    fn write(
        &self,
        answer: Answer,
        targets: &[(PathBuf, Target)],
        beside: Vec<Vec<u8>>,
        output: Output,
        console: &Console,
    ) -> Result<Exit, Failure> {
        let mut answer = answer;
        let territory = &self.inputs.territory;
        let form = Form::of(self.file, self.scenario, console.language);
        let results = targets.iter().map(|(_, target)| target.contents(territory, self.plan, &answer, form));
        let contents = results.chain(beside.into_iter().map(Ok)).collect::<Result<Vec<Vec<u8>>, Failure>>()?;
        let written = output.targets().to_vec();
        interrupt::whole(|| output.write(&contents))?;
        if console.json {
            answer.seconds = Some(seconds_since(self.started));
            Console::output(&answer.to_json()?)?;
        }
        let summary = PlanSummary {
            territory,
            plan: self.plan,
            answer: &answer,
            scenario: self.scenario,
            asked: self.asked,
            file: self.file,
            written: &written,
            language: console.language,
        };
        console.closing(&summary.to_text())?;
        Ok(exit(&answer, self.file))
    }
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

/// Writes the problem for other solvers, sites and communes by their identifiers.
fn write_model(
    model: &ModelFile,
    output: Output,
    problem: &Problem,
    territory: &Territory,
    dictionary: &Dictionary,
) -> Result<(), Failure> {
    let site = |site: SiteId| {
        let position = dictionary.site_of(site.index());
        let found = position.and_then(|position| territory.sites().get(position as usize));
        found.map(|site| site.id.clone()).unwrap_or_default()
    };
    let demand = |demand: DemandId| {
        let position = dictionary.demands.get(demand.index()).map(|demand| demand.commune);
        let commune = position.and_then(|position| territory.communes().get(position as usize));
        commune.map(|commune| commune.code.clone()).unwrap_or_default()
    };
    let rules = dictionary.rules.iter().enumerate().map(model_name).collect();
    let floors = dictionary.floors.iter().enumerate().map(model_name).collect();
    model.write(output, problem, &Names { site, demand, rules, floors })
}

/// Returns what a rule is called in a model: its kind, its position in its list, and its group or, where the kernel
/// holds it in parts, the part.
fn model_name((position, name): (usize, &RuleName)) -> String {
    let (key, number, group) = rule_key(name);
    let is_part = matches!(name, RuleName::Spread { .. } | RuleName::Spacing { .. });
    let part = is_part.then(|| format!("part{position}"));
    let number = number.map(|number| (number + 1).to_string());
    let parts = std::iter::once(key.to_owned()).chain(number).chain(group.iter().cloned()).chain(part);
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    parts.collect::<Vec<_>>().join("_").chars().map(letter).collect()
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

/// Checks that the plan, counted from places, is worth what the solver says and keeps the rules asked for.
fn self_check(plan: &Plan, outcome: &Outcome, dictionary: &Dictionary, scenario: &Scenario) -> Result<(), Failure> {
    let said = outcome.solution.value().saturating_sub(dictionary.covered_before);
    let refuse = |what, counted, said| Err(Failure::SelfCheck { what, counted, said });
    let maximised = plan.then.as_ref().unwrap_or(&plan.objective);
    if maximised.value != said {
        return refuse("the objective", maximised.value, said);
    }
    if let Some(travel) = &plan.travel
        && travel.before.saturating_sub(travel.after) != said
    {
        return refuse("the minutes saved", travel.before.saturating_sub(travel.after), said);
    }
    let people = if plan.phases.is_empty() {
        plan.newly_reached
    } else {
        plan.phases.iter().map(|phase| phase.years.saturating_mul(phase.newly_reached)).sum()
    };
    if scenario.counts_people() && people != said {
        return refuse("the number of people newly reached", people, said);
    }
    if maximised.bound < maximised.value {
        return refuse("the objective's bound", maximised.value, maximised.bound);
    }
    keeps_request(plan, scenario)
}

/// Checks that a plan, counted from places, keeps number, budget and rules.
pub(crate) fn keeps_request(plan: &Plan, scenario: &Scenario) -> Result<(), Failure> {
    let refuse = |what, counted, said| Err(Failure::SelfCheck { what, counted, said });
    let new = plan.sites.iter().filter(|site| site.is_new).count() as u64;
    if let Some(most) = scenario.sites
        && (new > most || (scenario.exactly && new < most))
    {
        return refuse("the number of new sites", new, most);
    }
    if let Some(budget) = scenario.budget
        && plan.cost > budget
    {
        return refuse("the cost of the new sites", plan.cost, budget);
    }
    if let Some(broken) = plan.rules.iter().position(maillage_core::KeptRule::is_broken) {
        return refuse("the first rule that does not hold", broken as u64, plan.rules.len() as u64);
    }
    Ok(())
}

fn exit(answer: &Answer, file: &ScenarioFile) -> Exit {
    let near_enough = file.gap.is_some_and(|asked| answer.gap.is_some_and(|gap| gap <= asked.of_one()));
    let good_enough = match answer.guarantee {
        AnswerGuarantee::Optimal => true,
        AnswerGuarantee::Bounded => near_enough,
        AnswerGuarantee::None => false,
    };
    if answer.stopped_by == Stop::Signal || (file.strict == Some(true) && !good_enough) {
        Exit::Stopped
    } else {
        Exit::Answered
    }
}
