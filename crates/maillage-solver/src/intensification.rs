use crate::annealer::Annealer;
use crate::dual::Dual;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::remainder::Remainder;
use crate::{Observer, Problem, neighbourhood};

/// Problems of fewer sites are branched on whole rather than in parts.
const WORTH_PARTING: usize = 600;

/// Of more pairs than this, even one block of the bound of a part takes longer than parts are worth.
const MOST_PARTED: usize = 2_000_000;

/// From so many pairs on, annealing pays, and a relaxation made smaller goes on from where it stood. Below, starting
/// again from the best choice takes little time, and leads the search to other places.
pub(crate) const DEAR: usize = 100_000;

/// Rounds before the first annealing.
const BEFORE_ANNEALING: u64 = 4;

/// Array entries that solving one part may touch.
const PART_WORK: u64 = 30_000_000;

/// Array entries that solving what the relaxation supports may touch.
const SUPPORT_WORK: u64 = 150_000_000;

/// The longer searches for a better choice between rounds of the bound, in turns: parts solved exactly, annealing, and
/// what the relaxation supports solved exactly.
#[derive(Clone, Debug)]
pub(crate) struct Intensification {
    parts: bool,
    anneals: bool,
    annealer: Annealer,
    /// How many sites of the support are left free.
    support: usize,
    rounds: u64,
}

impl Intensification {
    /// Plans what pays for a problem of this size.
    pub(crate) fn of(reduction: &Reduction) -> Self {
        let coverage = reduction.problem.coverage();
        Self {
            parts: coverage.sites() >= WORTH_PARTING && coverage.pairs() <= MOST_PARTED,
            anneals: coverage.pairs() >= DEAR,
            annealer: Annealer::new(),
            support: neighbourhood::FIRST_SUPPORT,
            rounds: 0,
        }
    }

    /// Takes its turn after a round; returns the work done.
    pub(crate) fn improve<'a>(
        &mut self,
        problem: &'a Problem,
        (reduction, dual): (&Reduction, &Dual),
        incumbent: &mut Incumbent<'a>,
        observer: &dyn Observer,
    ) -> u64 {
        let round = self.rounds;
        self.rounds += 1;
        let parts = self.parts && round % 2 == 1;
        let anneals = self.anneals && round.is_multiple_of(2) && round >= BEFORE_ANNEALING;
        if incumbent.value() < 0 || !(parts || anneals) {
            return 0;
        }
        let remainder = Remainder { problem, reduction, saddle: &dual.saddle(), observer };
        let mut done = 0;
        if parts {
            neighbourhood::improve(remainder, incumbent, (round, PART_WORK));
            done += neighbourhood::SIDE_BY_SIDE * PART_WORK;
        }
        if anneals {
            done += self.annealer.improve(remainder, incumbent);
        }
        if parts && round % 4 == 3 {
            self.support = neighbourhood::improve_support(remainder, incumbent, (self.support, SUPPORT_WORK));
            done += 2 * SUPPORT_WORK;
        }
        done
    }
}
