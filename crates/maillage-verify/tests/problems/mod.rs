//! Random problems small enough to try every choice of sites.

use crate::plain::{Floor, Problem, Rule, Site};

/// A repeatable generator (`SplitMix64`).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub fn signed(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below(usize::try_from(most - least + 1).unwrap())).unwrap()
    }
}

impl Problem {
    /// At most 6 sites, 7 demands, 3 rules and 2 floors, many of them alike.
    pub fn random(random: &mut Random) -> Self {
        let (sites, demands) = (1 + random.below(6), random.below(8));
        let unit = if random.one_in(3) { 5 } else { 1 };
        let weights = (0..demands).map(|_| random.below(6) as u64 * unit).collect();
        let density = 1 + random.below(3);
        let site = |random: &mut Random| Site {
            demands: (0..).take(demands).filter(|_| random.one_in(density)).collect(),
            open: if random.one_in(8) { Some(random.one_in(2)) } else { None },
        };
        let sites: Vec<Site> = (0..sites).map(|_| site(random)).collect();
        let rule = |random: &mut Random| {
            let (negative, one) = (random.one_in(3), random.one_in(2));
            let coefficient = |random: &mut Random| match random.signed(if negative { -4 } else { 1 }, 4) {
                0 => 1,
                by => {
                    if one {
                        by.signum()
                    } else {
                        by
                    }
                }
            };
            let coefficients =
                (0..).zip(&sites).filter(|_| !random.one_in(4)).map(|(site, _)| site).collect::<Vec<_>>();
            Rule {
                least: random.one_in(3).then(|| random.signed(-2, 3)),
                most: (!random.one_in(3)).then(|| random.signed(0, 6)),
                coefficients: coefficients.into_iter().map(|site| (site, coefficient(random))).collect(),
            }
        };
        let rules = (0..random.below(4)).map(|_| rule(random)).collect();
        let floor = |random: &mut Random| {
            let named: Vec<u32> = (0..).take(demands).filter(|_| random.one_in(2)).collect();
            let coefficients = named.into_iter().map(|demand| (demand, 1 + random.below(4) as u64)).collect();
            Floor { least: random.below(7) as u64, coefficients }
        };
        let floors = (0..random.below(6).saturating_sub(3)).map(|_| floor(random)).collect();
        Self { weights, sites, rules, floors }
    }

    pub fn covers(&self, plan: &[u32], demand: u32) -> bool {
        plan.iter().any(|&site| self.sites[site as usize].demands.contains(&demand))
    }

    pub fn value(&self, plan: &[u32]) -> u64 {
        (0..).zip(&self.weights).filter(|(demand, _)| self.covers(plan, *demand)).map(|(_, weight)| weight).sum()
    }

    /// The first floor that a choice does not reach.
    pub fn broken_floor(&self, plan: &[u32]) -> Option<u32> {
        let covered = |(demand, by): &(u32, u64)| if self.covers(plan, *demand) { *by } else { 0 };
        let broken = |floor: &Floor| floor.coefficients.iter().map(covered).sum::<u64>() < floor.least;
        (0..).zip(&self.floors).find(|(_, floor)| broken(floor)).map(|(position, _)| position)
    }

    /// The first rule that a choice breaks.
    pub fn broken_rule(&self, plan: &[u32]) -> Option<u32> {
        let sum =
            |rule: &Rule| rule.coefficients.iter().filter(|(site, _)| plan.contains(site)).map(|entry| entry.1).sum();
        let broken = |rule: &Rule| {
            let sum: i64 = sum(rule);
            rule.least.is_some_and(|least| sum < least) || rule.most.is_some_and(|most| sum > most)
        };
        (0..).zip(&self.rules).find(|(_, rule)| broken(rule)).map(|(position, _)| position)
    }

    /// Every choice of sites that keeps rules, floors and fixings, with its value.
    pub fn plans(&self) -> Vec<(u64, Vec<u32>)> {
        let sites = u32::try_from(self.sites.len()).unwrap();
        let fits = |plan: &Vec<u32>| {
            let fixed = |site: u32| self.sites[site as usize].open.is_none_or(|open| open == plan.contains(&site));
            (0..sites).all(fixed) && self.broken_rule(plan).is_none() && self.broken_floor(plan).is_none()
        };
        let plans = (0..1_u32 << sites).map(|choice| (0..sites).filter(|site| choice >> site & 1 == 1).collect());
        plans.filter(fits).map(|plan| (self.value(&plan), plan)).collect()
    }
}
