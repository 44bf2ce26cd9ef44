//! Reading that believes nothing, and writing that never leaves half a file.
//!
//! Readers collect every problem of a file as [`Finding`]s (code, file, line, feature, field, value, what was expected,
//! how to mend it) rather than stopping at the first. Writers return bytes; one place alone puts them on the disk.

mod catalogue;
mod columns;
mod communes;
mod coordinates;
mod encoding;
mod escape;
mod finding;
mod findings;
mod geojson;
mod geometry;
mod identity;
mod index_file;
mod input_file;
mod join;
mod json;
mod language;
mod layer;
mod reading;
mod ring;
mod shapes;
mod sites;
mod source;
mod table;
mod times;
mod value;

pub use catalogue::{CatalogueEntry, Severity, Texts, catalogue};
pub use columns::{Column, CommuneColumns, Join, SiteColumns};
pub use communes::read_communes;
pub use finding::{Detail, Finding};
pub use findings::Findings;
pub use index_file::{IndexFile, read_index};
pub use input_file::{InputFile, Role};
pub use language::Language;
pub use sites::read_sites;
pub use times::{TimeEntry, read_times};
