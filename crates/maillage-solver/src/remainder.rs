use crate::branching::Branching;
use crate::incumbent::Incumbent;
use crate::reduction::Reduction;
use crate::stage::Saddle;
use crate::trace::Trace;
use crate::{Fixing, Observer, Problem};

/// What is left of a problem between two rounds of the bound, as the searches for a better choice are given it.
#[derive(Clone, Copy)]
pub(crate) struct Remainder<'a, 'r> {
    /// The problem first given.
    pub problem: &'a Problem,
    pub reduction: &'r Reduction,
    /// Where the relaxation stands.
    pub saddle: &'r Saddle,
    pub observer: &'r dyn Observer,
}

impl<'a> Remainder<'a, '_> {
    /// Branches, for so much work, on what is left when sites are fixed like this too; returns whether that was all.
    pub(crate) fn branch(&self, fixings: &[Fixing], incumbent: &mut Incumbent<'a>, work: u64) -> bool {
        let Ok(part) = self.reduction.then(fixings) else { return true };
        let saddle = self.saddle.carried(self.reduction, &part);
        let mut unrecorded = Trace::unrecorded(self.problem);
        let mut branching = Branching::new(incumbent, &mut unrecorded, self.observer, work);
        branching.explore(part, saddle, i128::MAX);
        branching.finish().0.is_none()
    }
}
