use crate::bound::LagrangianBound;
use crate::dual::Dual;
use crate::reduction::Reduction;
use crate::stage::Saddle;
use crate::{Fixing, Observer, SiteId};

/// What a case can be split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// A site: low is closed, high is open.
    Site(SiteId),
    /// The sum of a rule whose coefficients are whole numbers: low is at most this, high is more.
    Sum(usize, i64),
}

impl Split {
    /// Goes one way.
    pub(crate) fn take(self, high: bool, reduction: &mut Reduction, fixings: &mut [Fixing]) {
        match self {
            Self::Site(site) => fixings[site.index()] = if high { Fixing::Open } else { Fixing::Closed },
            Self::Sum(rule, most) => {
                let (least, most) = ends(most, high);
                reduction.problem = reduction.problem.narrowed(rule, least, most);
            }
        }
    }
}

/// A split tried both ways: how far the bound falls either way tells whether it is a good one.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    pub(crate) split: Split,
    pub(crate) low: Tried,
    pub(crate) high: Tried,
}

/// What one way of a split has come to.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    pub(crate) bound: LagrangianBound,
    pub(crate) saddle: Saddle,
}

impl Probe {
    /// Tries a split both ways, from where the relaxation of the whole case stands.
    pub(crate) fn new(split: Split, dual: &Dual) -> Self {
        let start = || Tried { bound: dual.best().clone(), saddle: dual.saddle() };
        Self { split, low: start(), high: start() }
    }

    /// Lowers the bounds of both ways by so many iterations, each only while it is at least `wanted`.
    pub(crate) fn advance(
        &mut self,
        iterations: u32,
        reduction: &Reduction,
        wanted: i128,
        from: &Dual,
        observer: &dyn Observer,
    ) {
        for (high, tried) in [(false, &mut self.low), (true, &mut self.high)] {
            if tried.bound.floor() < wanted {
                continue;
            }
            let bits = from.scale_bits();
            let saddle = tried.saddle.clone();
            match self.split {
                Split::Site(site) => {
                    tried.follow(
                        Dual::from_saddle(&reduction.problem, saddle, bits).holding(site, high),
                        iterations,
                        observer,
                    );
                }
                Split::Sum(rule, most) => {
                    let (least, most) = ends(most, high);
                    let narrowed = reduction.problem.narrowed(rule, least, most);
                    tried.follow(Dual::from_saddle(&narrowed, saddle, bits), iterations, observer);
                }
            }
        }
    }

    /// Returns the only way that can be better than what is known, with the bound that closes the other.
    pub(crate) fn only_way(&self, wanted: i128) -> Option<(bool, &LagrangianBound)> {
        if self.high.bound.floor() < wanted {
            Some((false, &self.high.bound))
        } else if self.low.bound.floor() < wanted {
            Some((true, &self.low.bound))
        } else {
            None
        }
    }

    /// Scores the split by how far the bound falls either way (the product rule: Achterberg, Koch and Martin 2005).
    pub(crate) fn score(&self, dual: &Dual) -> f64 {
        let fall = |tried: &Tried| tried.bound.below(dual.best()).max(0.01);
        fall(&self.low) * fall(&self.high)
    }
}

impl Tried {
    fn follow(&mut self, mut dual: Dual, iterations: u32, observer: &dyn Observer) {
        dual.advance(iterations, observer);
        self.bound = dual.best().clone();
        self.saddle = dual.saddle();
    }
}

/// Returns the ends that one way of splitting a sum gives it.
fn ends(most: i64, high: bool) -> (Option<i64>, Option<i64>) {
    if high { (Some(most + 1), None) } else { (None, Some(most)) }
}
