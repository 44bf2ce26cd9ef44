use crate::greedy::all_sites;
use crate::stage::Prices;
use crate::{Problem, SiteId, SiteRule};

/// Multipliers are whole numbers over at most this power of two.
const MOST_BITS: u32 = 20;

/// No rule's price is larger, so that products with coefficients stay exact.
const LARGEST_PRICE: i64 = 1 << 60;

/// No floor's price is larger: a million times the weight for each unit.
const LARGEST_FLOOR_PRICE: i64 = 1 << 40;

/// An upper bound on every feasible choice, counted in whole numbers from multipliers (weak duality).
///
/// With λ on demands, μ on rules and ν on coverage floors, every choice that keeps rules and floors covers at most
///
/// ```text
/// Σᵢ (vᵢ − λᵢ) − Σ_g ν_g F_g + Σⱼ max(0, Σ_{i covered by j} λᵢ − Σᵣ μᵣ aᵣⱼ) + Σᵣ (μᵣ > 0 ? μᵣ mostᵣ : μᵣ leastᵣ)
/// ```
///
/// where `vᵢ = wᵢ + Σ_g ν_g f_gᵢ`, for any ν ≥ 0, any 0 ≤ λ ≤ v and any μ whose sign has an end to lean on
/// (Geoffrion 1974; Galvão and `ReVelle` 1996).
#[derive(Clone, Debug)]
pub(crate) struct LagrangianBound {
    /// λ × scale, one for each demand.
    demand_prices: Vec<i64>,
    /// μ × scale, one for each rule.
    rule_prices: Vec<i64>,
    /// ν × scale, one for each floor.
    floor_prices: Vec<i64>,
    /// Σ λ − Σ μ a of each site × scale.
    reduced_costs: Vec<i128>,
    /// The bound × scale.
    scaled: i128,
    /// The power of two all these are over.
    scale: i64,
}

impl LagrangianBound {
    /// Rounds multipliers to whole numbers, brings them within their signs and limits, and counts the bound.
    ///
    /// Rule prices are first improved for the given λ, one rule at a time, from where they are.
    pub(crate) fn count(problem: &Problem, prices: &Prices, scale_bits: u32) -> Self {
        let scale = 1 << scale_bits;
        let floor_prices: Vec<i64> =
            prices.floors.iter().map(|&price| rounded(price, scale).clamp(0, LARGEST_FLOOR_PRICE)).collect();
        let values = scaled_values(problem, &floor_prices, scale_bits);
        let demand_prices: Vec<i64> = prices
            .demands
            .iter()
            .zip(&values)
            .map(|(&price, &value)| rounded(price, scale).clamp(0, i64::try_from(value).unwrap_or(i64::MAX)))
            .collect();
        let mut reduced_costs: Vec<i128> = all_sites(problem)
            .map(|site| {
                let demands = problem.coverage().demands_of(site);
                demands.iter().map(|demand| i128::from(demand_prices[demand.index()])).sum()
            })
            .collect();
        let mut rule_prices: Vec<i64> = prices
            .rules
            .iter()
            .zip(problem.rules())
            .map(|(&price, rule)| {
                let lowest = if rule.least.is_some() { -LARGEST_PRICE } else { 0 };
                let highest = if rule.most.is_some() { LARGEST_PRICE } else { 0 };
                rounded(price, scale).clamp(lowest, highest)
            })
            .collect();
        for (rule, &price) in problem.rules().iter().zip(&rule_prices) {
            charge(&mut reduced_costs, &rule.coefficients, price);
        }
        for (rule, price) in problem.rules().iter().zip(&mut rule_prices) {
            charge(&mut reduced_costs, &rule.coefficients, -*price);
            *price = best_price(rule, &reduced_costs);
            charge(&mut reduced_costs, &rule.coefficients, *price);
        }
        let mut bound = Self { demand_prices, rule_prices, floor_prices, reduced_costs, scaled: 0, scale };
        bound.scaled = bound.total(problem, &values);
        bound
    }

    fn total(&self, problem: &Problem, values: &[i128]) -> i128 {
        let uncovered: i128 =
            values.iter().zip(&self.demand_prices).map(|(&value, &price)| value - i128::from(price)).sum();
        let floors: i128 = problem
            .floors()
            .iter()
            .zip(&self.floor_prices)
            .map(|(floor, &price)| i128::from(price) * i128::from(floor.least))
            .sum();
        let sites: i128 = self.reduced_costs.iter().map(|&cost| cost.max(0)).sum();
        let rules: i128 = problem
            .rules()
            .iter()
            .zip(&self.rule_prices)
            .map(|(rule, &price)| {
                let end = if price > 0 { rule.most } else { rule.least };
                i128::from(price) * i128::from(end.unwrap_or(0))
            })
            .sum();
        uncovered - floors + sites + rules
    }

    /// Counts the bound with one site held open or closed, all multipliers as they are.
    pub(crate) fn holding(mut self, site: SiteId, open: bool) -> Self {
        let cost = self.reduced_costs[site.index()];
        self.scaled += if open { cost } else { 0 } - cost.max(0);
        self
    }

    /// Returns the bound as whole weight, rounded down; below 0 the rules are proved impossible.
    pub(crate) fn floor(&self) -> i128 {
        self.scaled.div_euclid(i128::from(self.scale))
    }

