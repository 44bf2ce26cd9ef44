use crate::bound::{self, LagrangianBound};
use crate::branching::Branching;
use crate::counts;
use crate::impossible::Impossible;
use crate::incumbent::Incumbent;
use crate::intensification::{DEAR, Intensification};
use crate::reduction::Reduction;
use crate::stage::{self, Stage};
use crate::start::{Pace, Relaxed, Start};
use crate::trace::Trace;
use crate::{
    Guarantee, Observer, Outcome, Phase, Prices, Problem, Progress, Search, SiteId, Solution, SolveError, StoppedBy,
    Verdict, Work, greedy, repair, tidy,
};

/// Array entries that looking for choices near the bound may touch.
const HOPE_WORK: u64 = 80_000_000;

/// One run of the solver.
pub(crate) struct Run<'a> {
    settings: &'a Search,
    problem: &'a Problem,
    observer: &'a dyn Observer,
    incumbent: Incumbent<'a>,
    trace: Trace<'a>,
    /// Whether the trace is a whole walk, rather than to be cut at the lowest bound.
    complete: bool,
    /// No choice covers more, in weight.
    bound: i128,
    stopped: bool,
    prices: Prices,
    pub(crate) relaxed: Option<Relaxed>,
    pace: Pace,
    work: Work,
}

impl<'a> Run<'a> {
    /// Does all the work.
    pub(crate) fn new(
        settings: &'a Search,
        problem: &'a Problem,
        observer: &'a dyn Observer,
        start: &Start,
    ) -> Result<Self, SolveError> {
        let total: u64 = problem.weights().iter().sum();
        let mut run = Self {
            settings,
            problem,
            observer,
            incumbent: Incumbent::new(problem),
            trace: Trace::new(problem, bound::scale_bits_for(problem), settings.certificate),
            complete: false,
            bound: i128::from(total),
            stopped: false,
            prices: Prices::default(),
            relaxed: None,
            pace: start.pace,
            work: Work { pairs: problem.coverage().pairs() as u64, ..Work::default() },
        };
        run.report(Phase::Reducing);
        let reduction = match Reduction::of(problem, problem.fixings()) {
            Ok(reduction) => reduction,
            Err(impossible) => return Err(run.trace.refused(impossible)),
        };
        run.trace.dominated(&reduction);
        let nothing = stage::Prices::nothing(&reduction);
        let bits = run.trace.scale_bits();
        run.lower_bound_by(&reduction, &LagrangianBound::count(&reduction.problem, &nothing, bits));
        run.report(Phase::Building);
        let first = greedy::build(&reduction.problem);
        run.incumbent.offer(&reduction.expand(first.open_sites()));
        for choice in &start.choices {
            run.incumbent.offer(choice);
        }
        if !start.near.is_empty() {
            let mended = repair::near(&reduction.problem, &reduction.within(&start.near));
            run.incumbent.offer(&reduction.expand(mended.open_sites()));
        }
        run.rounds(reduction, &start.relaxed)?;
        Ok(run)
    }

    /// Lowers the bound and searches in rounds, making the problem smaller where that is proved, then branches.
    fn rounds(&mut self, reduction: Reduction, relaxed: &Relaxed) -> Result<(), SolveError> {
        let allowance = self.settings.effort.allowance();
        let mut left = allowance.rounds / self.pace.share;
        let mut reduction = reduction;
        let mut saddle = stage::Saddle::at(stage::Prices::halfway(&reduction));
        if !relaxed.openness.is_empty() {
            let Prices { demands, rules, floors } = &relaxed.prices;
            saddle = stage::Saddle::at(stage::Prices {
                demands: reduction.carry_prices(demands),
                rules: rules.clone(),
                floors: floors.clone(),
            });
            saddle.openness = reduction.sites.iter().map(|site| relaxed.openness[site.index()]).collect();
        }
        let mut seed = 0;
        let mut root = true;
        loop {
            if reduction.sites.is_empty() {
                self.incumbent.offer(&reduction.open);
                self.trace.leaf(
                    &reduction,
                    &LagrangianBound::count(&reduction.problem, &saddle.prices, self.trace.scale_bits()),
                );
                self.close();
                return Ok(());
            }
            if self.is_done() {
                return Ok(());
            }
            let mut current = Stage::new(&reduction, saddle, &self.incumbent, self.trace.scale_bits(), seed);
            seed += 1;
            let next = self.work_on(&mut current, &mut left, root);
            if root {
                self.prices = reduction.spread_prices(self.problem, current.bound());
                self.relaxed = Some(self.relax(&reduction, &current));
                root = false;
            }
            self.work.iterations += current.dual().iterations() + current.kicks();
            match next {
                Next::Smaller(fixings) => {
                    self.trace.fix(&reduction, current.bound(), &fixings, true);
                    match reduction.then(&fixings) {
                        Ok(smaller) => {
                            self.trace.dominated(&smaller);
                            saddle = if smaller.problem.coverage().pairs() >= DEAR {
                                current.dual().saddle().carried(&reduction, &smaller)
                            } else {
                                stage::Saddle::at(current.dual().prices().carried(&smaller))
                            };
                            reduction = smaller;
                        }
                        Err(Impossible::Rule(rule)) => {
                            self.trace.impossible(rule);
                            self.close();
                            return Ok(());
                        }
                        Err(Impossible::Floor(floor)) => {
                            self.trace.impossible_floor(floor);
                            self.close();
                            return Ok(());
                        }
                        Err(other) => return Err(SolveError::from(other)),
                    }
                }
                Next::Branch => {
                    let saddle = current.dual().saddle();
                    self.branch(reduction, saddle, allowance.branching / self.pace.share);
                    return Ok(());
                }
                Next::Done => return Ok(()),
            }
        }
    }

