/// A plan, its value, a bound on every plan, and the proof of the bound.
///
/// Sites, demands, rules and floors are positions from 0 in the [`Instance`](crate::Instance).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The [hash](crate::Instance::hash) of the instance.
    pub problem: String,
    /// How many demands, sites, rules and floors the instance has.
    pub counts: [u32; 4],
    /// Multipliers are whole numbers over two to this power, 62 at most.
    pub scale_bits: u32,
    /// The weight that the plan covers.
    pub value: u64,
    /// No plan covers more weight than this.
    pub bound: u64,
    /// Every open site, ascending, those fixed open among them.
    pub plan: Vec<u32>,
    /// The proof, in the order in which it is walked.
    pub steps: Vec<Step>,
}

/// One step of the walk through the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// These multipliers, × scale, hold from here on until the case ends.
    Prices {
        /// Multipliers λ of demands.
        demands: Vec<(u32, i64)>,
        /// Multipliers μ of rules.
        rules: Vec<(u32, i64)>,
        /// Multipliers ν of floors.
        floors: Vec<(u32, i64)>,
    },
    /// Each of these sites is open (`true`) or closed in every better plan, as the present multipliers show.
    Fix(Vec<(u32, bool)>),
    /// Each first site is closed, one after the other: the second can always stand in for it. A site named twice needs
    /// nobody to stand in.
    Dominated(Vec<(u32, u32)>),
    /// Two cases: the site open (`true`) or closed first, and the other way round second.
    Branch(u32, bool),
    /// The case ends: the present multipliers leave room for no better plan.
    Leaf,
    /// The case ends: this rule cannot hold.
    Impossible(u32),
    /// The case ends: this floor cannot hold.
    ImpossibleFloor(u32),
}
