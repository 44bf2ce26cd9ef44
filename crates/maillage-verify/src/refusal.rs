/// Where a certificate fails, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
#[non_exhaustive]
pub struct Refusal {
    /// The line of the certificate's text, from 1.
    pub line: usize,
    /// What does not hold there.
    pub reason: Reason,
}

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The hash or the counts are not those of the instance.
    #[error("the certificate is of another problem than this one, with hash {0}")]
    OtherProblem(String),
    /// The plan covers this, not the value stated.
    #[error("the plan covers {0}")]
    Value(u64),
    /// The bound, rounded down to a value that a plan can have, is below the value of the plan.
    #[error("the plan is worth more than the bound, {0}")]
    Bound(u64),
    /// The plan names this site out of order or twice, or has it in another state than the instance fixes.
    #[error("the plan has site {0} out of order, twice, or against what the problem fixes")]
    PlanSite(u32),
    /// The plan breaks this rule or floor, by this sum.
    #[error("{0} {1} does not hold: its sum over the plan is {2}")]
    PlanBreaks(&'static str, u32, i128),
    /// There is no such site, demand, rule or floor.
    #[error("there is no {0} {1}")]
    Unknown(&'static str, u32),
    /// A demand's or floor's multiplier is at least 0; a rule's is above 0 only with a most, below only with a least.
    #[error("the multiplier of {0} {1} is out of its limits")]
    Price(&'static str, u32),
    /// This site can be neither decided nor stand in any more.
    #[error("site {0} is decided already")]
    Decided(u32),
    /// With this site in the other state, the multipliers give this, above the bound.
    #[error("site {0} is not fixed: in the other state the multipliers give {1}")]
    NotFixed(u32, i128),
    /// Closing this site may lose this demand or break this rule.
    #[error("site {0} cannot be closed: {1} {2} may suffer")]
    NotDominated(u32, &'static str, u32),
    /// The multipliers give this, above the bound.
    #[error("the multipliers give {0}, above the bound")]
    Leaf(i128),
    /// This rule or floor can still hold.
    #[error("{0} {1} can still hold")]
    StillPossible(&'static str, u32),
    /// The proof ends with so many cases still open.
    #[error("the proof ends with {0} cases still open")]
    Unfinished(usize),
    /// The proof goes on after all cases have ended.
    #[error("all cases have ended before this step")]
    LeftOver,
    /// A number or a sum is too large.
    #[error("a number or a sum is too large")]
    TooLarge,
}
