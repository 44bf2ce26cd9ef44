//! What the back end finds on small random problems is compared with all choices there are.
#![cfg(feature = "milp")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_solver::{
    Coverage, CoverageFloor, DemandId, Fixing, Guarantee, Milp, Problem, Residual, Silent, SiteId, SiteRule, Solution,
    SolveError, Solver,
};

/// A repeatable generator (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(end)).unwrap()
    }
}

/// A problem of at most 10 sites and 16 demands with a count, a budget, a quota, a floor and fixed sites.
fn random_problem(seed: u64) -> Problem {
    let mut random = Random(seed);
    let (sites, demands) = (2 + random.below(9), 2 + random.below(15));
    let density = 2 + random.below(4);
    let rows: Vec<Vec<u32>> =
        (0..sites).map(|_| (0..demands).filter(|_| random.below(density) == 0).collect()).collect();
    let weights = (0..demands).map(|_| u64::from(random.below(1_000))).collect();
    let all = || (0..sites).map(SiteId);
    let mut rules = vec![SiteRule::at_most(i64::from(random.below(sites)), all().map(|site| (site, 1)))];
    if random.below(2) == 0 {
        let costs: Vec<(SiteId, i64)> = all().map(|site| (site, i64::from(random.below(50)))).collect();
        rules.push(SiteRule::at_most(i64::from(random.below(150)), costs));
    }
    if random.below(2) == 0 {
        let group: Vec<(SiteId, i64)> = all().filter(|_| random.below(2) == 0).map(|site| (site, 1)).collect();
        rules.push(SiteRule { least: Some(i64::from(random.below(3))), most: Some(2), coefficients: group });
    }
    let fixings = (0..sites)
        .map(|_| match random.below(10) {
            0 => Fixing::Open,
            1 => Fixing::Closed,
            _ => Fixing::Free,
        })
        .collect();
    let problem = Problem::new(Coverage::from_rows(demands, &rows).unwrap(), weights, rules, fixings).unwrap();
    if random.below(3) > 0 {
        return problem;
    }
    let coefficients = (0..demands).map(|demand| (DemandId(demand), u64::from(random.below(9)))).collect();
    problem.with_floors(vec![CoverageFloor { coefficients, least: u64::from(random.below(60)) }]).unwrap()
}

/// The best value over all choices of sites, none when no choice is feasible.
fn best_value(problem: &Problem) -> Option<u64> {
    let sites = u32::try_from(problem.coverage().sites()).unwrap();
    (0..1u32 << sites)
        .filter_map(|choice| {
            let open: Vec<SiteId> = (0..sites).filter(|site| choice >> site & 1 == 1).map(SiteId).collect();
            let solution = Solution::count(problem, &open);
            solution.is_feasible().then(|| solution.value())
        })
        .max()
}

#[test]
fn finds_the_best_of_all_choices() {
    let mut optimal = 0;
    for seed in 0..600 {
        let problem = random_problem(seed);
        // Few iterations, so that the back end has something to do.
        let outcome = Milp { iterations: 20, ..Milp::default() }.solve(&problem, &Silent);
        match (best_value(&problem), outcome) {
            (None, Err(SolveError::Infeasible { .. })) => {}
            (None, Ok(outcome)) => assert_eq!(outcome.guarantee, Guarantee::None, "seed {seed}"),
            (Some(best), Ok(outcome)) => {
                assert_eq!(outcome.solution.value(), best, "seed {seed}: {problem:?}");
                assert_eq!(outcome.solution, Solution::count(&problem, outcome.solution.sites()), "seed {seed}");
                assert!(outcome.bound >= best, "seed {seed}: bound {} below {best}", outcome.bound);
                assert_eq!(outcome.guarantee == Guarantee::Optimal, outcome.bound == best, "seed {seed}");
                optimal += u32::from(outcome.guarantee == Guarantee::Optimal);
            }
            (best, outcome) => panic!("seed {seed}: all choices say {best:?}, the solver {outcome:?}: {problem:?}"),
        }
    }
    assert!((100..550).contains(&optimal), "{optimal} proved: the relaxation should prove some and not all");
}

#[test]
fn the_residual_problem_has_the_same_best_value() {
    for seed in 10_000..10_600 {
        let problem = random_problem(seed);
        let best = best_value(&problem);
        match Residual::of(&problem) {
            Err(_) => assert_eq!(best, None, "seed {seed}"),
            Ok(residual) => {
                let smaller = best_value(residual.problem());
                assert_eq!(smaller.map(|value| value + residual.base()), best, "seed {seed}: {problem:?}");
            }
        }
    }
}
