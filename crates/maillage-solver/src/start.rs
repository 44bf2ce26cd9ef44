use crate::{Prices, SiteId};

/// Where to start from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    /// Choices of sites that may keep the rules.
    pub(crate) choices: Vec<Vec<SiteId>>,
    /// A choice that may break rules, to be mended.
    pub(crate) near: Vec<SiteId>,
    /// The relaxation of a problem with the same sites and demands.
    pub(crate) relaxed: Relaxed,
    /// How much to do before giving up or branching.
    pub(crate) pace: Pace,
}

/// How fast to go on: what starts near the answer needs less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    /// By how much the search for choices beside the bound is shortened.
    pub(crate) haste: u64,
    /// Rounds that bring little before branching.
    pub(crate) patience: u32,
    /// By how much the allowance is divided.
    pub(crate) share: u64,
    /// Whether to solve parts of the problem on the way.
    pub(crate) parts: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self { haste: 1, patience: 4, share: 1, parts: true }
    }
}

/// The relaxation of a problem before any of its sites is decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relaxed {
    /// No choice covers more weight, by `prices` alone.
    pub(crate) bound: i128,
    /// Its multipliers; empty where nothing was relaxed.
    pub(crate) prices: Prices,
    /// How far each site is open, from 0 to 1.
    pub(crate) openness: Vec<f64>,
}
