//! Ctrl-C, SIGTERM and SIGHUP: the first asks the work to stop, the second ends it.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicBool = AtomicBool::new(false);

/// What a shell shows for a process ended by a second signal.
const SECOND_SIGNAL: i32 = 130;

/// Starts to listen. Where signals cannot be caught the program runs on without.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        // A file being put in its place is not left half done: that takes milliseconds.
        if ASKED.swap(true, Ordering::SeqCst) && !WRITING.load(Ordering::SeqCst) {
            std::process::exit(SECOND_SIGNAL);
        }
    });
}

/// Returns whether somebody asked the work to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Does what must not be broken off by a second signal.
pub(crate) fn whole<T>(work: impl FnOnce() -> T) -> T {
    WRITING.store(true, Ordering::SeqCst);
    let done = work();
    WRITING.store(false, Ordering::SeqCst);
    done
}
