use crate::bound::{LagrangianBound, scale_bits_for, scaled_values};
use crate::counts::counting;
use crate::impossible::Impossible;
use crate::reduction::Reduction;
use crate::{Certificate, DemandId, Fixing, Problem, SiteId, SiteRule, SolveError, Step};

/// Records the steps of a proof while it is found, in the terms of the problem first given.
#[derive(Clone, Debug)]
pub(crate) struct Trace<'a> {
    problem: &'a Problem,
    scale_bits: u32,
    /// Nothing where no certificate is asked for.
    steps: Option<Vec<Step>>,
    /// The multipliers that hold at the present step.
    present: Multipliers,
    cut: Option<Cut>,
    /// Rules that count open sites, beside those of the problem.
    counts: Vec<SiteRule>,
}

/// Multipliers λ of demands, μ of rules and ν of floors, × scale.
#[derive(Clone, Debug, Default)]
pub(crate) struct Multipliers {
    demands: Vec<i64>,
    rules: Vec<i64>,
    floors: Vec<i64>,
}

/// Where the walk could end at once with the best bound so far, before any branching.
#[derive(Clone, Debug)]
struct Cut {
    bound: i128,
    steps: usize,
    present: Multipliers,
    best: Multipliers,
}

impl<'a> Trace<'a> {
    pub(crate) fn new(problem: &'a Problem, scale_bits: u32, wanted: bool) -> Self {
        let demands = if wanted { problem.weights().len() } else { 0 };
        let present = Multipliers {
            demands: vec![0; demands],
            rules: vec![0; problem.rules().len()],
            floors: vec![0; problem.floors().len()],
        };
        Self { problem, scale_bits, steps: wanted.then(Vec::new), present, cut: None, counts: Vec::new() }
    }

    /// Makes a trace that keeps nothing, for searches that prove nothing.
    pub(crate) fn unrecorded(problem: &'a Problem) -> Self {
        Self::new(problem, scale_bits_for(problem), false)
    }

    pub(crate) fn is_recording(&self) -> bool {
        self.steps.is_some()
    }

    pub(crate) fn scale_bits(&self) -> u32 {
        self.scale_bits
    }

    /// Remembers a bound that holds for everything from the present step on, if it is the lowest so far.
    pub(crate) fn consider(&mut self, reduction: &Reduction, bound: &LagrangianBound) {
        let Some(steps) = &self.steps else { return };
        let value = bound.floor() + i128::from(reduction.base);
        if self.cut.as_ref().is_none_or(|cut| value < cut.bound) {
            let best = self.multipliers(reduction, bound);
            self.cut = Some(Cut { bound: value, steps: steps.len(), present: self.present.clone(), best });
        }
    }

    /// Goes on under the multipliers of the lowest bound so far: they hold for everything from there on.
    pub(crate) fn adopt_lowest(&mut self) {
        if let Some(cut) = &self.cut {
            let best = cut.best.clone();
            self.change_to(best);
        }
    }

    /// Records which sites a reduction dropped in favour of others.
    pub(crate) fn dominated(&mut self, reduction: &Reduction) {
        if let Some(steps) = &mut self.steps
            && !reduction.dominated.is_empty()
        {
            steps.push(Step::Dominated(reduction.dominated.clone()));
        }
    }

    /// Records the sites that a bound decides, and its multipliers; `stay` under them or return to the present ones.
    pub(crate) fn fix(&mut self, reduction: &Reduction, bound: &LagrangianBound, fixings: &[Fixing], stay: bool) {
        let decided: Vec<(SiteId, bool)> = fixings
            .iter()
            .zip(&reduction.sites)
            .filter(|(fixing, _)| **fixing != Fixing::Free)
            .map(|(fixing, &site)| (site, *fixing == Fixing::Open))
            .collect();
        if self.steps.is_none() || (decided.is_empty() && !stay) {
            return;
        }
        let present = self.present.clone();
        self.change_to(self.multipliers(reduction, bound));
        if !decided.is_empty() {
            self.push(Step::Fix(decided));
        }
        if !stay {
            self.change_to(present);
        }
    }

    /// Records that the walk goes two ways, and returns the multipliers to return to for the second.
    pub(crate) fn branch(&mut self, site: SiteId, open_first: bool) -> Multipliers {
        self.push(Step::Branch(site, open_first));
        self.present.clone()
    }

    /// Adds rules that count the open sites of each group, after those of the problem.
    pub(crate) fn count(&mut self, groups: Vec<Vec<SiteId>>) {
        for group in groups {
            self.counts.push(counting(&group));
            self.present.rules.push(0);
            self.push(Step::Count(group));
        }
    }

    /// Returns a rule of the problem first given, or one that counts.
    pub(crate) fn rule(&self, number: usize) -> &SiteRule {
        let rules = self.problem.rules();
        rules.get(number).unwrap_or_else(|| &self.counts[number - rules.len()])
    }

