use clap::parser::ArgMatches;
use clap::{Args, Command, Error, FromArgMatches};
use maillage_io::ScenarioFile;

use crate::ends::Ends;

/// The flags of `plan`, with ranges where it takes a number of sites or a budget.
#[derive(Clone, Debug)]
pub(crate) struct FrontierArguments {
    pub(crate) sites: Option<Ends>,
    pub(crate) budget: Option<Ends>,
    pub(crate) file: ScenarioFile,
}

impl Args for FrontierArguments {
    fn augment_args(command: Command) -> Command {
        ScenarioFile::augment_args(command)
            .mut_arg("sites", |flag| {
                flag.value_parser(Ends::sites)
                    .value_name("FROM..TO[:STEP]")
                    .help("The curve over at most so many new sites, such as 0..200; or one number, under --budget")
            })
            .mut_arg("budget", |flag| {
                flag.value_parser(Ends::euros)
                    .value_name("FROM..TO:STEP")
                    .help("The curve over whole euros for new sites, such as 0..6000000:100000; or one sum")
            })
            .mut_arg("out", |flag| {
                flag.help("Results to write, by suffix: .csv, or .json for the whole answer (repeatable)")
            })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FrontierArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Self::from_arg_matches_mut(&mut matches.clone())
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        let (sites, budget) = (matches.remove_one("sites"), matches.remove_one("budget"));
        Ok(Self { sites, budget, file: ScenarioFile::from_arg_matches_mut(matches)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
