//! The page and the pictures that people look at.
//!
//! A plan comes in as its file states it ([`maillage_io::PlanLayers`] and the answer) and goes out as bytes: one HTML
//! file that asks no network for anything, or a map for an annex. How plans are found is not known here.

mod arcs;
mod extent;
mod html;
mod page;
mod picture;
mod picture_words;
mod simplify;
mod topology;

pub use page::{Page, PageWords};
pub use picture::Picture;
pub use topology::{Outline, Topology};
