//! Problems and proofs of the kernel in the checker's terms: the one place where the two meet.

use maillage_solver::{CoverageFloor, Fixing, Outcome, Problem, SiteId, SiteRule, Step};
use maillage_verify::{Certificate, Floor, Instance, InstanceError, Rule, Site, verify};

use crate::failure::Failure;

/// A proof that the checker accepts.
pub(crate) struct CheckedCertificate(Certificate);

impl CheckedCertificate {
    /// Has the proof of an outcome checked, by way of its text; it must prove the very value and bound found.
    pub(crate) fn of(problem: &Problem, outcome: &Outcome) -> Result<Self, Failure> {
        let refused = |why: Box<dyn std::error::Error + Send + Sync>| Failure::Certificate(why);
        let instance = instance(problem).map_err(|error| refused(error.into()))?;
        let certificate =
            certificate(&instance, problem, outcome).ok_or_else(|| refused("there is none of this bound".into()))?;
        let text = certificate.to_string();
        let read = Certificate::parse(text.as_bytes()).map_err(|error| refused(error.into()))?;
        let verdict = verify(&instance, &read).map_err(|error| refused(error.into()))?;
        if verdict.value != outcome.solution.value() || verdict.bound != outcome.bound {
            let proved = format!("it proves a value of {} and a bound of {}", verdict.value, verdict.bound);
            return Err(refused(proved.into()));
        }
        Ok(Self(read))
    }

    /// Returns the hash of the problem.
    pub(crate) fn problem(&self) -> &str {
        &self.0.problem
    }

    /// Returns the file's text.
    pub(crate) fn text(&self) -> String {
        self.0.to_string()
    }
}

/// Tells a problem in the checker's terms.
pub(crate) fn instance(problem: &Problem) -> Result<Instance, InstanceError> {
    let site = |(site, fixing): (u32, &Fixing)| Site {
        demands: problem.coverage().demands_of(SiteId(site)).iter().map(|demand| demand.0).collect(),
        open: match fixing {
            Fixing::Free => None,
            Fixing::Open => Some(true),
            Fixing::Closed => Some(false),
        },
    };
    let rule = |rule: &SiteRule| Rule {
        least: rule.least,
        most: rule.most,
        coefficients: rule.coefficients.iter().map(|&(site, by)| (site.0, by)).collect(),
    };
    let floor = |floor: &CoverageFloor| Floor {
        least: floor.least,
        coefficients: floor.coefficients.iter().map(|&(demand, by)| (demand.0, by)).collect(),
    };
    Instance::new(
        problem.weights().to_vec(),
        (0..).zip(problem.fixings()).map(site).collect(),
        problem.rules().iter().map(rule).collect(),
        problem.floors().iter().map(floor).collect(),
    )
}

/// Tells an outcome's plan and proof in the checker's terms, where there is a proof.
fn certificate(instance: &Instance, problem: &Problem, outcome: &Outcome) -> Option<Certificate> {
    let proof = outcome.certificate.as_ref()?;
    let counts = [problem.weights().len(), problem.coverage().sites(), problem.rules().len(), problem.floors().len()];
    Some(Certificate {
        problem: instance.hash(),
        // An instance never has more of anything than a `u32` counts.
        counts: counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        scale_bits: proof.scale_bits,
        value: outcome.solution.value(),
        bound: proof.bound,
        plan: outcome.solution.sites().iter().map(|site| site.0).collect(),
        steps: proof.steps.iter().map(plain).collect(),
    })
}

fn plain(step: &Step) -> maillage_verify::Step {
    use maillage_verify::Step as Plain;
    match step {
        Step::Prices { demands, rules, floors } => Plain::Prices {
            demands: demands.iter().map(|&(demand, price)| (demand.0, price)).collect(),
            rules: rules.clone(),
            floors: floors.clone(),
        },
        Step::Fix(sites) => Plain::Fix(sites.iter().map(|&(site, open)| (site.0, open)).collect()),
        Step::Dominated(pairs) => Plain::Dominated(pairs.iter().map(|&(site, other)| (site.0, other.0)).collect()),
        Step::Branch(site, open_first) => Plain::Branch(site.0, *open_first),
        Step::Leaf | Step::Count(_) | Step::BranchSum { .. } => Plain::Leaf,
        Step::Impossible(rule) => Plain::Impossible(*rule),
        Step::ImpossibleFloor(floor) => Plain::ImpossibleFloor(*floor),
    }
}
