//! Proofs as the independent checker sees them.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_solver::{Outcome, Problem};
use maillage_verify::{Instance, Verdict, verify};

/// The problem in the checker's terms.
pub fn instance(problem: &Problem) -> Instance {
    Instance::read(problem.instance_lines()).unwrap()
}

/// Has the outcome's certificate checked; returns the value and the bound that it proves.
pub fn checked(problem: &Problem, outcome: &Outcome, what: &str) -> (u64, u64) {
    let instance = instance(problem);
    let text = outcome.certificate.as_ref().unwrap().to_text(problem, instance.hash(), Some(&outcome.solution));
    match verify(&instance, &text) {
        Ok(Verdict::Plan { value, bound, .. }) => (value, bound),
        other => panic!("{what}: {other:?}: {problem:?}\n{text:.3000}"),
    }
}
