use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::choice::Choice;
use crate::{Problem, SiteId};

/// What a greedy construction takes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Appetite {
    /// The site that adds most.
    Gain,
    /// The site that adds most for each unit of the given rule.
    GainPer(usize),
}

/// Adds sites one by one while some fitting one adds weight, by lazy evaluation (Minoux 1978): what a site adds never
/// grows, so the largest stale figure that is still the largest when counted anew is the right one.
pub(crate) fn fill(choice: &mut Choice, appetite: Appetite) {
    let problem = choice.problem();
    let score = |choice: &Choice, site: SiteId| -> (u128, Reverse<SiteId>) {
        let gain = u128::from(choice.marginal(site));
        let scaled = match appetite {
            Appetite::Gain => gain << 60,
            Appetite::GainPer(rule) => {
                let entries = problem.rules_of(site);
                let by = entries.iter().find(|entry| entry.0 as usize == rule).map_or(0, |entry| entry.1);
                (gain << 60) / u128::from(by.max(1).unsigned_abs())
            }
        };
        (scaled, Reverse(site))
    };
    let mut heap: BinaryHeap<_> = all_sites(problem)
        .filter(|&site| !choice.is_open(site) && choice.marginal(site) > 0)
        .map(|site| score(choice, site))
        .collect();
    choice.add_work(problem.coverage().sites());
    while let Some((stale, Reverse(site))) = heap.pop() {
        if choice.is_open(site) || choice.marginal(site) == 0 || !choice.opening_stays_below(site) {
            continue;
        }
        let fresh = score(choice, site);
        if fresh.0 < stale && heap.peek().is_some_and(|next| *next > fresh) {
            heap.push(fresh);
            continue;
        }
        choice.flip(site);
    }
}

/// Builds a first choice: the best of filling by gain, by gain for each unit of each rule with an upper end, and
/// from the best single site (Khuller, Moss and Naor 1999).
pub(crate) fn build(problem: &Problem) -> Choice<'_> {
    let mut best: Option<Choice> = None;
    let mut appetites = vec![Appetite::Gain];
    for (position, rule) in problem.rules().iter().enumerate() {
        let uniform = rule.coefficients.windows(2).all(|pair| pair[0].1 == pair[1].1);
        if rule.most.is_some() && !uniform {
            appetites.push(Appetite::GainPer(position));
        }
    }
    let mut lowest = Choice::new(problem);
    crate::repair::satisfy_lower_ends(&mut lowest);
    let mut filled: Vec<Vec<SiteId>> = Vec::new();
    for appetite in appetites {
        let mut choice = lowest.clone();
        fill(&mut choice, appetite);
        if filled.iter().any(|open| open == choice.open_sites()) {
            continue;
        }
        filled.push(choice.open_sites().to_vec());
        crate::repair::repair(&mut choice);
        best = Some(match best {
            Some(best) if !is_better(&choice, &best) => best,
            _ => choice,
        });
    }
    let mut best = best.unwrap_or_else(|| Choice::new(problem));
    let mut single = Choice::new(problem);
    let largest = all_sites(problem)
        .filter(|&site| single.opening_fits(site))
        .max_by_key(|&site| (single.marginal(site), Reverse(site)));
    if let Some(site) = largest {
        single.flip(site);
        fill(&mut single, Appetite::Gain);
        if is_better(&single, &best) {
            best = single;
        }
    }
    best
}

/// Fewer broken rules first, then more weight.
pub(crate) fn is_better(candidate: &Choice, than: &Choice) -> bool {
    (Reverse(candidate.excess()), candidate.value()) > (Reverse(than.excess()), than.value())
}

pub(crate) fn all_sites(problem: &Problem) -> impl Iterator<Item = SiteId> + use<> {
    (0..problem.coverage().sites()).map(SiteId::at)
}
