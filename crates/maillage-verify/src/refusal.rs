/// Where a text fails, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
#[non_exhaustive]
pub struct Refusal {
    /// The line, from 1.
    pub line: usize,
    /// What does not hold there.
    pub reason: Reason,
}

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The line departs from the format, or is of another problem.
    #[error("expected {0}")]
    Expected(String),
    /// There is no such site, demand, rule or floor.
    #[error("there is no {0} {1}")]
    Unknown(&'static str, u32),
    /// The plan breaks this rule or floor.
    #[error("the plan breaks {0} {1}")]
    PlanBreaks(&'static str, u32),
    /// A demand's multiplier is at least 0; others are above 0 only with a most, below 0 only with a least.
    #[error("the multiplier of {0} {1} is out of its limits")]
    Price(&'static str, u32),
    /// This site is decided: it can neither be so again nor stand in.
    #[error("site {0} is decided already")]
    Decided(u32),
    /// Closing this site may lose this demand or break this rule.
    #[error("site {0} cannot be closed: {1} {2} may suffer")]
    NotDominated(u32, &'static str, u32),
    /// The multipliers, in a case that is said to be settled, give this.
    #[error("the multipliers give {0}, which leaves room for a better plan")]
    Room(i128),
    /// This rule or floor can still hold.
    #[error("{0} {1} can still hold")]
    StillPossible(&'static str, u32),
    /// A number or a sum is too large.
    #[error("a number or a sum is too large")]
    TooLarge,
}

pub(crate) type Checked<T = ()> = Result<T, Reason>;

pub(crate) fn check(holds: bool, otherwise: Reason) -> Checked {
    if holds { Ok(()) } else { Err(otherwise) }
}

pub(crate) fn expected(what: &str) -> Reason {
    Reason::Expected(what.to_owned())
}
