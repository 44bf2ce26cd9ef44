use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::counts;
use crate::greedy::all_sites;
use crate::{Coverage, CoverageFloor, DemandId, Fixing, Problem, ProblemError, SiteId, SiteRule};

/// A smaller problem with the same best choices, and the way back.
#[derive(Clone, Debug)]
pub(crate) struct Reduction {
    /// Every site free; demands with equal cover sets merged.
    pub(crate) problem: Problem,
    /// For each site of the smaller problem, the site it was in the problem first given.
    pub(crate) sites: Vec<SiteId>,
    /// For each demand of the problem reduced last, the demand it became; none when it is covered or cannot be.
    pub(crate) demands: Vec<Option<DemandId>>,
    /// For each demand of the problem first given, the demand it became.
    pub(crate) origins: Vec<Option<DemandId>>,
    /// Sites dropped by the last reduction, each with the one that stands in for it (itself where nobody needs to), in
    /// the order they were dropped.
    pub(crate) dominated: Vec<(SiteId, SiteId)>,
    /// Sites that are open in every choice.
    pub(crate) open: Vec<SiteId>,
    /// Weight that the sites open in every choice cover.
    pub(crate) base: u64,
}

/// Why a reduction ends the search at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Impossible {
    /// This rule cannot hold whatever the free sites do.
    Rule(usize),
    /// This floor cannot hold whatever the free sites do.
    Floor(usize),
    /// The parts no longer fit together: a bug.
    Parts(ProblemError),
}

impl Reduction {
    /// Drops covered demand, merges demands with equal cover sets and drops dominated sites.
    pub(crate) fn of(problem: &Problem, fixings: &[Fixing]) -> Result<Self, Impossible> {
        let free: Vec<SiteId> = all_sites(problem).filter(|site| fixings[site.index()] == Fixing::Free).collect();
        let open: Vec<SiteId> = all_sites(problem).filter(|site| fixings[site.index()] == Fixing::Open).collect();
        let rules = remaining_rules(problem, &free, &open, fixings)?;
        let base = problem.value_of(&open);
        let merged = Merged::of(problem, fixings, &open);
        let floors = remaining_floors(problem, &open, &merged)?;
        let mut smaller = merged.problem(problem, &free, rules, floors)?;
        let mut sites = free;
        let standing_in = stand_ins(&smaller);
        let mut dominated = Vec::new();
        if standing_in.iter().any(|&stand_in| stand_in != StandIn::None) {
            for (site, stand_in) in all_sites(&smaller).zip(&standing_in) {
                match stand_in {
                    StandIn::None => {}
                    StandIn::Useless => dominated.push((sites[site.index()], sites[site.index()])),
                    StandIn::Site(other) => dominated.push((sites[site.index()], sites[other.index()])),
                }
            }
            let kept: Vec<SiteId> =
                all_sites(&smaller).filter(|site| standing_in[site.index()] == StandIn::None).collect();
            smaller = restrict(&smaller, &kept)?;
            sites = kept.iter().map(|site| sites[site.index()]).collect();
        }
        let origins = merged.demands.clone();
        Ok(Self { problem: smaller, sites, demands: merged.demands, origins, dominated, open, base })
    }

    /// Reduces what is left once more, after deciding some of its sites; the way back leads past both.
    pub(crate) fn then(&self, fixings: &[Fixing]) -> Result<Self, Impossible> {
        let mut next = Self::of(&self.problem, fixings)?;
        let outer = |sites: &[SiteId]| sites.iter().map(|site| self.sites[site.index()]).collect::<Vec<_>>();
        next.sites = outer(&next.sites);
        for pair in &mut next.dominated {
            *pair = (self.sites[pair.0.index()], self.sites[pair.1.index()]);
        }
        next.origins =
            self.origins.iter().map(|origin| origin.and_then(|demand| next.demands[demand.index()])).collect();
        next.open = [self.open.clone(), outer(&next.open)].concat();
        next.base += self.base;
        Ok(next)
    }

