use crate::choice::Choice;
use crate::greedy::all_sites;
use crate::{Observer, SiteId, repair};

/// Local moves on a choice: fill what room there is, swap while that covers more, and undo it all where wished.
#[derive(Clone, Debug)]
pub(crate) struct Descent<'a> {
    choice: Choice<'a>,
    /// Flips since the last `accept`, to undo them.
    flips: Vec<SiteId>,
    /// Sites just closed, not to be opened again by the next fill.
    banned: Vec<SiteId>,
    /// What each site takes of the rules, at the prices of the bound.
    charges: Vec<f64>,
    /// Open sites by what closing them loses, while nothing flips.
    by_loss: Vec<(u64, SiteId)>,
    /// Up to which loss `by_loss` is complete.
    by_loss_below: u64,
    near: Near,
}

/// Scratch: closed sites near what changed, and what the site looked at shares with open ones.
#[derive(Clone, Debug, Default)]
struct Near {
    sites: Vec<SiteId>,
    seen: Vec<bool>,
    /// For each open site, weight it alone covers and the site looked at covers too.
    shared: Vec<u64>,
    sharing: Vec<SiteId>,
}

/// Closing one site and opening another.
#[derive(Clone, Copy, Debug)]
struct Swap {
    opened: SiteId,
    closed: SiteId,
    gain: u64,
}

impl<'a> Descent<'a> {
    pub(crate) fn new(choice: Choice<'a>) -> Self {
        let sites = choice.problem().coverage().sites();
        Self {
            choice,
            flips: Vec::new(),
            banned: Vec::new(),
            charges: vec![0.0; sites],
            by_loss: Vec::new(),
            by_loss_below: 0,
            near: Near { seen: vec![false; sites], shared: vec![0; sites], ..Near::default() },
        }
    }

