use crate::incumbent::Incumbent;
use crate::random::Random;
use crate::reduction::Reduction;
use crate::{Observer, Problem, SiteId, parallel};

/// How hot the runs side by side start, in parts of what an open site covers on average, in turns: one stays near the
/// best choice, one goes far.
const HEATS: [[f64; 2]; 3] = [[0.004, 0.012], [0.008, 0.02], [0.014, 0.04]];

/// A run ends this many times colder than it starts.
const COOLING: f64 = 8.0;

/// Work of the first runs, in array entries; each time there is twice as much, up to the last.
const FIRST_WORK: u64 = 4_000_000;
const MOST_DOUBLINGS: u32 = 5;

/// How many sites are tried in the place of one that closes.
const TRIES: usize = 6;

/// Looks for a better choice by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) from the best one known;
/// returns the work done.
///
/// Problems with floors are left to the other searches.
pub(crate) fn improve(
    reduction: &Reduction,
    incumbent: &mut Incumbent,
    (time, seed): (u32, u64),
    observer: &dyn Observer,
) -> u64 {
    let problem = &reduction.problem;
    let open = incumbent.within(reduction);
    if !problem.floors().is_empty() || open.is_empty() {
        return 0;
    }
    let work = FIRST_WORK << time.min(MOST_DOUBLINGS);
    let heats = HEATS[time as usize % HEATS.len()];
    let start = Annealing::new(problem, &open);
    if !start.keeps_rules() {
        return 0;
    }
    let mut runs: Vec<(f64, Annealing)> = heats.iter().map(|&heat| (heat, start.clone())).collect();
    let mut numbered: Vec<(u64, &mut (f64, Annealing))> = (0..).zip(&mut runs).collect();
    parallel::for_each(&mut numbered, |(number, (heat, run))| {
        run.random = Random::new(seed * heats.len() as u64 + *number);
        run.cool(*heat, work, observer);
    });
    for (_, run) in &runs {
        incumbent.offer(&reduction.expand(&run.best));
    }
    work * heats.len() as u64
}

/// A choice that moves by random swaps, the losing ones ever less often.
#[derive(Clone, Debug)]
struct Annealing<'a> {
    problem: &'a Problem,
    random: Random,
    /// For each demand, how many open sites cover it.
    covers: Vec<u32>,
    open: Vec<SiteId>,
    is_open: Vec<bool>,
    /// For each rule, its sum over the open sites.
    sums: Vec<i64>,
    value: u64,
    best: Vec<SiteId>,
    best_value: u64,
    work: u64,
}

impl<'a> Annealing<'a> {
    fn new(problem: &'a Problem, open: &[SiteId]) -> Self {
        let coverage = problem.coverage();
        let mut run = Self {
            problem,
            random: Random::new(0),
            covers: vec![0; coverage.demands()],
            open: open.to_vec(),
            is_open: vec![false; coverage.sites()],
            sums: vec![0; problem.rules().len()],
            value: 0,
            best: open.to_vec(),
            best_value: 0,
            work: 0,
        };
        for &site in open {
            run.value += run.open(site);
        }
        run.best_value = run.value;
        run
    }

    fn keeps_rules(&self) -> bool {
        self.problem
            .rules()
            .iter()
            .zip(&self.sums)
            .all(|(rule, &sum)| rule.least.is_none_or(|least| sum >= least) && rule.most.is_none_or(|most| sum <= most))
    }

    /// Swaps at a falling temperature until so much work is done.
    #[expect(clippy::cast_precision_loss, reason = "a temperature and a share, not counts")]
    fn cool(&mut self, heat: f64, work: u64, observer: &dyn Observer) {
        let hottest = heat * self.value as f64 / self.open.len().max(1) as f64;
        while self.work < work && !observer.should_stop() && !self.open.is_empty() {
            let temperature = hottest * COOLING.powf(-(self.work as f64) / work as f64);
            for _ in 0..256 {
                self.step(temperature);
            }
        }
    }