    /// Tells the relaxation in terms of the problem given.
    fn relax(&self, reduction: &Reduction, current: &Stage) -> Relaxed {
        let mut openness = vec![0.0; self.problem.coverage().sites()];
        for (site, &open) in reduction.sites.iter().zip(current.dual().openness()) {
            openness[site.index()] = open;
        }
        let bound = current.bound().floor() + i128::from(reduction.base);
        Relaxed { bound, prices: self.prices.clone(), openness }
    }

    /// Works on one stage until it can be made smaller, is done, or should be branched on.
    fn work_on(&mut self, current: &mut Stage, left: &mut u64, root: bool) -> Next {
        let reduction = current.reduction();
        let pairs = reduction.problem.coverage().pairs() as u64;
        let base = i128::from(reduction.base);
        let sites = reduction.sites.len();
        let iterations: u32 = 80;
        let dual_work = u64::from(iterations) * 2 * (pairs + sites as u64);
        let search_work = dual_work.clamp(300_000, 30_000_000) / self.pace.haste / 4;
        let mut quiet = 0;
        let mut intensification = Intensification::of(reduction);
        loop {
            let before = (self.bound, self.incumbent.value());
            current.round(iterations, search_work, &mut self.incumbent, self.observer);
            *left = left.saturating_sub(dual_work + search_work);
            self.lower_bound_by(reduction, current.bound());
            if current.bound().floor() + base < self.incumbent.wanted() {
                self.trace.leaf(reduction, current.bound());
                self.close();
            }
            self.report(if root { Phase::Bounding } else { Phase::Searching });
            if self.is_done() {
                return Next::Done;
            }
            let (fixings, decided) = current.fixings(&self.incumbent);
            if decided * 5 >= sites {
                return Next::Smaller(fixings);
            }
            if self.pace.parts {
                let left_over = (reduction, current.dual());
                let done = intensification.improve(self.problem, left_over, &mut self.incumbent, self.observer);
                *left = left.saturating_sub(done);
            }
            let excess = before.0 - self.incumbent.value();
            let better = self.incumbent.value() > before.1 || before.0 - self.bound > excess / 50;
            quiet = if better { 0 } else { quiet + 1 };
            if *left == 0 || (quiet >= self.pace.patience && sites < 2000) {
                return Next::Branch;
            }
        }
    }

    fn branch(&mut self, reduction: Reduction, saddle: stage::Saddle, work: u64) {
        self.report(Phase::Proving);
        let bound = self.bound;
        self.trace.adopt_lowest();
        let (mut reduction, mut saddle) = (reduction, saddle);
        let groups = counts::groups(&reduction);
        if !groups.is_empty() && reduction.counting(&groups).is_ok() {
            saddle.prices.rules.resize(reduction.problem.rules().len(), 0.0);
            saddle.lowest.rules.resize(reduction.problem.rules().len(), 0.0);
            let named = |group: &Vec<SiteId>| group.iter().map(|site| reduction.sites[site.index()]).collect();
            self.trace.count(groups.iter().map(named).collect());
        }
        self.hope(&reduction, &saddle, bound);
        let mut branching = Branching::new(&mut self.incumbent, &mut self.trace, self.observer, work);
        branching.explore(reduction, saddle, bound);
        let (given_up, nodes, iterations) = branching.finish();
        self.work.nodes = nodes;
        self.work.iterations += iterations;
        match given_up {
            Some(given_up) if given_up < bound => {
                self.complete = true;
                self.lower_bound_to(given_up);
            }
            Some(_) => {}
            None => self.close(),
        }
    }

