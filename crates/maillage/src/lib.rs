//! Where to open the next sites so that the most under-served people come within reach, and how good the plan is.
//!
//! One door to three rooms: [`core`] knows communes, sites, travel times and plans; [`solver`] is the bare covering
//! kernel; [`io`] reads and writes files. The names used most stand at the top.
//!
//! ```
//! use maillage::{
//!     Commune, Plan, Position, Scenario, Search, Silent, Site, SiteState, Solver, StraightLine, Territory, Travel,
//! };
//!
//! let place = Position::new(6.1757, 49.1193)?;
//! let metz = Commune {
//!     code: "57463".to_owned(),
//!     name: "Metz".to_owned(),
//!     territory: "57".to_owned(),
//!     density: Some(1),
//!     population: 120_000,
//!     access: Some(3.6),
//!     weight: None,
//!     acts: None,
//!     origin: place,
//!     geometry: maillage::geo::Geometry::Point(maillage::geo::Point::new(6.1757, 49.1193)),
//!     columns: Default::default(),
//! };
//! let hall = Site {
//!     id: "th_57463".to_owned(),
//!     name: "Hôtel de ville".to_owned(),
//!     kind: "town_hall".to_owned(),
//!     state: SiteState::Candidate,
//!     cost: 35_000,
//!     commune: Some("57463".to_owned()),
//!     territory: None,
//!     position: place,
//!     columns: Default::default(),
//! };
//! let territory = Territory::new(vec![metz], vec![hall])?;
//! let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
//! let scenario = Scenario { under: Some(4.0), sites: Some(1), ..Scenario::reaching("10min".parse()?, travel) };
//! let reach = StraightLine::new(50.0, 1.3)?.reach(&territory, scenario.within)?;
//! let (problem, dictionary) = scenario.compile(&territory, &reach)?;
//! let outcome = Search::default().solve(&problem, &Silent)?;
//! let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
//! assert_eq!(plan.newly_reached, 120_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use maillage_core as core;
pub use maillage_io as io;
pub use maillage_solver as solver;

/// The geometry library whose types communes carry.
pub use geo;

pub use maillage_core::{
    Assessment, Commune, Curve, Diagnosis, Dictionary, Effort, MissingAccess, Plan, Position, Reach, Scenario,
    ScenarioError, Site, SiteState, StraightLine, Territory, Travel, TravelTime, Weight,
};
pub use maillage_solver::{Frontier, Guarantee, Outcome, Problem, Search, Silent, Solver};
