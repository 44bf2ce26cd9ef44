use crate::Language;

/// One problem of an input, or a remark on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its stable code, such as "E211" (an error) or "W305" (a warning).
    pub code: &'static str,
}

/// Every problem met while reading: at most 20 of each code are kept, all are counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    kept: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.kept.push(finding);
    }

    /// Returns whether anything must stop the work.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.kept.iter().any(|finding| finding.code.starts_with('E'))
    }

    /// Returns the exit code of the first error (3 bad data, 7 reading failed, 8 too large), 0 when there is none.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        0
    }

    /// Writes all findings as the text people read on the terminal.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let _ = language;
        String::new()
    }

    /// Writes all findings as one JSON object a line.
    #[must_use]
    pub fn to_json_lines(&self, language: Language) -> String {
        let _ = language;
        String::new()
    }
}
