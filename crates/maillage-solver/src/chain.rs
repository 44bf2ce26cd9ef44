use std::cmp::Reverse;

use crate::choice::Choice;
use crate::descent::Descent;
use crate::greedy::all_sites;
use crate::random::Random;
use crate::{Observer, SiteId};

/// One chain of the search: local optimum, kick, local optimum again, kept when it is no worse.
///
/// A kick closes or forces open a few sites; the swaps that follow look only at sites near what changed, so that one
/// kick costs thousands of array entries whatever the size of the region.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    descent: Descent<'a>,
    random: Random,
    /// The best choice that keeps the rules, and its value.
    best: Option<(Vec<SiteId>, u64)>,
    /// Sites that the relaxation neither opens nor closes.
    undecided: Vec<SiteId>,
    kicks: u64,
}

impl<'a> Chain<'a> {
    pub(crate) fn new(choice: Choice<'a>, seed: u64) -> Self {
        let mut chain = Self {
            descent: Descent::new(choice),
            random: Random::new(seed),
            best: None,
            undecided: Vec::new(),
            kicks: 0,
        };
        chain.keep_best();
        chain
    }

    pub(crate) fn best(&self) -> Option<(&[SiteId], u64)> {
        self.best.as_ref().map(|(sites, value)| (sites.as_slice(), *value))
    }

    pub(crate) fn work(&self) -> u64 {
        self.choice().work()
    }

    pub(crate) fn kicks(&self) -> u64 {
        self.kicks
    }

    fn choice(&self) -> &Choice<'a> {
        self.descent.choice()
    }

    /// Learns from the bound what rules cost, and which sites the relaxation leaves undecided.
    pub(crate) fn learn(&mut self, rule_prices: &[f64], openness: &[f64]) {
        self.descent.learn(rule_prices);
        self.undecided.clear();
        let sites = all_sites(self.descent.choice().problem()).zip(openness);
        self.undecided.extend(sites.filter(|(_, openness)| (0.02..=0.98).contains(*openness)).map(|(site, _)| site));
    }

    /// Takes up the relaxation's choice, its most open sites first, from those at least `least` open.
    pub(crate) fn round_up(&mut self, openness: &[f64], least: f64) {
        let mut order: Vec<(f64, SiteId)> = openness
            .iter()
            .zip(all_sites(self.choice().problem()))
            .filter(|(openness, _)| **openness >= least)
            .map(|(&openness, site)| (openness, site))
            .collect();
        order.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let order: Vec<SiteId> = order.into_iter().map(|(_, site)| site).collect();
        self.descent.restart_from(&order);
    }

    /// Takes up another choice as the one to go on from.
    pub(crate) fn move_to(&mut self, open: &[SiteId]) {
        self.descent.restart_from(open);
        self.keep_best();
    }

    /// Swaps and adds until no single move over all sites helps.
    pub(crate) fn descend(&mut self, observer: &dyn Observer) {
        self.descent.run(observer);
        self.descent.accept();
        self.keep_best();
    }

    /// Kicks until about so many array entries were touched.
    pub(crate) fn run(&mut self, work: u64, observer: &dyn Observer) {
        let end = self.work() + work;
        while self.work() < end && !observer.should_stop() {
            self.kick();
        }
    }

    fn keep_best(&mut self) {
        let choice = self.descent.choice();
        if self.best.as_ref().is_none_or(|best| choice.value() > best.1) && choice.excess() == 0 {
            self.best = Some((choice.open_sites().to_vec(), choice.value()));
        }
    }

    /// Disturbs the choice, mends it nearby, and keeps it when it is no worse.
    fn kick(&mut self) {
        self.kicks += 1;
        self.descent.add_work(256);
        let before = (self.choice().excess(), Reverse(self.choice().value()));
        match self.random.below(4) {
            0 | 1 => self.close_neighbours(),
            2 => self.force_open(),
            _ => self.close_anywhere(),
        }
        self.descent.fill();
        self.descent.settle();
        if (self.choice().excess(), Reverse(self.choice().value())) <= before {
            self.descent.accept();
            self.keep_best();
        } else {
            self.descent.undo();
        }
    }

    /// Closes one to four neighbouring sites and opens a stranger among them.
    fn close_neighbours(&mut self) {
        let Some(centre) = self.random.pick(self.descent.choice().open_sites()) else { return };
        let mut closed = centre;
        for _ in 0..=self.random.below(4) {
            if self.choice().is_open(closed) && self.choice().closing_fits(closed) {
                self.descent.ban(closed);
            }
            closed = self.open_neighbour(centre).unwrap_or(centre);
        }
        if let Some(stranger) = self.neighbour(centre)
            && !self.choice().is_open(stranger)
            && self.choice().opening_fits(stranger)
            && self.choice().marginal(stranger) > 0
        {
            self.descent.flip(stranger);
        }
    }

    /// Flips an undecided site whatever the rules say, and closes what costs least until they hold again.
    fn force_open(&mut self) {
        let Some(forced) = self.random.pick(&self.undecided).or_else(|| self.stranger()) else { return };
        if self.choice().is_open(forced) {
            if self.choice().closing_fits(forced) {
                self.descent.ban(forced);
            }
            return;
        }
        self.descent.flip(forced);
        while self.choice().excess() > 0 {
            let Some(ejected) = self.descent.cheapest_relief(forced) else { return };
            self.descent.ban(ejected);
        }
    }

    /// Closes two to four sites wherever they are: what they cost may serve better elsewhere.
    fn close_anywhere(&mut self) {
        for _ in 0..2 + self.random.below(3) {
            if let Some(site) = self.random.pick(self.descent.choice().open_sites())
                && self.choice().closing_fits(site)
            {
                self.descent.ban(site);
            }
        }
    }

    /// Returns some site near an open one.
    fn stranger(&mut self) -> Option<SiteId> {
        let centre = self.random.pick(self.descent.choice().open_sites())?;
        self.neighbour(centre)
    }

    /// Returns a site that shares a demand with this one.
    fn neighbour(&mut self, site: SiteId) -> Option<SiteId> {
        let coverage = self.choice().problem().coverage();
        let demand = self.random.pick(coverage.demands_of(site))?;
        self.random.pick(coverage.sites_of(demand))
    }

    /// Returns an open site that shares a demand with a neighbour.
    fn open_neighbour(&mut self, site: SiteId) -> Option<SiteId> {
        let coverage = self.choice().problem().coverage();
        for _ in 0..8 {
            let between = self.neighbour(site)?;
            let demand = self.random.pick(coverage.demands_of(between))?;
            let owners = coverage.sites_of(demand);
            self.descent.add_work(owners.len());
            let start = self.random.below(owners.len());
            let (before, after) = owners.split_at(start);
            let found = after.iter().chain(before).find(|owner| self.choice().is_open(**owner));
            if found.is_some() {
                return found.copied();
            }
        }
        None
    }
}
