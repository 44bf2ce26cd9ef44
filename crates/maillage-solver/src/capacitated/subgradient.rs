use super::CapacitatedProblem;
use super::bound::{BoundCounter, Counted, UNIT};
use crate::approximate::unsigned;
use crate::greedy::all_sites;
use crate::{Fixing, SiteId};

/// How much of each new answer goes into the average.
const SHARE_OF_NEW: f64 = 0.1;

/// Multipliers on their way down to the best Lagrangian bound, by the volume algorithm (Barahona and Anbil 2000): steps
/// against an average of the knapsacks' answers, from the best multipliers so far.
#[derive(Clone, Debug)]
pub(super) struct Subgradient<'a> {
    problem: &'a CapacitatedProblem,
    counter: BoundCounter<'a>,
    /// λ of the best bound, from 0 to 1.
    best_prices: Vec<f64>,
    best: Counted,
    last: Counted,
    /// What the knapsacks serve of each demand, averaged.
    average: Vec<f64>,
    /// By how much of the gap a step aims.
    reach: f64,
    since_better: u32,
}

impl<'a> Subgradient<'a> {
    /// Starts from given multipliers.
    pub(super) fn new(problem: &'a CapacitatedProblem, prices: Vec<f64>) -> Self {
        let mut counter = BoundCounter::new(problem);
        let scaled = scaled(&prices);
        let best = counter.count(&scaled, &vec![0; problem.covering().rules().len()]);
        let average = served_of(&counter, problem, &best, &scaled);
        Self { problem, counter, best_prices: prices, last: best.clone(), best, average, reach: 0.5, since_better: 0 }
    }

    pub(super) fn best(&self) -> &Counted {
        &self.best
    }

    /// Returns the free sites in the order in which the last relaxation would open them.
    pub(super) fn preference(&self) -> Vec<SiteId> {
        let reduced = &self.last.reduced;
        let mut order: Vec<SiteId> = all_sites(self.problem.covering()).collect();
        order.sort_by_key(|site| (-reduced[site.index()], *site));
        order
    }

    /// Takes a step; `value` is what a feasible choice serves. Returns whether the bound fell.
    pub(super) fn step(&mut self, value: u64) -> bool {
        let needs = self.problem.covering().weights();
        let gap = unsigned(self.best.floor().saturating_sub(value)).max(1.0);
        let norm: f64 = needs
            .iter()
            .zip(&self.average)
            .zip(&self.best_prices)
            .map(|((&need, &served), &price)| {
                let over = served - unsigned(need);
                // A price at its end that would go further does not move.
                let stuck = (price <= 0.0 && over < 0.0) || (price >= 1.0 && over > 0.0);
                if need == 0 || stuck { 0.0 } else { over * over / unsigned(need) }
            })
            .sum();
        if norm <= 0.0 {
            return false;
        }
        let length = self.reach * gap / norm;
        let move_price = |((&need, &served), &price): ((&u64, &f64), &f64)| {
            if need == 0 { 0.0 } else { (price + length * (served / unsigned(need) - 1.0)).clamp(0.0, 1.0) }
        };
        let prices: Vec<f64> = needs.iter().zip(&self.average).zip(&self.best_prices).map(move_price).collect();
        let scaled = scaled(&prices);
        let counted = self.counter.count(&scaled, &self.best.rule_prices);
        let served = served_of(&self.counter, self.problem, &counted, &scaled);
        for (average, new) in self.average.iter_mut().zip(served) {
            *average += SHARE_OF_NEW * (new - *average);
        }
        let fell = counted.scaled < self.best.scaled;
        if fell {
            self.best_prices = prices;
            self.best = counted.clone();
            self.since_better = 0;
            self.reach = (self.reach * 1.1).min(2.0);
        } else {
            self.since_better += 1;
            if self.since_better >= 10 {
                self.since_better = 0;
                self.reach = (self.reach * 0.7).max(1e-4);
            }
        }
        self.last = counted;
        fell
    }
}

/// Adds up what the knapsacks of the sites that the relaxation opens serve of each demand.
fn served_of(
    knapsacks: &BoundCounter<'_>,
    problem: &CapacitatedProblem,
    counted: &Counted,
    prices: &[i64],
) -> Vec<f64> {
    let covering = problem.covering();
    let mut served = vec![0.0; covering.weights().len()];
    for site in all_sites(covering) {
        let is_open = match covering.fixings()[site.index()] {
            Fixing::Free => counted.reduced[site.index()] > 0,
            Fixing::Open => true,
            Fixing::Closed => false,
        };
        if is_open {
            for (demand, by) in knapsacks.knapsack(site, prices) {
                served[demand.index()] += unsigned(by);
            }
        }
    }
    served
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "`as` saturates, and NaN becomes 0")]
fn scaled(prices: &[f64]) -> Vec<i64> {
    prices.iter().map(|price| ((price * UNIT as f64).round() as i64).clamp(0, UNIT)).collect()
}
