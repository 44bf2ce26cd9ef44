use maillage_core::{Backbone, Bracket, Estimate, Explanation, Plan, Territory};
use serde::Serialize;

use crate::{Answer, AnswerDocument, ExplainedAlternative, Stop};

/// Why these sites and not others, as `explain.json` holds it.
///
/// Members stand in the order of the fields; what is unknown is `null`. Values are in units of the objective and count
/// what the new sites of a plan add.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplanationAnswer {
    /// "signal" or "time" where the work was broken off, and figures are wider than they need be; absent where it was not.
    pub broken_off: Option<Stop>,
    /// When a plan counts as near the best.
    pub near_best: NearBest,
    /// How many of the plan's sites stand in every plan near the best.
    pub backbone: ExplanationBackbone,
    /// The plan's new sites, by rank.
    pub sites: Vec<ExplainedSite>,
    /// Candidates that the plan leaves out, those that come nearest first.
    pub outsiders: Vec<ExplainedOutsider>,
    /// The most promising candidate left out of each commune, by the multipliers of the plan's bound: nothing is solved anew
    /// for it. Those that can come nearest first.
    pub estimates: Vec<ExplainedEstimate>,
    /// Groups of candidates that reach the same people, one of them in the plan at least, by identifier.
    pub interchangeable: Vec<ExplainedHosts>,
    /// The best plans that open other sites, where they are asked for, the best first.
    pub alternatives: Vec<ExplainedAlternative>,
    /// The plan that is explained.
    pub plan: Answer,
}

/// When a plan counts as near the best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NearBest {
    /// Within this share of the value of the plan, from 0 to 1.
    pub share: f64,
    /// So worth at least this.
    pub value: u64,
}

/// How many sites are indispensable to plans near the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ExplanationBackbone {
    /// In every plan near the best: proved.
    pub always: u64,
    /// Absent from some plan near the best.
    pub not_always: u64,
    /// Neither is proved.
    pub undecided: u64,
}

/// A site of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedSite {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of the commune it stands in, where known.
    pub commune: Option<String>,
    /// 1 for the site with the largest reach added when taken in order.
    pub rank: Option<u32>,
    /// Under-served people it adds, in rank order.
    pub people_added: Option<u64>,
    /// Under-served people who would be out of reach if it closed and nothing opened instead.
    pub people_lost_without: u64,
    /// The best plan without it.
    pub without: ExplainedPlan,
    /// "always" in every plan near the best, "not-always", or "undecided".
    pub backbone: &'static str,
    /// Whether the question requires it; the best plan without it is then that of the question without this demand.
    pub required: bool,
}

/// A candidate that the plan leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedOutsider {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of the commune it stands in, where known.
    pub commune: Option<String>,
    /// Whole euros to open it.
    pub cost: u64,
    /// The best plan with it.
    pub with: ExplainedPlan,
    /// It would enter a best plan if it reached at least this much more that nothing else reaches, in units of the
    /// objective; absent where no plan with it keeps the rules, or none was found.
    pub enters_with_more: Option<u64>,
    /// It would enter a best plan if it cost this much less, in whole euros; absent without a budget, where it is not known
    /// to enter even for nothing, and where it was not looked for.
    pub enters_for_less: Option<u64>,
    /// Whether it is proved that no smaller sum is enough, or that none is; absent where it was not looked for, as for all
    /// but those named and those that come nearest.
    pub enters_for_less_proved: Option<bool>,
    /// Whether the question forbids it, by name or by a distance from existing sites.
    pub forbidden: bool,
}

/// What is known of a candidate before anything is solved anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedEstimate {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of the commune it stands in, where known.
    pub commune: Option<String>,
    /// Every plan with it is worth at least this much less than the plan, in units of the objective.
    pub loses_at_least: u64,
}

/// The best plan under one more condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedPlan {
    /// Whether a plan keeps the rules under the condition; absent where that is not known.
    pub feasible: Option<bool>,
    /// Its value; absent where no plan was found.
    pub value: Option<u64>,
    /// No plan under the condition is worth more; absent where there is none.
    pub bound: Option<u64>,
    /// How much less it is worth than the plan, at most; the exact figure where value and bound are equal.
    pub loses: Option<u64>,
    /// New sites that it opens and the plan does not, by identifier.
    pub opens: Vec<String>,
    /// New sites of the plan that it does without, by identifier.
    pub closes: Vec<String>,
}

/// Candidates that reach the same people, such as hosts at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedHosts {
    /// "always" where one of them at least stands in every plan near the best, "not-always", or "undecided".
    pub backbone: &'static str,
    /// The candidates, by identifier.
    pub hosts: Vec<ExplainedHost>,
}

/// One of several candidates that reach the same people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedHost {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whole euros to open it.
    pub cost: u64,
    /// Whether it is the one in the plan.
    pub chosen: bool,
}

