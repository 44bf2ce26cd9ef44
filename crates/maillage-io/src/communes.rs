use std::path::Path;

use maillage_core::Commune;

use crate::{CommuneColumns, Findings, InputFile, Join};

/// Reads communes from GeoJSON or CSV, with tables joined by code.
///
/// Returns the communes and the files read (the main one first), or nothing when `findings` has new errors.
#[must_use]
pub fn read_communes(
    file: &Path,
    columns: &CommuneColumns,
    joins: &[Join],
    findings: &mut Findings,
) -> Option<(Vec<Commune>, Vec<InputFile>)> {
    let _ = (file, columns, joins, findings);
    todo!()
}
