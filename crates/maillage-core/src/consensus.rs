use std::collections::BTreeMap;

use maillage_solver::{
    Coverage, CoverageError, CoverageFloor, DemandId, Fixing, Observer, Problem, ProblemError, Search, SiteId,
    SiteRule, SolveError,
};

use crate::common_sites::CommonSites;
use crate::merged_demands::MergedDemands;
use crate::share_prices::SharePrices;
use crate::{ConsensusLimit, Territory, Yardstick};

/// Scenarios side by side: the demands of all of them as those of one problem, whose plan is to do well in each.
///
/// Of a scenario `s` counts the share of what is possible there, `value_s ÷ bound_s`. For multipliers π ≥ 0 with Σ π = 1,
///
/// ```text
/// max_x min_s share_s(x)  ≤  max_x Σ_s π_s · share_s(x),
/// ```
///
/// and the right side is a covering problem: the demands of all scenarios, weighted by `π_s ÷ bound_s`; those that the same
/// sites reach are one. Equal multipliers give the mean. For the worst, multipliers move to the scenarios that the last
/// plan serves worst (Arora, Hazan and Kale 2012, "The multiplicative weights update method"), and the least right side is
/// the bound. Weights are whole numbers, rounded up, so that the bound holds exactly.
#[derive(Clone, Debug)]
pub struct Consensus {
    /// For each site, its position in the territory.
    sites: Vec<u32>,
    /// Whole euros of candidates, nothing for sites that are there.
    costs: Vec<Option<u64>>,
    coverage: Coverage,
    /// For each demand, the scenarios that count it, with its weight there.
    weights: Vec<Vec<(usize, u64)>>,
    rules: Vec<SiteRule>,
    floors: Vec<CoverageFloor>,
    fixings: Vec<Fixing>,
    /// For each scenario, the weight that existing sites do not cover.
    totals: Vec<u64>,
}

/// A plan for several scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// Its new sites, by their positions in the territory, ascending.
    pub sites: Vec<u32>,
    /// Its mean or its worst share, from 0 to 1.
    pub share: f64,
    /// No plan has a larger one.
    pub bound: f64,
}

