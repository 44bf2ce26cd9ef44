use maillage_core::{Diagnosis, MissingAccess, Scenario, ScenarioError, Territory};
use maillage_io::ScenarioFile;

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::DiagnosisSummary;
use crate::{ask, inputs};

/// How many communes are named as examples.
const NAMED: usize = 10;

/// Describes the state of things before any new site; writes nothing.
pub(crate) fn run(flags: &ScenarioFile, global: &Global, console: &Console) -> Result<Exit, Failure> {
    ask::writes_nothing(flags, "diagnose")?;
    let file = ask::scenario_file(flags, global)?;
    let scenario = file.scenario()?;
    let mut inputs = inputs::read(&file, false, console)?;
    refuse_missing_access(&scenario, &inputs.territory).map_err(|error| ask::in_communes(error, &file))?;
    let reach = inputs.reach(&scenario, scenario.within, console)?;
    let diagnosis = Diagnosis::of(&inputs.territory, &reach, &scenario);
    let summary = DiagnosisSummary {
        territory: &inputs.territory,
        diagnosis: &diagnosis,
        scenario: &scenario,
        file: &file,
        language: console.language,
    };
    if console.json {
        let answer = summary.to_json(&inputs.files, inputs.roads.as_ref());
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&summary.to_text())?;
    Ok(Exit::Answered)
}

/// Refuses communes with people and no access figure, unless the scenario says what they count as.
fn refuse_missing_access(scenario: &Scenario, territory: &Territory) -> Result<(), ScenarioError> {
    if scenario.under.is_none() || scenario.missing_access != MissingAccess::Refuse {
        return Ok(());
    }
    let without = territory.communes().iter().filter(|commune| commune.population > 0 && commune.access.is_none());
    let communes = without.clone().count() as u64;
    if communes == 0 {
        return Ok(());
    }
    Err(ScenarioError::MissingAccess {
        communes,
        people: without.clone().map(|commune| commune.population).sum(),
        examples: without.take(NAMED).map(|commune| commune.code.clone()).collect(),
    })
}
