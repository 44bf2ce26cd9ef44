use std::path::PathBuf;

use maillage_core::{Dictionary, Reach, Scenario, ScenarioError, Territory};
use maillage_io::{QuestionError, ScenarioFile};
use maillage_solver::Problem;

use crate::arguments::Global;
use crate::failure::Failure;

/// Returns what is asked: the flags over the scenario file, where one is named.
pub(crate) fn scenario_file(flags: &ScenarioFile, global: &Global) -> Result<ScenarioFile, Failure> {
    match &global.scenario {
        Some(file) => Ok(flags.clone().over(ScenarioFile::read(file)?)),
        None => Ok(flags.clone()),
    }
}

/// Returns the files that must not be written over: every input, and the scenario itself.
pub(crate) fn protected(file: &ScenarioFile, global: &Global) -> Vec<PathBuf> {
    file.input_paths().into_iter().chain(global.scenario.clone()).collect()
}

/// Refuses flags about results where none are written.
pub(crate) fn writes_nothing(flags: &ScenarioFile, command: &'static str) -> Result<(), Failure> {
    if flags.out.is_some() {
        Err(Failure::NotHere { flag: "out", command })
    } else if flags.split.is_some() {
        Err(Failure::NotHere { flag: "split", command })
    } else {
        no_certificate(flags, command)
    }
}

/// Refuses a certificate where none is written.
pub(crate) fn no_certificate(flags: &ScenarioFile, command: &'static str) -> Result<(), Failure> {
    if flags.certificate.is_some() { Err(Failure::NotHere { flag: "certificate", command }) } else { Ok(()) }
}

pub(crate) fn communes(file: &ScenarioFile) -> Result<PathBuf, Failure> {
    let reason = "the communes' file, such as --communes communes.geojson";
    Ok(file.communes.clone().ok_or(QuestionError::Missing { flag: "communes", reason })?)
}

pub(crate) fn candidates(file: &ScenarioFile) -> Result<PathBuf, Failure> {
    let reason = "the candidate sites' file, such as --candidates candidates.geojson";
    Ok(file.candidates.clone().ok_or(QuestionError::Missing { flag: "candidates", reason })?)
}

/// Compiles the question; what the communes' file lacks is said of that file.
pub(crate) fn compile(
    scenario: &Scenario,
    file: &ScenarioFile,
    territory: &Territory,
    reach: &Reach,
) -> Result<(Problem, Dictionary), Failure> {
    scenario.compile(territory, reach).map_err(|error| in_communes(error, file))
}

/// Says of the communes' file what it lacks.
pub(crate) fn in_communes(error: ScenarioError, file: &ScenarioFile) -> Failure {
    let of_communes = matches!(error, ScenarioError::MissingAccess { .. } | ScenarioError::NoWeight { .. });
    match &file.communes {
        Some(communes) if of_communes => Failure::from(error).in_file(communes),
        _ => error.into(),
    }
}
