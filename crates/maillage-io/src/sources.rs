use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Role;

/// Where the data come from, role by role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sources {
    /// The communes' file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communes: Option<Source>,
    /// The access figure: the year that texts name beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Source>,
    /// The candidates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates: Option<Source>,
    /// The existing sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<Source>,
    /// The tables joined to the communes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<Source>,
    /// The travel times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Source>,
    /// The roads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roads: Option<Source>,
}

/// Where one file or figure comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// Who made it, and what it is called there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The year it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

impl Sources {
    /// Returns what is known of a file's origin.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&Source> {
        match role {
            Role::Communes => self.communes.as_ref(),
            Role::Candidates => self.candidates.as_ref(),
            Role::Existing => self.existing.as_ref(),
            Role::Join => self.join.as_ref(),
            Role::Times => self.times.as_ref(),
            Role::Roads => self.roads.as_ref(),
            Role::Profile => None,
        }
    }
}
