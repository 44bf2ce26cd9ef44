use maillage_core::{DensityCount, Plan, Scenario, Work};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    AnswerGrid, AnswerGuarantee, AnswerHubs, AnswerInput, AnswerLoads, AnswerNesting, AnswerObjective, AnswerOutside,
    AnswerPhase, AnswerRoads, AnswerRule, AnswerSpecialty, AnswerTravel, AnswerType, Provenance, Stop, gap,
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
    /// Under-served people whom no candidate and no existing site can reach: no plan can help them.
    pub out_of_reach: u64,
    /// New sites.
    pub sites_new: u64,
    /// Existing sites.
    pub sites_existing: u64,
    /// Places a new site could open at: what the guarantee speaks of.
    pub candidates: u64,
    /// Whole euros for the new sites.
    pub cost: u64,
    /// The budget, where one was set.
    pub budget: Option<u64>,
    /// Shares of what is rural.
    pub rural: Option<AnswerRural>,
    /// By territory.
    pub by_territory: Vec<AnswerTerritory>,
    /// By class of the density grid, where any commune has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_density: Vec<AnswerDensity>,
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
    /// The population grid that people were counted by, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<AnswerGrid>,
    /// What the roads leave out, where times are made of roads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roads: Option<AnswerRoads>,
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

/// Counts of one class of the density grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerDensity {
    /// From 1 (densest) to 7; none where it is unknown.
    pub density: Option<u8>,
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
            out_of_reach: plan.out_of_reach,
            sites_new,
            sites_existing: plan.sites.len() as u64 - sites_new,
            candidates: from.candidates,
            cost: plan.cost,
            budget: plan.budget,
            rural: plan.rural.map(|rural| AnswerRural {
                sites_new: rural.sites_new.map(ten_thousandths),
                sites_all: rural.sites_all.map(ten_thousandths),
                people_newly_reached: rural.people_newly_reached.map(ten_thousandths),
            }),
            by_territory: plan.by_territory.iter().map(territory).collect(),
            by_density: densities(plan),
            by_threshold: plan.by_threshold.iter().map(threshold).collect(),
            phases: plan.phases.iter().map(|count| AnswerPhase::of(count, plan.reached_before)).collect(),
            nesting: None,
            types: plan.variants.types.iter().map(AnswerType::from).collect(),
            specialties: plan.variants.specialties.iter().map(AnswerSpecialty::from).collect(),
            hubs: plan.variants.hubs.as_ref().map(AnswerHubs::from),
            rules: plan.rules.iter().map(|kept| AnswerRule::of(kept, scenario)).collect(),
            loads: plan.loads.as_ref().map(AnswerLoads::from),
            outside: plan.outside.map(AnswerOutside::from),
            grid: from.grid.map(|(grid, cells)| AnswerGrid::of(grid, cells, plan)),
            inputs: from.inputs(),
            roads: from.roads,
            request: from.request,
            certificate: None,
            work: AnswerWork::of(plan.work),
            seconds: None,
        }
    }

    /// Writes the answer as an indented JSON document.
    ///
    /// # Errors
    /// When a member cannot be put into JSON, which none of ours does.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        indented(self)
    }
}

/// Writes an answer as an indented JSON document.
pub(crate) fn indented(answer: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(answer)?;
    bytes.push(b'\n');
    Ok(bytes)
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

/// Returns the counts by density class, none where no class is known.
fn densities(plan: &Plan) -> Vec<AnswerDensity> {
    let density = |count: &DensityCount| AnswerDensity {
        density: count.density,
        under_served: count.under_served,
        reached_before: count.reached_before,
        newly_reached: count.newly_reached,
        sites_new: count.sites_new,
    };
    plan.by_density.iter().map(density).collect()
}

fn threshold(count: &maillage_core::ThresholdCount) -> AnswerThreshold {
    AnswerThreshold {
        under: count.under,
        under_served: count.under_served,
        reached_before: count.reached_before,
        newly_reached: count.newly_reached,
    }
}
