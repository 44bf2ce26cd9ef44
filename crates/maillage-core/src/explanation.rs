use crate::Interchangeable;

/// Why these sites and not others: what the best plan is worth without each chosen site, and with each outsider.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// A plan is near the best when it is worth at least this, in units of the objective.
    pub near: u64,
    /// The plan's new sites, by rank.
    pub chosen: Vec<ChosenSite>,
    /// Candidates that the plan leaves out, those that come nearest first.
    pub outsiders: Vec<Outsider>,
    /// The most promising candidate left out of each commune, those that can come nearest first.
    pub estimates: Vec<Estimate>,
    /// Groups of candidates that reach the same people, one of them chosen at least.
    pub interchangeable: Vec<Interchangeable>,
}

/// What the multipliers of the plan's bound say of a candidate, before anything is solved anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Its position in the territory.
    pub site: u32,
    /// Every plan with it is worth at least this much less than the plan explained, in units of the objective: so much more
    /// it would have to reach.
    pub loses_at_least: u64,
}

/// The best value there is under one more condition, in units of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// A plan of this value is known; none where none was found.
    pub value: Option<u64>,
    /// No plan is worth more.
    pub bound: u64,
}

/// A site of the plan, and the best plan without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenSite {
    /// Its position in the territory.
    pub site: u32,
    /// What the best plan without it is worth; none where no plan keeps the rules without it.
    pub without: Option<Bracket>,
    /// New sites that plan opens instead, positions in the territory, ascending.
    pub opened: Vec<u32>,
    /// New sites that plan closes beside it, likewise.
    pub closed: Vec<u32>,
    /// Whether it stands in every plan near the best.
    pub backbone: Backbone,
    /// Whether the question requires it: then the best plan without it answers the question without this demand.
    pub is_required: bool,
}

/// Whether a site stands in every plan near the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backbone {
    /// Proved: in all of them.
    Always,
    /// Some plan near the best does without it.
    NotAlways,
    /// Neither is proved.
    Undecided,
}

impl Backbone {
    /// Tells it from the best plan that does without.
    pub(crate) fn of(without: Option<Bracket>, near: u64) -> Self {
        match without {
            None => Self::Always,
            Some(Bracket { bound, .. }) if bound < near => Self::Always,
            Some(Bracket { value: Some(value), .. }) if value >= near => Self::NotAlways,
            Some(_) => Self::Undecided,
        }
    }
}

/// A candidate that the plan leaves out, and the best plan with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outsider {
    /// Its position in the territory.
    pub site: u32,
    /// What the best plan with it is worth; none where no plan keeps the rules with it.
    pub with: Option<Bracket>,
    /// New sites that plan closes, positions in the territory, ascending.
    pub closed: Vec<u32>,
    /// New sites that plan opens beside it, likewise.
    pub opened: Vec<u32>,
    /// What it would have to cost less for a plan with it to be worth as much as the best; absent where there is no
    /// budget, and for all but those named and those that come nearest.
    pub for_less: Option<ForLess>,
    /// Whether the question forbids it, by name or by a distance from existing sites: then no plan has it.
    pub is_forbidden: bool,
}

/// How much cheaper a site must be to enter the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForLess {
    /// Whole euros less: with this, a plan with the site is known that is worth as much; none where no such plan is known
    /// even if it cost nothing.
    pub euros: Option<u64>,
    /// Whether it is proved that no smaller sum does, or none at all.
    pub proved: bool,
}
