use serde::{Deserialize, Serialize};

use crate::{InputFile, Role, Sources};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerInput {
    /// What it was read for.
    pub role: Role,
    /// Its base name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Features or rows.
    pub features: u64,
    /// Who made it.
    pub source: Option<String>,
    /// The year it speaks of.
    pub year: Option<i32>,
}

impl AnswerInput {
    /// Tells a file that was read, and where its data come from.
    #[must_use]
    pub fn of(input: &InputFile, sources: &Sources) -> Self {
        let origin = sources.of(input.role);
        Self {
            role: input.role,
            file: input.file.clone(),
            sha256: input.sha256.clone(),
            features: input.features,
            source: origin.and_then(|origin| origin.source.clone()),
            year: origin.and_then(|origin| origin.year),
        }
    }
}
