use serde::Serialize;
use serde_json::{Map, Value};

use crate::{AnswerDocument, AnswerGuarantee, AnswerInput, SweepGiven, SweptPoint};

/// Many scenarios at once, as `sweep.json` holds them.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepAnswer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// What is counted; by a comma where weights are varied.
    pub unit: String,
    /// What was varied.
    pub vary: Vec<SweepAxis>,
    /// How scenarios were drawn, where not all were taken.
    pub sample: Option<SweepSample>,
    /// The scenarios, the last axis turning fastest.
    pub scenarios: Vec<SweepScenario>,
    /// The different plans of all scenarios, by their first scenario.
    pub plans: Vec<SweepPlan>,
    /// The plans that were given, in every scenario.
    pub given: Vec<SweepGiven>,
    /// The sites of these plans, those that stand in most of them first.
    pub sites: Vec<SweepSite>,
    /// For each sum or number that was varied, or once where none was: the plans that do best whatever is assumed.
    pub choices: Vec<SweepChoice>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The scenario that is varied, as understood.
    pub request: Value,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// A key of the scenario, and the values it took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepAxis {
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<Value>,
}

/// How scenarios were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SweepSample {
    /// How many.
    pub scenarios: u64,
    /// Out of how many.
    pub of: u64,
    /// The seed.
    pub seed: u64,
}

/// One scenario, and its best plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepScenario {
    /// What is assumed: a value for each key.
    pub assumes: Map<String, Value>,
    /// Whether a plan that keeps every rule is known.
    pub feasible: bool,
    /// What its sites add.
    pub value: Option<u64>,
    /// No plan adds more; absent where it is proved that there is none.
    pub bound: Option<u64>,
    /// (bound − value) ÷ bound, rounded up to a millionth.
    pub gap: Option<f64>,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to the new sites only.
    pub newly_reached: u64,
    /// Of all under-served people, the share in reach with the plan, to a ten-thousandth.
    pub share_after: Option<f64>,
    /// New sites.
    pub sites_new: u64,
    /// Whole euros for them.
    pub cost: u64,
    /// The plan, by its number.
    pub plan: Option<usize>,
}

/// A plan that is the best found of one scenario or more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepPlan {
    /// Its number, from 1.
    pub plan: usize,
    /// Identifiers of its new sites.
    pub sites: Vec<String>,
    /// Whole euros for them.
    pub cost: u64,
    /// Scenarios whose best found plan it is.
    pub best_in: u64,
    /// Scenarios whose rules it keeps.
    pub allowed_in: u64,
    /// Over these, the least share of what the best possible adds, rounded down to a ten-thousandth.
    pub worst: Option<f64>,
    /// Over these, the mean share.
    pub mean: Option<f64>,
}

/// A site of these plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepSite {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its territory, where that is known.
    pub territory: Option<String>,
    /// Scenarios in whose plan it stands.
    pub scenarios: u64,
    /// Their share of all scenarios with a plan, to a ten-thousandth.
    pub share: f64,
}

/// Under one limit, the plans that do best whatever else is assumed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepChoice {
    /// The limit: a value for the key of money or sites that was varied; empty where none was.
    pub limit: Map<String, Value>,
    /// Scenarios under it that have a plan.
    pub scenarios: u64,
    /// Of the plans found, the one whose worst share is the largest.
    pub in_the_worst: Option<ChosenPlan>,
    /// Of the plans found, the one whose mean share is the largest.
    pub on_average: Option<ChosenPlan>,
}

/// A plan, and the share it is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ChosenPlan {
    /// Its number.
    pub plan: usize,
    /// The share of what the best possible adds, rounded down to a ten-thousandth.
    pub share: f64,
    /// No plan at all has a larger share, rounded up to a ten-thousandth; absent where that was not asked for.
    pub bound: Option<f64>,
}

impl SweepScenario {
    /// Tells a scenario and its plan.
    #[must_use]
    pub fn of(assumes: Map<String, Value>, point: &SweptPoint, plan: Option<usize>) -> Self {
        let after = point.reached_before.saturating_add(point.newly_reached);
        let is_known = point.under_served > 0 && point.value.is_some();
        let share = is_known.then(|| share(after, point.under_served));
        Self {
            assumes,
            feasible: point.value.is_some(),
            value: point.value,
            bound: point.bound,
            gap: point.gap(),
            guarantee: point.guarantee,
            under_served: point.under_served,
            reached_before: point.reached_before,
            newly_reached: point.newly_reached,
            share_after: share,
            sites_new: point.sites.len() as u64,
            cost: point.cost,
            plan,
        }
    }
}

/// Returns a share rounded down to a ten-thousandth.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    (part as f64 / whole as f64 * 10_000.0).floor() / 10_000.0
}

impl AnswerDocument for SweepAnswer {
    fn set_seconds(&mut self, seconds: f64) {
        self.seconds = Some(seconds);
    }
}
