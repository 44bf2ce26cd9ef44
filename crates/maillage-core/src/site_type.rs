use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rule_groups::site_meets;
use crate::{Conditions, Opening, Scenario, Site, Territory, TravelTime};

/// What can be opened at a place: `[[type]]` in a scenario. At each place one type opens at most.
///
/// ```
/// use maillage_core::SiteType;
///
/// let text = r#"{"name": "van", "opening-cost": 90000, "yearly-cost": 30000, "within": "20min"}"#;
/// let van: SiteType = serde_json::from_str(text)?;
/// assert_eq!((van.cost(35_000, 5), van.within), (240_000, Some("20min".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SiteType {
    /// What the planner calls it.
    pub name: String,
    /// Whole euros to open one; without it, the candidate's own cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_cost: Option<u64>,
    /// Whole euros a year to run one, for each year of the scenario's `horizon`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly_cost: Option<u64>,
    /// In reach of one: at most this long; without it, the scenario's `within`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub within: Option<TravelTime>,
    /// Specialties it offers, beside those of the candidate's own column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<String>,
    /// Only candidates that meet these conditions may be of it.
    #[serde(default, skip_serializing_if = "Conditions::is_empty")]
    pub r#where: Conditions,
    /// Whether it is for candidates that upgrade an existing site, and for no others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub upgrade: bool,
    /// At least this many new sites of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// At most this many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

impl SiteType {
    /// Returns whole euros for one at a place whose own cost is given, over so many years.
    #[must_use]
    pub fn cost(&self, own: u64, years: u64) -> u64 {
        self.opening_cost.unwrap_or(own).saturating_add(self.yearly(years))
    }

    /// Returns whole euros to run one over so many years.
    #[must_use]
    pub fn yearly(&self, years: u64) -> u64 {
        self.yearly_cost.unwrap_or(0).saturating_mul(years)
    }
}

impl Scenario {
    /// Returns the whole euros that an opening of a candidate costs: over the years of the horizon, by its type.
    #[must_use]
    pub fn cost_of(&self, site: &Site, opening: Opening) -> u64 {
        let kind = opening.kind.and_then(|kind| self.r#type.get(kind as usize));
        kind.map_or(site.cost, |kind| kind.cost(site.cost, self.years()))
    }

    /// Returns the years that yearly costs are counted for.
    #[must_use]
    pub fn years(&self) -> u64 {
        u64::from(self.horizon.unwrap_or(0))
    }

    /// Returns the types that a candidate may be of; one absent type where the scenario states none.
    pub(crate) fn kinds_of(&self, territory: &Territory, site: u32) -> Vec<Option<u32>> {
        if self.r#type.is_empty() {
            return vec![None];
        }
        let upgrades = self.upgraded_by(territory, site).is_some();
        let may_be = |stated: &SiteType| stated.upgrade == upgrades && site_meets(territory, &stated.r#where, site);
        (0..).zip(&self.r#type).filter(|(_, stated)| may_be(stated)).map(|(kind, _)| Some(kind)).collect()
    }

    /// Returns whether of every two types one covers all that the other does, at any place.
    pub(crate) fn types_are_nested(&self) -> bool {
        let offers = self.offered_by_type();
        let within = |stated: &SiteType| stated.within.unwrap_or(self.within);
        let all: Vec<(TravelTime, u64)> = self.r#type.iter().map(within).zip(offers).collect();
        let holds = |one: &(TravelTime, u64), other: &(TravelTime, u64)| one.0 >= other.0 && other.1 & !one.1 == 0;
        all.iter().all(|one| all.iter().all(|other| holds(one, other) || holds(other, one)))
    }

    /// Returns what a candidate costs, by each type that it may be of.
    fn costs_of(&self, territory: &Territory, position: u32) -> Vec<u64> {
        let Some(site) = territory.sites().get(position as usize) else { return Vec::new() };
        let kinds = self.kinds_of(territory, position).into_iter();
        kinds.map(|kind| self.cost_of(site, Opening { kind, ..Opening::of_existing(position) })).collect()
    }

    /// Returns the least that a candidate costs, whatever its type; its own cost where it may be of none.
    pub(crate) fn least_cost_of(&self, territory: &Territory, position: u32) -> u64 {
        let own = territory.sites().get(position as usize).map_or(0, |site| site.cost);
        self.costs_of(territory, position).into_iter().min().unwrap_or(own)
    }

    /// Returns the most that a candidate costs, whatever its type; nothing where it may be of none.
    pub(crate) fn most_cost_of(&self, territory: &Territory, position: u32) -> u64 {
        self.costs_of(territory, position).into_iter().max().unwrap_or(0)
    }

    /// Returns the existing site that a candidate upgrades, where a column says so.
    pub(crate) fn upgraded_by<'a>(&self, territory: &'a Territory, site: u32) -> Option<&'a str> {
        let column = self.upgrades_field.as_ref()?;
        territory.sites().get(site as usize)?.columns.get(column).map(String::as_str)
    }
}
