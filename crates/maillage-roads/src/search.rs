use crate::rows::Rows;

/// What one thread needs for its searches: made once, and told apart by a version instead of being emptied.
pub(crate) struct Search {
    version: u32,
    /// For each junction the version and the time of its last search.
    known: Vec<(u32, u32)>,
    /// For each time the last entry of the queue, one past its position; 0 where there is none.
    buckets: Vec<u32>,
    /// (junction, the entry before it).
    queue: Vec<(u32, u32)>,
}

impl Search {
    pub(crate) fn new(junctions: usize, limit: u32) -> Self {
        Self { version: 0, known: vec![(0, 0); junctions], buckets: vec![0; limit as usize + 1], queue: Vec::new() }
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
        if self.version == u32::MAX {
            self.known.fill((0, 0));
            self.version = 0;
        }
        self.version += 1;
        self.queue.clear();
        let mut first = u32::MAX;
        for (junction, time) in seeds {
            first = first.min(time);
            self.offer(junction, time);
        }
        for time in first..u32::try_from(self.buckets.len()).unwrap_or(u32::MAX) {
            while let Some(entry) = self.buckets.get_mut(time as usize)
                && *entry != 0
            {
                let Some(&(junction, before)) = self.queue.get(*entry as usize - 1) else { break };
                *entry = before;
                let Some(known) = self.known.get_mut(junction as usize) else { continue };
                // Entries that a shorter time has overtaken, and second entries of one time, are passed over.
                if known.1 & !SETTLED != time || known.1 & SETTLED != 0 {
                    continue;
                }
                known.1 |= SETTLED;
                settled(junction, time);
                for &(tail, cost) in arriving.of(junction) {
                    self.offer(tail, time.saturating_add(cost));
                }
            }
        }
    }

    #[inline]
    fn offer(&mut self, junction: u32, time: u32) {
        let Some(known) = self.known.get_mut(junction as usize) else { return };
        if known.0 == self.version && known.1 & !SETTLED <= time {
            return;
        }
        if let Some(bucket) = self.buckets.get_mut(time as usize) {
            *known = (self.version, time);
            self.queue.push((junction, *bucket));
            *bucket = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
        }
    }
}

/// Marks times that are final; limits are below 2³¹ deciseconds.
const SETTLED: u32 = 1 << 31;
