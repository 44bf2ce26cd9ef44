use crate::{Finding, KeyPlace, Language, Severity, StatedKey};

/// How many findings of one code are kept.
const KEPT: u64 = 20;

/// Every problem met while reading: at most 20 of each code are kept, all are counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    kept: Vec<Finding>,
    /// How often each code came, in the order of their first coming.
    counts: Vec<(&'static str, Severity, u64)>,
    exit_code: u8,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        if self.count(&finding) {
            self.kept.push(finding);
        }
    }

    /// Counts a finding and returns whether there is room to keep it.
    fn count(&mut self, finding: &Finding) -> bool {
        if self.exit_code == 0 && finding.severity() == Severity::Error {
            self.exit_code = finding.entry().exit_code;
        }
        if let Some((.., count)) = self.counts.iter_mut().find(|(code, ..)| *code == finding.code) {
            *count = count.saturating_add(1);
            return *count <= KEPT;
        }
        self.counts.push((finding.code, finding.severity(), 1));
        true
    }

    /// Adds a finding whose place is still to be found, which costs time only when it is kept.
    pub(crate) fn push_located(&mut self, finding: Finding, locate: impl FnOnce(Finding) -> Finding) {
        if self.count(&finding) {
            self.kept.push(locate(finding));
        }
    }

    /// Adds all findings of another collection.
    pub fn append(&mut self, other: Self) {
        for (code, severity, count) in other.counts {
            let mut here = 0;
            for finding in other.kept.iter().filter(|finding| finding.code == code) {
                self.push(finding.clone());
                here += 1;
            }
            if let Some((_, _, total)) = self.counts.iter_mut().find(|(known, ..)| *known == code) {
                *total = total.saturating_add(count - here);
            } else {
                self.counts.push((code, severity, count));
            }
        }
    }

    /// Says of each missing column which key of the scenario names it, where `place` knows that, and the scenario's file.
    pub fn state(&mut self, file: &str, place: impl Fn(&StatedKey) -> Option<KeyPlace>) {
        for finding in &mut self.kept {
            let key = finding.flag().map(StatedKey::of);
            let found = key.and_then(|key| place(&key));
            finding.stated = found.map(|found| (found, file.to_owned()));
        }
    }

    /// Returns whether anything must stop the work.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.counts.iter().any(|(_, severity, _)| *severity == Severity::Error)
    }

    /// Returns how many errors there are, kept or not.
    #[must_use]
    pub fn error_count(&self) -> u64 {
        self.total(Severity::Error)
    }

    /// Returns how many warnings there are, kept or not.
    #[must_use]
    pub fn warning_count(&self) -> u64 {
        self.total(Severity::Warning)
    }

    fn total(&self, wanted: Severity) -> u64 {
        self.counts.iter().filter(|(_, severity, _)| *severity == wanted).map(|(.., count)| count).sum()
    }

    /// Returns the exit code of the first error (3 bad data, 7 reading failed, 8 too large), 0 when there is none.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// Returns the findings that are kept, in the order they were met.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.kept.iter()
    }

    /// Writes all findings as the text people read on the terminal.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut text: String = self.kept.iter().map(|finding| finding.to_text(language)).collect();
        for (code, more) in self.not_kept() {
            let more = language.grouped(more);
            let (and, behind) = match language {
                Language::English => ("and", "more"),
                Language::French => ("et", "de plus"),
            };
            text.extend(["… ", and, " ", &more, " ", behind, " [", code, "]\n"]);
        }
        text
    }

    /// Writes all findings as one JSON object a line, with the fields code, severity, file, line, column, feature, id,
    /// name, field, value, problem, expected and fix; of a GeoPackage the layer and the row; and of a missing column the key that names it and the line of the
    /// scenario; last, for each code that came too often, code and more.
    #[must_use]
    pub fn to_json_lines(&self, language: Language) -> String {
        let mut lines = String::new();
        for finding in &self.kept {
            let severity = if finding.severity() == Severity::Error { "error" } else { "warning" };
            let mut object = serde_json::json!({
                "code": finding.code,
                "severity": severity,
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
                "feature": finding.feature,
                "id": finding.id,
                "name": finding.name,
                "field": finding.field,
                "value": finding.value,
                "problem": finding.problem(language),
                "expected": finding.expected(language),
                "fix": finding.fix(language),
            });
            if let (Some(layer), Some(members)) = (&finding.layer, object.as_object_mut()) {
                members.insert("layer".to_owned(), layer.as_str().into());
                members.insert("row".to_owned(), finding.row.into());
            }
            if let (Some((place, file)), Some(members)) = (&finding.stated, object.as_object_mut()) {
                members.insert("key".to_owned(), place.key.as_str().into());
                members.insert("scenario".to_owned(), format!("{file}:{}", place.line).into());
            }
            lines.push_str(&object.to_string());
            lines.push('\n');
        }
        for (code, more) in self.not_kept() {
            lines.push_str(&serde_json::json!({ "code": code, "more": more }).to_string());
            lines.push('\n');
        }
        lines
    }

    fn not_kept(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.counts.iter().filter(|(.., count)| *count > KEPT).map(|(code, _, count)| (*code, count - KEPT))
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{FILE_NOT_FOUND, FILE_TOO_LARGE, NUMBER_MISSING, SAME_PLACE};

    #[test]
    fn twenty_of_a_code_are_kept_and_all_are_counted() {
        let mut findings = Findings::default();
        for index in 0..332 {
            findings.push(Finding::new(&NUMBER_MISSING).in_feature(index));
        }
        findings.push(Finding::new(&SAME_PLACE).with("count", 2_u64));
        assert_eq!((findings.error_count(), findings.warning_count(), findings.iter().count()), (332, 1, 21));
        assert!(findings.to_text(Language::English).ends_with("… and 312 more [E213]\n"));
        assert_eq!(findings.to_json_lines(Language::English).lines().last(), Some("{\"code\":\"E213\",\"more\":312}"));
        let mut sum = findings.clone();
        sum.append(findings);
        assert_eq!((sum.error_count(), sum.iter().count()), (664, 22));
    }

    #[test]
    fn the_first_error_gives_the_exit_code() {
        let mut findings = Findings::default();
        findings.push(Finding::new(&SAME_PLACE));
        assert_eq!((findings.exit_code(), findings.has_errors()), (0, false));
        findings.push(Finding::new(&FILE_TOO_LARGE));
        findings.push(Finding::new(&FILE_NOT_FOUND));
        assert_eq!((findings.exit_code(), findings.has_errors()), (8, true));
    }
}
