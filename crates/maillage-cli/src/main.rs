//! The command `maillage`: arguments → scenario → read → reach → compile → solve → read back → write.

mod answer_files;
mod arguments;
mod ask;
mod bare;
mod capacity_words;
mod catchments;
mod certificate;
mod command;
mod console;
mod disagreement;
mod ends;
mod exit;
mod failure;
mod failure_words;
mod french_files;
mod french_question;
mod french_words;
mod impossible;
mod inputs;
mod interrupt;
mod locale;
mod model;
mod nesting;
mod plan_again;
mod plan_model;
mod plan_words;
mod proof_file;
mod recount;
mod rule_words;
mod scenario_lines;
mod self_check;
mod stated_keys;
mod stated_question;
mod summary;
mod sweep;
mod table;
mod targets;
mod travel_source;
mod variant_words;
mod warnings;
mod watch;
mod within_capacity;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::console::Console;
use crate::exit::Exit;
use crate::scenario_lines::ScenarioLines;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let console = Console::new(&arguments.global, ScenarioLines::of(&arguments));
    std::panic::set_hook(Box::new(|bug| {
        // A damaged file of Parquet is told as such.
        if !maillage_io::reads_parquet() {
            Console::report_bug(&bug.to_string());
        }
    }));
    let answered = std::panic::catch_unwind(|| {
        interrupt::listen();
        console.warn_about_threads(&arguments.global);
        let outcome = command::run(&arguments, &console);
        outcome.unwrap_or_else(|failure| {
            let exit = failure.exit();
            console.failure(failure);
            exit
        })
    });
    answered.unwrap_or(Exit::Bug).into()
}