    /// Records that the walk goes two ways by the sum of a rule: at most this, or more.
    pub(crate) fn branch_sum(&mut self, rule: usize, most: i64, more_first: bool) -> Multipliers {
        let rule = u32::try_from(rule).unwrap_or(u32::MAX);
        self.push(Step::BranchSum { rule, most, more_first });
        self.present.clone()
    }

    /// Goes back to the multipliers that held where the walk went two ways, as a checker does.
    pub(crate) fn return_to(&mut self, multipliers: Multipliers) {
        self.present = multipliers;
    }

    /// Ends a case by a bound.
    pub(crate) fn leaf(&mut self, reduction: &Reduction, bound: &LagrangianBound) {
        if self.steps.is_some() {
            self.change_to(self.multipliers(reduction, bound));
            self.push(Step::Leaf);
        }
    }

    /// Ends a case by the multipliers that hold already.
    pub(crate) fn inherited_leaf(&mut self) {
        self.push(Step::Leaf);
    }

    /// Ends a case by a rule that cannot hold.
    pub(crate) fn impossible(&mut self, rule: usize) {
        self.push(Step::Impossible(u32::try_from(rule).unwrap_or(u32::MAX)));
    }

    /// Ends a case by a floor that cannot hold.
    pub(crate) fn impossible_floor(&mut self, floor: usize) {
        self.push(Step::ImpossibleFloor(u32::try_from(floor).unwrap_or(u32::MAX)));
    }

    /// Returns the certificate of a bound (none: that nothing is feasible), where one is asked for: the whole walk
    /// where `complete`, else the walk cut where the lowest bound was known.
    pub(crate) fn finish(mut self, bound: Option<u64>, complete: bool) -> Option<Certificate> {
        if !complete && let (Some(cut), Some(steps)) = (self.cut.take(), &mut self.steps) {
            steps.truncate(cut.steps);
            self.present = cut.present;
            self.change_to(cut.best);
            self.push(Step::Leaf);
        }
        self.steps.map(|steps| Certificate { scale_bits: self.scale_bits, bound, steps })
    }

    /// Returns the error for a problem that cannot be reduced, with the certificate where one is asked for.
    pub(crate) fn refused(mut self, impossible: Impossible) -> SolveError {
        match &impossible {
            Impossible::Rule(rule) => self.impossible(*rule),
            Impossible::Floor(floor) => self.impossible_floor(*floor),
            Impossible::Parts(_) => {}
        }
        SolveError::from(impossible).proved(self.finish(None, true))
    }

    fn push(&mut self, step: Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(step);
        }
    }

    fn multipliers(&self, reduction: &Reduction, bound: &LagrangianBound) -> Multipliers {
        // A floor that open sites reach is empty in the smaller problem, where its multiplier counts for nothing.
        let reached = reduction.problem.floors().iter().map(|floor| floor.least == 0);
        let floors = bound.scaled_floor_prices().iter().zip(reached);
        let floors: Vec<i64> = floors.map(|(&price, reached)| if reached { 0 } else { price }).collect();
        Multipliers {
            demands: spread(self.problem, reduction, bound.scaled_demand_prices(), &floors, self.scale_bits),
            rules: bound.scaled_rule_prices().to_vec(),
            floors,
        }
    }

    /// Records multipliers as changes to the ones that hold.
    fn change_to(&mut self, multipliers: Multipliers) {
        if self.steps.is_none() {
            return;
        }
        let demands = changes(&self.present.demands, &multipliers.demands);
        let rules = changes(&self.present.rules, &multipliers.rules);
        let floors = changes(&self.present.floors, &multipliers.floors);
        self.present = multipliers;
        if !(demands.is_empty() && rules.is_empty() && floors.is_empty()) {
            let demands = demands.into_iter().map(|(demand, price)| (DemandId(demand), price)).collect();
            self.push(Step::Prices { demands, rules, floors });
        }
    }
}

/// Lists the positions where the new numbers differ, with the new ones.
fn changes(old: &[i64], new: &[i64]) -> Vec<(u32, i64)> {
    (0..).zip(old.iter().zip(new)).filter(|(_, (old, new))| old != new).map(|(at, (_, new))| (at, *new)).collect()
}

/// Spreads the multipliers of merged demands over the demands of the problem first given, so that the bound counted
/// from them is the same: a demand that open sites cover has 0, one that nobody can cover its whole weight.
fn spread(problem: &Problem, reduction: &Reduction, merged: &[i64], floors: &[i64], scale_bits: u32) -> Vec<i64> {
    let mut left = merged.to_vec();
    let values = scaled_values(problem, floors, scale_bits);
    let mut prices: Vec<i64> = values
        .into_iter()
        .zip(&reduction.origins)
        .map(|(value, &origin)| {
            let whole = i64::try_from(value).unwrap_or(i64::MAX);
            match origin {
                Some(demand) => {
                    let part = left[demand.index()].min(whole);
                    left[demand.index()] -= part;
                    part
                }
                None => whole,
            }
        })
        .collect();
    for &site in &reduction.open {
        for demand in problem.coverage().demands_of(site) {
            prices[demand.index()] = 0;
        }
    }
    prices
}
