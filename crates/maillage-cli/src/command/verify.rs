use std::path::{Path, PathBuf};

use maillage_io::{Findings, InputFile, PlanFile, QuestionError, Role, ScenarioFile, StatedAnswer, read_index};
use maillage_solver::{Problem, SiteId};
use maillage_verify::Verdict;

use crate::arguments::{Global, VerifyArguments};
use crate::bare::{self, fixed_open};
use crate::console::Console;
use crate::disagreement::Disagreement;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::proof_file::ProofFile;
use crate::recount::Rebuilt;
use crate::stated_question::stated_question;
use crate::summary::{CertificateProof, Source, Verification};
use crate::{ask, certificate, inputs};

/// Recounts a plan from its inputs and checks its certificate; writes nothing.
pub(crate) fn run(arguments: &VerifyArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let flags = ScenarioFile { certificate: None, ..arguments.files.clone() };
    ask::writes_nothing(&flags, "verify")?;
    let mut verification = Verification::new(base_name(&arguments.plan));
    let verified = match &arguments.instance {
        Some(instance) => of_index(arguments, instance, console, &mut verification),
        None if ProofFile::is_one(&arguments.plan) => alone(arguments, global, console, &mut verification),
        None => plan(arguments, global, console, &mut verification),
    };
    if console.json {
        let refused = verified.as_ref().err().map(|failure| failure.words(console.language));
        let answer = verification.to_json(refused.as_deref(), console.language);
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    match verified {
        Ok(()) => {
            console.closing(&verification.to_text(console.language))?;
            Ok(Exit::Answered)
        }
        Err(failure) => {
            console.aside(&verification.steps_text(console.language));
            Err(failure)
        }
    }
}

fn plan(
    arguments: &VerifyArguments,
    global: &Global,
    console: &Console,
    verification: &mut Verification,
) -> Result<(), Failure> {
    let plan = PlanFile::read(&arguments.plan)?;
    let given = ask::scenario_file(&arguments.files, global)?;
    let (question, paths) = stated_question(&plan.stated, &given, &arguments.plan)?;
    for (path, stated) in paths.iter().zip(&plan.stated.inputs) {
        let found = InputFile::sha256_of(path).map_err(|source| Failure::Reading { file: path.clone(), source })?;
        if found != stated.sha256 {
            let (file, stated, role) = (base_name(path), stated.sha256.clone(), role(stated.role).to_owned());
            return Err(Disagreement::OtherData { file, role, stated, found }.into());
        }
    }
    verification.inputs = Some(paths.iter().map(|path| base_name(path)).collect());
    other_question(&given, &plan.stated.request, console);

    let scenario = question.scenario()?;
    question.check_limits()?;
    let asked = scenario.at_level(plan.stated.objective.value);
    let mut inputs = inputs::read(&question, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    let within = scenario
        .is_within_capacity()
        .then(|| ask::compile_within_capacity(&scenario, &question, &inputs.territory, &reach))
        .transpose()?;
    let (capacitated, dictionary, problem) = if let Some((capacitated, dictionary)) = within {
        let covering = capacitated.covering().clone();
        (Some(capacitated), dictionary, covering)
    } else {
        let (problem, dictionary) = ask::compile(&asked, &question, &inputs.territory, &reach)?;
        (None, dictionary, problem)
    };
    verification.within_capacity = capacitated.is_some();
    // Files may have been renamed since.
    for (file, stated) in inputs.files.iter_mut().zip(&plan.stated.inputs) {
        file.file.clone_from(&stated.file);
    }
    // A plan within capacity has no certificate.
    let path = certificate_path(&given, &plan.stated, &arguments.plan).filter(|_| capacitated.is_none());
    let proof = path.map(|path| ProofFile::read(&path)).transpose()?;
    let instance = certificate::instance(&problem)?;
    verification.problem = Some(instance.hash().to_owned());
    let named = plan.new_sites.as_deref();
    let proved = match proof.as_ref().map(|proof| proof.check_plan(&problem, &instance)) {
        Some(Err(refused)) if named.is_none() => return Err(refused.into()),
        proved => proved.map(|proved| proved.map_err(Failure::from)),
    };
    drop(instance);
    let rebuilt = Rebuilt {
        question: &question,
        scenario: &scenario,
        asked: &asked,
        territory: &inputs.territory,
        files: &inputs.files,
        roads: inputs.roads.as_ref(),
        grid: inputs.grid.as_ref(),
        reach: &reach,
        problem: &problem,
        capacitated: capacitated.as_ref(),
        dictionary: &dictionary,
        hash: verification.problem.as_deref().unwrap_or_default(),
    };

    let open = match (named, &proved) {
        (Some(new), _) => rebuilt.open_sites(new)?,
        (None, Some(Ok(proved))) => proved.open.clone(),
        (None, _) => return Err(Failure::NoSites { file: arguments.plan.clone() }),
    };
    let solution = rebuilt.count(&open)?;
    rebuilt.compare(&solution, &plan)?;
    let before = dictionary.covered_before;
    let value = rebuilt.value_of(&solution);
    // A certificate speaks of what is maximised under the level of a goal.
    let maximised = plan.stated.then.as_ref().unwrap_or(&plan.stated.objective);
    let bound = maximised.bound;
    verification.counted = Some((rebuilt.new_sites(&open).len() as u64, value, bound, maximised.unit.clone()));

    verification.missing = plan.stated.certificate.as_ref().map(|certificate| certificate.file.clone());
    if let (Some(proof), Some(proved)) = (&proof, proved.transpose()?) {
        let file = proof.file.clone();
        let site_name = |site: SiteId| {
            let position = dictionary.site_of(site.index());
            let site = position.and_then(|position| inputs.territory.sites().get(position as usize));
            site.map(|site| site.id.clone()).unwrap_or_default()
        };
        if let Some(site) = in_one_only(&proved.open, solution.sites()) {
            return Err(Disagreement::OtherSites { file, id: site_name(site) }.into());
        }
        if proved.value.checked_sub(before) != Some(value) {
            let proved = proved.value.saturating_sub(before);
            return Err(Disagreement::Value { file, proved, stated: value }.into());
        }
        if proved.bound.checked_sub(before) != Some(bound) {
            let proved = proved.bound.saturating_sub(before);
            return Err(Disagreement::Bound { file, proved, stated: bound }.into());
        }
        verification.certificate = Some(CertificateProof { file, steps: proof.steps() });
    }
    Ok(())
}

/// Checks the certificate of a bare instance.
fn of_index(
    arguments: &VerifyArguments,
    instance: &Path,
    console: &Console,
    verification: &mut Verification,
) -> Result<(), Failure> {
    let proof = ProofFile::read(&arguments.plan)?;
    let (sites, budget) = (arguments.files.sites, arguments.files.budget);
    if sites.is_none() && budget.is_none() {
        let reason = "say under which --sites or --budget the instance was solved";
        return Err(QuestionError::Missing { flag: "sites", reason }.into());
    }
    let mut findings = Findings::default();
    let read = read_index(instance, &mut findings);
    inputs::refuse_errors(&[findings], console)?;
    let mut read = read.unwrap_or_default();
    if arguments.greenfield {
        read.open.clear();
    }
    let (problem, _) = bare::problem(read, sites, budget)?;
    verification.source = Source::Index;
    proof_alone(&proof, &problem, "weight", verification)
}

/// Checks a certificate without its plan, such as one that there is none, of the problem that the files and limits
/// given make.
fn alone(
    arguments: &VerifyArguments,
    global: &Global,
    console: &Console,
    verification: &mut Verification,
) -> Result<(), Failure> {
    let proof = ProofFile::read(&arguments.plan)?;
    let question = ask::scenario_file(&arguments.files, global)?;
    let scenario = question.scenario()?;
    question.check_limits()?;
    ask::communes(&question)?;
    ask::candidates(&question)?;
    let mut inputs = inputs::read(&question, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    ask::no_capacity_limit(&scenario, "verify CERTIFICATE")?;
    let (problem, _) = ask::compile(&scenario, &question, &inputs.territory, &reach)?;
    verification.source = Source::Question;
    let unit = if scenario.counts_people() { "people" } else { "weight" };
    proof_alone(&proof, &problem, unit, verification)
}

/// Checks a certificate of a problem, and tells what it proves.
fn proof_alone(
    proof: &ProofFile,
    problem: &Problem,
    unit: &str,
    verification: &mut Verification,
) -> Result<(), Failure> {
    let instance = certificate::instance(problem)?;
    verification.problem = Some(instance.hash().to_owned());
    match proof.check(&instance)? {
        Verdict::Plan { sites, value, bound } => {
            let before = problem.value_of(&fixed_open(problem));
            let (value, bound) = (value.saturating_sub(before), bound.saturating_sub(before));
            verification.counted = Some((sites.len() as u64, value, bound, unit.to_owned()));
        }
        Verdict::Infeasible => verification.infeasible = true,
    }
    verification.certificate = Some(CertificateProof { file: proof.file.clone(), steps: proof.steps() });
    Ok(())
}

/// Warns where flags or the scenario ask something else than the plan answers: only the plan's request counts here.
fn other_question(given: &ScenarioFile, request: &serde_json::Value, console: &Console) {
    const FILES: [&str; 11] = [
        "join",
        "times",
        "times-origins",
        "times-destinations",
        "reach",
        "grid",
        "roads",
        "profile",
        "require",
        "forbid",
        "effort",
    ];
    let Ok(given) = serde_json::to_value(given) else { return };
    for (key, asked) in given.as_object().into_iter().flatten() {
        let Some(answered) = request.get(key).filter(|_| !asked.is_null() && !FILES.contains(&key.as_str())) else {
            continue;
        };
        if asked != answered {
            console.warning(
                "W903",
                &match console.language {
                    maillage_io::Language::English => {
                        format!("the plan answers {key} = {answered}; {key} = {asked} was given and is not used")
                    }
                    maillage_io::Language::French => {
                        format!("le plan répond à {key} = {answered} ; {key} = {asked}, donné ici, ne sert pas")
                    }
                },
            );
        }
    }
}

/// Returns the certificate named, else the one the plan names or `plan.cert`, where it lies beside the plan.
fn certificate_path(given: &ScenarioFile, stated: &StatedAnswer, plan: &Path) -> Option<PathBuf> {
    let beside = || {
        let named = stated.certificate.as_ref().map(|certificate| plan.with_file_name(&certificate.file));
        named.into_iter().chain([plan.with_extension("cert")]).find(|path| path.is_file())
    };
    given.certificate.clone().or_else(beside)
}

/// Returns the first site that stands in one of two ascending lists only.
fn in_one_only(one: &[SiteId], other: &[SiteId]) -> Option<SiteId> {
    let missing =
        |some: &[SiteId], others: &[SiteId]| some.iter().copied().find(|site| others.binary_search(site).is_err());
    missing(one, other).or_else(|| missing(other, one))
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Communes => "communes",
        Role::Candidates => "candidates",
        Role::Existing => "existing",
        Role::Join => "join",
        Role::Times => "times",
        Role::Reach => "reach",
        Role::Acts => "acts",
        Role::TimesOrigins => "times-origins",
        Role::TimesDestinations => "times-destinations",
        Role::Grid => "grid",
        Role::Roads => "roads",
        Role::Profile => "profile",
    }
}

fn base_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
