use std::path::{Path, PathBuf};

use maillage_core::{Disc, Outline, Plan, Position, Reach, Scenario, Travel, TravelTime};
use maillage_io::{Catchments, Crs, Isochrone, IsochronesOf, Language, ScenarioFile};
use rayon::prelude::*;

use crate::arguments::PlanArguments;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::travel_source::TravelSource;

/// The file of `--out-isochrones`, and the times of `--isochrones`.
pub(crate) struct CatchmentsFile {
    pub(crate) file: PathBuf,
    crs: Crs,
    limits: Option<Vec<TravelTime>>,
}

impl CatchmentsFile {
    /// Takes what is asked for, and refuses what cannot be drawn.
    pub(crate) fn of(arguments: &PlanArguments, file: &ScenarioFile) -> Result<Option<Self>, Failure> {
        let limits = arguments.isochrones.clone();
        let Some(out) = &arguments.out_isochrones else {
            return match limits {
                None => Ok(None),
                Some(_) => Err(Failure::Isochrones { reason: NO_FILE }),
            };
        };
        if !has_suffix(out, "geojson") && !has_suffix(out, "gpkg") {
            return Err(Failure::Isochrones { reason: SUFFIX });
        }
        if limits.is_some() && (file.times.is_some() || file.reach.is_some()) {
            return Err(Failure::Isochrones { reason: NO_ROADS });
        }
        Ok(Some(Self { file: out.clone(), crs: file.out_crs.unwrap_or_default(), limits }))
    }

    /// Returns the catchments of the open sites of a plan, as GeoJSON or as a `GeoPackage`.
    pub(crate) fn contents(
        &self,
        inputs: &Inputs,
        scenario: &Scenario,
        plan: &Plan,
        reach: &Reach,
        language: Language,
    ) -> Result<Vec<u8>, Failure> {
        let limits = self.limits.clone().unwrap_or_else(|| vec![scenario.longest()]);
        let site = |number: u32| inputs.territory.sites().get(number as usize).map(|site| (number, site.position));
        let sites: Vec<(u32, Position)> = plan.sites.iter().filter_map(|open| site(open.site)).collect();
        let outline = Outline::default();
        let (isochrones, made_of) = match (&inputs.travel, scenario.travel) {
            (TravelSource::Roads(roads, _), _) => {
                let longest = limits.iter().max().copied().unwrap_or(scenario.longest());
                let places: Vec<Position> = sites.iter().map(|(_, place)| *place).collect();
                let mut made = Vec::new();
                // The spots of some sites at a time: those of all would take gigabytes.
                for (places, sites) in places.chunks(32).zip(sites.chunks(32)) {
                    let spots = roads.spots(places, longest);
                    let asked: Vec<_> = spots
                        .iter()
                        .zip(sites)
                        .flat_map(|(spots, (site, _))| limits.iter().map(move |limit| (spots, *site, *limit)))
                        .collect();
                    let drawn = asked.into_par_iter().map(|(spots, site, limit)| {
                        let discs: Vec<Disc> = spots.iter().filter_map(|spot| roads.walked(*spot, limit)).collect();
                        Isochrone { site, limit, area: outline.of(&discs) }
                    });
                    made.extend(drawn.collect::<Vec<_>>());
                }
                (made, IsochronesOf::Roads(outline))
            }
            (TravelSource::StraightLine, Travel::StraightLine { speed, detour }) => {
                let circle = |(site, place): &(u32, Position), limit: &TravelTime| Isochrone {
                    site: *site,
                    limit: *limit,
                    area: Disc { centre: *place, metres: limit.minutes() / 60.0 * speed / detour * 1000.0 }
                        .circle()
                        .into(),
                };
                let made = sites.iter().flat_map(|site| limits.iter().map(move |limit| circle(site, limit)));
                (made.collect(), IsochronesOf::StraightLines)
            }
            // A table says nothing of the places between its own.
            _ => (Vec::new(), IsochronesOf::StraightLines),
        };
        let catchments = Catchments::of(&inputs.territory, plan, reach, isochrones, made_of);
        Ok(if has_suffix(&self.file, "gpkg") {
            catchments.to_geopackage(self.crs, language)?
        } else {
            catchments.to_geojson()?
        })
    }
}

fn has_suffix(path: &Path, suffix: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(suffix))
}

const NO_FILE: [&str; 2] =
    ["--out-isochrones FILE.geojson says where they are written", "--out-isochrones FICHIER.geojson dit où les écrire"];
const SUFFIX: [&str; 2] =
    ["isochrones are written as .geojson or .gpkg", "les isochrones s’écrivent en .geojson ou .gpkg"];
const NO_ROADS: [&str; 2] = [
    "a table says nothing of the places between its own: leave --isochrones out to draw the communes in reach alone, or \
     give --roads or --speed",
    "une table ne dit rien des lieux entre les siens : retirer --isochrones pour ne tracer que les communes à portée, ou \
     donner --roads ou --speed",
];
