use crate::random::Random;
use crate::{Fixing, Observer, Problem, SiteId, Solution, parallel};

/// A search for a choice of sites whose smallest share over coverage floors is large: the best worst-off place.
///
/// Sites are swapped for close ones and for sites where a floor falls short of a level, and a swap is kept unless it
/// makes the shortfalls worse by more than a threshold that falls to nothing (threshold accepting: Dueck and Scheuer
/// 1990). A choice without shortfalls raises the level. There are four chains of their own, and no number but whole
/// ones, so that the answer is the same on any number of threads and every machine.
///
/// ```
/// use maillage_solver::{Coverage, CoverageFloor, DemandId, Fixing, Levelling, Problem, Silent, SiteId, SiteRule};
///
/// let coverage = Coverage::from_rows(3, &[vec![0, 1], vec![0, 2], vec![2]])?;
/// let one = SiteRule::at_most(1, (0..3).map(|site| (SiteId(site), 1)));
/// let place = |demands: &[u32]| CoverageFloor {
///     coefficients: demands.iter().map(|&demand| (DemandId(demand), 10)).collect(),
///     least: 0,
/// };
/// let problem = Problem::new(coverage, vec![10; 3], vec![one], vec![Fixing::Free; 3])?;
/// let problem = problem.with_floors(vec![place(&[0, 1]), place(&[2])])?;
/// let levelled = Levelling::default().raise(&problem, &[20, 10], &[SiteId(0)], &Silent);
/// assert_eq!(levelled, [SiteId(1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levelling {
    /// Swaps tried by each of the four chains for each (site, demand) pair of the problem, up to four million in all.
    pub moves: u64,
}

impl Default for Levelling {
    fn default() -> Self {
        Self { moves: 50 }
    }
}

const CHAINS: u64 = 4;

/// How often the threshold falls from the highest to none.
const CYCLES: u64 = 8;

/// Swaps each time, at most.
const LONGEST: u64 = 500_000;

/// The highest threshold.
const WARMEST: i64 = 300;

/// Of sixteen swaps, those for a close site: they change little, and near the level little is left to gain.
const NEAR: usize = 14;

/// Shares and shortfalls are counted in millionths.
const MILLION: u64 = 1_000_000;

/// By how much a level rises that is reached.
const STEP: u64 = 100;

impl Levelling {
    /// Returns the choice found whose smallest share is largest, or the start where none has a larger one.
    ///
    /// A share is the sum of a floor over its whole; floors whose whole is 0 keep their least sum instead. The start
    /// keeps every rule and floor.
    #[must_use]
    pub fn raise(&self, problem: &Problem, wholes: &[u64], start: &[SiteId], observer: &dyn Observer) -> Vec<SiteId> {
        if !Solution::count(problem, start).is_feasible() {
            return start.to_vec();
        }
        let mut chains: Vec<Chain> = (0..CHAINS).map(|seed| Chain::new(problem, wholes, start, seed)).collect();
        let swaps = self.moves.saturating_mul(problem.coverage().pairs() as u64).div_ceil(CYCLES).min(LONGEST);
        for _ in 0..CYCLES {
            if observer.should_stop() {
                break;
            }
            parallel::for_each(&mut chains, |chain| chain.cycle(swaps));
        }
        let before = chains.first().map_or(0, |chain| chain.first_level);
        let best = chains.into_iter().reduce(|one, other| if other.best.1 > one.best.1 { other } else { one });
        match best {
            Some(Chain { best: (choice, level), .. })
                if level > before && Solution::count(problem, &choice).is_feasible() =>
            {
                choice
            }
            _ => start.to_vec(),
        }
    }
}

struct Chain<'a> {
    problem: &'a Problem,
    wholes: &'a [u64],
    random: Random,
    is_open: Vec<bool>,
    /// Sites that are open and may close, and where each stands among them.
    open: Vec<SiteId>,
    /// How many open sites cover each demand.
    covers: Vec<u32>,
    activities: Vec<i64>,
    sums: Vec<u64>,
    /// The level looked for, and what each floor needs for it.
    level: u64,
    targets: Vec<u64>,
    /// The sum of all shortfalls.
    shortfall: i64,
    first_level: u64,
    /// The best choice found, with its level.
    best: (Vec<SiteId>, u64),
}

impl<'a> Chain<'a> {
    fn new(problem: &'a Problem, wholes: &'a [u64], start: &[SiteId], seed: u64) -> Self {
        let coverage = problem.coverage();
        let mut chain = Self {
            problem,
            wholes,
            random: Random::new(seed),
            is_open: vec![false; coverage.sites()],
            open: Vec::new(),
            covers: vec![0; coverage.demands()],
            activities: vec![0; problem.rules().len()],
            sums: vec![0; problem.floors().len()],
            level: 0,
            targets: Vec::new(),
            shortfall: 0,
            first_level: 0,
            best: (start.to_vec(), 0),
        };
        chain.restart();
        chain.first_level = chain.smallest();
        chain.best.1 = chain.first_level;
        chain.aim(chain.first_level + STEP);
        chain
    }

    /// Takes up the best choice again.
    fn restart(&mut self) {
        self.is_open.fill(false);
        self.open.clear();
        self.covers.fill(0);
        self.activities.fill(0);
        self.sums.fill(0);
        self.shortfall = 0;
        for site in self.best.0.clone() {
            self.flip(site);
            if self.problem.fixings()[site.index()] == Fixing::Free {
                self.open.push(site);
            }
        }
        self.aim(self.level);
    }

