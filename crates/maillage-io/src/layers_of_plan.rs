use geo::orient::{Direction, Orient};
use geo::{Coord, Geometry, MapCoords};
use maillage_core::{Plan, Territory};

use crate::plan_rows::{PlanRows, minutes, reached_word, state_word};
use crate::{Answer, CommuneFields, PlanLayerCommune, PlanLayerSite, PlanLayers, SiteFields};

impl PlanLayers {
    /// Returns the sites and communes of a plan that was just made, as its GeoJSON file would state them.
    #[must_use]
    pub fn of(territory: &Territory, plan: &Plan, answer: &Answer) -> Self {
        let rows = PlanRows { territory, answer };
        let text = |content: &str| (!content.is_empty()).then(|| content.to_owned());
        let site = |planned: &maillage_core::PlanSite| {
            let site = rows.site(planned.site)?;
            let stated = SiteFields {
                id: site.id.clone(),
                name: text(&site.name),
                kind: text(&site.kind),
                state: state_word(planned).to_owned(),
                rank: planned.rank.map(u64::from),
                people_added: planned.people_added,
                people_lost_without: Some(planned.people_lost_without),
                cost: planned.cost,
                phase: text(rows.phase_of(planned)),
                territory: text(&planned.territory),
            };
            let place = Coord { x: site.position.longitude(), y: site.position.latitude() };
            Some(PlanLayerSite { stated, place: written(place) })
        };
        let commune = |(commune, planned): (&maillage_core::Commune, &maillage_core::PlanCommune)| {
            let nearest = planned.nearest.and_then(|(site, _)| rows.site(site));
            let stated = CommuneFields {
                id: commune.code.clone(),
                name: text(&commune.name),
                territory: text(&commune.territory),
                population: Some(commune.population),
                access: commune.access,
                under_served: Some(planned.under_served),
                reached: reached_word(planned.reached).to_owned(),
                site: nearest.map(|site| site.id.clone()),
                minutes: nearest.and_then(|_| minutes(planned)),
            };
            PlanLayerCommune { stated, geometry: turned(&commune.geometry.map_coords(written)) }
        };
        Self {
            sites: plan.sites.iter().filter_map(site).collect(),
            communes: territory.communes().iter().zip(&plan.communes).map(commune).collect(),
        }
    }
}

/// Rounds to the ten-millionths of a degree that files hold.
fn written(place: Coord<f64>) -> Coord<f64> {
    let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Coord { x: rounded(place.x), y: rounded(place.y) }
}

/// Turns rings as RFC 7946 says.
fn turned(geometry: &Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::Polygon(polygon) => Geometry::Polygon(polygon.orient(Direction::Default)),
        Geometry::MultiPolygon(polygons) => Geometry::MultiPolygon(polygons.orient(Direction::Default)),
        other => other.clone(),
    }
}
