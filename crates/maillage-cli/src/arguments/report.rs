use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct ReportArguments {
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// What is written, by suffix: the page (.html) or its map alone (.svg, .png) [default: the plan's name with .html].
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The answer of "maillage frontier --json", to draw its curve or the price of equity (repeatable).
    #[arg(long, value_name = "FILE")]
    pub(crate) frontier: Vec<PathBuf>,
}
