mod exit;
mod text;

use std::io;
use std::path::{Path, PathBuf};

use maillage_core::{AttainError, Goal, ReachError, ScenarioError, StraightLineError, TerritoryError};
use maillage_io::{
    ComparisonError, Crs, GeoPackageError, KeyPlace, Language, OutputError, PlanFileError, PlanLayersError,
    QuestionError, ScenarioTextError, TimesRowsError, WorkbookError,
};
use maillage_report::RasterError;
use maillage_solver::{CoverageError, FrontierError, ProblemError, SensitivityError, SolveError};

use crate::disagreement::Disagreement;
use crate::exit::Exit;
use crate::failure_words;
use crate::impossible::Impossible;
use crate::scenario_lines::ScenarioLines;
use crate::stated_keys;

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
    #[error(
        "the plan's new sites have cost {spent} euros, more than the budget of {budget}: with --spent nothing is left; raise --budget"
    )]
    SpentAboveBudget { spent: u64, budget: u64 },
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
}
