use maillage_core::{Assessment, Scenario, Territory};
use serde::Serialize;

use crate::answer::indented;
use crate::{Answer, AnswerGuarantee};

/// How many unreached communes are named.
const NAMED: usize = 10;

/// The judgement of somebody's own list, as `assessment.json` holds it.
///
/// Members stand in the order of the fields; what is unknown is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssessmentAnswer {
    /// How the list was understood.
    pub list: AssessmentList,
    /// The best choice found under the same rules.
    pub best: AssessmentBest,
    /// What that choice adds more than the list, in units of the objective: proved to be possible.
    pub below_best_at_least: u64,
    /// What the bound leaves open: no choice adds more than this above the list.
    pub below_best_at_most: u64,
    /// Single swaps that gain most, the largest first; each gain is of that swap alone.
    pub swaps: Vec<AssessmentSwap>,
    /// Listed sites without which fewest people are lost.
    pub adding_least: Vec<AssessmentSite>,
    /// Under-served people whom neither the list nor an existing site reaches.
    pub unreached: u64,
    /// The communes where most of them live, at most ten.
    pub largest_unreached: Vec<AssessmentPlace>,
    /// The list as a plan; its bound is that of the best possible.
    pub plan: Answer,
}

/// How a list was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AssessmentList {
    /// Entries.
    pub entries: u64,
    /// Entries that name a site for the second time.
    pub repeated: u64,
    /// Entries that name sites open already, by identifier: they add nothing.
    pub already_open: Vec<String>,
    /// Points that are no candidates, by identifier: taken as sites of their own.
    pub own_points: Vec<String>,
}

/// The best choice found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentBest {
    /// What it adds.
    pub value: u64,
    /// No choice adds more.
    pub bound: u64,
    /// What is proved of it.
    pub guarantee: AnswerGuarantee,
    /// Its new sites, by identifier.
    pub sites: Vec<String>,
}

/// One listed site out, one candidate in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentSwap {
    /// The listed site.
    pub close: String,
    /// The candidate.
    pub open: String,
    /// The type that it opens as, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// The hub that it leans on, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub: Option<String>,
    /// What that adds, in units of the objective.
    pub gain: u64,
}

/// A listed site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentSite {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Under-served people whom only it reaches.
    pub people_lost_without: u64,
    /// Whole euros for it.
    pub cost: u64,
}

/// A commune out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentPlace {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its under-served people.
    pub people: u64,
}

impl AssessmentAnswer {
    /// Tells an assessment; `plan` is the answer about the list as a plan.
    #[must_use]
    pub fn of(
        territory: &Territory,
        scenario: &Scenario,
        assessment: &Assessment,
        list: AssessmentList,
        plan: Answer,
    ) -> Self {
        let site = |site: u32| territory.sites().get(site as usize);
        let id = |position: u32| site(position).map(|site| site.id.clone()).unwrap_or_default();
        let (at_least, at_most) = assessment.below_best();
        let mut unreached: Vec<AssessmentPlace> = territory
            .communes()
            .iter()
            .zip(&assessment.plan.communes)
            .filter(|(_, count)| count.unreached > 0)
            .map(|(commune, count)| AssessmentPlace {
                id: commune.code.clone(),
                name: commune.name.clone(),
                people: count.unreached,
            })
            .collect();
        let people = unreached.iter().map(|place| place.people).sum();
        unreached.sort_by(|one, other| other.people.cmp(&one.people).then_with(|| one.id.cmp(&other.id)));
        unreached.truncate(NAMED);
        let swap_of = |swap: &maillage_core::Swap| AssessmentSwap {
            close: id(swap.closed),
            open: id(swap.opened),
            r#type: swap.kind.and_then(|kind| scenario.r#type.get(kind as usize)).map(|stated| stated.name.clone()),
            hub: swap.hub.map(id),
            gain: swap.gain,
        };
        let site_of = |&(position, people): &(u32, u64)| AssessmentSite {
            id: id(position),
            name: site(position).map(|site| site.name.clone()).unwrap_or_default(),
            people_lost_without: people,
            cost: assessment.cost_of(position),
        };
        Self {
            list,
            best: AssessmentBest {
                value: assessment.best_value,
                bound: assessment.plan.objective.bound,
                guarantee: assessment.best_guarantee.into(),
                sites: assessment.best_sites.iter().map(|&site| id(site)).collect(),
            },
            below_best_at_least: at_least,
            below_best_at_most: at_most,
            swaps: assessment.swaps.iter().map(swap_of).collect(),
            adding_least: assessment.adding_least.iter().map(site_of).collect(),
            unreached: people,
            largest_unreached: unreached,
            plan: Answer { feasible: assessment.keeps_rules, ..plan },
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
