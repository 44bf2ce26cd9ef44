use crate::approximate::{real, unsigned};
use crate::bound::LagrangianBound;
use crate::parallel;
use crate::point::Point;
use crate::products::{Image, Products};
use crate::rule_rows::RuleRows;
use crate::stage::{Prices, Saddle};
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
    at: Point,
    /// Where the present round of iterations started.
    anchor: Point,
    /// One step from `at`, before averaging.
    stepped: Point,
    /// What `at`, `anchor` and `stepped` come to on the other side of the coverage.
    image: Image,
    anchor_image: Image,
    products: Products,
    rows: RuleRows,
    /// The most that the price of each demand can be: its weight, where no floor counts it.
    most: Vec<f64>,
    steps: Point,
    /// Balance between the steps of sites and of prices.
    balance: f64,
    since_restart: u32,
    residual_at_restart: f64,
    last_residual: f64,
    best: LagrangianBound,
    scale_bits: u32,
    iterations: u64,
    /// A site held open (1) or closed (0).
    held: Option<(SiteId, f64)>,
}

impl<'a> Dual<'a> {
    /// Starts from given multipliers and sites (1 open, 0 closed).
    pub(crate) fn new(problem: &'a Problem, prices: Prices, open: Vec<f64>, scale_bits: u32) -> Self {
        let best = LagrangianBound::count(problem, &prices, scale_bits);
        let covered = vec![0.5; if problem.floors().is_empty() { 0 } else { problem.weights().len() }];
        let at = Point { sites: open, covered, prices };
        let rows = RuleRows::new(problem);
        let products = Products::new(problem, &rows, &at.sites, &at.prices.demands);
        let most = (0..).map(DemandId).zip(problem.weights());
        let most = most.map(
            |(demand, &weight)| {
                if problem.floors_of(demand).is_empty() { unsigned(weight) } else { f64::INFINITY }
            },
        );
        Self {
            problem,
            anchor: at.clone(),
            stepped: at.clone(),
            image: products.image.clone(),
            anchor_image: products.image.clone(),
            products,
            rows,
            most: most.collect(),
            at,
            steps: Point::steps_of(problem),
            balance: 1.0,
            since_restart: 0,
            residual_at_restart: f64::INFINITY,
            last_residual: f64::INFINITY,
            best,
            scale_bits,
            iterations: 0,
            held: None,
        }
    }

    /// Starts from where another relaxation of much the same problem stands.
    pub(crate) fn from_saddle(problem: &'a Problem, saddle: Saddle, scale_bits: u32) -> Self {
        let Saddle { prices, lowest, openness, balance } = saddle;
        let mut dual = Self { balance, ..Self::new(problem, prices, openness, scale_bits) };
        if &lowest != dual.prices() {
            let lowest = LagrangianBound::count(problem, &lowest, scale_bits);
            if lowest.is_below(&dual.best) {
                dual.best = lowest;
            }
        }
        dual
    }

    /// Tells where it stands.
    pub(crate) fn saddle(&self) -> Saddle {
        Saddle {
            prices: self.prices().clone(),
            lowest: Prices::of(&self.best),
            openness: self.openness().to_vec(),
            balance: self.balance,
        }
    }

    /// Holds one site open or closed from here on.
    pub(crate) fn holding(mut self, site: SiteId, open: bool) -> Self {
        self.held = Some((site, if open { 1.0 } else { 0.0 }));
        self.best = self.best.holding(site, open);
        self
    }

    pub(crate) fn best(&self) -> &LagrangianBound {
        &self.best
    }

    pub(crate) fn scale_bits(&self) -> u32 {
        self.scale_bits
    }

    pub(crate) fn iterations(&self) -> u64 {
        self.iterations
    }

    /// Returns the present multipliers.
    pub(crate) fn prices(&self) -> &Prices {
        &self.stepped.prices
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
        let mut bound = LagrangianBound::count(self.problem, &self.stepped.prices, self.scale_bits);
        if let Some((site, state)) = self.held {
            bound = bound.holding(site, state > 0.5);
        }
        if bound.is_below(&self.best) {
            self.best = bound;
        }
    }

    /// One reflected Halpern step: halfway between mirror image and step, drawn to the anchor ever less.
    fn step(&mut self) {
        self.operator();
        self.since_restart += 1;
        let pull = 1.0 / f64::from(self.since_restart + 1);
        let mix = |at: &mut Vec<f64>, stepped: &[f64], anchor: &[f64]| {
            parallel::for_each_chunk(at, CHUNK, |start, part| {
                for ((at, stepped), anchor) in part.iter_mut().zip(&stepped[start..]).zip(&anchor[start..]) {
                    *at = (1.0 - pull) * (2.0 * stepped - *at) + pull * anchor;
                }
            });
        };
        let Self { at, stepped, anchor, image, anchor_image, products, .. } = self;
        mix(&mut at.sites, &stepped.sites, &anchor.sites);
        mix(&mut at.covered, &stepped.covered, &anchor.covered);
        mix(&mut at.prices.demands, &stepped.prices.demands, &anchor.prices.demands);
        mix(&mut at.prices.rules, &stepped.prices.rules, &anchor.prices.rules);
        mix(&mut at.prices.floors, &stepped.prices.floors, &anchor.prices.floors);
        // The same mixture of images is the image of the mixture.
        mix(&mut image.cover, &products.image.cover, &anchor_image.cover);
        mix(&mut image.prize, &products.image.prize, &anchor_image.prize);
        mix(&mut image.rules, &products.image.rules, &anchor_image.rules);
    }

