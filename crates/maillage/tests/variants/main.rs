//! Types of site, residents, upgrades, specialties and hubs on small random regions: from the text of a scenario file
//! to the plan, curve or judgement read back, compared with every way of opening sites, counted person by person by
//! other code.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

mod asked;
mod curves;
mod goals;
mod judge;
mod lists;
mod plans;
#[expect(dead_code, reason = "scenarios of rules are drawn elsewhere")]
#[path = "../small_region/mod.rs"]
mod small_region;
