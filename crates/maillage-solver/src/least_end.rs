use crate::start::Start;
use crate::{
    Fixing, FrontierError, Guarantee, Observer, Outcome, Problem, Progress, Search, SiteId, SolveError, StoppedBy,
    Verdict, Work,
};

/// The smallest upper end of a rule under which a choice of sites covers enough: the fewest sites, or the least money,
/// for a target.
///
/// Ends are halved: under one, a choice that covers the target shows that it suffices, and a bound below the target
/// that it does not. Coefficients of the rule are taken to be 0 or more.
///
/// ```
/// use maillage_solver::{Coverage, Fixing, LeastEnd, Problem, Silent, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1, 2], vec![0, 3], vec![1, 2]])?;
/// let count = SiteRule::at_most(3, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 2, 2, 4], vec![count], vec![Fixing::Free; 3])?;
/// let found = LeastEnd::default().solve(&problem, 0, 11, &Silent)?;
/// assert_eq!((found.end, found.bound), (Some(2), 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeastEnd {
    /// How each end is decided.
    pub search: Search,
}

/// The smallest end found, and what is proved of smaller ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeastEndOutcome {
    /// The smallest end under which a choice is known that covers the target; none where no such choice is known.
    pub end: Option<i64>,
    /// That choice, sites fixed open among them.
    pub choice: Vec<SiteId>,
    /// Under no smaller end does a choice cover the target; above `most` where there is none at all.
    pub bound: i64,
    /// The largest end there is.
    pub most: i64,
    /// No choice under the largest end covers more weight.
    pub coverable: u64,
    /// Why the work ended.
    pub stopped_by: StoppedBy,
    /// The work done.
    pub work: Work,
}

impl LeastEnd {
    /// Looks for the smallest upper end of a rule, up to the one it has, under which `target` weight can be covered.
    ///
    /// # Errors
    /// When there is no such rule, or an answer fails its recount.
    pub fn solve(
        &self,
        problem: &Problem,
        rule: usize,
        target: u64,
        observer: &dyn Observer,
    ) -> Result<LeastEndOutcome, FrontierError> {
        let rules = problem.rules().len();
        let ends = Ends::of(problem, rule).ok_or(FrontierError::UnknownRule { rule, rules })?;
        let mut halving = Halving {
            settings: self,
            problem,
            rule,
            target,
            observer,
            top: ends.top,
            ends,
            start: Start::default(),
            low: 0,
            high: None,
            coverable: 0,
            work: Work { pairs: problem.coverage().pairs() as u64, ..Work::default() },
        };
        halving.run()?;
        Ok(halving.finish())
    }
}

/// The ends that make a difference: what open sites add, and multiples of a step above it.
#[derive(Clone, Copy, Debug)]
struct Ends {
    given: i64,
    step: i64,
    /// The number of the largest.
    top: i64,
}

impl Ends {
    fn of(problem: &Problem, rule: usize) -> Option<Self> {
        let stated = problem.rules().get(rule)?;
        let is = |site: SiteId, fixing: Fixing| problem.fixings()[site.index()] == fixing;
        let sum = |fixing: Fixing| {
            let fixed = stated.coefficients.iter().filter(|entry| is(entry.0, fixing));
            fixed.map(|entry| entry.1).sum::<i64>()
        };
        let free = stated.coefficients.iter().filter(|entry| is(entry.0, Fixing::Free)).map(|entry| entry.1);
        let step = free.fold(0, greatest_common_divisor).max(1);
        let (given, all) = (sum(Fixing::Open), sum(Fixing::Free));
        let most = stated.most.map_or(all, |most| (most - given).clamp(0, all));
        Some(Self { given, step, top: most / step })
    }

    const fn at(self, number: i64) -> i64 {
        self.given + number * self.step
    }
}

const fn greatest_common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one.abs() } else { greatest_common_divisor(other, one % other) }
}

/// What is known of an end.
enum Decided {
    Enough,
    TooSmall,
    Open,
    Stopped,
}

struct Halving<'a> {
    settings: &'a LeastEnd,
    problem: &'a Problem,
    rule: usize,
    target: u64,
    observer: &'a dyn Observer,
    ends: Ends,
    top: i64,
    start: Start,
    /// The smallest number that is not proved too small.
    low: i64,
    /// The smallest number known to be enough, and its choice.
    high: Option<(i64, Vec<SiteId>)>,
    coverable: u64,
    work: Work,
}

