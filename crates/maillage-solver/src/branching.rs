use crate::bound::LagrangianBound;
use crate::chain::Chain;
use crate::choice::Choice;
use crate::dual::Dual;
use crate::greedy::all_sites;
use crate::incumbent::Incumbent;
use crate::parallel;
use crate::reduction::{Impossible, Reduction};
use crate::stage::{Saddle, fixings};
use crate::trace::Trace;
use crate::{Fixing, Observer, SiteId};

/// How many iterations of the dual pass between looks at the bound.
const BLOCK: u32 = 40;

/// How many sites are tried both ways before one is branched on: always as many, on any number of threads.
const PROBED: usize = 12;

/// How many iterations of the dual each try may take.
const PROBE: u32 = 120;

/// Depth-first branch and bound by the Lagrangian bound, each node starting from its parent's relaxation.
///
/// The site to branch on is the one that lowers the bound most both ways, as seen by trying (strong branching:
/// Applegate, Bixby, Chvátal and Cook 1995).
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

/// A site tried both ways.
struct Probe {
    site: SiteId,
    closed: Tried,
    open: Tried,
}

/// What one way of a try came to.
struct Tried {
    bound: LagrangianBound,
    saddle: Saddle,
}

/// What to do with a node whose sites were tried.
enum Choices {
    /// Some sites can only be one way.
    Decided(Vec<(SiteId, bool, LagrangianBound)>),
    /// This one is to be branched on.
    Branch(Probe),
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
    pub(crate) fn explore(&mut self, reduction: Reduction, saddle: Saddle, bound: i128) {
        let (mut reduction, mut saddle, mut bound) = (reduction, saddle, bound);
        self.nodes += 1;
        loop {
            if self.work == 0 || self.observer.should_stop() {
                self.give_up(bound);
                return;
            }
            let problem = &reduction.problem;
            let mut dual = Dual::from_saddle(problem, saddle, self.trace.scale_bits());
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
            let (mut decided, count) = fixings(&reduction, dual.best(), self.incumbent);
            self.trace.fix(&reduction, dual.best(), &decided, own_bound < bound);
            bound = bound.min(own_bound);
            if count * 8 < reduction.sites.len() {
                match self.choose(&reduction, &dual, &decided) {
                    None => {
                        self.give_up(bound);
                        return;
                    }
                    Some(Choices::Branch(probe)) => {
                        self.branch(&reduction, probe, &decided, bound);
                        return;
                    }
                    Some(Choices::Decided(sites)) => {
                        for (site, open, other_way) in sites {
                            let checkpoint = self.trace.branch(reduction.sites[site.index()], !open);
                            self.trace.leaf(&reduction, &other_way);
                            self.trace.return_to(checkpoint);
                            decided[site.index()] = if open { Fixing::Open } else { Fixing::Closed };
                        }
                    }
                }
            }
            match reduction.then(&decided) {
                Ok(next) => {
                    saddle = dual.saddle().carried(&reduction, &next);
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
            self.spend(BLOCK, reduction);
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

    fn spend(&mut self, iterations: u32, reduction: &Reduction) {
        self.iterations += u64::from(iterations);
        let entries = 2 * reduction.problem.coverage().pairs() + reduction.sites.len() * 8;
        self.work = self.work.saturating_sub(u64::from(iterations) * entries as u64);
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

    /// Tries the least decided sites both ways; none where nothing is left to try.
    fn choose(&mut self, reduction: &Reduction, dual: &Dual, decided: &[Fixing]) -> Option<Choices> {
        let mut sites = least_decided(dual, reduction);
        sites.retain(|site| decided[site.index()] == Fixing::Free);
        sites.truncate(PROBED);
        let wanted = self.incumbent.wanted() - i128::from(reduction.base);
        let observer = self.observer;
        let mut tries: Vec<(SiteId, Option<Probe>)> = sites.into_iter().map(|site| (site, None)).collect();
        parallel::for_each(&mut tries, |(site, probe)| {
            let [closed, open] = [false, true].map(|open| {
                let mut held = dual.hold(*site, open);
                for _ in 0..PROBE / BLOCK {
                    if held.best().floor() < wanted {
                        break;
                    }
                    held.advance(BLOCK, observer);
                }
                Tried { bound: held.best().clone(), saddle: held.saddle() }
            });
            *probe = Some(Probe { site: *site, closed, open });
        });
        for _ in &tries {
            self.spend(2 * PROBE, reduction);
        }
        let probes: Vec<Probe> = tries.into_iter().filter_map(|(_, probe)| probe).collect();
        let mut known = Vec::new();
        for probe in &probes {
            if probe.open.bound.floor() < wanted {
                known.push((probe.site, false, probe.open.bound.clone()));
            } else if probe.closed.bound.floor() < wanted {
                known.push((probe.site, true, probe.closed.bound.clone()));
            }
        }
        if !known.is_empty() {
            return Some(Choices::Decided(known));
        }
        let mut best: Option<(f64, Probe)> = None;
        for probe in probes {
            let score = probe.open.bound.below(dual.best()).max(0.01) * probe.closed.bound.below(dual.best()).max(0.01);
            if best.as_ref().is_none_or(|best| score > best.0) {
                best = Some((score, probe));
            }
        }
        best.map(|(_, probe)| Choices::Branch(probe))
    }

    fn branch(&mut self, reduction: &Reduction, probe: Probe, decided: &[Fixing], bound: i128) {
        let Probe { site, closed, open } = probe;
        let open_first = !closed.bound.is_below(&open.bound) ;
        let open_first = open_first || open.bound.floor() == closed.bound.floor();
        let ways = if open_first { [(true, open), (false, closed)] } else { [(false, closed), (true, open)] };
        let mut checkpoint = Some(self.trace.branch(reduction.sites[site.index()], open_first));
        for (open, tried) in ways {
            let mut fixings = decided.to_vec();
            fixings[site.index()] = if open { Fixing::Open } else { Fixing::Closed };
            match reduction.then(&fixings) {
                Ok(next) => {
                    let saddle = tried.saddle.carried(reduction, &next);
                    self.trace.dominated(&next);
                    self.explore(next, saddle, bound);
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

/// Lists sites, the least decided first: half open in the relaxation, and covering much.
fn least_decided(dual: &Dual, reduction: &Reduction) -> Vec<SiteId> {
    #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
    let score = |site: SiteId| {
        let openness = dual.openness()[site.index()];
        let demands = reduction.problem.coverage().demands_of(site);
        let weight: u64 = demands.iter().map(|demand| reduction.problem.weights()[demand.index()]).sum();
        openness.min(1.0 - openness) * weight as f64 - 1e-6 * dual.best().reduced_cost(site).abs()
    };
    let mut scored: Vec<(f64, SiteId)> = all_sites(&reduction.problem).map(|site| (score(site), site)).collect();
    scored.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    scored.into_iter().map(|(_, site)| site).collect()
}
