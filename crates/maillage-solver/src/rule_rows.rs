use crate::approximate::real;
use crate::{Problem, SiteId};

/// The coefficients of all rules as floating-point numbers, whole rows of them where that is short.
#[derive(Clone, Debug)]
pub(crate) struct RuleRows {
    /// For each rule its coefficient at every site; empty where most are zeros, which are then left out.
    whole: Vec<Vec<f64>>,
}

/// Sums are taken in so many interleaved parts, which processors do side by side.
const LANES: usize = 8;

impl RuleRows {
    pub(crate) fn new(problem: &Problem) -> Self {
        let sites = problem.coverage().sites();
        let coefficients: usize = problem.rules().iter().map(|rule| rule.coefficients.len()).sum();
        if coefficients * 2 < sites * problem.rules().len() {
            return Self { whole: Vec::new() };
        }
        let row = |rule: &crate::SiteRule| {
            let mut row = vec![0.0; sites];
            for &(site, by) in &rule.coefficients {
                row[site.index()] += real(by);
            }
            row
        };
        Self { whole: problem.rules().iter().map(row).collect() }
    }

    /// Takes what the rules charge from the prizes of the sites from `start` on.
    pub(crate) fn charge(&self, problem: &Problem, rule_prices: &[f64], start: usize, prizes: &mut [f64]) {
        if self.whole.is_empty() {
            for (site, prize) in (start..).zip(prizes) {
                let rules = problem.rules_of(SiteId::at(site)).iter();
                *prize -= rules.map(|&(rule, by)| rule_prices[rule as usize] * real(by)).sum::<f64>();
            }
            return;
        }
        for (price, row) in rule_prices.iter().zip(&self.whole) {
            for (prize, by) in prizes.iter_mut().zip(&row[start..]) {
                *prize -= price * by;
            }
        }
    }

    /// Adds up each rule over open sites.
    pub(crate) fn sums(&self, problem: &Problem, sites: &[f64], sums: &mut [f64]) {
        if self.whole.is_empty() {
            for (sum, rule) in sums.iter_mut().zip(problem.rules()) {
                *sum = rule.coefficients.iter().map(|&(site, by)| sites[site.index()] * real(by)).sum();
            }
            return;
        }
        for (sum, row) in sums.iter_mut().zip(&self.whole) {
            *sum = product(row, sites);
        }
    }
}

fn product(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest = ones.remainder().iter().zip(others.remainder()).map(|(one, other)| one * other);
    let rest: f64 = rest.sum();
    for (one, other) in ones.zip(others) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum::<f64>() + rest
}
