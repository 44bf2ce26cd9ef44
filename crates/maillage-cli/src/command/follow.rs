use std::time::Instant;

use maillage_core::{Changing, Dictionary, Followed, FollowedSite, PlanCommune, Reach, Scenario, SiteState, Territory};
use maillage_io::{
    ActsColumns, AnswerInput, AnswerSheet, Findings, FollowAnswer, FollowChanges, FollowedRow, Places, ScenarioFile,
    Stop, gap, read_acts,
};
use maillage_solver::{Problem, Search, SensitivityError, SiteId};

use super::plan::search;
use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{FollowArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan_again::PlanAgain;
use crate::summary::FollowSummary;
use crate::watch::Watch;
use crate::{ask, impossible, inputs, interrupt};

/// Reads observed use against a plan, and looks for the best plan after a few changes.
pub(crate) fn run(arguments: &FollowArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    let again = PlanAgain::read(&arguments.plan, &arguments.question, global, "follow")?;
    let file = &again.file;
    check(file)?;
    let scenario = file.scenario()?;
    file.check_limits()?;
    let mut protected = again.protected(global);
    protected.push(arguments.acts.clone());
    let files = AnswerFiles::of_question(file, &protected, global)?;

    let mut inputs = inputs::read(file, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    let territory = &inputs.territory;
    files.check_crs(territory)?;
    let new = again.new_sites(territory)?;
    let open: Vec<u32> = new.iter().copied().chain(territory.existing()).collect();
    let columns = ActsColumns {
        id: arguments.acts_id_field.clone(),
        acts: arguments.acts_field.clone(),
        planned: arguments.planned_field.clone(),
    };
    let mut findings = Findings::default();
    let acts = read_acts(&arguments.acts, &columns, (territory, &open), &mut findings);
    inputs::refuse_errors(&[findings], console)?;
    let Some((uses, acts_file)) = acts else { return Ok(Exit::BadData) };
    let followed = Followed::of(territory, &reach, &scenario, (&new, &uses), arguments.regular);

    let changes = match arguments.changes {
        Some(most) => {
            let asked = Asked { arguments, file, scenario: &scenario, started };
            Some(asked.change((territory, &reach), (&new, &followed), most, console)?)
        }
        None => None,
    };
    let stopped = changes.is_some() && interrupt::asked();
    let known: Vec<_> = followed.sites.iter().filter(|site| site.acts.is_some()).collect();
    let from = inputs.provenance(file, &scenario, Stop::Effort);
    let mut read = from.inputs();
    read.push(AnswerInput::of(&acts_file, &from.sources));
    let answer = FollowAnswer {
        version: 1,
        program: format!("maillage {}", env!("CARGO_PKG_VERSION")),
        plan: again.name(),
        regular: arguments.regular,
        sites: FollowedRow::of(territory, &followed),
        below: followed.sites.iter().filter(|site| site.is_below).count() as u64,
        acts: known.iter().filter_map(|site| site.acts).sum(),
        planned: known.iter().map(|site| site.planned).sum::<Option<u64>>().filter(|_| !known.is_empty()),
        correlation: followed.correlation.map(|correlation| (correlation.tau_b * 10_000.0).round() / 10_000.0),
        changes,
        inputs: read,
        request: from.request,
        seconds: None,
    };
    let told = Told {
        answer,
        sheets: &|answer| {
            let communes = PlanCommune::all(territory, &reach, &scenario, &new);
            answer.sheets(&Places::of(territory), vec![AnswerSheet::communes(territory, &communes)])
        },
        text: &|answer, written, language| FollowSummary { answer, written }.to_text(language),
    };
    files.tell(told, started, console)?;
    Ok(if stopped { Exit::Stopped } else { Exit::Answered })
}

/// Refuses what cannot be followed.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::no_phases(file, "follow")?;
    ask::plain_sites(file, "follow")?;
    ask::refuse(&[("within-capacity", file.within_capacity == Some(true)), ("split", file.split.is_some())], "follow")
}

/// What is asked of the plan.
struct Asked<'run> {
    arguments: &'run FollowArguments,
    file: &'run ScenarioFile,
    scenario: &'run Scenario,
    started: Instant,
}

impl Asked<'_> {
    /// Looks for the best plan that gives up so few of the new sites.
    fn change(
        &self,
        (territory, reach): (&Territory, &Reach),
        (new, followed): (&[u32], &Followed),
        most: u32,
        console: &Console,
    ) -> Result<FollowChanges, Failure> {
        let is_given_up = |site: &&FollowedSite| site.is_new && site.is_below && self.arguments.close_unused;
        let given_up: Vec<u32> = followed.sites.iter().filter(is_given_up).map(|site| site.site).collect();
        if given_up.len() as u64 > u64::from(most) {
            return Err(Failure::TooFewChanges { below: given_up.len() as u64, most: u64::from(most) });
        }
        let scenario = self.scenario;
        let spent = new.iter().filter_map(|site| territory.sites().get(*site as usize)).map(|site| site.cost).sum();
        if let Some(budget) = scenario.budget.filter(|budget| self.arguments.spent && spent > *budget) {
            return Err(Failure::SpentAboveBudget { spent, budget });
        }
        let (problem, dictionary) = ask::compile(scenario, self.file, territory, reach)?;
        let limit = self.file.time_limit.map(maillage_io::TimeLimit::duration);
        let before = dictionary.covered_before;
        let watch = Watch::new(self.started, limit, console.hides_progress(), console.language, before);
        let search = Search { certificate: false, ..search(scenario) };
        let changing = Changing { planned: new, most, given_up: &given_up, is_spent: self.arguments.spent };
        let solved = changing.solve((territory, scenario), (&problem, &dictionary), &search, &watch);
        watch.finish();
        let changed = solved.map_err(|error| match error {
            SensitivityError::Solve(error) => impossible::explain(error, scenario, (&problem, &dictionary), &watch),
            other => other.into(),
        })?;
        if !changed.outcome.solution.is_feasible() {
            return Err(Failure::NoPlan);
        }
        let id = |site: &u32| territory.sites().get(*site as usize).map(|site| site.id.clone());
        let kept: Vec<u32> = new.iter().copied().filter(|site| !given_up.contains(site)).collect();
        let value = changed.outcome.solution.value().saturating_sub(before);
        let bound = changed.outcome.bound.saturating_sub(before);
        let cost = |site: &u32| territory.sites().get(*site as usize).map_or(0, |site| site.cost);
        Ok(FollowChanges {
            most,
            closes: changed.closed.iter().filter_map(id).collect(),
            opens: changed.opened.iter().filter_map(id).collect(),
            unit: scenario.unit(),
            value_before: worth(territory, (&problem, &dictionary), &kept).saturating_sub(before),
            value,
            bound,
            gap: gap(value, bound, bound),
            guarantee: changed.outcome.guarantee.into(),
            cost: changed.opened.iter().map(cost).sum(),
        })
    }
}

/// Counts what existing sites and these cover.
fn worth(territory: &Territory, (problem, dictionary): (&Problem, &Dictionary), new: &[u32]) -> u64 {
    let is_open = |site: u32| {
        new.contains(&site)
            || territory.sites().get(site as usize).is_some_and(|site| site.state == SiteState::Existing)
    };
    let open = (0..).map(SiteId).zip(&dictionary.openings).filter(|(_, opening)| is_open(opening.site));
    problem.value_of(&open.map(|(site, _)| site).collect::<Vec<_>>())
}
