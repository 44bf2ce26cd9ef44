use maillage_core::{Curve, Territory};
use serde::{Deserialize, Serialize};

use crate::{AnswerGuarantee, gap};

/// The best plan found for one scenario of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweptPoint {
    /// What its sites add; absent where no plan is known.
    pub value: Option<u64>,
    /// No plan adds more; absent where it is proved that there is none.
    pub bound: Option<u64>,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to the new sites only.
    pub newly_reached: u64,
    /// Whole euros for the new sites.
    pub cost: u64,
    /// Identifiers of the new sites, in the order of the territory.
    pub sites: Vec<String>,
}

impl SweptPoint {
    /// Takes the points of a curve, in its order.
    #[must_use]
    pub fn of(curve: &Curve, territory: &Territory) -> Vec<Self> {
        let id = |site: &u32| territory.sites().get(*site as usize).map(|site| site.id.clone());
        let point = |point: &maillage_core::CurvePoint| Self {
            value: point.value,
            bound: (!point.impossible).then_some(point.bound),
            guarantee: point.guarantee.into(),
            under_served: curve.under_served,
            reached_before: curve.reached_before,
            newly_reached: point.newly_reached,
            cost: point.cost,
            sites: point.sites.iter().filter_map(id).collect(),
        };
        curve.points.iter().map(point).collect()
    }

    /// Returns (bound − value) ÷ bound, rounded up; nothing where there is no plan.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        let (value, bound) = (self.value?, self.bound?);
        gap(value, bound, bound)
    }
}
