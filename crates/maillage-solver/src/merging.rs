use std::collections::VecDeque;

use crate::incumbent::Incumbent;
use crate::remainder::Remainder;
use crate::{Fixing, SiteId, parallel};

/// How many choices are kept of each kind.
const KEPT: usize = 12;

/// Choices met by different ways, among whose sites the best choice is looked for exactly (tours are merged so by
/// Cook and Seymour 2003).
#[derive(Clone, Debug)]
pub(crate) struct Merging {
    /// The best choices, all different, best first.
    best: Vec<(u64, Vec<SiteId>)>,
    latest: VecDeque<Vec<SiteId>>,
    /// How many of the best and of the latest are merged.
    merged: [usize; 2],
}

impl Merging {
    pub(crate) fn new() -> Self {
        Self { best: Vec::new(), latest: VecDeque::new(), merged: [KEPT; 2] }
    }

    /// Keeps a choice with its value.
    pub(crate) fn offer(&mut self, value: u64, mut choice: Vec<SiteId>) {
        choice.sort_unstable();
        self.latest.push_front(choice.clone());
        self.latest.truncate(KEPT);
        let place = self.best.partition_point(|kept| kept.0 >= value);
        let alike = self.best.get(..place).unwrap_or_default().iter().rev().take_while(|kept| kept.0 == value);
        if alike.into_iter().all(|kept| kept.1 != choice) {
            self.best.insert(place, (value, choice));
            self.best.truncate(KEPT);
        }
    }

    /// Forgets all choices but the best one.
    pub(crate) fn forget(&mut self) {
        self.best.truncate(1);
        self.latest.clear();
    }

    /// Solves what is left when the sites that all choices have open are open and those that none has are closed:
    /// once for the best choices, once for the latest, each for so much work.
    ///
    /// Fewer choices are merged the next time where the work did not suffice.
    pub(crate) fn improve<'a>(&mut self, remainder: Remainder<'a, '_>, incumbent: &mut Incumbent<'a>, work: u64) {
        let best = self.best.iter().map(|kept| kept.1.as_slice());
        let latest = best.clone().take(1).chain(self.latest.iter().map(Vec::as_slice));
        let sites = remainder.reduction.problem.coverage().sites();
        let fixings = [between(best.take(self.merged[0]), sites), between(latest.take(self.merged[1]), sites)];
        let mut tasks = fixings.map(|fixings| (fixings, incumbent.clone(), false));
        parallel::for_each(&mut tasks, |(fixings, incumbent, finished)| {
            *finished = remainder.branch(fixings, incumbent, work);
        });
        for (merged, (_, found, finished)) in self.merged.iter_mut().zip(tasks) {
            incumbent.take(found);
            *merged = if finished { *merged + 1 } else { *merged * 3 / 4 }.clamp(3, KEPT);
        }
    }
}

/// Leaves free the sites that some of the choices have open and others closed.
fn between<'c>(choices: impl Iterator<Item = &'c [SiteId]>, sites: usize) -> Vec<Fixing> {
    let mut counts = vec![0; sites];
    let mut all = 0;
    for choice in choices {
        all += 1;
        for site in choice {
            counts[site.index()] += 1;
        }
    }
    let fixing = |count| match count {
        0 => Fixing::Closed,
        count if count == all => Fixing::Open,
        _ => Fixing::Free,
    };
    counts.into_iter().map(fixing).collect()
}
