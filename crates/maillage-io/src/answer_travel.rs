use maillage_core::TravelMinutes;
use serde::{Deserialize, Serialize};

/// How long people travel to the nearest site, in minutes begun, each place counting the limit at most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerTravel {
    /// The most a place counts, in minutes.
    pub limit: u64,
    /// What places weigh in all.
    pub weight: u64,
    /// Weight times minutes, with the existing sites.
    pub before: u64,
    /// Weight times minutes, with the plan.
    pub after: u64,
    /// No plan brings them below this.
    pub bound: u64,
    /// Mean minutes with the existing sites, to a thousandth.
    pub mean_before: f64,
    /// Mean minutes with the plan.
    pub mean_after: f64,
    /// No plan brings the mean below this.
    pub mean_bound: f64,
    /// Weight of places without a site nearer than the limit, with the existing sites.
    pub beyond_before: u64,
    /// The same, with the plan.
    pub beyond_after: u64,
}

impl AnswerTravel {
    /// Returns the mean of a sum of weight times minutes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 15 digits")]
    pub fn mean(&self, sum: u64) -> f64 {
        sum as f64 / self.weight.max(1) as f64
    }

    pub(crate) fn of(travel: &TravelMinutes) -> Self {
        let mean = |sum: u64| (travel.mean(sum) * 1_000.0).round() / 1_000.0;
        let rounded_down = (travel.mean(travel.bound) * 1_000.0).floor() / 1_000.0;
        let bound = if travel.bound == travel.after { mean(travel.after) } else { rounded_down };
        Self {
            limit: travel.limit,
            weight: travel.weight,
            before: travel.before,
            after: travel.after,
            bound: travel.bound,
            mean_before: mean(travel.before),
            mean_after: mean(travel.after),
            mean_bound: bound,
            beyond_before: travel.beyond_before,
            beyond_after: travel.beyond_after,
        }
    }
}
