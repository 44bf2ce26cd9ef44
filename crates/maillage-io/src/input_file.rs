use serde::{Deserialize, Serialize};

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Communes.
    Communes,
    /// Candidate sites.
    Candidates,
    /// Existing sites.
    Existing,
    /// A table joined to the communes.
    Join,
    /// Travel times.
    Times,
}

/// A file that was read: enough to recognise it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// What it was read for.
    pub role: Role,
    /// Its base name, never a path.
    pub file: String,
    /// SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// Features or rows read.
    pub features: u64,
}
