//! Random problems that all choices of sites can be counted for.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_solver::{Coverage, CoverageFloor, DemandId, Fixing, Problem, SiteId, SiteRule};

use super::random::Random;

/// A problem of at most 11 sites and 14 demands with any mix of rules; many ties on purpose.
pub fn random_problem(seed: u64) -> Problem {
    let mut random = Random(seed);
    let sites = u32::try_from(1 + random.below(11)).unwrap();
    let demands = u32::try_from(1 + random.below(14)).unwrap();
    let density = 2 + random.below(5);
    let rows: Vec<Vec<u32>> = (0..sites).map(|_| (0..demands).filter(|_| random.one_in(density)).collect()).collect();
    let largest = [2, 5, 100, 100_000][usize::try_from(random.below(4)).unwrap()];
    let scale = if random.one_in(4) { 7 } else { 1 };
    let weights = (0..demands).map(|_| random.below(largest) * scale).collect();
    let mut rules = Vec::new();
    let all = || (0..sites).map(SiteId);
    if random.one_in(2) {
        let most = random.signed(0, i64::from(sites));
        rules.push(SiteRule::at_most(most, all().map(|site| (site, 1))));
    }
    if random.one_in(6) {
        let exactly = random.signed(0, i64::from(sites));
        rules.push(SiteRule::equal(exactly, all().map(|site| (site, 1))));
    }
    if random.one_in(2) {
        let costs: Vec<(SiteId, i64)> = all().map(|site| (site, random.signed(0, 60))).collect();
        rules.push(SiteRule::at_most(random.signed(0, 200), costs));
    }
    for _ in 0..random.below(3) {
        let group: Vec<(SiteId, i64)> = all().filter(|_| random.one_in(2)).map(|site| (site, 1)).collect();
        rules.push(match random.below(3) {
            0 => SiteRule::at_most(random.signed(0, 3), group),
            1 => SiteRule::at_least(random.signed(0, 2), group),
            _ => SiteRule { least: Some(1), most: Some(2), coefficients: group },
        });
    }
    for _ in 0..random.below(6).saturating_sub(3) {
        // "At most one of these."
        let clique: Vec<(SiteId, i64)> = all().filter(|_| random.one_in(3)).map(|site| (site, 1)).collect();
        rules.push(SiteRule::at_most(1, clique));
    }
    if random.one_in(6) {
        let mixed: Vec<(SiteId, i64)> = all().map(|site| (site, random.signed(-9, 9))).collect();
        let least = random.signed(-20, 8);
        rules.push(SiteRule { least: Some(least), most: Some(least + random.signed(0, 12)), coefficients: mixed });
    }
    if random.one_in(5) {
        // "at least 41 % of them": coefficients of both signs.
        let share: Vec<(SiteId, i64)> = all().map(|site| (site, if random.one_in(2) { 59 } else { -41 })).collect();
        rules.push(SiteRule::at_least(0, share));
    }
    let fixings = (0..sites)
        .map(|_| match random.below(8) {
            0 => Fixing::Open,
            1 => Fixing::Closed,
            _ => Fixing::Free,
        })
        .collect();
    let problem = Problem::new(Coverage::from_rows(demands, &rows).unwrap(), weights, rules, fixings).unwrap();
    let floors = (0..random.below(8).saturating_sub(5))
        .map(|_| {
            let mut coefficients = Vec::new();
            for demand in (0..demands).map(DemandId) {
                if random.one_in(2) {
                    coefficients.push((demand, random.below(30)));
                }
            }
            let most: u64 = coefficients.iter().map(|entry| entry.1).sum();
            CoverageFloor { coefficients, least: random.below(most + 2) }
        })
        .collect();
    problem.with_floors(floors).unwrap()
}
