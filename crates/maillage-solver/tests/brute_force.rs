//! Every answer on small random problems is compared with all choices there are.

mod problems {
    pub mod small;
}

use maillage_solver::{Effort, Greedy, Guarantee, Relaxation, Search, Silent, Solution, SolveError, Solver};
use problems::small::{best_value, random_problem};

fn agrees(seed: u64, effort: Effort) {
    let problem = random_problem(seed);
    let best = best_value(&problem);
    let outcome = Search { effort, certificate: true, ..Search::default() }.solve(&problem, &Silent);
    match (best, outcome) {
        (None, Err(SolveError::Infeasible { .. })) => {}
        (None, Ok(outcome)) => assert_eq!(outcome.guarantee, Guarantee::None, "seed {seed}: {problem:?}"),
        (Some(best), Ok(outcome)) => {
            assert!(outcome.bound >= best, "seed {seed}: bound {} below {best}: {problem:?}", outcome.bound);
            assert!(outcome.solution.is_feasible(), "seed {seed}: a rule is broken: {problem:?}");
            assert_eq!(outcome.solution, Solution::count(&problem, outcome.solution.sites()), "seed {seed}");
            assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}: {best} {outcome:?} {problem:?}");
            assert_eq!(outcome.solution.value(), best, "seed {seed}: {problem:?}");
            assert_eq!(outcome.bound, best, "seed {seed}");
        }
        (best, outcome) => panic!("seed {seed}: brute force says {best:?}, the solver {outcome:?}: {problem:?}"),
    }
}

#[test]
fn equals_all_choices_on_thirty_thousand_problems() {
    for seed in 0..30_000 {
        agrees(seed, Effort::Normal);
    }
}

#[test]
fn equals_all_choices_at_every_effort() {
    for seed in 1_000_000..1_001_000 {
        agrees(seed, Effort::Quick);
        agrees(seed, Effort::Proof);
    }
}

#[test]
fn greedy_and_relaxation_never_pass_the_best() {
    let solvers: [&dyn Solver; 3] = [&Greedy, &Relaxation { iterations: 0 }, &Relaxation { iterations: 60 }];
    for seed in 2_000_000..2_010_000 {
        let problem = random_problem(seed);
        let best = best_value(&problem);
        for solver in solvers {
            match (best, solver.solve(&problem, &Silent)) {
                (None, Err(SolveError::Infeasible { .. })) => {}
                (None, Ok(outcome)) => assert_eq!(outcome.guarantee, Guarantee::None, "seed {seed}"),
                (Some(best), Ok(outcome)) => {
                    assert!(outcome.bound >= best, "seed {seed}: bound {} below {best}", outcome.bound);
                    if outcome.guarantee != Guarantee::None {
                        assert!(outcome.solution.is_feasible(), "seed {seed}: a rule is broken");
                        assert!(outcome.solution.value() <= best, "seed {seed}");
                    }
                    let optimal = outcome.guarantee == Guarantee::Optimal;
                    assert!(!optimal || outcome.solution.value() == best, "seed {seed}: not the best");
                }
                (best, Err(error)) => panic!("seed {seed}: {error}, and brute force says {best:?}"),
            }
        }
    }
}
