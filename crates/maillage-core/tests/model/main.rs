//! The model from communes and sites to plans, against small cases by hand and recounts of every pair.
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod added_access;
mod assessment;
mod compile;
mod consensus;
mod curve;
mod diagnosis;
mod explanation;
mod follow;
mod objectives;
mod reach;
mod read_back;
mod region;
mod score;
mod territory;
