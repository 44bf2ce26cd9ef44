use crate::Problem;

/// A covering problem whose sites serve no more than their capacity.
///
/// The weight of a demand is its need, which may be split among the open sites that cover it; rules and fixings are
/// those of the covering problem. Needs and capacities are whole numbers of one unit.
///
/// ```
/// use maillage_solver::{CapacitatedProblem, CapacitatedSolution, Coverage, Fixing, Problem, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(2, &[vec![0, 1], vec![1]])?;
/// let problem = Problem::new(coverage, vec![30, 30], Vec::new(), vec![Fixing::Free; 2])?;
/// let problem = CapacitatedProblem::new(problem, vec![40, 15])?;
/// let both = CapacitatedSolution::count(&problem, &[SiteId(0), SiteId(1)]);
/// assert_eq!((both.served(), both.loads()), (55, [40, 15].as_slice()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacitatedProblem {
    problem: Problem,
    capacities: Vec<u64>,
}

/// Why parts do not make a [`CapacitatedProblem`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CapacityError {
    /// There must be one capacity for each site.
    #[error("{capacities} capacities for {sites} sites")]
    Count {
        /// Capacities given.
        capacities: usize,
        /// Sites of the problem.
        sites: usize,
    },
    /// Capacities add up past 2⁵³.
    #[error("the capacities add up to more than 2^53 (9,007,199,254,740,992)")]
    TooLarge,
    /// Coverage floors speak of covering, not of serving.
    #[error("a problem with capacities takes no coverage floors")]
    Floors,
}

impl CapacitatedProblem {
    /// Gives each site of a problem its capacity.
    ///
    /// # Errors
    /// When there is not one capacity for each site, they add up past 2⁵³, or the problem has coverage floors.
    pub fn new(problem: Problem, capacities: Vec<u64>) -> Result<Self, CapacityError> {
        let sites = problem.coverage().sites();
        if capacities.len() != sites {
            return Err(CapacityError::Count { capacities: capacities.len(), sites });
        }
        if capacities.iter().map(|&capacity| u128::from(capacity)).sum::<u128>() > 1 << 53 {
            return Err(CapacityError::TooLarge);
        }
        if !problem.floors().is_empty() {
            return Err(CapacityError::Floors);
        }
        Ok(Self { problem, capacities })
    }

    /// Returns the covering problem: coverage, needs as weights, rules and fixings.
    #[must_use]
    pub fn covering(&self) -> &Problem {
        &self.problem
    }

    /// Returns the capacity of each site.
    #[must_use]
    pub fn capacities(&self) -> &[u64] {
        &self.capacities
    }
}
