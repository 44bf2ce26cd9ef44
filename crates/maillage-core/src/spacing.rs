use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Conditions, Distance};

/// How far apart sites must stand: `[[spacing]]` in a scenario.
///
/// ```
/// use maillage_core::{Distance, Spacing};
///
/// let spacing: Spacing = serde_json::from_str(r#"{"between": "10km", "from-existing": "5km"}"#)?;
/// assert_eq!(spacing.between, Some(Distance::Metres(10_000)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Spacing {
    /// What the planner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Only new sites with these values.
    #[serde(skip_serializing_if = "Conditions::is_empty")]
    pub r#where: Conditions,
    /// No two new sites are closer than this: `10km` in a straight line, or `15min` on the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<Distance>,
    /// No new site is closer than this to an existing one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_existing: Option<Distance>,
}
