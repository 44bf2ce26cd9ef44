use crate::RulePlace;

/// Why a rule, a floor or a spacing makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// It asks for nothing.
    #[error("{place} asks for nothing: say {expected}")]
    Nothing {
        /// Which one.
        place: RulePlace,
        /// The keys that say what is asked for.
        expected: &'static str,
    },
    /// Its two ends exclude each other.
    #[error("{place} asks for at least {least} and at most {most}, which exclude each other")]
    Contradiction {
        /// Which one.
        place: RulePlace,
        /// The lower end.
        least: String,
        /// The upper end.
        most: String,
    },
    /// A share is of nothing.
    #[error("{place} asks for a share of all sites by all sites: say which with \"where\" or \"each\"")]
    ShareOfAll {
        /// Which one.
        place: RulePlace,
    },
    /// A spread needs something to lie between.
    #[error("{place} asks for a spread: say between which values with \"each\"")]
    SpreadOfOne {
        /// Which one.
        place: RulePlace,
    },
    /// A spread lies between too many values.
    #[error("{place} asks for a spread between {groups} values, more than {most}")]
    SpreadOfMany {
        /// Which one.
        place: RulePlace,
        /// How many values.
        groups: usize,
        /// How many there may be.
        most: usize,
    },
    /// A condition lists no value, or its range is empty.
    #[error("{place} asks for {column} to be one of nothing")]
    EmptyCondition {
        /// Which one.
        place: RulePlace,
        /// The column.
        column: String,
    },
    /// Times between sites are not known.
    #[error("{place} is a time, but a table of times holds none between sites")]
    NoTimes {
        /// Which one.
        place: RulePlace,
    },
    /// Too many sites are too near each other.
    #[error("{place} sets more than {most} pairs of candidates against each other")]
    TooManyPairs {
        /// Which one.
        place: RulePlace,
        /// How many there may be.
        most: usize,
    },
    /// Two required sites exclude each other.
    #[error("\"{one}\" and \"{other}\" are both required, which {place} rules out")]
    RequiredApart {
        /// Which one.
        place: RulePlace,
        /// A required site.
        one: String,
        /// Another.
        other: String,
    },
    /// A required site is too near an existing one.
    #[error("\"{required}\" is required but too near \"{existing}\" for {place}")]
    RequiredTooNear {
        /// Which one.
        place: RulePlace,
        /// The required site.
        required: String,
        /// The existing one.
        existing: String,
    },
}
