use crate::random::Random;
use crate::{Observer, Problem, SiteId};

/// How hot a run ends, in parts of what an open site covers on average.
const COLDEST: f64 = 0.001;

/// Steps at one temperature.
const STEPS: u32 = 32;

/// Sites whose chance against the site that closed is below `exp(-FAR)` are passed over.
const FAR: f64 = 9.0;

/// A choice from which a random site closes at each step, and a site opens in its place by the chances that the
/// temperature gives all of them: heat-bath moves (Creutz 1980; Geman and Geman 1984), of which none is refused.
#[derive(Clone, Debug)]
pub(crate) struct Annealing<'a> {
    problem: &'a Problem,
    random: Random,
    /// For each demand, how many open sites cover it.
    covers: Vec<u32>,
    /// For each site, the weight it covers and no open site does.
    gains: Vec<u64>,
    /// The same before the step.
    before: Vec<u64>,
    open: Vec<SiteId>,
    is_open: Vec<bool>,
    /// For each rule, its sum over the open sites.
    sums: Vec<i64>,
    value: u64,
    best: Vec<SiteId>,
    best_value: u64,
    /// Whether the colder half has begun.
    keeps_best: bool,
    work: u64,
    /// Sites that may open in a step, with their chances added up.
    likely: Vec<(SiteId, f64)>,
}

impl<'a> Annealing<'a> {
    /// Starts from this choice.
    pub(crate) fn new(problem: &'a Problem, open: &[SiteId]) -> Self {
        let coverage = problem.coverage();
        let weights = problem.weights();
        let all = |site| coverage.demands_of(site).iter().map(|demand| weights[demand.index()]).sum();
        let mut run = Self {
            problem,
            random: Random::new(0),
            covers: vec![0; coverage.demands()],
            gains: (0..coverage.sites()).map(SiteId::at).map(all).collect(),
            before: vec![0; coverage.sites()],
            open: open.to_vec(),
            is_open: vec![false; coverage.sites()],
            sums: vec![0; problem.rules().len()],
            value: 0,
            best: open.to_vec(),
            best_value: 0,
            keeps_best: false,
            work: 0,
            likely: Vec::new(),
        };
        for &site in open {
            run.value += run.gains[site.index()];
            run.open(site);
        }
        run.best_value = run.value;
        run
    }

    /// Returns the same choice with other chances.
    pub(crate) fn reseeded(&self, seed: u64) -> Self {
        Self { random: Random::new(seed), ..self.clone() }
    }

    /// Returns whether every rule holds.
    pub(crate) fn keeps_rules(&self) -> bool {
        self.problem.rules().iter().zip(&self.sums).all(|(rule, &sum)| rule.allows(sum))
    }

    /// Moves at a falling temperature until so much work is done, and keeps the best choice of the colder half: not
    /// the start again, unless nothing better lies around it.
    #[expect(clippy::cast_precision_loss, reason = "a temperature and a share, not counts")]
    pub(crate) fn cool(&mut self, heat: f64, work: u64, observer: &dyn Observer) {
        let average = self.value as f64 / self.open.len().max(1) as f64;
        while self.work < work && !observer.should_stop() && !self.open.is_empty() {
            if !self.keeps_best && self.work >= work / 2 {
                self.keeps_best = true;
                self.best_value = self.value;
                self.best.clone_from(&self.open);
            }
            let temperature = average * heat * (COLDEST / heat).powf(self.work as f64 / work as f64);
            for _ in 0..STEPS {
                self.step(temperature);
            }
        }
    }

    /// Returns the best choice with its value.
    pub(crate) fn into_best(self) -> (u64, Vec<SiteId>) {
        (self.best_value, self.best)
    }

    /// Closes a random site and opens one in its place, maybe the same.
    fn step(&mut self, temperature: f64) {
        let place = self.random.below(self.open.len());
        let Some(&closed) = self.open.get(place) else { return };
        self.before.copy_from_slice(&self.gains);
        self.close(closed);
        let lost = self.gains[closed.index()];
        let opened = self.draw(closed, temperature);
        if opened == closed {
            self.reopen(closed);
        } else {
            self.value = self.value - lost + self.gains[opened.index()];
            self.open(opened);
            self.open[place] = opened;
            self.fill(opened);
            self.keep_best();
        }
    }

