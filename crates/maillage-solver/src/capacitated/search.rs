use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::CapacitatedProblem;
use super::assignment::Assignment;
use crate::greedy::all_sites;
use crate::{Fixing, Observer, SiteId};

/// A choice of sites with what it serves and the sums of its rules, kept while sites open and close.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    problem: &'a CapacitatedProblem,
    assignment: Assignment<'a>,
    activities: Vec<i64>,
}

/// By what a construction chooses the next site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Appetite {
    /// What it adds.
    Gain,
    /// What it adds for each unit of the given rule.
    GainPer(usize),
}

impl<'a> Choice<'a> {
    pub(super) fn of(problem: &'a CapacitatedProblem, open: &[SiteId]) -> Self {
        let activities = vec![0; problem.covering().rules().len()];
        let mut choice = Self { problem, assignment: Assignment::new(problem), activities };
        for &site in open {
            choice.open(site);
        }
        choice
    }

    /// Starts with the sites that are fixed open.
    pub(super) fn fixed(problem: &'a CapacitatedProblem) -> Self {
        let fixings = problem.covering().fixings();
        let fixed: Vec<SiteId> =
            all_sites(problem.covering()).filter(|site| fixings[site.index()] == Fixing::Open).collect();
        Self::of(problem, &fixed)
    }

    pub(super) fn served(&self) -> u64 {
        self.assignment.served()
    }

    pub(super) fn work(&self) -> u64 {
        self.assignment.work()
    }

    pub(super) fn sites(&self) -> Vec<SiteId> {
        all_sites(self.problem.covering()).filter(|&site| self.assignment.is_open(site)).collect()
    }

    /// Returns for each demand whether a site that covers it could add to what is served.
    pub(super) fn is_hungry(&mut self) -> Vec<bool> {
        self.assignment.is_hungry()
    }

    fn open(&mut self, site: SiteId) {
        self.assignment.open(site);
        for &(rule, by) in self.problem.covering().rules_of(site) {
            self.activities[rule as usize] += by;
        }
    }

    fn close(&mut self, site: SiteId) {
        self.assignment.close(site);
        for &(rule, by) in self.problem.covering().rules_of(site) {
            self.activities[rule as usize] -= by;
        }
    }

    fn is_free(&self, site: SiteId) -> bool {
        self.problem.covering().fixings()[site.index()] == Fixing::Free
    }

    /// Returns whether every rule allows its sum once a closed site opens, after another may have closed.
    fn opening_keeps_rules(&self, site: SiteId) -> bool {
        self.problem.covering().rules_of(site).iter().all(|&(rule, by)| {
            let rules = self.problem.covering().rules();
            rules[rule as usize].allows(self.activities[rule as usize] + by)
        })
    }

    /// Returns whether no rule's upper end is passed once a site opens.
    pub(super) fn opening_stays_below(&self, site: SiteId) -> bool {
        self.problem.covering().rules_of(site).iter().all(|&(rule, by)| {
            let most = self.problem.covering().rules()[rule as usize].most;
            by <= 0 || most.is_none_or(|most| self.activities[rule as usize] + by <= most)
        })
    }

    /// Returns whether the rules that opening a site does not touch, but closing one does, are kept.
    fn untouched_rules_hold(&self, closed: SiteId, opened: SiteId) -> bool {
        let touched = self.problem.covering().rules_of(opened);
        let rules = self.problem.covering().rules();
        self.problem.covering().rules_of(closed).iter().all(|&(rule, _)| {
            touched.iter().any(|entry| entry.0 == rule) || rules[rule as usize].allows(self.activities[rule as usize])
        })
    }

    /// Opens sites in the given order while no rule's upper end is passed.
    pub(super) fn open_in_order(&mut self, order: impl IntoIterator<Item = SiteId>) {
        for site in order {
            if self.is_free(site) && !self.assignment.is_open(site) && self.opening_stays_below(site) {
                self.open(site);
            }
        }
    }

    /// Returns for each site no less than what opening it adds.
    fn at_most(&mut self) -> Vec<u64> {
        let hungry = self.is_hungry();
        let covering = self.problem.covering();
        let coverage = covering.coverage();
        self.assignment.add_work(coverage.pairs());
        all_sites(covering)
            .zip(self.problem.capacities())
            .map(|(site, &capacity)| {
                let near = coverage.demands_of(site).iter().filter(|demand| hungry[demand.index()]);
                capacity.min(near.map(|demand| covering.weights()[demand.index()]).sum())
            })
            .collect()
    }

