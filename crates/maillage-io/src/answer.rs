use maillage_core::{Guarantee, Objective, Plan, Scenario, Sense, StoppedBy, TravelMinutes, Work};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    AnswerHubs, AnswerLoads, AnswerNesting, AnswerOutside, AnswerPhase, AnswerRule, AnswerSpecialty, AnswerType,
    InputFile, Provenance, Role, Sources, gap,
};

/// The answer to a planner's question, as `plan.json` and the member `maillage` of `plan.geojson` hold it.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Version of this layout.
    pub version: u32,
    /// The program and its version.
    pub program: String,
    /// What is proved.
    pub guarantee: AnswerGuarantee,
    /// Whether the plan keeps every rule.
    pub feasible: bool,
    /// Why the work ended.
    pub stopped_by: Stop,
    /// What was maximised.
    pub objective: AnswerObjective,
    /// What was maximised next, where the objective is a number of sites, euros, or the share of the worst-off place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<AnswerObjective>,
    /// Minutes to the nearest site, where those are to be few.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<AnswerTravel>,
    /// What is open between value and bound ÷ the larger, rounded up to a millionth: 0 only when they are equal.
    pub gap: Option<f64>,
    /// (bound − value) ÷ value, as integer-programming solvers count it, rounded up to a millionth.
    pub mip_gap: Option<f64>,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Of them, in reach thanks to new sites only.
    pub newly_reached: u64,
    /// Of them, in reach with the plan.
    pub reached_after: u64,
    /// New sites.
    pub sites_new: u64,
    /// Existing sites.
    pub sites_existing: u64,
    /// Whole euros for the new sites.
    pub cost: u64,
    /// The budget, where one was set.
    pub budget: Option<u64>,
    /// Shares of what is rural.
    pub rural: Option<AnswerRural>,
    /// By territory.
    pub by_territory: Vec<AnswerTerritory>,
    /// By threshold.
    pub by_threshold: Vec<AnswerThreshold>,
    /// By phase, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<AnswerPhase>,
    /// What the last phase loses by building on the earlier ones, where there are two phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nesting: Option<AnswerNesting>,
    /// By type of site, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<AnswerType>,
    /// By specialty, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub specialties: Vec<AnswerSpecialty>,
    /// By hub, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hubs: Option<AnswerHubs>,
    /// Every rule, in the order of the scenario, and how the plan keeps it.
    pub rules: Vec<AnswerRule>,
    /// What open sites are asked for and can serve, where the scenario speaks of capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loads: Option<AnswerLoads>,
    /// What lies outside the region, where a border is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside: Option<AnswerOutside>,
    /// The files read.
    pub inputs: Vec<AnswerInput>,
    /// The scenario as understood.
    pub request: Value,
    /// The proof of the bound, where one was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<AnswerCertificate>,
    /// The work done, the same on every run.
    pub work: AnswerWork,
    /// How long it took; only on standard output, never in files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// What is proved of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerGuarantee {
    /// Nothing is better.
    Optimal,
    /// Nothing is better than the bound.
    Bounded,
    /// Nothing is proved.
    None,
}

impl AnswerGuarantee {
    /// Returns the word for it in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Bounded => "bounded",
            Self::None => "none",
        }
    }
}

impl From<Guarantee> for AnswerGuarantee {
    fn from(guarantee: Guarantee) -> Self {
        match guarantee {
            Guarantee::Optimal => Self::Optimal,
            Guarantee::Bounded => Self::Bounded,
            Guarantee::None => Self::None,
        }
    }
}

/// Why the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stop {
    /// The plan is proved the best.
    Proof,
    /// The gap asked for is reached.
    Gap,
    /// The work allowed is done.
    Effort,
    /// The clock ran out.
    Time,
    /// Somebody stopped it.
    Signal,
}

impl Stop {
    /// Translates the solver's reason; `asked` says what its observer stopped for.
    #[must_use]
    pub fn of(stopped_by: StoppedBy, asked: Self) -> Self {
        match stopped_by {
            StoppedBy::Proof => Self::Proof,
            StoppedBy::Gap => Self::Gap,
            StoppedBy::Effort => Self::Effort,
            StoppedBy::Observer => asked,
        }
    }
}

/// What was maximised, or minimised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerObjective {
    /// What is counted.
    pub unit: String,
    /// Which way is better: absent for the most.
    #[serde(default, skip_serializing_if = "AnswerSense::is_most")]
    pub sense: AnswerSense,
    /// What the new sites add; of sites and euros, how many there are; of the worst-off place, its share.
    pub value: u64,
    /// No choice is better than this.
    pub bound: u64,
}

/// Which way an objective is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerSense {
    /// The more, the better.
    #[default]
    Most,
    /// The fewer, the better.
    Least,
}

impl AnswerSense {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    const fn is_most(&self) -> bool {
        matches!(self, Self::Most)
    }
}

impl AnswerObjective {
    pub(crate) fn of(objective: &Objective) -> Self {
        let Objective { unit, sense, value, bound } = objective.clone();
        let sense = if sense == Sense::Least { AnswerSense::Least } else { AnswerSense::Most };
        Self { unit, sense, value, bound }
    }
}

