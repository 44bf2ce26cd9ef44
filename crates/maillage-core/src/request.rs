use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::Fixing;

use crate::nearest_texts::nearest_texts;
use crate::nearness::too_near_existing;
use crate::{
    Opening, RuleError, RuleList, RulePlace, Scenario, ScenarioError, Site, SiteState, Territory, VariantError,
};

/// What a scenario asks of the sites of a territory, in positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// Candidates that must open.
    pub(crate) required: BTreeSet<u32>,
    /// Candidates that must not open: named ones, and those too near an existing site.
    pub(crate) forbidden: BTreeSet<u32>,
    /// Lists of candidates of which at most one may open.
    pub(crate) incompatible: Vec<BTreeSet<u32>>,
    /// Candidates opened in phases that are over, with the position of that phase. They are required too.
    pub(crate) opened: BTreeMap<u32, u32>,
    /// How many phases are over.
    over: u32,
    /// Whether a site may open in several ways.
    pub(crate) has_ways: bool,
}

impl Request {
    /// Looks up the sites a scenario names.
    pub(crate) fn of(scenario: &Scenario, territory: &Territory) -> Result<Self, ScenarioError> {
        let opened = opened_in_phases(scenario, territory)?;
        let mut required = candidates_named(territory, &scenario.require, "required")?;
        required.extend(opened.keys());
        let mut forbidden = candidates_named(territory, &scenario.forbid, "forbidden")?;
        if let Some(site) = sites_at(territory, required.intersection(&forbidden)).next() {
            return Err(ScenarioError::RequiredAndForbidden { id: site.id.clone() });
        }
        for (position, spacing) in scenario.spacing.iter().enumerate() {
            let place = RulePlace::of(scenario, RuleList::Spacing, position);
            for (site, existing) in too_near_existing(scenario, territory, spacing, &place)? {
                if required.contains(&site) {
                    let id = |site| sites_at(territory, [&site]).map(|site| site.id.clone()).collect();
                    return Err(RuleError::RequiredTooNear { place, required: id(site), existing: id(existing) }.into());
                }
                forbidden.insert(site);
            }
        }
        let lists = scenario.incompatible.iter().enumerate();
        let incompatible = lists.map(|(position, ids)| {
            let list = candidates_named(territory, ids, "incompatible")?;
            let both = list.intersection(&required).take(2);
            let both: Vec<String> = sites_at(territory, both).map(|site| site.id.clone()).collect();
            if let [one, other] = both.as_slice() {
                let (one, other) = (one.clone(), other.clone());
                let place = RulePlace::of(scenario, RuleList::Incompatible, position);
                return Err(ScenarioError::from(RuleError::RequiredApart { place, one, other }));
            }
            Ok(list)
        });
        let incompatible = incompatible.collect::<Result<_, _>>()?;
        let over =
            (0..).zip(&scenario.phase).take_while(|(_, phase)| phase.opened.is_some()).map(|(phase, _)| phase + 1);
        let over = over.last().unwrap_or(0);
        let has_ways = scenario.phase.len() > 1 || !scenario.r#type.is_empty() || scenario.hub.is_some();
        Ok(Self { required, forbidden, incompatible, opened, over, has_ways })
    }

    /// Returns what is decided beforehand about an opening of a candidate.
    pub(crate) fn fixing_of(&self, opening: Opening) -> Fixing {
        if let Some(&phase) = self.opened.get(&opening.site) {
            let several = opening.kind.is_some() || opening.hub.is_some();
            let inside = if several { Fixing::Free } else { Fixing::Open };
            return if phase == opening.phase { inside } else { Fixing::Closed };
        }
        if self.forbidden.contains(&opening.site) || opening.phase < self.over {
            return Fixing::Closed;
        }
        // Of several ways of opening a required site a rule takes one.
        if self.required.contains(&opening.site) && !self.has_ways { Fixing::Open } else { Fixing::Free }
    }

    /// Returns the candidates that are not forbidden, by identifier.
    pub(crate) fn may_open(&self, territory: &Territory) -> Vec<u32> {
        territory.candidates().filter(|site| !self.forbidden.contains(site)).collect()
    }

