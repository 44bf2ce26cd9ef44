use std::time::Duration;

use crate::back_end::{Answer, BackEnd, NoAnswer};
use crate::{
    Guarantee, Observer, Outcome, Problem, Relaxation, Residual, SiteId, Solution, SolveError, Solver, StoppedBy, tidy,
};

/// An integer-programming solver at work on the residual problem: its plan is recounted, its proof is not believed.
///
/// What it finds is rounded to whole sites and counted from the problem; a plan that breaks a rule or is worth less
/// than was said fails. The bound is that of [`Relaxation`], so an answer is called optimal only where the linear
/// relaxation happens to prove it. The observer hears nothing while the back end works: set a time limit.
///
/// ```
/// use maillage_solver::{Coverage, Fixing, Guarantee, Milp, Problem, Silent, SiteId, SiteRule, Solver};
///
/// let coverage = Coverage::from_rows(4, &[vec![0, 1], vec![1, 2], vec![2, 3]])?;
/// let two = SiteRule::at_most(2, (0..3).map(|site| (SiteId(site), 1)));
/// let problem = Problem::new(coverage, vec![3, 1, 1, 4], vec![two], vec![Fixing::Free; 3])?;
/// let outcome = Milp::default().solve(&problem, &Silent)?;
/// assert_eq!((outcome.solution.value(), outcome.guarantee), (9, Guarantee::Optimal));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milp {
    /// Who solves.
    pub back_end: BackEnd,
    /// After how long the back end is to stop; some overrun it.
    pub time_limit: Option<Duration>,
    /// Iterations of the [`Relaxation`] that gives the bound.
    pub iterations: u32,
}

impl Default for Milp {
    fn default() -> Self {
        Self { back_end: BackEnd::default(), time_limit: None, iterations: 1_000 }
    }
}

impl Solver for Milp {
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError> {
        self.solve_by(problem, observer, |residual| self.back_end.answer(residual, self.time_limit))
    }
}

impl Milp {
    /// Solves by any back end, which may say what it likes.
    fn solve_by(
        &self,
        problem: &Problem,
        observer: &dyn Observer,
        back_end: impl FnOnce(&Problem) -> Result<Answer, NoAnswer>,
    ) -> Result<Outcome, SolveError> {
        let mut outcome = Relaxation { iterations: self.iterations }.solve(problem, observer)?;
        if outcome.guarantee == Guarantee::Optimal || observer.should_stop() {
            return Ok(outcome);
        }
        let residual = Residual::of(problem)?;
        if residual.sites().is_empty() {
            return Ok(outcome);
        }
        let (found, in_time) = match back_end(residual.problem()) {
            Ok(answer) => (Some(recount(problem, &residual, &answer)?), answer.in_time),
            // A plan that is known stands against the word that there is none.
            Err(NoAnswer::Infeasible) => (None, true),
            Err(NoAnswer::OutOfTime) => (None, false),
            Err(NoAnswer::Failed(reason)) => return Err(SolveError::SelfCheck(reason)),
        };
        if let Some(found) = found
            && (outcome.guarantee == Guarantee::None || found.value() > outcome.solution.value())
        {
            if found.value() > outcome.bound {
                let (value, bound) = (found.value(), outcome.bound);
                return Err(SolveError::SelfCheck(format!("a plan worth {value} is above the bound {bound}")));
            }
            outcome.solution = tidy::tidy(problem, &found);
            outcome.guarantee = if found.value() == outcome.bound { Guarantee::Optimal } else { Guarantee::Bounded };
        }
        outcome.stopped_by = match outcome.guarantee {
            Guarantee::Optimal => StoppedBy::Proof,
            _ if !in_time => StoppedBy::Observer,
            _ => StoppedBy::Effort,
        };
        Ok(outcome)
    }
}

