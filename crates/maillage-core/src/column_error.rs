use crate::RulePlace;

/// Why a column that a rule looks at cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// No candidate has it, nor a commune.
    #[error("{place} looks at the column \"{column}\", which neither the candidates nor the communes have")]
    MissingOfSites {
        /// Which rule.
        place: RulePlace,
        /// The column.
        column: String,
    },
    /// No commune has it.
    #[error("{place} looks at the column \"{column}\", which the communes do not have")]
    MissingOfCommunes {
        /// Which floor.
        place: RulePlace,
        /// The column.
        column: String,
    },
    /// A candidate has no value there, nor the commune it stands in.
    #[error("{place}: candidate \"{id}\" has no value in the column \"{column}\", nor has the commune it stands in")]
    NoValueOfSite {
        /// Which rule.
        place: RulePlace,
        /// The column.
        column: String,
        /// The candidate.
        id: String,
    },
    /// A commune has no value there.
    #[error("{place}: commune \"{code}\" has no value in the column \"{column}\"")]
    NoValueOfCommune {
        /// Which floor.
        place: RulePlace,
        /// The column.
        column: String,
        /// The commune.
        code: String,
    },
    /// A value is not a number from 0 up.
    #[error(
        "{place}: \"{value}\", in the column \"{column}\" of \"{id}\", is not a number from 0 up with at most three decimals"
    )]
    NotANumber {
        /// Which rule.
        place: RulePlace,
        /// The column.
        column: String,
        /// The site or commune.
        id: String,
        /// What stands there.
        value: String,
    },
    /// A value asked for stands nowhere.
    #[error("{place} asks for {column} = \"{value}\", which stands nowhere in that column")]
    UnknownValue {
        /// Which rule.
        place: RulePlace,
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// Up to three values there are, the nearest first.
        nearest: Vec<String>,
    },
}
