//! The kernel of maillage: maximal covering under site rules.
//!
//! Sites cover demands; each demand has a whole-number weight and counts once. A [`Problem`] asks for the choice of
//! sites that covers the most weight while every [`SiteRule`] holds. A [`Solver`] answers with an [`Outcome`]: a
//! [`Solution`] recounted from the problem, an upper bound that no choice of sites can pass, and what is proved of both.
//!
//! The kernel knows indices and whole numbers only: no communes, minutes, euros, files or clocks.

mod annealer;
mod annealing;
mod approximate;
#[cfg(feature = "milp")]
mod back_end;
mod bound;
mod branching;
mod capacitated;
mod certificate;
mod chain;
mod choice;
mod conflict;
mod counts;
mod coverage;
mod descent;
mod dive;
mod dual;
mod effort;
mod floor;
mod frontier;
mod greedy;
mod ids;
mod impossible;
mod incumbent;
mod instance_text;
mod intensification;
mod least_end;
mod levelling;
mod merged_demands;
mod merging;
#[cfg(feature = "milp")]
mod milp;
mod neighbourhood;
mod observer;
mod outcome;
mod parallel;
mod point;
mod probe;
mod problem;
mod products;
mod random;
mod reduction;
mod relaxation;
mod remainder;
mod repair;
mod residual;
mod rule;
mod rule_rows;
mod run;
mod search;
mod sensitivity;
mod solution;
mod stage;
mod stand_in;
mod start;
mod tidy;
mod trace;
mod variation;

#[cfg(feature = "milp")]
pub use back_end::BackEnd;
pub use capacitated::{CapacitatedOutcome, CapacitatedProblem, CapacitatedSearch, CapacitatedSolution, CapacityError};
pub use certificate::{Certificate, Step};
pub use conflict::{Conflict, Constraint, End, GroupConflict, GroupWayOut, WayOut};
pub use coverage::{Coverage, CoverageError};
pub use effort::Effort;
pub use floor::CoverageFloor;
pub use frontier::{Frontier, FrontierCurve, FrontierError, FrontierPoint};
pub use ids::{DemandId, SiteId};
pub use least_end::{LeastEnd, LeastEndOutcome};
pub use levelling::Levelling;
#[cfg(feature = "milp")]
pub use milp::Milp;
pub use observer::{Observer, Phase, Progress, Silent, Unseen, Verdict};
pub use outcome::{Guarantee, Outcome, Prices, SolveError, Solver, StoppedBy, Work};
pub use problem::{Fixing, Problem, ProblemError};
pub use relaxation::{Greedy, Relaxation};
pub use residual::Residual;
pub use rule::SiteRule;
pub use search::Search;
pub use sensitivity::{Sensitivity, SensitivityError};
pub use solution::Solution;
pub use variation::Variation;
