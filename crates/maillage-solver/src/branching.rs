use crate::chain::Chain;
use crate::choice::Choice;
use crate::dual::Dual;
use crate::greedy::all_sites;
use crate::incumbent::Incumbent;
use crate::reduction::{Impossible, Reduction};
use crate::stage::{Prices, fixings};
use crate::trace::Trace;
use crate::{Fixing, Observer, SiteId};

/// How many iterations of the dual pass between looks at the bound.
const BLOCK: u32 = 40;

/// Depth-first branch and bound by the Lagrangian bound, each node starting from its parent's multipliers.
pub(crate) struct Branching<'a, 'p> {
    incumbent: &'a mut Incumbent<'p>,
    observer: &'a dyn Observer,
    /// Array entries that may still be touched.
    work: u64,
    /// The largest bound among the nodes given up, in weight.
    given_up: Option<i128>,
    nodes: u64,
    iterations: u64,
    trace: &'a mut Trace<'p>,
}

impl<'a, 'p> Branching<'a, 'p> {
    pub(crate) fn new(
        incumbent: &'a mut Incumbent<'p>,
        trace: &'a mut Trace<'p>,
        observer: &'a dyn Observer,
        work: u64,
    ) -> Self {
        Self { incumbent, observer, work, given_up: None, nodes: 0, iterations: 0, trace }
    }

    /// Explores everything below a reduced problem whose bound, by the multipliers traced last, is `bound`.
    pub(crate) fn explore(&mut self, reduction: Reduction, prices: Prices, bound: i128) {
        let (mut reduction, mut prices, mut bound) = (reduction, prices, bound);
        self.nodes += 1;
        loop {
            if self.work == 0 || self.observer.should_stop() {
                self.give_up(bound);
                return;
            }
            let problem = &reduction.problem;
            let openness = vec![0.5; problem.coverage().sites()];
            let mut dual = Dual::new(problem, prices, openness, self.trace.scale_bits());
            if reduction.sites.is_empty() {
                self.incumbent.offer(&reduction.open);
                self.trace.leaf(&reduction, dual.best());
                return;
            }
            if !self.lower(&mut dual, &reduction) {
                self.look_nearby(&reduction, &dual);
            }
            let own_bound = dual.best().floor() + i128::from(reduction.base);
            if own_bound < self.incumbent.wanted() {
                self.trace.leaf(&reduction, dual.best());
                return;
            }
            let (decided, count) = fixings(&reduction, dual.best(), self.incumbent);
            self.trace.fix(&reduction, dual.best(), &decided, own_bound < bound);
            bound = bound.min(own_bound);
            if count * 8 < reduction.sites.len() {
                let site = branching_site(&dual, &reduction);
                self.branch(&reduction, &dual, &decided, site, bound);
                return;
            }
            match reduction.then(&decided) {
                Ok(next) => {
                    prices = dual.prices().carried(&next);
                    reduction = next;
                    self.trace.dominated(&reduction);
                }
                Err(impossible) => {
                    self.end(&impossible, bound);
                    return;
                }
            }
        }
    }

    /// Leaves a case unexplored under the bound it inherits.
    fn give_up(&mut self, bound: i128) {
        self.given_up = self.given_up.max(Some(bound));
        self.trace.inherited_leaf();
    }

    /// Ends a case that cannot be reduced.
    fn end(&mut self, impossible: &Impossible, bound: i128) {
        match impossible {
            Impossible::Rule(rule) => self.trace.impossible(*rule),
            Impossible::Floor(floor) => self.trace.impossible_floor(*floor),
            Impossible::Parts(_) => self.give_up(bound),
        }
    }

    /// Lowers the bound while that goes well; returns whether nothing better than the incumbent is left.
    fn lower(&mut self, dual: &mut Dual, reduction: &Reduction) -> bool {
        let base = i128::from(reduction.base);
        let mut last = i128::MAX;
        loop {
            dual.advance(BLOCK, self.observer);
            self.iterations += u64::from(BLOCK);
            let entries = 2 * reduction.problem.coverage().pairs() + reduction.sites.len() * 8;
            self.work = self.work.saturating_sub(u64::from(BLOCK) * entries as u64);
            let bound = dual.best().floor() + base;
            let excess = bound - self.incumbent.wanted();
            if excess < 0 {
                return true;
            }
            // Worth going on while a block takes a tenth of the way off.
            if self.work == 0 || self.observer.should_stop() || last - bound <= excess / 10 {
                return false;
            }
            last = bound;
        }
    }

    /// Rounds the relaxation to a choice and descends from it.
    fn look_nearby(&mut self, reduction: &Reduction, dual: &Dual) {
        let mut chain = Chain::new(Choice::new(&reduction.problem), self.nodes);
        chain.learn(&dual.best().rule_prices(), dual.openness());
        chain.round_up(dual.openness(), 0.5);
        chain.descend(self.observer);
        self.work = self.work.saturating_sub(chain.work());
        if let Some((sites, _)) = chain.best() {
            self.incumbent.offer(&reduction.expand(sites));
        }
    }

    fn branch(&mut self, reduction: &Reduction, dual: &Dual, decided: &[Fixing], site: SiteId, bound: i128) {
        let open_first = dual.openness()[site.index()] >= 0.3;
        let mut checkpoint = Some(self.trace.branch(reduction.sites[site.index()], open_first));
        for open in [open_first, !open_first] {
            let mut fixings = decided.to_vec();
            fixings[site.index()] = if open { Fixing::Open } else { Fixing::Closed };
            match reduction.then(&fixings) {
                Ok(next) => {
                    let prices = dual.prices().carried(&next);
                    self.trace.dominated(&next);
                    self.explore(next, prices, bound);
                }
                Err(impossible) => self.end(&impossible, bound),
            }
            if let Some(checkpoint) = checkpoint.take() {
                self.trace.return_to(checkpoint);
            }
        }
    }

    /// Returns the largest bound given up on, the nodes seen and the iterations done.
    pub(crate) fn finish(self) -> (Option<i128>, u64, u64) {
        (self.given_up, self.nodes, self.iterations)
    }
}

/// Picks the site that is least decided: half open in the relaxation, and covering much.
fn branching_site(dual: &Dual, reduction: &Reduction) -> SiteId {
    #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
    let score = |site: SiteId| {
        let openness = dual.openness()[site.index()];
        let demands = reduction.problem.coverage().demands_of(site);
        let weight: u64 = demands.iter().map(|demand| reduction.problem.weights()[demand.index()]).sum();
        openness.min(1.0 - openness) * weight as f64 - 1e-6 * dual.best().reduced_cost(site).abs()
    };
    let mut best = (f64::NEG_INFINITY, SiteId(0));
    for site in all_sites(&reduction.problem) {
        let score = score(site);
        if score > best.0 {
            best = (score, site);
        }
    }
    best.1
}
