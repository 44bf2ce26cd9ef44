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

/// The file of a curve: what it answers, whole, and the answer with its fingerprint, since it is believed without being
/// counted anew.
#[derive(Serialize, Deserialize)]
struct Curve {
    asked: Value,
    points: Vec<SweptPoint>,
    sha256: String,
}

/// Returns the fingerprint of an answer.
fn fingerprint(points: &[SweptPoint]) -> Result<String, serde_json::Error> {
    Ok(InputFile::sha256_of_bytes(&serde_json::to_vec(points)?))
}

impl Done {
    /// Keeps curves in a folder, which is made where it is not there; nowhere where none is named.
    pub(crate) fn in_folder(folder: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = folder {
            fs::create_dir_all(folder).map_err(|source| Failure::Reading { file: folder.to_owned(), source })?;
        }
        Ok(Self { folder: folder.map(Path::to_owned) })
    }

    /// Returns a curve that was kept; nothing where there is none, not one of this very question, or not as it was kept.
    pub(crate) fn find(&self, asked: &Value) -> Option<Vec<SweptPoint>> {
        let text = fs::read(self.file(asked)?).ok()?;
        let curve: Curve = serde_json::from_slice(&text).ok()?;
        let is_whole = fingerprint(&curve.points).is_ok_and(|known| known == curve.sha256);
        (curve.asked == *asked && is_whole).then_some(curve.points)
    }

    /// Keeps a curve: its file is there whole or not at all.
    pub(crate) fn keep(&self, asked: &Value, points: &[SweptPoint]) -> Result<(), Failure> {
        let Some(file) = self.file(asked) else { return Ok(()) };
        let curve = Curve { asked: asked.clone(), points: points.to_vec(), sha256: fingerprint(points)? };
        let text = serde_json::to_vec(&curve)?;
        Ok(Output::check(vec![file], &[], true)?.write(&[text])?)
    }

    /// The file is named by what it answers, so that another grid finds what it shares with this one.
    fn file(&self, asked: &Value) -> Option<PathBuf> {
        let name = InputFile::sha256_of_bytes(asked.to_string().as_bytes());
        self.folder.as_ref().map(|folder| folder.join(format!("{}.json", name.get(..24).unwrap_or(&name))))
    }
}
