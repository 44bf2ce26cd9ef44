use crate::bound::LagrangianBound;
use crate::counts;
use crate::greedy::all_sites;
use crate::impossible::Impossible;
use crate::merged_demands::MergedDemands;
use crate::stand_in::{StandIn, stand_ins};
use crate::{Coverage, CoverageFloor, DemandId, Fixing, Prices, Problem, ProblemError, SiteId, SiteRule};

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

impl Reduction {
    /// Drops covered demand, merges demands with equal cover sets and drops dominated sites.
    pub(crate) fn of(problem: &Problem, fixings: &[Fixing]) -> Result<Self, Impossible> {
        let free: Vec<SiteId> = all_sites(problem).filter(|site| fixings[site.index()] == Fixing::Free).collect();
        let open: Vec<SiteId> = all_sites(problem).filter(|site| fixings[site.index()] == Fixing::Open).collect();
        let rules = remaining_rules(problem, &free, &open, fixings)?;
        let base = problem.value_of(&open);
        let merged = MergedDemands::of(problem, fixings, &open);
        let floors = remaining_floors(problem, &open, &merged)?;
        let mut smaller = assemble(&merged.rows(problem, &free), merged.weights.clone(), rules, floors)?;
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

    /// Spreads the prices of merged demands over the demands of the problem first given, by weight.
    #[expect(clippy::cast_precision_loss, reason = "a report of prices, not a count")]
    pub(crate) fn spread_prices(&self, problem: &Problem, bound: &LagrangianBound) -> Prices {
        let merged = bound.demand_prices();
        let demands = self
            .origins
            .iter()
            .zip(problem.weights())
            .map(|(demand, &weight)| {
                demand.map_or(0.0, |demand| {
                    let whole = self.problem.weights()[demand.index()] as f64;
                    merged[demand.index()] * weight as f64 / whole
                })
            })
            .collect();
        Prices { demands, rules: bound.rule_prices(), floors: bound.floor_prices() }
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
fn remaining_floors(
    problem: &Problem,
    open: &[SiteId],
    merged: &MergedDemands,
) -> Result<Vec<CoverageFloor>, Impossible> {
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
