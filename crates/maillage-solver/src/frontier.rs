use crate::impossible::Impossible;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::start::{Pace, Relaxed, Start};
use crate::{
    Guarantee, Observer, Outcome, Problem, Search, SiteId, Solution, SolveError, StoppedBy, Unseen, Work, parallel,
    tidy,
};

/// Points that are swept together, each starting from the one before: a fixed number, so that the answer is the same
/// on any number of threads.
const CHUNK: usize = 24;

/// A point that starts near its answer gets a tenth of the work of a run by itself, most of it for the bound.
const PACE: Pace = Pace { haste: 12, patience: 2, share: 10, parts: false };

/// A point next to one that was left open is as hard, and seldom worth as much.
const FAINT: Pace = Pace { share: 40, ..PACE };

/// The curve of the best value over the upper end of one rule: what each further site, or euro, is worth.
///
/// The points share their work: each starts from the multipliers and the sites of the one before. The bound of fixed
/// multipliers is linear in the end of a rule, so what was found at one end bounds the whole curve; a point takes the
/// lowest of these lines (Geoffrion 1974).
///
/// ```
/// use maillage_solver::{Coverage, Fixing, Frontier, Problem, Silent, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1, 2], vec![0, 3], vec![1, 2]])?;
/// let count = SiteRule::at_most(3, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 2, 2, 4], vec![count], vec![Fixing::Free; 3])?;
/// let curve = Frontier::default().solve(&problem, 0, &[0, 1, 2, 3], &Silent)?;
/// let values: Vec<u64> = curve.points.iter().filter_map(|point| Some(point.solution.as_ref()?.value())).collect();
/// assert_eq!(values, [0, 7, 11, 11]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frontier {
    /// How each point is solved.
    pub search: Search,
}

/// A curve, as found and as proved.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierCurve {
    /// One for each end asked for, in that order.
    pub points: Vec<FrontierPoint>,
    /// The work done for all of them.
    pub work: Work,
}

/// The best that was found and proved for one end of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPoint {
    /// The upper end.
    pub end: i64,
    /// The best choice found, recounted from the problem; none where no choice that keeps the rules is known.
    pub solution: Option<Solution>,
    /// No choice that keeps the rules covers more.
    pub bound: u64,
    /// What is proved.
    pub guarantee: Guarantee,
    /// Whether it is proved that no choice keeps the rules.
    pub impossible: bool,
    /// Why work on it stopped.
    pub stopped_by: StoppedBy,
    /// The price μ of the rule: what one more unit of its end is worth by the bound.
    pub price: f64,
}

/// Why a problem has no frontier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrontierError {
    /// There is no such rule.
    #[error("there is no rule {rule}, only {rules} (from 0)")]
    UnknownRule {
        /// The position asked for.
        rule: usize,
        /// How many there are.
        rules: usize,
    },
    /// The ends do not rise.
    #[error("the ends of a frontier rise, but {next} follows {end}")]
    NotRising {
        /// An end.
        end: i64,
        /// The end after it.
        next: i64,
    },
    /// An end lies past 2⁵³.
    #[error("an end of {end} lies past 2^53 (9,007,199,254,740,992)")]
    TooLarge {
        /// The end.
        end: i64,
    },
    /// A point has no outcome.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

/// 2⁵³, as for every number of a problem.
const LARGEST: u64 = 1 << 53;

