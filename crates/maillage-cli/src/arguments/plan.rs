use std::path::PathBuf;

use clap::Args;
use maillage_core::TravelTime;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Also write the covering problem for integer-programming solvers, by suffix: .mps or .lp.
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(crate) write_model: Option<PathBuf>,
    /// Also write the catchments of the open sites: the communes in reach of each, joined, and its isochrones
    /// (.geojson, .gpkg).
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    pub(crate) out_isochrones: Option<PathBuf>,
    /// The times of these isochrones, such as 10min,20min [default: the longest one in reach].
    #[arg(long, value_name = "TIME,…", value_delimiter = ',', help_heading = "Files")]
    pub(crate) isochrones: Option<Vec<TravelTime>>,
}
