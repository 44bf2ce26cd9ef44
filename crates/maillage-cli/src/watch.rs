use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use maillage_io::{Language, Stop, gap};
use maillage_solver::{Observer, Phase, Progress, Verdict};

use crate::console::Console;
use crate::interrupt;
use crate::words::{grouped, percent_up};

/// Where standard error is no terminal, a line of progress is written this often at most, in seconds.
const BETWEEN_LINES: u64 = 10;

/// Watches the solver: shows progress, in place where standard error is a terminal, else as lines now and then; and
/// stops it by the clock or a signal.
pub(crate) struct Watch {
    deadline: Option<Instant>,
    late: AtomicBool,
    line: ProgressBar,
    /// Where lines are written now and then: the beginning, and the second at which the next is due.
    lines: Option<(Instant, AtomicU64)>,
    language: Language,
    /// What existing sites cover, left out of the values shown.
    before: u64,
}

impl Watch {
    pub(crate) fn new(started: Instant, limit: Option<Duration>, quiet: bool, language: Language, before: u64) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let line = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
            line.set_style(style);
        }
        let lines = (!quiet && line.is_hidden()).then(|| (Instant::now(), AtomicU64::new(BETWEEN_LINES)));
        Self {
            deadline: limit.and_then(|limit| started.checked_add(limit)),
            late: AtomicBool::new(false),
            line,
            lines,
            language,
            before,
        }
    }

    /// Returns what the solver was stopped for, should it say that it was.
    pub(crate) fn reason(&self) -> Stop {
        if interrupt::asked() && !self.late.load(Ordering::Relaxed) { Stop::Signal } else { Stop::Time }
    }

    /// Returns what the work was broken off for, if it was.
    pub(crate) fn broken_off(&self) -> Option<Stop> {
        (interrupt::asked() || self.late.load(Ordering::Relaxed)).then(|| self.reason())
    }

    pub(crate) fn finish(&self) {
        self.line.finish_and_clear();
    }

    fn message(&self, progress: Progress) -> String {
        let (value, bound) = (progress.value.saturating_sub(self.before), progress.bound.saturating_sub(self.before));
        let open = gap(value, bound, bound).map_or_else(|| "?".to_owned(), |share| percent_up(share, self.language));
        let (value, bound) = (grouped(value, self.language), grouped(bound, self.language));
        let phase = phase(progress.phase, self.language);
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_secs());
        let left = left.map_or_else(String::new, |seconds| match self.language {
            Language::English => format!(", {} left", clock(seconds)),
            Language::French => format!(", reste {}", clock(seconds)),
        });
        match self.language {
            Language::English => format!("{phase}: {value} found, at most {bound} possible, gap {open}{left}"),
            Language::French => format!("{phase} : {value} trouvés, {bound} possibles au plus, écart {open}{left}"),
        }
    }

    /// Writes a line where one is due.
    fn tell(&self, progress: Progress) {
        let Some((begun, due)) = &self.lines else { return };
        let now = begun.elapsed().as_secs();
        let next = due.load(Ordering::Relaxed);
        // Of several threads that find it due, one writes it.
        let mine = |next| due.compare_exchange(next, now + BETWEEN_LINES, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if now >= next && mine(next) {
            Console::line(&self.message(progress));
        }
    }
}

/// Writes seconds as minutes and seconds, hours before them where there are any.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
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
        self.tell(progress);
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
