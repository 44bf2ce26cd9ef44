//! An observer that wants no more.

use maillage_solver::{Observer, Progress, Verdict};

/// Says stop at once.
pub struct Impatient;

impl Observer for Impatient {
    fn observe(&self, _: Progress) -> Verdict {
        Verdict::Stop
    }

    fn should_stop(&self) -> bool {
        true
    }
}
