mod stated;

use std::collections::BTreeMap;

use maillage_solver::{SiteId, SiteRule};

use crate::cliques::clique_cover;
use crate::nearness::{Nearness, too_near_each_other};
use crate::openings::Openings;
use crate::request::Request;
use crate::rule_groups::{check_conditions, check_values, site_meets};
use crate::{Rule, RuleError, RuleList, RuleName, RulePlace, Scenario, ScenarioError, Spacing, Territory};

/// Numbers of sites and budgets above this are cut down to it: a territory's candidates never cost more.
const LARGEST: u64 = 1 << 53;

/// The site rules of a problem, what each is called, and how many of the kernel's units make one of the planner's.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteRules {
    pub(crate) rules: Vec<SiteRule>,
    pub(crate) names: Vec<RuleName>,
    pub(crate) scales: Vec<u32>,
}

/// What site rules are made of.
struct Parts<'a> {
    scenario: &'a Scenario,
    territory: &'a Territory,
    openings: &'a Openings,
    request: &'a Request,
}

impl SiteRules {
    /// Makes the rules: the number of sites and the budget where given, then the scenario's rules, spacings and
    /// incompatible sites.
    pub(crate) fn of(
        scenario: &Scenario,
        territory: &Territory,
        openings: &Openings,
        request: &Request,
    ) -> Result<Self, ScenarioError> {
        let parts = Parts { scenario, territory, openings, request };
        let mut rules = Self::default();
        rules.limits(&parts);
        rules.phases(&parts);
        rules.types(&parts);
        rules.hubs(&parts);
        rules.upgrades(&parts);
        rules.one_way(&parts);
        for (position, rule) in scenario.rule.iter().enumerate() {
            rules.stated(&parts, position, rule)?;
        }
        for (position, spacing) in scenario.spacing.iter().enumerate() {
            rules.spacing(&parts, position, spacing)?;
        }
        for (list, sites) in request.incompatible.iter().enumerate() {
            let each = sites.iter().flat_map(|&site| openings.of_site(site)).map(|id| (id, 1));
            rules.push(SiteRule::at_most(1, each), RuleName::Incompatible { list }, 1);
        }
        Ok(rules)
    }

    fn push(&mut self, rule: SiteRule, name: RuleName, scale: u32) {
        self.rules.push(rule);
        self.names.push(name);
        self.scales.push(scale);
    }

    fn limits(&mut self, parts: &Parts<'_>) {
        let scenario = parts.scenario;
        let candidates = || parts.openings.of_candidates(parts.territory);
        if let Some(count) = parts.scenario.sites {
            let each = candidates().map(|(id, _, _)| (id, 1));
            let rule = if parts.scenario.exactly {
                SiteRule::equal(whole(count), each)
            } else {
                SiteRule::at_most(whole(count), each)
            };
            self.push(rule, RuleName::Sites, 1);
        }
        if let Some(budget) = parts.scenario.budget {
            let costs = candidates().map(|(id, opening, site)| (id, whole(scenario.cost_of(site, opening))));
            self.push(SiteRule::at_most(whole(budget), costs), RuleName::Budget, 1);
        }
    }

    /// Adds the cumulative limits of each phase.
    fn phases(&mut self, parts: &Parts<'_>) {
        for (phase, stated) in parts.scenario.phase.iter().enumerate() {
            let until = || {
                let openings = parts.openings.of_candidates(parts.territory);
                openings.filter(move |(_, opening, _)| opening.phase as usize <= phase)
            };
            if let Some(count) = stated.sites {
                let rule = SiteRule::at_most(i64::from(count), until().map(|(id, _, _)| (id, 1)));
                self.push(rule, RuleName::PhaseSites { phase }, 1);
            }
            if let Some(budget) = stated.budget {
                let costs = until().map(|(id, opening, site)| (id, whole(parts.scenario.cost_of(site, opening))));
                self.push(SiteRule::at_most(whole(budget), costs), RuleName::PhaseBudget { phase }, 1);
            }
        }
    }

    /// Adds the least and most sites of each type.
    fn types(&mut self, parts: &Parts<'_>) {
        for (kind, stated) in (0_u32..).zip(&parts.scenario.r#type) {
            if stated.least.is_none() && stated.most.is_none() {
                continue;
            }
            let of_kind =
                parts.openings.of_candidates(parts.territory).filter(|(_, opening, _)| opening.kind == Some(kind));
            let [least, most] = [stated.least, stated.most].map(|end| end.map(i64::from));
            let rule = SiteRule { coefficients: of_kind.map(|(id, _, _)| (id, 1)).collect(), least, most };
            self.push(rule, RuleName::Type { kind: kind as usize }, 1);
        }
    }

