use serde::Serialize;

use crate::answer::indented;

/// An answer that can be written whole, as JSON.
pub trait AnswerDocument: Serialize + Sized {
    /// Says how long the answer took; only on standard output, never in files.
    fn set_seconds(&mut self, seconds: f64);

    /// Writes the answer as an indented JSON document.
    ///
    /// # Errors
    /// When a member cannot be put into JSON, which none of ours does.
    fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        indented(self)
    }
}
