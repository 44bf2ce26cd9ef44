use std::cmp::Reverse;

use crate::SiteId;
use crate::choice::Choice;
use crate::greedy::all_sites;

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

/// Flips and swaps sites until no rule is broken, as far as single moves lead; never breaks rules further.
pub(crate) fn repair(choice: &mut Choice) {
    for _ in 0..1000 {
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
fn swap_once(choice: &mut Choice, before: i64) -> bool {
    let mut best: Option<(i64, SiteId, SiteId)> = None;
    let open = choice.open_sites().to_vec();
    for opened in all_sites(choice.problem()).filter(|&site| !choice.is_open(site)) {
        for &closed in &open {
            let after = choice.excess_after(&[opened, closed]);
            if after < best.map_or(before, |(best, ..)| best) {
                best = Some((after, opened, closed));
            }
        }
    }
    choice.add_work(choice.problem().coverage().sites() * (open.len() + 1));
    if let Some((_, opened, closed)) = best {
        choice.flip(closed);
        choice.flip(opened);
    }
    best.is_some()
}
