//! What each kind of bad file gets: its code, its place and its exit code; and what is only remarked or accepted.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod any_bytes;
mod case;
mod columns;
mod documents;
mod features;
mod findings;
mod geometries;
mod properties;
mod sites;
mod tables;
