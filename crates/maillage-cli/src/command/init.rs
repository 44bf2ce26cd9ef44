use maillage_io::ScenarioFile;

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

pub(crate) fn run(flags: &ScenarioFile, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let _ = (flags, global, console);
    Ok(Exit::Answered)
}
