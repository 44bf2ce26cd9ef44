use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::arguments::Arguments;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

/// Writes a shell's script of completions.
pub(crate) fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "maillage", &mut script);
    Console::output(&script)?;
    Ok(Exit::Answered)
}
