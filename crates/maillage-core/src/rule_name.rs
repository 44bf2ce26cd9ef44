/// What a site rule or coverage floor of the kernel stands for, in the planner's terms.
///
/// Positions are those of the scenario's lists. Kernel rules of one name (the pairs of a spread, the groups of sites
/// that are all too near each other) are one rule to the planner. Words are made of it in the language of the reader.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RuleName {
    /// The number of new sites.
    Sites,
    /// The budget for new sites.
    Budget,
    /// The number of new sites until the end of a `[[phase]]`.
    PhaseSites {
        /// The phase.
        phase: usize,
    },
    /// The budget for new sites until the end of a `[[phase]]`.
    PhaseBudget {
        /// The phase.
        phase: usize,
    },
    /// The number of new sites of a `[[type]]`.
    Type {
        /// The type.
        kind: usize,
    },
    /// The number of new sites that lean on a hub.
    Spokes {
        /// Its identifier.
        hub: String,
    },
    /// At most one upgrade of an existing site.
    Upgrade {
        /// Its identifier.
        site: String,
    },
    /// At most one way of opening each site, or exactly one of a required site.
    OneWay,
    /// The sum of a `[[rule]]`, with its `least` and `most`.
    Sum {
        /// The rule.
        rule: usize,
        /// The values of the columns of `each`.
        group: Vec<String>,
    },
    /// The `least-share` of a `[[rule]]`.
    LeastShare {
        /// The rule.
        rule: usize,
        /// The values of the columns of `each`.
        group: Vec<String>,
    },
    /// The `most-share` of a `[[rule]]`.
    MostShare {
        /// The rule.
        rule: usize,
        /// The values of the columns of `each`.
        group: Vec<String>,
    },
    /// The `spread` of a `[[rule]]` between the values of its `each`.
    Spread {
        /// The rule.
        rule: usize,
    },
    /// The distance between new sites of a `[[spacing]]`.
    Spacing {
        /// The spacing.
        spacing: usize,
    },
    /// The distance from new to existing sites of a `[[spacing]]`, which forbids candidates and is no kernel rule.
    FromExisting {
        /// The spacing.
        spacing: usize,
    },
    /// At most one of a list of `incompatible` sites.
    Incompatible {
        /// The list.
        list: usize,
    },
    /// A `[[floor]]` under the people in reach.
    Floor {
        /// The floor.
        floor: usize,
        /// The values of the columns of `each`.
        group: Vec<String>,
    },
}
