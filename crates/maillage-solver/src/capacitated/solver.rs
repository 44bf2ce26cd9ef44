use super::search::{Appetite, Choice};
use super::subgradient::Subgradient;
use super::{CapacitatedProblem, CapacitatedSolution};
use crate::random::Random;
use crate::{
    Effort, Fixing, Guarantee, Observer, Phase, Progress, Search, SiteId, SolveError, Solver, StoppedBy, Verdict, Work,
};

/// Solves problems under capacity: greedy and swaps on exact flows, a Lagrangian bound by the volume algorithm, and
/// choices rounded from its relaxations.
///
/// The covering problem without capacities is solved first, in a tenth of its work: it finds a choice that keeps the
/// rules, or proves that there is none, and what can be covered bounds what can be served.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacitatedSearch {
    /// How much work to do before stopping.
    pub effort: Effort,
    /// Stop when (bound − value) / bound is at most this, from 0 to 1.
    pub gap: f64,
}

/// What was found and proved under capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacitatedOutcome {
    /// The best choice found, recounted from the problem; infeasible only when `guarantee` is `None`.
    pub solution: CapacitatedSolution,
    /// No feasible choice serves more than this.
    pub bound: u64,
    /// What is proved.
    pub guarantee: Guarantee,
    /// Why the solver stopped.
    pub stopped_by: StoppedBy,
    /// The work done.
    pub work: Work,
}

impl Default for CapacitatedSearch {
    fn default() -> Self {
        Self { effort: Effort::Normal, gap: 0.0 }
    }
}

/// How much may be done by effort.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    /// Steps of the bound.
    steps: u64,
    /// Array entries touched by swaps, after each start.
    swaps: u64,
    /// Kicks.
    kicks: u64,
}

impl Effort {
    fn under_capacity(self) -> Allowance {
        match self {
            Self::Quick => Allowance { steps: 150, swaps: 100_000_000, kicks: 4 },
            Self::Normal => Allowance { steps: 1_200, swaps: 1_000_000_000, kicks: 40 },
            Self::Proof => Allowance { steps: 10_000, swaps: 20_000_000_000, kicks: 1_000 },
        }
    }
}

/// Steps of the bound between two choices rounded from the relaxation.
const ROUNDING: u64 = 25;

/// The rounded choices that are improved by swaps.
const IMPROVED: usize = 3;

impl CapacitatedSearch {
    /// Looks for the choice of sites that serves most, and a bound on it.
    ///
    /// # Errors
    /// When the rules are proved impossible, or the answer fails its recount.
    pub fn solve(
        &self,
        problem: &CapacitatedProblem,
        observer: &dyn Observer,
    ) -> Result<CapacitatedOutcome, SolveError> {
        let covering = Search { effort: Effort::Quick, gap: self.gap, certificate: false };
        let covering = covering.solve(problem.covering(), observer)?;
        let mut run = Run {
            problem,
            observer,
            settings: self,
            best: CapacitatedSolution::count(problem, covering.solution.sites()),
            bound: match covering.guarantee {
                Guarantee::None => problem.covering().weights().iter().sum(),
                _ => covering.bound,
            },
            work: covering.work,
            stopped: covering.stopped_by == StoppedBy::Observer,
        };
        run.improve_all();
        run.finish()
    }
}

/// One run of the solver.
struct Run<'a> {
    problem: &'a CapacitatedProblem,
    observer: &'a dyn Observer,
    settings: &'a CapacitatedSearch,
    best: CapacitatedSolution,
    bound: u64,
    work: Work,
    stopped: bool,
}

impl<'a> Run<'a> {
    fn improve_all(&mut self) {
        let allowance = self.settings.effort.under_capacity();
        let covering = self.problem.covering();
        let mut starts = vec![Choice::of(self.problem, self.best.sites())];
        let uneven = |rule: &crate::SiteRule| rule.coefficients.windows(2).any(|pair| pair[0].1 != pair[1].1);
        let rules = covering.rules().iter().enumerate();
        let per_unit = rules.filter(|(_, rule)| rule.most.is_some() && uneven(rule)).map(|rule| rule.0);
        for appetite in std::iter::once(Appetite::Gain).chain(per_unit.map(Appetite::GainPer)) {
            let mut choice = Choice::fixed(self.problem);
            choice.fill(appetite, self.observer);
            starts.push(choice);
        }
        for start in &starts {
            self.keep(start);
        }
        let hungry = Choice::of(self.problem, self.best.sites()).is_hungry();
        let prices = hungry.into_iter().map(|hungry| if hungry { 0.0 } else { 1.0 }).collect();
        let mut dual = Subgradient::new(self.problem, prices);
        let half = allowance.steps / 2;
        self.lower_bound(&mut dual, half, &mut starts);
        starts.retain(|start| CapacitatedSolution::count(self.problem, &start.sites()).is_feasible());
        starts.sort_by_key(|start| std::cmp::Reverse(start.served()));
        for mut start in starts.into_iter().take(IMPROVED) {
            if self.tell(Phase::Searching) {
                return;
            }
            start.improve(allowance.swaps, self.observer);
            self.work.iterations += 1;
            self.keep(&start);
        }
        self.lower_bound(&mut dual, allowance.steps - half, &mut Vec::new());
        self.kick(&dual, allowance);
    }

