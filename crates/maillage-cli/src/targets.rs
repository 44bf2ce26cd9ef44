use std::path::{Path, PathBuf};

use maillage_core::{Plan, Territory};
use maillage_io::{Answer, Crs, Language, PlanFeatures, write_plan_geojson, write_plan_geopackage};

use crate::failure::Failure;

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    GeoJson(PlanFeatures),
    GeoPackage,
    Json,
}

/// Suffixes that are promised, but not written by this version.
const LATER: [&str; 4] = ["csv", "xlsx", "svg", "png"];

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
            "gpkg" => targets.push((file.clone(), Target::GeoPackage)),
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
    /// Returns the bytes to write; coordinate system and language are those of a `GeoPackage`.
    pub(crate) fn contents(
        self,
        territory: &Territory,
        plan: &Plan,
        answer: &Answer,
        (crs, language): (Crs, Language),
    ) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::GeoJson(features) => write_plan_geojson(territory, plan, answer, features),
            Self::GeoPackage => write_plan_geopackage(territory, plan, answer, crs, language)?,
            Self::Json => answer.to_json(),
        })
    }
}

/// Checks, before any work, that all communes and sites lie where the coordinate system may be used.
pub(crate) fn check_crs(crs: Crs, territory: &Territory) -> Result<(), Failure> {
    let communes = territory.communes().iter().map(|commune| (&commune.code, commune.origin));
    let sites = territory.sites().iter().map(|site| (&site.id, site.position));
    let outside = communes.chain(sites).find(|(_, place)| !crs.covers(place.longitude(), place.latitude()));
    match outside {
        Some((id, _)) => Err(Failure::OutsideCrs { crs, id: id.clone() }),
        None => Ok(()),
    }
}
