//! Relations that must hold between answers, on problems too large for brute force.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod problems {
    pub mod impatient;
    pub mod region;
}

use maillage_solver::{
    Coverage, Effort, Fixing, Guarantee, Outcome, Problem, Search, Silent, SiteId, SiteRule, Solver,
};
use problems::impatient::Impatient;
use problems::region::problem;

fn solve(problem: &Problem, effort: Effort) -> Outcome {
    Search { effort, ..Search::default() }.solve(problem, &Silent).unwrap()
}

#[test]
fn the_answer_is_the_same_on_any_number_of_threads() {
    for (seed, budget) in [(1, None), (2, Some(400_000))] {
        let problem = problem(900, seed, 25, budget, 10);
        let answers: Vec<Outcome> = [1, 2, 3, 8]
            .into_iter()
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| solve(&problem, Effort::Quick))
            })
            .collect();
        for answer in &answers[1..] {
            assert_eq!(*answer, answers[0], "seed {seed}");
        }
    }
}

#[test]
fn more_sites_or_money_are_never_worse() {
    let mut last = 0;
    for count in [0, 1, 2, 5, 10, 20, 40] {
        let outcome = solve(&problem(500, 7, count, None, 5), Effort::Normal);
        assert_eq!(outcome.guarantee, Guarantee::Optimal, "{count} sites");
        assert!(outcome.solution.value() >= last, "{count} sites cover less than fewer do");
        last = outcome.solution.value();
    }
    let mut last = 0;
    for budget in [0, 20_000, 45_000, 150_000, 300_000, 310_000] {
        let outcome = solve(&problem(300, 8, 300, Some(budget), 5), Effort::Normal);
        assert_eq!(outcome.guarantee, Guarantee::Optimal, "{budget} euros");
        assert!(outcome.solution.value() >= last, "{budget} euros cover less than less money does");
        last = outcome.solution.value();
    }
}

#[test]
fn more_effort_never_loosens_the_bound() {
    let problem = problem(1_500, 3, 60, Some(1_500_000), 0);
    let quick = solve(&problem, Effort::Quick);
    let normal = solve(&problem, Effort::Normal);
    assert!(normal.solution.value() >= quick.solution.value());
    assert!(normal.bound <= quick.bound);
    assert!(quick.solution.value() <= normal.bound && normal.solution.value() <= quick.bound);
}

#[test]
fn requiring_a_chosen_site_or_forbidding_another_changes_nothing() {
    let free = problem(400, 11, 15, None, 5);
    let best = solve(&free, Effort::Normal);
    let chosen = *best.solution.sites().last().unwrap();
    let other = (5..400).map(SiteId).find(|site| !best.solution.sites().contains(site)).unwrap();
    for (site, fixing) in [(chosen, Fixing::Open), (other, Fixing::Closed)] {
        let mut fixings = free.fixings().to_vec();
        fixings[site.index()] = fixing;
        let fixed =
            Problem::new(free.coverage().clone(), free.weights().to_vec(), free.rules().to_vec(), fixings).unwrap();
        assert_eq!(solve(&fixed, Effort::Normal).solution.value(), best.solution.value());
    }
}

#[test]
fn ties_go_to_fewer_sites_and_then_to_smaller_indices() {
    // Sites 1, 3 and 5 cover the same as 0, 2 and 4; one of each pair is enough.
    let rows = [vec![0, 1], vec![0, 1], vec![2], vec![2], vec![3, 4], vec![3, 4]];
    let coverage = Coverage::from_rows(5, &rows).unwrap();
    let rules = vec![SiteRule::at_most(6, (0..6).map(|site| (SiteId(site), 1)))];
    let problem = Problem::new(coverage, vec![1; 5], rules, vec![Fixing::Free; 6]).unwrap();
    assert_eq!(solve(&problem, Effort::Normal).solution.sites(), [SiteId(0), SiteId(2), SiteId(4)]);
}

#[test]
fn a_run_stopped_at_once_still_gives_a_feasible_choice_and_a_valid_bound() {
    let problem = problem(600, 5, 20, Some(500_000), 5);
    let stopped = Search::default().solve(&problem, &Impatient).unwrap();
    let best = solve(&problem, Effort::Normal);
    assert!(stopped.solution.is_feasible());
    assert!(stopped.bound >= best.solution.value());
    assert!(stopped.solution.value() <= best.bound);
}
