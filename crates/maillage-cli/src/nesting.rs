use std::time::Duration;

use maillage_core::{Plan, Reach, Scenario, SiteState, Territory};
use maillage_io::{AnswerNesting, ScenarioFile};
use maillage_solver::{Search, SiteId, Solution, Solver};

use crate::ask;
use crate::failure::Failure;
use crate::watch::Watch;

/// Plans the last phase alone, and tells what the plan's last phase loses against it; nothing where there are no two
/// phases, or where no plan was found in time.
///
/// Where nothing better than the plan's own last phase is found alone, that is what the last phase alone is worth.
pub(crate) fn nesting(
    scenario: &Scenario,
    file: &ScenarioFile,
    (territory, reach): (&Territory, &Reach),
    plan: &Plan,
    search: &Search,
    watch: impl Fn(u64) -> Watch,
) -> Result<Option<AnswerNesting>, Failure> {
    let Some(alone) = alone(scenario) else { return Ok(None) };
    // A budget below the cheapest candidate is no question for one phase; among several it is, and opens nothing.
    let Ok((problem, dictionary)) = ask::compile(&alone, file, territory, reach) else { return Ok(None) };
    let is_open = |site: u32| {
        let is_new = || plan.sites.iter().any(|open| open.is_new && open.site == site);
        territory.sites().get(site as usize).is_some_and(|found| found.state == SiteState::Existing || is_new())
    };
    let openings = (0..).map(SiteId).zip(&dictionary.openings);
    let open: Vec<SiteId> = openings.filter(|(_, opening)| is_open(opening.site)).map(|(id, _)| id).collect();
    let nested = Solution::count(&problem, &open);
    let watch = watch(dictionary.covered_before);
    let mut outcome = search.solve(&problem, &watch)?;
    watch.finish();
    let bound = outcome.bound;
    if nested.is_feasible() && (!outcome.solution.is_feasible() || nested.value() > outcome.solution.value()) {
        outcome.solution = nested.clone();
    }
    if !outcome.solution.is_feasible() || bound < nested.value() {
        return Ok(None);
    }
    let best = Plan::read_back(territory, reach, &alone, &dictionary, &outcome);
    let nested = nested.value().saturating_sub(dictionary.covered_before);
    let new = best.sites.iter().filter(|site| site.is_new);
    let ids = new.filter_map(|site| territory.sites().get(site.site as usize)).map(|site| site.id.clone());
    Ok(Some(AnswerNesting::of(nested, &best, ids.collect())))
}

/// Returns the last phase planned alone; nothing where a site may open in several ways in one phase, so that its
/// identifier does not say how it opens.
fn alone(scenario: &Scenario) -> Option<Scenario> {
    scenario.last_phase_alone().filter(|alone| alone.r#type.is_empty() && alone.hub.is_none())
}

/// Returns the watch of the whole plan, or of the last phase alone: with phases the first has two thirds of a limit.
pub(crate) fn share_of_limit(file: &ScenarioFile, has_phases: bool) -> Option<Duration> {
    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    limit.map(|limit| if has_phases { limit.mul_f64(2.0 / 3.0) } else { limit })
}

/// Counts again what is stated of the last phase planned alone; its bound is taken from the plan.
pub(crate) fn recount(
    scenario: &Scenario,
    file: &ScenarioFile,
    (territory, reach): (&Territory, &Reach),
    new: &[&str],
    stated: &AnswerNesting,
) -> Option<AnswerNesting> {
    let alone = alone(scenario)?;
    let (problem, dictionary) = ask::compile(&alone, file, territory, reach).ok()?;
    let value = |ids: &[&str]| {
        let is_open = |site: u32| {
            let found = territory.sites().get(site as usize);
            found.is_some_and(|site| site.state == SiteState::Existing || ids.contains(&site.id.as_str()))
        };
        let openings = (0..).map(SiteId).zip(&dictionary.openings);
        let open: Vec<SiteId> = openings.filter(|(_, opening)| is_open(opening.site)).map(|(id, _)| id).collect();
        let solution = Solution::count(&problem, &open);
        solution.is_feasible().then(|| solution.value().saturating_sub(dictionary.covered_before))
    };
    let listed: Vec<&str> = stated.alone_sites.iter().map(String::as_str).collect();
    let (nested, best) = (value(new)?, value(&listed)?);
    let bound = stated.alone_bound.max(best);
    Some(AnswerNesting {
        nested,
        alone: best,
        alone_bound: bound,
        loss_least: best.saturating_sub(nested),
        loss_most: bound.saturating_sub(nested),
        alone_sites: stated.alone_sites.clone(),
    })
}
