use std::path::{Path, PathBuf};

use maillage_core::{Plan, Territory};
use maillage_io::{Answer, PlanFeatures, write_plan_geojson};

use crate::failure::Failure;

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    GeoJson(PlanFeatures),
    Json,
}

/// Suffixes that are promised, but not written by this version.
const LATER: [&str; 5] = ["gpkg", "csv", "xlsx", "svg", "png"];

/// Returns the files to write; with `split`, a GeoJSON file becomes two.
pub(crate) fn targets(out: &[PathBuf], split: bool) -> Result<Vec<(PathBuf, Target)>, Failure> {
    let mut targets = Vec::new();
    for file in out {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        match suffix.as_str() {
            "geojson" if split => {
                targets.push((beside(file, "sites"), Target::GeoJson(PlanFeatures::Sites)));
                targets.push((beside(file, "communes"), Target::GeoJson(PlanFeatures::Communes)));
            }
            "geojson" => targets.push((file.clone(), Target::GeoJson(PlanFeatures::All))),
            "json" => targets.push((file.clone(), Target::Json)),
            later if LATER.contains(&later) => return Err(Failure::LaterSuffix { file: file.clone() }),
            _ => return Err(Failure::UnknownSuffix { file: file.clone() }),
        }
    }
    Ok(targets)
}

/// Puts a word before the suffix: `plan.geojson` becomes `plan.sites.geojson`.
fn beside(file: &Path, word: &str) -> PathBuf {
    file.with_extension(format!("{word}.geojson"))
}

impl Target {
    pub(crate) fn contents(self, territory: &Territory, plan: &Plan, answer: &Answer) -> Vec<u8> {
        match self {
            Self::GeoJson(features) => write_plan_geojson(territory, plan, answer, features),
            Self::Json => answer.to_json(),
        }
    }
}
