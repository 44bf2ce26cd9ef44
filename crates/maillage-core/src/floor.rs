use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rule::{OneOrMany, one_or_many};
use crate::{Conditions, Fraction};

/// A floor under the people in reach: `[[floor]]` in a scenario.
///
/// It counts the under-served people within reach, of existing and of new sites, in the communes that meet `where`,
/// together or for each value of the columns of `each`. Columns are those of the communes.
///
/// ```
/// use maillage_core::Floor;
///
/// let floor: Floor = serde_json::from_str(r#"{"each": "dep", "least-share": "50%"}"#)?;
/// assert_eq!(floor.each, ["dep"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Floor {
    /// What the planner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Only communes with these values, such as `{ density7 = [5, 6, 7] }`.
    #[serde(skip_serializing_if = "Conditions::is_empty")]
    pub r#where: Conditions,
    /// One floor for each value of this column, or of these columns together.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    pub each: Vec<String>,
    /// At least so many people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<u64>,
    /// At least this share of the under-served people there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_share: Option<Fraction>,
    /// Only people whom no existing site reaches are counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub newly: bool,
}
