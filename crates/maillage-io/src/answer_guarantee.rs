use maillage_core::{Guarantee, StoppedBy};
use serde::{Deserialize, Serialize};

/// What is proved of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerGuarantee {
    /// Nothing is better.
    Optimal,
    /// Nothing is better than the bound.
    Bounded,
    /// Nothing is proved.
    None,
}

impl AnswerGuarantee {
    /// Returns the word for it in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Bounded => "bounded",
            Self::None => "none",
        }
    }
}

impl From<Guarantee> for AnswerGuarantee {
    fn from(guarantee: Guarantee) -> Self {
        match guarantee {
            Guarantee::Optimal => Self::Optimal,
            Guarantee::Bounded => Self::Bounded,
            Guarantee::None => Self::None,
        }
    }
}

/// Why the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stop {
    /// The plan is proved the best.
    Proof,
    /// The gap asked for is reached.
    Gap,
    /// The work allowed is done.
    Effort,
    /// The clock ran out.
    Time,
    /// Somebody stopped it.
    Signal,
}

impl Stop {
    /// Translates the solver's reason; `asked` says what its observer stopped for.
    #[must_use]
    pub fn of(stopped_by: StoppedBy, asked: Self) -> Self {
        match stopped_by {
            StoppedBy::Proof => Self::Proof,
            StoppedBy::Gap => Self::Gap,
            StoppedBy::Effort => Self::Effort,
            StoppedBy::Observer => asked,
        }
    }
}
