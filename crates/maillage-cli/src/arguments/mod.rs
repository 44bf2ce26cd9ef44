//! What may stand on the command line: one file for each command.

mod access;
mod assess;
mod compare;
mod demo;
mod explain;
mod follow;
mod frontier;
mod plan;
mod reach;
mod report;
mod score;
mod sheet;
mod solve;
mod sweep;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use maillage_io::{Language, ScenarioFile};

pub(crate) use access::{AccessArguments, SharingRule};
pub(crate) use assess::AssessArguments;
pub(crate) use compare::CompareArguments;
pub(crate) use demo::DemoArguments;
pub(crate) use explain::ExplainArguments;
pub(crate) use follow::FollowArguments;
pub(crate) use frontier::FrontierArguments;
pub(crate) use plan::PlanArguments;
pub(crate) use reach::ReachArguments;
pub(crate) use report::ReportArguments;
pub(crate) use score::{Accept, ScoreArguments};
pub(crate) use sheet::SheetArguments;
pub(crate) use solve::{SolveArguments, SolverName};
pub(crate) use sweep::SweepArguments;
pub(crate) use verify::VerifyArguments;

/// Where to open the next sites so that the most under-served people come within reach, and how good the plan is.
#[derive(Debug, Parser)]
#[command(name = "maillage", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Every command")]
pub(crate) struct Global {
    /// The scenario, such as maillage.toml; flags win over it.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// Write the answer as JSON on standard output; everything else goes to standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of texts [default: from the locale].
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
    /// How errors are written.
    #[arg(long, global = true, value_name = "FORM", default_value = "text")]
    pub(crate) errors: ErrorForm,
    /// Threads to use, 0 for all; the answer is the same whatever their number.
    #[arg(long, global = true, value_name = "K", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Say nothing but errors.
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    /// Replace files that exist already.
    #[arg(long, global = true)]
    pub(crate) force: bool,
}

/// The languages of `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::French,
            Lang::En => Self::English,
        }
    }
}

/// The forms of `--errors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorForm {
    /// Text for people.
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a made-up region into a folder, and plan it.
    Demo(DemoArguments),
    /// Write a commented maillage.toml for the named files.
    Init(Box<ScenarioFile>),
    /// Read and check all inputs, report every problem, write nothing.
    Check(Box<ScenarioFile>),
    /// Describe the state of things before any new site.
    Diagnose(Box<ScenarioFile>),
    /// Choose new sites.
    Plan(Box<PlanArguments>),
    /// Judge somebody's own list of sites.
    Assess(Box<AssessArguments>),
    /// Compute travel times once, and keep them in a file.
    Reach(Box<ReachArguments>),
    /// Say why these sites and not others: what the plan is worth without each, and with each that it leaves out.
    Explain(Box<ExplainArguments>),
    /// Draw the curve over sites or euros, with a bound at every point.
    Frontier(Box<FrontierArguments>),
    /// Make printable sheets, a page of A4 for each commune: reached by what, or why not, and what would change that.
    Sheet(Box<SheetArguments>),
    /// Hold plans side by side: sites, people gained and lost, money, minutes.
    Compare(CompareArguments),
    /// Show access to care after a plan: what its consultations add for each person (2SFCA, E2SFCA).
    Access(Box<AccessArguments>),
    /// Read observed use against a plan, and find the best plan after a few changes.
    Follow(Box<FollowArguments>),
    /// Score the applicants of a call for projects, and accept them under the envelope.
    Score(Box<ScoreArguments>),
    /// Plan under many assumptions at once: which sites stand in most plans, and what each plan is worth under the others.
    Sweep(Box<SweepArguments>),
    /// Solve a bare covering instance (an index file).
    Solve(SolveArguments),
    /// Make the page people look at: one HTML file with map, tables and sources, which needs no network.
    Report(ReportArguments),
    /// Recount a plan from its original inputs, and check its certificate.
    Verify(Box<VerifyArguments>),
    /// Write what a shell needs to complete commands and flags, on standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the man pages: all of them into a folder, or the first on standard output.
    Man {
        /// The folder, which must be there.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}
