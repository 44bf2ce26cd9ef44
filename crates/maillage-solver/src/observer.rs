/// Where a solver stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// The problem is being made smaller.
    Reducing,
    /// A first choice of sites is being built.
    Building,
    /// Better choices are being looked for.
    Searching,
    /// The upper bound is being lowered.
    Bounding,
    /// The best choice is being proved, or beaten, by branching.
    Proving,
}

/// What a solver tells while it works; values include what sites fixed open cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Weight covered by the best choice so far.
    pub value: u64,
    /// The best upper bound so far.
    pub bound: u64,
}

/// Whether the solver should go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Continue,
    /// Stop soon, and return the best found so far with a valid bound.
    Stop,
}

/// Hears of progress and may stop the work: the kernel's only door to clocks, signals and terminals.
pub trait Observer: Sync {
    /// Is called at every round; must be quick.
    fn observe(&self, progress: Progress) -> Verdict;

    /// Is asked often, inside rounds, whether to stop; must be very quick.
    fn should_stop(&self) -> bool {
        false
    }
}

/// An observer that never stops anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn observe(&self, _: Progress) -> Verdict {
        Verdict::Continue
    }
}

/// Passes on the question whether to stop, but shows nothing: for work that is a part of some other.
#[derive(Clone, Copy)]
pub struct Unseen<'a>(pub &'a dyn Observer);

impl Observer for Unseen<'_> {
    fn observe(&self, _: Progress) -> Verdict {
        if self.0.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }

    fn should_stop(&self) -> bool {
        self.0.should_stop()
    }
}
