use std::path::Path;

use crate::Findings;

/// A bare covering instance, as researchers exchange them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexFile {
    /// Weight of each demand.
    pub weights: Vec<u64>,
    /// Cost of each site.
    pub costs: Vec<u64>,
    /// The demands each site covers, from 0.
    pub rows: Vec<Vec<u32>>,
    /// Sites already open.
    pub open: Vec<u32>,
}

/// Reads an index file, plain or gzip.
///
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_index(file: &Path, findings: &mut Findings) -> Option<IndexFile> {
    let _ = (file, findings);
    todo!()
}
