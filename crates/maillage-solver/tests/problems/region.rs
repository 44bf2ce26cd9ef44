//! Made-up regions, too large for brute force.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule};

/// People scattered on a plane and a site at each place, reaching what is near: repeatable, with towns.
fn region(places: u32, seed: u64) -> (Vec<Vec<u32>>, Vec<u64>, Vec<i64>) {
    let mut state = seed;
    let mut next = move |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let side = u64::from(places).isqrt() * 10;
    let points: Vec<(u64, u64)> = (0..places).map(|_| (next(side), next(side))).collect();
    let people = (0..places).map(|_| if next(20) == 0 { 2_000 + next(20_000) } else { 50 + next(900) }).collect();
    let costs = (0..places).map(|_| 20_000 + 5_000 * i64::try_from(next(9)).unwrap()).collect();
    let rows = points
        .iter()
        .map(|one| {
            let near = |other: &(u64, u64)| one.0.abs_diff(other.0).pow(2) + one.1.abs_diff(other.1).pow(2) <= 22 * 22;
            (0..places).zip(&points).filter(|(_, other)| near(other)).map(|(place, _)| place).collect()
        })
        .collect();
    (rows, people, costs)
}

/// The region with at most `count` sites and `budget` euros, the first sites open already.
pub fn problem(places: u32, seed: u64, count: i64, budget: Option<i64>, existing: u32) -> Problem {
    let (rows, people, costs) = region(places, seed);
    let new = || (existing..places).map(SiteId);
    let mut rules = vec![SiteRule::at_most(count, new().map(|site| (site, 1)))];
    if let Some(budget) = budget {
        rules.push(SiteRule::at_most(budget, new().map(|site| (site, costs[site.index()]))));
    }
    let fixings = (0..places).map(|site| if site < existing { Fixing::Open } else { Fixing::Free }).collect();
    Problem::new(Coverage::from_rows(places, &rows).unwrap(), people, rules, fixings).unwrap()
}
