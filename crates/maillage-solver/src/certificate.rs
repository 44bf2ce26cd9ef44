use crate::{DemandId, SiteId};

/// The proof of a bound, in whole numbers: a tree of decisions, every leaf of which carries multipliers.
///
/// Steps stand in the order in which a checker walks the tree: a [`Step::Branch`] is followed by everything below its
/// first child, then by everything below its second. Sites, demands and rules are those of the problem solved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Multipliers are whole numbers over two to this power.
    pub scale_bits: u32,
    /// No feasible choice covers more weight than this.
    pub bound: u64,
    /// The tree.
    pub steps: Vec<Step>,
}

/// One step of the walk through a [`Certificate`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// From here down, until the walk returns past this step, these multipliers hold instead of the ones before; all
    /// are 0 at the start. Pairs name a demand (a rule, a floor) and its new multiplier.
    Prices {
        /// Changed multipliers λ of demands.
        demands: Vec<(DemandId, i64)>,
        /// Changed multipliers μ of rules.
        rules: Vec<(u32, i64)>,
        /// Changed multipliers ν of coverage floors.
        floors: Vec<(u32, i64)>,
    },
    /// Each of these sites, by itself, would bring the bound of the present multipliers to the certificate's bound or
    /// below if it were in the other state; so from here down it is open (`true`) or closed (`false`).
    Fix(Vec<(SiteId, bool)>),
    /// Each first site is closed from here down, in this order: the second one can always stand in for it. A site
    /// named twice needs nobody to stand in: what it covers is covered, and opening it helps no rule.
    Dominated(Vec<(SiteId, SiteId)>),
    /// Two cases: the site is in the named state (`true` is open) in the first, and in the other in the second.
    Branch(SiteId, bool),
    /// From here down, a rule more: the number of these sites that are open, with no ends as yet. It takes the next
    /// number after the rules there are.
    Count(Vec<SiteId>),
    /// Two cases: the sum of a rule with whole coefficients is at most this, or more than this.
    BranchSum {
        /// The rule.
        rule: u32,
        /// The most in the one case; one more is the least in the other.
        most: i64,
        /// Whether the case of more comes first.
        more_first: bool,
    },
    /// The present multipliers give a bound no larger than the certificate's.
    Leaf,
    /// This rule cannot hold, whatever the undecided sites do.
    Impossible(u32),
    /// This coverage floor cannot hold, whatever the undecided sites do.
    ImpossibleFloor(u32),
}
