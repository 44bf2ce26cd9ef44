//! Small regions, by hand and at random.

use std::collections::BTreeMap;

use geo::Point;
use maillage_core::{Commune, Position, Scenario, Site, SiteState, StraightLine, Territory, Travel, TravelTime};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub fn commune(code: &str, population: u64, access: f64, place: (f64, f64)) -> Commune {
    Commune {
        code: code.to_owned(),
        name: format!("Commune {code}"),
        territory: "55".to_owned(),
        density: Some(6),
        population,
        access: Some(access),
        weight: None,
        acts: None,
        origin: Position::new(place.0, place.1).unwrap(),
        geometry: Point::new(place.0, place.1).into(),
        columns: BTreeMap::new(),
    }
}

pub fn site(id: &str, state: SiteState, cost: u64, place: (f64, f64)) -> Site {
    Site {
        id: id.to_owned(),
        name: format!("Site {id}"),
        kind: "town_hall".to_owned(),
        state,
        cost,
        commune: None,
        territory: None,
        position: Position::new(place.0, place.1).unwrap(),
        columns: BTreeMap::new(),
    }
}

pub fn candidate(id: &str, cost: u64, place: (f64, f64)) -> Site {
    site(id, SiteState::Candidate, cost, place)
}

pub fn existing(id: &str, place: (f64, f64)) -> Site {
    site(id, SiteState::Existing, 99, place)
}

pub fn scenario() -> Scenario {
    let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
    Scenario { under: Some(4.0), sites: Some(2), ..Scenario::reaching(TravelTime::from_minutes(10), travel) }
}

pub fn car() -> StraightLine {
    StraightLine::new(50.0, 1.3).unwrap()
}

/// Communes and sites on a coarse grid, so that places and figures are often equal.
pub fn regions() -> impl Strategy<Value = (Vec<Commune>, Vec<Site>)> {
    let place =
        || (0..8_u8, 0..8_u8).prop_map(|(east, north)| (5.0 + f64::from(east) * 0.04, 48.0 + f64::from(north) * 0.03));
    let figures = (0..40_u64, option::weighted(0.9, 0..12_u8), option::weighted(0.8, 1..=7_u8), 0..3_usize, 0..9_u32);
    let one_commune = (place(), figures).prop_map(|(place, (population, access, density, territory, acts))| Commune {
        access: access.map(|half| f64::from(half) / 2.0),
        density,
        territory: ["", "54", "55"][territory].to_owned(),
        weight: Some(u64::from(acts)),
        acts: Some(f64::from(acts)),
        ..commune("", population, 0.0, place)
    });
    let one_site =
        (place(), proptest::bool::weighted(0.25), 0..4_u64, 0..3_usize).prop_map(|(place, is_existing, cost, kind)| {
            Site {
                kind: ["ehpad", "pharmacy", "town_hall"][kind].to_owned(),
                ..site("", if is_existing { SiteState::Existing } else { SiteState::Candidate }, cost, place)
            }
        });
    (vec(one_commune, 1..25), vec(one_site, 0..16)).prop_map(|(mut communes, mut sites)| {
        communes.iter_mut().zip(10_000..).for_each(|(commune, code): (_, u32)| commune.code = code.to_string());
        sites.iter_mut().zip(0..).for_each(|(site, id): (_, u32)| site.id = format!("s{id}"));
        (communes, sites)
    })
}

pub fn territories() -> impl Strategy<Value = Territory> {
    regions().prop_map(|(communes, sites)| Territory::new(communes, sites).unwrap())
}
