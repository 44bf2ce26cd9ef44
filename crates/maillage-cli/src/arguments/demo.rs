use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct DemoArguments {
    /// The folder to write into.
    #[arg(default_value = "demo", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}
