/// Why the phases of a scenario make no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VariantError {
    /// A later phase allows less in all than an earlier one.
    #[error(
        "phase {later} allows {found} {what} in all, fewer than the {before} of phase {earlier}: limits count all sites \
         opened until the end of a phase"
    )]
    NotCumulative {
        /// The phase that allows less.
        later: String,
        /// What it allows.
        found: u64,
        /// "sites" or "euros".
        what: &'static str,
        /// What the earlier phase allows.
        before: u64,
        /// That phase.
        earlier: String,
    },
    /// Two phases go by one name.
    #[error("two phases go by the name \"{phase}\": give each a name of its own")]
    SameName {
        /// The name.
        phase: String,
    },
    /// Consultations are served within capacities in one phase only.
    #[error("phases and within-capacity exclude each other: drop one of them")]
    WithinCapacity,
    /// Phases are planned for the people they reach.
    #[error("phases and another goal than reach exclude each other: drop one of them")]
    Goal,
    /// A phase must last.
    #[error("phase {phase} lasts {years} years: write a whole number from 1 to 100")]
    Years {
        /// The phase.
        phase: String,
        /// What was found.
        years: u32,
    },
    /// A phase is over, but not the one before.
    #[error("phase {phase} lists what opened in it, but the phase before it, {before}, does not")]
    OverBeforeItsTime {
        /// The phase.
        phase: String,
        /// The one before it.
        before: String,
    },
    /// A site opened in two phases.
    #[error("\"{id}\" opened in two phases, {one} and {other}")]
    OpenedTwice {
        /// The site.
        id: String,
        /// A phase.
        one: String,
        /// Another.
        other: String,
    },
    /// Every phase is over.
    #[error("every phase lists what opened in it: nothing is left to plan")]
    AllOver,
}