    fn aim(&mut self, level: u64) {
        self.level = level;
        let target = |(floor, &whole): (&crate::CoverageFloor, &u64)| match whole {
            0 => floor.least,
            _ => share_of(whole, level).max(floor.least),
        };
        self.targets = self.problem.floors().iter().zip(self.wholes).map(target).collect();
        self.shortfall = (0..self.targets.len()).map(|floor| self.shortfall_of(floor)).sum();
    }

    /// Returns the smallest share.
    fn smallest(&self) -> u64 {
        let shared = self.sums.iter().zip(self.wholes).filter(|(_, whole)| **whole > 0);
        shared.map(|(&sum, &whole)| millionths(sum, whole)).min().unwrap_or(0)
    }

    fn shortfall_of(&self, floor: usize) -> i64 {
        let (Some(&target), Some(&sum)) = (self.targets.get(floor), self.sums.get(floor)) else { return 0 };
        let whole = self.wholes.get(floor).copied().filter(|&whole| whole > 0).unwrap_or(target.max(1));
        i64::try_from(millionths(target.saturating_sub(sum), whole)).unwrap_or(i64::MAX)
    }

    /// Opens a site that is closed, closes one that is open.
    fn flip(&mut self, site: SiteId) {
        let problem = self.problem;
        let opens = !self.is_open[site.index()];
        self.is_open[site.index()] = opens;
        for &(rule, by) in problem.rules_of(site) {
            self.activities[rule as usize] += if opens { by } else { -by };
        }
        for &demand in problem.coverage().demands_of(site) {
            let covers = &mut self.covers[demand.index()];
            let changes = if opens { *covers == 0 } else { *covers == 1 };
            *covers = if opens { *covers + 1 } else { *covers - 1 };
            if !changes {
                continue;
            }
            for &(floor, by) in problem.floors_of(demand) {
                let floor = floor as usize;
                let before = self.shortfall_of(floor);
                let sum = &mut self.sums[floor];
                *sum = if opens { *sum + by } else { *sum - by };
                self.shortfall += self.shortfall_of(floor) - before;
            }
        }
    }

    fn keeps_rules(&self, sites: [Option<SiteId>; 2]) -> bool {
        let rules = sites.into_iter().flatten().flat_map(|site| self.problem.rules_of(site));
        rules.map(|&(rule, _)| rule as usize).all(|rule| self.problem.rules()[rule].allows(self.activities[rule]))
    }

    /// Tries swaps while the threshold falls.
    fn cycle(&mut self, swaps: u64) {
        for step in 0..swaps {
            let left = i64::try_from(swaps - step).unwrap_or(0);
            let threshold = WARMEST * left / i64::try_from(swaps).unwrap_or(1).max(1);
            self.swap(threshold);
            if self.shortfall == 0 {
                let level = self.smallest();
                if level > self.best.1 {
                    let sites = (0_u32..).zip(&self.is_open).filter(|(_, open)| **open);
                    self.best = (sites.map(|(site, _)| SiteId(site)).collect(), level);
                }
                self.aim(level.max(self.level) + STEP);
            }
        }
        self.level = self.best.1 + STEP;
        self.restart();
    }

    fn swap(&mut self, threshold: i64) {
        let kind = self.random.below(16);
        let closes = if kind == 0 { None } else { self.random.pick(&self.open) };
        let opens = if kind == 1 { None } else { self.candidate(closes) };
        if opens.is_none() && kind != 1 {
            return;
        }
        let before = self.shortfall;
        for site in [closes, opens].into_iter().flatten() {
            self.flip(site);
        }
        let allowed = i64::try_from(self.random.below(usize::try_from(threshold).unwrap_or(0) + 1)).unwrap_or(0);
        if self.shortfall <= before + allowed && self.keeps_rules([closes, opens]) {
            if let Some(site) = closes {
                self.open.retain(|open| *open != site);
            }
            self.open.extend(opens);
        } else {
            for site in [opens, closes].into_iter().flatten() {
                self.flip(site);
            }
        }
    }

    /// Picks a closed site that covers a demand of the one that closes, or of a floor that falls short.
    fn candidate(&mut self, closes: Option<SiteId>) -> Option<SiteId> {
        let problem = self.problem;
        let near = closes.filter(|_| self.random.below(16) < NEAR);
        let demand = if let Some(site) = near {
            self.random.pick(problem.coverage().demands_of(site))?
        } else {
            let floor = self.random.below(problem.floors().len());
            if self.shortfall_of(floor) == 0 {
                return None;
            }
            self.random.pick(&problem.floors()[floor].coefficients)?.0
        };
        let site = self.random.pick(problem.coverage().sites_of(demand))?;
        (!self.is_open[site.index()] && problem.fixings()[site.index()] == Fixing::Free).then_some(site)
    }
}

fn millionths(sum: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(sum) * u128::from(MILLION) / u128::from(whole.max(1))).unwrap_or(u64::MAX)
}

/// Returns the least sum that is this share, in millionths, of a whole.
fn share_of(whole: u64, level: u64) -> u64 {
    u64::try_from((u128::from(whole) * u128::from(level)).div_ceil(u128::from(MILLION))).unwrap_or(u64::MAX)
}
