use crate::{Certificate, Observer, Problem, Solution};

/// What is proved of a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarantee {
    /// No feasible choice of sites covers more.
    Optimal,
    /// No feasible choice of sites covers more than the bound.
    Bounded,
    /// Nothing is proved: no feasible choice was found, or no bound.
    None,
}

/// Why a solver stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// The solution is proved the best.
    Proof,
    /// The bound came within the gap asked for.
    Gap,
    /// The work allowed was done.
    Effort,
    /// The observer said so.
    Observer,
}

/// How much work was done: the same on every run and any number of threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// (site, demand) pairs of the problem as given.
    pub pairs: u64,
    /// Steps of the bound and moves of the search.
    pub iterations: u64,
    /// Nodes of the branching, 0 where there was none.
    pub nodes: u64,
}

/// The multipliers behind the bound, in units of weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices {
    /// For each demand, the price λ of covering it, 0 to its weight.
    pub demands: Vec<f64>,
    /// For each rule, the price μ of one more unit of its binding end.
    pub rules: Vec<f64>,
    /// For each coverage floor, the price ν of one more unit of it.
    pub floors: Vec<f64>,
}

/// What a solver found and what it proved.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The best choice found, recounted from the problem; infeasible only when `guarantee` is `None`.
    pub solution: Solution,
    /// No feasible choice covers more weight than this.
    pub bound: u64,
    /// What is proved.
    pub guarantee: Guarantee,
    /// Why the solver stopped.
    pub stopped_by: StoppedBy,
    /// The multipliers that give the bound at the root.
    pub prices: Prices,
    /// The work done.
    pub work: Work,
    /// The proof of the bound, where one was asked for.
    pub certificate: Option<Certificate>,
}

/// Why a problem has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// The rules contradict each other: proved, no choice of sites keeps them all.
    #[error("no choice of sites keeps all rules")]
    Infeasible {
        /// A rule that cannot hold by itself, given the fixings; none when rules contradict each other.
        rule: Option<usize>,
        /// A coverage floor that cannot hold by itself.
        floor: Option<usize>,
        /// The proof, where one was asked for.
        certificate: Option<Box<Certificate>>,
    },
    /// The solver's answer failed its own recount: a bug, or a faulty machine.
    #[error("self-check failed: {0}")]
    SelfCheck(String),
}

impl SolveError {
    /// Adds the proof that nothing is feasible.
    pub(crate) fn proved(mut self, proof: Option<Certificate>) -> Self {
        if let Self::Infeasible { certificate, .. } = &mut self {
            *certificate = proof.map(Box::new);
        }
        self
    }
}

/// Anything that solves a [`Problem`].
pub trait Solver {
    /// Looks for the best choice of sites and a bound on it.
    ///
    /// # Errors
    /// When the rules are proved impossible, or the answer fails its recount.
    fn solve(&self, problem: &Problem, observer: &dyn Observer) -> Result<Outcome, SolveError>;
}
