use std::collections::BTreeMap;

use maillage_solver::Prices;

use crate::catchment::Catchment;
use crate::nearness::{Nearness, smallest_distance};
use crate::rule_groups::{Member, site_meets};
use crate::{
    Amount, Dictionary, Distance, Fraction, Opening, Reach, Rule, RuleList, RuleName, RulePlace, Scenario, Sum,
    Territory,
};

/// A rule of the scenario as a plan keeps it, counted anew from places.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRule {
    /// Which rule.
    pub name: RuleName,
    /// What its numbers count.
    pub unit: RuleUnit,
    /// What the plan makes of it; absent where there is nothing to measure (a share of no sites, a distance between
    /// fewer than two).
    pub value: Option<f64>,
    /// The least it may be.
    pub least: Option<f64>,
    /// The most it may be.
    pub most: Option<f64>,
    /// By how much the value may still move towards the end that is nearer; below 0 where the rule is broken. Of a
    /// share, it is in the units that are added up. Absent where there is no value.
    pub slack: Option<f64>,
    /// What one more unit of the end is worth in the relaxation, in the units of the objective: 0 where the rule costs
    /// nothing there. Of a share, the units are those that are added up; of a rule the kernel holds in parts, it is
    /// the largest price of a part.
    pub price: f64,
}

/// What the numbers of a rule count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleUnit {
    /// Sites.
    Sites,
    /// Euros.
    Euros,
    /// A column.
    Field(String),
    /// A share from 0 to 1 of one of the above.
    Share,
    /// Kilometres.
    Kilometres,
    /// Minutes.
    Minutes,
    /// People.
    People,
}

impl RuleUnit {
    /// Returns what a sum counts.
    #[must_use]
    pub fn of(sum: &Sum) -> Self {
        match sum {
            Sum::Sites => Self::Sites,
            Sum::Cost => Self::Euros,
            Sum::Field(column) => Self::Field(column.clone()),
        }
    }

    /// Returns the word for it in files; a column goes by its name.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Sites => "sites",
            Self::Euros => "euros",
            Self::Share => "share",
            Self::Kilometres => "kilometres",
            Self::Minutes => "minutes",
            Self::People => "people",
            Self::Field(column) => column,
        }
    }
}

impl KeptRule {
    /// Returns whether the rule is broken.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.slack.is_some_and(|slack| slack < 0.0)
    }

    /// Returns whether the rule binds: nothing is left of it, or the relaxation pays for it.
    #[must_use]
    pub fn binds(&self) -> bool {
        self.slack.is_some_and(|slack| slack <= 0.0) || self.price > 0.0
    }
}

/// What rules are counted from.
pub(crate) struct RuleCount<'a> {
    pub(crate) territory: &'a Territory,
    pub(crate) reach: &'a Reach,
    pub(crate) scenario: &'a Scenario,
    pub(crate) dictionary: &'a Dictionary,
    /// Chosen candidates.
    pub(crate) new: &'a [u32],
    pub(crate) existing: &'a [u32],
    /// For each chosen candidate how it opens.
    pub(crate) openings: &'a [Opening],
}

