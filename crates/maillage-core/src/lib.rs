//! The model of maillage: communes with people, sites, travel times, the planner's question, and the plan that answers.
//!
//! Data flows one way: a [`Territory`] of communes and sites, a [`Reach`] of travel times between them, and a
//! [`Scenario`] compile to a [`Problem`](maillage_solver::Problem) of bare indices; the solver's
//! [`Outcome`](maillage_solver::Outcome) is read back into a [`Plan`] of places.
//!
//! ```
//! use maillage_core::{
//!     Commune, Plan, Position, Scenario, Site, SiteState, StraightLine, Territory, Travel,
//! };
//! use maillage_solver::{Guarantee, Outcome, Prices, SiteId, Solution, StoppedBy, Work};
//!
//! let commune = |code: &str, population, access, longitude| {
//!     let origin = Position::new(longitude, 48.0)?;
//!     Ok::<_, maillage_core::PositionError>(Commune {
//!         code: code.to_owned(),
//!         name: String::new(),
//!         territory: String::new(),
//!         density: None,
//!         population,
//!         access: Some(access),
//!         weight: None,
//!         acts: None,
//!         origin,
//!         geometry: geo::Point::new(longitude, 48.0).into(),
//!         columns: Default::default(),
//!     })
//! };
//! let hall = Site {
//!     id: "hall".to_owned(),
//!     name: String::new(),
//!     kind: "town_hall".to_owned(),
//!     state: SiteState::Candidate,
//!     cost: 35_000,
//!     commune: Some("55001".to_owned()),
//!     territory: None,
//!     position: Position::new(5.0, 48.0)?,
//!     columns: Default::default(),
//! };
//! // Two villages 7.5 km apart, and a third that has enough doctors.
//! let (here, near) = (commune("55001", 400, 2.1, 5.0)?, commune("55002", 90, 1.8, 5.1)?);
//! let served = commune("55003", 70, 4.2, 5.1)?;
//! let territory = Territory::new(vec![here, near, served], vec![hall])?;
//!
//! let travel = Travel::StraightLine { speed: 50.0, detour: 1.3 };
//! let scenario = Scenario { under: Some(4.0), sites: Some(1), ..Scenario::reaching("12min".parse()?, travel) };
//! let reach = StraightLine::new(50.0, 1.3)?.reach(&territory, scenario.within)?;
//! let (problem, dictionary) = scenario.compile(&territory, &reach)?;
//!
//! // Any solver of the kernel gives an outcome; here the one site is opened by hand.
//! let solution = Solution::count(&problem, &[SiteId(0)]);
//! let outcome = Outcome {
//!     bound: solution.value(),
//!     solution,
//!     guarantee: Guarantee::Optimal,
//!     stopped_by: StoppedBy::Proof,
//!     prices: Prices::default(),
//!     work: Work::default(),
//!     certificate: None,
//! };
//! let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
//! assert_eq!((plan.under_served, plan.newly_reached, plan.cost), (490, 490, 35_000));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access_of_group;
mod added_access;
mod alternatives;
mod amount;
mod assessment;
mod attainment;
mod border;
mod candidate_counts;
mod capacitated;
mod catchment;
mod cliques;
mod column_error;
mod common_sites;
mod commune;
mod compile;
mod condition;
mod consensus;
mod consensus_limit;
mod consultations;
mod coverage_floors;
mod curve;
mod decay_step;
mod demands;
mod depth_field;
mod diagnosis;
mod dictionary;
mod disc;
mod discount;
mod distance;
mod enough;
mod equity;
mod exchange;
mod exclusion;
mod explaining;
mod explanation;
mod floor;
mod follow;
mod fraction;
mod goal;
mod hub;
mod impasse;
mod in_order;
mod interchangeable;
mod kept_rule;
mod layer;
mod listed_sites;
mod loads;
mod merged_demands;
mod nearest_texts;
mod nearness;
mod need;
mod opening;
mod openings;
mod outline;
mod persons;
mod phase;
mod places;
mod plan;
mod plane;
mod point_index;
mod population_grid;
mod position;
mod rank_correlation;
mod ranking;
mod reach;
mod read_back;
mod recount;
mod request;
mod rings;
mod rule;
mod rule_error;
mod rule_groups;
mod rule_name;
mod rule_place;
mod scenario;
mod scenario_error;
mod score;
mod share_prices;
mod sharing;
mod site;
mod site_rules;
mod site_type;
mod spacing;
mod specialty;
mod speed;
mod straight_line;
mod swap_rules;
mod territory;
mod travel_minutes;
mod travel_time;
mod travel_time_text;
mod variant_counts;
mod variant_error;
mod variants;
mod without_access;
mod worst_off;
mod worth;
mod yardstick;

