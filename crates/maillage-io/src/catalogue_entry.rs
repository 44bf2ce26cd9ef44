use crate::Language;

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// In English.
    pub english: &'static str,
    /// In French.
    pub french: &'static str,
}

impl Texts {
    /// Returns the text in one language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::French => self.french,
        }
    }
}

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The work stops.
    Error,
    /// A remark that is kept with the result.
    Warning,
}

/// One kind of problem: its code and its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Its stable code: E and a number for an error, W and a number for a warning.
    pub code: &'static str,
    /// The exit code of a run that stops at it: 3 bad data, 7 reading failed, 8 too large; 0 for a warning.
    pub exit_code: u8,
    /// What is wrong.
    pub problem: Texts,
    /// What is expected.
    pub expected: Texts,
    /// How to mend it.
    pub fix: Texts,
}

impl CatalogueEntry {
    /// Returns whether it stops the work: its code starts with E.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.starts_with('E') { Severity::Error } else { Severity::Warning }
    }
}
