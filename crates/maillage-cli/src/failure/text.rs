use std::path::Path;

use maillage_io::{Language, ScenarioTextError};

use super::Failure;
use crate::{failure_words, french_words};

impl Failure {
    /// Returns file, line and key of the scenario that it speaks of, and the right key nearest to a wrong one.
    fn place(&self) -> Option<(String, usize, Option<&str>, Option<&str>)> {
        let name = |file: &Path| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        match self {
            Self::Stated { file, place, .. } => Some((file.clone(), place.line, Some(&place.key), None)),
            Self::ScenarioText(ScenarioTextError::UnknownKey { file, line, key, nearest }) => {
                Some((name(file), *line, Some(key), nearest.as_deref()))
            }
            Self::ScenarioText(ScenarioTextError::BadValue { file, line, key, problem }) => {
                Some((name(file), *line, key.as_deref(), problem.nearest.as_deref()))
            }
            _ => None,
        }
    }

    /// Returns the stable code of the kind of failure: "E" and the exit code.
    fn code(&self) -> String {
        format!("E{:03}", self.exit() as u8)
    }

    pub(crate) fn words(&self, language: Language) -> String {
        match language {
            Language::English => failure_words::english(self),
            Language::French => french_words::french(self),
        }
    }

    pub(crate) fn to_text(&self, language: Language) -> String {
        let kind = match language {
            Language::English => "error",
            Language::French => "erreur",
        };
        format!("{kind}[{}] {}\n", self.code(), self.words(language))
    }

    pub(crate) fn to_json_line(&self, language: Language) -> String {
        let mut members = serde_json::json!({
            "severity": "error", "code": self.code(), "exit": self.exit() as u8, "message": self.words(language),
        });
        if let (Some((file, line, key, nearest)), Some(members)) = (self.place(), members.as_object_mut()) {
            members.insert("file".to_owned(), file.into());
            members.insert("line".to_owned(), line.into());
            members.insert("key".to_owned(), key.into());
            members.insert("nearest".to_owned(), nearest.into());
        }
        if let (Self::Impossible(impossible), Some(members)) = (self, members.as_object_mut())
            && let serde_json::Value::Object(more) = impossible.members()
        {
            members.extend(more);
        }
        format!("{members}\n")
    }
}