    /// Carries prices of the problem reduced last over to its demands: those of merged demands add up.
    pub(crate) fn carry_prices(&self, prices: &[f64]) -> Vec<f64> {
        let mut carried = vec![0.0; self.problem.coverage().demands()];
        for (demand, price) in self.demands.iter().zip(prices) {
            if let Some(demand) = demand {
                carried[demand.index()] += price;
            }
        }
        carried
    }

    /// Returns how many array entries one iteration of the dual touches.
    pub(crate) fn iteration_work(&self) -> u64 {
        (2 * self.problem.coverage().pairs() + self.sites.len() * 8) as u64
    }

    /// Adds rules that count the open sites of each group.
    pub(crate) fn counting(&mut self, groups: &[Vec<SiteId>]) -> Result<(), ProblemError> {
        let rules = groups.iter().map(|group| counts::counting(group)).collect();
        self.problem = self.problem.clone().with_more_rules(rules)?;
        Ok(())
    }

    /// Returns what the sites open in every choice bring to a rule over the problem first given.
    pub(crate) fn given(&self, rule: &SiteRule) -> i64 {
        let by = |site: &SiteId| {
            rule.coefficients.binary_search_by_key(site, |entry| entry.0).map_or(0, |at| rule.coefficients[at].1)
        };
        self.open.iter().map(by).sum()
    }

    /// Returns the sites of the smaller problem among those, ascending, of the problem first given.
    pub(crate) fn within(&self, open: &[SiteId]) -> Vec<SiteId> {
        let kept = (0..).map(SiteId).zip(&self.sites);
        kept.filter(|(_, site)| open.binary_search(site).is_ok()).map(|(position, _)| position).collect()
    }

    /// Returns the choice of the problem first given that a choice of the smaller one stands for.
    pub(crate) fn expand(&self, open: &[SiteId]) -> Vec<SiteId> {
        let mut sites = self.open.clone();
        sites.extend(open.iter().map(|site| self.sites[site.index()]));
        sites.sort_unstable();
        sites
    }
}

/// Takes what open sites add off the ends of every rule, and drops the rules that can no longer bind.
fn remaining_rules(
    problem: &Problem,
    free: &[SiteId],
    open: &[SiteId],
    fixings: &[Fixing],
) -> Result<Vec<SiteRule>, Impossible> {
    let mut position = vec![u32::MAX; fixings.len()];
    for (next, site) in (0..).zip(free) {
        position[site.index()] = next;
    }
    let mut given = vec![0; problem.rules().len()];
    for &site in open {
        for &(rule, by) in problem.rules_of(site) {
            given[rule as usize] += by;
        }
    }
    let mut rules = Vec::new();
    for (number, (rule, given)) in problem.rules().iter().zip(given).enumerate() {
        let coefficients: Vec<(SiteId, i64)> = rule
            .coefficients
            .iter()
            .filter(|(site, _)| position[site.index()] != u32::MAX)
            .map(|&(site, by)| (SiteId(position[site.index()]), by))
            .collect();
        let lowest: i64 = coefficients.iter().map(|entry| entry.1.min(0)).sum();
        let highest: i64 = coefficients.iter().map(|entry| entry.1.max(0)).sum();
        let least = rule.least.map(|least| least - given);
        let most = rule.most.map(|most| most - given);
        if least.is_some_and(|least| highest < least) || most.is_some_and(|most| lowest > most) {
            return Err(Impossible::Rule(number));
        }
        // A rule that cannot be broken any more still counts its coefficients: prices and slacks keep their order.
        let least = least.filter(|&least| lowest < least);
        let most = most.filter(|&most| highest > most);
        rules.push(SiteRule { coefficients, least, most });
    }
    Ok(rules)
}

