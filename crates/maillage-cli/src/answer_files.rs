use std::path::{Path, PathBuf};

use maillage_io::{Output, ScenarioFile};

use crate::failure::Failure;
use crate::interrupt;

/// Files of an answer that is written as a table (`.csv`) or whole (`.json`).
pub(crate) struct AnswerFiles {
    output: Output,
}

impl AnswerFiles {
    /// Checks that all can be written; `forms` says in both languages what an answer of this kind is written as.
    pub(crate) fn check(
        paths: Vec<PathBuf>,
        inputs: &[PathBuf],
        force: bool,
        forms: [&'static str; 2],
    ) -> Result<Self, Failure> {
        if let Some(other) = paths.iter().find(|path| !is(path, "csv") && !is(path, "json")) {
            return Err(Failure::NotWritten { file: other.clone(), forms });
        }
        Ok(Self { output: Output::check(paths, inputs, force)? })
    }

    /// Refuses files that are neither.
    pub(crate) fn check_forms(file: &ScenarioFile, forms: [&'static str; 2]) -> Result<(), Failure> {
        match file.out.iter().flatten().find(|path| !is(path, "csv") && !is(path, "json")) {
            Some(other) => Err(Failure::NotWritten { file: other.clone(), forms }),
            None => Ok(()),
        }
    }

    /// Writes all of them, and returns their names.
    pub(crate) fn write(
        self,
        csv: impl Fn() -> Vec<u8>,
        json: impl Fn() -> Result<Vec<u8>, serde_json::Error>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let content = |target: &PathBuf| if is(target, "csv") { Ok(csv()) } else { json() };
        let contents = self.output.targets().iter().map(content).collect::<Result<Vec<_>, _>>()?;
        let written = self.output.targets().to_vec();
        interrupt::whole(|| self.output.write(&contents))?;
        Ok(written)
    }
}

fn is(path: &Path, suffix: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(suffix))
}
