use std::path::PathBuf;

use clap::Args;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct SheetArguments {
    /// Codes of the communes.
    #[arg(value_name = "CODE", required_unless_present_any = ["all", "group", "all_groups", "together"])]
    pub(crate) codes: Vec<String>,
    /// All communes, by code.
    #[arg(long, conflicts_with = "codes")]
    pub(crate) all: bool,
    /// One page for a whole territory, such as a département, as the data name it (repeatable).
    #[arg(long, value_name = "TERRITORY", help_heading = "Groups")]
    pub(crate) group: Vec<String>,
    /// One page for each territory.
    #[arg(long, conflicts_with = "group", help_heading = "Groups")]
    pub(crate) all_groups: bool,
    /// One page for these communes together: codes between commas.
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', requires = "title", help_heading = "Groups")]
    pub(crate) together: Vec<String>,
    /// What these communes are called.
    #[arg(long, value_name = "TEXT", requires = "together", help_heading = "Groups")]
    pub(crate) title: Option<String>,
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(long, value_name = "PLAN", default_value = "plan.geojson")]
    pub(crate) plan: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
}
