use crate::choice::Choice;
use crate::{Fixing, Problem, SiteId, Solution};

/// Settles ties: among choices that cover as much, fewer sites, then sites of smaller index.
///
/// Single steps only: a site whose closing loses nothing is closed, a site is replaced by the smallest-index site that
/// loses nothing, until no such step is left. Rules hold throughout.
pub(crate) fn tidy(problem: &Problem, solution: &Solution) -> Solution {
    let mut choice = Choice::new(problem);
    for &site in solution.sites() {
        choice.flip(site);
    }
    let free: Vec<SiteId> = {
        let is_free = |site: &SiteId| problem.fixings()[site.index()] == Fixing::Free;
        solution.sites().iter().copied().filter(is_free).collect()
    };
    let mut open = Vec::with_capacity(free.len());
    for &site in free.iter().rev() {
        if choice.marginal(site) == 0 && choice.closing_fits(site) {
            choice.flip(site);
        } else {
            open.push(site);
        }
    }
    // Each replacement lowers an index, so this ends; a few passes settle nearly everything.
    for _ in 0..10 {
        let mut changed = false;
        for site in &mut open {
            if let Some(smaller) = smaller_twin(&mut choice, *site) {
                *site = smaller;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    Solution::count(problem, choice.open_sites())
}

/// Replaces an open site by the smallest-index closed one that covers all that would be lost, and returns that one.
fn smaller_twin(choice: &mut Choice, site: SiteId) -> Option<SiteId> {
    let problem = choice.problem();
    let coverage = problem.coverage();
    let needed = choice.marginal(site);
    let own = coverage
        .demands_of(site)
        .iter()
        .filter(|&&demand| choice.only_owner(demand).is_some_and(|(owner, weight)| owner == site && weight > 0));
    let rarest = own.copied().min_by_key(|&demand| coverage.sites_of(demand).len())?;
    let candidates = coverage.sites_of(rarest).iter().copied().take_while(|&other| other < site);
    let candidates: Vec<SiteId> = candidates
        .filter(|&other| {
            problem.fixings()[other.index()] == Fixing::Free && !choice.is_open(other) && choice.swap_fits(other, site)
        })
        .collect();
    if candidates.is_empty() {
        return None;
    }
    choice.flip(site);
    let twin = candidates.into_iter().find(|&other| choice.marginal(other) >= needed);
    choice.flip(twin.unwrap_or(site));
    twin
}
