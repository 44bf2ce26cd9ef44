use std::path::{Path, PathBuf};

use maillage_core::{Plan, Territory};
use maillage_io::{
    Answer, Crs, CsvStyle, Language, PlanFeatures, PlanTable, ScenarioFile, write_plan_csv, write_plan_geojson,
    write_plan_geopackage, write_plan_workbook,
};

use crate::failure::Failure;

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    GeoJson(PlanFeatures),
    GeoPackage,
    Workbook,
    Csv(PlanTable),
    Json,
}

/// What the files of one run have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The coordinate system of a `GeoPackage`.
    pub(crate) crs: Crs,
    /// How CSV is written.
    pub(crate) csv: CsvStyle,
    /// The language of headings, legends and comments.
    pub(crate) language: Language,
}

impl Form {
    pub(crate) fn of(file: &ScenarioFile, language: Language) -> Self {
        Self { crs: file.out_crs.unwrap_or_default(), csv: file.csv_style.unwrap_or_default(), language }
    }
}

/// Suffixes that are promised, but not written by this version.
const LATER: [&str; 2] = ["svg", "png"];

/// Returns the files to write; with `split`, a GeoJSON file becomes two, and a CSV file of sites has two beside it.
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
            "xlsx" => targets.push((file.clone(), Target::Workbook)),
            "csv" => {
                targets.push((file.clone(), Target::Csv(PlanTable::Sites)));
                targets.push((beside(file, "communes"), Target::Csv(PlanTable::Communes)));
                targets.push((beside(file, "territories"), Target::Csv(PlanTable::Territories)));
            }
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
    let suffix = file.extension().unwrap_or_default().to_string_lossy();
    file.with_extension(format!("{word}.{suffix}"))
}

impl Target {
    /// Returns the bytes to write.
    pub(crate) fn contents(
        self,
        territory: &Territory,
        plan: &Plan,
        answer: &Answer,
        form: Form,
    ) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::GeoJson(features) => write_plan_geojson(territory, plan, answer, features),
            Self::GeoPackage => write_plan_geopackage(territory, plan, answer, form.crs, form.language)?,
            Self::Workbook => write_plan_workbook(territory, plan, answer, form.language)?,
            Self::Csv(table) => write_plan_csv(territory, plan, answer, table, form.csv),
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
