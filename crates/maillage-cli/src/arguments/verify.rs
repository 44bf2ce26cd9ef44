use std::path::PathBuf;

use clap::Args;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct VerifyArguments {
    /// The plan: plan.geojson, plan.gpkg or plan.json; with --instance, a certificate.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// The index file that a certificate of `solve` speaks of, with the --sites and --budget it was solved under.
    #[arg(long, value_name = "FILE", help_heading = "Bare instances")]
    pub(crate) instance: Option<PathBuf>,
    /// Ignore the open sites of the index file.
    #[arg(long, requires = "instance", help_heading = "Bare instances")]
    pub(crate) greenfield: bool,
    #[command(flatten)]
    pub(crate) files: ScenarioFile,
}
