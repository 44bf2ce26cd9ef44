use std::path::Path;

use maillage_core::{Territory, TravelTime};

use crate::{Findings, InputFile};

/// A travel time between positions of a territory: (site, commune, time).
pub type TimeEntry = (u32, u32, TravelTime);

/// Reads a table of travel times (CSV `site,place,minutes`, sparse) for the sites and communes of a territory.
///
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_times(file: &Path, territory: &Territory, findings: &mut Findings) -> Option<(Vec<TimeEntry>, InputFile)> {
    let _ = (file, territory, findings);
    todo!()
}