impl RuleCount<'_> {
    /// Counts every rule and floor, in the order of the scenario.
    pub(crate) fn kept(&self, prices: &Prices) -> Vec<KeptRule> {
        let prices = self.prices_by_name(prices);
        let mut kept: Vec<KeptRule> = Vec::new();
        let mut last = None;
        for name in &self.dictionary.rules {
            // The kernel's rules of one name follow each other.
            if last != Some(name) {
                kept.extend(self.rule(name));
            }
            last = Some(name);
        }
        kept.extend(self.distances_to_existing());
        kept.extend(self.floors());
        for rule in &mut kept {
            rule.price = prices.get(&rule.name).copied().unwrap_or_default();
        }
        kept
    }

    /// Returns the largest price under each name, for one of the planner's units.
    fn prices_by_name<'n>(&'n self, prices: &Prices) -> BTreeMap<&'n RuleName, f64> {
        let scales = self.dictionary.scales.iter().map(|&scale| f64::from(scale));
        let rules = self
            .dictionary
            .rules
            .iter()
            .zip(prices.rules.iter().zip(scales))
            .map(|(name, (price, scale))| (name, price * scale));
        let floors = self.dictionary.floors.iter().zip(prices.floors.iter().copied());
        let mut by_name: BTreeMap<&RuleName, f64> = BTreeMap::new();
        for (name, price) in rules.chain(floors) {
            let largest = by_name.entry(name).or_default();
            *largest = largest.max(price.abs());
        }
        by_name
    }

    fn rule(&self, name: &RuleName) -> Option<KeptRule> {
        let scenario = self.scenario;
        match name {
            RuleName::Sites => {
                let (count, most) = (number(self.new.len() as u64), scenario.sites.map(number));
                let least = most.filter(|_| scenario.exactly);
                Some(between(name, RuleUnit::Sites, count, least, most))
            }
            RuleName::Budget => {
                let cost = number(self.cost(self.openings.iter()));
                Some(between(name, RuleUnit::Euros, cost, None, scenario.budget.map(number)))
            }
            RuleName::PhaseSites { phase } => {
                let count = number(self.opened_until(*phase).count() as u64);
                let most = scenario.phase.get(*phase)?.sites.map(f64::from);
                Some(between(name, RuleUnit::Sites, count, None, most))
            }
            RuleName::PhaseBudget { phase } => {
                let cost = number(self.cost(self.opened_until(*phase)));
                Some(between(name, RuleUnit::Euros, cost, None, scenario.phase.get(*phase)?.budget.map(number)))
            }
            RuleName::Sum { rule, group } => {
                let stated = scenario.rule.get(*rule)?;
                let groups = self.groups(*rule)?;
                let sum = groups.get(group).map_or(0, |members| inside(members));
                let [least, most] = [stated.least, stated.most].map(|end| end.map(of_amount));
                Some(between(name, RuleUnit::of(&stated.sum), thousandths(sum), least, most))
            }
            RuleName::LeastShare { rule, group } | RuleName::MostShare { rule, group } => {
                self.share(name, *rule, group)
            }
            RuleName::Spread { rule } => {
                let stated = scenario.rule.get(*rule)?;
                let groups = self.groups(*rule)?;
                let sums = || groups.values().map(|members| inside(members));
                let spread = sums().max()? - sums().min()?;
                let most = stated.spread.map(of_amount);
                Some(between(name, RuleUnit::of(&stated.sum), thousandths(spread), None, most))
            }
            RuleName::Spacing { spacing } => {
                let stated = scenario.spacing.get(*spacing)?;
                let place = RulePlace::of(scenario, RuleList::Spacing, *spacing);
                let nearness = Nearness::of(scenario, stated.between?, &place).ok()?;
                let sites = self.meeting(*spacing);
                let value = smallest_distance(self.territory, nearness, &sites, None);
                Some(apart(name, stated.between?, nearness, value))
            }
            RuleName::Incompatible { list } => {
                let ids = scenario.incompatible.get(*list)?;
                let is_listed = |site: &&u32| {
                    let site = self.territory.sites().get(**site as usize);
                    site.is_some_and(|site| ids.contains(&site.id))
                };
                let count = number(self.new.iter().filter(is_listed).count() as u64);
                Some(between(name, RuleUnit::Sites, count, None, Some(1.0)))
            }
            RuleName::Type { kind } => {
                let stated = scenario.r#type.get(*kind)?;
                let is_of = |opening: &&Opening| opening.kind.is_some_and(|found| found as usize == *kind);
                let count = number(self.openings.iter().filter(is_of).count() as u64);
                let [least, most] = [stated.least, stated.most].map(|end| end.map(f64::from));
                Some(between(name, RuleUnit::Sites, count, least, most))
            }
            RuleName::Spokes { hub } => {
                let position = self.territory.site_position(hub);
                let spokes = self.openings.iter().filter(|opening| opening.hub.is_some() && opening.hub == position);
                let most = scenario.hub.as_ref()?.most.map(f64::from);
                Some(between(name, RuleUnit::Sites, number(spokes.count() as u64), None, most))
            }
            RuleName::Upgrade { site } => {
                let is_upgrade = |new: &&u32| scenario.upgraded_by(self.territory, **new) == Some(site);
                let count = number(self.new.iter().filter(is_upgrade).count() as u64);
                Some(between(name, RuleUnit::Sites, count, None, Some(1.0)))
            }
            RuleName::FromExisting { .. } | RuleName::Floor { .. } | RuleName::OneWay => None,
        }
    }

    fn opened_until(&self, phase: usize) -> impl Iterator<Item = &Opening> {
        self.openings.iter().filter(move |opening| opening.phase as usize <= phase)
    }

    fn cost<'o>(&self, openings: impl Iterator<Item = &'o Opening>) -> u64 {
        let site = |opening: &&'o Opening| self.territory.sites().get(opening.site as usize);
        openings.filter_map(|opening| Some(self.scenario.cost_of(site(&opening)?, *opening))).sum()
    }

    fn share(&self, name: &RuleName, rule: usize, group: &[String]) -> Option<KeptRule> {
        let stated = self.scenario.rule.get(rule)?;
        let groups = self.groups(rule)?;
        let members = groups.get(group).map(Vec::as_slice).unwrap_or_default();
        let all = |members: &[Member]| members.iter().map(|member| member.amount).sum::<i64>();
        let (part, whole) = if stated.r#where.is_empty() {
            (all(members), groups.values().map(|members| all(members)).sum())
        } else {
            (inside(members), all(members))
        };
        let is_least = matches!(name, RuleName::LeastShare { .. });
        let share = if is_least { stated.least_share } else { stated.most_share }?;
        let (numerator, denominator) = share.ratio();
        let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
        let over = i128::from(part) * denominator - i128::from(whole) * numerator;
        let left = if is_least { over } else { -over };
        let unit = if stated.sum.is_sites() { 1_000 } else { 1 };
        // Whole sites, else whole thousandths, that may still change without breaking the share.
        let slack = i64::try_from(left.div_euclid(denominator * unit) * unit).ok()?;
        let end = Some(Fraction::of_one(share));
        let [least, most] = if is_least { [end, None] } else { [None, end] };
        let value = (whole > 0).then(|| thousandths(part) / thousandths(whole));
        Some(KeptRule {
            name: name.clone(),
            unit: RuleUnit::Share,
            value,
            least,
            most,
            slack: Some(thousandths(slack)),
            price: 0.0,
        })
    }

    /// Groups the open sites that a rule looks at.
    fn groups(&self, rule: usize) -> Option<BTreeMap<Vec<String>, Vec<Member>>> {
        let stated: &Rule = self.scenario.rule.get(rule)?;
        let place = RulePlace::of(self.scenario, RuleList::Rule, rule);
        stated.groups(self.territory, &place, self.new.iter().chain(self.existing).copied()).ok()
    }

    fn meeting(&self, spacing: usize) -> Vec<u32> {
        let Some(stated) = self.scenario.spacing.get(spacing) else { return Vec::new() };
        self.new.iter().copied().filter(|&site| site_meets(self.territory, &stated.r#where, site)).collect()
    }

    fn distances_to_existing(&self) -> Vec<KeptRule> {
        let kept = |(spacing, stated): (usize, &crate::Spacing)| {
            let distance = stated.from_existing?;
            let place = RulePlace::of(self.scenario, RuleList::Spacing, spacing);
            let nearness = Nearness::of(self.scenario, distance, &place).ok()?;
            // An upgrade stands where the site it upgrades stands.
            let mut sites = self.meeting(spacing);
            sites.retain(|&site| self.scenario.upgraded_by(self.territory, site).is_none());
            let value = smallest_distance(self.territory, nearness, &sites, Some(self.existing));
            Some(apart(&RuleName::FromExisting { spacing }, distance, nearness, value))
        };
        self.scenario.spacing.iter().enumerate().filter_map(kept).collect()
    }

    fn floors(&self) -> Vec<KeptRule> {
        let catchment = Catchment::of(self.scenario, self.territory, self.reach);
        let open = self.openings.iter().copied().chain(catchment.existing());
        let reached = catchment.reached_by(open, self.scenario.within);
        let mut kept = Vec::new();
        for (floor, stated) in self.scenario.floor.iter().enumerate() {
            let place = RulePlace::of(self.scenario, RuleList::Floor, floor);
            let groups = stated.under(self.scenario, self.territory, &catchment, &place).unwrap_or_default();
            for group in groups {
                let in_reach = |entry: &&(u32, u64)| reached.get(entry.0 as usize) == Some(&true);
                let people: u64 = group.people.iter().filter(in_reach).map(|entry| entry.1).sum();
                let name = RuleName::Floor { floor, group: group.group };
                kept.push(between(&name, RuleUnit::People, number(people), Some(number(group.least)), None));
            }
        }
        kept
    }
}

fn between(name: &RuleName, unit: RuleUnit, value: f64, least: Option<f64>, most: Option<f64>) -> KeptRule {
    let below = least.map(|least| value - least);
    let above = most.map(|most| most - value);
    let slack = match (below, above) {
        (Some(below), Some(above)) => Some(below.min(above)),
        (below, above) => below.or(above),
    };
    KeptRule { name: name.clone(), unit, value: Some(value), least, most, slack, price: 0.0 }
}

fn apart(name: &RuleName, distance: Distance, nearness: Nearness, value: Option<f64>) -> KeptRule {
    let unit = match distance {
        Distance::Metres(_) => RuleUnit::Kilometres,
        Distance::Time(_) => RuleUnit::Minutes,
    };
    let asked = nearness.asked();
    // Within a micrometre of what is asked for is what is asked for.
    let slack = value.map(|value| if (value - asked).abs() < 1e-9 { 0.0 } else { value - asked });
    KeptRule { name: name.clone(), unit, value, least: Some(asked), most: None, slack, price: 0.0 }
}

fn inside(members: &[Member]) -> i64 {
    members.iter().filter(|member| member.inside).map(|member| member.amount).sum()
}

fn of_amount(amount: Amount) -> f64 {
    thousandths(amount.thousandths())
}

#[expect(clippy::cast_precision_loss, reason = "sums are below 2^53")]
fn thousandths(thousandths: i64) -> f64 {
    thousandths as f64 / 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "sums are below 2^53")]
fn number(whole: u64) -> f64 {
    whole as f64
}
