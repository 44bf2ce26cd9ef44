//! The page and the pictures that people look at.
//!
//! A plan comes in as its file states it ([`maillage_io::PlanLayers`] and the answer) and goes out as bytes: one HTML
//! file that asks no network for anything, or a map for an annex. How plans are found is not known here.

mod answer_page;
mod arcs;
mod commune_sheet;
mod curve_picture;
mod extent;
mod group_sheet;
mod html;
mod lettering;
mod map_data;
mod map_picture;
mod origin;
mod page;
mod picture_words;
mod raster;
mod sheet;
mod sheet_page;
mod sheet_words;
mod simplify;
mod topology;

pub use answer_page::AnswerPage;
pub use commune_sheet::{CommuneSheet, ExcludedSite, SheetSite};
pub use curve_picture::CurvePicture;
pub use group_sheet::{GroupAccess, GroupSheet, LeftCommune, ServingSite};
pub use map_picture::MapPicture;
pub use page::{Page, PageWords};
pub use raster::{RasterError, rasterize};
pub use sheet_page::SheetPage;
pub use topology::{Outline, Topology};
