use std::cmp::Reverse;

use crate::choice::Choice;
use crate::greedy::all_sites;
use crate::{Problem, SiteId};

/// Builds a choice of some sites, as far as upper ends allow, and mends it.
pub(crate) fn near<'a>(problem: &'a Problem, sites: &[SiteId]) -> Choice<'a> {
    let mut choice = Choice::new(problem);
    for &site in sites {
        if choice.opening_stays_below(site) {
            choice.flip(site);
        }
    }
    satisfy_lower_ends(&mut choice);
    repair(&mut choice);
    choice
}

/// Opens sites that bring rules and floors up to their lower ends, the ones that add most weight first, while no upper end is
/// passed.
pub(crate) fn satisfy_lower_ends(choice: &mut Choice) {
    let problem = choice.problem();
    for (position, rule) in problem.rules().iter().enumerate() {
        while rule.least.is_some_and(|least| choice.activity(position) < least) {
            let next = rule
                .coefficients
                .iter()
                .filter(|&&(site, by)| by > 0 && !choice.is_open(site) && choice.opening_stays_below(site))
                .max_by_key(|&&(site, by)| (choice.marginal(site), by, Reverse(site)));
            choice.add_work(rule.coefficients.len());
            match next {
                Some(&(site, _)) => choice.flip(site),
                None => break,
            }
        }
    }
    for floor in 0..problem.floors().len() {
        while choice.floor_shortfall(floor) > 0 {
            let next = all_sites(problem)
                .filter(|&site| !choice.is_open(site) && choice.opening_stays_below(site))
                .map(|site| (choice.floor_gain(floor, site), choice.marginal(site), Reverse(site)))
                .max();
            choice.add_work(problem.coverage().pairs());
            match next {
                Some((gain, _, Reverse(site))) if gain > 0 => choice.flip(site),
                _ => break,
            }
        }
    }
}

/// Array entries that mending one choice may touch: mending people by people under tight floors could take minutes.
const MOST_WORK: u64 = 10_000_000;

/// Flips and swaps sites until no rule is broken, as far as single moves lead; never breaks rules further.
pub(crate) fn repair(choice: &mut Choice) {
    let last = choice.work().saturating_add(MOST_WORK);
    while choice.work() < last {
        let before = choice.excess();
        if before == 0 || !(flip_once(choice, before) || swap_once(choice, before)) {
            return;
        }
    }
}

/// Makes the flip that mends most, and among those keeps most weight.
fn flip_once(choice: &mut Choice, before: i64) -> bool {
    let mut best: Option<((i64, i64), SiteId)> = None;
    for site in all_sites(choice.problem()) {
        let after = choice.excess_after(&[site]);
        if after >= before {
            continue;
        }
        let weight = i64::try_from(choice.marginal(site)).unwrap_or(i64::MAX);
        let change = if choice.is_open(site) { -weight } else { weight };
        let key = (-after, change);
        if best.is_none_or(|(best, _)| key > best) {
            best = Some((key, site));
        }
    }
    choice.add_work(choice.problem().coverage().sites());
    best.map(|(_, site)| choice.flip(site)).is_some()
}

/// Makes the swap that mends most.
///
/// Closing a site helps no floor, so what the floors lack with the opened site alone is the least that a swap leaves.
fn swap_once(choice: &mut Choice, before: i64) -> bool {
    let problem = choice.problem();
    let closed = all_sites(problem).filter(|&site| !choice.is_open(site));
    let mut opened: Vec<(i64, SiteId)> = closed.map(|site| (choice.shortfall_with(site), site)).collect();
    opened.sort_unstable();
    let open = choice.open_sites().to_vec();
    let mut best: Option<(i64, SiteId, SiteId)> = None;
    let mut tried = opened.len();
    for (least, opened) in opened {
        if least >= best.map_or(before, |(best, ..)| best) {
            break;
        }
        tried += open.len();
        for &closed in &open {
            let after = choice.excess_after(&[opened, closed]);
            if after < best.map_or(before, |(best, ..)| best) {
                best = Some((after, opened, closed));
            }
        }
    }
    let coverage = problem.coverage();
    let row = if problem.floors().is_empty() { 1 } else { 1 + 2 * coverage.pairs() / coverage.sites().max(1) };
    choice.add_work(tried * row);
    if let Some((_, opened, closed)) = best {
        choice.flip(closed);
        choice.flip(opened);
    }
    best.is_some()
}