/// Rounds a back end's answer to whole sites and counts it, refusing what is not worth what was said.
fn recount(problem: &Problem, residual: &Residual, answer: &Answer) -> Result<Solution, SolveError> {
    let refuse = |reason: String| Err(SolveError::SelfCheck(reason));
    let sites = residual.sites().len();
    if answer.openness.len() != sites {
        return refuse(format!("the back end answers for {} of {sites} sites", answer.openness.len()));
    }
    if let Some(value) = answer.openness.iter().find(|value| !(-0.5..=1.5).contains(*value)) {
        return refuse(format!("the back end opens a site by {value}"));
    }
    let open: Vec<SiteId> =
        (0..).map(SiteId).zip(&answer.openness).filter(|(_, value)| **value > 0.5).map(|(site, _)| site).collect();
    let solution = Solution::count(problem, &residual.expand(&open));
    if !solution.is_feasible() {
        return refuse("the back end's plan breaks a rule".to_owned());
    }
    // Demands are counted by shares in the back end: each may be off by its tolerance.
    #[expect(clippy::cast_precision_loss, reason = "weights add up to 2^53 at most")]
    let counted = (solution.value() - residual.base()) as f64;
    if answer.value.is_nan() || answer.value > counted + 0.5 + 1e-6 * counted {
        return refuse(format!("the back end says {}, counted are {counted}", answer.value));
    }
    Ok(solution)
}

#[cfg(test)]
mod tests {
    use super::Milp;
    use crate::back_end::{Answer, NoAnswer};
    use crate::{Coverage, Fixing, Guarantee, Problem, Silent, SiteId, SiteRule, SolveError, StoppedBy};

    /// Three pairs of three demands, one site each: the relaxation opens all by half, so it proves nothing.
    fn triangle() -> Problem {
        let coverage = Coverage::from_rows(3, &[vec![0, 1], vec![1, 2], vec![0, 2]]).unwrap();
        let one = SiteRule::at_most(1, (0..3).map(|site| (SiteId(site), 1)));
        Problem::new(coverage, vec![10, 11, 12], vec![one], vec![Fixing::Free; 3]).unwrap()
    }

    fn say(openness: [f64; 3], value: f64) -> Result<crate::Outcome, SolveError> {
        let back_end = |_: &Problem| Ok(Answer { openness: openness.to_vec(), value, in_time: true });
        Milp { iterations: 1, ..Milp::default() }.solve_by(&triangle(), &Silent, back_end)
    }

    #[test]
    fn an_honest_answer_is_taken_and_its_proof_is_not() {
        let outcome = say([1e-9, 0.999_999_7, 0.0], 23.000_001).unwrap();
        assert_eq!((outcome.solution.value(), outcome.solution.sites()), (23, &[SiteId(1)][..]));
        assert!(outcome.bound > 23);
        assert_eq!(outcome.guarantee, Guarantee::Bounded);
    }

    #[test]
    fn lies_are_caught() {
        for (openness, value) in [
            ([1.0, 1.0, 0.0], 33.0),
            ([0.0, 1.0, 0.0], 33.0),
            ([0.0, 1.0, 0.0], f64::NAN),
            ([0.0, 1.0, 0.0], f64::INFINITY),
            ([f64::NAN, 1.0, 0.0], 23.0),
            ([0.0, 7.0, 0.0], 23.0),
        ] {
            let outcome = say(openness, value);
            assert!(matches!(outcome, Err(SolveError::SelfCheck(_))), "{openness:?} {value}: {outcome:?}");
        }
    }

    #[test]
    fn a_plan_that_is_known_outlives_the_word_that_there_is_none() {
        for (said, stopped_by) in
            [(NoAnswer::Infeasible, StoppedBy::Effort), (NoAnswer::OutOfTime, StoppedBy::Observer)]
        {
            let outcome =
                Milp { iterations: 1, ..Milp::default() }.solve_by(&triangle(), &Silent, |_| Err(said)).unwrap();
            assert!(outcome.solution.is_feasible() && outcome.solution.value() > 0);
            assert_eq!((outcome.guarantee, outcome.stopped_by), (Guarantee::Bounded, stopped_by));
        }
    }
}
