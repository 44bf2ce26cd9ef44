use std::path::PathBuf;

use clap::Args;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct ReachArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Keep the times of several profiles side by side: names or files (.toml) between commas.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with = "profile", help_heading = "Files")]
    pub(crate) profiles: Vec<PathBuf>,
}
