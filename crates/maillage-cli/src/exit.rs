use std::process::ExitCode;

/// What the exit code tells scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Answered as asked.
    Answered = 0,
    /// Wrong usage.
    Usage = 2,
    /// Bad input data.
    BadData = 3,
    /// The request is impossible.
    Impossible = 4,
    /// Stopped by a signal with a plan written, or `--strict` not met.
    Stopped = 5,
    /// Stopped, nothing written.
    NothingWritten = 6,
    /// Reading or writing failed.
    Files = 7,
    /// More memory than allowed.
    TooLarge = 8,
    /// The self-check failed, nothing written.
    SelfCheck = 9,
    /// A bug of ours.
    Bug = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
