use clap::Args;
use maillage_io::ScenarioFile;

#[derive(Args, Debug)]
pub(crate) struct AssessArguments {
    /// Identifiers between commas; or a file of identifiers (text, CSV) or of points (GeoJSON, CSV with lon and lat).
    #[arg(value_name = "LIST")]
    pub(crate) list: String,
    #[command(flatten)]
    pub(crate) file: ScenarioFile,
}
