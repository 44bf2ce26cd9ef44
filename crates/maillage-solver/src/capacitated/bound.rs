use super::CapacitatedProblem;
use crate::bound::best_price;
use crate::{DemandId, Fixing, SiteId, SiteRule};

/// Multipliers are whole numbers over this power of two.
pub(super) const BITS: u32 = 20;
/// A unit of need served, in those whole numbers.
pub(super) const UNIT: i64 = 1 << BITS;

/// Counts upper bounds on what any feasible choice serves, in whole numbers from multipliers (weak duality).
///
/// With 0 ≤ λ ≤ 1 on demands and μ on rules, every choice that keeps the rules serves at most
///
/// ```text
/// Σᵢ λᵢ dᵢ + Σⱼ max(0, Kⱼ(λ) − Σᵣ μᵣ aᵣⱼ) + Σᵣ (μᵣ > 0 ? μᵣ mostᵣ : μᵣ leastᵣ)
/// ```
///
/// where `Kⱼ(λ)` is the most of Σᵢ (1 − λᵢ) xᵢ with 0 ≤ xᵢ ≤ dᵢ and Σ xᵢ at most the capacity: a fractional knapsack,
/// filled in the order of λ (Dantzig 1957). Its best value is the bound of the linear relaxation with x ≤ d y (the
/// strong one, Cornuéjols, Sridharan and Thizy 1991).
#[derive(Clone, Debug)]
pub(super) struct BoundCounter<'a> {
    problem: &'a CapacitatedProblem,
    /// Rules on free sites only, the ends without what fixed sites bring.
    rules: Vec<SiteRule>,
    /// Demands in the order of λ.
    order: Vec<DemandId>,
    rank: Vec<u32>,
    room: Vec<u64>,
}

/// A bound and what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// The bound × scale.
    pub(super) scaled: i128,
    /// K − Σ μ a of each site × scale; of fixed ones K.
    pub(super) reduced: Vec<i128>,
    /// μ × scale.
    pub(super) rule_prices: Vec<i64>,
}

impl Counted {
    /// Returns the bound as whole need, rounded down.
    pub(super) fn floor(&self) -> u64 {
        u64::try_from(self.scaled.div_euclid(i128::from(UNIT))).unwrap_or(0)
    }

    /// Returns the bound if a free site's state were forced against its reduced cost, rounded down.
    pub(super) fn floor_against(&self, site: SiteId) -> u64 {
        let scaled = self.scaled - self.reduced[site.index()].abs();
        u64::try_from(scaled.div_euclid(i128::from(UNIT))).unwrap_or(0)
    }
}

impl<'a> BoundCounter<'a> {
    pub(super) fn new(problem: &'a CapacitatedProblem) -> Self {
        let covering = problem.covering();
        let fixing = |site: SiteId| covering.fixings()[site.index()];
        let of_free = |rule: &SiteRule| {
            let open = rule.coefficients.iter().filter(|entry| fixing(entry.0) == Fixing::Open);
            let already: i64 = open.map(|entry| entry.1).sum();
            SiteRule {
                coefficients: rule.coefficients.iter().copied().filter(|e| fixing(e.0) == Fixing::Free).collect(),
                least: rule.least.map(|least| least - already),
                most: rule.most.map(|most| most - already),
            }
        };
        Self {
            problem,
            rules: covering.rules().iter().map(of_free).collect(),
            order: (0..).map(DemandId).take(covering.weights().len()).collect(),
            rank: vec![0; covering.weights().len()],
            room: Vec::new(),
        }
    }

    /// Counts the bound from λ × scale; the prices of rules are the best ones, one by one, from where they are.
    pub(super) fn count(&mut self, prices: &[i64], rule_prices: &[i64]) -> Counted {
        let covering = self.problem.covering();
        let (coverage, needs) = (covering.coverage(), covering.weights());
        self.order.sort_unstable_by_key(|demand| (prices[demand.index()], *demand));
        for (rank, demand) in (0..).zip(&self.order) {
            self.rank[demand.index()] = rank;
        }
        self.room.clear();
        self.room.extend_from_slice(self.problem.capacities());
        let mut reduced = vec![0_i128; self.room.len()];
        for &demand in &self.order {
            let (need, worth) = (needs[demand.index()], UNIT - prices[demand.index()]);
            if worth <= 0 {
                break;
            }
            for &site in coverage.sites_of(demand) {
                let taken = need.min(self.room[site.index()]);
                if taken > 0 {
                    self.room[site.index()] -= taken;
                    reduced[site.index()] += i128::from(worth) * i128::from(taken);
                }
            }
        }
        let uncovered: i128 =
            needs.iter().zip(prices).map(|(&need, &price)| i128::from(need) * i128::from(price)).sum();
        let mut rule_prices = rule_prices.to_vec();
        for (rule, &price) in self.rules.iter().zip(&rule_prices) {
            charge(&mut reduced, rule, price);
        }
        for (rule, price) in self.rules.iter().zip(&mut rule_prices) {
            charge(&mut reduced, rule, -*price);
            *price = best_price(rule, &reduced);
            charge(&mut reduced, rule, *price);
        }
        let of_site = |(&reduced, fixing): (&i128, &Fixing)| match fixing {
            Fixing::Free => reduced.max(0),
            Fixing::Open => reduced,
            Fixing::Closed => 0,
        };
        let of_sites: i128 = reduced.iter().zip(covering.fixings()).map(of_site).sum();
        let of_rule = |(rule, &price): (&SiteRule, &i64)| {
            let end = if price > 0 { rule.most } else { rule.least };
            i128::from(price) * i128::from(end.unwrap_or(0))
        };
        let of_rules: i128 = self.rules.iter().zip(&rule_prices).map(of_rule).sum();
        Counted { scaled: uncovered + of_sites + of_rules, reduced, rule_prices }
    }

    /// Returns the need that a site serves of each demand in its knapsack, after [`Self::count`] of the same λ.
    pub(super) fn knapsack(&self, site: SiteId, prices: &[i64]) -> Vec<(DemandId, u64)> {
        let covering = self.problem.covering();
        let mut row = covering.coverage().demands_of(site).to_vec();
        row.sort_unstable_by_key(|demand| self.rank[demand.index()]);
        let mut room = self.problem.capacities()[site.index()];
        let mut taken = Vec::with_capacity(row.len());
        for demand in row {
            if room == 0 || prices[demand.index()] >= UNIT {
                break;
            }
            let by = covering.weights()[demand.index()].min(room);
            room -= by;
            taken.push((demand, by));
        }
        taken
    }
}

fn charge(reduced: &mut [i128], rule: &SiteRule, price: i64) {
    if price != 0 {
        for &(site, by) in &rule.coefficients {
            reduced[site.index()] -= i128::from(price) * i128::from(by);
        }
    }
}
