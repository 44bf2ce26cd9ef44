use maillage_solver::{CoverageFloor, DemandId};

use crate::catchment::{Catchment, Crowd};
use crate::demands::Demands;
use crate::need::Need;
use crate::rule_groups::{Group, check_values};
use crate::{Floor, RuleError, RuleList, RuleName, RulePlace, Scenario, ScenarioError, Territory};

/// A group of communes under a floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FloorGroup {
    pub(crate) group: Group,
    /// The crowds that count, with their under-served people.
    pub(crate) people: Vec<(Crowd, u64)>,
    /// At least so many of them must be in reach.
    pub(crate) least: u64,
}

impl FloorGroup {
    /// Counts the people under the floor.
    pub(crate) fn all(&self) -> u64 {
        self.people.iter().map(|entry| entry.1).sum()
    }
}

impl Floor {
    /// Returns the groups of communes under the floor; those without under-served people are left out.
    pub(crate) fn under(
        &self,
        scenario: &Scenario,
        territory: &Territory,
        catchment: &Catchment<'_>,
        place: &RulePlace,
    ) -> Result<Vec<FloorGroup>, ScenarioError> {
        let need = Need::of(scenario);
        let before = catchment.reached_by(catchment.existing(), scenario.within);
        let people_of_crowd = |crowd: Crowd| {
            let left_out = self.newly && before.get(crowd as usize) == Some(&true);
            if left_out { 0 } else { catchment.people(crowd, need) }
        };
        let people_of = |commune: u32| catchment.crowds_of(commune).map(people_of_crowd).sum::<u64>();
        let groups = self.groups(territory, place, |commune| people_of(commune) > 0)?;
        let floor = |(group, communes): (Group, Vec<u32>)| {
            let people: Vec<(Crowd, u64)> = communes
                .into_iter()
                .flat_map(|commune| catchment.crowds_of(commune))
                .map(|crowd| (crowd, people_of_crowd(crowd)))
                .filter(|entry| entry.1 > 0)
                .collect();
            let all = people.iter().map(|entry| entry.1).sum();
            let of_share = self.least_share.map_or(0, |share| share.of_up(all));
            FloorGroup { group, people, least: of_share.max(self.least.unwrap_or(0)) }
        };
        Ok(groups.into_iter().map(floor).collect())
    }
}

/// Makes the coverage floors of a problem, with their names.
pub(crate) fn coverage_floors(
    scenario: &Scenario,
    territory: &Territory,
    catchment: &Catchment<'_>,
    demands: &Demands,
) -> Result<(Vec<CoverageFloor>, Vec<RuleName>), ScenarioError> {
    let (mut floors, mut names) = (Vec::new(), Vec::new());
    for (position, stated) in scenario.floor.iter().enumerate() {
        let place = RulePlace::of(scenario, RuleList::Floor, position);
        check_values(&stated.r#where, &place)?;
        if stated.least.is_none() && stated.least_share.is_none() {
            return Err(RuleError::Nothing { place, expected: "least or least-share" }.into());
        }
        stated.check_columns(territory, &place)?;
        for FloorGroup { group, people, least } in stated.under(scenario, territory, catchment, &place)? {
            let demand = |(crowd, people)| Some((DemandId(demands.at(demands.reach, crowd)?), people));
            floors.push(CoverageFloor { coefficients: people.into_iter().filter_map(demand).collect(), least });
            names.push(RuleName::Floor { floor: position, group });
        }
    }
    Ok((floors, names))
}
