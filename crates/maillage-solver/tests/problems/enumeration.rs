//! All choices of sites there are, counted without the kernel.

use maillage_solver::{Fixing, Problem, SiteId};

/// The best value over all choices of sites, none when no choice is feasible.
pub fn best_value(problem: &Problem) -> Option<u64> {
    let fixed = |fixing: Fixing| mask(problem.fixings().iter().map(|found| *found == fixing));
    let (open, closed) = (fixed(Fixing::Open), fixed(Fixing::Closed));
    let sites = (0..).zip(problem.fixings()).map(|(site, _)| site);
    let covers: Vec<u64> = sites
        .map(|site: u32| problem.coverage().demands_of(SiteId(site)).iter().map(|demand| 1 << demand.0).sum())
        .collect();
    let choices = (0..1_u64 << covers.len()).filter(|choice| choice & open == open && choice & closed == 0);
    choices.filter_map(|choice| value(problem, &covers, choice)).max()
}

/// What a choice covers; none where it breaks a rule or a floor.
fn value(problem: &Problem, covers: &[u64], choice: u64) -> Option<u64> {
    for rule in problem.rules() {
        let sum: i64 = rule.coefficients.iter().map(|&(site, by)| if choice >> site.0 & 1 == 1 { by } else { 0 }).sum();
        if rule.least.is_some_and(|least| sum < least) || rule.most.is_some_and(|most| sum > most) {
            return None;
        }
    }
    let covered =
        (0..).zip(covers).filter(|(site, _)| choice >> site & 1 == 1).fold(0, |all, (_, covers)| all | covers);
    let counts = |demand: u32, by: u64| if covered >> demand & 1 == 1 { by } else { 0 };
    for floor in problem.floors() {
        if floor.coefficients.iter().map(|&(demand, by)| counts(demand.0, by)).sum::<u64>() < floor.least {
            return None;
        }
    }
    Some((0..).zip(problem.weights()).map(|(demand, &weight)| counts(demand, weight)).sum())
}

fn mask(bits: impl Iterator<Item = bool>) -> u64 {
    (0..).zip(bits).map(|(bit, set)| u64::from(set) << bit).sum()
}