    pub(crate) fn choice(&self) -> &Choice<'a> {
        &self.choice
    }

    pub(crate) fn add_work(&mut self, entries: usize) {
        self.choice.add_work(entries);
    }

    /// Learns from the bound what rules cost.
    #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
    pub(crate) fn learn(&mut self, rule_prices: &[f64]) {
        let problem = self.choice.problem();
        let charge = |site| -> f64 {
            problem.rules_of(site).iter().map(|&(rule, by)| rule_prices[rule as usize] * by as f64).sum()
        };
        self.charges.clear();
        self.charges.extend(all_sites(problem).map(charge));
    }

    pub(crate) fn flip(&mut self, site: SiteId) {
        self.choice.flip(site);
        self.flips.push(site);
        self.by_loss_below = 0;
    }

    /// Closes a site and keeps the next fill from opening it again.
    pub(crate) fn ban(&mut self, site: SiteId) {
        self.flip(site);
        self.banned.push(site);
    }

    /// Keeps what was flipped.
    pub(crate) fn accept(&mut self) {
        self.flips.clear();
    }

    /// Takes back what was flipped since the last `accept`.
    pub(crate) fn undo(&mut self) {
        while let Some(site) = self.flips.pop() {
            self.choice.flip(site);
        }
        self.by_loss_below = 0;
    }

    /// Opens just these sites, in their order, each only if no upper end is passed, after what lower ends need.
    pub(crate) fn restart_from(&mut self, open: &[SiteId]) {
        for site in self.choice.open_sites().to_vec() {
            self.choice.flip(site);
        }
        repair::satisfy_lower_ends(&mut self.choice);
        for &site in open {
            if !self.choice.is_open(site) && self.choice.opening_stays_below(site) {
                self.choice.flip(site);
            }
        }
        self.flips.clear();
        self.by_loss_below = 0;
    }

    /// Fills and swaps over all sites until no single move helps.
    pub(crate) fn run(&mut self, observer: &dyn Observer) {
        repair::repair(&mut self.choice);
        self.by_loss_below = 0;
        self.fill();
        loop {
            let mut improved = false;
            for site in all_sites(self.choice.problem()) {
                if observer.should_stop() {
                    return;
                }
                improved |= self.try_opening(site);
            }
            if !improved {
                return;
            }
            self.fill();
        }
    }

    /// Opens the sites that add most, at the price of the rules, while any fits.
    pub(crate) fn fill(&mut self) {
        let problem = self.choice.problem();
        while self.choice.may_open_any() {
            let mut best: Option<SiteId> = None;
            let mut best_priced = f64::NEG_INFINITY;
            for ((site, &marginal), charge) in all_sites(problem).zip(self.choice.marginals()).zip(&self.charges) {
                #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
                let priced = marginal as f64 - charge;
                if priced > best_priced
                    && marginal > 0
                    && !self.choice.is_open(site)
                    && self.choice.opening_fits(site)
                    && !self.banned.contains(&site)
                {
                    best_priced = priced;
                    best = Some(site);
                }
            }
            self.choice.add_work(problem.coverage().sites());
            match best {
                Some(site) => self.flip(site),
                None => break,
            }
        }
        self.banned.clear();
    }

    /// Swaps near what was flipped until nothing helps there.
    pub(crate) fn settle(&mut self) {
        for _ in 0..20 {
            self.gather_near();
            let sites = std::mem::take(&mut self.near.sites);
            let mut improved = false;
            for &site in &sites {
                self.near.seen[site.index()] = false;
            }
            for &site in &sites {
                improved |= self.try_opening(site);
            }
            self.near.sites = sites;
            if !improved {
                break;
            }
        }
    }

    /// Lists the closed sites that share a demand with a flipped one.
    fn gather_near(&mut self) {
        let coverage = self.choice.problem().coverage();
        self.near.sites.clear();
        let mut touched = 0;
        for flipped in &self.flips {
            for &demand in coverage.demands_of(*flipped) {
                let sites = coverage.sites_of(demand);
                touched += sites.len();
                for &site in sites {
                    if !self.near.seen[site.index()] && !self.choice.is_open(site) {
                        self.near.seen[site.index()] = true;
                        self.near.sites.push(site);
                    }
                }
            }
        }
        self.choice.add_work(touched);
        self.near.sites.sort_unstable();
    }

    /// Finds the open site whose closing mends rules at the least loss of weight for each unit mended.
    #[expect(clippy::cast_precision_loss, reason = "a score, not a count")]
    pub(crate) fn cheapest_relief(&self, kept: SiteId) -> Option<SiteId> {
        let before = self.choice.excess();
        let mut best: Option<(f64, SiteId)> = None;
        for &site in self.choice.open_sites() {
            let relief = before - self.choice.excess_after(&[site]);
            if site == kept || relief <= 0 {
                continue;
            }
            let score = self.choice.marginal(site) as f64 / relief as f64;
            if best.is_none_or(|(least, first)| (score, site) < (least, first)) {
                best = Some((score, site));
            }
        }
        best.map(|(_, site)| site)
    }

    /// Opens the site alone, or in place of an open one, where that covers more.
    fn try_opening(&mut self, site: SiteId) -> bool {
        if self.choice.is_open(site) || self.choice.marginal(site) == 0 {
            return false;
        }
        if self.choice.opening_fits(site) {
            self.flip(site);
            return true;
        }
        match self.best_swap(site) {
            Some(swap) if swap.gain > 0 => {
                self.flip(swap.closed);
                self.flip(swap.opened);
                true
            }
            _ => false,
        }
    }

    /// Lists the open sites that lose less than is gained, least first; the list lasts until something flips.
    fn list_by_loss(&mut self, gained: u64) {
        if gained <= self.by_loss_below {
            return;
        }
        self.by_loss_below = gained.saturating_mul(2);
        let (choice, below) = (&self.choice, self.by_loss_below);
        let losses = choice.open_sites().iter().map(|&site| (choice.marginal(site), site));
        self.by_loss.clear();
        self.by_loss.extend(losses.filter(|entry| entry.0 < below));
        self.by_loss.sort_unstable();
        self.choice.add_work(self.choice.open_sites().len());
    }

    /// Finds the open site whose closing costs least when `opened` opens.
    fn best_swap(&mut self, opened: SiteId) -> Option<Swap> {
        let gained = self.choice.marginal(opened);
        self.list_by_loss(gained);
        let coverage = self.choice.problem().coverage();
        for &demand in coverage.demands_of(opened) {
            if let Some((owner, weight)) = self.choice.only_owner(demand) {
                if self.near.shared[owner.index()] == 0 {
                    self.near.sharing.push(owner);
                }
                self.near.shared[owner.index()] += weight;
            }
        }
        // Sites that share nothing with the opened one lose their whole marginal: the first that fits is the best.
        let mut looked_at = 0;
        let mut best: Option<(u64, SiteId)> = None;
        for &(lost, closed) in self.by_loss.iter().take_while(|entry| entry.0 < gained) {
            looked_at += 1;
            if self.choice.swap_fits(opened, closed) {
                best = Some((lost, closed));
                break;
            }
        }
        for closed in self.near.sharing.drain(..) {
            let lost = self.choice.marginal(closed) - self.near.shared[closed.index()];
            self.near.shared[closed.index()] = 0;
            looked_at += 1;
            if lost < gained && best.is_none_or(|best| (lost, closed) < best) && self.choice.swap_fits(opened, closed) {
                best = Some((lost, closed));
            }
        }
        self.choice.add_work(coverage.demands_of(opened).len() + looked_at);
        best.map(|(lost, closed)| Swap { opened, closed, gain: gained - lost })
    }
}
