use std::collections::BTreeMap;

use crate::Position;

/// Whether a site is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteState {
    /// It could be opened.
    Candidate,
    /// It is open already.
    Existing,
    /// It stands outside the region and does not count: it neither opens nor serves.
    Outside,
}

/// A place that could host telemedicine, or does already.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The identifier it came with; unique among all sites, existing ones included.
    pub id: String,
    /// The name people know; empty when the data have none.
    pub name: String,
    /// What it is (town hall, pharmacy …); empty when the data have none.
    pub kind: String,
    /// Whether it is there already.
    pub state: SiteState,
    /// Whole euros to open it; what an existing one costs is never counted.
    pub cost: u64,
    /// The code of the commune it stands in, where known.
    pub commune: Option<String>,
    /// The département given with the site, where there is such a column.
    pub territory: Option<String>,
    /// Where it stands.
    pub position: Position,
    /// What stands in the columns that rules look at, by the name of the column; blanks are left out.
    pub columns: BTreeMap<String, String>,
}