    /// Closes a random site and opens another nearby, if chance at this temperature lets it.
    fn step(&mut self, temperature: f64) {
        let place = self.random.below(self.open.len());
        let Some(&closed) = self.open.get(place) else { return };
        let lost = self.close(closed);
        for _ in 0..TRIES {
            let Some(opened) = self.nearby(closed) else { break };
            if self.is_open[opened.index()] || opened == closed || !self.fits(opened) {
                continue;
            }
            let gained = self.gain(opened);
            if self.accepts(gained, lost, temperature) {
                self.open(opened);
                self.open[place] = opened;
                self.value = self.value - lost + gained;
                self.fill(opened);
                self.keep_best();
                return;
            }
        }
        self.open(closed);
    }

    /// Opens one more site near this one where the rules leave room.
    fn fill(&mut self, near: SiteId) {
        for _ in 0..TRIES / 2 {
            let Some(site) = self.nearby(near) else { return };
            if !self.is_open[site.index()] && self.fits(site) {
                let gained = self.gain(site);
                if gained > 0 {
                    self.open(site);
                    self.open.push(site);
                    self.value += gained;
                }
            }
        }
    }

    fn keep_best(&mut self) {
        if self.value > self.best_value {
            self.best_value = self.value;
            self.best.clone_from(&self.open);
        }
    }

    /// Returns a site one or two steps away over shared demands, or now and then any site.
    fn nearby(&mut self, site: SiteId) -> Option<SiteId> {
        let coverage = self.problem.coverage();
        let mut at = site;
        match self.random.below(8) {
            0 | 1 => return u32::try_from(self.random.below(coverage.sites())).ok().map(SiteId),
            steps => {
                for _ in 0..=steps % 2 {
                    let demand = self.random.pick(coverage.demands_of(at))?;
                    at = self.random.pick(coverage.sites_of(demand))?;
                }
            }
        }
        Some(at)
    }

    fn gain(&mut self, site: SiteId) -> u64 {
        let row = self.problem.coverage().demands_of(site);
        self.work += row.len() as u64 + 8;
        let weights = self.problem.weights();
        row.iter().filter(|demand| self.covers[demand.index()] == 0).map(|demand| weights[demand.index()]).sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "a chance, not a count")]
    fn accepts(&mut self, gained: u64, lost: u64, temperature: f64) -> bool {
        if gained >= lost {
            return true;
        }
        let chance = (self.random.next() >> 11) as f64 / (1_u64 << 53) as f64;
        chance < (-((lost - gained) as f64) / temperature).exp()
    }

    /// Returns whether every rule holds once the site is open too.
    fn fits(&self, site: SiteId) -> bool {
        let rules = self.problem.rules();
        let mut own = self.problem.rules_of(site).iter().peekable();
        if self.problem.rules().iter().all(|rule| rule.least.is_none()) {
            return own
                .all(|&(rule, by)| rules[rule as usize].most.is_none_or(|most| self.sums[rule as usize] + by <= most));
        }
        (0..).zip(rules).zip(&self.sums).all(|((number, rule), &sum)| {
            let by = own.next_if(|entry| entry.0 == number).map_or(0, |entry| entry.1);
            rule.most.is_none_or(|most| sum + by <= most) && rule.least.is_none_or(|least| sum + by >= least)
        })
    }

    /// Opens a site; returns what it adds.
    fn open(&mut self, site: SiteId) -> u64 {
        let row = self.problem.coverage().demands_of(site);
        self.work += row.len() as u64 + 8;
        self.is_open[site.index()] = true;
        for &(rule, by) in self.problem.rules_of(site) {
            self.sums[rule as usize] += by;
        }
        let mut gained = 0;
        for demand in row {
            let covers = &mut self.covers[demand.index()];
            if *covers == 0 {
                gained += self.problem.weights()[demand.index()];
            }
            *covers += 1;
        }
        gained
    }

    /// Closes a site; returns what is lost.
    fn close(&mut self, site: SiteId) -> u64 {
        let row = self.problem.coverage().demands_of(site);
        self.work += row.len() as u64 + 8;
        self.is_open[site.index()] = false;
        for &(rule, by) in self.problem.rules_of(site) {
            self.sums[rule as usize] -= by;
        }
        let mut lost = 0;
        for demand in row {
            let covers = &mut self.covers[demand.index()];
            *covers -= 1;
            if *covers == 0 {
                lost += self.problem.weights()[demand.index()];
            }
        }
        lost
    }
}
