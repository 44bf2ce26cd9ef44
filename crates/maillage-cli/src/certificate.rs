use maillage_io::Output;
use maillage_solver::{Certificate, Outcome, Problem, Solution, SolveError};
use maillage_verify::{Instance, Refusal, Verdict, verify};

use crate::failure::Failure;
use crate::interrupt;

/// A proof that the checker accepts.
pub(crate) struct CheckedCertificate {
    hash: String,
    text: String,
}

impl CheckedCertificate {
    /// Has the proof of an outcome checked; it must prove the very value and bound found.
    pub(crate) fn of(problem: &Problem, outcome: &Outcome) -> Result<Self, Failure> {
        let (value, bound) = (outcome.solution.value(), outcome.bound);
        let proof = outcome.certificate.as_ref().ok_or_else(|| refused("there is none of this bound"))?;
        Self::checked(problem, proof, Some(&outcome.solution), |verdict| match verdict {
            Verdict::Plan { value: counted, bound: proved, .. } => (*counted, *proved) == (value, bound),
            Verdict::Infeasible => false,
        })
    }

    /// Has the proof checked that no choice of sites keeps the rules.
    pub(crate) fn of_impossible(problem: &Problem, proof: &Certificate) -> Result<Self, Failure> {
        Self::checked(problem, proof, None, |verdict| *verdict == Verdict::Infeasible)
    }

    fn checked(
        problem: &Problem,
        proof: &Certificate,
        solution: Option<&Solution>,
        is_found: impl Fn(&Verdict) -> bool,
    ) -> Result<Self, Failure> {
        let instance = instance(problem)?;
        let text = proof.to_text(problem, instance.hash(), solution);
        match verify(&instance, &text) {
            Ok(verdict) if is_found(&verdict) => Ok(Self { hash: instance.hash().to_owned(), text }),
            Ok(verdict) => Err(refused(format!("it proves something else: {verdict:?}"))),
            Err(refusal) => Err(refused(refusal)),
        }
    }

    /// Returns the hash of the problem.
    pub(crate) fn problem(&self) -> &str {
        &self.hash
    }

    /// Returns the file's text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// Writes the proof that nothing is feasible, where there is one and `output` has a file for it.
pub(crate) fn write_impossible(error: &SolveError, problem: &Problem, output: Output) -> Result<(), Failure> {
    let SolveError::Infeasible { certificate: Some(proof), .. } = error else { return Ok(()) };
    if output.targets().is_empty() {
        return Ok(());
    }
    let certificate = CheckedCertificate::of_impossible(problem, proof)?;
    Ok(interrupt::whole(|| output.write(&[certificate.text().as_bytes().to_vec()]))?)
}

/// Tells a problem in the checker's terms.
pub(crate) fn instance(problem: &Problem) -> Result<Instance, Failure> {
    Instance::read(problem.instance_lines()).map_err(|refusal: Refusal| refused(refusal))
}

fn refused(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    Failure::Certificate(why.into())
}
