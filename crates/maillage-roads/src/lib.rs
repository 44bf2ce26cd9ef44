//! Travel times on OpenStreetMap roads: an extract (`.osm.pbf`) and a [`Profile`] make [`Roads`], and these a
//! [`Reach`](maillage_core::Reach) of the times from communes to sites.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use maillage_roads::{Profile, Roads};
//!
//! let car = Profile::named("car").ok_or("a built-in profile")?;
//! let roads = Roads::read(Path::new("alsace.osm.pbf"), car)?;
//! println!("{} junctions", roads.counts().junctions);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod area;
mod blob;
mod block;
mod catchment;
mod core_of;
mod error;
mod extract;
mod ferry_duration;
mod graph;
mod in_order;
mod passage;
mod profile;
mod road_reach;
mod roads;
mod rows;
mod search;
mod segments;
mod snap;
mod speed_limit;
mod wire;

pub use catchment::RoadSpot;
pub use error::{Damage, RoadError};
pub use profile::{ClassSpeed, Local, Profile};
pub use road_reach::RoadReach;
pub use roads::{RoadCounts, Roads};
