//! Every point of a curve is compared with all choices there are, and with a run by itself.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod problems {
    pub mod enumeration;
    pub mod random;
}

use maillage_solver::{
    Coverage, CoverageFloor, DemandId, Effort, Fixing, Frontier, FrontierCurve, FrontierError, Guarantee, Observer,
    Problem, Progress, Search, Silent, SiteId, SiteRule, Solution, Solver, Verdict,
};
use problems::enumeration::best_value;
use problems::random::Random;

/// A problem of at most 9 sites with a count or a budget first, other rules after, and the ends to sweep it over.
fn random_sweep(seed: u64) -> (Problem, Vec<i64>) {
    let mut random = Random(seed);
    let sites = u32::try_from(1 + random.below(9)).unwrap();
    let demands = u32::try_from(1 + random.below(12)).unwrap();
    let density = 2 + random.below(4);
    let rows: Vec<Vec<u32>> = (0..sites).map(|_| (0..demands).filter(|_| random.one_in(density)).collect()).collect();
    let largest = [2, 5, 100, 100_000][usize::try_from(random.below(4)).unwrap()];
    let scale = if random.one_in(4) { 7 } else { 1 };
    let weights = (0..demands).map(|_| random.below(largest) * scale).collect();
    let all = || (0..sites).map(SiteId);
    let is_count = random.one_in(2);
    let swept: Vec<(SiteId, i64)> = all().map(|site| (site, if is_count { 1 } else { random.signed(0, 60) })).collect();
    let least = random.one_in(8).then(|| random.signed(0, 2));
    let mut rules = vec![SiteRule { coefficients: swept, least, most: Some(0) }];
    if random.one_in(3) {
        let costs: Vec<(SiteId, i64)> = all().map(|site| (site, random.signed(0, 60))).collect();
        rules.push(SiteRule::at_most(random.signed(0, 200), costs));
    }
    if random.one_in(3) {
        let group: Vec<(SiteId, i64)> = all().filter(|_| random.one_in(2)).map(|site| (site, 1)).collect();
        rules.push(if random.one_in(2) { SiteRule::at_least(1, group) } else { SiteRule::at_most(1, group) });
    }
    let fixings = (0..sites)
        .map(|_| match random.below(10) {
            0 => Fixing::Open,
            1 => Fixing::Closed,
            _ => Fixing::Free,
        })
        .collect();
    let problem = Problem::new(Coverage::from_rows(demands, &rows).unwrap(), weights, rules, fixings).unwrap();
    let floors = (0..u64::from(random.one_in(6)))
        .map(|_| {
            let coefficients: Vec<(DemandId, u64)> = (0..demands).map(|demand| (DemandId(demand), 1)).collect();
            CoverageFloor { coefficients, least: random.below(u64::from(demands) + 1) }
        })
        .collect();
    let (start, step) = if is_count { (0, 1 + random.signed(0, 1)) } else { (random.signed(0, 40), 11) };
    let ends = (0..9).map(|point| start + point * step).collect();
    (problem.with_floors(floors).unwrap(), ends)
}

fn at_end(problem: &Problem, end: i64) -> Problem {
    let mut rules = problem.rules().to_vec();
    rules[0].most = Some(end);
    Problem::new(problem.coverage().clone(), problem.weights().to_vec(), rules, problem.fixings().to_vec())
        .and_then(|other| other.with_floors(problem.floors().to_vec()))
        .unwrap()
}

fn values(curve: &FrontierCurve) -> Vec<Option<u64>> {
    curve.points.iter().map(|point| point.solution.as_ref().map(Solution::value)).collect()
}

#[test]
fn every_point_equals_all_choices_on_four_thousand_problems() {
    for seed in 0..4_000 {
        let (problem, ends) = random_sweep(seed);
        let curve = Frontier::default().solve(&problem, 0, &ends, &Silent).unwrap();
        assert_eq!(curve.points.iter().map(|point| point.end).collect::<Vec<_>>(), ends, "seed {seed}");
        for point in &curve.points {
            let at_end = at_end(&problem, point.end);
            let best = best_value(&at_end);
            let value = point.solution.as_ref().map(Solution::value);
            let told = format!("seed {seed}, end {}: {best:?} {point:?} {problem:?}", point.end);
            assert_eq!(value, best, "{told}");
            match &point.solution {
                Some(solution) => {
                    assert_eq!(*solution, Solution::count(&at_end, solution.sites()), "{told}");
                    assert!(solution.is_feasible() && !point.impossible, "{told}");
                    assert_eq!((Some(point.bound), point.guarantee), (best, Guarantee::Optimal), "{told}");
                }
                None => assert_eq!(point.guarantee, Guarantee::None, "{told}"),
            }
        }
    }
}

/// Stops after so many questions whether to go on.
struct StopsAfter(std::sync::atomic::AtomicU64);

impl Observer for StopsAfter {
    fn observe(&self, _: Progress) -> Verdict {
        Verdict::Continue
    }

