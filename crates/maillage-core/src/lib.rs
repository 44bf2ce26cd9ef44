//! The model of maillage: communes with people, sites, travel times, the planner's question, and the plan that answers it.
//!
//! Data flows one way: a [`Territory`] of communes and sites, a [`Reach`] of travel times between them, and a
//! [`Scenario`] compile to a [`Problem`](maillage_solver::Problem) of bare indices; the solver's
//! [`Outcome`](maillage_solver::Outcome) is read back into a [`Plan`] of places.

mod candidate_counts;
mod commune;
mod compile;
mod diagnosis;
mod dictionary;
mod in_order;
mod nearest_texts;
mod need;
mod plan;
mod point_index;
mod position;
mod rank_correlation;
mod ranking;
mod reach;
mod read_back;
mod request;
mod scenario;
mod scenario_error;
mod site;
mod speed;
mod straight_line;
mod territory;
mod travel_time;

pub use candidate_counts::CandidateCounts;
pub use commune::Commune;
pub use diagnosis::{Diagnosis, DiagnosisGroup, LimitShare};
pub use dictionary::Dictionary;
// What a plan says of its proof, in the kernel's own words.
pub use maillage_solver::{Guarantee, StoppedBy, Work};
pub use plan::{Objective, Plan, PlanCommune, PlanSite, Reached, RuralShares, TerritoryCount, ThresholdCount};
pub use position::{Position, PositionError};
pub use rank_correlation::RankCorrelation;
pub use reach::{Reach, ReachError};
pub use scenario::{Effort, MissingAccess, Scenario, Travel, Weight};
pub use scenario_error::ScenarioError;
pub use site::{Site, SiteState};
pub use speed::{SpeedError, parse_speed};
pub use straight_line::{StraightLine, StraightLineError};
pub use territory::{Territory, TerritoryError};
pub use travel_time::{TravelTime, TravelTimeError};
