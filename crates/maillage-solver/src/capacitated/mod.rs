//! Serving under capacity: a model of its own beside covering.
//!
//! A demand is no longer covered or not: its need is split among the open sites that cover it, and each site serves no
//! more than its capacity. What a choice of sites serves is a maximum flow, so it is counted exactly.

mod assignment;
mod bound;
mod problem;
mod search;
mod solution;
mod solver;
mod subgradient;

pub use problem::{CapacitatedProblem, CapacityError};
pub use solution::CapacitatedSolution;
pub use solver::{CapacitatedOutcome, CapacitatedSearch};
