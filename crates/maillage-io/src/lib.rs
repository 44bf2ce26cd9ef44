//! Reading that believes nothing, and writing that never leaves half a file.
//!
//! Readers collect every problem of a file as [`Finding`]s (code, file, line, feature, field, value, what was expected,
//! how to mend it) rather than stopping at the first. Writers return bytes; one place alone puts them on the disk.

mod columns;
mod communes;
mod finding;
mod index_file;
mod input_file;
mod language;
mod sites;
mod times;

pub use columns::{Column, CommuneColumns, Join, SiteColumns};
pub use communes::read_communes;
pub use finding::{Finding, Findings};
pub use index_file::{IndexFile, read_index};
pub use input_file::{InputFile, Role};
pub use language::Language;
pub use sites::read_sites;
pub use times::{TimeEntry, read_times};