impl ExplanationAnswer {
    /// Tells an explanation of a plan; `answer` is the answer about the plan itself.
    #[must_use]
    pub fn of(territory: &Territory, plan: &Plan, explanation: &Explanation, share: f64, answer: Answer) -> Self {
        let tell = Telling { territory, best: plan.objective.value };
        let count = |backbone| explanation.chosen.iter().filter(|site| site.backbone == backbone).count() as u64;
        let planned = |site: u32| plan.sites.iter().find(|planned| planned.is_new && planned.site == site);
        let sites = explanation.chosen.iter().map(|chosen| ExplainedSite {
            id: tell.id(chosen.site),
            name: tell.name(chosen.site),
            commune: tell.commune(chosen.site),
            rank: planned(chosen.site).and_then(|site| site.rank),
            people_added: planned(chosen.site).and_then(|site| site.people_added),
            people_lost_without: planned(chosen.site).map_or(0, |site| site.people_lost_without),
            without: tell.plan(chosen.without, &chosen.opened, &chosen.closed),
            backbone: backbone_word(chosen.backbone),
            required: chosen.is_required,
        });
        let outsiders = explanation.outsiders.iter().map(|outsider| ExplainedOutsider {
            id: tell.id(outsider.site),
            name: tell.name(outsider.site),
            commune: tell.commune(outsider.site),
            cost: territory.sites().get(outsider.site as usize).map_or(0, |site| site.cost),
            with: tell.plan(outsider.with, &outsider.opened, &outsider.closed),
            enters_with_more: tell.loses(outsider.with),
            enters_for_less: outsider.for_less.and_then(|less| less.euros),
            enters_for_less_proved: outsider.for_less.map(|less| less.proved),
            forbidden: outsider.is_forbidden,
        });
        let host = |&site: &u32| ExplainedHost {
            id: tell.id(site),
            name: tell.name(site),
            cost: territory.sites().get(site as usize).map_or(0, |site| site.cost),
            chosen: planned(site).is_some(),
        };
        Self {
            broken_off: None,
            near_best: NearBest { share, value: explanation.near },
            backbone: ExplanationBackbone {
                always: count(Backbone::Always),
                not_always: count(Backbone::NotAlways),
                undecided: count(Backbone::Undecided),
            },
            sites: sites.collect(),
            outsiders: outsiders.collect(),
            estimates: explanation.estimates.iter().map(|estimate| tell.estimate(estimate)).collect(),
            interchangeable: explanation
                .interchangeable
                .iter()
                .map(|group| ExplainedHosts {
                    backbone: backbone_word(group.backbone),
                    hosts: group.sites.iter().map(host).collect(),
                })
                .collect(),
            alternatives: Vec::new(),
            plan: answer,
        }
    }
}

fn backbone_word(backbone: Backbone) -> &'static str {
    match backbone {
        Backbone::Always => "always",
        Backbone::NotAlways => "not-always",
        Backbone::Undecided => "undecided",
    }
}

/// Puts positions into identifiers, and values beside that of the plan.
struct Telling<'a> {
    territory: &'a Territory,
    best: u64,
}

impl Telling<'_> {
    fn id(&self, site: u32) -> String {
        self.territory.sites().get(site as usize).map(|site| site.id.clone()).unwrap_or_default()
    }

    fn name(&self, site: u32) -> String {
        self.territory.sites().get(site as usize).map(|site| site.name.clone()).unwrap_or_default()
    }

    fn commune(&self, site: u32) -> Option<String> {
        let host = self.territory.host_of(site)?;
        self.territory.communes().get(host as usize).map(|commune| commune.code.clone())
    }

    fn estimate(&self, estimate: &Estimate) -> ExplainedEstimate {
        let &Estimate { site, loses_at_least } = estimate;
        ExplainedEstimate { id: self.id(site), name: self.name(site), commune: self.commune(site), loses_at_least }
    }

    fn loses(&self, found: Option<Bracket>) -> Option<u64> {
        found.and_then(|found| found.value).map(|value| self.best.saturating_sub(value))
    }

    fn plan(&self, found: Option<Bracket>, opened: &[u32], closed: &[u32]) -> ExplainedPlan {
        let ids = |sites: &[u32]| sites.iter().map(|&site| self.id(site)).collect();
        ExplainedPlan {
            feasible: match found {
                None => Some(false),
                Some(found) => found.value.map(|_| true),
            },
            value: found.and_then(|found| found.value),
            bound: found.map(|found| found.bound),
            loses: self.loses(found),
            opens: ids(opened),
            closes: ids(closed),
        }
    }
}

impl AnswerDocument for ExplanationAnswer {
    fn set_seconds(&mut self, seconds: f64) {
        self.plan.seconds = Some(seconds);
    }
}
