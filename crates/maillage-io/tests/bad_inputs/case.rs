use std::path::PathBuf;

use maillage_core::{Commune, Site, SiteState};
use maillage_io::{Finding, Findings, InputFile, Language, read_communes, read_sites};

use crate::columns::{commune_columns, site_columns};

/// A folder of files, and what reading them finds.
pub(crate) struct Case {
    folder: tempfile::TempDir,
    pub(crate) findings: Findings,
}

impl Case {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), findings: Findings::default() }
    }

    pub(crate) fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        file
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code).collect()
    }
}

pub(crate) fn communes_of(name: &str, content: impl AsRef<[u8]>) -> (Option<Vec<Commune>>, Findings) {
    let mut case = Case::new();
    let file = case.write(name, content.as_ref());
    let read = read_communes(&file, &commune_columns(), &[], &mut case.findings);
    (read.map(|(communes, _)| communes), case.findings)
}

pub(crate) fn sites_of(name: &str, content: &str, state: SiteState) -> (Option<(Vec<Site>, InputFile)>, Findings) {
    let mut case = Case::new();
    let file = case.write(name, content.as_bytes());
    (read_sites(&file, &site_columns(), state, &mut case.findings), case.findings)
}

/// Asserts that communes are refused, and returns the first finding with the wanted code.
pub(crate) fn refused(name: &str, content: impl AsRef<[u8]>, code: &str) -> Finding {
    let (communes, findings) = communes_of(name, &content);
    let shown = String::from_utf8_lossy(content.as_ref()).chars().take(300).collect::<String>();
    assert!(communes.is_none(), "{code} expected, nothing found: {shown}");
    assert_eq!(findings.exit_code(), 3, "{shown}");
    let found = findings.iter().find(|finding| finding.code == code).cloned();
    found.unwrap_or_else(|| panic!("{code} expected for {shown}: {}", findings.to_text(Language::English)))
}

/// Asserts that communes are accepted with just these remarks.
pub(crate) fn accepted(name: &str, content: impl AsRef<[u8]>, codes: &[&str]) -> Vec<Commune> {
    let (communes, findings) = communes_of(name, &content);
    let text = findings.to_text(Language::English);
    let found: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, codes, "{text}");
    communes.unwrap_or_else(|| panic!("{text}"))
}
