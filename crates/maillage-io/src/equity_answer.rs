use std::fmt::Write;

use maillage_core::{EquityCurve, EquityPoint};
use serde::Serialize;
use serde_json::Value;

use crate::{AnswerGuarantee, AnswerInput, AnswerObjective, AnswerWork, InputFile, Sources, Stop, gap};

/// The price of equity, as `frontier.json` holds it for the goal `worst-off`.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EquityAnswer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// What it rises over: "floor".
    pub over: &'static str,
    /// What is counted.
    pub unit: String,
    /// The largest share of the worst-off place that was found, with its bound.
    pub highest: AnswerObjective,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// One for each floor, rising.
    pub points: Vec<EquityAnswerPoint>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The scenario as understood.
    pub request: Value,
    /// The work done, the same on every run.
    pub work: AnswerWork,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

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
    /// Tells a curve; `asked` is what the solver was stopped for, where it was, `program` the program's version.
    #[must_use]
    pub fn of(
        curve: &EquityCurve,
        asked: Stop,
        inputs: &[InputFile],
        sources: &Sources,
        request: Value,
        program: &str,
    ) -> Self {
        let first = curve.points.first().map(|point| &point.plan);
        let work = curve.work();
        let points = curve.points.iter().enumerate();
        Self {
            version: 1,
            program: format!("maillage {program}"),
            over: "floor",
            unit: first.map(|plan| plan.objective.unit.clone()).unwrap_or_default(),
            highest: AnswerObjective::of(&curve.level),
            under_served: first.map_or(0, |plan| plan.under_served),
            reached_before: first.map_or(0, |plan| plan.reached_before),
            points: points.map(|(position, point)| told(point, curve.lost(position), asked)).collect(),
            inputs: inputs.iter().map(|input| AnswerInput::of(input, sources)).collect(),
            request,
            work: AnswerWork { pairs: work.pairs, iterations: work.iterations, nodes: work.nodes },
            seconds: None,
        }
    }

    /// Writes the answer as an indented JSON document.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Writes the points as CSV: commas, decimal points, one line for each; what is unknown is empty.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text =
            "floor,worst,value,bound,gap,guarantee,lost,newly_reached,reached_after,sites_new,cost\n".to_owned();
        for point in &self.points {
            // Writing to a text does not fail.
            let _ = writeln!(
                text,
                "{},{},{},{},{},{},{},{},{},{},{}",
                point.floor.map_or_else(String::new, |floor| floor.to_string()),
                point.worst,
                point.value,
                point.bound,
                point.gap.map_or_else(String::new, |gap| gap.to_string()),
                point.guarantee.word(),
                point.lost,
                point.newly_reached,
                point.reached_after,
                point.sites_new,
                point.cost,
            );
        }
        text.into_bytes()
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