impl Halving<'_> {
    fn run(&mut self) -> Result<(), SolveError> {
        if !matches!(self.decide(self.top)?, Decided::Enough) {
            return Ok(());
        }
        // First the smallest end that suffices, passing over those left open; then the largest below them that does
        // not.
        let mut first_open = None;
        let mut from = self.low;
        while let Some(high) = self.high_number().filter(|&high| from.max(self.low) < high) {
            let low = from.max(self.low);
            let middle = low + (high - low) / 2;
            match self.decide(middle)? {
                Decided::Stopped => return Ok(()),
                Decided::Open => {
                    first_open = first_open.or(Some(middle));
                    from = middle + 1;
                }
                Decided::Enough | Decided::TooSmall => {}
            }
        }
        let Some(mut ceiling) = first_open else { return Ok(()) };
        while self.low < ceiling {
            let middle = self.low + (ceiling - self.low) / 2;
            match self.decide(middle)? {
                Decided::Stopped => return Ok(()),
                Decided::Open | Decided::Enough => ceiling = middle,
                Decided::TooSmall => {}
            }
        }
        Ok(())
    }

    fn high_number(&self) -> Option<i64> {
        self.high.as_ref().map(|high| high.0)
    }

    fn decide(&mut self, number: i64) -> Result<Decided, SolveError> {
        let end = self.ends.at(number);
        let at_end = self.problem.with_most(self.rule, end);
        let observer = Threshold { observer: self.observer, target: self.target };
        let (outcome, relaxed) = match self.settings.search.solve_from(&at_end, &self.start, &observer) {
            Ok(found) => found,
            Err(SolveError::Infeasible { .. }) => {
                self.low = self.low.max(number + 1);
                return Ok(Decided::TooSmall);
            }
            Err(other) => return Err(other),
        };
        self.work.iterations += outcome.work.iterations;
        self.work.nodes += outcome.work.nodes;
        if number == self.top {
            self.coverable = outcome.bound;
        }
        if !relaxed.openness.is_empty() {
            self.start.relaxed = relaxed;
        }
        if outcome.guarantee != Guarantee::None && outcome.solution.value() >= self.target {
            self.take(&outcome);
            return Ok(Decided::Enough);
        }
        if outcome.guarantee != Guarantee::None {
            self.start.choices = vec![outcome.solution.sites().to_vec()];
        }
        if outcome.bound < self.target {
            self.low = self.low.max(number + 1);
            return Ok(Decided::TooSmall);
        }
        Ok(if self.observer.should_stop() { Decided::Stopped } else { Decided::Open })
    }

    /// Keeps a choice that covers the target, under the smallest end that allows it.
    fn take(&mut self, outcome: &Outcome) {
        let used = outcome.solution.activities()[self.rule];
        let number = (used - self.ends.given).max(0).div_euclid(self.ends.step)
            + i64::from((used - self.ends.given).rem_euclid(self.ends.step) > 0);
        let number = number.max(self.low);
        if self.high_number().is_none_or(|high| number < high) {
            self.high = Some((number, outcome.solution.sites().to_vec()));
        }
    }

    fn finish(self) -> LeastEndOutcome {
        let proved = self.high_number().is_some_and(|high| high == self.low) || self.low > self.top;
        let (end, choice) = match self.high {
            Some((number, choice)) => (Some(self.ends.at(number)), choice),
            None => (None, Vec::new()),
        };
        let stopped_by = match proved {
            true => StoppedBy::Proof,
            false if self.observer.should_stop() => StoppedBy::Observer,
            false => StoppedBy::Effort,
        };
        LeastEndOutcome {
            end,
            choice,
            bound: self.ends.at(self.low),
            most: self.ends.at(self.top),
            coverable: self.coverable,
            stopped_by,
            work: self.work,
        }
    }
}

/// Stops the work on an end as soon as it is decided.
pub(crate) struct Threshold<'a> {
    pub(crate) observer: &'a dyn Observer,
    pub(crate) target: u64,
}

impl Observer for Threshold<'_> {
    fn observe(&self, progress: Progress) -> Verdict {
        let decided = progress.value >= self.target.max(1) || progress.bound < self.target;
        if decided || self.observer.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }

    fn should_stop(&self) -> bool {
        self.observer.should_stop()
    }
}
