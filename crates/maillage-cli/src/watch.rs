use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};
use maillage_io::{Language, Stop, gap};
use maillage_solver::{Observer, Phase, Progress, Verdict};

use crate::interrupt;
use crate::words::{grouped, percent_up};

/// Watches the solver: shows progress where standard error is a terminal, and stops it by the clock or a signal.
pub(crate) struct Watch {
    deadline: Option<Instant>,
    late: AtomicBool,
    line: ProgressBar,
    language: Language,
    /// What existing sites cover, left out of the values shown.
    before: u64,
}

impl Watch {
    pub(crate) fn new(started: Instant, limit: Option<Duration>, quiet: bool, language: Language, before: u64) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        Self {
            deadline: limit.and_then(|limit| started.checked_add(limit)),
            late: AtomicBool::new(false),
            line: ProgressBar::with_draw_target(None, target),
            language,
            before,
        }
    }

    /// Returns what the solver was stopped for, should it say that it was.
    pub(crate) fn reason(&self) -> Stop {
        if interrupt::asked() && !self.late.load(Ordering::Relaxed) { Stop::Signal } else { Stop::Time }
    }

    pub(crate) fn finish(&self) {
        self.line.finish_and_clear();
    }

    fn message(&self, progress: Progress) -> String {
        let (value, bound) = (progress.value.saturating_sub(self.before), progress.bound.saturating_sub(self.before));
        let open = gap(value, bound, bound).map_or_else(|| "?".to_owned(), |share| percent_up(share, self.language));
        let (value, bound) = (grouped(value, self.language), grouped(bound, self.language));
        let phase = phase(progress.phase, self.language);
        match self.language {
            Language::English => format!("{phase}: {value} found, at most {bound} possible, gap {open}"),
            Language::French => format!("{phase} : {value} trouvés, {bound} possibles au plus, écart {open}"),
        }
    }
}

fn phase(phase: Phase, language: Language) -> &'static str {
    match (phase, language) {
        (Phase::Reducing, Language::English) => "reducing",
        (Phase::Reducing, Language::French) => "réduction",
        (Phase::Building, Language::English) => "building",
        (Phase::Building, Language::French) => "construction",
        (Phase::Searching, Language::English) => "searching",
        (Phase::Searching, Language::French) => "recherche",
        (Phase::Bounding, Language::English) => "bounding",
        (Phase::Bounding, Language::French) => "majoration",
        (Phase::Proving, Language::English) => "proving",
        (Phase::Proving, Language::French) => "preuve",
        (_, Language::English) => "working",
        (_, Language::French) => "calcul",
    }
}

impl Observer for Watch {
    fn observe(&self, progress: Progress) -> Verdict {
        if !self.line.is_hidden() {
            self.line.set_message(self.message(progress));
            self.line.tick();
        }
        if self.should_stop() { Verdict::Stop } else { Verdict::Continue }
    }

    fn should_stop(&self) -> bool {
        if interrupt::asked() {
            return true;
        }
        let late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if late {
            self.late.store(true, Ordering::Relaxed);
        }
        late
    }
}
