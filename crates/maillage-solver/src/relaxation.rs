use crate::bound::{LagrangianBound, scale_bits_for};
use crate::dual::Dual;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::stage::Prices;
use crate::{
    Guarantee, Observer, Outcome, Phase, Problem, Progress, Solution, SolveError, Solver, StoppedBy, Verdict, Work,
    greedy,
};

/// The greedy construction alone, and all weight that can be covered as its bound: milliseconds, for comparison.
///
/// ```
/// use maillage_solver::{Coverage, Fixing, Greedy, Problem, Silent, SiteId, SiteRule, Solver};
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1, 2], vec![0, 3], vec![1, 2]])?;
/// let two = SiteRule::at_most(2, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 2, 2, 4], vec![two], vec![Fixing::Free; 3])?;
/// let outcome = Greedy.solve(&problem, &Silent)?;
/// assert_eq!((outcome.solution.value(), outcome.bound), (11, 11));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Greedy;

/// The greedy construction, and the Lagrangian bound after some iterations: the bound of the linear relaxation when
/// they are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// How many iterations to lower the bound.
    pub iterations: u32,
}

impl Default for Relaxation {
    fn default() -> Self {
        Self { iterations: 1_000 }
    }
}

impl Solver for Greedy {
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError> {
        Relaxation { iterations: 0 }.solve(problem, observer)
    }
}

impl Solver for Relaxation {
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError> {
        let reduction = Reduction::of(problem, problem.fixings())?;
        let mut incumbent = Incumbent::new(problem);
        let first = greedy::build(&reduction.problem);
        incumbent.offer(&reduction.expand(first.open_sites()));
        let bits = scale_bits_for(problem);
        let nothing = Prices::nothing(&reduction);
        let everything = LagrangianBound::count(&reduction.problem, &nothing, bits);
        let mut openness = vec![0.0; reduction.sites.len()];
        for site in first.open_sites() {
            openness[site.index()] = 1.0;
        }
        let mut dual = Dual::new(&reduction.problem, Prices::halfway(&reduction), openness, bits);
        let mut left = self.iterations;
        while left > 0 {
            let now = left.min(100);
            dual.advance(now, observer);
            left -= now;
            let bound = u64::try_from(dual.best().floor()).unwrap_or(0) + reduction.base;
            let value = u64::try_from(incumbent.value()).unwrap_or(0);
            if observer.observe(Progress { phase: Phase::Bounding, value, bound }) == Verdict::Stop {
                break;
            }
        }
        let best = if self.iterations > 0 && dual.best().is_below(&everything) { dual.best() } else { &everything };
        let bound = incumbent.attainable(best.floor() + i128::from(reduction.base)).max(incumbent.value());
        if bound < 0 {
            return Err(SolveError::Infeasible { rule: None, floor: None, certificate: None });
        }
        let prices = reduction.spread_prices(problem, best);
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        let (solution, guarantee) = match incumbent.into_solution() {
            Some(solution) if solution.value() == bound => (solution, Guarantee::Optimal),
            Some(solution) => (solution, Guarantee::Bounded),
            None => (Solution::count(problem, &[]), Guarantee::None),
        };
        let work = Work { pairs: problem.coverage().pairs() as u64, iterations: dual.iterations(), nodes: 0 };
        let stopped_by = match guarantee {
            Guarantee::Optimal => StoppedBy::Proof,
            _ if observer.should_stop() => StoppedBy::Observer,
            _ => StoppedBy::Effort,
        };
        Ok(Outcome { solution, bound, guarantee, stopped_by, prices, work, certificate: None })
    }
}
