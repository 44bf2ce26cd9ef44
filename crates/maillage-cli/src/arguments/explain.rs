use clap::Args;
use maillage_io::{ScenarioFile, Share};

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// Candidates, or communes, to explain in any case: "why not our town?"; identifiers and codes between commas.
    #[arg(long, value_name = "ID,…", value_delimiter = ',', help_heading = "Explanation")]
    pub(crate) why_not: Vec<String>,
    /// Beside them, explain the most promising candidate left out in each commune, so many at most.
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Explanation")]
    pub(crate) outsiders: u32,
    /// Also find so many of the best plans that open other sites.
    #[arg(long, value_name = "K", default_value_t = 0, help_heading = "Explanation")]
    pub(crate) alternatives: u32,
    /// Each of these does without at least so many sites of the plan, and of each before it.
    #[arg(long, value_name = "D", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Explanation")]
    pub(crate) differing: u32,
    /// Plans within this share of the best are near it.
    #[arg(long, value_name = "PERCENT", default_value = "0.5%", help_heading = "Explanation")]
    pub(crate) near_best: Share,
}
