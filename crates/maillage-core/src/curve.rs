use maillage_solver::{FrontierCurve, FrontierPoint, Guarantee, StoppedBy, Work};

use crate::catchment::Catchment;
use crate::need::Need;
use crate::{Dictionary, Opening, Reach, Scenario, SiteState, Territory};

/// What each further site, or euro, brings: the best plans under a limit that rises, counted in places.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What was maximised: "people", "thousandths of a person" of shortfall, or "thousandths of" a column.
    pub unit: String,
    /// Under-served people in all.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// One for each limit, rising.
    pub points: Vec<CurvePoint>,
    /// The work done.
    pub work: Work,
}

/// The best plan found under one limit.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvePoint {
    /// At most so many new sites, or whole euros for them.
    pub limit: u64,
    /// What the plan adds; absent where no plan is known.
    pub value: Option<u64>,
    /// No plan adds more than this.
    pub bound: u64,
    /// What is proved.
    pub guarantee: Guarantee,
    /// Whether it is proved that no plan keeps the rules.
    pub impossible: bool,
    /// Why the solver stopped.
    pub stopped_by: StoppedBy,
    /// Under-served people in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Sites that the plan opens, positions in the territory ascending.
    pub sites: Vec<u32>,
    /// Whole euros for them.
    pub cost: u64,
    /// What one more site, or euro, is worth at this limit by the bound, in units of what was maximised.
    pub price: f64,
}

impl Curve {
    /// Reads the kernel's curve back into places; every figure but the objective and its bound is counted anew.
    #[must_use]
    pub fn read_back(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        dictionary: &Dictionary,
        curve: &FrontierCurve,
    ) -> Self {
        let need = Need::of(scenario);
        let catchment = Catchment::of(scenario, territory, reach);
        let people: Vec<u64> = (0..catchment.crowd_count()).map(|crowd| catchment.people(crowd, need)).collect();
        let before = catchment.reached_by(catchment.existing(), scenario.within);
        let reached_before =
            people.iter().zip(&before).filter(|(_, reached)| **reached).map(|(people, _)| people).sum();
        let left: Vec<u64> =
            people.iter().zip(before).map(|(&people, reached)| if reached { 0 } else { people }).collect();
        let point_of = |point: &FrontierPoint| {
            let openings = opened(territory, dictionary, point);
            let newly = catchment.reached_by(openings.iter().copied(), scenario.within);
            let without_before = |value: u64| value.saturating_sub(dictionary.covered_before);
            let site_of = |opening: &Opening| territory.sites().get(opening.site as usize);
            let cost_of = |opening: &Opening| site_of(opening).map_or(0, |site| scenario.cost_of(site, *opening));
            CurvePoint {
                limit: u64::try_from(point.end).unwrap_or(0),
                value: point.solution.as_ref().map(|solution| without_before(solution.value())),
                bound: without_before(point.bound),
                guarantee: point.guarantee,
                impossible: point.impossible,
                stopped_by: point.stopped_by,
                newly_reached: left.iter().zip(newly).filter(|(_, newly)| *newly).map(|(people, _)| people).sum(),
                cost: openings.iter().map(cost_of).sum(),
                sites: openings.iter().map(|opening| opening.site).collect(),
                price: point.price,
            }
        };
        Self {
            unit: scenario.unit(),
            under_served: people.iter().sum(),
            reached_before,
            points: curve.points.iter().map(point_of).collect(),
            work: curve.work,
        }
    }

    /// Returns what each `step` more sites, or euros, add from a point (by its position) to the next; absent for the
    /// last point, and where either plan is unknown.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than 15 digits")]
    pub fn next_value(&self, position: usize, step: u64) -> Option<f64> {
        let (point, next) = (self.points.get(position)?, self.points.get(position + 1)?);
        let gained = next.value?.saturating_sub(point.value?);
        Some(gained as f64 * step as f64 / next.limit.saturating_sub(point.limit).max(1) as f64)
    }

    /// Returns what `step` more sites, or euros, are worth by the bound at a point (by its position).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a price needs no more than 15 digits")]
    pub fn next_price(&self, position: usize, step: u64) -> f64 {
        self.points.get(position).map_or(0.0, |point| point.price.max(0.0) * step as f64)
    }
}

/// Returns how the plan of a point opens candidates, by their positions.
fn opened(territory: &Territory, dictionary: &Dictionary, point: &FrontierPoint) -> Vec<Opening> {
    let open = point.solution.iter().flat_map(maillage_solver::Solution::sites);
    let open = open.filter_map(|site| dictionary.openings.get(site.index()).copied());
    let is_new = |opening: &Opening| {
        territory.sites().get(opening.site as usize).is_some_and(|site| site.state == SiteState::Candidate)
    };
    let mut openings: Vec<Opening> = open.filter(is_new).collect();
    openings.sort_unstable();
    openings
}
