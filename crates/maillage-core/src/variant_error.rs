/// Why the phases, types, specialties, hubs, residents or upgrades of a scenario make no sense.
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
    /// Two parts of the question do not go together.
    #[error("{one} and {other} do not go together: drop one of them")]
    Together {
        /// One of them, by its key.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// Two entries of a list go by one name, or one has none.
    #[error("{list} {number} needs a name of its own: \"{name}\" is empty or taken")]
    Name {
        /// "type" or "specialty".
        list: &'static str,
        /// The position in the list, from 1.
        number: usize,
        /// What was found.
        name: String,
    },
    /// A number is out of its range.
    #[error("{key} is {found}: write a whole number from {least} to {most}")]
    Range {
        /// Which number, by its key, with the name of its entry.
        key: String,
        /// What was found.
        found: u64,
        /// The smallest there may be.
        least: u64,
        /// The largest there may be.
        most: u64,
    },
    /// A key needs another one.
    #[error("{key} needs {needs}")]
    Needs {
        /// What is there.
        key: String,
        /// What is not.
        needs: &'static str,
    },
    /// A type asks for more sites than it allows.
    #[error("type {name} asks for at least {least} sites and at most {most}")]
    LeastAboveMost {
        /// The type.
        name: String,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Some candidates may be of no type.
    #[error("{count} candidates may be of no type, \"{id}\" among them: widen a \"where\", add a type, or forbid them")]
    NoType {
        /// How many.
        count: u64,
        /// The first of them.
        id: String,
    },
    /// A specialty is named that is not stated.
    #[error("{place} offers \"{name}\", which is no [[specialty]]{}", nearest_ones(.nearest))]
    UnknownSpecialty {
        /// The type or the site.
        place: String,
        /// What was found.
        name: String,
        /// The nearest names there are.
        nearest: Vec<String>,
    },
    /// A column is empty everywhere, or not there.
    #[error("no {of} has a value in the column \"{column}\" that {key} names")]
    NoColumn {
        /// "site", "candidate" or "commune".
        of: &'static str,
        /// The column.
        column: String,
        /// The key that names it.
        key: &'static str,
    },
    /// A cell does not hold a number.
    #[error("\"{of}\" has \"{value}\" in the column \"{column}\", where {expected} is needed")]
    NotANumber {
        /// The site or the commune.
        of: String,
        /// The column.
        column: String,
        /// What stands there.
        value: String,
        /// "a whole number of people", "a number of people from 0" or "a number".
        expected: &'static str,
    },
    /// A candidate upgrades a site that does not exist.
    #[error("candidate \"{id}\" upgrades \"{existing}\", which is not among the existing sites{}", nearest_ones(.nearest))]
    UnknownUpgrade {
        /// The candidate.
        id: String,
        /// What it names.
        existing: String,
        /// The nearest identifiers there are.
        nearest: Vec<String>,
    },
    /// A candidate does not stand where the site stands that it upgrades.
    #[error("candidate \"{id}\" stands {metres} m from \"{existing}\", which it upgrades: at most 100 m are allowed")]
    FarFromUpgraded {
        /// The candidate.
        id: String,
        /// The existing site.
        existing: String,
        /// How far away it stands.
        metres: u64,
    },
    /// A hub is named that is not there.
    #[error(
        "hub: \"{name}\" is {}{}",
        if *.is_kind { "the kind of no existing site" } else { "not among the existing sites" },
        nearest_ones(.nearest)
    )]
    UnknownHub {
        /// The identifier, or the kind.
        name: String,
        /// Whether it is a kind.
        is_kind: bool,
        /// The nearest there are.
        nearest: Vec<String>,
    },
    /// A required candidate has no hub near enough.
    #[error("candidate \"{id}\" must open, but has no hub near enough")]
    RequiredWithoutHub {
        /// The candidate.
        id: String,
    },
    /// A candidate of somebody's list has no hub near enough.
    #[error("candidate \"{id}\" of the list has no hub near enough, and cannot open: leave it out of the list")]
    ListedWithoutHub {
        /// The candidate.
        id: String,
    },
    /// No candidate has a hub near enough.
    #[error("no candidate has a hub near enough: allow a longer way to it (hub.within)")]
    NoneHasHub,
}

/// Says which names are nearest, where there are any.
fn nearest_ones(nearest: &[String]) -> String {
    let names: Vec<String> = nearest.iter().map(|name| format!("\"{name}\"")).collect();
    if names.is_empty() { String::new() } else { format!("; the nearest: {}", names.join(", ")) }
}
