use crate::reduction::Reduction;
use crate::{Problem, SiteId, Solution};

/// The best feasible choice known so far, recounted from the problem first given.
#[derive(Clone, Debug)]
pub(crate) struct Incumbent<'a> {
    problem: &'a Problem,
    best: Option<Solution>,
    /// Common divisor of all weights: values differ by multiples of it.
    unit: u64,
    /// The least value worth finding, where one hopes for more than a little better.
    hoped: i128,
}

impl<'a> Incumbent<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        Self { problem, best: None, unit: common_divisor(problem.weights()), hoped: 0 }
    }

    /// Returns its value; −1 when there is none, so that anything feasible is better.
    pub(crate) fn value(&self) -> i128 {
        self.best.as_ref().map_or(-1, |best| i128::from(best.value()))
    }

    /// Returns the least value that would be better, or that is hoped for.
    pub(crate) fn wanted(&self) -> i128 {
        self.best.as_ref().map_or(0, |best| i128::from(best.value()) + i128::from(self.unit)).max(self.hoped)
    }

    /// Wants at least this much, so that all that promises less is passed over.
    pub(crate) fn hoping(&self, value: i128) -> Self {
        Self { hoped: value, ..self.clone() }
    }

    /// Rounds an upper bound down to a value that a choice can have.
    pub(crate) fn attainable(&self, bound: i128) -> i128 {
        bound.div_euclid(i128::from(self.unit)) * i128::from(self.unit)
    }

    /// Takes a choice of sites of the first problem if it is feasible and covers more.
    pub(crate) fn offer(&mut self, open: &[SiteId]) {
        let solution = Solution::count(self.problem, open);
        if solution.is_feasible() && i128::from(solution.value()) > self.value() {
            self.best = Some(solution);
        }
    }

    /// Takes another incumbent of the same problem if it covers more.
    pub(crate) fn take(&mut self, other: Self) {
        if other.value() > self.value() {
            self.best = other.best;
        }
    }

    /// Returns the sites of a smaller problem that the best choice has open.
    pub(crate) fn within(&self, reduction: &Reduction) -> Vec<SiteId> {
        self.best.as_ref().map_or(Vec::new(), |best| reduction.within(best.sites()))
    }

    pub(crate) fn into_solution(self) -> Option<Solution> {
        self.best
    }
}

/// Returns the greatest common divisor of the weights, 1 when all are 0: values differ by multiples of it.
fn common_divisor(weights: &[u64]) -> u64 {
    let mut divisor = 0;
    for &weight in weights {
        let (mut larger, mut smaller) = (divisor, weight);
        while smaller != 0 {
            (larger, smaller) = (smaller, larger % smaller);
        }
        divisor = larger;
        if divisor == 1 {
            break;
        }
    }
    divisor.max(1)
}
