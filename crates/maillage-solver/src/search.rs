use crate::{Observer, Outcome, Problem, SolveError, Solver};

/// The default solver: reduction, greedy, swap search from several starts, Lagrangian bound and reduced-cost fixing.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// How much work to do before stopping.
    pub effort: Effort,
    /// Stop when (bound − value) / bound is at most this, from 0 to 1.
    pub gap: f64,
}

/// How much work a solver does before stopping by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// A tenth of the work: a good plan and a bound.
    Quick,
    /// The default.
    #[default]
    Normal,
    /// Until proved, or until the observer says stop.
    Proof,
}

impl Default for Search {
    fn default() -> Self {
        Self { effort: Effort::Normal, gap: 0.0 }
    }
}

impl Solver for Search {
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError> {
        let _ = (problem, observer);
        todo!()
    }
}
