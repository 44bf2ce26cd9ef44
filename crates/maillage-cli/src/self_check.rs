use maillage_core::{Dictionary, KeptRule, Plan, Scenario};
use maillage_solver::Outcome;

use crate::failure::Failure;

/// Checks that the plan, counted from places, is worth what the solver says and keeps the rules asked for.
pub(crate) fn self_check(
    plan: &Plan,
    outcome: &Outcome,
    dictionary: &Dictionary,
    scenario: &Scenario,
) -> Result<(), Failure> {
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
    if let Some(broken) = plan.rules.iter().position(KeptRule::is_broken) {
        return refuse("the first rule that does not hold", broken as u64, plan.rules.len() as u64);
    }
    Ok(())
}
