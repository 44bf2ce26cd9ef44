use maillage_io::ScenarioFile;

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::check_text;
use crate::{ask, inputs, warnings};

/// Reads and checks all inputs, and the question where there is one; writes nothing.
pub(crate) fn run(flags: &ScenarioFile, global: &Global, console: &Console) -> Result<Exit, Failure> {
    ask::writes_nothing(flags, "check")?;
    let file = ask::scenario_file(flags, global)?;
    // Files can be checked before there is a question: it starts with the limit of travel.
    let scenario = file.within.map(|_| file.scenario()).transpose()?;
    let mut inputs = inputs::read(&file, true, console)?;
    let mut asked = false;
    if let Some(scenario) = &scenario
        && file.candidates.is_some()
        && file.check_limits().is_ok()
    {
        let reach = inputs.reach(scenario, scenario.longest(), console)?;
        if scenario.is_within_capacity() {
            ask::compile_within_capacity(scenario, &file, &inputs.territory, &reach)?;
        } else {
            ask::compile(scenario, &file, &inputs.territory, &reach)?;
        }
        warnings::of_request(scenario, &inputs.territory, console);
        asked = true;
    }
    if console.json {
        let people: u64 = inputs.territory.communes().iter().map(|commune| commune.population).sum();
        let answer = serde_json::json!({
            "version": 1,
            "program": concat!("maillage ", env!("CARGO_PKG_VERSION")),
            "communes": inputs.territory.communes().len(),
            "sites": inputs.territory.sites().len(),
            "population": people,
            "question_checked": asked,
            "roads": inputs.roads,
            "inputs": inputs.files,
        });
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&check_text(&inputs.territory, &inputs.files, asked, console.language))?;
    Ok(Exit::Answered)
}
