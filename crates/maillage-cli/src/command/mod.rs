//! One file for each command.

mod access;
mod assess;
mod check;
mod compare;
mod completions;
mod demo;
mod diagnose;
mod drawing;
mod equity;
mod explain;
mod follow;
mod frontier;
mod init;
mod man;
pub(crate) mod plan;
mod question;
mod reach;
mod report;
mod score;
mod sheet;
mod sheet_group;
mod sheet_view;
mod solve;
mod sweep;
mod told;
mod verify;

use crate::arguments::{Arguments, Command};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: &Arguments, console: &Console) -> Result<Exit, Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Demo(demo) => demo::run(demo, global, console),
        Command::Init(flags) => init::run(flags, global, console),
        Command::Check(flags) => check::run(flags, global, console),
        Command::Diagnose(flags) => diagnose::run(flags, global, console),
        Command::Plan(flags) => plan::run(flags, global, console),
        Command::Assess(list) => assess::run(list, global, console),
        Command::Reach(asked) => reach::run(asked, global, console),
        Command::Explain(asked) => explain::run(asked, global, console),
        Command::Frontier(flags) => frontier::run(flags, global, console),
        Command::Report(plan) => report::run(plan, global, console),
        Command::Sheet(communes) => sheet::run(communes, global, console),
        Command::Compare(plans) => compare::run(plans, global, console),
        Command::Access(plan) => access::run(plan, global, console),
        Command::Follow(plan) => follow::run(plan, global, console),
        Command::Score(applicants) => score::run(applicants, global, console),
        Command::Sweep(asked) => sweep::run(asked, global, console),
        Command::Solve(instance) => solve::run(instance, global, console),
        Command::Verify(plan) => verify::run(plan, global, console),
        Command::Completions { shell } => completions::run(*shell),
        Command::Man { folder } => man::run(folder.as_deref(), global),
    }
}
