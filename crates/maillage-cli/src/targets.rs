use std::path::{Path, PathBuf};

use maillage_core::{Plan, Scenario, Territory};
use maillage_io::{
    Answer, Crs, CsvStyle, Language, PlanFeatures, PlanLayers, PlanTable, ScenarioFile, write_plan_csv,
    write_plan_geojson, write_plan_geopackage, write_plan_style, write_plan_workbook,
};
use maillage_report::{MapPicture, rasterize};

use crate::failure::Failure;
use crate::plan_words::PlanWords;
use crate::summary::{Claim, Counts};

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    GeoJson(PlanFeatures),
    GeoPackage,
    Workbook,
    Csv(PlanTable),
    Style(PlanFeatures),
    Json,
    Picture(Pixels),
}

/// How a picture is written: as lines, or as dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pixels {
    Svg,
    Png,
}

impl Pixels {
    /// Returns the bytes of a picture.
    pub(crate) fn of(self, svg: Vec<u8>) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Svg => Ok(svg),
            Self::Png => Ok(rasterize(&svg)?),
        }
    }
}

/// What the files of one run have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form<'run> {
    file: &'run ScenarioFile,
    scenario: &'run Scenario,
    /// The coordinate system of a `GeoPackage`.
    pub(crate) crs: Crs,
    /// How CSV is written.
    pub(crate) csv: CsvStyle,
    /// The language of headings, legends and comments.
    pub(crate) language: Language,
}

impl<'run> Form<'run> {
    pub(crate) fn of(file: &'run ScenarioFile, scenario: &'run Scenario, language: Language) -> Self {
        let (crs, csv) = (file.out_crs.unwrap_or_default(), file.csv_style.unwrap_or_default());
        Self { file, scenario, crs, csv, language }
    }

    /// Draws a plan as a map, in the words of `maillage plan`.
    fn map(&self, territory: &Territory, plan: &Plan, answer: &Answer) -> Result<Vec<u8>, Failure> {
        let counts = Counts {
            under_served: answer.under_served,
            reached_before: answer.reached_before,
            newly_reached: answer.newly_reached,
        };
        let words = PlanWords { scenario: self.scenario, file: self.file, counts, claim: Claim::from(answer) };
        let words = words.in_language(self.language);
        let (layers, answer) = (PlanLayers::of(territory, plan, answer), serde_json::to_value(answer)?);
        Ok(MapPicture { answer: &answer, layers: &layers, words: &words, language: self.language }.to_svg())
    }
}

/// Returns the files to write; with `split`, a GeoJSON file becomes two, and a CSV file of sites has two beside it.
pub(crate) fn targets(file: &ScenarioFile) -> Result<Vec<(PathBuf, Target)>, Failure> {
    let split = file.split.unwrap_or(false);
    let styled = file.qml.unwrap_or(false);
    if styled && !split {
        // Points and polygons in one file have no style in common.
        return Err(Failure::StyleWithoutSplit);
    }
    let mut targets = Vec::new();
    for file in file.out.iter().flatten() {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        match suffix.as_str() {
            "geojson" if split => {
                for (word, features) in [("sites", PlanFeatures::Sites), ("communes", PlanFeatures::Communes)] {
                    let part = beside(file, word);
                    let style = styled.then(|| (part.with_extension("qml"), Target::Style(features)));
                    targets.push((part, Target::GeoJson(features)));
                    targets.extend(style);
                }
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
            "svg" => targets.push((file.clone(), Target::Picture(Pixels::Svg))),
            "png" => targets.push((file.clone(), Target::Picture(Pixels::Png))),
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
        form: Form<'_>,
    ) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::GeoJson(features) => write_plan_geojson(territory, plan, answer, features)?,
            Self::GeoPackage => write_plan_geopackage(territory, plan, answer, form.crs, form.language)?,
            Self::Workbook => write_plan_workbook(territory, plan, answer, form.language)?,
            Self::Csv(table) => write_plan_csv(territory, plan, answer, table, form.csv),
            Self::Style(features) => write_plan_style(territory, features, form.language),
            Self::Json => answer.to_json()?,
            Self::Picture(pixels) => pixels.of(form.map(territory, plan, answer)?)?,
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