    /// Looks for choices near the bound first, by passing over all that promises less: the tree is small, and what it
    /// finds makes the tree of the proof smaller.
    fn hope(&mut self, reduction: &Reduction, saddle: &stage::Saddle, bound: i128) {
        let mut work = HOPE_WORK.min(self.settings.effort.allowance().branching / self.pace.share / 2);
        for quarter in 1..4 {
            let value = self.incumbent.value();
            let hoped = bound - (bound - value) * quarter / 4;
            if value < 0 || hoped <= self.incumbent.wanted() {
                break;
            }
            let mut hoping = self.incumbent.hoping(hoped);
            let mut unrecorded = Trace::unrecorded(self.problem);
            let mut branching = Branching::new(&mut hoping, &mut unrecorded, self.observer, work);
            branching.explore(reduction.clone(), saddle.clone(), bound);
            work = branching.work_left();
            let (given_up, _, iterations) = branching.finish();
            self.work.iterations += iterations;
            self.incumbent.take(hoping);
            if given_up.is_some() || self.incumbent.value() >= hoped {
                break;
            }
        }
    }

    /// Nothing better than the incumbent is left, as the whole trace shows.
    fn close(&mut self) {
        self.complete = true;
        self.bound = self.incumbent.value();
    }

    fn lower_bound_by(&mut self, reduction: &Reduction, bound: &LagrangianBound) {
        self.trace.consider(reduction, bound);
        self.lower_bound_to(bound.floor() + i128::from(reduction.base));
    }

    fn lower_bound_to(&mut self, bound: i128) {
        self.bound = self.bound.min(self.incumbent.attainable(bound)).max(self.incumbent.value());
    }

    fn is_done(&mut self) -> bool {
        let within = {
            #[expect(clippy::cast_precision_loss, reason = "a share, compared with what was asked for")]
            let gap = (self.bound - self.incumbent.value()) as f64 / self.bound.max(1) as f64;
            self.incumbent.value() >= 0 && gap <= self.settings.gap
        };
        self.stopped |= self.observer.should_stop();
        within || self.stopped || self.bound <= self.incumbent.value()
    }

    fn report(&mut self, phase: Phase) {
        let whole = |value: i128| u64::try_from(value).unwrap_or(0);
        let progress = Progress { phase, value: whole(self.incumbent.value()), bound: whole(self.bound) };
        if self.observer.observe(progress) == Verdict::Stop {
            self.stopped = true;
        }
    }

    pub(crate) fn finish(self) -> Result<Outcome, SolveError> {
        if self.bound < 0 {
            let proof = self.trace.finish(None, self.complete);
            return Err(SolveError::Infeasible { rule: None, floor: None, certificate: None }.proved(proof));
        }
        let bound = u64::try_from(self.bound).unwrap_or(0);
        let value = self.incumbent.value();
        let (solution, guarantee) = match self.incumbent.into_solution() {
            Some(solution) => {
                let solution = tidy::tidy(self.problem, &solution);
                if !solution.is_feasible() || i128::from(solution.value()) < value || solution.value() > bound {
                    let found = solution.value();
                    return Err(SolveError::SelfCheck(format!("{found}, neither {value} nor up to {bound}")));
                }
                let proved = solution.value() == bound;
                (solution, if proved { Guarantee::Optimal } else { Guarantee::Bounded })
            }
            None => (Solution::count(self.problem, &[]), Guarantee::None),
        };
        let stopped_by = match guarantee {
            Guarantee::Optimal => StoppedBy::Proof,
            _ if self.stopped || self.observer.should_stop() => StoppedBy::Observer,
            Guarantee::Bounded if self.settings.gap > 0.0 && gap(bound, solution.value()) <= self.settings.gap => {
                StoppedBy::Gap
            }
            _ => StoppedBy::Effort,
        };
        let certificate = self.trace.finish(Some(bound), self.complete);
        Ok(Outcome { solution, bound, guarantee, stopped_by, prices: self.prices, work: self.work, certificate })
    }
}

/// What a stage ends in.
enum Next {
    /// Enough is decided to make the problem smaller.
    Smaller(Vec<crate::Fixing>),
    /// Rounds no longer help.
    Branch,
    /// Proved, near enough, or told to stop.
    Done,
}

#[expect(clippy::cast_precision_loss, reason = "a share, compared with what was asked for")]
fn gap(bound: u64, value: u64) -> f64 {
    (bound - value) as f64 / bound.max(1) as f64
}
