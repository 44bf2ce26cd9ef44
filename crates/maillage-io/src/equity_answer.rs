use maillage_core::{EquityCurve, EquityPoint};
use serde::Serialize;

use crate::{
    AnswerGuarantee, AnswerObjective, AnswerPoint, AnswerWork, CurveAnswer, CurveOver, Provenance, Stop, TableCell, gap,
};

/// The price of equity, as `frontier.json` holds it for the goal `worst-off`.
pub type EquityAnswer = CurveAnswer<EquityAnswerPoint>;

/// The best plan above one floor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EquityAnswerPoint {
    /// The floor under the share in reach of every place, in hundredths of a percent; absent for the first.
    pub floor: Option<u64>,
    /// The smallest share of a place with the plan, in hundredths of a percent, rounded down.
    pub worst: u64,
    /// What the new sites add.
    pub value: u64,
    /// No choice above the floor adds more than this.
    pub bound: u64,
    /// (bound − value) ÷ bound, rounded up to a millionth: 0 only when they are equal.
    pub gap: Option<f64>,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Why the work on it ended.
    pub stopped_by: Stop,
    /// What the floor costs: by how much less than without a floor the new sites add.
    pub lost: u64,
    /// Under-served people in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Under-served people in reach with the plan.
    pub reached_after: u64,
    /// New sites.
    pub sites_new: u64,
    /// Whole euros for them.
    pub cost: u64,
}

impl EquityAnswer {
    /// Tells a price of equity.
    #[must_use]
    pub fn of_equity(curve: &EquityCurve, from: Provenance<'_>) -> Self {
        let first = curve.points.first().map(|point| &point.plan);
        let points = curve.points.iter().enumerate();
        Self {
            version: 1,
            program: from.program(),
            over: CurveOver::Floor,
            unit: first.map(|plan| plan.objective.unit.clone()).unwrap_or_default(),
            highest: Some(AnswerObjective::of(&curve.level)),
            under_served: first.map_or(0, |plan| plan.under_served),
            reached_before: first.map_or(0, |plan| plan.reached_before),
            points: points.map(|(position, point)| told(point, curve.lost(position), from.stopped_for)).collect(),
            inputs: from.inputs(),
            roads: from.roads,
            request: from.request,
            work: AnswerWork::of(curve.work()),
            seconds: None,
        }
    }
}

impl AnswerPoint for EquityAnswerPoint {
    const COLUMNS: &'static [&'static str] =
        &["worst", "value", "bound", "gap", "guarantee", "lost", "newly_reached", "reached_after", "sites_new", "cost"];

    fn cells(&self) -> Vec<TableCell> {
        vec![
            TableCell::whole(self.floor),
            TableCell::Whole(self.worst),
            TableCell::Whole(self.value),
            TableCell::Whole(self.bound),
            TableCell::share(self.gap),
            TableCell::text(self.guarantee.word()),
            TableCell::Whole(self.lost),
            TableCell::Whole(self.newly_reached),
            TableCell::Whole(self.reached_after),
            TableCell::Whole(self.sites_new),
            TableCell::Euros(self.cost),
        ]
    }

    fn gap(&self) -> Option<f64> {
        self.gap
    }

    fn guarantee(&self) -> AnswerGuarantee {
        self.guarantee
    }

    fn stopped_by(&self) -> Stop {
        self.stopped_by
    }
}

fn told(point: &EquityPoint, lost: u64, asked: Stop) -> EquityAnswerPoint {
    let plan = &point.plan;
    EquityAnswerPoint {
        floor: point.floor,
        worst: point.worst,
        value: plan.objective.value,
        bound: plan.objective.bound,
        gap: gap(plan.objective.value, plan.objective.bound, plan.objective.bound),
        guarantee: plan.guarantee.into(),
        stopped_by: Stop::of(plan.stopped_by, asked),
        lost,
        newly_reached: plan.newly_reached,
        reached_after: plan.reached_before.saturating_add(plan.newly_reached),
        sites_new: plan.sites_new() as u64,
        cost: plan.cost,
    }
}
