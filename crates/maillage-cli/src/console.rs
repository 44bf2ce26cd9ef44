use std::io::{self, Write};

use maillage_io::{Findings, Language};

use crate::arguments::{ErrorForm, Global};
use crate::failure::Failure;
use crate::locale;
use crate::scenario_lines::ScenarioLines;

/// More threads than this help nobody.
const MOST_THREADS: usize = 256;

/// Where people and scripts read: results on standard output, everything else on standard error.
#[derive(Clone, Debug)]
pub(crate) struct Console {
    pub(crate) language: Language,
    pub(crate) json: bool,
    pub(crate) quiet: bool,
    errors: ErrorForm,
    scenario: Option<ScenarioLines>,
}

impl Console {
    pub(crate) fn new(global: &Global, scenario: Option<ScenarioLines>) -> Self {
        Self {
            language: global.lang.map_or_else(locale::language, Language::from),
            json: global.json,
            quiet: global.quiet,
            errors: global.errors,
            scenario,
        }
    }

    /// Returns the same console, on which only errors are told.
    pub(crate) fn quieted(&self) -> Self {
        Self { quiet: true, ..self.clone() }
    }

    /// Writes bytes on standard output; a reader that has gone away is no error.
    pub(crate) fn output(bytes: &[u8]) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(bytes).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::StandardOutput(error)),
            _ => Ok(()),
        }
    }

    /// Writes the closing text: on standard output, or on standard error when that is kept for JSON.
    pub(crate) fn closing(&self, text: &str) -> Result<(), Failure> {
        if self.quiet {
            Ok(())
        } else if self.json {
            self.aside(text);
            Ok(())
        } else {
            Self::output(text.as_bytes())
        }
    }

    /// Writes a text on standard error, unless everything but errors is to be kept quiet.
    pub(crate) fn aside(&self, text: &str) {
        if !self.quiet {
            error_text(text);
        }
    }

    /// Writes a remark on what was asked.
    pub(crate) fn warning(&self, code: &str, words: &str) {
        if self.quiet {
            return;
        }
        error_text(&match (self.errors, self.language) {
            (ErrorForm::Json, _) => {
                format!("{}\n", serde_json::json!({ "severity": "warning", "code": code, "message": words }))
            }
            (ErrorForm::Text, Language::English) => format!("warning[{code}] {words}\n"),
            (ErrorForm::Text, Language::French) => format!("avertissement[{code}] {words}\n"),
        });
    }

    /// Writes what readers found: errors always, mere warnings unless quiet.
    pub(crate) fn findings(&self, findings: &Findings) {
        if self.quiet && !findings.has_errors() {
            return;
        }
        let mut findings = findings.clone();
        if let Some(scenario) = &self.scenario {
            findings.state(&scenario.file, |key| scenario.place(std::slice::from_ref(key)));
        }
        error_text(&match self.errors {
            ErrorForm::Text => findings.to_text(self.language),
            ErrorForm::Json => findings.to_json_lines(self.language),
        });
    }

    pub(crate) fn failure(&self, failure: Failure) {
        if let Failure::Findings { .. } = failure {
            return; // Written when they were met.
        }
        let failure = match &self.scenario {
            Some(scenario) => failure.stated_in(scenario),
            None => failure,
        };
        error_text(&match self.errors {
            ErrorForm::Text => failure.to_text(self.language),
            ErrorForm::Json => failure.to_json_line(self.language),
        });
    }

    /// Sets the number of threads, with a warning when it is absurd.
    pub(crate) fn warn_about_threads(&self, global: &Global) {
        let threads = global.threads.min(MOST_THREADS);
        if threads < global.threads {
            self.warning(
                "W900",
                &match self.language {
                    Language::English => format!("{} threads are capped to {MOST_THREADS}", global.threads),
                    Language::French => format!("{} fils d’exécution ramenés à {MOST_THREADS}", global.threads),
                },
            );
        }
        // It can only fail when a pool was made before, which nothing does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }

    /// Writes a line of progress on standard error.
    pub(crate) fn line(text: &str) {
        error_text(&format!("{text}\n"));
    }

    /// Returns whether progress is kept to itself: asked for quiet, or for messages that programs read.
    pub(crate) fn hides_progress(&self) -> bool {
        self.quiet || self.errors == ErrorForm::Json
    }

    pub(crate) fn report_bug(bug: &str) {
        error_text(&format!(
            "maillage {} met a bug of its own, not of your data: {bug}\nNothing was written. Please report it with \
             the command and, if you may, the files.\n",
            env!("CARGO_PKG_VERSION")
        ));
    }
}

/// Writes on standard error; when nobody can read it there is nobody to tell.
fn error_text(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Returns how many seconds have gone since then, to a thousandth.
pub(crate) fn seconds_since(started: std::time::Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}
