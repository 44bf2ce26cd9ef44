use super::CapacitatedProblem;
use super::assignment::Assignment;
use crate::{SiteId, Solution};

/// A choice of sites under capacity, counted from the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacitatedSolution {
    choice: Solution,
    served: u64,
    loads: Vec<u64>,
}

impl CapacitatedSolution {
    /// Counts a choice of sites: the most need they can serve together, and one way of sharing it that does so.
    ///
    /// Sites the problem fixes open belong in `open` like any other; repeats are counted once. Among the ways of
    /// serving that much, sites of smaller index serve first.
    #[must_use]
    pub fn count(problem: &CapacitatedProblem, open: &[SiteId]) -> Self {
        let choice = Solution::count(problem.covering(), open);
        let mut assignment = Assignment::new(problem);
        for &site in choice.sites() {
            assignment.open(site);
        }
        Self { served: assignment.served(), loads: assignment.loads(), choice }
    }

    /// Returns the open sites, ascending, the ones fixed open among them.
    #[must_use]
    pub fn sites(&self) -> &[SiteId] {
        self.choice.sites()
    }

    /// Returns the need served, by the sites fixed open too.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served
    }

    /// Returns what each site of the problem serves, 0 where it is closed.
    #[must_use]
    pub fn loads(&self) -> &[u64] {
        &self.loads
    }

    /// Returns the choice counted as covering: the need in reach, and the sums of the rules.
    #[must_use]
    pub fn covering(&self) -> &Solution {
        &self.choice
    }

    /// Returns whether every rule and fixing holds.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.choice.is_feasible()
    }
}
