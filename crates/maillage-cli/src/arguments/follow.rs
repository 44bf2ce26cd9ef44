use std::path::PathBuf;

use clap::Args;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct FollowArguments {
    /// The plan: plan.geojson or plan.gpkg. Its question is asked again, with the flags given here in their place.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// Observed acts by site and year (.csv).
    #[arg(value_name = "ACTS")]
    pub(crate) acts: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Column of the acts' file: the site's identifier.
    #[arg(long, value_name = "COLUMN", default_value = "id", help_heading = "Use")]
    pub(crate) acts_id_field: String,
    /// Column of the acts' file: acts done.
    #[arg(long, value_name = "COLUMN", default_value = "acts", help_heading = "Use")]
    pub(crate) acts_field: String,
    /// Column of the acts' file: acts planned.
    #[arg(long, value_name = "COLUMN", help_heading = "Use")]
    pub(crate) planned_field: Option<String>,
    /// So many acts are regular use.
    #[arg(long, value_name = "ACTS", help_heading = "Use")]
    pub(crate) regular: Option<u64>,
    /// Find the best plan that gives up at most so many new sites of this one.
    #[arg(long, value_name = "K", help_heading = "Use")]
    pub(crate) changes: Option<u32>,
    /// Give up the new sites below regular use in any case.
    #[arg(long, requires_all = ["regular", "changes"], help_heading = "Use")]
    pub(crate) close_unused: bool,
    /// What sites that are given up have cost is spent, and counts under the budget.
    #[arg(long, requires = "changes", help_heading = "Use")]
    pub(crate) spent: bool,
}