/// Why no plan was looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsensusError {
    /// There are more sites or demands than the kernel numbers.
    #[error(transparent)]
    Coverage(#[from] CoverageError),
    /// Numbers are larger than the kernel takes.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// No choice of sites keeps all rules, or the answer failed its recount.
    #[error(transparent)]
    Solve(#[from] SolveError),
}

impl Consensus {
    /// Puts scenarios side by side that speak of the same sites; nothing where one must open what another forbids.
    ///
    /// # Errors
    /// When coverage or rules are larger than the kernel takes.
    pub fn of(territory: &Territory, scenarios: &[&Yardstick]) -> Result<Option<Self>, ConsensusError> {
        let Some(sites) = CommonSites::of(territory, scenarios) else { return Ok(None) };
        let mut merged = MergedDemands::default();
        let mut rules: BTreeMap<Vec<(SiteId, i64)>, Ends> = BTreeMap::new();
        let mut floors = Vec::new();
        let mut totals = Vec::new();
        for (scenario, yardstick) in scenarios.iter().enumerate() {
            let problem = yardstick.problem();
            let of = sites.of_scenario(yardstick);
            let mut demand_of = Vec::new();
            let mut total = 0;
            for (demand, &weight) in (0..).map(DemandId).zip(problem.weights()) {
                let reached = problem.coverage().sites_of(demand);
                if reached.iter().any(|site| yardstick.is_existing(*site)) {
                    demand_of.push(None);
                    continue;
                }
                let cover = reached.iter().filter_map(|site| of.get(site.index()).copied().flatten()).collect();
                total += weight;
                demand_of.push(Some(merged.add(cover, scenario, weight)));
            }
            totals.push(total);
            for rule in problem.rules() {
                let site = |&(site, by): &(SiteId, i64)| Some((of.get(site.index()).copied().flatten()?, by));
                let mut coefficients: Vec<(SiteId, i64)> = rule.coefficients.iter().filter_map(site).collect();
                coefficients.sort_unstable();
                let ends = rules.entry(coefficients).or_default();
                ends.0 = ends.0.max(rule.least);
                ends.1 = ends.1.into_iter().chain(rule.most).min();
            }
            for floor in problem.floors() {
                let mut least = floor.least;
                let mut coefficients: BTreeMap<DemandId, u64> = BTreeMap::new();
                for &(demand, by) in &floor.coefficients {
                    match demand_of.get(demand.index()).copied().flatten() {
                        Some(demand) => *coefficients.entry(demand).or_default() += by,
                        None => least = least.saturating_sub(by),
                    }
                }
                floors.push(CoverageFloor { coefficients: coefficients.into_iter().collect(), least });
            }
        }
        let rule = |(coefficients, (least, most))| SiteRule { coefficients, least, most };
        Ok(Some(Self {
            coverage: merged.coverage(sites.all.len())?,
            weights: merged.weights,
            rules: rules.into_iter().map(rule).collect(),
            floors,
            fixings: sites.fixings,
            costs: sites.costs,
            sites: sites.all,
            totals,
        }))
    }

    /// Finds a plan whose mean share is large, and what no plan exceeds; nothing where no plan was found.
    ///
    /// `bounds` is what no plan adds, by scenario.
    ///
    /// # Errors
    /// When no choice of sites keeps all rules.
    pub fn on_average(
        &self,
        bounds: &[u64],
        limit: ConsensusLimit,
        (search, observer): (&Search, &dyn Observer),
    ) -> Result<Option<Agreed>, ConsensusError> {
        let counted = Counted { bounds, limit };
        #[expect(clippy::cast_precision_loss, reason = "a count of scenarios")]
        let equal = vec![1.0 / bounds.len().max(1) as f64; bounds.len()];
        let Some((open, bound)) = self.best(&counted, &equal, &[], (search, observer))? else { return Ok(None) };
        let shares = self.shares(&open, bounds);
        let share = shares.iter().zip(&equal).map(|(share, by)| share * by).sum();
        Ok(Some(Agreed { sites: self.new_sites(&open), share, bound }))
    }

    /// Finds a plan whose worst share is large, and what no plan exceeds; nothing where no plan was found.
    ///
    /// `start` are plans to begin with; `rounds` is how often the multipliers move.
    ///
    /// # Errors
    /// As [`Consensus::on_average`].
    pub fn in_the_worst(
        &self,
        bounds: &[u64],
        limit: ConsensusLimit,
        (start, rounds): (&[u32], u32),
        (search, observer): (&Search, &dyn Observer),
    ) -> Result<Option<Agreed>, ConsensusError> {
        let counted = Counted { bounds, limit };
        let mut open = self.opened(start);
        let mut found: Option<Agreed> = None;
        let mut bound = 1.0_f64;
        let mut multipliers: Vec<f64> = bounds.iter().map(|bound| f64::from(u8::from(*bound > 0))).collect();
        let mut past = vec![0.0; bounds.len()];
        for round in 1..=rounds + 1 {
            let shares = self.shares(&open, bounds);
            let worst = shares.iter().copied().fold(1.0, f64::min);
            if found.as_ref().is_none_or(|found| found.share < worst) && self.keeps_rules(&open, limit) {
                found = Some(Agreed { sites: self.new_sites(&open), share: worst, bound });
            }
            let is_close = bound - found.as_ref().map_or(0.0, |found| found.share) < CLOSE;
            if round > rounds || is_close || observer.should_stop() {
                break;
            }
            let step = STEP / f64::from(round).sqrt();
            for (multiplier, share) in multipliers.iter_mut().zip(&shares) {
                *multiplier *= (-step * (share - worst)).exp();
            }
            let Some(now) = normal(&multipliers) else { break };
            for (past, now) in past.iter_mut().zip(&now) {
                *past += f64::from(round) * now;
            }
            // Every fourth time, those of the way so far, the later ones more: they settle where single ones swing.
            let asked = if round.is_multiple_of(4) { normal(&past).unwrap_or(now) } else { now };
            let Some((next, above)) = self.best(&counted, &asked, &open, (search, observer))? else { break };
            bound = bound.min(above);
            open = next;
        }
        Ok(found.map(|found| Agreed { bound: bound.max(found.share), ..found }))
    }

    /// Solves for some multipliers: returns the open sites, and what no plan's shares, so weighted, add up to.
    fn best(
        &self,
        counted: &Counted<'_>,
        multipliers: &[f64],
        near: &[SiteId],
        (search, observer): (&Search, &dyn Observer),
    ) -> Result<Option<(Vec<SiteId>, f64)>, ConsensusError> {
        let prices = SharePrices::of(&self.totals, counted.bounds, multipliers);
        let weight = |parts: &Vec<(usize, u64)>| {
            parts
                .iter()
                .map(|&(scenario, weight)| weight * prices.of_scenario.get(scenario).copied().unwrap_or(0))
                .sum()
        };
        let weights: Vec<u64> = self.weights.iter().map(weight).collect();
        let rules = [self.rules.clone(), counted.limit.rules(&self.costs)].concat();
        let problem = Problem::new(self.coverage.clone(), weights, rules, self.fixings.clone())?;
        let problem = problem.with_floors(self.floors.clone())?;
        let near: Vec<Vec<SiteId>> = (!near.is_empty()).then(|| near.to_vec()).into_iter().collect();
        let outcome = search.solve_near(&problem, &near, observer)?;
        if !outcome.solution.is_feasible() {
            return Ok(None);
        }
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let bound = outcome.bound as f64 / prices.scale + prices.given;
        // What rounding may take from the quotient.
        Ok(Some((outcome.solution.sites().to_vec(), bound * (1.0 + 1e-12))))
    }

    /// Returns of each scenario the share of its bound that open sites add; 1 where nothing can be added.
    fn shares(&self, open: &[SiteId], bounds: &[u64]) -> Vec<f64> {
        let mut values = vec![0_u64; bounds.len()];
        for (scenario, weight) in
            self.weights.iter().zip(self.covered(open)).filter(|(_, covered)| *covered).flat_map(|(parts, _)| parts)
        {
            if let Some(value) = values.get_mut(*scenario) {
                *value += weight;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
        let share = |(value, bound): (u64, &u64)| if *bound == 0 { 1.0 } else { value as f64 / *bound as f64 };
        values.into_iter().zip(bounds).map(share).collect()
    }

    /// Returns for each demand whether an open site covers it.
    fn covered(&self, open: &[SiteId]) -> Vec<bool> {
        let mut covered = vec![false; self.weights.len()];
        for demand in open.iter().flat_map(|site| self.coverage.demands_of(*site)) {
            if let Some(covered) = covered.get_mut(demand.index()) {
                *covered = true;
            }
        }
        covered
    }

    /// Returns whether open sites keep a limit and every rule and floor.
    fn keeps_rules(&self, open: &[SiteId], limit: ConsensusLimit) -> bool {
        let sum = |rule: &SiteRule| -> i64 {
            let of = |(site, by): &(SiteId, i64)| if open.binary_search(site).is_ok() { *by } else { 0 };
            rule.coefficients.iter().map(of).sum()
        };
        let fixed = self.fixings.iter().zip((0..).map(SiteId)).all(|(fixing, site)| match fixing {
            Fixing::Free => true,
            Fixing::Open => open.binary_search(&site).is_ok(),
            Fixing::Closed => open.binary_search(&site).is_err(),
        });
        let covered = self.covered(open);
        let counted = |(demand, by): &(DemandId, u64)| {
            if covered.get(demand.index()).is_some_and(|covered| *covered) { *by } else { 0 }
        };
        let reaches = |floor: &CoverageFloor| floor.coefficients.iter().map(counted).sum::<u64>() >= floor.least;
        fixed
            && self.floors.iter().all(reaches)
            && self.rules.iter().chain(&limit.rules(&self.costs)).all(|rule| rule.allows(sum(rule)))
    }

    /// Returns the sites that are open under a plan, ascending.
    fn opened(&self, plan: &[u32]) -> Vec<SiteId> {
        let all = (0..).map(SiteId).zip(self.sites.iter().zip(&self.costs));
        all.filter(|(_, (site, cost))| cost.is_none() || plan.contains(site)).map(|(id, _)| id).collect()
    }

    fn new_sites(&self, open: &[SiteId]) -> Vec<u32> {
        let is_new = |site: &&SiteId| self.costs.get(site.index()).is_some_and(Option::is_some);
        let mut new: Vec<u32> =
            open.iter().filter(is_new).filter_map(|site| self.sites.get(site.index()).copied()).collect();
        new.sort_unstable();
        new
    }
}

/// The least and the most of a rule.
type Ends = (Option<i64>, Option<i64>);

/// How far multipliers move in the first round: a scenario a tenth below another weighs three times as much after it.
const STEP: f64 = 12.0;
/// Shares this close are one: a ten-thousandth.
const CLOSE: f64 = 0.000_1;

/// Returns numbers whose sum is 1; nothing where all are 0.
fn normal(numbers: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = numbers.iter().sum();
    (sum > 0.0).then(|| numbers.iter().map(|number| number / sum).collect())
}

/// What is asked in each round.
struct Counted<'a> {
    bounds: &'a [u64],
    limit: ConsensusLimit,
}
