//! The binary people run, on small regions whose answers can be checked by hand.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod access;
mod answer_files;
mod broken_scenarios;
mod capacity;
mod commands;
mod compare;
mod examples;
mod explain;
mod follow;
mod frontier_and_assess;
mod goals;
mod grid;
mod isochrones;
mod models;
mod phases;
mod reach;
mod report;
mod rules;
mod run;
mod score;
mod sheet;
mod shell;
mod sweep;
mod systems;
mod times;
mod variants;
mod verify;
