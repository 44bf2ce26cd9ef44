use crate::Reached;

/// People by whether they are in reach.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) under_served: u64,
    pub(crate) reached_before: u64,
    pub(crate) newly_reached: u64,
}

impl Tally {
    pub(super) fn add(&mut self, people: u64, reached: Reached) {
        self.under_served += people;
        match reached {
            Reached::Already => self.reached_before += people,
            Reached::Newly => self.newly_reached += people,
            Reached::No => {}
        }
    }
}
