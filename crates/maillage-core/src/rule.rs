use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Amount, Conditions, Fraction};

/// A rule on which sites open: `[[rule]]` in a scenario.
///
/// It adds up the new sites that meet `where`, or a column of theirs, for all of them together or for each value of
/// the columns of `each`, and holds the sum between `least` and `most`, or within shares, or the sums close to each
/// other. A column is one of the sites' own, else one of the commune that a site stands in.
///
/// ```
/// use maillage_core::Rule;
///
/// let rule: Rule = serde_json::from_str(r#"{"where": {"density7": [5, 6, 7]}, "least-share": "41%"}"#)?;
/// assert_eq!(rule.least_share.map(|share| share.ratio()), Some((41, 100)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Rule {
    /// What the planner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Only sites with these values, such as `{ kind = "pharmacy" }` or `{ population = { below = 2000 } }`.
    #[serde(skip_serializing_if = "Conditions::is_empty")]
    pub r#where: Conditions,
    /// One rule for each value of this column, or of these columns together.
    #[serde(deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    pub each: Vec<String>,
    /// What is added up: `sites` (one for each), `cost` (euros) or `field:NAME` (a column of numbers).
    #[serde(skip_serializing_if = "Sum::is_sites")]
    pub sum: Sum,
    /// At least this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<Amount>,
    /// At most this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Amount>,
    /// At least this share: of the sites of each group where `where` is given, else of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_share: Option<Fraction>,
    /// At most this share, of the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_share: Option<Fraction>,
    /// The largest and the smallest sum over the values of `each` differ by at most this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<Amount>,
    /// Existing sites are added up too; they cost nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub existing: bool,
}

/// What a rule adds up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Sum {
    /// Sites, one for each.
    #[default]
    Sites,
    /// Their whole euros.
    Cost,
    /// A column of numbers from 0 up.
    Field(String),
}

impl Sum {
    /// Returns whether sites are counted.
    #[must_use]
    pub const fn is_sites(&self) -> bool {
        matches!(self, Self::Sites)
    }
}

impl TryFrom<String> for Sum {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "sites" => Ok(Self::Sites),
            "cost" => Ok(Self::Cost),
            other => match other.strip_prefix("field:") {
                Some(name) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
                _ => Err(format!("\"{other}\" is not a sum: write sites, cost or field:NAME")),
            },
        }
    }
}

impl From<Sum> for String {
    fn from(sum: Sum) -> Self {
        match sum {
            Sum::Sites => "sites".to_owned(),
            Sum::Cost => "cost".to_owned(),
            Sum::Field(name) => format!("field:{name}"),
        }
    }
}

/// One column or several.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a column, or a list of columns")]
pub(crate) enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

pub(crate) fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(column) => vec![column],
        OneOrMany::Many(columns) => columns,
    })
}
