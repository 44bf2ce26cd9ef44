use crate::DemandId;

/// A coverage floor: `Σ coefficient × covered ≥ least` over demands, with whole numbers of its own.
///
/// "Half of the under-served people of this département within reach" is a floor: the coefficients are people, whatever
/// the weights of the objective are. Demands that are not named have coefficient 0.
///
/// ```
/// use maillage_solver::{Coverage, CoverageFloor, DemandId, Fixing, Problem, SiteId, SiteRule, Solution};
///
/// let coverage = Coverage::from_rows(2, &[vec![0], vec![1]])?;
/// let one = SiteRule::at_most(1, [(SiteId(0), 1), (SiteId(1), 1)]);
/// let floor = CoverageFloor { coefficients: vec![(DemandId(1), 5)], least: 5 };
/// let problem = Problem::new(coverage, vec![9, 5], vec![one], vec![Fixing::Free; 2])?.with_floors(vec![floor])?;
/// assert!(!Solution::count(&problem, &[SiteId(0)]).is_feasible());
/// assert!(Solution::count(&problem, &[SiteId(1)]).is_feasible());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageFloor {
    /// Whole-number coefficients, by demand; zeros may be left out.
    pub coefficients: Vec<(DemandId, u64)>,
    /// The least the sum over covered demands may be.
    pub least: u64,
}
