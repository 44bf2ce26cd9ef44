use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::need::Need;
use crate::{Commune, MissingAccess, Scenario, Territory};

/// A medical specialty with a demand of its own: `[[specialty]]` in a scenario.
///
/// ```
/// use maillage_core::Specialty;
///
/// let text = r#"{"name": "dermatology", "access-field": "apl_derm", "under": 0.5, "weight": 2}"#;
/// let dermatology: Specialty = serde_json::from_str(text)?;
/// assert_eq!((dermatology.weight(), dermatology.field), (2, None));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Specialty {
    /// What it is called, in `offers` and in the column of the sites.
    pub name: String,
    /// Column of the communes with the people who need it, rounded to whole ones; without it, the under-served people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Column of the communes with the access figure of this specialty, with `under`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_field: Option<String>,
    /// Under-served in this specialty: access strictly below this; with `access-field`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<f64>,
    /// What a person in reach of it counts, a whole number; 1 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
}

impl Specialty {
    /// Returns what a person in reach counts.
    #[must_use]
    pub fn weight(&self) -> u64 {
        u64::from(self.weight.unwrap_or(1))
    }

    /// Counts the people of a commune who need it: those of the column, else all who are under-served in it, else
    /// those who are under-served in general.
    ///
    /// What is wrong with a column is the error: the column, and what stands there.
    pub(crate) fn people(
        &self,
        need: Need<'_>,
        missing: MissingAccess,
        commune: &Commune,
    ) -> Result<u64, (String, String)> {
        let cell = |column: &String| commune.columns.get(column).cloned();
        let refuse = |column: &String| (column.clone(), cell(column).unwrap_or_default());
        let general = match (&self.access_field, self.under) {
            (Some(column), Some(under)) if commune.population > 0 => {
                let access = match cell(column) {
                    Some(text) => Some(text.parse::<f64>().map_err(|_| refuse(column))?),
                    None if missing == MissingAccess::Refuse => return Err(refuse(column)),
                    None => None,
                };
                let is_under = access.map_or(missing == MissingAccess::UnderServed, |access| access < under);
                if is_under { need.everyone(commune) } else { 0 }
            }
            (Some(_), Some(_)) => 0,
            _ => need.people(commune),
        };
        match &self.field {
            Some(column) if general > 0 => cell(column).and_then(|text| people_of(&text)).ok_or_else(|| refuse(column)),
            _ => Ok(general),
        }
    }
}

/// The most people a commune may have.
const MOST_PEOPLE: f64 = 1e10;

/// Reads a number of people, rounded to the nearest whole one; estimates have decimals.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be from 0 to 10^10")]
fn people_of(text: &str) -> Option<u64> {
    let people: f64 = text.parse().ok()?;
    (0.0..=MOST_PEOPLE).contains(&people).then(|| people.round() as u64)
}

/// How many specialties there may be.
pub(crate) const MOST_SPECIALTIES: usize = 60;

/// Returns the specialties that a cell lists, by name.
pub(crate) fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '|']).map(str::trim).filter(|name| !name.is_empty())
}

impl Scenario {
    /// Returns the set of specialties, by bit, that names stand for; unknown names are left out.
    fn mask<'n>(&self, names: impl Iterator<Item = &'n str>) -> u64 {
        let bit = |name: &str| self.specialty.iter().position(|known| known.name == name).map(|bit| 1_u64 << bit);
        names.filter_map(bit).fold(0, |all, bit| all | bit)
    }

    /// Returns for each site of a territory the specialties of its own column, by bit.
    pub(crate) fn offered(&self, territory: &Territory) -> Vec<u64> {
        let own = |site: &crate::Site| {
            let cell = self.offers_field.as_ref().and_then(|column| site.columns.get(column));
            cell.map_or(0, |cell| self.mask(listed(cell)))
        };
        if self.specialty.is_empty() { Vec::new() } else { territory.sites().iter().map(own).collect() }
    }

    /// Returns the specialties of each type, by bit.
    pub(crate) fn offered_by_type(&self) -> Vec<u64> {
        self.r#type.iter().map(|stated| self.mask(stated.offers.iter().map(String::as_str))).collect()
    }
}
