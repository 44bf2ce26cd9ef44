use crate::approximate::{real, unsigned};
use crate::greedy::all_sites;
use crate::stage::Prices;
use crate::{CoverageFloor, DemandId, Problem, SiteRule};

/// y of each site and z of each demand, λ of each demand, μ of each rule and ν of each floor; or a step for each.
///
/// Only demands with a coefficient in some floor have a z of their own: for the others it follows from λ.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) sites: Vec<f64>,
    pub(crate) covered: Vec<f64>,
    pub(crate) prices: Prices,
}

impl Point {
    /// Takes steps from the weights that make the iteration a contraction at `balance` 1 (Pock and Chambolle 2011,
    /// with each price measured in the units of what it prices).
    pub(crate) fn steps_of(problem: &Problem) -> Self {
        let coverage = problem.coverage();
        let rule_units = rule_price_units(problem);
        let floor_units = floor_price_units(problem);
        let floors_worth = |demand: DemandId| -> f64 {
            problem.floors_of(demand).iter().map(|&(floor, by)| floor_units[floor as usize] * unsigned(by)).sum()
        };
        let unit = |demand: DemandId| unsigned(problem.weights()[demand.index()]) + floors_worth(demand);
        let sites = all_sites(problem)
            .map(|site| {
                let demands: f64 = coverage.demands_of(site).iter().map(|&demand| unit(demand)).sum();
                let rules = problem.rules_of(site).iter();
                let rules: f64 = rules.map(|&(rule, by)| real(by.abs()) * rule_units[rule as usize]).sum();
                1.0 / (demands + rules).max(1e-9)
            })
            .collect();
        let all_demands = || (0..coverage.demands()).map(DemandId::at);
        let covered = if problem.floors().is_empty() {
            Vec::new()
        } else {
            all_demands().map(|demand| 1.0 / (unit(demand) + floors_worth(demand)).max(1e-9)).collect()
        };
        #[expect(clippy::cast_precision_loss, reason = "a row is shorter than 2^53")]
        let demands = all_demands()
            .map(|demand| {
                let own = usize::from(!problem.floors_of(demand).is_empty());
                unit(demand) / ((coverage.sites_of(demand).len() + own) as f64).max(1.0)
            })
            .collect();
        let rules = problem
            .rules()
            .iter()
            .zip(&rule_units)
            .map(|(rule, unit)| unit / rule.coefficients.iter().map(|entry| real(entry.1.abs())).sum::<f64>().max(1e-9))
            .collect();
        let floors = problem
            .floors()
            .iter()
            .zip(&floor_units)
            .map(|(floor, unit)| unit / floor.coefficients.iter().map(|entry| unsigned(entry.1)).sum::<f64>().max(1e-9))
            .collect();
        Self { sites, covered, prices: Prices { demands, rules, floors } }
    }

    /// Returns squared distances of sites and demands, and of prices, each over its step.
    pub(crate) fn distances(&self, other: &Self, steps: &Self) -> (f64, f64) {
        let sites =
            distance(&self.sites, &other.sites, &steps.sites) + distance(&self.covered, &other.covered, &steps.covered);
        let (one, other, steps) = (&self.prices, &other.prices, &steps.prices);
        let prices = distance(&one.demands, &other.demands, &steps.demands)
            + distance(&one.rules, &other.rules, &steps.rules)
            + distance(&one.floors, &other.floors, &steps.floors);
        (sites, prices)
    }
}

/// The order of magnitude of each floor's price: weight for each unit of the floor.
fn floor_price_units(problem: &Problem) -> Vec<f64> {
    let total = unsigned(problem.weights().iter().sum());
    let all = |floor: &CoverageFloor| unsigned(floor.coefficients.iter().map(|entry| entry.1).sum());
    problem.floors().iter().map(|floor| total.max(1.0) / all(floor).max(1.0)).collect()
}

/// The order of magnitude of each rule's price: all weight over what the rule's sum comes to.
///
/// That is its end, or, where the end is near 0 (a share, multiplied out), what the sum of its coefficients without
/// signs would be if sites opened as evenly as the tightest rule lets them.
fn rule_price_units(problem: &Problem) -> Vec<f64> {
    let total = unsigned(problem.weights().iter().sum());
    let all = |rule: &SiteRule| rule.coefficients.iter().map(|entry| real(entry.1.abs())).sum::<f64>().max(1.0);
    let shares = problem.rules().iter().filter_map(|rule| {
        let positive = rule.coefficients.iter().all(|entry| entry.1 > 0);
        rule.most.filter(|&most| positive && most > 0).map(|most| real(most) / all(rule))
    });
    let share = shares.fold(1.0, f64::min);
    problem
        .rules()
        .iter()
        .map(|rule| {
            let end = rule.most.or(rule.least).map_or(f64::INFINITY, |end| real(end.abs()));
            total.max(1.0) / end.max(share * all(rule)).clamp(1.0, all(rule))
        })
        .collect()
}

fn distance(one: &[f64], other: &[f64], steps: &[f64]) -> f64 {
    one.iter()
        .zip(other)
        .zip(steps)
        .filter(|entry| *entry.1 > 0.0)
        .map(|((one, other), step)| (one - other) * (one - other) / step)
        .sum()
}
