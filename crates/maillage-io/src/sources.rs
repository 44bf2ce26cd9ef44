use std::collections::BTreeSet;

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
    /// The population grid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<Source>,
    /// The travel times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Source>,
    /// The roads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roads: Option<Source>,
    /// The travel times made before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Source>,
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
    /// Whether it only shows how something would look, and is no basis for a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illustrative: Option<bool>,
}

impl Source {
    /// Returns whether it is marked as illustrative.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        self.illustrative == Some(true)
    }
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
            Role::Grid => self.grid.as_ref(),
            Role::Roads => self.roads.as_ref(),
            Role::Reach => self.reach.as_ref(),
            Role::Acts | Role::Profile | Role::TimesOrigins | Role::TimesDestinations => None,
        }
    }

    /// Returns the years that the sources of some files speak of, with that of the access figure, rising, each once.
    #[must_use]
    pub fn years(&self, roles: impl Iterator<Item = Role>) -> Vec<i32> {
        let sources = roles.filter_map(|role| self.of(role)).chain(&self.access);
        let years: BTreeSet<i32> = sources.filter_map(|source| source.year).collect();
        years.into_iter().collect()
    }
}