    /// Returns the bound if the site's state were forced against its reduced cost, rounded down.
    pub(crate) fn floor_against(&self, site: SiteId) -> i128 {
        (self.scaled - self.reduced_costs[site.index()].abs()).div_euclid(i128::from(self.scale))
    }

    /// Returns whether this bound is lower than another of the same problem.
    pub(crate) fn is_below(&self, other: &Self) -> bool {
        self.scaled < other.scaled
    }

    /// Returns by how much this bound is lower than another of the same problem, in weight.
    #[expect(clippy::cast_precision_loss, reason = "a guide to the search, not a count")]
    pub(crate) fn below(&self, other: &Self) -> f64 {
        (other.scaled - self.scaled) as f64 / self.scale as f64
    }

    /// Returns whether the bound rather has the site open.
    pub(crate) fn favours(&self, site: SiteId) -> bool {
        self.reduced_costs[site.index()] > 0
    }

    /// Returns Σ λ − Σ μ a of a site in units of weight: above 0 the bound would open it.
    #[expect(clippy::cast_precision_loss, reason = "a guide to the search, not a count")]
    pub(crate) fn reduced_cost(&self, site: SiteId) -> f64 {
        self.reduced_costs[site.index()] as f64 / self.scale as f64
    }

    /// Returns λ × scale.
    pub(crate) fn scaled_demand_prices(&self) -> &[i64] {
        &self.demand_prices
    }

    /// Returns μ × scale.
    pub(crate) fn scaled_rule_prices(&self) -> &[i64] {
        &self.rule_prices
    }

    /// Returns ν × scale.
    pub(crate) fn scaled_floor_prices(&self) -> &[i64] {
        &self.floor_prices
    }

    /// Returns λ in units of weight.
    #[expect(clippy::cast_precision_loss, reason = "a report of prices, not a count")]
    pub(crate) fn demand_prices(&self) -> Vec<f64> {
        self.demand_prices.iter().map(|&price| price as f64 / self.scale as f64).collect()
    }

    /// Returns ν in units of weight.
    #[expect(clippy::cast_precision_loss, reason = "a report of prices, not a count")]
    pub(crate) fn floor_prices(&self) -> Vec<f64> {
        self.floor_prices.iter().map(|&price| price as f64 / self.scale as f64).collect()
    }

    /// Returns μ in units of weight.
    #[expect(clippy::cast_precision_loss, reason = "a report of prices, not a count")]
    pub(crate) fn rule_prices(&self) -> Vec<f64> {
        self.rule_prices.iter().map(|&price| price as f64 / self.scale as f64).collect()
    }
}

/// Returns the largest power of two, 20 at most, times which the sum of all weights still fits an `i64`.
pub(crate) fn scale_bits_for(problem: &Problem) -> u32 {
    let total: u64 = problem.weights().iter().sum();
    MOST_BITS.min(total.leading_zeros().saturating_sub(2))
}

/// Returns what covering each demand is worth, × scale: its weight and what floors add at their prices.
pub(crate) fn scaled_values(problem: &Problem, floor_prices: &[i64], scale_bits: u32) -> Vec<i128> {
    let mut values: Vec<i128> = problem.weights().iter().map(|&weight| i128::from(weight) << scale_bits).collect();
    for (floor, &price) in problem.floors().iter().zip(floor_prices) {
        for &(demand, by) in &floor.coefficients {
            values[demand.index()] += i128::from(price) * i128::from(by);
        }
    }
    values
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "`as` saturates, and NaN becomes 0")]
fn rounded(price: f64, scale: i64) -> i64 {
    (price * scale as f64).round() as i64
}

fn charge(reduced_costs: &mut [i128], coefficients: &[(SiteId, i64)], price: i64) {
    if price != 0 {
        for &(site, by) in coefficients {
            reduced_costs[site.index()] -= i128::from(price) * i128::from(by);
        }
    }
}

/// Finds the price of one rule that gives the least bound, the other multipliers as they are.
///
/// The bound is convex and piecewise linear in the price, with breaks where a site's term turns: the sites are taken
/// in order of what they are worth by unit until the end of the rule is filled, as in a fractional knapsack
/// (Dantzig 1957).
pub(crate) fn best_price(rule: &SiteRule, prizes: &[i128]) -> i64 {
    // Where the site's term turns, and by how much the rule's sum falls there.
    let mut breaks: Vec<(i64, i64)> = rule
        .coefficients
        .iter()
        .map(|&(site, by)| {
            let turn = prizes[site.index()].div_euclid(i128::from(by));
            (i64::try_from(turn).unwrap_or(if turn < 0 { -LARGEST_PRICE } else { LARGEST_PRICE }), by.abs())
        })
        .collect();
    breaks.sort_unstable();
    // The rule's sum at a price of minus infinity.
    let mut activity: i64 = rule.coefficients.iter().map(|entry| entry.1.max(0)).sum();
    let mut breaks = breaks.into_iter().peekable();
    while let Some((turn, by)) = breaks.next_if(|entry| entry.0 < 0) {
        activity -= by;
        if rule.least.is_some_and(|least| activity <= least) {
            return turn.max(-LARGEST_PRICE);
        }
    }
    let Some(most) = rule.most else { return 0 };
    if activity <= most {
        return 0;
    }
    for (turn, by) in breaks {
        activity -= by;
        if activity <= most {
            return turn.min(LARGEST_PRICE);
        }
    }
    0
}
