use std::io;
use std::path::{Path, PathBuf};

use maillage_core::{
    AttainError, ConsultationError, Goal, ReachError, RuleError, ScenarioError, StraightLineError, TerritoryError,
    VariantError,
};
use maillage_io::{
    ComparisonError, Crs, GeoPackageError, KeyPlace, Language, OutputError, PlanFileError, PlanLayersError,
    QuestionError, ScenarioTextError, TimesRowsError, WorkbookError,
};
use maillage_report::RasterError;
use maillage_solver::{CoverageError, FrontierError, ProblemError, SensitivityError, SolveError};

use crate::disagreement::Disagreement;
use crate::exit::Exit;
use crate::impossible::Impossible;
use crate::scenario_lines::ScenarioLines;
use crate::stated_keys;
use crate::{failure_words, french_words};

/// An identifier that no site has, and those written almost like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownId {
    pub(crate) id: String,
    pub(crate) nearest: Vec<String>,
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the inputs have errors")]
    Findings { exit: Exit },
    #[error(transparent)]
    ScenarioText(#[from] ScenarioTextError),
    #[error(transparent)]
    Question(#[from] QuestionError),
    #[error("--out {}: the suffix says what is written; use .geojson, .gpkg, .xlsx, .csv, .svg, .png, or .json for the answer alone", file.display())]
    UnknownSuffix { file: PathBuf },
    #[error("--qml goes with --split: points and polygons in one file have no style in common")]
    StyleWithoutSplit,
    #[error("--out-crs {crs}: \"{id}\" lies outside metropolitan France, where it may be used; use EPSG:4326")]
    OutsideCrs { crs: Crs, id: String },
    #[error(transparent)]
    GeoPackage(#[from] GeoPackageError),
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    #[error(transparent)]
    TimesRows(#[from] TimesRowsError),
    #[error("the picture cannot be made: {0}")]
    Picture(#[from] RasterError),
    #[error("the answer cannot be put into words: {0}")]
    Answer(#[from] serde_json::Error),
    #[error("--write-model {}: the suffix says what is written; use .mps or .lp", file.display())]
    ModelSuffix { file: PathBuf },
    #[error("--out {}: a curve is written as .csv, .json, .svg or .png", file.display())]
    NotTable { file: PathBuf },
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    #[error(
        "{below} new {} below regular use, and at most {most} may be given up: raise --changes",
        crate::words::plural(*below, "site is", "sites are", Language::English)
    )]
    TooFewChanges { below: u64, most: u64 },
    #[error("--{flag} {}: {}", file.display(), forms[0])]
    NotWritten { flag: &'static str, file: PathBuf, forms: [&'static str; 2] },
    #[error("--isochrones: {}", reason[0])]
    Isochrones { reason: [&'static str; 2] },
    #[error("--out {}: a report is written as .html, its map alone as .svg or .png", file.display())]
    NotPage { file: PathBuf },
    #[error("{} is not a curve: give the JSON that \"maillage frontier\" wrote", file.display())]
    NotCurve { file: PathBuf },
    #[error("{} holds no communes: give the plan.geojson or plan.gpkg that \"maillage plan\" wrote", file.display())]
    NoCommunes { file: PathBuf },
    #[error("{}: {source}", file.display())]
    PlanLayers { file: PathBuf, source: Box<PlanLayersError> },
    #[error("{} of the list are no sites: {}", unknown.len(), failure_words::english_nearest(unknown))]
    UnknownListed { unknown: Vec<UnknownId> },
    #[error("--why-not names {} that are neither candidates nor communes: {}", unknown.len(), failure_words::english_nearest(unknown))]
    UnknownAsked { unknown: Vec<UnknownId> },
    #[error(transparent)]
    Sensitivity(#[from] SensitivityError),
    #[error("the list names no site")]
    EmptyList,
    #[error("a point that is no candidate has no times in the table: add it to the candidates, or use --speed")]
    PointsWithoutTimes,
    #[error("two ranges make no curve: give --sites or --budget one number")]
    TwoRanges,
    #[error("the curve of \"worst-off\" rises over the floor: give --sites and --budget one number each, no range")]
    RangeOfEquity,
    #[error("a curve needs a range, such as --sites 0..200 or --budget 0..6000000:100000")]
    NoRange,
    #[error("--{flag} does not go with the goal \"{goal}\"")]
    NotWithGoal { flag: &'static str, goal: Goal },
    #[error("{}", failure_words::not_here(flag, command))]
    NotHere { flag: &'static str, command: &'static str },
    #[error("phases say nothing to \"{command}\": use \"maillage plan\"")]
    NoPhases { command: &'static str },
    #[error(
        "--within-capacity does not go with {what}: a plan within capacity is `plan`'s alone, and has no certificate"
    )]
    NotWithinCapacity { what: &'static str },
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("writing to standard output failed: {0}")]
    StandardOutput(#[source] io::Error),
    #[error("{}: {source}", file.display())]
    Reading { file: PathBuf, source: io::Error },
    #[error("{file}: {failure}")]
    In { file: String, failure: Box<Failure> },
    #[error("{file}:{}: key \"{}\": {failure}", place.line, place.key)]
    Stated { file: String, place: KeyPlace, failure: Box<Failure> },
    #[error(transparent)]
    Territory(#[from] TerritoryError),
    #[error(transparent)]
    StraightLine(#[from] StraightLineError),
    #[error(transparent)]
    Reach(#[from] ReachError),
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    #[error(transparent)]
    Coverage(#[from] CoverageError),
    #[error(transparent)]
    Problem(#[from] ProblemError),
    #[error(transparent)]
    Solve(#[from] SolveError),
    #[error(transparent)]
    Frontier(#[from] FrontierError),
    #[error("site {site} is said to be open, but there are only {sites} sites (from 0)")]
    UnknownOpenSite { site: u32, sites: usize },
    #[error(
        "self-check failed: {what} is {counted} when counted from the inputs, but the solver says {said}; nothing was written, please report it"
    )]
    SelfCheck { what: &'static str, counted: u64, said: u64 },
    #[error("self-check failed: the certificate does not prove the bound: {0}; nothing was written, please report it")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    PlanFile(#[from] PlanFileError),
    #[error("{} does not name its sites: give plan.geojson or plan.gpkg, or the certificate with --certificate", file.display())]
    NoSites { file: PathBuf },
    #[error("{} is not a certificate: its first line must be \"maillage-certificate 1\"", file.display())]
    NotCertificate { file: PathBuf },
    #[error(transparent)]
    Refused(#[from] Disagreement),
    #[error("{error}; the closest columns are: {closest}")]
    Column { error: Box<ScenarioError>, closest: String },
    #[error("{}", .0.words(Language::English))]
    Impossible(Box<Impossible>),
    #[error("stopped before there was a plan; nothing was written")]
    Interrupted,
    #[error("no plan that keeps every rule was found; nothing was written. More may be tried with --effort proof")]
    NoPlan,
}

impl From<AttainError> for Failure {
    fn from(error: AttainError) -> Self {
        match error {
            AttainError::Scenario(error) => error.into(),
            AttainError::Solve(error) => error.into(),
            AttainError::Frontier(error) => error.into(),
            other => SolveError::SelfCheck(other.to_string()).into(),
        }
    }
}

impl Failure {
    /// Says in which file the fault lies, where that is known.
    pub(crate) fn in_file_of(self, file: Option<&Path>) -> Self {
        match file {
            Some(file) => self.in_file(file),
            None => self,
        }
    }

    /// Says in which file the fault lies.
    pub(crate) fn in_file(self, file: &Path) -> Self {
        let file = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        Self::In { file, failure: Box::new(self) }
    }

    /// Says at which line of the scenario the fault lies, where a key of it is known that is not a flag's.
    pub(crate) fn stated_in(self, scenario: &ScenarioLines) -> Self {
        if let Self::Impossible(mut impossible) = self {
            impossible.state_in(scenario);
            return Self::Impossible(impossible);
        }
        match scenario.place(&stated_keys::of(&self)) {
            Some(place) => Self::Stated { file: scenario.file.clone(), place, failure: Box::new(self) },
            // What is missing stands at no line.
            None if matches!(self, Self::Question(QuestionError::Missing { .. })) => {
                Self::In { file: scenario.file.clone(), failure: Box::new(self) }
            }
            None => self,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one line for each way to fail")]
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Findings { exit } => *exit,
            Self::Scenario(ScenarioError::Variant(
                VariantError::NotANumber { .. }
                | VariantError::NoColumn { .. }
                | VariantError::UnknownUpgrade { .. }
                | VariantError::FarFromUpgraded { .. },
            )) => Exit::BadData,
            Self::In { failure, .. } | Self::Stated { failure, .. } => failure.exit(),
            Self::ScenarioText(ScenarioTextError::Unreadable { .. })
            | Self::Question(QuestionError::List { .. })
            | Self::StandardOutput(_)
            | Self::PlanFile(PlanFileError::Unreadable { .. })
            | Self::Reading { .. } => Exit::Files,
            Self::Output(OutputError::Exists(_) | OutputError::IsInput(_) | OutputError::Twice(_))
            | Self::ScenarioText(_)
            | Self::Question(_)
            | Self::StyleWithoutSplit
            | Self::UnknownSuffix { .. }
            | Self::OutsideCrs { .. }
            | Self::ModelSuffix { .. }
            | Self::NotTable { .. }
            | Self::NotWritten { .. }
            | Self::Isochrones { .. }
            | Self::TooFewChanges { .. }
            | Self::NotPage { .. }
            | Self::TwoRanges
            | Self::PointsWithoutTimes
            | Self::NoRange
            | Self::RangeOfEquity
            | Self::NotHere { .. }
            | Self::NotWithGoal { .. }
            | Self::NoPhases { .. }
            | Self::NotWithinCapacity { .. }
            | Self::NoSites { .. }
            | Self::StraightLine(_)
            | Self::Scenario(
                ScenarioError::Rule(
                    RuleError::Nothing { .. }
                    | RuleError::Contradiction { .. }
                    | RuleError::ShareOfAll { .. }
                    | RuleError::SpreadOfOne { .. }
                    | RuleError::EmptyCondition { .. }
                    | RuleError::NoTimes { .. },
                )
                | ScenarioError::NoLimit
                | ScenarioError::NoThreshold
                | ScenarioError::Consultations(
                    ConsultationError::Floors | ConsultationError::Weight | ConsultationError::Goal,
                )
                | ScenarioError::Threshold(_)
                | ScenarioError::Gap(_)
                | ScenarioError::DecayOutOfOrder { .. }
                | ScenarioError::DecayOfTravelTime
                | ScenarioError::ExactlyWithoutCount
                | ScenarioError::Variant(_),
            ) => Exit::Usage,
            Self::Scenario(ScenarioError::Rule(RuleError::TooManyPairs { .. } | RuleError::SpreadOfMany { .. })) => {
                Exit::TooLarge
            }
            // The command line computes reach for the very territory and limit it compiles.
            Self::Scenario(ScenarioError::OtherTerritory | ScenarioError::ReachTooShort { .. }) | Self::Answer(_) => {
                Exit::Bug
            }
            Self::Output(_) => Exit::Files,
            Self::Reach(ReachError::TooManyPairs { .. }) => Exit::TooLarge,
            Self::Territory(_)
            | Self::Reach(_)
            | Self::Coverage(_)
            | Self::Problem(_)
            | Self::UnknownOpenSite { .. }
            | Self::PlanFile(_)
            | Self::GeoPackage(_)
            | Self::NotCurve { .. }
            | Self::NoCommunes { .. }
            | Self::PlanLayers { .. }
            | Self::Workbook(_)
            | Self::TimesRows(_)
            | Self::Picture(_)
            | Self::NotCertificate { .. }
            | Self::UnknownListed { .. }
            | Self::UnknownAsked { .. }
            | Self::EmptyList
            | Self::Comparison(_)
            | Self::Column { .. }
            | Self::Scenario(
                ScenarioError::UnknownSite { .. }
                | ScenarioError::MissingAccess { .. }
                | ScenarioError::NoWeight { .. }
                | ScenarioError::Column(_)
                | ScenarioError::Consultations(_)
                | ScenarioError::Border(_)
                | ScenarioError::Capacity(_)
                | ScenarioError::Problem(_)
                | ScenarioError::Coverage(_),
            ) => Exit::BadData,
            Self::Interrupted | Self::NoPlan | Self::Scenario(ScenarioError::TargetNotFound { .. }) => {
                Exit::NothingWritten
            }
            Self::Scenario(_)
            | Self::Impossible(_)
            | Self::Solve(SolveError::Infeasible { .. })
            | Self::Frontier(FrontierError::Solve(SolveError::Infeasible { .. })) => Exit::Impossible,
            Self::Solve(_)
            | Self::Sensitivity(_)
            | Self::SelfCheck { .. }
            | Self::Certificate(_)
            | Self::Refused(_)
            | Self::Frontier(FrontierError::Solve(_)) => Exit::SelfCheck,
            // The command line names a rule there is, and ends that rise.
            Self::Frontier(_) => Exit::Bug,
        }
    }

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
