use crate::bound::LagrangianBound;
use crate::parallel;
use crate::stage::Prices;
use crate::{DemandId, Observer, Problem, SiteId};

/// How many rows one thread takes at a time; fixed, so that sums never depend on the number of threads.
const CHUNK: usize = 4096;

/// Multipliers on their way to the best Lagrangian bound: the bound of the linear relaxation.
///
/// The relaxation is the saddle point of λᵀ(A y − 1) − μᵀ(R y) over 0 ≤ y ≤ 1, 0 ≤ λ ≤ w and rule prices μ. It is
/// approached by the primal-dual hybrid gradient (Chambolle and Pock 2011) with diagonal steps, made Halpern iterations
/// with reflection and restarts (Lu and Yang 2024), which converge linearly on linear programs. Whatever the
/// multipliers, the bound counted from them is valid.
#[derive(Clone, Debug)]
pub(crate) struct Dual<'a> {
    problem: &'a Problem,
    /// y of each site, λ of each demand, μ of each rule: the iterate.
    at: Point,
    /// Where the present round of iterations started.
    anchor: Point,
    /// One step from `at`, before averaging.
    stepped: Point,
    extrapolated: Vec<f64>,
    steps: Steps,
    /// Balance between the steps of sites and of prices.
    balance: f64,
    since_restart: u32,
    residual_at_restart: f64,
    last_residual: f64,
    best: LagrangianBound,
    scale_bits: u32,
    iterations: u64,
}

#[derive(Clone, Debug, PartialEq)]
struct Point {
    sites: Vec<f64>,
    demands: Vec<f64>,
    rules: Vec<f64>,
}

/// Diagonal step lengths that make the iteration a contraction at `balance` 1.
#[derive(Clone, Debug)]
struct Steps {
    sites: Vec<f64>,
    demands: Vec<f64>,
    rules: Vec<f64>,
}

impl<'a> Dual<'a> {
    /// Starts from given multipliers and sites (1 open, 0 closed).
    pub(crate) fn new(problem: &'a Problem, prices: Prices, open: Vec<f64>, scale_bits: u32) -> Self {
        let Prices { demands: demand_prices, rules: rule_prices } = prices;
        let best = LagrangianBound::count(problem, &demand_prices, &rule_prices, scale_bits);
        let at = Point { sites: open, demands: demand_prices, rules: rule_prices };
        Self {
            problem,
            anchor: at.clone(),
            stepped: at.clone(),
            extrapolated: vec![0.0; at.sites.len()],
            at,
            steps: Steps::of(problem),
            balance: 1.0,
            since_restart: 0,
            residual_at_restart: f64::INFINITY,
            last_residual: f64::INFINITY,
            best,
            scale_bits,
            iterations: 0,
        }
    }

    pub(crate) fn best(&self) -> &LagrangianBound {
        &self.best
    }

    pub(crate) fn iterations(&self) -> u64 {
        self.iterations
    }

    /// Returns the present multipliers of demands and rules.
    pub(crate) fn prices(&self) -> (&[f64], &[f64]) {
        (&self.stepped.demands, &self.stepped.rules)
    }

    /// Returns how far each site is open in the relaxation, from 0 to 1.
    pub(crate) fn openness(&self) -> &[f64] {
        &self.stepped.sites
    }

    /// Does some iterations, then counts the bound.
    pub(crate) fn advance(&mut self, iterations: u32, observer: &dyn Observer) {
        for _ in 0..iterations {
            if observer.should_stop() {
                break;
            }
            self.step();
            self.iterations += 1;
            if self.since_restart % 16 == 15 {
                self.consider_restart();
            }
        }
        self.keep_bound();
    }

    fn keep_bound(&mut self) {
        let bound = LagrangianBound::count(self.problem, &self.stepped.demands, &self.stepped.rules, self.scale_bits);
        if bound.is_below(&self.best) {
            self.best = bound;
        }
    }

    /// One reflected Halpern step: halfway between mirror image and step, drawn to the anchor ever less.
    fn step(&mut self) {
        self.operator();
        self.since_restart += 1;
        let pull = 1.0 / f64::from(self.since_restart + 1);
        let mix = |at: &mut [f64], stepped: &[f64], anchor: &[f64]| {
            for ((at, &stepped), &anchor) in at.iter_mut().zip(stepped).zip(anchor) {
                *at = (1.0 - pull) * (2.0 * stepped - *at) + pull * anchor;
            }
        };
        mix(&mut self.at.sites, &self.stepped.sites, &self.anchor.sites);
        mix(&mut self.at.demands, &self.stepped.demands, &self.anchor.demands);
        mix(&mut self.at.rules, &self.stepped.rules, &self.anchor.rules);
    }

