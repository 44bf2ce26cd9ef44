use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Commune, Site, SiteState, Territory};

/// What counts beyond the border of the region; candidates there never do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Border {
    /// The column of communes and sites that says who is outside: `true`, `1`, `yes` or `oui`.
    pub field: String,
    /// Whether people outside count.
    #[serde(default)]
    pub people: bool,
    /// Whether existing sites outside count.
    #[serde(default)]
    pub sites: bool,
}

/// What lies beyond the border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutsideCount {
    /// Communes.
    pub communes: u64,
    /// Their inhabitants.
    pub people: u64,
    /// Whether they count.
    pub people_count: bool,
    /// Existing sites that count.
    pub sites_counted: u64,
    /// Sites that do not count: all candidates, and existing ones where they are not to count.
    pub sites_left_out: u64,
}

/// Why a border cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BorderError {
    /// A value is neither yes nor no.
    #[error("\"{id}\" has \"{value}\" in the column \"{column}\", which says neither true nor false")]
    Unclear {
        /// The commune or the site.
        id: String,
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// Nothing stands in the column anywhere.
    #[error("no commune and no site has anything in the column \"{column}\"")]
    NoColumn {
        /// The column.
        column: String,
    },
}

/// What says that a place is outside, without capitals.
const YES: [&str; 5] = ["true", "1", "yes", "oui", "vrai"];
/// What says that it is inside; nothing says so too.
const NO: [&str; 5] = ["false", "0", "no", "non", "faux"];

impl Border {
    /// Takes sites that do not count out of the choice.
    ///
    /// # Errors
    /// When the column is empty everywhere, or a value in it says neither yes nor no.
    pub fn draw(&self, communes: &[Commune], sites: &mut [Site]) -> Result<(), BorderError> {
        let mut is_empty = true;
        let mut is_outside = |id: &str, columns: &BTreeMap<String, String>| {
            let value = columns.get(&self.field);
            is_empty &= value.is_none();
            says_outside(value).ok_or_else(|| BorderError::Unclear {
                id: id.to_owned(),
                column: self.field.clone(),
                value: value.cloned().unwrap_or_default(),
            })
        };
        for commune in communes {
            is_outside(&commune.code, &commune.columns)?;
        }
        for site in sites {
            if is_outside(&site.id, &site.columns)? && !(self.sites && site.state == SiteState::Existing) {
                site.state = SiteState::Outside;
            }
        }
        if is_empty { Err(BorderError::NoColumn { column: self.field.clone() }) } else { Ok(()) }
    }

    /// Counts what lies outside a territory whose border was drawn.
    pub(crate) fn count(&self, territory: &Territory) -> OutsideCount {
        let mut count = OutsideCount { people_count: self.people, ..OutsideCount::default() };
        for commune in territory.communes().iter().filter(|commune| is_outside(&commune.columns, &self.field)) {
            count.communes += 1;
            count.people += commune.population;
        }
        for site in territory.sites().iter().filter(|site| is_outside(&site.columns, &self.field)) {
            match site.state {
                SiteState::Outside => count.sites_left_out += 1,
                SiteState::Existing | SiteState::Candidate => count.sites_counted += 1,
            }
        }
        count
    }
}

/// Returns whether a column says that a place is outside.
pub(crate) fn is_outside(columns: &BTreeMap<String, String>, field: &str) -> bool {
    says_outside(columns.get(field)) == Some(true)
}

/// Returns whether a value says that a place is outside; absent when it says neither.
fn says_outside(value: Option<&String>) -> Option<bool> {
    let Some(value) = value else { return Some(false) };
    let value = value.to_lowercase();
    let says = |words: [&str; 5]| words.contains(&value.as_str());
    if says(YES) { Some(true) } else { says(NO).then_some(false) }
}
