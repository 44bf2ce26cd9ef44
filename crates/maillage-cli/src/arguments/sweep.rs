use std::path::PathBuf;

use clap::Args;
use maillage_io::ScenarioFile;

use crate::sweep::Axis;

#[derive(Args, Debug)]
pub(crate) struct SweepArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// A key of the scenario and the values it takes, such as under=2.5,3,4 or within=10min,15min,20min (repeatable);
    /// lists are parted by semicolons, such as forbid=;site-1,site-2. lose=;site-1;kind:pharmacy;each:operator asks what is
    /// left when sites, existing ones too, serve nobody any more.
    #[arg(long, value_name = "KEY=VALUE,…", help_heading = "Sweep")]
    pub(crate) vary: Vec<Axis>,
    /// Take so many scenarios out of all, drawn by the seed.
    #[arg(long, value_name = "N", help_heading = "Sweep")]
    pub(crate) sample: Option<u32>,
    /// The seed of the sample.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample", help_heading = "Sweep")]
    pub(crate) seed: u64,
    /// A plan that was made, plan.geojson or plan.gpkg, to be measured in every scenario (repeatable).
    #[arg(long, value_name = "PLAN", help_heading = "Sweep")]
    pub(crate) plan: Vec<PathBuf>,
    /// Keep what is done in this folder, and go on from there after an interruption.
    #[arg(long, value_name = "DIR", help_heading = "Sweep")]
    pub(crate) keep: Option<PathBuf>,
    /// Also look for the plans that are best in the worst scenario and on average, each with a bound.
    #[arg(long, help_heading = "Sweep")]
    pub(crate) consensus: bool,
    /// Write the sites of all plans, those in most of them first (.csv).
    #[arg(long, value_name = "FILE", help_heading = "Sweep")]
    pub(crate) core: Option<PathBuf>,
    /// Write what each plan loses under the assumptions of each scenario (.csv).
    #[arg(long, value_name = "FILE", help_heading = "Sweep")]
    pub(crate) regret: Option<PathBuf>,
}
