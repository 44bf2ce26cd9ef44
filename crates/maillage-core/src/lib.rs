//! The model of maillage: communes with people, sites, travel times, the planner's question, and the plan that answers it.
//!
//! Data flows one way: a [`Territory`] of communes and sites, a [`Reach`] of travel times between them, and a
//! [`Scenario`] compile to a [`Problem`](maillage_solver::Problem) of bare indices; the solver's
//! [`Outcome`](maillage_solver::Outcome) is read back into a [`Plan`] of places.

mod commune;
mod compile;
mod diagnosis;
mod plan;
mod position;
mod reach;
mod scenario;
mod site;
mod straight_line;
mod territory;
mod travel_time;

pub use commune::Commune;
// What a plan says of its proof, in the kernel's own words.
pub use compile::{Dictionary, ScenarioError};
pub use diagnosis::{Diagnosis, DiagnosisGroup, LimitShare, RankCorrelation};
pub use maillage_solver::{Guarantee, StoppedBy, Work};
pub use plan::{Objective, Plan, PlanCommune, PlanSite, Reached, RuralShares, TerritoryCount, ThresholdCount};
pub use position::{Position, PositionError};
pub use reach::{Reach, ReachError};
pub use scenario::{Effort, MissingAccess, Scenario, Travel, Weight};
pub use site::{Site, SiteState};
pub use straight_line::{StraightLine, StraightLineError};
pub use territory::{Territory, TerritoryError};
pub use travel_time::{TravelTime, TravelTimeError};