    /// Returns a site to open in the place of one that closed, by the chances at this temperature.
    #[expect(clippy::cast_precision_loss, reason = "a chance, not a count")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole part above 0")]
    fn draw(&mut self, closed: SiteId, temperature: f64) -> SiteId {
        let lost = self.gains[closed.index()];
        let least = lost.saturating_sub((FAR * temperature) as u64).max(1);
        let repaired = self.broken_by_closing(closed);
        self.likely.clear();
        self.work += self.gains.len() as u64 / 8;
        let mut sum = 1.0;
        self.likely.push((closed, sum));
        for (position, &gain) in self.gains.iter().enumerate() {
            if gain >= least {
                let site = SiteId::at(position);
                if site != closed && self.fits(site, &repaired) {
                    sum += ((gain as f64 - lost as f64) / temperature).exp();
                    self.likely.push((site, sum));
                }
            }
        }
        let chance = (self.random.next() >> 11) as f64 / (1_u64 << 53) as f64 * sum;
        let place = self.likely.partition_point(|entry| entry.1 <= chance);
        self.likely.get(place).map_or(closed, |entry| entry.0)
    }

    /// Opens more sites near this one where the rules leave room.
    fn fill(&mut self, near: SiteId) {
        for _ in 0..3 {
            let Some(site) = self.nearby(near) else { return };
            let gained = self.gains[site.index()];
            if gained > 0 && !self.is_open[site.index()] && self.fits(site, &[]) {
                self.open(site);
                self.open.push(site);
                self.value += gained;
            }
        }
    }

    fn keep_best(&mut self) {
        if self.keeps_best && self.value > self.best_value {
            self.best_value = self.value;
            self.best.clone_from(&self.open);
        }
    }

    /// Returns a site one or two steps away over shared demands, or now and then any site.
    fn nearby(&mut self, site: SiteId) -> Option<SiteId> {
        let coverage = self.problem.coverage();
        let mut at = site;
        match self.random.below(8) {
            0 | 1 => return Some(SiteId::at(self.random.below(coverage.sites()))),
            steps => {
                for _ in 0..=steps % 2 {
                    let demand = self.random.pick(coverage.demands_of(at))?;
                    at = self.random.pick(coverage.sites_of(demand))?;
                }
            }
        }
        Some(at)
    }

    /// Returns the rules that do not hold once the site is closed.
    fn broken_by_closing(&self, closed: SiteId) -> Vec<u32> {
        let rules = self.problem.rules();
        let touched = self.problem.rules_of(closed).iter().map(|entry| entry.0);
        touched.filter(|&rule| !rules[rule as usize].allows(self.sums[rule as usize])).collect()
    }

    /// Returns whether every rule holds once the site is open too, when only the broken ones did not.
    fn fits(&self, site: SiteId, broken: &[u32]) -> bool {
        let rules = self.problem.rules();
        let own = self.problem.rules_of(site);
        own.iter().all(|&(rule, by)| rules[rule as usize].allows(self.sums[rule as usize] + by))
            && broken.iter().all(|broken| own.iter().any(|entry| entry.0 == *broken))
    }

    /// Takes back the closing of a site.
    fn reopen(&mut self, site: SiteId) {
        std::mem::swap(&mut self.gains, &mut self.before);
        self.is_open[site.index()] = true;
        for &(rule, by) in self.problem.rules_of(site) {
            self.sums[rule as usize] += by;
        }
        for demand in self.problem.coverage().demands_of(site) {
            self.covers[demand.index()] += 1;
        }
    }

    fn open(&mut self, site: SiteId) {
        self.is_open[site.index()] = true;
        for &(rule, by) in self.problem.rules_of(site) {
            self.sums[rule as usize] += by;
        }
        let coverage = self.problem.coverage();
        for demand in coverage.demands_of(site) {
            let covers = &mut self.covers[demand.index()];
            *covers += 1;
            if *covers == 1 {
                let weight = self.problem.weights()[demand.index()];
                let sites = coverage.sites_of(*demand);
                for other in sites {
                    self.gains[other.index()] -= weight;
                }
                self.work += sites.len() as u64;
            }
        }
        self.work += coverage.demands_of(site).len() as u64 + 8;
    }

    fn close(&mut self, site: SiteId) {
        self.is_open[site.index()] = false;
        for &(rule, by) in self.problem.rules_of(site) {
            self.sums[rule as usize] -= by;
        }
        let coverage = self.problem.coverage();
        for demand in coverage.demands_of(site) {
            let covers = &mut self.covers[demand.index()];
            *covers -= 1;
            if *covers == 0 {
                let weight = self.problem.weights()[demand.index()];
                let sites = coverage.sites_of(*demand);
                for other in sites {
                    self.gains[other.index()] += weight;
                }
                self.work += sites.len() as u64;
            }
        }
        self.work += coverage.demands_of(site).len() as u64 + 8;
    }
}
