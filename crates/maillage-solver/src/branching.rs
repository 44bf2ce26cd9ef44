use crate::bound::LagrangianBound;
use crate::dive::Dive;
use crate::dual::Dual;
use crate::greedy::all_sites;
use crate::impossible::Impossible;
use crate::incumbent::Incumbent;
use crate::parallel;
use crate::probe::{Probe, Split};
use crate::reduction::Reduction;
use crate::stage::{Saddle, fixings};
use crate::trace::Trace;
use crate::{Fixing, Observer, SiteId};

/// How many iterations of the dual pass between looks at the bound.
const BLOCK: u32 = 40;

/// How many sites are tried both ways before one is branched on: always as many, on any number of threads.
const PROBED: usize = 12;

/// How many iterations of the dual each try may take.
const PROBE: u32 = 120;

/// How many of them are tried for longer than one block.
const REFINED: usize = 4;

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

/// What to do with a node whose sites were tried.
enum Choices {
    /// Some splits can only go one way: high, or not; the bound closes the other way.
    Decided(Vec<(Split, bool, LagrangianBound)>),
    /// This one is to be branched on.
    Branch(Box<Probe>),
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
                self.dive(&reduction, &dual);
            }
            let own_bound = dual.best().floor() + i128::from(reduction.base);
            if own_bound < self.incumbent.wanted() {
                self.trace.leaf(&reduction, dual.best());
                return;
            }
            let (mut decided, count) = fixings(&reduction, dual.best(), self.incumbent);
            self.trace.fix(&reduction, dual.best(), &decided, own_bound < bound);
            bound = bound.min(own_bound);
            let mut narrowed = None;
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
                    Some(Choices::Decided(splits)) => {
                        for (split, high, other_way) in splits {
                            let checkpoint = self.record(&reduction, split, !high);
                            self.trace.leaf(&reduction, &other_way);
                            self.trace.return_to(checkpoint);
                            let narrowed = narrowed.get_or_insert_with(|| reduction.clone());
                            split.take(high, narrowed, &mut decided);
                        }
                    }
                }
            }
            match narrowed.as_ref().unwrap_or(&reduction).then(&decided) {
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
        let mut last = dual.best().floor() + base;
        let mut slow = 0;
        loop {
            dual.advance(BLOCK, self.observer);
            self.spend(BLOCK, reduction);
            let bound = dual.best().floor() + base;
            let excess = bound - self.incumbent.wanted();
            if excess < 0 {
                return true;
            }
            // Worth going on while a block takes a tenth of the way off.
            slow = if last - bound <= excess / 10 { slow + 1 } else { 0 };
            if self.work == 0 || self.observer.should_stop() || slow == 1 {
                return false;
            }
            last = bound;
        }
    }

    fn spend(&mut self, iterations: u32, reduction: &Reduction) {
        self.iterations += u64::from(iterations);
        self.work = self.work.saturating_sub(u64::from(iterations) * reduction.iteration_work());
    }

    /// Looks for choices where the relaxation points to.
    fn dive(&mut self, reduction: &Reduction, dual: &Dual) {
        let most = self.work;
        let mut dive = Dive { incumbent: self.incumbent, observer: self.observer, work: 0, most, iterations: 0 };
        dive.round(reduction, dual);
        dive.down(reduction, dual);
        self.iterations += dive.iterations;
        self.work = self.work.saturating_sub(dive.work);
    }

    /// Tries the least decided sites and sums both ways; none where nothing is left to try.
    fn choose(&mut self, reduction: &Reduction, dual: &Dual, decided: &[Fixing]) -> Option<Choices> {
        let mut sites = least_decided(dual, reduction);
        sites.retain(|site| decided[site.index()] == Fixing::Free);
        let mut splits = undecided_sums(dual, reduction);
        splits.extend(sites.into_iter().take(PROBED).map(Split::Site));
        let wanted = self.incumbent.wanted() - i128::from(reduction.base);
        let observer = self.observer;
        let mut probes: Vec<Probe> = splits.into_iter().map(|split| Probe::new(split, dual)).collect();
        for (iterations, kept) in [(BLOCK, REFINED), (PROBE - BLOCK, 1)] {
            parallel::for_each(&mut probes, |probe| probe.advance(iterations, reduction, wanted, dual, observer));
            for _ in &probes {
                self.spend(2 * iterations, reduction);
            }
            let known: Vec<(Split, bool, LagrangianBound)> = probes
                .iter()
                .filter_map(|probe| probe.only_way(wanted).map(|(high, bound)| (probe.split, high, bound.clone())))
                .collect();
            if !known.is_empty() {
                return Some(Choices::Decided(known));
            }
            probes.sort_by(|one, other| other.score(dual).total_cmp(&one.score(dual)));
            probes.truncate(kept);
        }
        probes.pop().map(|probe| Choices::Branch(Box::new(probe)))
    }

    /// Records that the walk goes two ways.
    fn record(&mut self, reduction: &Reduction, split: Split, high_first: bool) -> crate::trace::Multipliers {
        match split {
            _ if !self.trace.is_recording() => crate::trace::Multipliers::default(),
            Split::Site(site) => self.trace.branch(reduction.sites[site.index()], high_first),
            Split::Sum(rule, most) => {
                let given = reduction.given(self.trace.rule(rule));
                self.trace.branch_sum(rule, most + given, high_first)
            }
        }
    }

    fn branch(&mut self, reduction: &Reduction, probe: Box<Probe>, decided: &[Fixing], bound: i128) {
        let Probe { split, low, high } = *probe;
        let high_first = !high.bound.is_below(&low.bound);
        let ways = if high_first { [(true, high), (false, low)] } else { [(false, low), (true, high)] };
        let mut checkpoint = Some(self.record(reduction, split, high_first));
        for (is_high, tried) in ways {
            let mut fixings = decided.to_vec();
            let mut parent = reduction.clone();
            split.take(is_high, &mut parent, &mut fixings);
            match parent.then(&fixings) {
                Ok(next) => {
                    let saddle = tried.saddle.carried(&parent, &next);
                    drop(parent);
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

    pub(crate) fn work_left(&self) -> u64 {
        self.work
    }

    /// Returns the largest bound given up on, the nodes seen and the iterations done.
    pub(crate) fn finish(self) -> (Option<i128>, u64, u64) {
        (self.given_up, self.nodes, self.iterations)
    }
}

/// Lists the counts of sites that are not whole in the relaxation.
fn undecided_sums(dual: &Dual, reduction: &Reduction) -> Vec<Split> {
    let rules = reduction.problem.rules().iter().enumerate();
    let counts =
        rules.filter(|(_, rule)| rule.coefficients.len() > 1 && rule.coefficients.iter().all(|entry| entry.1 == 1));
    counts
        .filter_map(|(number, rule)| {
            let sum: f64 = rule.coefficients.iter().map(|(site, _)| dual.openness()[site.index()]).sum();
            #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
            let most = sum.floor() as i64;
            let part = sum - sum.floor();
            // Either way must narrow the ends, or nothing would be gained and the same be tried for ever.
            let narrows = rule.least.is_none_or(|least| least <= most) && rule.most.is_none_or(|end| end > most);
            (narrows && (0.02..=0.98).contains(&part)).then_some(Split::Sum(number, most))
        })
        .collect()
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
