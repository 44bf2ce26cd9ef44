use std::fs;
use std::path::{Path, PathBuf};

use maillage_io::{InputFile, Output, SweptPoint};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;

/// What is kept of scenarios that are done: one file for each curve, in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Done {
    folder: Option<PathBuf>,
}

/// The file of a curve: what it answers, whole, and the answer.
#[derive(Serialize, Deserialize)]
struct Curve {
    asked: Value,
    points: Vec<SweptPoint>,
}

impl Done {
    /// Keeps curves in a folder, which is made where it is not there; nowhere where none is named.
    pub(crate) fn in_folder(folder: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = folder {
            fs::create_dir_all(folder).map_err(|source| Failure::Reading { file: folder.to_owned(), source })?;
        }
        Ok(Self { folder: folder.map(Path::to_owned) })
    }

    /// Returns a curve that was kept; nothing where there is none, or not one of this very question.
    pub(crate) fn find(&self, asked: &Value) -> Option<Vec<SweptPoint>> {
        let text = fs::read(self.file(asked)?).ok()?;
        let curve: Curve = serde_json::from_slice(&text).ok()?;
        (curve.asked == *asked).then_some(curve.points)
    }

    /// Keeps a curve: its file is there whole or not at all.
    pub(crate) fn keep(&self, asked: &Value, points: &[SweptPoint]) -> Result<(), Failure> {
        let Some(file) = self.file(asked) else { return Ok(()) };
        let text = serde_json::to_vec(&Curve { asked: asked.clone(), points: points.to_vec() })?;
        Ok(Output::check(vec![file], &[], true)?.write(&[text])?)
    }

    /// The file is named by what it answers, so that another grid finds what it shares with this one.
    fn file(&self, asked: &Value) -> Option<PathBuf> {
        let name = InputFile::sha256_of_bytes(asked.to_string().as_bytes());
        self.folder.as_ref().map(|folder| folder.join(format!("{}.json", name.get(..24).unwrap_or(&name))))
    }
}
