use crate::annealing::Annealing;
use crate::incumbent::Incumbent;
use crate::merging::Merging;
use crate::parallel;
use crate::remainder::Remainder;

/// How hot the runs side by side start, in parts of what an open site covers on average, in turns: one stays near the
/// best choice, one goes far.
const HEATS: [[f64; 2]; 3] = [[0.006, 0.016], [0.009, 0.02], [0.012, 0.024]];

/// Work of the first runs, in array entries; each time there is twice as much, up to the last.
const FIRST_WORK: u64 = 4_000_000;
const MOST_DOUBLINGS: u32 = 6;

/// After so many times without anything better, what was met is forgotten and runs take twice as long.
const STALE: u32 = 6;

/// Times before choices are merged.
const ALONE: u32 = 2;

/// Array entries that each merging of choices may touch.
const MERGING_WORK: u64 = 150_000_000;

/// Simulated annealing from the best choice known, again and again, and exact merging of what it meets.
#[derive(Clone, Debug)]
pub(crate) struct Annealer {
    merging: Merging,
    times: u32,
    most_doublings: u32,
    stale: u32,
}

impl Annealer {
    pub(crate) fn new() -> Self {
        Self { merging: Merging::new(), times: 0, most_doublings: MOST_DOUBLINGS, stale: 0 }
    }

    /// Looks for a better choice among those of a reduced problem; returns the work done.
    ///
    /// Problems with floors are left to the other searches.
    pub(crate) fn improve<'a>(&mut self, remainder: Remainder<'a, '_>, incumbent: &mut Incumbent<'a>) -> u64 {
        let Remainder { reduction, observer, .. } = remainder;
        let open = incumbent.within(reduction);
        if !reduction.problem.floors().is_empty() || open.is_empty() {
            return 0;
        }
        let start = Annealing::new(&reduction.problem, &open);
        if !start.keeps_rules() {
            return 0;
        }
        let before = incumbent.value();
        let work = FIRST_WORK << self.times.min(self.most_doublings);
        let heats = HEATS[self.times as usize % HEATS.len()];
        let first = u64::from(self.times) * heats.len() as u64;
        let mut runs: Vec<(f64, Annealing)> =
            (first..).zip(heats).map(|(seed, heat)| (heat, start.reseeded(seed))).collect();
        parallel::for_each(&mut runs, |(heat, run)| run.cool(*heat, work, observer));
        let mut done = work * heats.len() as u64;
        for (_, run) in runs {
            let (value, choice) = run.into_best();
            incumbent.offer(&reduction.expand(&choice));
            self.merging.offer(value, choice);
        }
        if self.times >= ALONE {
            self.merging.improve(remainder, incumbent, MERGING_WORK);
            done += 2 * MERGING_WORK;
        }
        self.times += 1;
        self.stale = if incumbent.value() > before { 0 } else { self.stale + 1 };
        if self.stale >= STALE {
            self.stale = 0;
            self.merging.forget();
            self.most_doublings = (self.most_doublings + 1).min(MOST_DOUBLINGS + 4);
        }
        done
    }
}
