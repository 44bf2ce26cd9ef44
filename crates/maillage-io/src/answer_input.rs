use serde::{Deserialize, Serialize};

use crate::{InputFile, Role, Source, Sources};

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
    /// Whether the scenario marks it as illustrative.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
    /// Where the access figure comes from, where the scenario says it; only of the communes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Source>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(illustrative: &bool) -> bool {
    !illustrative
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
            illustrative: origin.is_some_and(Source::is_illustrative),
            access: sources.access.clone().filter(|_| input.role == Role::Communes),
        }
    }

    /// Takes over what another answer says of the origin of the same file.
    pub fn set_origin(&mut self, said: &Self) {
        self.source.clone_from(&said.source);
        self.year = said.year;
        self.illustrative = said.illustrative;
        self.access.clone_from(&said.access);
    }

    /// Returns whether the file, or the access figure in it, is marked as illustrative.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        self.illustrative || self.access.as_ref().is_some_and(Source::is_illustrative)
    }
}
