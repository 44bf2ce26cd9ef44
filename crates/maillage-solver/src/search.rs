use crate::run::Run;
use crate::start::{Relaxed, Start};
use crate::{Effort, Observer, Outcome, Problem, SiteId, SolveError, Solver};

/// The default solver: reduction, greedy, Lagrangian bound and swap search side by side, reduced-cost fixing, and
/// branching on what is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// How much work to do before stopping.
    pub effort: Effort,
    /// Stop when (bound − value) / bound is at most this, from 0 to 1.
    pub gap: f64,
    /// Whether to keep the proof of the bound.
    pub certificate: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { effort: Effort::Normal, gap: 0.0, certificate: false }
    }
}

impl Solver for Search {
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError> {
        Ok(self.solve_from(problem, &Start::default(), observer)?.0)
    }
}

impl Search {
    /// Solves as [`Solver::solve`] does, with choices of sites to start from, which need not keep the rules.
    ///
    /// # Errors
    /// As for [`Solver::solve`].
    pub fn solve_near(
        &self,
        problem: &Problem,
        choices: &[Vec<SiteId>],
        observer: &dyn Observer,
    ) -> Result<Outcome, SolveError> {
        let start = Start { choices: choices.to_vec(), ..Start::default() };
        Ok(self.solve_from(problem, &start, observer)?.0)
    }

    /// Solves from what was found for a problem alike, and hands over what helps with the next one.
    pub(crate) fn solve_from(
        &self,
        problem: &Problem,
        start: &Start,
        observer: &dyn Observer,
    ) -> Result<(Outcome, Relaxed), SolveError> {
        let mut run = Run::new(self, problem, observer, start)?;
        let relaxed = run.relaxed.take().unwrap_or_default();
        Ok((run.finish()?, relaxed))
    }
}