impl Frontier {
    /// Solves the problem for every upper end of a rule, which must rise.
    ///
    /// Ends that no choice keeps are points too. Values and bounds never fall as the end grows.
    ///
    /// # Errors
    /// When there is no such rule, the ends do not rise or lie past 2⁵³, or an answer fails its recount.
    pub fn solve(
        &self,
        problem: &Problem,
        rule: usize,
        ends: &[i64],
        observer: &dyn Observer,
    ) -> Result<FrontierCurve, FrontierError> {
        if rule >= problem.rules().len() {
            return Err(FrontierError::UnknownRule { rule, rules: problem.rules().len() });
        }
        if let Some(pair) = ends.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(FrontierError::NotRising { end: pair[0], next: pair[1] });
        }
        if let Some(&end) = ends.iter().find(|end| end.unsigned_abs() > LARGEST) {
            return Err(FrontierError::TooLarge { end });
        }
        let mut work = Work { pairs: problem.coverage().pairs() as u64, ..Work::default() };
        let (skipped, shared) = Shared::first_possible(problem, rule, ends)?;
        let mut found: Vec<Found> = ends[..skipped].iter().map(|&end| Found::impossible(end)).collect();
        if let Some(shared) = shared {
            found.extend(self.sweep(&shared, &ends[skipped..], observer)?);
        }
        for point in &found {
            work.iterations += point.work.iterations;
            work.nodes += point.work.nodes;
        }
        carry_values(&mut found);
        lower_bounds(&mut found, &Incumbent::new(problem));
        let points = found
            .into_iter()
            .map(|point| {
                let at_end = problem.with_most(rule, point.end);
                point.into_point(&at_end)
            })
            .collect::<Result<_, _>>()?;
        Ok(FrontierCurve { points, work })
    }

    /// Solves chunk by chunk, side by side where there are threads.
    fn sweep(&self, shared: &Shared, ends: &[i64], observer: &dyn Observer) -> Result<Vec<Found>, FrontierError> {
        let mut chunks: Vec<Chunk> = ends.chunks(CHUNK).map(|ends| Chunk { ends, found: Ok(Vec::new()) }).collect();
        parallel::for_each(&mut chunks, |chunk| chunk.found = self.sweep_chunk(shared, chunk.ends, observer));
        let mut all = Vec::with_capacity(ends.len());
        for chunk in chunks {
            all.extend(chunk.found?);
        }
        Ok(all)
    }

    /// Solves one end after the other, each from where the one before ended.
    fn sweep_chunk(&self, shared: &Shared, ends: &[i64], observer: &dyn Observer) -> Result<Vec<Found>, SolveError> {
        let mut start = Start::default();
        let mut found = Vec::with_capacity(ends.len());
        for &end in ends {
            let point = match self.search.solve_from(&shared.at(end), &start, &Unseen(observer)) {
                Ok((outcome, relaxed)) => {
                    if outcome.guarantee != Guarantee::None {
                        start.choices = vec![outcome.solution.sites().to_vec()];
                    }
                    let point = shared.found(end, &outcome, &relaxed);
                    if !relaxed.openness.is_empty() {
                        start.relaxed = relaxed;
                    }
                    point
                }
                Err(SolveError::Infeasible { .. }) => Found::impossible(end),
                Err(other) => return Err(other),
            };
            let settled = point.stopped_by == StoppedBy::Proof;
            found.push(point);
            start.pace = if settled { PACE } else { FAINT };
        }
        Ok(found)
    }
}

/// Ends that are swept together, and what was found.
struct Chunk<'a> {
    ends: &'a [i64],
    found: Result<Vec<Found>, SolveError>,
}

/// The problem, reduced once for all ends.
///
/// It is reduced at the smallest end that is not impossible at sight. A site that stands in for another under that
/// end does so under every larger one; and a rule that cannot bind under it never does.
struct Shared {
    reduction: Reduction,
    rule: usize,
    /// What sites open in every choice add to the rule; none where the rule cannot bind.
    given: Option<i64>,
}

impl Shared {
    /// Reduces at the first end that is possible at sight; returns how many are not.
    fn first_possible(problem: &Problem, rule: usize, ends: &[i64]) -> Result<(usize, Option<Self>), FrontierError> {
        let least = problem.rules()[rule].least;
        for (skipped, &end) in ends.iter().enumerate() {
            if least.is_some_and(|least| end < least) {
                continue;
            }
            let at_end = problem.with_most(rule, end);
            match Reduction::of(&at_end, at_end.fixings()) {
                Ok(reduction) => {
                    let given = reduction.problem.rules()[rule].most.map(|most| end - most);
                    return Ok((skipped, Some(Self { reduction, rule, given })));
                }
                Err(Impossible::Rule(_) | Impossible::Floor(_)) => {}
                Err(other) => return Err(SolveError::from(other).into()),
            }
        }
        Ok((ends.len(), None))
    }

    /// Returns the reduced problem at an end.
    fn at(&self, end: i64) -> Problem {
        match self.given {
            Some(given) => self.reduction.problem.with_most(self.rule, end - given),
            None => self.reduction.problem.clone(),
        }
    }

