use maillage_core::{AccessBelow, AccessOfGroup, AddedAccess, Territory};
use serde::Serialize;
use serde_json::Value;

use crate::{AnswerDocument, AnswerInput};

/// Access to care after a plan, as `access.json` holds it.
///
/// Members stand in the order of the fields; what is unknown is `null`. Access is in consultations a year and person, to a
/// thousandth; persons are inhabitants, or those of the standardised field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessAnswer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// The plan's file.
    pub plan: String,
    /// How consultations are shared: "even", "steps" or "gaussian".
    pub sharing: String,
    /// The end of the catchment.
    pub catchment: String,
    /// Consultations a year that the new sites give.
    pub given: u64,
    /// Of these, by sites without anybody in their catchment.
    pub untaken: u64,
    /// Column of the persons among whom consultations are shared; absent where all inhabitants share alike.
    pub standardised_field: Option<String>,
    /// All communes together.
    #[serde(flatten)]
    pub all: AccessFigures,
    /// By territory.
    pub by_territory: Vec<AccessGroup>,
    /// By density class.
    pub by_density: Vec<AccessGroup>,
    /// Every commune.
    pub communes: Vec<AccessCommune>,
    /// The new sites.
    pub sites: Vec<AccessSite>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The plan's question.
    pub request: Value,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// People below a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AccessThreshold {
    /// The threshold.
    pub under: f64,
    /// People with less, before.
    pub before: u64,
    /// After.
    pub after: u64,
}

/// The access of people, of communes with an access figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessFigures {
    /// Inhabitants.
    pub people: u64,
    /// The mean over persons, before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
    /// How unequal access is over persons (Gini), before.
    pub gini_before: Option<f64>,
    /// After.
    pub gini_after: Option<f64>,
    /// Inhabitants below each threshold.
    pub thresholds: Vec<AccessThreshold>,
}

/// The access of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessGroup {
    /// The territory, or the density class.
    pub group: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: AccessFigures,
}

/// A commune.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessCommune {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its territory.
    pub territory: String,
    /// Inhabitants.
    pub population: u64,
    /// Access before.
    pub before: Option<f64>,
    /// What the new sites add.
    pub added: f64,
    /// Access after.
    pub after: Option<f64>,
    /// The same, not rounded: what thresholds are compared with.
    #[serde(skip)]
    pub exact_after: Option<f64>,
}

/// A new site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessSite {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Consultations a year that it gives.
    pub consultations: u64,
}

impl AccessAnswer {
    /// Tells the communes.
    #[must_use]
    pub fn communes(territory: &Territory, access: &AddedAccess) -> Vec<AccessCommune> {
        let commune = |(commune, added): (&maillage_core::Commune, &f64)| AccessCommune {
            id: commune.code.clone(),
            name: commune.name.clone(),
            territory: commune.territory.clone(),
            population: commune.population,
            before: commune.access,
            added: thousandths(*added),
            after: commune.access.map(|before| thousandths(before + added)),
            exact_after: commune.access.map(|before| before + added),
        };
        territory.communes().iter().zip(&access.added).map(commune).collect()
    }

    /// Tells the figures of a group.
    #[must_use]
    pub fn group(group: &AccessOfGroup) -> AccessFigures {
        let below = |below: &AccessBelow| {
            let AccessBelow { under, before, after } = *below;
            AccessThreshold { under, before, after }
        };
        AccessFigures {
            people: group.people,
            before: group.mean.map(|(before, _)| thousandths(before)),
            after: group.mean.map(|(_, after)| thousandths(after)),
            gini_before: group.gini.map(|(before, _)| gini(before)),
            gini_after: group.gini.map(|(_, after)| gini(after)),
            thresholds: group.below.iter().map(below).collect(),
        }
    }

    /// Tells groups.
    #[must_use]
    pub fn groups(groups: &[AccessOfGroup]) -> Vec<AccessGroup> {
        let told = |group: &AccessOfGroup| AccessGroup { group: group.group.clone(), figures: Self::group(group) };
        groups.iter().map(told).collect()
    }
}

/// Rounds a Gini coefficient to a ten-thousandth.
fn gini(figure: f64) -> f64 {
    (figure * 10_000.0).round() / 10_000.0
}

fn thousandths(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}

impl AnswerDocument for AccessAnswer {
    fn set_seconds(&mut self, seconds: f64) {
        self.seconds = Some(seconds);
    }
}
