mod text;

use crate::escape::escape;
use crate::{CatalogueEntry, Detail, KeyPlace, Severity};

/// One problem of an input, or a remark on it.
///
/// ```
/// use maillage_io::{CatalogueEntry, Finding, Language, Texts};
///
/// static UNKNOWN_SITE: CatalogueEntry = CatalogueEntry {
///     code: "E401",
///     exit_code: 3,
///     problem: Texts { english: "{value} is not a candidate", french: "{value} n’est pas un candidat" },
///     expected: Texts { english: "an identifier of the candidates", french: "un identifiant des candidats" },
///     fix: Texts { english: "correct --require", french: "corriger --require" },
/// };
/// let finding = Finding::new(&UNKNOWN_SITE).in_file("maillage.toml").with_value("fs_99");
/// assert_eq!(
///     finding.to_text(Language::English),
///     "error[E401] maillage.toml: \"fs_99\" is not a candidate\n  \
///      expected: an identifier of the candidates; fix: correct --require\n"
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its stable code, such as "E211" (an error) or "W218" (a warning).
    pub code: &'static str,
    /// The file's base name, or as it was given.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column in characters, from 1.
    pub column: Option<u64>,
    /// The layer of a GeoPackage, escaped.
    pub layer: Option<String>,
    /// The number of the row in that layer.
    pub row: Option<i64>,
    /// The position of the feature or row in its file, from 0.
    pub feature: Option<u64>,
    /// The identifier of the feature, escaped.
    pub id: Option<String>,
    /// The name of the feature, escaped.
    pub name: Option<String>,
    /// The field or member it concerns, escaped.
    pub field: Option<String>,
    /// What was found, escaped and at most 80 characters long.
    pub value: Option<String>,
    /// The key of the scenario that names the column, and the scenario's file.
    pub stated: Option<(KeyPlace, String)>,
    entry: &'static CatalogueEntry,
    details: Vec<(&'static str, Detail)>,
    /// The byte of the file it is about, until line and column are known.
    pub(crate) offset: Option<usize>,
}

impl Finding {
    /// Makes a finding of one kind; the `with_…` and `in_…` functions say where and what.
    #[must_use]
    pub const fn new(entry: &'static CatalogueEntry) -> Self {
        Self {
            code: entry.code,
            file: None,
            line: None,
            column: None,
            layer: None,
            row: None,
            feature: None,
            id: None,
            name: None,
            field: None,
            value: None,
            stated: None,
            entry,
            details: Vec::new(),
            offset: None,
        }
    }

    /// Returns its kind.
    #[must_use]
    pub const fn entry(&self) -> &'static CatalogueEntry {
        self.entry
    }

    /// Returns whether it stops the work.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.entry.severity()
    }

    /// Says which file it is about.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(escape(file));
        self
    }

    /// Says at which line and column, both from 1.
    #[must_use]
    pub const fn at(mut self, line: u64, column: u64) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// Says at which byte of the file; the reader of the file turns it into line and column.
    #[must_use]
    pub(crate) const fn at_byte(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Says which layer of the file.
    #[must_use]
    pub fn in_layer(mut self, layer: &str) -> Self {
        self.layer = Some(escape(layer));
        self
    }

    /// Says which row of the layer, by its number there.
    #[must_use]
    pub const fn in_row(mut self, row: i64) -> Self {
        self.row = Some(row);
        self
    }

    /// Says which feature or row, from 0.
    #[must_use]
    pub const fn in_feature(mut self, feature: u64) -> Self {
        self.feature = Some(feature);
        self
    }

    /// Says which identifier and which name the feature has; empty ones are left out.
    #[must_use]
    pub fn named(mut self, id: &str, name: &str) -> Self {
        self.id = (!id.is_empty()).then(|| escape(id));
        self.name = (!name.is_empty()).then(|| escape(name));
        self
    }

    /// Says which field or member.
    #[must_use]
    pub fn in_field(mut self, field: &str) -> Self {
        self.field = Some(escape(field));
        self
    }

    /// Says what was found; it is escaped.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(escape(value));
        self
    }

    /// Returns the flag, without dashes, that names the column it misses.
    #[must_use]
    pub fn flag(&self) -> Option<&str> {
        let flag = self.details.iter().find(|(name, _)| *name == "flag")?;
        match &flag.1 {
            Detail::Text(words) | Detail::Texts(words, _) => words.strip_prefix("--")?.split(' ').next(),
            Detail::Count(_) => None,
        }
    }

    /// Gives a detail that the texts ask for between braces.
    #[must_use]
    pub fn with(mut self, placeholder: &'static str, detail: impl Into<Detail>) -> Self {
        self.details.push((placeholder, detail.into()));
        self
    }
}
