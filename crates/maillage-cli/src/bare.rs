//! The kernel problem of an index file.

use maillage_io::{Euros, IndexFile};
use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule};

use crate::failure::Failure;

/// Makes the kernel problem, and for each kernel site its cost and its index in the file.
pub(crate) fn problem(
    instance: IndexFile,
    sites: Option<u32>,
    budget: Option<Euros>,
) -> Result<(Problem, Vec<(u64, u32)>), Failure> {
    let mut order: Vec<(u64, u32)> = instance.costs.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut is_open = vec![false; instance.costs.len()];
    for &site in &instance.open {
        let sites = is_open.len();
        *is_open.get_mut(site as usize).ok_or(Failure::UnknownOpenSite { site, sites })? = true;
    }
    let mut rows = instance.rows;
    let rows: Vec<Vec<u32>> =
        order.iter().map(|&(_, index)| rows.get_mut(index as usize).map(std::mem::take).unwrap_or_default()).collect();
    let fixings: Vec<Fixing> = order
        .iter()
        .map(|&(_, index)| match is_open.get(index as usize) {
            Some(true) => Fixing::Open,
            _ => Fixing::Free,
        })
        .collect();
    let free = || (0..).map(SiteId).zip(&fixings).zip(&order).filter(|((_, fixing), _)| **fixing == Fixing::Free);
    let mut rules = Vec::new();
    if let Some(most) = sites {
        rules.push(SiteRule::at_most(i64::from(most), free().map(|((site, _), _)| (site, 1))));
    }
    if let Some(budget) = budget {
        let whole = |sum: u64| i64::try_from(sum).unwrap_or(i64::MAX);
        rules.push(SiteRule::at_most(whole(budget.whole()), free().map(|((site, _), &(cost, _))| (site, whole(cost)))));
    }
    let demands = u32::try_from(instance.weights.len()).unwrap_or(u32::MAX);
    let coverage = Coverage::from_rows(demands, &rows)?;
    Ok((Problem::new(coverage, instance.weights, rules, fixings)?, order))
}

pub(crate) fn fixed_open(problem: &Problem) -> Vec<SiteId> {
    let fixings = (0..).map(SiteId).zip(problem.fixings());
    fixings.filter(|(_, fixing)| **fixing == Fixing::Open).map(|(site, _)| site).collect()
}