    /// Adds the most sites that lean on each hub.
    fn hubs(&mut self, parts: &Parts<'_>) {
        let Some(hub) = &parts.scenario.hub else { return };
        let Some(most) = hub.most else { return };
        let mut spokes: BTreeMap<u32, Vec<(SiteId, i64)>> = BTreeMap::new();
        for (id, opening, _) in parts.openings.of_candidates(parts.territory) {
            if let Some(hub) = opening.hub {
                spokes.entry(hub).or_default().push((id, 1));
            }
        }
        for (hub, spokes) in spokes {
            let Some(site) = parts.territory.sites().get(hub as usize) else { continue };
            self.push(SiteRule::at_most(i64::from(most), spokes), RuleName::Spokes { hub: site.id.clone() }, 1);
        }
    }

    /// Adds for each existing site that at most one of its upgrades opens.
    fn upgrades(&mut self, parts: &Parts<'_>) {
        let mut upgrades: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for site in parts.request.may_open(parts.territory) {
            if let Some(existing) = parts.scenario.upgraded_by(parts.territory, site) {
                upgrades.entry(existing).or_default().push(site);
            }
        }
        for (existing, sites) in upgrades.into_iter().filter(|(_, sites)| sites.len() > 1) {
            let each = sites.into_iter().flat_map(|site| parts.openings.of_site(site)).map(|id| (id, 1));
            self.push(SiteRule::at_most(1, each), RuleName::Upgrade { site: existing.to_owned() }, 1);
        }
    }

    /// Adds for each candidate with several openings that at most one is taken, and at least one of a required site.
    ///
    /// Where no rule asks for more sites, opening a site once more in a later phase covers nothing and only takes from
    /// the limits: such openings are closed when ties are settled, and thousands of rules that hide from the reduction
    /// which sites stand in for others are spared.
    fn one_way(&mut self, parts: &Parts<'_>) {
        let asks_for_more = |rule: &Rule| {
            let ends =
                [rule.least.is_some(), rule.least_share.is_some(), rule.most_share.is_some(), rule.spread.is_some()];
            ends.contains(&true)
        };
        let needed = parts.scenario.exactly
            || parts.scenario.rule.iter().any(asks_for_more)
            || parts.scenario.r#type.iter().any(|stated| stated.least.is_some())
            || !parts.scenario.types_are_nested();
        for site in parts.request.may_open(parts.territory) {
            let ways: Vec<(SiteId, i64)> = parts.openings.of_site(site).map(|id| (id, 1)).collect();
            if parts.request.required.contains(&site) {
                if parts.request.has_ways {
                    self.push(SiteRule::equal(1, ways), RuleName::OneWay, 1);
                }
            } else if needed && ways.len() > 1 {
                self.push(SiteRule::at_most(1, ways), RuleName::OneWay, 1);
            }
        }
    }

    fn spacing(&mut self, parts: &Parts<'_>, spacing: usize, stated: &Spacing) -> Result<(), ScenarioError> {
        let place = RulePlace::of(parts.scenario, RuleList::Spacing, spacing);
        if stated.between.is_none() && stated.from_existing.is_none() {
            return Err(RuleError::Nothing { place, expected: "between or from-existing" }.into());
        }
        check_values(&stated.r#where, &place)?;
        check_conditions(parts.territory, &place, &stated.r#where)?;
        let Some(distance) = stated.between else { return Ok(()) };
        let nearness = Nearness::of(parts.scenario, distance, &place)?;
        let may_open = parts.request.may_open(parts.territory);
        let sites: Vec<u32> =
            may_open.into_iter().filter(|&site| site_meets(parts.territory, &stated.r#where, site)).collect();
        let neighbours = too_near_each_other(parts.territory, nearness, &sites, &place)?;
        let required = |number: u32| {
            let site = sites.get(number as usize).filter(|site| parts.request.required.contains(site));
            site.and_then(|&site| parts.territory.sites().get(site as usize))
        };
        for (number, near) in (0..).zip(&neighbours) {
            if let Some(one) = required(number)
                && let Some(other) = near.iter().find_map(|&other| required(other))
            {
                let (one, other) = (one.id.clone(), other.id.clone());
                return Err(RuleError::RequiredApart { place, one, other }.into());
            }
        }
        for clique in clique_cover(&neighbours) {
            let members = clique.iter().filter_map(|&number| sites.get(number as usize).copied());
            let each: Vec<(SiteId, i64)> =
                members.flat_map(|site| parts.openings.of_site(site)).map(|id| (id, 1)).collect();
            self.push(SiteRule::at_most(1, each), RuleName::Spacing { spacing }, 1);
        }
        Ok(())
    }
}

#[expect(clippy::cast_possible_wrap, reason = "2^53 is far below where an i64 wraps")]
fn whole(number: u64) -> i64 {
    number.min(LARGEST) as i64
}