    /// Brings an outcome back to the problem first given.
    fn found(&self, end: i64, outcome: &Outcome, relaxed: &Relaxed) -> Found {
        let base = self.reduction.base;
        let price = outcome.prices.rules.get(self.rule).copied().unwrap_or(0.0);
        let line = Line { end, bound: relaxed.bound + i128::from(base), price };
        let line = (!relaxed.openness.is_empty() && price < LARGEST_PRICE).then_some(line);
        Found {
            end,
            best: (outcome.guarantee != Guarantee::None)
                .then(|| (self.reduction.expand(outcome.solution.sites()), outcome.solution.value() + base)),
            bound: i128::from(outcome.bound + base),
            line,
            price,
            stopped_by: outcome.stopped_by,
            work: outcome.work,
        }
    }
}

/// What fixed multipliers prove at every end.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where they were found.
    end: i64,
    /// No choice that keeps the rules at that end covers more.
    bound: i128,
    /// The price of the rule: by how much the bound rises with each unit.
    price: f64,
}

impl Line {
    /// Returns the bound at another end, rounded up where it is not whole.
    fn at(&self, end: i64) -> i128 {
        // A price is a whole number over a power of two, so that it is exact; one below 0 leans on the lower end.
        let scale = 2_f64.powi(PRICE_BITS);
        #[expect(clippy::cast_possible_truncation, reason = "a price times the scale is a whole number of 60 bits")]
        let price = (self.price.max(0.0) * scale) as i128;
        let rise = price * i128::from(end - self.end);
        self.bound + rise.div_euclid(1 << PRICE_BITS) + i128::from(rise.rem_euclid(1 << PRICE_BITS) > 0)
    }
}

/// Multipliers are whole numbers over two to this power, at most.
const PRICE_BITS: i32 = 20;

/// Prices below this, 2³³, are exact as floating-point numbers over that power.
const LARGEST_PRICE: f64 = 8_589_934_592.0;

/// What is known of one end.
#[derive(Clone, Debug)]
struct Found {
    end: i64,
    /// Sites and value of the best choice known.
    best: Option<(Vec<SiteId>, u64)>,
    /// No choice that keeps the rules covers more; below 0 there is none.
    bound: i128,
    line: Option<Line>,
    price: f64,
    stopped_by: StoppedBy,
    work: Work,
}

impl Found {
    fn impossible(end: i64) -> Self {
        Self { end, best: None, bound: -1, line: None, price: 0.0, stopped_by: StoppedBy::Proof, work: Work::default() }
    }

    fn value(&self) -> i128 {
        self.best.as_ref().map_or(-1, |best| i128::from(best.1))
    }

    fn into_point(self, at_end: &Problem) -> Result<FrontierPoint, SolveError> {
        let value = self.value();
        let solution = self.best.map(|(sites, _)| tidy::tidy(at_end, &Solution::count(at_end, &sites)));
        let counted = solution.as_ref().map_or(-1, |solution| i128::from(solution.value()));
        let holds = solution.as_ref().is_none_or(Solution::is_feasible);
        if !holds || counted < value || counted > self.bound {
            return Err(SolveError::SelfCheck(format!("{counted}, neither {value} nor up to {}", self.bound)));
        }
        let guarantee = match &solution {
            None => Guarantee::None,
            Some(_) if counted == self.bound => Guarantee::Optimal,
            Some(_) => Guarantee::Bounded,
        };
        Ok(FrontierPoint {
            end: self.end,
            solution,
            bound: u64::try_from(self.bound).unwrap_or(0),
            guarantee,
            impossible: self.bound < 0,
            stopped_by: if guarantee == Guarantee::Optimal { StoppedBy::Proof } else { self.stopped_by },
            price: self.price,
        })
    }
}

/// Takes the best choice of a smaller end where it covers more: what keeps the rules there keeps them here.
fn carry_values(found: &mut [Found]) {
    for position in 1..found.len() {
        let (before, after) = found.split_at_mut(position);
        if let (Some(smaller), Some(larger)) = (before.last(), after.first_mut())
            && smaller.value() > larger.value()
        {
            larger.best.clone_from(&smaller.best);
        }
    }
}

/// Lowers each bound to the lowest of all lines there, and to the bound of every larger end.
fn lower_bounds(found: &mut [Found], values: &Incumbent) {
    let lines: Vec<Line> = found.iter().filter_map(|point| point.line).collect();
    let mut larger = i128::MAX;
    for point in found.iter_mut().rev() {
        let lowest = lines.iter().map(|line| line.at(point.end)).min().unwrap_or(i128::MAX);
        point.bound = point.bound.min(values.attainable(lowest)).min(larger).max(-1);
        larger = point.bound;
    }
}
