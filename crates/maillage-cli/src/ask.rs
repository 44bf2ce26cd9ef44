use std::path::PathBuf;

use maillage_core::{
    BorderError, ColumnError, ConsultationError, Dictionary, Reach, Scenario, ScenarioError, Territory, VariantError,
    Weight,
};
use maillage_io::{QuestionError, ScenarioFile, closest_columns};
use maillage_solver::{CapacitatedProblem, Problem};

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

/// Refuses the first of some flags that is given where it has no meaning.
pub(crate) fn refuse(given: &[(&'static str, bool)], command: &'static str) -> Result<(), Failure> {
    match given.iter().find(|(_, is_given)| *is_given) {
        Some((flag, _)) => Err(Failure::NotHere { flag, command }),
        None => Ok(()),
    }
}

/// Refuses all goals but that of reaching the most, and sites of several types or with hubs.
pub(crate) fn plain_sites(file: &ScenarioFile, command: &'static str) -> Result<(), Failure> {
    let is_other = |goal: &maillage_core::Goal| *goal != maillage_core::Goal::Reach;
    let given = [
        ("goal", file.goal.as_ref().is_some_and(is_other)),
        ("type", file.r#type.is_some()),
        ("hub", file.hub.is_some()),
    ];
    refuse(&given, command)
}

/// Refuses phases, whose limits are those of a plan as a whole.
pub(crate) fn no_phases(file: &ScenarioFile, command: &'static str) -> Result<(), Failure> {
    if file.phase.is_some() { Err(Failure::NoPhases { command }) } else { Ok(()) }
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

/// Compiles the question within capacity.
pub(crate) fn compile_within_capacity(
    scenario: &Scenario,
    file: &ScenarioFile,
    territory: &Territory,
    reach: &Reach,
) -> Result<(CapacitatedProblem, Dictionary), Failure> {
    scenario.compile_within_capacity(territory, reach).map_err(|error| in_communes(error, file))
}

/// Refuses a plan within capacity where there is none.
pub(crate) fn no_capacity_limit(scenario: &Scenario, what: &'static str) -> Result<(), Failure> {
    if scenario.is_within_capacity() { Err(Failure::NotWithinCapacity { what }) } else { Ok(()) }
}

/// Returns the columns closest to one that none of the files has.
fn closest_of_all(column: &str, file: &ScenarioFile) -> Option<String> {
    let joined = file.joins().unwrap_or_default().into_iter().map(|join| join.file);
    let named = [&file.communes, &file.candidates, &file.existing].into_iter().flatten().cloned();
    let closest = closest_columns(column, &named.chain(joined).collect::<Vec<_>>());
    (!closest.contains(&format!("\"{column}\""))).then_some(closest)
}

/// Returns the columns closest to the first of a blend that the communes do not have.
fn closest_of_weight(file: &ScenarioFile) -> Option<String> {
    file.weight.iter().flat_map(Weight::blended).find_map(|column| closest_of_all(column, file))
}

/// Says of the file of communes, or of candidates, what it lacks.
pub(crate) fn in_communes(error: ScenarioError, file: &ScenarioFile) -> Failure {
    let place = match &error {
        ScenarioError::Column(ColumnError::MissingOfSites { column, .. }) => {
            let files = [candidates(file).ok(), communes(file).ok()].into_iter().flatten();
            let joined = file.joins().unwrap_or_default().into_iter().map(|join| join.file);
            let closest = closest_columns(column, &files.chain(joined).collect::<Vec<_>>());
            return Failure::Column { error: Box::new(error), closest };
        }
        ScenarioError::Column(ColumnError::MissingOfCommunes { column, .. }) => {
            let joined = file.joins().unwrap_or_default().into_iter().map(|join| join.file);
            let closest = closest_columns(column, &communes(file).into_iter().chain(joined).collect::<Vec<_>>());
            return Failure::Column { error: Box::new(error), closest }.in_file_of(file.communes.as_deref());
        }
        ScenarioError::Column(ColumnError::NoValueOfSite { .. } | ColumnError::NotANumber { .. }) => &file.candidates,
        ScenarioError::Consultations(ConsultationError::NoCapacity { column, .. }) => {
            let files = [&file.candidates, &file.existing].into_iter().flatten().cloned().collect::<Vec<_>>();
            let closest = closest_columns(column, &files);
            let is_there = closest.contains(&format!("\"{column}\""));
            return if is_there { error.into() } else { Failure::Column { error: Box::new(error), closest } };
        }
        ScenarioError::Consultations(
            ConsultationError::NoNeed { column, .. } | ConsultationError::NoPersons { column, .. },
        )
        | ScenarioError::Variant(VariantError::NoColumn { column, .. })
        | ScenarioError::Border(BorderError::NoColumn { column })
            if closest_of_all(column, file).is_some() =>
        {
            let closest = closest_of_all(column, file).unwrap_or_default();
            return Failure::Column { error: Box::new(error), closest };
        }
        ScenarioError::NoWeight { .. } if closest_of_weight(file).is_some() => {
            let closest = closest_of_weight(file).unwrap_or_default();
            return Failure::Column { error: Box::new(error), closest };
        }
        ScenarioError::Consultations(
            ConsultationError::NoNeed { .. }
            | ConsultationError::NoPersons { .. }
            | ConsultationError::NoNumberOfPersons { .. },
        )
        | ScenarioError::MissingAccess { .. }
        | ScenarioError::NoWeight { .. }
        | ScenarioError::Column(ColumnError::NoValueOfCommune { .. }) => &file.communes,
        _ => &None,
    };
    Failure::from(error).in_file_of(place.as_deref())
}
