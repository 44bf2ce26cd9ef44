//! Every answer on small random problems is compared with all choices there are, and every proof checked.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stderr, reason = "a long test says what it saw")]

mod problems {
    pub mod checked;
    pub mod enumeration;
    pub mod random;
    pub mod small;
}

use std::ops::Range;

use maillage_solver::{
    Certificate, Effort, Greedy, Guarantee, Problem, Relaxation, Search, Silent, Solution, SolveError, Solver,
};
use maillage_verify::{Verdict, verify};
use problems::checked::{checked, instance};
use problems::enumeration::best_value;
use problems::small::random_problem;

/// Returns how many of the problems have no feasible choice.
fn agree(seeds: Range<u64>, effort: Effort) -> u64 {
    let mut infeasible = 0;
    for seed in seeds {
        let problem = random_problem(seed);
        let outcome = Search { effort, certificate: true, ..Search::default() }.solve(&problem, &Silent);
        match (best_value(&problem), outcome) {
            (None, Err(SolveError::Infeasible { certificate, .. })) => {
                infeasible += 1;
                checked_impossible(&problem, &certificate.unwrap(), &format!("seed {seed}"));
            }
            (Some(best), Ok(outcome)) => {
                assert!(outcome.solution.is_feasible(), "seed {seed}: a rule is broken: {problem:?}");
                assert_eq!(outcome.solution, Solution::count(&problem, outcome.solution.sites()), "seed {seed}");
                assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}: {best} {outcome:?} {problem:?}");
                assert_eq!((outcome.solution.value(), outcome.bound), (best, best), "seed {seed}: {problem:?}");
                assert_eq!(checked(&problem, &outcome, &format!("seed {seed}")), (best, best), "seed {seed}");
            }
            (best, outcome) => panic!("seed {seed}: brute force says {best:?}, the solver {outcome:?}: {problem:?}"),
        }
    }
    infeasible
}

#[test]
fn equals_all_choices_on_ten_thousand_problems() {
    assert!(agree(0..10_000, Effort::Normal) >= 2_000);
}

#[test]
#[ignore = "a minute and more on each of two cores: run with -- --ignored"]
fn equals_all_choices_on_fifty_thousand_problems() {
    let infeasible = agree(0..50_000, Effort::Normal);
    eprintln!("50,000 problems, {infeasible} of them infeasible");
    assert!(infeasible >= 10_000);
}

#[test]
#[ignore = "a minute and more on each of two cores: run with -- --ignored"]
fn equals_all_choices_on_fifty_thousand_more() {
    let infeasible = agree(50_000..100_000, Effort::Normal);
    eprintln!("50,000 more problems, {infeasible} of them infeasible");
    assert!(infeasible >= 10_000);
}

#[test]
fn equals_all_choices_at_every_effort() {
    assert!(agree(1_000_000..1_001_000, Effort::Quick) >= 100);
    assert!(agree(1_001_000..1_002_000, Effort::Proof) >= 100);
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

/// Has the proof checked that nothing is feasible.
fn checked_impossible(problem: &Problem, proof: &Certificate, what: &str) {
    let instance = instance(problem);
    let text = proof.to_text(problem, instance.hash(), None);
    assert_eq!(verify(&instance, &text), Ok(Verdict::Infeasible), "{what}: {problem:?}\n{text:.3000}");
}
