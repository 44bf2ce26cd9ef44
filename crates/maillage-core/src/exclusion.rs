use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{Fixing, Problem, SiteId};

use crate::nearness::too_near_existing;
use crate::need::Need;
use crate::{Commune, Dictionary, RuleList, RuleName, RulePlace, Scenario, ScenarioError, Territory};

/// Why a candidate stands in no plan that keeps the rules, whatever else opens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exclusion {
    /// The scenario forbids it by its identifier.
    Forbidden,
    /// It stands too near an existing site, by its position in the territory.
    NearExisting(u32),
    /// It breaks this rule alone, or beside the sites that are required.
    Rule(RuleName),
}

impl Scenario {
    /// Counts the under-served people of a commune: all of its people, or none; whatever they weigh in the objective.
    #[must_use]
    pub fn under_served(&self, commune: &Commune) -> u64 {
        Need::of(self).people(commune)
    }

    /// Returns the candidates that the rules leave out of every plan, by position, each with the reason.
    ///
    /// A candidate that rules only set against others is not among them, nor one for which the number of sites leaves
    /// no room: another could give way.
    ///
    /// # Errors
    /// When a spacing cannot be measured.
    pub fn exclusions(
        &self,
        territory: &Territory,
        (problem, dictionary): (&Problem, &Dictionary),
    ) -> Result<BTreeMap<u32, Exclusion>, ScenarioError> {
        let mut excluded = BTreeMap::new();
        let forbidden: BTreeSet<&str> = self.forbid.iter().map(String::as_str).collect();
        for (position, site) in (0..).zip(territory.sites()) {
            if forbidden.contains(site.id.as_str()) {
                excluded.insert(position, Exclusion::Forbidden);
            }
        }
        for (position, spacing) in self.spacing.iter().enumerate() {
            let place = RulePlace::of(self, RuleList::Spacing, position);
            for (site, existing) in too_near_existing(self, territory, spacing, &place)? {
                excluded.entry(site).or_insert(Exclusion::NearExisting(existing));
            }
        }
        // A site that opens in several ways is left out where each of them is.
        let mut broken: BTreeMap<u32, Option<RuleName>> = BTreeMap::new();
        let activities = least_activities(problem);
        for (way, (opening, fixing)) in (0..).map(SiteId).zip(dictionary.openings.iter().zip(problem.fixings())) {
            let rule = match fixing {
                Fixing::Open => None,
                _ => broken_rule((problem, dictionary), &activities, way),
            };
            broken.entry(opening.site).and_modify(|all| *all = all.take().and(rule.clone())).or_insert(rule);
        }
        for site in territory.candidates() {
            if let Some(rule) = broken.get(&site).cloned().flatten() {
                excluded.entry(site).or_insert(Exclusion::Rule(rule));
            }
        }
        Ok(excluded)
    }
}

/// Returns for each rule the least that any choice takes of it; absent where more sites may take less.
fn least_activities(problem: &Problem) -> Vec<Option<i64>> {
    let is_open = |site: &SiteId| problem.fixings().get(site.index()) == Some(&Fixing::Open);
    let least = |rule: &maillage_solver::SiteRule| {
        let rises = rule.coefficients.iter().all(|(_, coefficient)| *coefficient >= 0);
        let open = rule.coefficients.iter().filter(|(site, _)| is_open(site)).map(|(_, coefficient)| *coefficient);
        rises.then(|| open.fold(0_i64, i64::saturating_add))
    };
    problem.rules().iter().map(least).collect()
}

/// Returns the first rule that an opening breaks beside what opens anyway.
fn broken_rule(
    (problem, dictionary): (&Problem, &Dictionary),
    activities: &[Option<i64>],
    way: SiteId,
) -> Option<RuleName> {
    problem.rules_of(way).iter().find_map(|&(rule, coefficient)| {
        let (stated, name) = (problem.rules().get(rule as usize)?, dictionary.rules.get(rule as usize)?);
        let (most, least) = (stated.most?, (*activities.get(rule as usize)?)?);
        let may_give_way = match name {
            RuleName::Sites | RuleName::PhaseSites { .. } => true,
            RuleName::Budget | RuleName::PhaseBudget { .. } => most <= 0,
            _ => false,
        };
        (!may_give_way && least.saturating_add(coefficient) > most).then(|| name.clone())
    })
}
