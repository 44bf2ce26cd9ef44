use std::time::{Duration, Instant};

use maillage_io::{AnswerCertificate, AnswerGuarantee, Findings, Output, QuestionError, Stop, gap, read_index};
use maillage_solver::{BackEnd, DemandId, Effort, Milp, Outcome, Problem, Search, SiteId, Solver};
use serde_json::json;

use crate::arguments::{Global, SolveArguments, SolverName};
use crate::bare::{fixed_open, problem};
use crate::certificate::{CheckedCertificate, write_impossible};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs::{refuse_errors, stop_if_asked};
use crate::interrupt;
use crate::model::{ModelFile, Names};
use crate::watch::Watch;
use crate::words::{grouped, percent_up, plural};

/// Solves a bare instance. Ties between sites go to the cheaper, then to the earlier in the file.
pub(crate) fn run(arguments: &SolveArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    if arguments.sites.is_none() && arguments.budget.is_none() {
        let reason = "say how many sites may open (--sites 100), what they may cost (--budget 5000), or both";
        return Err(QuestionError::Missing { flag: "sites", reason }.into());
    }
    let inputs = std::slice::from_ref(&arguments.instance);
    let model = arguments.write_model.as_deref().map(ModelFile::of).transpose()?;
    let paths = arguments.certificate.iter().cloned().chain(model.iter().flat_map(ModelFile::paths));
    let mut output = Output::check(paths.collect(), inputs, global.force)?;
    let of_model = output.split_off(usize::from(arguments.certificate.is_some()));
    let mut findings = Findings::default();
    let instance = read_index(&arguments.instance, &mut findings);
    refuse_errors(&[findings], console)?;
    stop_if_asked()?;
    let mut instance = instance.unwrap_or_default();
    if arguments.greenfield {
        instance.open.clear();
    }
    let (problem, order) = problem(instance, arguments.sites, arguments.budget)?;
    if let Some(model) = model {
        let site = |site: SiteId| order.get(site.index()).map(|(_, index)| index.to_string()).unwrap_or_default();
        let rules = [arguments.sites.map(|_| "sites"), arguments.budget.map(|_| "budget")];
        let rules = rules.into_iter().flatten().map(str::to_owned).collect();
        model.write(
            of_model,
            &problem,
            &Names { site, demand: |demand: DemandId| demand.0.to_string(), rules, floors: Vec::new() },
        )?;
    }
    let open: Vec<SiteId> = fixed_open(&problem);
    let before = problem.value_of(&open);
    let limit = arguments.time_limit.map(maillage_io::TimeLimit::duration);
    let watch = Watch::new(started, limit, console.hides_progress(), console.language, before);
    let solving = Instant::now();
    let solved = solver(arguments).solve(&problem, &watch);
    let solving = solving.elapsed();
    watch.finish();
    let outcome = match solved {
        Ok(outcome) => outcome,
        Err(error) => {
            write_impossible(&error, &problem, output)?;
            return Err(error.into());
        }
    };
    if !outcome.solution.is_feasible() {
        return Err(Failure::NoPlan);
    }
    let stopped_by = Stop::of(outcome.stopped_by, watch.reason());
    let value = outcome.solution.value().saturating_sub(before);
    let bound = outcome.bound.saturating_sub(before);
    let new = outcome.solution.sites().iter().filter(|site| !open.contains(site));
    let mut sites: Vec<u32> = new.filter_map(|site| order.get(site.index()).map(|&(_, index)| index)).collect();
    sites.sort_unstable();
    let cost: u64 = order.iter().filter(|(_, index)| sites.binary_search(index).is_ok()).map(|(cost, _)| cost).sum();
    let guarantee = AnswerGuarantee::from(outcome.guarantee);
    let certificate = write_certificate(output, &problem, &outcome)?;
    if console.json {
        let mut answer = json!({
            "version": 1,
            "program": concat!("maillage ", env!("CARGO_PKG_VERSION")),
            "guarantee": guarantee,
            "feasible": true,
            "stopped_by": stopped_by,
            "objective": { "unit": "weight", "value": value, "bound": bound },
            "gap": gap(value, bound, bound),
            "mip_gap": gap(value, bound, value),
            "sites_open": open.len(),
            "sites_new": sites.len(),
            "cost": cost,
            "sites": sites,
            "work": {
                "pairs": outcome.work.pairs,
                "iterations": outcome.work.iterations,
                "nodes": outcome.work.nodes,
            },
            "seconds": seconds(started.elapsed()),
            "seconds_solving": seconds(solving),
        });
        if let (Some(certificate), Some(members)) = (certificate, answer.as_object_mut()) {
            members.insert("certificate".to_owned(), json!(certificate));
        }
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&closing(value, bound, guarantee, sites.len() as u64, cost, console))?;
    Ok(if stopped_by == Stop::Signal { Exit::Stopped } else { Exit::Answered })
}