    /// Computes `stepped` from `at`: sites first, then prices against the sites mirrored across their step.
    fn operator(&mut self) {
        let Self { problem, at, stepped, image, products, rows, most, steps, balance, held, .. } = self;
        let (at, steps, image, balance, rows) = (&*at, &*steps, &*image, *balance, &*rows);
        parallel::for_each_chunk(&mut stepped.sites, CHUNK, |start, part| {
            let part_of = start..start + part.len();
            part.copy_from_slice(&image.prize[part_of.clone()]);
            rows.charge(problem, &at.prices.rules, start, part);
            for ((slot, at), step) in part.iter_mut().zip(&at.sites[part_of]).zip(&steps.sites[start..]) {
                *slot = (at + step / balance * *slot).clamp(0.0, 1.0);
            }
        });
        if let Some((site, state)) = *held {
            stepped.sites[site.index()] = state;
        }
        parallel::fill(&mut stepped.covered, CHUNK, |demand| {
            let floors = problem.floors_of(DemandId::at(demand)).iter();
            let worth: f64 = floors.map(|&(floor, by)| at.prices.floors[floor as usize] * unsigned(by)).sum();
            let net = unsigned(problem.weights()[demand]) + worth - at.prices.demands[demand];
            (at.covered[demand] + steps.covered[demand] / balance * net).clamp(0.0, 1.0)
        });
        products.move_sites(problem, rows, &stepped.sites);
        let cover = &products.image.cover;
        let covered = &stepped.covered;
        parallel::for_each_chunk(&mut stepped.prices.demands, CHUNK, |start, part| {
            let part_of = start..start + part.len();
            let covers = cover[part_of.clone()].iter().zip(&image.cover[start..]);
            let bounds = at.prices.demands[part_of].iter().zip(&steps.prices.demands[start..]).zip(&most[start..]);
            for ((slot, (now, before)), ((at, step), &most)) in part.iter_mut().zip(covers).zip(bounds) {
                let moved = at - step * balance * (2.0 * now - before - 1.0);
                let moved = if moved > most { most } else { moved };
                *slot = if moved < 0.0 { 0.0 } else { moved };
            }
        });
        for (demand, covered) in covered.iter().enumerate() {
            if !problem.floors_of(DemandId::at(demand)).is_empty() {
                let wanted = 2.0 * covered - at.covered[demand];
                let cover = 2.0 * cover[demand] - image.cover[demand];
                let moved = at.prices.demands[demand] - steps.prices.demands[demand] * balance * (cover - wanted);
                stepped.prices.demands[demand] = moved.max(0.0);
            }
        }
        products.move_prices(problem.coverage(), &stepped.prices.demands);
        for (number, rule) in problem.rules().iter().enumerate() {
            let sum = 2.0 * products.image.rules[number] - image.rules[number];
            let step = steps.prices.rules[number] * balance;
            let moved = at.prices.rules[number] + step * sum;
            let above = rule.most.map_or(0.0, |most| (moved - step * real(most)).max(0.0));
            let below = rule.least.map_or(0.0, |least| (moved - step * real(least)).min(0.0));
            stepped.prices.rules[number] = above + below;
        }
        let mirrored_demand = |demand: usize| 2.0 * covered[demand] - at.covered[demand];
        for (number, floor) in problem.floors().iter().enumerate() {
            let coefficients = floor.coefficients.iter();
            let sum: f64 = coefficients.map(|&(demand, by)| mirrored_demand(demand.index()) * unsigned(by)).sum();
            let step = steps.prices.floors[number] * balance;
            stepped.prices.floors[number] = (at.prices.floors[number] - step * (sum - unsigned(floor.least))).max(0.0);
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
        let (sites, prices) = self.stepped.distances(&self.anchor, &self.steps);
        if sites > 1e-30 && prices > 1e-30 {
            // Moved evenly, in the metric of the steps (Applegate and others 2021, primal weight).
            let wanted = (prices / sites).sqrt();
            self.balance = (0.5 * wanted.ln() + 0.5 * self.balance.ln()).exp().clamp(1e-6, 1e6);
        }
        self.keep_bound();
        self.products.refresh(self.problem, &self.rows);
        self.at.clone_from(&self.stepped);
        self.anchor.clone_from(&self.stepped);
        self.image.clone_from(&self.products.image);
        self.anchor_image.clone_from(&self.products.image);
        self.since_restart = 0;
        self.residual_at_restart = residual;
        self.last_residual = f64::INFINITY;
    }

    /// How far one step still moves, in the metric of the steps.
    fn residual(&self) -> f64 {
        let (sites, prices) = self.stepped.distances(&self.at, &self.steps);
        (sites * self.balance + prices / self.balance).sqrt()
    }
}
