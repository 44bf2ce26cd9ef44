use std::path::PathBuf;

use clap::{Args, ValueEnum};
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct ScoreArguments {
    /// The applicants: points in GeoJSON, in a GeoPackage or in CSV, as candidates are.
    #[arg(value_name = "APPLICANTS")]
    pub(crate) applicants: PathBuf,
    #[command(flatten)]
    pub(crate) question: ScenarioFile,
    /// A plan whose new sites are there already: plan.geojson or plan.gpkg.
    #[arg(long, value_name = "PLAN", help_heading = "Files")]
    pub(crate) plan: Option<PathBuf>,
    /// How applicants are accepted.
    #[arg(long, value_name = "RULE", default_value = "best-set", help_heading = "Stopping")]
    pub(crate) accept: Accept,
}

/// The rules of `--accept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// The set that adds most together.
    BestSet,
    /// In turn, the one that adds most to those accepted before it.
    People,
    /// In turn, the one that adds most for each euro.
    PeoplePerEuro,
}

impl Accept {
    /// Returns the word for it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::BestSet => "best-set",
            Self::People => "people",
            Self::PeoplePerEuro => "people-per-euro",
        }
    }
}
