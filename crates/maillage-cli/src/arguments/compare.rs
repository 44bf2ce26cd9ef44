use std::path::PathBuf;

use clap::Args;
use maillage_io::{Crs, CsvStyle};

#[derive(Args, Debug)]
pub(crate) struct CompareArguments {
    /// The plans, two or more: plan.geojson or plan.gpkg; the others are held against the first.
    #[arg(value_name = "PLAN", num_args = 2.., required = true)]
    pub(crate) plans: Vec<PathBuf>,
    /// What is written, by suffix: communes that differ (.csv), all tables (.xlsx), a map (.geojson, .gpkg), a page (.html)
    /// or the whole answer (.json) (repeatable).
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Vec<PathBuf>,
    /// Coordinate system of a .gpkg: EPSG:4326 or EPSG:2154.
    #[arg(long, value_name = "CRS")]
    pub(crate) out_crs: Option<Crs>,
    /// How .csv results are written: standard or fr.
    #[arg(long, value_name = "STYLE")]
    pub(crate) csv_style: Option<CsvStyle>,
}
