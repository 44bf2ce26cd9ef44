use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use maillage_io::Output;

use crate::arguments::{Arguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt;

/// Writes the man pages: one for the program and one for each command.
pub(crate) fn run(folder: Option<&Path>, global: &Global) -> Result<Exit, Failure> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = folder else {
        Console::output(&page(program))?;
        return Ok(Exit::Answered);
    };
    let pages: Vec<Command> = std::iter::once(&program).chain(program.get_subcommands()).cloned().collect();
    let name = |command: &Command| format!("{}.1", command.get_display_name().unwrap_or(command.get_name()));
    let paths = pages.iter().map(|command| folder.join(name(command))).collect();
    let output = Output::check(paths, &[], global.force)?;
    let contents: Vec<Vec<u8>> = pages.into_iter().map(page).collect();
    interrupt::whole(|| output.write(&contents))?;
    Ok(Exit::Answered)
}

fn page(command: Command) -> Vec<u8> {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = Man::new(command).render(&mut text);
    text
}
