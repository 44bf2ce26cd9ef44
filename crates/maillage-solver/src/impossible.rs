use crate::{ProblemError, SolveError};

/// Why a reduction ends the search at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Impossible {
    /// This rule cannot hold whatever the free sites do.
    Rule(usize),
    /// This floor cannot hold whatever the free sites do.
    Floor(usize),
    /// The parts no longer fit together: a bug.
    Parts(ProblemError),
}

impl From<Impossible> for SolveError {
    fn from(impossible: Impossible) -> Self {
        match impossible {
            Impossible::Rule(rule) => Self::Infeasible { rule: Some(rule), floor: None, certificate: None },
            Impossible::Floor(floor) => Self::Infeasible { rule: None, floor: Some(floor), certificate: None },
            Impossible::Parts(error) => Self::SelfCheck(error.to_string()),
        }
    }
}
