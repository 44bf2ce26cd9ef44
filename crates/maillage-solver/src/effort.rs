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

/// Array entries that may be touched, by effort.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// In rounds of bound and search.
    pub(crate) rounds: u64,
    /// In branching.
    pub(crate) branching: u64,
}

impl Effort {
    pub(crate) fn allowance(self) -> Allowance {
        match self {
            Self::Quick => Allowance { rounds: 60_000_000, branching: 20_000_000 },
            Self::Normal => Allowance { rounds: 600_000_000, branching: 600_000_000 },
            Self::Proof => Allowance { rounds: 100_000_000_000, branching: u64::MAX },
        }
    }
}
