//! Ctrl-C, SIGTERM and SIGHUP: the first asks the work to stop, the second ends it.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicBool = AtomicBool::new(false);

/// What a shell shows for a process that a signal ended is this and the signal's number: 130 for Ctrl-C.
const SIGNALLED: i32 = 128;

/// Starts to listen. Where signals cannot be caught the program runs on without.
#[cfg(unix)]
pub(crate) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    if let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) {
        std::thread::spawn(move || signals.forever().for_each(came));
    }
}

/// Starts to listen. Where signals cannot be caught the program runs on without.
#[cfg(not(unix))]
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| came(2));
}

/// Asks the work to stop, or ends it when it was asked before.
fn came(signal: i32) {
    // A file being put in its place is not left half done: that takes milliseconds.
    if ASKED.swap(true, Ordering::SeqCst) && !WRITING.load(Ordering::SeqCst) {
        std::process::exit(SIGNALLED + signal);
    }
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