    /// Takes steps of the bound, and makes choices of its relaxations on the way.
    fn lower_bound(&mut self, dual: &mut Subgradient<'a>, steps: u64, rounded: &mut Vec<Choice<'a>>) {
        for step in 0..steps {
            dual.step(self.best.served());
            self.bound = self.bound.min(dual.best().floor()).max(self.floor());
            self.work.iterations += 1;
            if step % ROUNDING == ROUNDING - 1 {
                let mut choice = Choice::fixed(self.problem);
                choice.open_in_order(dual.preference());
                self.keep(&choice);
                rounded.push(choice);
                if self.tell(Phase::Bounding) {
                    return;
                }
            }
        }
    }

    /// Forces open sites that the bound is undecided about, and improves what comes of it.
    fn kick(&mut self, dual: &Subgradient<'_>, allowance: Allowance) {
        let fixings = self.problem.covering().fixings();
        let open = |best: &CapacitatedSolution, site: SiteId| best.sites().binary_search(&site).is_ok();
        let mut random = Random::new(self.problem.covering().weights().len() as u64);
        let mut undecided: Vec<(i128, SiteId)> = dual
            .preference()
            .into_iter()
            .filter(|site| fixings[site.index()] == Fixing::Free)
            .filter(|site| dual.best().floor_against(*site) > self.best.served())
            .map(|site| (dual.best().reduced[site.index()].abs(), site))
            .collect();
        undecided.sort_unstable();
        undecided.truncate(400);
        let undecided: Vec<SiteId> = undecided.into_iter().map(|entry| entry.1).collect();
        let mut choice = Choice::of(self.problem, self.best.sites());
        for _ in 0..allowance.kicks {
            if self.tell(Phase::Searching) {
                return;
            }
            let mut kicked = choice.clone();
            for _ in 0..2 {
                if let Some(site) = random.pick(&undecided)
                    && !open(&self.best, site)
                {
                    kicked.force(site);
                }
            }
            kicked.improve(allowance.swaps / 20, self.observer);
            self.work.iterations += 1;
            if kicked.served() >= choice.served() {
                self.keep(&kicked);
                choice = kicked;
            }
        }
    }

    /// What is served by the best choice where that is feasible: no bound lies below.
    fn floor(&self) -> u64 {
        if self.best.is_feasible() { self.best.served() } else { 0 }
    }

    /// Keeps a choice that is feasible and better; ties go to the one found first.
    fn keep(&mut self, choice: &Choice<'_>) {
        if choice.served() > self.best.served() || !self.best.is_feasible() {
            let counted = CapacitatedSolution::count(self.problem, &choice.sites());
            if counted.is_feasible() && (counted.served() > self.best.served() || !self.best.is_feasible()) {
                self.best = counted;
            }
        }
    }

    fn is_near_enough(&self) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "a gap needs no more than 15 digits")]
        let gap = (self.bound - self.floor()) as f64 / (self.bound as f64).max(1.0);
        self.best.is_feasible() && gap <= self.settings.gap
    }

    /// Tells how far it is, and returns whether to stop.
    fn tell(&mut self, phase: Phase) -> bool {
        let progress = Progress { phase, value: self.floor(), bound: self.bound };
        self.stopped |= self.observer.observe(progress) == Verdict::Stop || self.observer.should_stop();
        self.stopped || self.is_near_enough()
    }

    fn finish(self) -> Result<CapacitatedOutcome, SolveError> {
        let solution = CapacitatedSolution::count(self.problem, self.best.sites());
        if solution.is_feasible() && solution.served() > self.bound {
            return Err(SolveError::SelfCheck(format!("{} served above {}", solution.served(), self.bound)));
        }
        let guarantee = match (solution.is_feasible(), solution.served() == self.bound) {
            (false, _) => Guarantee::None,
            (true, true) => Guarantee::Optimal,
            (true, false) => Guarantee::Bounded,
        };
        let stopped_by = if guarantee == Guarantee::Optimal {
            StoppedBy::Proof
        } else if self.is_near_enough() {
            StoppedBy::Gap
        } else if self.stopped {
            StoppedBy::Observer
        } else {
            StoppedBy::Effort
        };
        Ok(CapacitatedOutcome { solution, bound: self.bound, guarantee, stopped_by, work: self.work })
    }
}
