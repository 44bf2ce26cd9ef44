use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::database::is_database;
use crate::{
    AnswerCertificate, AnswerGuarantee, AnswerInput, AnswerNesting, AnswerObjective, AnswerTravel, AnswerWork,
    PlanPackage, Stop,
};

/// A plan as it was written: `plan.geojson` with its features, `plan.gpkg` with its layers, or `plan.json` without.
#[derive(Debug)]
pub struct PlanFile {
    /// The members of the answer.
    pub answer: Value,
    /// Those that say what the plan was made of, and what is claimed.
    pub stated: StatedAnswer,
    /// The features as texts, which take less room than values; none where the file holds the answer alone.
    pub features: Option<Vec<Box<RawValue>>>,
    /// The layers of a `GeoPackage`.
    pub package: Option<PlanPackage>,
    /// The new sites, where the file holds sites.
    pub new_sites: Option<Vec<StatedSite>>,
    /// Whether the file holds communes.
    pub has_communes: bool,
}

/// A new site as a plan states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedSite {
    /// Its identifier.
    pub id: String,
    /// The phase it opens in, where there are phases.
    pub phase: Option<String>,
    /// Its type, where there are types.
    pub kind: Option<String>,
    /// The hub it leans on, where there are hubs.
    pub hub: Option<String>,
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
    /// What was maximised next.
    #[serde(default)]
    pub then: Option<AnswerObjective>,
    /// Minutes to the nearest site, where those are to be few.
    #[serde(default)]
    pub travel: Option<AnswerTravel>,
    /// Places a new site could open at.
    #[serde(default)]
    pub candidates: Option<u64>,
    /// The files that were read.
    pub inputs: Vec<AnswerInput>,
    /// The question as understood.
    pub request: Value,
    /// What is said of the last phase planned alone.
    pub nesting: Option<AnswerNesting>,
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
    #[error(
        "{file} is not a plan: give the plan.geojson, plan.gpkg or plan.json that \"maillage plan\" wrote ({source})"
    )]
    NotJson {
        /// The file.
        file: PathBuf,
        /// Where it fails.
        source: serde_json::Error,
    },
    /// The file is a database, but no whole `GeoPackage` of a plan.
    #[error("{file} is not a whole GeoPackage of a plan: {source}")]
    NotPackage {
        /// The file.
        file: PathBuf,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// The file holds no answer.
    #[error("{file} is not a plan: give the plan.geojson, plan.gpkg or plan.json that \"maillage plan\" wrote")]
    NoAnswer {
        /// The file.
        file: PathBuf,
    },
    /// The file beside it, which `--split` made, is of another plan.
    #[error("{file} and {beside} hold different plans: give both files of one run of \"maillage plan --split\"")]
    OtherPlan {
        /// The file.
        file: PathBuf,
        /// The file beside it.
        beside: PathBuf,
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
    /// Of two files that `--split` made, either is given: the other is read where it stands beside it.
    ///
    /// # Errors
    /// When the file cannot be read or holds no answer, or another plan than the file beside it.
    pub fn read(path: &Path) -> Result<Self, PlanFileError> {
        let mut plan = Self::read_alone(path)?;
        let Some(beside) = plan.part_beside(path).filter(|beside| beside.is_file()) else { return Ok(plan) };
        let other = Self::read_alone(&beside)?;
        if other.answer != plan.answer {
            return Err(PlanFileError::OtherPlan { file: path.to_owned(), beside });
        }
        let (sites, communes) = if plan.has_communes { (other, plan) } else { (plan, other) };
        let features = sites.features.into_iter().chain(communes.features).flatten().collect();
        plan = Self { features: Some(features), has_communes: true, new_sites: sites.new_sites, ..communes };
        Ok(plan)
    }

    /// Returns where the other part of a plan in two files would stand: `plan.communes.geojson` of `plan.sites.geojson`.
    fn part_beside(&self, path: &Path) -> Option<PathBuf> {
        let (this, other) = match (&self.features, &self.new_sites, self.has_communes) {
            (Some(_), Some(_), false) => (".sites.", ".communes."),
            (Some(_), None, true) => (".communes.", ".sites."),
            _ => return None,
        };
        let name = path.file_name()?.to_str()?;
        let (start, suffix) = name.rsplit_once(this)?;
        Some(path.with_file_name(format!("{start}{other}{suffix}")))
    }

    fn read_alone(path: &Path) -> Result<Self, PlanFileError> {
        let file = || path.to_owned();
        let bytes = std::fs::read(path).map_err(|source| PlanFileError::Unreadable { file: file(), source })?;
        if is_database(&bytes) {
            return Self::of_package(path, &bytes);
        }
        let not_json = |source| PlanFileError::NotJson { file: file(), source };
        let Document { mut members, features } = serde_json::from_slice(&bytes).map_err(not_json)?;
        drop(bytes);
        let (answer, features) = match (members.remove("maillage"), features) {
            (Some(answer), Some(features)) => (answer, Some(features)),
            (None, None) if members.contains_key("objective") => (members.into(), None),
            _ => return Err(PlanFileError::NoAnswer { file: file() }),
        };
        let stated =
            StatedAnswer::deserialize(&answer).map_err(|source| PlanFileError::BadAnswer { file: file(), source })?;
        let mut plan = Self { answer, stated, features, package: None, new_sites: None, has_communes: false };
        for feature in plan.features.iter().flatten() {
            let Unrepeated(feature) = serde_json::from_str(feature.get()).map_err(not_json)?;
            let text = |field: &str| feature.get("properties")?.get(field)?.as_str();
            plan.has_communes |= text("role") == Some("commune");
            if text("role") == Some("site") {
                let id = text("id").filter(|_| text("state") == Some("new"));
                let [phase, kind, hub] = ["phase", "type", "hub"].map(|field| text(field).map(str::to_owned));
                let new = id.map(|id| StatedSite { id: id.to_owned(), phase, kind, hub });
                plan.new_sites.get_or_insert_default().extend(new);
            }
        }
        Ok(plan)
    }

    fn of_package(path: &Path, bytes: &[u8]) -> Result<Self, PlanFileError> {
        let file = || path.to_owned();
        let not_package = |source| PlanFileError::NotPackage { file: file(), source };
        let package = PlanPackage::open(bytes).map_err(not_package)?;
        let answer = package.answer().map_err(not_package)?.ok_or_else(|| PlanFileError::NoAnswer { file: file() })?;
        let Unrepeated(answer) =
            serde_json::from_str(&answer).map_err(|source| PlanFileError::NotJson { file: file(), source })?;
        let stated =
            StatedAnswer::deserialize(&answer).map_err(|source| PlanFileError::BadAnswer { file: file(), source })?;
        let new_sites = Some(package.new_sites().map_err(not_package)?);
        Ok(Self { answer, stated, features: None, package: Some(package), new_sites, has_communes: true })
    }
}

/// The members of a document, its features apart.
#[derive(Default)]
struct Document {
    members: Map<String, Value>,
    features: Option<Vec<Box<RawValue>>>,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Document;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        while let Some(key) = members.next_key::<String>()? {
            if document.members.contains_key(&key) || (key == "features" && document.features.is_some()) {
                return Err(repeated(&key));
            }
            if key == "features" {
                document.features = Some(members.next_value()?);
            } else {
                let Unrepeated(value) = members.next_value()?;
                document.members.insert(key, value);
            }
        }
        Ok(document)
    }
}

fn repeated<E: Error>(key: &str) -> E {
    E::custom(format!("the member \"{key}\" comes twice"))
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
                return Err(repeated(&key));
            }
            map.insert(key, value);
        }
        Ok(map.into())
    }
}
