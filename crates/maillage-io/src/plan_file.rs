use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::{AnswerCertificate, AnswerGuarantee, AnswerInput, AnswerObjective, AnswerWork, Stop};

/// A plan as it was written: `plan.geojson` with its features, or `plan.json` without.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// The members of the answer.
    pub answer: Value,
    /// Those that say what the plan was made of, and what is claimed.
    pub stated: StatedAnswer,
    /// The features, none where the file holds the answer alone.
    pub features: Option<Vec<Value>>,
}

/// What an answer states about its making; the rest of it can be counted again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct StatedAnswer {
    /// The program and its version.
    pub program: String,
    /// What is said to be proved.
    pub guarantee: AnswerGuarantee,
    /// Why the work ended.
    pub stopped_by: Stop,
    /// What was maximised, and the bound.
    pub objective: AnswerObjective,
    /// The files that were read.
    pub inputs: Vec<AnswerInput>,
    /// The question as understood.
    pub request: Value,
    /// The proof that goes with it.
    pub certificate: Option<AnswerCertificate>,
    /// The work done.
    pub work: AnswerWork,
}

/// Why a file is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanFileError {
    /// The file cannot be read.
    #[error("{file}: {source}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not JSON, or a member of it comes twice.
    #[error("{file}: {source}")]
    NotJson {
        /// The file.
        file: PathBuf,
        /// Where it fails.
        source: serde_json::Error,
    },
    /// The file holds no answer.
    #[error("{file} is not a plan: give the plan.geojson or plan.json that \"maillage plan\" wrote")]
    NoAnswer {
        /// The file.
        file: PathBuf,
    },
    /// The answer lacks a member, or it is not what it should be.
    #[error("{file}: the answer in it is not complete: {source}")]
    BadAnswer {
        /// The file.
        file: PathBuf,
        /// What is missing.
        source: serde_json::Error,
    },
}

impl PlanFile {
    /// Reads a plan; a member that comes twice is refused, since readers would differ on which one holds.
    ///
    /// # Errors
    /// When the file cannot be read or holds no answer.
    pub fn read(path: &Path) -> Result<Self, PlanFileError> {
        let file = || path.to_owned();
        let bytes = std::fs::read(path).map_err(|source| PlanFileError::Unreadable { file: file(), source })?;
        let Unrepeated(mut document) =
            serde_json::from_slice(&bytes).map_err(|source| PlanFileError::NotJson { file: file(), source })?;
        let features = document.get_mut("features").map(Value::take);
        let (answer, features) = match (document.get_mut("maillage").map(Value::take), features) {
            (Some(answer), Some(Value::Array(features))) => (answer, Some(features)),
            (None, None) if document.get("objective").is_some() => (document, None),
            _ => return Err(PlanFileError::NoAnswer { file: file() }),
        };
        let stated =
            StatedAnswer::deserialize(&answer).map_err(|source| PlanFileError::BadAnswer { file: file(), source })?;
        Ok(Self { answer, stated, features })
    }

    /// Returns the identifiers of the new sites, where the file holds sites.
    #[must_use]
    pub fn new_sites(&self) -> Option<Vec<&str>> {
        let sites = self.features_of("site")?;
        let is_new = |site: &&Map<String, Value>| site.get("state").and_then(Value::as_str) == Some("new");
        Some(sites.into_iter().filter(is_new).filter_map(|site| site.get("id")?.as_str()).collect())
    }

    /// Returns the properties of the features of a role, none where there are none.
    #[must_use]
    pub fn features_of(&self, role: &str) -> Option<Vec<&Map<String, Value>>> {
        let properties = self.features.iter().flatten().filter_map(|feature| feature.get("properties")?.as_object());
        let found: Vec<_> =
            properties.filter(|properties| properties.get("role").and_then(Value::as_str) == Some(role)).collect();
        (!found.is_empty()).then_some(found)
    }
}

/// A JSON value in which no member comes twice.
struct Unrepeated(Value);

impl<'de> Deserialize<'de> for Unrepeated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Self)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Unrepeated(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Unrepeated(value))) = members.next_entry::<String, Unrepeated>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the member \"{key}\" comes twice")));
            }
            map.insert(key, value);
        }
        Ok(map.into())
    }
}
