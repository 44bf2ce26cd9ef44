//! How many people more sites would reach: `cargo run --release -p maillage --example frontier`.
//!
//! A small lattice of villages is made up, one candidate in each; then it is planned for more and more sites.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::collections::BTreeMap;

use maillage::geo::{Geometry, Point};
use maillage::{
    Commune, Plan, Position, Scenario, Search, Silent, Site, SiteState, Solver, StraightLine, Territory, Travel,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let territory = territory()?;
    let travel = StraightLine::new(50.0, 1.3)?;
    let within = "10min".parse()?;
    let reach = travel.reach(&territory, within)?;
    println!("sites  people  bound");
    for sites in [1, 2, 4, 8, 16] {
        let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
        let scenario = Scenario { sites: Some(sites), ..Scenario::reaching(within, travel) };
        let (problem, dictionary) = scenario.compile(&territory, &reach)?;
        let outcome = Search::default().solve(&problem, &Silent)?;
        let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
        println!("{sites:>5}  {:>6}  {:>5}", plan.newly_reached, plan.objective.bound);
    }
    Ok(())
}

/// Makes 400 villages, three kilometres apart, of 100 to 996 people, each with a town hall.
fn territory() -> Result<Territory, Box<dyn std::error::Error>> {
    let mut communes = Vec::new();
    let mut sites = Vec::new();
    for number in 0..400_u32 {
        let (longitude, latitude) = (5.0 + 0.04 * f64::from(number % 20), 48.0 + 0.027 * f64::from(number / 20));
        let origin = Position::new(longitude, latitude)?;
        let code = format!("{number:05}");
        communes.push(Commune {
            code: code.clone(),
            name: format!("Village {number}"),
            territory: String::new(),
            density: None,
            population: u64::from(100 + (number * 337) % 897),
            access: None,
            weight: None,
            acts: None,
            origin,
            geometry: Geometry::Point(Point::new(longitude, latitude)),
            columns: BTreeMap::new(),
        });
        sites.push(Site {
            id: format!("th_{code}"),
            name: String::new(),
            kind: "town_hall".to_owned(),
            state: SiteState::Candidate,
            cost: 35_000,
            commune: Some(code),
            territory: None,
            position: origin,
            columns: BTreeMap::new(),
        });
    }
    Ok(Territory::new(communes, sites)?)
}
