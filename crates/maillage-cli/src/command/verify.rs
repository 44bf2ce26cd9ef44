use std::fs;
use std::path::{Path, PathBuf};

use maillage_io::{Findings, InputFile, PlanFile, QuestionError, Role, ScenarioFile, StatedAnswer, read_index};
use maillage_solver::{Problem, SiteId, Solution};
use maillage_verify::{Certificate, Instance, Verdict};

use crate::arguments::{Global, VerifyArguments};
use crate::command::solve;
use crate::console::Console;
use crate::disagreement::Disagreement;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::recount::Rebuilt;
use crate::summary::{CertificateProof, Verification};
use crate::{ask, certificate, inputs};

/// Recounts a plan from its inputs and checks its certificate; writes nothing.
pub(crate) fn run(arguments: &VerifyArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let flags = ScenarioFile { certificate: None, ..arguments.files.clone() };
    ask::writes_nothing(&flags, "verify")?;
    let mut verification = Verification::new(base_name(&arguments.plan));
    let verified = match &arguments.instance {
        Some(instance) => bare(arguments, instance, console, &mut verification),
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
    let (question, paths) = question(&plan.stated, &given, &arguments.plan)?;
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
    let mut inputs = inputs::read(&question, true, console)?;
    let reach = inputs.reach(&scenario, scenario.within)?;
    let (problem, dictionary) = ask::compile(&scenario, &question, &inputs.territory, &reach)?;
    // Files may have been renamed since.
    for (file, stated) in inputs.files.iter_mut().zip(&plan.stated.inputs) {
        file.file.clone_from(&stated.file);
    }
    let instance = certificate::instance(&problem).map_err(|error| Failure::Certificate(error.into()))?;
    verification.problem = Some(instance.hash());
    let rebuilt = Rebuilt {
        question: &question,
        scenario: &scenario,
        territory: &inputs.territory,
        files: &inputs.files,
        reach: &reach,
        problem: &problem,
        dictionary: &dictionary,
        hash: verification.problem.as_deref().unwrap_or_default(),
    };

    let proof = match certificate_path(&given, &plan.stated, &arguments.plan) {
        Some(path) => Some((base_name(&path), read_certificate(&path)?)),
        None => None,
    };
    let open = match (plan.new_sites(), &proof) {
        (Some(new), _) => rebuilt.open_sites(&new)?,
        (None, Some((file, proof))) => {
            other_problem(file, proof, rebuilt.hash)?;
            known_sites(&problem, &proof.plan)
        }
        (None, None) => return Err(Failure::NoSites { file: arguments.plan.clone() }),
    };
    let solution = rebuilt.count(&open)?;
    rebuilt.compare(&solution, &plan)?;
    let before = dictionary.covered_before;
    let value = solution.value().saturating_sub(before);
    let bound = plan.stated.objective.bound;
    verification.counted =
        Some((rebuilt.new_sites(&open).len() as u64, value, bound, plan.stated.objective.unit.clone()));

    let proved = match proof {
        Some((file, proof)) => {
            let site_name = |site: u32| {
                let position = dictionary.site_of(site as usize);
                let site = position.and_then(|position| inputs.territory.sites().get(position as usize));
                site.map(|site| site.id.clone()).unwrap_or_default()
            };
            let verdict = check(&file, &proof, &instance, rebuilt.hash)?;
            same_sites(&file, &proof, &solution, site_name)?;
            if verdict.value.checked_sub(before) != Some(value) {
                let proved = verdict.value.saturating_sub(before);
                return Err(Disagreement::Value { file, proved, stated: value }.into());
            }
            if verdict.bound.checked_sub(before) != Some(bound) {
                let proved = verdict.bound.saturating_sub(before);
                return Err(Disagreement::Bound { file, proved, stated: bound }.into());
            }
            Some(CertificateProof { file, steps: proof.steps.len() as u64 })
        }
        None => None,
    };
    verification.certificate = proved;
    verification.missing = match &verification.certificate {
        None => plan.stated.certificate.as_ref().map(|certificate| certificate.file.clone()),
        Some(_) => None,
    };
    Ok(())
}

/// Checks the certificate of a bare instance.
fn bare(
    arguments: &VerifyArguments,
    instance: &Path,
    console: &Console,
    verification: &mut Verification,
) -> Result<(), Failure> {
    let file = base_name(&arguments.plan);
    let proof = read_certificate(&arguments.plan)?;
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
    let (problem, _) = solve::problem(read, sites, budget)?;
    let rebuilt = certificate::instance(&problem).map_err(|error| Failure::Certificate(error.into()))?;
    let hash = rebuilt.hash();
    let verdict = check(&file, &proof, &rebuilt, &hash)?;
    let open = solve::fixed_open(&problem);
    let before = problem.value_of(&open);
    let new = (proof.plan.len() - open.len().min(proof.plan.len())) as u64;
    let (value, bound) = (verdict.value.saturating_sub(before), verdict.bound.saturating_sub(before));
    verification.problem = Some(hash);
    verification.counted = Some((new, value, bound, "weight".to_owned()));
    verification.certificate = Some(CertificateProof { file, steps: proof.steps.len() as u64 });
    Ok(())
}

/// Returns the question of a plan asked of files, and the path of each of its inputs: those given, else the ones of
/// the same name beside the plan.
fn question(stated: &StatedAnswer, given: &ScenarioFile, plan: &Path) -> Result<(ScenarioFile, Vec<PathBuf>), Failure> {
    let incomplete = |source| maillage_io::PlanFileError::BadAnswer { file: plan.to_owned(), source };
    let mut question = ScenarioFile::of_request(&stated.request).map_err(incomplete)?;
    let keys = stated.request.get("join").and_then(serde_json::Value::as_array);
    let mut keys = keys.into_iter().flatten().filter_map(|join| join.as_str()?.rsplit_once(':')).map(|(_, key)| key);
    let mut joins = given.joins()?.into_iter();
    let mut joined = Vec::new();
    let mut paths = Vec::new();
    for input in &stated.inputs {
        let beside = plan.with_file_name(&input.file);
        let path = match input.role {
            Role::Communes => question.communes.insert(given.communes.clone().unwrap_or(beside)).clone(),
            Role::Candidates => question.candidates.insert(given.candidates.clone().unwrap_or(beside)).clone(),
            Role::Existing => question.existing.insert(given.existing.clone().unwrap_or(beside)).clone(),
            Role::Times => question.times.insert(given.times.clone().unwrap_or(beside)).clone(),
            Role::Join => {
                let path = joins.next().map_or(beside, |join| join.file);
                joined.push(format!("{}:{}", path.display(), keys.next().unwrap_or_default()));
                path
            }
        };
        paths.push(path);
    }
    question.join = (!joined.is_empty()).then_some(joined);
    Ok((question, paths))
}

/// Warns where flags or the scenario ask something else than the plan answers: only the plan's request counts here.
fn other_question(given: &ScenarioFile, request: &serde_json::Value, console: &Console) {
    const FILES: [&str; 5] = ["join", "times", "require", "forbid", "effort"];
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

fn read_certificate(path: &Path) -> Result<Certificate, Failure> {
    let bytes = fs::read(path).map_err(|source| Failure::Reading { file: path.to_owned(), source })?;
    Certificate::parse(&bytes).map_err(|error| {
        if bytes.starts_with(b"maillage-certificate") {
            Disagreement::Damaged { file: base_name(path), error }.into()
        } else {
            Failure::NotCertificate { file: path.to_owned(), source: error }
        }
    })
}

fn other_problem(file: &str, proof: &Certificate, hash: &str) -> Result<(), Disagreement> {
    if proof.problem == hash {
        return Ok(());
    }
    let (file, stated, counted) = (file.to_owned(), proof.problem.clone(), hash.to_owned());
    Err(Disagreement::OtherProblem { file, stated, counted })
}

fn check(file: &str, proof: &Certificate, instance: &Instance, hash: &str) -> Result<Verdict, Disagreement> {
    other_problem(file, proof, hash)?;
    maillage_verify::verify(instance, proof).map_err(|refusal| Disagreement::Refused { file: file.to_owned(), refusal })
}

/// Returns the sites of a certificate's plan that the problem has.
fn known_sites(problem: &Problem, plan: &[u32]) -> Vec<SiteId> {
    plan.iter().copied().map(SiteId).filter(|site| site.index() < problem.coverage().sites()).collect()
}

fn same_sites(
    file: &str,
    proof: &Certificate,
    solution: &Solution,
    site_name: impl Fn(u32) -> String,
) -> Result<(), Disagreement> {
    let counted: Vec<u32> = solution.sites().iter().map(|site| site.0).collect();
    let in_one_only =
        |(some, others): (&[u32], &[u32])| some.iter().copied().find(|site| others.binary_search(site).is_err());
    let other = [(proof.plan.as_slice(), counted.as_slice()), (counted.as_slice(), proof.plan.as_slice())]
        .into_iter()
        .find_map(in_one_only);
    match other {
        Some(site) => Err(Disagreement::OtherSites { file: file.to_owned(), id: site_name(site) }),
        None => Ok(()),
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Communes => "communes",
        Role::Candidates => "candidates",
        Role::Existing => "existing",
        Role::Join => "join",
        Role::Times => "times",
    }
}

fn base_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
