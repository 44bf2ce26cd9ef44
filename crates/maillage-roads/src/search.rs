use crate::rows::Rows;

/// What one thread needs for its searches: made once, and told apart by a mark that rises instead of being emptied.
pub(crate) struct Search {
    limit: u32,
    /// The mark of the present search: what is known by it lies from here to here and the limit.
    mark: u32,
    /// For each junction the mark of its last search and the time that was left then: the more, the sooner.
    known: Vec<u32>,
    /// For each time the last entry of the queue, one past its position; 0 where there is none.
    buckets: Vec<u32>,
    /// (junction, the entry before it).
    queue: Vec<(u32, u32)>,
}

impl Search {
    pub(crate) fn new(junctions: usize, limit: u32) -> Self {
        let buckets = vec![0; limit as usize + 1];
        Self { limit, mark: 0, known: vec![0; junctions], buckets, queue: Vec::new() }
    }

    /// Goes backwards from the seeds, (junction, deciseconds), and tells each junction from which they can be reached
    /// within the limit, with its time, in the order of the times.
    ///
    /// A queue of buckets: times are small whole numbers, so each has a list of its own (Dial 1969).
    pub(crate) fn run(
        &mut self,
        arriving: &Rows<(u32, u32)>,
        seeds: impl IntoIterator<Item = (u32, u32)>,
        mut settled: impl FnMut(u32, u32),
    ) {
        // Marks rise by more than the limit, so that a time of this search beats whatever an earlier one left.
        let next = self.mark.checked_add(self.limit).and_then(|end| end.checked_add(1));
        self.mark = next.filter(|next| next.checked_add(self.limit).is_some()).unwrap_or_else(|| {
            self.known.fill(0);
            1
        });
        self.queue.clear();
        let mut first = u32::MAX;
        for (junction, time) in seeds {
            first = first.min(time);
            self.offer(junction, time);
        }
        for time in first..=self.limit {
            while let Some(entry) = self.buckets.get_mut(time as usize)
                && *entry != 0
            {
                let Some(&(junction, before)) = self.queue.get(*entry as usize - 1) else { break };
                *entry = before;
                // A shorter time may have overtaken this entry; no two entries of a junction have the same time.
                if self.known.get(junction as usize) != Some(&(self.mark + (self.limit - time))) {
                    continue;
                }
                settled(junction, time);
                for &(tail, cost) in arriving.of(junction) {
                    self.offer(tail, time.saturating_add(cost));
                }
            }
        }
    }

    #[inline]
    fn offer(&mut self, junction: u32, time: u32) {
        let Some(left) = self.limit.checked_sub(time) else { return };
        let left = self.mark + left;
        if let (Some(known), Some(bucket)) =
            (self.known.get_mut(junction as usize), self.buckets.get_mut(time as usize))
            && *known < left
        {
            *known = left;
            self.queue.push((junction, *bucket));
            *bucket = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_run_out_start_anew() {
        // A ring of five junctions, a second apart, in one direction.
        let arriving = Rows::new(5, || (0..5_u32).map(|at| (at, ((at + 4) % 5, 10))));
        let mut search = Search::new(5, 35);
        let from = |search: &mut Search, seed: u32| {
            let mut found = Vec::new();
            search.run(&arriving, [(seed, 5)], |junction, time| found.push((junction, time)));
            found
        };
        for mark in [0, u32::MAX - 80, u32::MAX - 72, u32::MAX - 71, u32::MAX - 36, u32::MAX] {
            search.mark = mark;
            search.known.fill(0);
            for seed in [2, 3, 0, 2] {
                let expected: Vec<(u32, u32)> = (0..4).map(|step| ((seed + 5 - step) % 5, 5 + 10 * step)).collect();
                assert_eq!(from(&mut search, seed), expected, "{mark}");
            }
        }
    }
}
