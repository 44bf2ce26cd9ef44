//! What the back end finds on small random problems is compared with all choices there are.
#![cfg(feature = "milp")]

mod problems {
    pub mod enumeration;
    pub mod random;
    pub mod small;
}

use maillage_solver::{BackEnd, Guarantee, Milp, Residual, Silent, Solution, SolveError, Solver};
use problems::enumeration::best_value;
use problems::small::random_problem;

#[test]
fn finds_the_best_of_all_choices() {
    finds_the_best_of_all_choices_by(BackEnd::Microlp);
    #[cfg(feature = "highs")]
    finds_the_best_of_all_choices_by(BackEnd::Highs);
}

fn finds_the_best_of_all_choices_by(back_end: BackEnd) {
    let (mut optimal, mut bounded) = (0, 0);
    for seed in 0..1_500 {
        let problem = random_problem(seed);
        // Few iterations, so that the back end has something to do.
        let outcome = Milp { iterations: 5, back_end, ..Milp::default() }.solve(&problem, &Silent);
        match (best_value(&problem), outcome) {
            (None, Err(SolveError::Infeasible { .. })) => {}
            (None, Ok(outcome)) => assert_eq!(outcome.guarantee, Guarantee::None, "seed {seed}"),
            (Some(best), Ok(outcome)) => {
                assert_eq!(outcome.solution.value(), best, "seed {seed}: {problem:?}");
                assert_eq!(outcome.solution, Solution::count(&problem, outcome.solution.sites()), "seed {seed}");
                assert!(outcome.bound >= best, "seed {seed}: bound {} below {best}", outcome.bound);
                assert_eq!(outcome.guarantee == Guarantee::Optimal, outcome.bound == best, "seed {seed}");
                optimal += u32::from(outcome.guarantee == Guarantee::Optimal);
                bounded += u32::from(outcome.guarantee == Guarantee::Bounded);
            }
            (best, outcome) => panic!("seed {seed}: all choices say {best:?}, the solver {outcome:?}: {problem:?}"),
        }
    }
    assert!(optimal > 100 && bounded > 20, "{optimal} proved, {bounded} not: the relaxation proves some and not all");
}

#[test]
fn the_residual_problem_has_the_same_best_value() {
    for seed in 10_000..12_000 {
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
