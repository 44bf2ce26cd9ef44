use maillage_core::{Followed, FollowedSite, Territory};
use serde::Serialize;
use serde_json::Value;

use crate::{AnswerDocument, AnswerGuarantee, AnswerInput};

/// A plan beside what was observed, as `follow.json` holds it.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowAnswer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// The plan's file.
    pub plan: String,
    /// How many acts a year are regular use, where that was said.
    pub regular: Option<u64>,
    /// Open sites: new ones first.
    pub sites: Vec<FollowedRow>,
    /// Sites below regular use.
    pub below: u64,
    /// Acts at all sites.
    pub acts: u64,
    /// Acts that were planned, where that was said of every site with acts.
    pub planned: Option<u64>,
    /// Whether more is done where more under-served people are near: Kendall's tau-b over sites, from -1 to 1.
    pub correlation: Option<f64>,
    /// The best plan after a few changes, where it was asked for.
    pub changes: Option<FollowChanges>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The scenario as understood.
    pub request: Value,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// An open site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FollowedRow {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `new` or `existing`.
    pub state: &'static str,
    /// Its territory, where that is known.
    pub territory: Option<String>,
    /// Under-served people to whom it is the nearest open site, within reach.
    pub people: u64,
    /// Acts done there.
    pub acts: Option<u64>,
    /// Acts that were planned.
    pub planned: Option<u64>,
    /// Whether that is below regular use.
    pub below: bool,
}

/// The best plan after changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowChanges {
    /// At most so many sites of the plan were to be given up.
    pub most: u32,
    /// Sites of the plan that are given up, by identifier.
    pub closes: Vec<String>,
    /// Sites that open, by identifier.
    pub opens: Vec<String>,
    /// What values are counted in.
    pub unit: String,
    /// What the plan as it is adds under the same figures; without the sites that must be given up.
    pub value_before: u64,
    /// What the changed plan adds.
    pub value: u64,
    /// No plan with so few changes adds more.
    pub bound: u64,
    /// (bound − value) ÷ bound, rounded up to a millionth.
    pub gap: Option<f64>,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Whole euros for the sites that open.
    pub cost: u64,
}

impl FollowedRow {
    /// Tells the open sites.
    #[must_use]
    pub fn of(territory: &Territory, followed: &Followed) -> Vec<Self> {
        let row = |followed: &FollowedSite| {
            let site = territory.sites().get(followed.site as usize)?;
            Some(Self {
                id: site.id.clone(),
                name: site.name.clone(),
                state: if followed.is_new { "new" } else { "existing" },
                territory: site.territory.clone(),
                people: followed.people,
                acts: followed.acts,
                planned: followed.planned,
                below: followed.is_below,
            })
        };
        followed.sites.iter().filter_map(row).collect()
    }
}

impl AnswerDocument for FollowAnswer {
    fn set_seconds(&mut self, seconds: f64) {
        self.seconds = Some(seconds);
    }
}
