use crate::catchment::Catchment;
use crate::need::Need;
use crate::{Dictionary, Goal, Opening, Scenario, Territory};

/// How long people travel to the nearest site, in minutes begun, each place counting the limit at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TravelMinutes {
    /// The most a place counts, in minutes.
    pub limit: u64,
    /// What places weigh in all: people, or thousandths.
    pub weight: u64,
    /// Weight times minutes, with the existing sites.
    pub before: u64,
    /// Weight times minutes, with the plan.
    pub after: u64,
    /// No plan brings them below this.
    pub bound: u64,
    /// Weight of places that have no site nearer than the limit, with the existing sites.
    pub beyond_before: u64,
    /// The same, with the plan.
    pub beyond_after: u64,
}

impl TravelMinutes {
    /// Counts them, where the goal is that they be few; `bound` is the kernel's, on minutes saved.
    pub(crate) fn of(
        territory: &Territory,
        catchment: &Catchment<'_>,
        scenario: &Scenario,
        dictionary: &Dictionary,
        (new, bound): (&[Opening], u64),
    ) -> Option<Self> {
        let Goal::TravelTime(limit) = scenario.goal else { return None };
        let minutes = u64::from(limit.whole_minutes());
        let need = Need::of(scenario);
        let weights: Vec<u64> = if catchment.has_residents() {
            (0..catchment.crowd_count()).map(|crowd| catchment.people(crowd, need)).collect()
        } else {
            territory.communes().iter().map(|commune| need.weight(commune, &scenario.weight).unwrap_or(0)).collect()
        };
        let (before, beyond_before) = sums(catchment, catchment.existing(), &weights, minutes);
        let open = catchment.existing().chain(new.iter().copied());
        let (after, beyond_after) = sums(catchment, open, &weights, minutes);
        let saved = bound.saturating_sub(dictionary.covered_before);
        let bound = before.saturating_sub(saved);
        let weight = weights.iter().sum();
        Some(Self { limit: minutes, weight, before, after, bound, beyond_before, beyond_after })
    }

    /// Returns the mean of a sum of weight times minutes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 15 digits")]
    pub fn mean(&self, sum: u64) -> f64 {
        sum as f64 / self.weight.max(1) as f64
    }
}

/// Returns the sum of weight times minutes to the nearest open site, and the weight of those that are not nearer than
/// the limit.
fn sums(catchment: &Catchment<'_>, open: impl Iterator<Item = Opening>, weights: &[u64], limit: u64) -> (u64, u64) {
    let mut nearest = vec![limit; weights.len()];
    for (crowd, time) in open.flat_map(|opening| catchment.times(opening)) {
        if let Some(nearest) = nearest.get_mut(crowd as usize) {
            *nearest = u64::from(time.minutes_begun()).min(*nearest);
        }
    }
    let sum = nearest.iter().zip(weights).map(|(minutes, weight)| minutes * weight).sum();
    let beyond = nearest.iter().zip(weights).filter(|entry| *entry.0 == limit).map(|entry| entry.1).sum();
    (sum, beyond)
}
