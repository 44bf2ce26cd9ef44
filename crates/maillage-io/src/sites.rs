use std::path::Path;

use maillage_core::{Site, SiteState};

use crate::{Findings, InputFile, SiteColumns};

/// Reads candidates or existing sites from GeoJSON points or CSV.
///
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_sites(
    file: &Path,
    columns: &SiteColumns,
    state: SiteState,
    findings: &mut Findings,
) -> Option<(Vec<Site>, InputFile)> {
    let _ = (file, columns, state, findings);
    todo!()
}