/// How long people travel to the nearest site, in minutes begun, each place counting the limit at most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
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
    fn of(travel: &TravelMinutes) -> Self {
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

/// Shares of what is rural, rounded to a ten-thousandth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AnswerRural {
    /// Of the new sites.
    pub sites_new: Option<f64>,
    /// Of all sites.
    pub sites_all: Option<f64>,
    /// Of the people newly reached.
    pub people_newly_reached: Option<f64>,
}

/// Counts of one territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerTerritory {
    /// Its name.
    pub territory: String,
    /// Under-served people.
    pub under_served: u64,
    /// In reach before.
    pub reached_before: u64,
    /// Newly in reach.
    pub newly_reached: u64,
    /// New sites.
    pub sites_new: u64,
}

/// The plan counted under one threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AnswerThreshold {
    /// The threshold.
    pub under: f64,
    /// Under-served people.
    pub under_served: u64,
    /// In reach before.
    pub reached_before: u64,
    /// Newly in reach.
    pub newly_reached: u64,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerInput {
    /// What it was read for.
    pub role: Role,
    /// Its base name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Features or rows.
    pub features: u64,
    /// Who made it.
    pub source: Option<String>,
    /// The year it speaks of.
    pub year: Option<i32>,
}

/// The proof that goes with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCertificate {
    /// Its base name.
    pub file: String,
    /// SHA-256 of the canonical text of the problem it speaks of.
    pub problem: String,
}

/// The work done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerWork {
    /// Pairs of a site and a commune.
    pub pairs: u64,
    /// Steps.
    pub iterations: u64,
    /// Nodes of the branching.
    pub nodes: u64,
}

impl Answer {
    /// Tells a plan.
    #[must_use]
    pub fn of(plan: &Plan, scenario: &Scenario, from: Provenance<'_>) -> Self {
        let sites_new = plan.sites.iter().filter(|site| site.is_new).count() as u64;
        let objective = &plan.objective;
        let (low, high) = (objective.value.min(objective.bound), objective.value.max(objective.bound));
        Self {
            version: 1,
            program: from.program(),
            guarantee: plan.guarantee.into(),
            feasible: true,
            stopped_by: Stop::of(plan.stopped_by, from.stopped_for),
            objective: AnswerObjective::of(objective),
            then: plan.then.as_ref().map(AnswerObjective::of),
            travel: plan.travel.as_ref().map(AnswerTravel::of),
            gap: gap(low, high, high),
            mip_gap: gap(low, high, objective.value),
            under_served: plan.under_served,
            reached_before: plan.reached_before,
            newly_reached: plan.newly_reached,
            reached_after: plan.reached_before.saturating_add(plan.newly_reached),
            sites_new,
            sites_existing: plan.sites.len() as u64 - sites_new,
            cost: plan.cost,
            budget: plan.budget,
            rural: plan.rural.map(|rural| AnswerRural {
                sites_new: rural.sites_new.map(ten_thousandths),
                sites_all: rural.sites_all.map(ten_thousandths),
                people_newly_reached: rural.people_newly_reached.map(ten_thousandths),
            }),
            by_territory: plan.by_territory.iter().map(territory).collect(),
            by_threshold: plan.by_threshold.iter().map(threshold).collect(),
            phases: plan.phases.iter().map(|count| AnswerPhase::of(count, plan.reached_before)).collect(),
            nesting: None,
            types: plan.variants.types.iter().map(AnswerType::from).collect(),
            specialties: plan.variants.specialties.iter().map(AnswerSpecialty::from).collect(),
            hubs: plan.variants.hubs.as_ref().map(AnswerHubs::from),
            rules: plan.rules.iter().map(|kept| AnswerRule::of(kept, scenario)).collect(),
            loads: plan.loads.as_ref().map(AnswerLoads::from),
            outside: plan.outside.map(AnswerOutside::from),
            inputs: from.inputs(),
            request: from.request,
            certificate: None,
            work: AnswerWork::of(plan.work),
            seconds: None,
        }
    }

    /// Writes the answer as an indented JSON document.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        indented(self)
    }
}

/// Writes an answer as an indented JSON document.
pub(crate) fn indented(answer: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(answer).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

impl AnswerWork {
    pub(crate) fn of(work: Work) -> Self {
        Self { pairs: work.pairs, iterations: work.iterations, nodes: work.nodes }
    }
}

fn ten_thousandths(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn territory(count: &maillage_core::TerritoryCount) -> AnswerTerritory {
    AnswerTerritory {
        territory: count.territory.clone(),
        under_served: count.under_served,
        reached_before: count.reached_before,
        newly_reached: count.newly_reached,
        sites_new: count.sites_new,
    }
}

fn threshold(count: &maillage_core::ThresholdCount) -> AnswerThreshold {
    AnswerThreshold {
        under: count.under,
        under_served: count.under_served,
        reached_before: count.reached_before,
        newly_reached: count.newly_reached,
    }
}

impl AnswerInput {
    /// Tells a file that was read, and where its data come from.
    #[must_use]
    pub fn of(input: &InputFile, sources: &Sources) -> Self {
        let origin = sources.of(input.role);
        Self {
            role: input.role,
            file: input.file.clone(),
            sha256: input.sha256.clone(),
            features: input.features,
            source: origin.and_then(|origin| origin.source.clone()),
            year: origin.and_then(|origin| origin.year),
        }
    }
}