    /// Computes `stepped` from `at`: sites first, then prices against the extrapolated sites.
    fn operator(&mut self) {
        let Self { problem, at, stepped, extrapolated, steps, balance, .. } = self;
        let coverage = problem.coverage();
        let (at, steps, balance) = (&*at, &*steps, *balance);
        parallel::fill(&mut stepped.sites, CHUNK, |site| {
            let id = site_id(site);
            let prize: f64 = coverage.demands_of(id).iter().map(|demand| at.demands[demand.index()]).sum();
            let charge: f64 = problem.rules_of(id).iter().map(|&(rule, by)| at.rules[rule as usize] * real(by)).sum();
            (at.sites[site] + steps.sites[site] / balance * (prize - charge)).clamp(0.0, 1.0)
        });
        for ((extrapolated, &stepped), &at) in extrapolated.iter_mut().zip(&stepped.sites).zip(&at.sites) {
            *extrapolated = 2.0 * stepped - at;
        }
        let extrapolated = &*extrapolated;
        let weights = problem.weights();
        parallel::fill(&mut stepped.demands, CHUNK, |demand| {
            let sites = coverage.sites_of(demand_id(demand));
            let cover: f64 = sites.iter().map(|site| extrapolated[site.index()]).sum();
            let moved = at.demands[demand] - steps.demands[demand] * balance * (cover - 1.0);
            #[expect(clippy::cast_precision_loss, reason = "weights are below 2^53")]
            let weight = weights[demand] as f64;
            moved.clamp(0.0, weight)
        });
        for (number, rule) in problem.rules().iter().enumerate() {
            let sum: f64 = rule.coefficients.iter().map(|&(site, by)| extrapolated[site.index()] * real(by)).sum();
            let step = steps.rules[number] * balance;
            let moved = at.rules[number] + step * sum;
            let above = rule.most.map_or(0.0, |most| (moved - step * real(most)).max(0.0));
            let below = rule.least.map_or(0.0, |least| (moved - step * real(least)).min(0.0));
            stepped.rules[number] = above + below;
        }
    }

    /// Restarts from where the iteration stands when it has come much nearer, or has stopped coming nearer.
    fn consider_restart(&mut self) {
        self.operator();
        let residual = self.residual();
        let sufficient = residual <= 0.2 * self.residual_at_restart;
        let stalled = residual <= 0.8 * self.residual_at_restart && residual > self.last_residual;
        let long = u64::from(self.since_restart) >= (self.iterations * 36 / 100).max(64);
        self.last_residual = residual;
        if self.residual_at_restart.is_infinite() {
            self.residual_at_restart = residual;
        } else if sufficient || stalled || long {
            self.restart(residual);
        }
    }

    fn restart(&mut self, residual: f64) {
        let sites = distance(&self.stepped.sites, &self.anchor.sites, &self.steps.sites);
        let prices = distance(&self.stepped.demands, &self.anchor.demands, &self.steps.demands)
            + distance(&self.stepped.rules, &self.anchor.rules, &self.steps.rules);
        if sites > 1e-30 && prices > 1e-30 {
            // Moved evenly, in the metric of the steps (Applegate and others 2021, primal weight).
            let wanted = (prices / sites).sqrt();
            self.balance = (0.5 * wanted.ln() + 0.5 * self.balance.ln()).exp().clamp(1e-6, 1e6);
        }
        self.keep_bound();
        self.at.clone_from(&self.stepped);
        self.anchor.clone_from(&self.stepped);
        self.since_restart = 0;
        self.residual_at_restart = residual;
        self.last_residual = f64::INFINITY;
    }

    /// How far one step still moves, in the metric of the steps.
    fn residual(&self) -> f64 {
        let sites = distance(&self.stepped.sites, &self.at.sites, &self.steps.sites) * self.balance;
        let prices = (distance(&self.stepped.demands, &self.at.demands, &self.steps.demands)
            + distance(&self.stepped.rules, &self.at.rules, &self.steps.rules))
            / self.balance;
        (sites + prices).sqrt()
    }
}

impl Steps {
    /// Takes steps from the weights (Pock and Chambolle 2011, with each price measured in the units of its weight).
    fn of(problem: &Problem) -> Self {
        let coverage = problem.coverage();
        let price_of_rules: Vec<f64> = rule_price_units(problem);
        #[expect(clippy::cast_precision_loss, reason = "weights are below 2^53")]
        let weight = |demand: DemandId| problem.weights()[demand.index()] as f64;
        let sites = (0..coverage.sites())
            .map(|site| {
                let id = site_id(site);
                let demands: f64 = coverage.demands_of(id).iter().map(|&demand| weight(demand)).sum();
                let rules: f64 =
                    problem.rules_of(id).iter().map(|&(rule, by)| real(by.abs()) * price_of_rules[rule as usize]).sum();
                1.0 / (demands + rules).max(1e-9)
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a row is shorter than 2^53")]
        let demands = (0..coverage.demands())
            .map(|demand| {
                let id = demand_id(demand);
                weight(id) / (coverage.sites_of(id).len() as f64).max(1.0)
            })
            .collect();
        let rules = problem
            .rules()
            .iter()
            .zip(&price_of_rules)
            .map(|(rule, unit)| {
                let total: f64 = rule.coefficients.iter().map(|entry| real(entry.1.abs())).sum();
                unit / total.max(1e-9)
            })
            .collect();
        Self { sites, demands, rules }
    }
}

/// The order of magnitude of each rule's price: all weight over all that the rule lets in.
fn rule_price_units(problem: &Problem) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "weights add up to at most 2^53")]
    let total = problem.weights().iter().sum::<u64>() as f64;
    problem
        .rules()
        .iter()
        .map(|rule| {
            let all: i64 = rule.coefficients.iter().map(|entry| entry.1.abs()).sum();
            let end = rule.most.or(rule.least).map_or(all, |end| end.abs().clamp(1, all.max(1)));
            total.max(1.0) / real(end.max(1))
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

#[expect(clippy::cast_precision_loss, reason = "coefficients and ends are below 2^53")]
fn real(whole: i64) -> f64 {
    whole as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a coverage holds at most u32::MAX sites")]
fn site_id(site: usize) -> SiteId {
    SiteId(site as u32)
}

#[expect(clippy::cast_possible_truncation, reason = "a coverage holds at most u32::MAX demands")]
fn demand_id(demand: usize) -> DemandId {
    DemandId(demand as u32)
}
