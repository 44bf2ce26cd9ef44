use maillage_core::{Diagnosis, TravelTime};
use maillage_io::ScenarioFile;

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::DiagnosisSummary;
use crate::{ask, inputs};

/// The longest limit of the table by limit: half an hour, in deciseconds.
const HALF_AN_HOUR: TravelTime = TravelTime::from_deciseconds(18_000);

/// Describes the state of things before any new site; writes nothing.
pub(crate) fn run(flags: &ScenarioFile, global: &Global, console: &Console) -> Result<Exit, Failure> {
    ask::writes_nothing(flags, "diagnose")?;
    let file = ask::scenario_file(flags, global)?;
    let scenario = file.scenario()?;
    let mut inputs = inputs::read(&file, false, console)?;
    let reach = inputs.reach(&scenario, scenario.within.max(HALF_AN_HOUR))?;
    let diagnosis = Diagnosis::of(&inputs.territory, &reach, &scenario);
    let summary = DiagnosisSummary {
        territory: &inputs.territory,
        diagnosis: &diagnosis,
        scenario: &scenario,
        file: &file,
        language: console.language,
    };
    if console.json {
        let answer = summary.to_json(&inputs.files);
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&summary.to_text())?;
    Ok(Exit::Answered)
}