    fn should_stop(&self) -> bool {
        self.0.fetch_update(std::sync::atomic::Ordering::SeqCst, std::sync::atomic::Ordering::SeqCst, |left| {
            left.checked_sub(1)
        }) == Err(0)
    }
}

#[test]
fn a_curve_that_is_stopped_still_brackets_the_best_of_every_point() {
    let mut open = 0;
    for seed in 50_000..52_000 {
        let (problem, ends) = random_sweep(seed);
        let stops = StopsAfter((seed % 40).into());
        let curve = Frontier::default().solve(&problem, 0, &ends, &stops).unwrap();
        let (mut value_before, mut bound_before) = (None, 0);
        for point in &curve.points {
            let best = best_value(&at_end(&problem, point.end));
            let value = point.solution.as_ref().map(Solution::value);
            let told = format!("seed {seed}, end {}: {best:?} {point:?} {problem:?}", point.end);
            assert!(value <= best, "{told}");
            assert!(best.is_none_or(|best| point.bound >= best && !point.impossible), "{told}");
            assert!(value >= value_before, "values never fall: {told}");
            assert!(point.bound >= bound_before, "bounds never fall: {told}");
            (value_before, bound_before) = (value, point.bound);
            open += u32::from(value.is_some_and(|value| value < point.bound));
        }
    }
    assert!(open > 1_000, "only {open} points were left open");
}

/// Villages in rows, a site in each that reaches its neighbours: too large for brute force, small enough to prove.
fn villages() -> Problem {
    let places = 400_u32;
    let mut random = Random(7);
    let rows: Vec<Vec<u32>> = (0..places)
        .map(|place| {
            let (row, column) = (place / 20, place % 20);
            let near = |other: &u32| (other / 20).abs_diff(row) + (other % 20).abs_diff(column) <= 1;
            (0..places).filter(near).collect()
        })
        .collect();
    let weights = (0..places).map(|_| 100 + random.below(900)).collect();
    let costs: Vec<(SiteId, i64)> = (0..places).map(|place| (SiteId(place), random.signed(2, 6) * 5_000)).collect();
    let count = SiteRule::at_most(60, (0..places).map(|place| (SiteId(place), 1)));
    let rules = vec![count, SiteRule::at_most(1_200_000, costs)];
    Problem::new(Coverage::from_rows(places, &rows).unwrap(), weights, rules, vec![Fixing::Free; 400]).unwrap()
}

#[test]
fn points_agree_with_runs_by_themselves_and_with_any_number_of_threads() {
    let problem = villages();
    let ends: Vec<i64> = (0..=30).collect();
    let solve = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Frontier::default().solve(&problem, 0, &ends, &Silent)).unwrap()
    };
    let curve = solve(1);
    for threads in [2, 3, 8] {
        assert_eq!(solve(threads), curve, "{threads} threads");
    }
    for point in curve.points.iter().step_by(6) {
        let alone = Search::default().solve(&at_end(&problem, point.end), &Silent).unwrap();
        let value = point.solution.as_ref().unwrap().value();
        assert!(alone.solution.value() <= point.bound && value <= alone.bound, "{}", point.end);
        if alone.guarantee == Guarantee::Optimal && point.guarantee == Guarantee::Optimal {
            assert_eq!(value, alone.solution.value(), "{}", point.end);
        }
    }
    assert!(curve.points.iter().filter(|point| point.guarantee == Guarantee::Optimal).count() > 20);
}

#[test]
fn less_work_never_changes_what_is_proved() {
    let problem = villages();
    let ends: Vec<i64> = (0..=8).map(|point| point * 100_000).collect();
    let quick = Frontier { search: Search { effort: Effort::Quick, ..Search::default() } };
    let quick = quick.solve(&problem, 1, &ends, &Silent).unwrap();
    let normal = Frontier::default().solve(&problem, 1, &ends, &Silent).unwrap();
    for ((one, other), end) in quick.points.iter().zip(&normal.points).zip(ends) {
        assert!(one.bound >= other.solution.as_ref().unwrap().value(), "{end}");
        assert!(other.bound >= one.solution.as_ref().unwrap().value(), "{end}");
    }
    assert_eq!(values(&normal)[0], Some(0));
}

#[test]
fn what_makes_no_curve_is_refused() {
    let (problem, _) = random_sweep(1);
    let solve = |rule, ends: &[i64]| Frontier::default().solve(&problem, rule, ends, &Silent);
    assert!(matches!(solve(9, &[1]), Err(FrontierError::UnknownRule { rule: 9, .. })));
    assert!(matches!(solve(0, &[1, 1]), Err(FrontierError::NotRising { end: 1, next: 1 })));
    assert!(matches!(solve(0, &[1, i64::MAX]), Err(FrontierError::TooLarge { end: i64::MAX })));
    assert!(solve(0, &[]).unwrap().points.is_empty());
}
