//! Every problem that reading can state, with its stable code, its exit code and its texts: a file for each subject.
//!
//! Between braces stand the details of a case: `{value}` is what was found, in quotes and escaped.

use std::sync::LazyLock;

use crate::CatalogueEntry;

macro_rules! entries {
    ($family:ident: $($name:ident $code:literal $exit:literal
        $problem:literal $problem_french:literal
        $expected:literal $expected_french:literal
        $fix:literal $fix_french:literal;)*) => {
        use crate::{CatalogueEntry, Texts};

        $(pub(crate) static $name: CatalogueEntry = CatalogueEntry {
            code: $code,
            exit_code: $exit,
            problem: Texts { english: $problem, french: $problem_french },
            expected: Texts { english: $expected, french: $expected_french },
            fix: Texts { english: $fix, french: $fix_french },
        };)*

        pub(super) static $family: &[&CatalogueEntry] = &[$(&$name),*];
    };
}

mod acts;
mod columns;
mod coordinates;
mod csv;
mod files;
mod geometry;
mod geopackage;
mod grids;
mod index_files;
mod joins;
mod json;
mod kept_times;
mod roads;
mod times;

pub(crate) use self::{
    acts::*, columns::*, coordinates::*, csv::*, files::*, geometry::*, geopackage::*, grids::*, index_files::*,
    joins::*, json::*, kept_times::*, roads::*, times::*,
};

static CATALOGUE: LazyLock<Vec<&CatalogueEntry>> = LazyLock::new(|| {
    [
        FILES,
        JSON,
        GEOMETRY,
        COORDINATES,
        COLUMNS,
        GEOPACKAGE,
        JOINS,
        CSV,
        GRIDS,
        TIMES,
        ROADS,
        KEPT_TIMES,
        ACTS,
        INDEX_FILES,
    ]
    .concat()
});

/// Returns all kinds of problems that reading can state, by subject.
#[must_use]
pub fn catalogue() -> &'static [&'static CatalogueEntry] {
    &CATALOGUE
}
