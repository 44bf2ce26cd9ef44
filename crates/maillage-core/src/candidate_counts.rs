use std::collections::HashMap;

use crate::request::Request;
use crate::{Reach, Scenario, ScenarioError, Territory};

/// How many candidates there are, and which of them are worth a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CandidateCounts {
    /// Candidates.
    pub candidates: u64,
    /// Of them, those that are not forbidden: a plan is the best of the choices among these.
    pub may_open: u64,
    /// Candidates that reach no commune with people within the limit.
    pub reach_nobody: u64,
    /// Candidates that stand on the very point of another candidate.
    pub share_a_point: u64,
}

impl CandidateCounts {
    /// Counts the candidates of a territory as a scenario sees them.
    ///
    /// # Errors
    /// When the scenario names a site that is not among the candidates, or requires and forbids the same one.
    pub fn of(territory: &Territory, reach: &Reach, scenario: &Scenario) -> Result<Self, ScenarioError> {
        let request = Request::of(scenario, territory)?;
        let has_people = |commune: u32| territory.communes().get(commune as usize).is_some_and(|it| it.population > 0);
        let reaches_nobody = |&site: &u32| !reach.communes_within(site, scenario.within).any(has_people);
        let mut at_point: HashMap<(u64, u64), u64> = HashMap::new();
        for site in territory.candidates().filter_map(|site| territory.sites().get(site as usize)) {
            // Adding 0 makes -0 and 0 the same number.
            let point = ((site.position.longitude() + 0.0).to_bits(), (site.position.latitude() + 0.0).to_bits());
            *at_point.entry(point).or_default() += 1;
        }
        Ok(Self {
            candidates: territory.candidates().count() as u64,
            may_open: request.may_open(territory).len() as u64,
            reach_nobody: territory.candidates().filter(reaches_nobody).count() as u64,
            share_a_point: at_point.into_values().filter(|&count| count > 1).sum(),
        })
    }
}
