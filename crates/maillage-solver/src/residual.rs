use crate::reduction::Reduction;
use crate::{DemandId, Problem, SiteId, SolveError};

/// What is left of a problem once all that is settled at sight is taken out: covered demands, fixed sites, sites that
/// another one can always stand in for, and all but one of the demands with equal cover sets.
///
/// It has the same best value as the problem, the weight of [`base`](Self::base) aside, and is much smaller: what to
/// hand to another solver.
///
/// ```
/// use maillage_solver::{Coverage, Fixing, Problem, Residual, SiteId, SiteRule};
///
/// // Site 0 is open, site 2 covers less than site 1, and demands 1 and 2 are covered by the same sites.
/// let coverage = Coverage::from_rows(4, &[vec![0], vec![1, 2, 3], vec![1, 2]])?;
/// let one = SiteRule::at_most(1, [(SiteId(1), 1), (SiteId(2), 1)]);
/// let fixings = vec![Fixing::Open, Fixing::Free, Fixing::Free];
/// let residual = Residual::of(&Problem::new(coverage, vec![5, 1, 2, 4], vec![one], fixings)?)?;
/// assert_eq!((residual.base(), residual.sites()), (5, &[SiteId(1)][..]));
/// assert_eq!(residual.problem().weights().iter().sum::<u64>(), 7);
/// assert_eq!(residual.expand(&[SiteId(0)]), [SiteId(0), SiteId(1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Residual {
    reduction: Reduction,
}

impl Residual {
    /// Reduces a problem.
    ///
    /// # Errors
    /// When a rule cannot hold whatever the free sites do.
    pub fn of(problem: &Problem) -> Result<Self, SolveError> {
        Ok(Self { reduction: Reduction::of(problem, problem.fixings())? })
    }

    /// Returns the smaller problem: every site free, the rules in their order with what open sites use taken off.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.reduction.problem
    }

    /// Returns for each site of the smaller problem the site it is in the problem given.
    #[must_use]
    pub fn sites(&self) -> &[SiteId] {
        &self.reduction.sites
    }

    /// Returns for each demand of the problem given the demand it became; none when it is covered already, weighs
    /// nothing or cannot be covered.
    #[must_use]
    #[expect(clippy::misnamed_getters, reason = "the reduction's own `demands` are those of its last step")]
    pub fn demands(&self) -> &[Option<DemandId>] {
        &self.reduction.origins
    }

    /// Returns the sites of the problem given that are open in every choice.
    #[must_use]
    pub fn open(&self) -> &[SiteId] {
        &self.reduction.open
    }

    /// Returns the weight that those sites cover: what to add to a value of the smaller problem.
    #[must_use]
    pub fn base(&self) -> u64 {
        self.reduction.base
    }

    /// Returns the choice of the problem given that a choice of the smaller one stands for.
    #[must_use]
    pub fn expand(&self, open: &[SiteId]) -> Vec<SiteId> {
        self.reduction.expand(open)
    }
}