pub use access_of_group::{AccessBelow, AccessOfGroup};
pub use added_access::{AddedAccess, NewCare};
pub use alternatives::Alternative;
pub use amount::{Amount, AmountError};
pub use assessment::{Assessment, Swap};
pub use attainment::{AttainError, Attainment};
pub use border::{Border, BorderError, OutsideCount};
pub use candidate_counts::CandidateCounts;
pub use column_error::ColumnError;
pub use commune::Commune;
pub use condition::{Condition, Conditions};
pub use consensus::{Agreed, Consensus, ConsensusError};
pub use consensus_limit::ConsensusLimit;
pub use consultations::{Capacity, ConsultationError, ConsultationNeed};
pub use curve::{Curve, CurvePoint};
pub use decay_step::{DecayStep, DecayStepError};
pub use diagnosis::{Diagnosis, DiagnosisGroup, LimitShare};
pub use dictionary::Dictionary;
pub use disc::Disc;
pub use distance::{Distance, DistanceError};
pub use enough::Enough;
pub use equity::{EquityCurve, EquityPoint};
pub use exclusion::Exclusion;
pub use explaining::Explaining;
pub use explanation::{Backbone, Bracket, ChosenSite, Estimate, Explanation, ForLess, Outsider};
pub use floor::Floor;
pub use follow::{Changed, Changing, Followed, FollowedSite, SiteUse};
pub use fraction::{Fraction, FractionError};
pub use goal::{Goal, GoalError};
pub use hub::{Hub, HubChoice};
pub use impasse::{Impasse, Relief};
pub use interchangeable::Interchangeable;
pub use kept_rule::{KeptRule, RuleUnit};
pub use layer::{Demand, Layer};
// What a plan says of its proof, in the kernel's own words.
pub use listed_sites::ListedSites;
pub use loads::{LoadCount, PlanLoads, SiteLoad};
pub use maillage_solver::{Guarantee, StoppedBy, Work};
pub use opening::Opening;
pub use outline::Outline;
pub use persons::Persons;
pub use phase::Phase;
pub use plan::{
    DensityCount, Objective, PhaseCount, Plan, PlanCommune, PlanSite, Reached, RuralShares, Sense, TerritoryCount,
    ThresholdCount,
};
pub use population_grid::{Cell, CellCount, GridCommune, GridCount, PopulationGrid};
pub use position::{Position, PositionError};
pub use rank_correlation::RankCorrelation;
pub use reach::{Reach, ReachError};
pub use rule::{Rule, Sum};
pub use rule_error::RuleError;
pub use rule_name::RuleName;
pub use rule_place::{RuleList, RulePlace};
pub use scenario::{Effort, MissingAccess, Scenario, Travel, Weight};
pub use scenario_error::ScenarioError;
pub use score::{Score, Scores, Turn};
pub use sharing::Sharing;
pub use site::{Site, SiteState};
pub use site_type::SiteType;
pub use spacing::Spacing;
pub use specialty::Specialty;
pub use speed::{SpeedError, parse_speed};
pub use straight_line::{StraightLine, StraightLineError};
pub use territory::{Territory, TerritoryError};
pub use travel_minutes::TravelMinutes;
pub use travel_time::{TravelTime, TravelTimeError};
pub use variant_counts::{HubCounts, SpecialtyCount, TypeCount, VariantCounts};
pub use variant_error::VariantError;
pub use without_access::WithoutAccess;
pub use yardstick::{Measure, Yardstick};
