/// The weights of a problem add up to no more than this, half of what the kernel takes.
const MOST: f64 = 4.5e15;

/// What one unit of each scenario's weight counts, in whole numbers.
pub(crate) struct SharePrices {
    pub(crate) of_scenario: Vec<u64>,
    /// What a share of 1 counts.
    pub(crate) scale: f64,
    /// The share that scenarios give in which nothing can be added.
    pub(crate) given: f64,
}

impl SharePrices {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sums stay below 2^53, and what is rounded up only raises a bound"
    )]
    pub(crate) fn of(totals: &[u64], bounds: &[u64], multipliers: &[f64]) -> Self {
        let all = || totals.iter().zip(bounds).zip(multipliers);
        let sum: f64 = all()
            .filter(|((_, bound), _)| **bound > 0)
            .map(|((total, bound), by)| by * *total as f64 / *bound as f64)
            .sum();
        let scale = MOST / sum.max(1.0);
        let price = |((_, bound), by): ((&u64, &u64), &f64)| match bound {
            0 => 0,
            bound => (scale * by / *bound as f64).ceil() as u64,
        };
        let given = all().filter(|((_, bound), _)| **bound == 0).map(|(_, by)| by).sum();
        Self { of_scenario: all().map(price).collect(), scale, given }
    }
}
