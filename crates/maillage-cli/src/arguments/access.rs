use std::path::PathBuf;

use clap::{Args, ValueEnum};
use maillage_core::TravelTime;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct AccessArguments {
    /// The plan: plan.geojson or plan.gpkg.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Column of candidates: consultations a year that each gives once it is open.
    #[arg(long, value_name = "COLUMN", help_heading = "Access")]
    pub(crate) consultations_field: String,
    /// Column of communes: people standardised by age, among whom consultations are shared, as the APL counts them
    /// [default: inhabitants].
    #[arg(long, value_name = "COLUMN", help_heading = "Access")]
    pub(crate) standardised_field: Option<String>,
    /// How consultations are shared with distance.
    #[arg(long, value_name = "RULE", default_value = "even", help_heading = "Access")]
    pub(crate) sharing: SharingRule,
    /// The end of the catchment of a site, such as 20min [default: the plan's limit]; with --sharing steps, the steps are
    /// those of --decay.
    #[arg(long, value_name = "TIME", help_heading = "Access")]
    pub(crate) catchment: Option<TravelTime>,
    /// Thresholds below which people are counted.
    #[arg(long, value_name = "ACCESS,…", value_delimiter = ',', default_value = "2.5,4", help_heading = "Access")]
    pub(crate) thresholds: Vec<f64>,
}

/// The rules of `--sharing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SharingRule {
    /// All within the catchment alike (2SFCA).
    Even,
    /// By the shares of --decay (E2SFCA).
    Steps,
    /// By a Gaussian that ends with the catchment (E2SFCA).
    Gaussian,
}
