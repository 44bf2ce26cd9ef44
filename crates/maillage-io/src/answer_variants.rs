use maillage_core::{HubCounts, SpecialtyCount, TypeCount};
use serde::Serialize;

/// New sites of one type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerType {
    /// Its name.
    pub r#type: String,
    /// New sites of it.
    pub sites_new: u64,
    /// Whole euros for them, over the horizon.
    pub cost: u64,
    /// Of that, to run them.
    pub yearly: u64,
}

impl From<&TypeCount> for AnswerType {
    fn from(count: &TypeCount) -> Self {
        let TypeCount { name, sites_new, cost, yearly } = count.clone();
        Self { r#type: name, sites_new, cost, yearly }
    }
}

/// Reach of one specialty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerSpecialty {
    /// Its name.
    pub specialty: String,
    /// People who need it.
    pub people: u64,
    /// Of them, in reach of existing sites that offer it.
    pub reached_before: u64,
    /// Of them, in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Of them, in reach with the plan.
    pub reached_after: u64,
    /// Open sites that offer it.
    pub sites: u64,
}

impl From<&SpecialtyCount> for AnswerSpecialty {
    fn from(count: &SpecialtyCount) -> Self {
        let SpecialtyCount { name, people, reached_before, newly_reached, sites } = count.clone();
        let reached_after = reached_before.saturating_add(newly_reached);
        Self { specialty: name, people, reached_before, newly_reached, reached_after, sites }
    }
}

/// New sites by the hub they lean on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerHubs {
    /// Candidates without a hub near enough, which never open.
    pub candidates_without: u64,
    /// Every hub, by identifier.
    pub hubs: Vec<AnswerHub>,
}

/// A hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerHub {
    /// Its identifier.
    pub id: String,
    /// New sites that lean on it.
    pub spokes: u64,
}

impl From<&HubCounts> for AnswerHubs {
    fn from(counts: &HubCounts) -> Self {
        let hub = |(id, spokes): &(String, u64)| AnswerHub { id: id.clone(), spokes: *spokes };
        Self { candidates_without: counts.candidates_without, hubs: counts.spokes.iter().map(hub).collect() }
    }
}
