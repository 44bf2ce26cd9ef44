use crate::{Fixing, Problem, SiteId};

/// A choice of sites, counted from the problem and never from a solver's own arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    sites: Vec<SiteId>,
    value: u64,
    activities: Vec<i64>,
    floor_activities: Vec<u64>,
    feasible: bool,
}

impl Solution {
    /// Counts a choice of sites: what it covers, the sums of rules and floors, and whether those and fixings hold.
    ///
    /// Sites the problem fixes open belong in `open` like any other; repeats are counted once.
    ///
    /// ```
    /// use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule, Solution};
    ///
    /// let coverage = Coverage::from_rows(2, &[vec![0], vec![0, 1]])?;
    /// let budget = SiteRule::at_most(30, [(SiteId(0), 20), (SiteId(1), 40)]);
    /// let problem = Problem::new(coverage, vec![5, 7], vec![budget], vec![Fixing::Free; 2])?;
    /// assert!(Solution::count(&problem, &[SiteId(0)]).is_feasible());
    /// assert!(!Solution::count(&problem, &[SiteId(1)]).is_feasible());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn count(problem: &Problem, open: &[SiteId]) -> Self {
        let mut sites = open.to_vec();
        sites.sort_unstable();
        sites.dedup();
        let mut is_open = vec![false; problem.coverage().sites()];
        for site in &sites {
            is_open[site.index()] = true;
        }
        let activities: Vec<i64> = problem
            .rules()
            .iter()
            .map(|rule| rule.coefficients.iter().filter(|(site, _)| is_open[site.index()]).map(|&(_, by)| by).sum())
            .collect();
        let rules_hold = problem.rules().iter().zip(&activities).all(|(rule, &activity)| {
            rule.least.is_none_or(|least| activity >= least) && rule.most.is_none_or(|most| activity <= most)
        });
        let fixings_hold = problem.fixings().iter().zip(&is_open).all(|(fixing, &open)| match fixing {
            Fixing::Free => true,
            Fixing::Open => open,
            Fixing::Closed => !open,
        });
        let covered = problem.covered_by(&sites);
        let value =
            problem.weights().iter().zip(&covered).filter(|(_, covered)| **covered).map(|(weight, _)| weight).sum();
        let floor_activities: Vec<u64> = problem
            .floors()
            .iter()
            .map(|floor| {
                floor.coefficients.iter().filter(|(demand, _)| covered[demand.index()]).map(|entry| entry.1).sum()
            })
            .collect();
        let floors_hold =
            problem.floors().iter().zip(&floor_activities).all(|(floor, &activity)| activity >= floor.least);
        Self { sites, value, activities, floor_activities, feasible: rules_hold && fixings_hold && floors_hold }
    }

    /// Returns the open sites, ascending, the ones fixed open among them.
    #[must_use]
    pub fn sites(&self) -> &[SiteId] {
        &self.sites
    }

    /// Returns the weight covered, by the sites fixed open too.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.value
    }

    /// Returns the sum of each rule, in the problem's order.
    #[must_use]
    pub fn activities(&self) -> &[i64] {
        &self.activities
    }

    /// Returns the sum of each coverage floor, in the problem's order.
    #[must_use]
    pub fn floor_activities(&self) -> &[u64] {
        &self.floor_activities
    }

    /// Returns whether every rule, floor and fixing holds.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.feasible
    }
}
