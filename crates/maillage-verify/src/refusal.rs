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
    /// The hash is not that of the instance.
    #[error("the certificate is of another problem: the hash of this one is {0}")]
    OtherProblem(String),
    /// The counts are not those of the instance.
    #[error("the problem has {0} demands, {1} sites and {2} rules")]
    Counts(usize, usize, usize),
    /// The scale is too fine.
    #[error("multipliers over 2^{0} are finer than 2^62")]
    Scale(u32),
    /// The value is not what the plan covers.
    #[error("the plan covers {0}")]
    Value(u64),
    /// No plan can be worth more than a bound on all plans.
    #[error("the bound {0} is below the value of the plan")]
    BoundBelowValue(u64),
    /// The plan names sites once each, ascending.
    #[error("the plan names site {0} out of order")]
    PlanOrder(u32),
    /// The plan has a site closed that the instance fixes open, or the other way round.
    #[error("the plan has site {0} in another state than the problem fixes")]
    PlanFixed(u32),
    /// The plan breaks a rule.
    #[error("rule {rule} does not hold: its sum is {sum}")]
    PlanRule {
        /// The rule's position.
        rule: usize,
        /// Its sum over the plan.
        sum: i128,
    },
    /// There is no such site.
    #[error("there is no site {0}")]
    UnknownSite(u32),
    /// There is no such demand.
    #[error("there is no demand {0}")]
    UnknownDemand(u32),
    /// There is no such rule.
    #[error("there is no rule {0}")]
    UnknownRule(u32),
    /// A demand's multiplier is between 0 and its weight.
    #[error("the multiplier {price} of demand {demand} is not between 0 and its weight times the scale")]
    DemandPrice {
        /// The demand.
        demand: u32,
        /// Its multiplier.
        price: i64,
    },
    /// A rule's multiplier is above 0 only where the sum has a most, below 0 only where it has a least.
    #[error("the multiplier {price} of rule {rule} has no end of the rule to lean on")]
    RulePrice {
        /// The rule.
        rule: u32,
        /// Its multiplier.
        price: i64,
    },
    /// Only sites that nothing has decided yet can be decided.
    #[error("site {0} is decided already")]
    Decided(u32),
    /// The multipliers leave room for a better plan with the site in the other state.
    #[error("site {site} is not fixed: in the other state the multipliers give {bound}")]
    NotFixed {
        /// The site.
        site: u32,
        /// The bound with the site in the other state, as whole weight rounded down.
        bound: i128,
    },
    /// A closed site cannot stand in for another.
    #[error("site {0} is closed and cannot stand in")]
    StandInClosed(u32),
    /// The site covers something that its stand-in does not.
    #[error("demand {demand} of site {site} would be lost")]
    StandInMisses {
        /// The site to be closed.
        site: u32,
        /// The demand.
        demand: u32,
    },
    /// A rule may suffer from the change.
    #[error("rule {rule} may break when site {site} is closed")]
    StandInBreaks {
        /// The site to be closed.
        site: u32,
        /// The rule.
        rule: u32,
    },
    /// The multipliers leave room for a better plan.
    #[error("the multipliers give {0} only, above the bound")]
    Leaf(i128),
    /// The rule can still hold.
    #[error("rule {0} can still hold")]
    StillPossible(u32),
    /// The proof ends before all cases do.
    #[error("the proof ends with {0} cases still open")]
    Unfinished(usize),
    /// The proof goes on after all cases are settled.
    #[error("all cases are settled before this step")]
    LeftOver,
    /// A number passes 128 bits.
    #[error("a sum is too large")]
    Overflow,
}
