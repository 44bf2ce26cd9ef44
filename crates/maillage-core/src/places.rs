use std::collections::BTreeMap;

use maillage_solver::{Problem, SiteId};

use crate::catchment::{Catchment, Crowd};
use crate::coverage_floors::FloorGroup;
use crate::{
    Demand, Dictionary, Floor, Goal, Layer, Reach, RuleList, RuleName, RulePlace, Scenario, ScenarioError, Territory,
};

/// Shares of the worst-off place are whole hundredths of a percent.
const WHOLE: u64 = 10_000;

/// Prices of a place's people add up to about this.
const PRICES: f64 = 1e11;

/// The places of the goal `worst-off`: of each, whose share in reach counts.
pub(crate) struct Places<'a> {
    scenario: &'a Scenario,
    catchment: Catchment<'a>,
    groups: Vec<FloorGroup>,
}

impl<'a> Places<'a> {
    /// Groups the under-served people by the column of the goal; other goals have no places.
    pub(crate) fn of(
        scenario: &'a Scenario,
        territory: &'a Territory,
        reach: &'a Reach,
    ) -> Result<Self, ScenarioError> {
        let catchment = Catchment::of(scenario, territory, reach);
        let groups = match &scenario.goal {
            Goal::WorstOff(column) => {
                let floor = Floor { each: vec![column.clone()], least: Some(0), ..Floor::default() };
                let place = RulePlace::of(scenario, RuleList::Floor, scenario.floor.len());
                floor.under(scenario, territory, &catchment, &place)?
            }
            _ => Vec::new(),
        };
        Ok(Self { scenario, catchment, groups })
    }

    /// Counts the places.
    pub(crate) fn count(&self) -> usize {
        self.groups.len()
    }

    /// Returns for each place the people who count there.
    pub(crate) fn people(&self) -> impl Iterator<Item = u64> + '_ {
        self.groups.iter().map(FloorGroup::all)
    }

    /// Returns for each place how many of its people a choice brings into reach.
    pub(crate) fn in_reach(&self, dictionary: &Dictionary, choice: &[SiteId]) -> Vec<u64> {
        let openings = choice.iter().filter_map(|site| dictionary.openings.get(site.index()).copied());
        let reached = self.catchment.reached_by(openings, self.scenario.within);
        let is_in = |entry: &&(Crowd, u64)| reached.get(entry.0 as usize) == Some(&true);
        let inside = |place: &FloorGroup| place.people.iter().filter(is_in).map(|entry| entry.1).sum();
        self.groups.iter().map(inside).collect()
    }

    /// Returns the share of each place that is in reach, from what is in reach there.
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 15 digits")]
    pub(crate) fn shares(&self, in_reach: &[u64]) -> Vec<f64> {
        self.people().zip(in_reach).map(|(all, &inside)| inside as f64 / all.max(1) as f64).collect()
    }

    /// Returns the smallest of the shares in hundredths of a percent, rounded down; absent without places.
    pub(crate) fn least_of(&self, in_reach: &[u64]) -> Option<u64> {
        let share = |(all, &inside): (u64, &u64)| {
            u64::try_from(u128::from(inside) * u128::from(WHOLE) / u128::from(all.max(1))).ok()
        };
        self.people().zip(in_reach).filter_map(share).min()
    }

    /// Returns the smallest share that a choice brings into reach.
    pub(crate) fn least(&self, dictionary: &Dictionary, choice: &[SiteId]) -> Option<u64> {
        self.least_of(&self.in_reach(dictionary, choice))
    }

    /// Returns a whole price for each person of a place, so that places of equal weight have equal prices in all.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "any whole prices bound the share; they lie from 1 to 10^11"
    )]
    pub(crate) fn whole_prices(&self, weights: &[f64]) -> Vec<u64> {
        let all: f64 = weights.iter().sum();
        let price =
            |(people, weight): (u64, &f64)| (PRICES * weight / all / people.max(1) as f64).round().clamp(1.0, PRICES);
        self.people().zip(weights).map(|place| price(place) as u64).collect()
    }

    /// Returns the problem with every person of a place at its price, without the floors under places.
    pub(crate) fn weighed(
        &self,
        (problem, dictionary): (&Problem, &Dictionary),
        prices: &[u64],
    ) -> Result<Problem, ScenarioError> {
        let weights = self.groups.iter().zip(prices).flat_map(|(place, price)| {
            place.people.iter().map(move |&(crowd, people)| (crowd, people.saturating_mul(*price)))
        });
        let by_crowd: BTreeMap<Crowd, u64> = weights.collect();
        let counts = |layer: &Layer| layer.within == self.scenario.within && layer.specialty.is_none();
        let weight = |demand: &Demand| {
            let counts = dictionary.layers.get(demand.layer as usize).is_some_and(counts);
            let crowd = self.catchment.crowd_of(demand).filter(|_| counts);
            crowd.and_then(|crowd| by_crowd.get(&crowd)).copied().unwrap_or(0)
        };
        let weights: Vec<u64> = dictionary.demands.iter().map(weight).collect();
        let stated = dictionary.floors.iter().zip(problem.floors());
        let is_stated =
            |name: &RuleName| matches!(name, RuleName::Floor { floor, .. } if *floor < self.scenario.floor.len());
        let floors = stated.filter(|(name, _)| is_stated(name)).map(|(_, floor)| floor.clone()).collect();
        let (rules, fixings) = (problem.rules().to_vec(), problem.fixings().to_vec());
        Ok(Problem::new(problem.coverage().clone(), weights, rules, fixings)?.with_floors(floors)?)
    }

    /// Returns the smallest level whose floors add up, at these prices, to more than the bound: it cannot be kept.
    pub(crate) fn level_above(&self, prices: &[u64], bound: u64) -> u64 {
        let needs = |level: u64| {
            let floor = |people: u64| (u128::from(people) * u128::from(level)).div_ceil(u128::from(WHOLE));
            self.people().zip(prices).map(|(people, price)| floor(people) * u128::from(*price)).sum::<u128>()
        };
        let (mut kept, mut above) = (0, Self::ABOVE_ALL);
        while kept + 1 < above {
            let middle = kept + (above - kept) / 2;
            if needs(middle) > u128::from(bound) { above = middle } else { kept = middle }
        }
        above
    }

    /// A level that no plan keeps: above the whole.
    pub(crate) const ABOVE_ALL: u64 = WHOLE + 1;
}