/// Takes what open sites cover off every floor, and adds up the coefficients of merged demands.
///
/// A floor that holds already stays with nothing to reach, so that floors keep their order.
fn remaining_floors(problem: &Problem, open: &[SiteId], merged: &Merged) -> Result<Vec<CoverageFloor>, Impossible> {
    if problem.floors().is_empty() {
        return Ok(Vec::new());
    }
    let covered = problem.covered_by(open);
    let mut floors = Vec::new();
    for (number, floor) in problem.floors().iter().enumerate() {
        let mut sums = vec![0; merged.weights.len()];
        let mut given = 0;
        for &(demand, by) in &floor.coefficients {
            if covered[demand.index()] {
                given += by;
            } else if let Some(target) = merged.demands[demand.index()] {
                sums[target.index()] += by;
            }
        }
        let least = floor.least.saturating_sub(given);
        if sums.iter().sum::<u64>() < least {
            return Err(Impossible::Floor(number));
        }
        let coefficients = (0..).map(DemandId).zip(if least == 0 { Vec::new() } else { sums }).collect();
        floors.push(CoverageFloor { coefficients, least });
    }
    Ok(floors)
}

/// Demands that still matter, those with equal cover sets as one.
struct Merged {
    demands: Vec<Option<DemandId>>,
    weights: Vec<u64>,
}

impl Merged {
    fn of(problem: &Problem, fixings: &[Fixing], open: &[SiteId]) -> Self {
        let coverage = problem.coverage();
        let mut covered = vec![false; coverage.demands()];
        for &site in open {
            for demand in coverage.demands_of(site) {
                covered[demand.index()] = true;
            }
        }
        let mut by_fingerprint: HashMap<u64, Vec<DemandId>, BuildHasherDefault<DefaultHasher>> = HashMap::default();
        let mut demands = vec![None; coverage.demands()];
        let mut weights: Vec<u64> = Vec::new();
        let mut first: Vec<DemandId> = Vec::new();
        let free_sites =
            |demand: DemandId| coverage.sites_of(demand).iter().filter(|site| fixings[site.index()] == Fixing::Free);
        for demand in (0..coverage.demands()).map(DemandId::at) {
            let weight = problem.weights()[demand.index()];
            let Some(fingerprint) = fingerprint(free_sites(demand)) else { continue };
            if covered[demand.index()] || (weight == 0 && problem.floors_of(demand).is_empty()) {
                continue;
            }
            let alike = by_fingerprint.entry(fingerprint).or_default();
            let twin = alike.iter().find(|other| free_sites(first[other.index()]).eq(free_sites(demand)));
            let target = if let Some(&twin) = twin {
                weights[twin.index()] += weight;
                twin
            } else {
                let target = DemandId::at(weights.len());
                alike.push(target);
                weights.push(weight);
                first.push(demand);
                target
            };
            demands[demand.index()] = Some(target);
        }
        Self { demands, weights }
    }

    fn problem(
        &self,
        larger: &Problem,
        free: &[SiteId],
        rules: Vec<SiteRule>,
        floors: Vec<CoverageFloor>,
    ) -> Result<Problem, Impossible> {
        let rows: Vec<Vec<u32>> = free
            .iter()
            .map(|&site| {
                let mut row: Vec<u32> = larger
                    .coverage()
                    .demands_of(site)
                    .iter()
                    .filter_map(|demand| self.demands[demand.index()].map(|demand| demand.0))
                    .collect();
                row.sort_unstable();
                row.dedup();
                row
            })
            .collect();
        assemble(&rows, self.weights.clone(), rules, floors)
    }
}

fn assemble(
    rows: &[Vec<u32>],
    weights: Vec<u64>,
    rules: Vec<SiteRule>,
    floors: Vec<CoverageFloor>,
) -> Result<Problem, Impossible> {
    let demands = u32::try_from(weights.len()).unwrap_or(u32::MAX);
    let coverage = Coverage::from_rows(demands, rows)
        .map_err(|_| Impossible::Parts(ProblemError::WeightCount { weights: weights.len(), demands: rows.len() }))?;
    Problem::new(coverage, weights, rules, vec![Fixing::Free; rows.len()])
        .and_then(|problem| problem.with_floors(floors))
        .map_err(Impossible::Parts)
}