    /// Checks that number and budget leave a choice that keeps them: for one count and one budget this is certain.
    pub(crate) fn check_limits(&self, scenario: &Scenario, territory: &Territory) -> Result<(), ScenarioError> {
        let may_open = self.may_open(territory);
        let required = self.required.len() as u64;
        if let Some(sites) = scenario.sites
            && required > sites
        {
            let ids = sites_at(territory, &self.required).map(|site| site.id.clone()).collect();
            return Err(ScenarioError::RequiredAboveCount { required, sites, ids });
        }
        let exactly = scenario.sites.filter(|_| scenario.exactly);
        if let Some(sites) = exactly
            && sites > may_open.len() as u64
        {
            return Err(ScenarioError::TooFewCandidates { sites, candidates: may_open.len() as u64 });
        }
        let Some(budget) = scenario.budget else { return Ok(()) };
        let cost_of = |site: &u32| scenario.least_cost_of(territory, *site);
        let cost: u64 = self.required.iter().map(cost_of).sum();
        if cost > budget {
            let costs = self.required.iter().map(cost_of);
            let ids = sites_at(territory, &self.required).map(|site| site.id.clone()).zip(costs).collect();
            return Err(ScenarioError::RequiredAboveBudget { cost, budget, ids });
        }
        let others = may_open.iter().filter(|site| !self.required.contains(site));
        if let Some(sites) = exactly {
            let mut costs: Vec<u64> = others.map(cost_of).collect();
            costs.sort_unstable();
            let free = usize::try_from(sites - required).unwrap_or(usize::MAX);
            let cheapest = cost + costs.iter().take(free).sum::<u64>();
            if cheapest > budget {
                return Err(ScenarioError::ExactlyAboveBudget { sites, cheapest, budget });
            }
        } else if let Some((site, cheapest)) = others.map(|site| (site, cost_of(site))).min_by_key(|entry| entry.1)
            && required == 0
            && scenario.sites != Some(0)
            // No money describes today, as no sites do.
            && budget > 0
            && cheapest > budget
        {
            let id = sites_at(territory, [site]).map(|site| site.id.clone()).collect();
            return Err(ScenarioError::BudgetBelowCheapest { cheapest, id, budget });
        }
        Ok(())
    }
}

/// Looks up what opened in phases that are over, and checks that the phases make sense.
fn opened_in_phases(scenario: &Scenario, territory: &Territory) -> Result<BTreeMap<u32, u32>, ScenarioError> {
    let mut opened = BTreeMap::new();
    for (phase, stated) in (0..).zip(&scenario.phase) {
        for site in candidates_named(territory, stated.opened.as_deref().unwrap_or_default(), "opened")? {
            if let Some(one) = opened.insert(site, phase) {
                let id = sites_at(territory, [&site]).map(|site| site.id.clone()).collect();
                let [one, other] = [one, phase].map(|phase| scenario.phase_name(phase as usize));
                return Err(VariantError::OpenedTwice { id, one, other }.into());
            }
        }
    }
    Ok(opened)
}

fn candidates_named(territory: &Territory, ids: &[String], list: &'static str) -> Result<BTreeSet<u32>, ScenarioError> {
    let is_candidate = |site: &u32| sites_at(territory, [site]).any(|site| site.state == SiteState::Candidate);
    let named = |id: &String| {
        territory.site_position(id).filter(is_candidate).ok_or_else(|| {
            let candidates = territory.sites().iter().filter(|site| site.state == SiteState::Candidate);
            let nearest = nearest_texts(id, candidates.map(|site| site.id.as_str()));
            ScenarioError::UnknownSite { list, id: id.clone(), nearest }
        })
    };
    ids.iter().map(named).collect()
}

fn sites_at<'a>(
    territory: &'a Territory,
    positions: impl IntoIterator<Item = &'a u32>,
) -> impl Iterator<Item = &'a Site> {
    positions.into_iter().filter_map(|&position| territory.sites().get(position as usize))
}