/// Returns seconds to the millisecond.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

/// Returns the solver that is asked for; back ends take the effort as work on the bound.
fn solver(arguments: &SolveArguments) -> Box<dyn Solver> {
    // Who gives a time limit wants that time used.
    let usual = if arguments.time_limit.is_some() { Effort::Proof } else { Effort::Normal };
    let effort = arguments.effort.map_or(usual, Effort::from);
    let back_end = match arguments.solver {
        SolverName::Search => {
            let gap = arguments.gap.map_or(0.0, maillage_io::Share::of_one);
            return Box::new(Search { effort, gap, certificate: arguments.certificate.is_some() });
        }
        SolverName::Milp => BackEnd::Microlp,
        #[cfg(feature = "highs")]
        SolverName::Highs => BackEnd::Highs,
    };
    let iterations = match effort {
        Effort::Quick => 200,
        Effort::Normal => 1_000,
        Effort::Proof => 10_000,
    };
    let time_limit = arguments.time_limit.map(maillage_io::TimeLimit::duration);
    Box::new(Milp { back_end, time_limit, iterations })
}

/// Checks the proof and writes it, where that is asked for.
fn write_certificate(
    output: Output,
    problem: &Problem,
    outcome: &Outcome,
) -> Result<Option<AnswerCertificate>, Failure> {
    let Some(name) = output.targets().first().and_then(|path| path.file_name()) else { return Ok(None) };
    let file = name.to_string_lossy().into_owned();
    let certificate = CheckedCertificate::of(problem, outcome)?;
    interrupt::whole(|| output.write(&[certificate.text().as_bytes().to_vec()]))?;
    Ok(Some(AnswerCertificate { file, problem: certificate.problem().to_owned() }))
}

fn closing(value: u64, bound: u64, guarantee: AnswerGuarantee, sites: u64, cost: u64, console: &Console) -> String {
    use maillage_io::Language::{English, French};
    let language = console.language;
    let number = |number: u64| grouped(number, language);
    let open = gap(value, bound, bound).map_or_else(|| "?".to_owned(), |share| percent_up(share, language));
    let proved = match (guarantee, language) {
        (AnswerGuarantee::Optimal, English) => "no choice within these limits covers more.".to_owned(),
        (AnswerGuarantee::Optimal, French) => "aucun choix dans ces limites ne couvre plus.".to_owned(),
        (AnswerGuarantee::Bounded, English) => {
            format!("no choice within these limits covers more than {} (gap {open}).", number(bound))
        }
        (AnswerGuarantee::Bounded, French) => {
            format!("aucun choix dans ces limites ne couvre plus de {} (écart {open}).", number(bound))
        }
        (AnswerGuarantee::None, English) => "nothing is proved.".to_owned(),
        (AnswerGuarantee::None, French) => "rien n’est prouvé.".to_owned(),
    };
    match language {
        English => format!(
            "{} new {} at a cost of {} {} {} more; {proved}\n",
            number(sites),
            plural(sites, "site", "sites", language),
            number(cost),
            plural(sites, "covers", "cover", language),
            number(value)
        ),
        French => format!(
            "{} {}, d’un coût de {}, {} {} de plus ; {proved}\n",
            number(sites),
            plural(sites, "nouveau site", "nouveaux sites", language),
            number(cost),
            plural(sites, "couvre", "couvrent", language),
            number(value)
        ),
    }
}
