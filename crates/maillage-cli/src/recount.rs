mod comparison;
mod difference;

use std::collections::BTreeMap;

use maillage_core::{Dictionary, Opening, Plan, PopulationGrid, Reach, Scenario, SiteState, Territory};
use maillage_io::{AnswerRoads, InputFile, ScenarioFile, StatedSite};
use maillage_solver::{
    CapacitatedOutcome, CapacitatedProblem, CapacitatedSolution, Guarantee, Outcome, Prices, Problem, SiteId, Solution,
    StoppedBy, Work,
};

use crate::disagreement::Disagreement;

/// A problem rebuilt from the inputs of a plan.
pub(crate) struct Rebuilt<'run> {
    pub(crate) question: &'run ScenarioFile,
    pub(crate) scenario: &'run Scenario,
    /// The plain question at the level of the goal that the plan states.
    pub(crate) asked: &'run Scenario,
    pub(crate) territory: &'run Territory,
    pub(crate) files: &'run [InputFile],
    /// Whom the roads leave out, where times are made of roads.
    pub(crate) roads: Option<&'run AnswerRoads>,
    /// The population grid that people are counted by, where there is one.
    pub(crate) grid: Option<&'run PopulationGrid>,
    pub(crate) reach: &'run Reach,
    pub(crate) problem: &'run Problem,
    /// The problem with capacities, of a plan within capacity.
    pub(crate) capacitated: Option<&'run CapacitatedProblem>,
    pub(crate) dictionary: &'run Dictionary,
    /// The hash of the problem.
    pub(crate) hash: &'run str,
}

impl Rebuilt<'_> {
    /// Returns every open site of the kernel's problem: existing ones and the new ones of these identifiers.
    pub(crate) fn open_sites(&self, new: &[StatedSite]) -> Result<Vec<SiteId>, Disagreement> {
        let mut named: BTreeMap<&str, &StatedSite> = BTreeMap::new();
        for site in new {
            if named.insert(&site.id, site).is_some() {
                return Err(Disagreement::RepeatedSite { id: site.id.clone() });
            }
            let position = self.territory.site_position(&site.id);
            let found = position.and_then(|position| self.territory.sites().get(position as usize));
            if found.is_none_or(|found| found.state != SiteState::Candidate) {
                return Err(Disagreement::UnknownSite { id: site.id.clone() });
            }
        }
        let mut open = Vec::new();
        for (id, opening) in (0..).map(SiteId).zip(&self.dictionary.openings) {
            let Some(site) = self.territory.sites().get(opening.site as usize) else { continue };
            if site.state == SiteState::Existing {
                open.push(id);
            } else if let Some(stated) = named.get(site.id.as_str())
                && self.opens_as(*opening, stated)
            {
                open.push(id);
                named.remove(site.id.as_str());
            }
        }
        match named.first_key_value() {
            Some((id, stated)) => {
                let way = [&stated.phase, &stated.kind, &stated.hub].into_iter().flatten().cloned();
                let (id, way) = ((*id).to_owned(), way.collect::<Vec<_>>().join(", "));
                Err(Disagreement::UnknownWay { id, way })
            }
            None => Ok(open),
        }
    }

    fn opens_as(&self, opening: Opening, stated: &StatedSite) -> bool {
        let phase = (!self.scenario.phase.is_empty()).then(|| self.scenario.phase_name(opening.phase as usize));
        let kind = opening.kind.and_then(|kind| self.scenario.r#type.get(kind as usize)).map(|kind| &kind.name);
        let hub = opening.hub.and_then(|hub| self.territory.sites().get(hub as usize)).map(|hub| &hub.id);
        stated.phase == phase && stated.kind.as_ref() == kind && stated.hub.as_ref() == hub
    }

    /// Returns the identifiers of the candidates among the kernel's sites.
    pub(crate) fn new_sites(&self, open: &[SiteId]) -> Vec<&str> {
        let position = |site: &SiteId| self.dictionary.site_of(site.index());
        let sites = open.iter().filter_map(|site| self.territory.sites().get(position(site)? as usize));
        sites.filter(|site| site.state == SiteState::Candidate).map(|site| site.id.as_str()).collect()
    }

    /// Counts the choice of sites, after checking that it keeps every rule of the request.
    pub(crate) fn count(&self, open: &[SiteId]) -> Result<Solution, Disagreement> {
        let new = self.new_sites(open);
        let is_new = |id: &String| new.contains(&id.as_str());
        if let Some(id) = self.scenario.forbid.iter().find(|id| is_new(id)) {
            return Err(Disagreement::Forbidden { id: id.clone() });
        }
        if let Some(id) = self.scenario.require.iter().find(|id| !is_new(id)) {
            return Err(Disagreement::RequiredLeftOut { id: id.clone() });
        }
        let found = new.len() as u64;
        match self.asked.sites {
            Some(asked) if self.asked.exactly && found != asked => {
                return Err(Disagreement::NotExactly { found, asked });
            }
            Some(allowed) if found > allowed => return Err(Disagreement::Count { found, allowed }),
            _ => {}
        }
        let cost_of = |id: &SiteId| {
            let opening = *self.dictionary.openings.get(id.index())?;
            let site = self.territory.sites().get(opening.site as usize)?;
            (site.state == SiteState::Candidate).then(|| self.scenario.cost_of(site, opening))
        };
        let cost: u64 = open.iter().filter_map(cost_of).sum();
        if let Some(budget) = self.asked.budget
            && cost > budget
        {
            return Err(Disagreement::Budget { found: cost, budget });
        }
        let solution = Solution::count(self.problem, open);
        if solution.is_feasible() { Ok(solution) } else { Err(Disagreement::Rule) }
    }

    /// Returns what the new sites of a choice add: cover, or serve within capacity.
    pub(crate) fn value_of(&self, solution: &Solution) -> u64 {
        let value = match self.capacitated {
            Some(problem) => CapacitatedSolution::count(problem, solution.sites()).served(),
            None => solution.value(),
        };
        value.saturating_sub(self.dictionary.covered_before)
    }

    /// Reads a choice back under a bound on what is maximised and, for a goal with a level, on the level.
    fn read_back(
        &self,
        solution: &Solution,
        (bound, level): (u64, Option<u64>),
        guarantee: Guarantee,
        work: Work,
    ) -> Plan {
        let bound = bound.saturating_add(self.dictionary.covered_before);
        let stopped_by = StoppedBy::Effort;
        if let Some(problem) = self.capacitated {
            let solution = CapacitatedSolution::count(problem, solution.sites());
            let outcome = CapacitatedOutcome { solution, bound, guarantee, stopped_by, work };
            return Plan::read_back_within_capacity(
                self.territory,
                self.reach,
                self.scenario,
                self.dictionary,
                &outcome,
            );
        }
        let outcome = Outcome {
            solution: solution.clone(),
            bound,
            guarantee,
            stopped_by,
            prices: Prices::default(),
            work,
            certificate: None,
        };
        let question = (self.asked, self.dictionary);
        Plan::read_back_at(self.territory, self.reach, self.scenario, question, &outcome, level)
    }
}