/// Mixes a list of sites into 64 bits (FNV-1a over whole words); none for an empty list.
fn fingerprint<'a>(sites: impl Iterator<Item = &'a SiteId>) -> Option<u64> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut any = false;
    for site in sites {
        hash = (hash ^ u64::from(site.0)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
        any = true;
    }
    any.then_some(hash)
}

/// Why a site can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StandIn {
    /// It cannot.
    None,
    /// It covers nothing and helps no rule.
    Useless,
    /// This site covers as much and weighs no more on any rule.
    Site(SiteId),
}

/// Finds sites that another one can always stand in for.
///
/// A site is compared with the sites of its rarest demand only: whoever covers all it covers, covers that one too.
fn stand_ins(problem: &Problem) -> Vec<StandIn> {
    let coverage = problem.coverage();
    let mut found = vec![StandIn::None; coverage.sites()];
    for site in all_sites(problem) {
        let row = coverage.demands_of(site);
        let Some(rarest) = row.iter().min_by_key(|demand| coverage.sites_of(**demand).len()) else {
            // A site that covers nothing only ever serves to fill lower ends; it is useless where it cannot.
            let rules = problem.rules_of(site).iter();
            if rules.clone().all(|&(rule, by)| never_helps(&problem.rules()[rule as usize], by)) {
                found[site.index()] = StandIn::Useless;
            }
            continue;
        };
        let stand_in = coverage.sites_of(*rarest).iter().find(|&&other| {
            other != site
                && found[other.index()] == StandIn::None
                && coverage.demands_of(other).len() >= row.len()
                && stands_in(problem, other, site)
                && is_subset(row, coverage.demands_of(other))
                // Twins stand in for each other: the smaller index stays.
                && (other < site || coverage.demands_of(other).len() > row.len() || !stands_in(problem, site, other))
        });
        if let Some(&other) = stand_in {
            found[site.index()] = StandIn::Site(other);
        }
    }
    found
}

/// Returns whether opening a site with this coefficient never helps a rule.
fn never_helps(rule: &SiteRule, by: i64) -> bool {
    (rule.least.is_none() || by <= 0) && (rule.most.is_none() || by >= 0)
}

/// Returns whether, as far as rules go, `other` can replace `site`, and `site` can be closed beside `other`.
fn stands_in(problem: &Problem, other: SiteId, site: SiteId) -> bool {
    let coefficient = |site: SiteId, rule: u32| {
        problem.rules_of(site).iter().find(|entry| entry.0 == rule).map_or(0, |entry| entry.1)
    };
    let fine = |rule: u32| {
        let (new, old) = (coefficient(other, rule), coefficient(site, rule));
        let rule = &problem.rules()[rule as usize];
        (rule.most.is_none() || (new <= old && old >= 0)) && (rule.least.is_none() || (new >= old && old <= 0))
    };
    problem.rules_of(site).iter().chain(problem.rules_of(other)).all(|entry| fine(entry.0))
}

fn is_subset(small: &[DemandId], large: &[DemandId]) -> bool {
    let mut rest = large.iter();
    small.iter().all(|wanted| rest.by_ref().find(|found| *found >= wanted) == Some(wanted))
}

/// Keeps some sites only; demands stay as they are.
fn restrict(problem: &Problem, kept: &[SiteId]) -> Result<Problem, Impossible> {
    let rows: Vec<Vec<u32>> =
        kept.iter().map(|&site| problem.coverage().demands_of(site).iter().map(|demand| demand.0).collect()).collect();
    let mut position = vec![None; problem.coverage().sites()];
    for (next, site) in (0..).zip(kept) {
        position[site.index()] = Some(SiteId(next));
    }
    let rules = problem
        .rules()
        .iter()
        .map(|rule| SiteRule {
            coefficients: rule
                .coefficients
                .iter()
                .filter_map(|&(site, by)| position[site.index()].map(|site| (site, by)))
                .collect(),
            ..rule.clone()
        })
        .collect();
    assemble(&rows, problem.weights().to_vec(), rules, problem.floors().to_vec())
}