    /// Adds sites while some fitting one adds something, by lazy evaluation: what a site adds to a maximum flow never
    /// grows as others open (Minoux 1978).
    pub(super) fn fill(&mut self, appetite: Appetite, observer: &dyn Observer) {
        let at_most = self.at_most();
        let by = |choice: &Self, site: SiteId, gain: u64| -> u128 {
            let units = match appetite {
                Appetite::Gain => 1,
                Appetite::GainPer(rule) => {
                    let entries = choice.problem.covering().rules_of(site);
                    entries.iter().find(|entry| entry.0 as usize == rule).map_or(1, |entry| entry.1.max(1))
                }
            };
            (u128::from(gain) << 60) / u128::from(units.unsigned_abs())
        };
        let free = all_sites(self.problem.covering())
            .filter(|&site| self.is_free(site) && !self.assignment.is_open(site) && at_most[site.index()] > 0);
        let mut heap: BinaryHeap<(u128, Reverse<SiteId>)> =
            free.map(|site| (by(self, site, at_most[site.index()]), Reverse(site))).collect();
        while let Some((stale, Reverse(site))) = heap.pop() {
            if observer.should_stop() {
                return;
            }
            if !self.opening_keeps_upper_ends_and_lower(site) {
                continue;
            }
            let gain = self.assignment.gain_of(site);
            let fresh = (by(self, site, gain), Reverse(site));
            if gain == 0 {
                continue;
            }
            if fresh.0 < stale && heap.peek().is_some_and(|next| *next > fresh) {
                heap.push(fresh);
                continue;
            }
            self.open(site);
        }
    }

    /// Returns whether opening a site passes no upper end and breaks no lower one that holds.
    fn opening_keeps_upper_ends_and_lower(&self, site: SiteId) -> bool {
        self.opening_stays_below(site)
            && self.problem.covering().rules_of(site).iter().all(|&(rule, by)| {
                let rule_of = &self.problem.covering().rules()[rule as usize];
                let now = self.activities[rule as usize];
                by >= 0 || rule_of.least.is_none_or(|least| now + by >= least)
            })
    }

    /// Swaps open sites for closed ones while that serves more and keeps every rule; returns whether it served more.
    ///
    /// Stops where the work allowed is done.
    pub(super) fn improve(&mut self, work: u64, observer: &dyn Observer) -> bool {
        let end = self.work().saturating_add(work);
        let before = self.served();
        let mut since_better = 0;
        let mut turn: Vec<SiteId> = self.sites().into_iter().filter(|&site| self.is_free(site)).collect();
        let mut next = 0;
        while since_better < turn.len() && self.work() < end && !observer.should_stop() {
            let closed = turn[next];
            match self.best_swap(closed) {
                Some(opened) => {
                    turn[next] = opened;
                    since_better = 0;
                }
                None => since_better += 1,
            }
            next = (next + 1) % turn.len();
        }
        self.fill(Appetite::Gain, observer);
        self.served() > before
    }

    /// Closes a site and opens the one that then adds most, where that is better; else leaves all as it was.
    fn best_swap(&mut self, closed: SiteId) -> Option<SiteId> {
        let before = self.served();
        self.close(closed);
        let lost = before - self.served();
        let at_most = self.at_most();
        let mut order: Vec<(Reverse<u64>, SiteId)> = all_sites(self.problem.covering())
            .filter(|&site| {
                at_most[site.index()] > lost
                    && site != closed
                    && self.is_free(site)
                    && !self.assignment.is_open(site)
                    && self.opening_keeps_rules(site)
                    && self.untouched_rules_hold(closed, site)
            })
            .map(|site| (Reverse(at_most[site.index()]), site))
            .collect();
        order.sort_unstable();
        let mut best: Option<(u64, SiteId)> = None;
        for (Reverse(at_most), site) in order {
            let to_beat = best.map_or(lost, |best| best.0);
            if at_most <= to_beat {
                break;
            }
            let gain = self.assignment.gain_of(site);
            if gain > to_beat {
                best = Some((gain, site));
            }
        }
        self.open(best.map_or(closed, |best| best.1));
        best.map(|best| best.1)
    }

    /// Opens a site and closes the open one that costs least, where a swap keeps every rule.
    pub(super) fn force(&mut self, opened: SiteId) -> bool {
        if !self.is_free(opened) || self.assignment.is_open(opened) {
            return false;
        }
        let open: Vec<SiteId> = self.sites().into_iter().filter(|&site| self.is_free(site)).collect();
        let loads = self.assignment.loads();
        let mut order: Vec<(u64, SiteId)> = open.into_iter().map(|site| (loads[site.index()], site)).collect();
        order.sort_unstable();
        for (_, closed) in order {
            for &(rule, by) in self.problem.covering().rules_of(closed) {
                self.activities[rule as usize] -= by;
            }
            let fits = self.opening_keeps_rules(opened) && self.untouched_rules_hold(closed, opened);
            for &(rule, by) in self.problem.covering().rules_of(closed) {
                self.activities[rule as usize] += by;
            }
            if fits {
                self.close(closed);
                self.open(opened);
                return true;
            }
        }
        false
    }
}
