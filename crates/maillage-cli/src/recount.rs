use std::collections::BTreeMap;

use maillage_core::{Dictionary, Opening, Plan, PopulationGrid, Reach, Scenario, Sense, SiteState, Territory};
use maillage_io::{
    Answer, AnswerGuarantee, AnswerRoads, Difference, InputFile, Language, PlanFeatures, PlanFile, PlanPackage,
    Provenance, ScenarioFile, Sources, StatedSite, write_plan_geojson, write_plan_geopackage,
};
use maillage_solver::{
    CapacitatedOutcome, CapacitatedProblem, CapacitatedSolution, Guarantee, Outcome, Prices, Problem, SiteId, Solution,
    StoppedBy, Work,
};
use serde_json::{Map, Value};

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

    /// Compares every member of the answer and every feature with what is counted.
    ///
    /// Taken from the plan are only the program, why it stopped, its work but for the pairs, sources and years, the
    /// prices of rules, and the bound, which must not lie below the value.
    pub(crate) fn compare(&self, solution: &Solution, stated: &PlanFile) -> Result<(), Disagreement> {
        let said = &stated.stated;
        let value = self.value_of(solution);
        let level = self.scenario.goal.has_level().then_some(said.objective.bound);
        let maximised = match (&said.then, level) {
            (Some(then), Some(_)) => then,
            (None, Some(_)) => return Err(member("then", &Value::Null, &value.into())),
            (_, None) => &said.objective,
        };
        if maximised.bound < value {
            let place = if level.is_some() { "then.bound" } else { "objective.bound" };
            return Err(member(place, &maximised.bound.into(), &value.into()));
        }
        let guarantee = match said.guarantee {
            AnswerGuarantee::None => Guarantee::None,
            _ if maximised.bound == value => Guarantee::Optimal,
            _ => Guarantee::Bounded,
        };
        let work = Work {
            pairs: self.problem.coverage().pairs() as u64,
            iterations: said.work.iterations,
            nodes: said.work.nodes,
        };
        let plan = self.read_back(solution, (maximised.bound, level), guarantee, work);
        let stated_is_better = match plan.objective.sense {
            Sense::Most => plan.objective.bound >= plan.objective.value,
            Sense::Least => plan.objective.bound <= plan.objective.value,
        };
        if !stated_is_better {
            return Err(member("objective.bound", &said.objective.bound.into(), &plan.objective.value.into()));
        }
        let from = Provenance {
            version: "",
            stopped_for: said.stopped_by,
            candidates: self.territory.candidates().count() as u64,
            inputs: self.files,
            sources: Sources::default(),
            request: self.request(&said.request),
            roads: self.roads.cloned(),
            grid: self.grid.map(|grid| (grid, self.territory)),
        };
        let mut answer = Answer::of(&plan, self.asked, from);
        answer.program.clone_from(&said.program);
        answer.stopped_by = said.stopped_by;
        for (input, said) in answer.inputs.iter_mut().zip(&said.inputs) {
            input.set_origin(said);
        }
        if let Some(stated) = &said.nesting {
            let sites = (self.territory, self.reach);
            let open = self.new_sites(solution.sites());
            answer.nesting = crate::nesting::recount(self.scenario, self.question, sites, &open, stated);
        }
        let stated_rules = stated.answer.get("rules").and_then(Value::as_array).into_iter().flatten();
        for (rule, said) in answer.rules.iter_mut().zip(stated_rules) {
            rule.set_price(said.get("price").unwrap_or(&Value::Null));
        }
        answer.certificate.clone_from(&said.certificate);
        if let Some(certificate) = &mut answer.certificate {
            self.hash.clone_into(&mut certificate.problem);
        }
        let counted = serde_json::to_value(&answer).unwrap_or_default();
        same("", &stated.answer, &counted)?;
        self.compare_features(&plan, &answer, stated)
    }

    /// Returns the question as understood; files that were renamed since keep their names in the plan, for their bytes
    /// are the same.
    fn request(&self, stated: &Value) -> Value {
        let mut request = self.question.request(self.scenario);
        let profile = self.question.profile_file().map(|_| "profile");
        for key in ["times", "times-origins", "times-destinations", "reach", "roads", "grid"].into_iter().chain(profile)
        {
            if let (Some(named), Some(stated)) = (request.get_mut(key).filter(|name| name.is_string()), stated.get(key))
            {
                named.clone_from(stated);
            }
        }
        request
    }

    /// Compares every row of every layer; styles and words for people may be changed at will.
    fn compare_layers(&self, plan: &Plan, answer: &Answer, package: &PlanPackage) -> Result<(), Disagreement> {
        let crs = package.crs().map_err(|error| unreadable(&error))?;
        let counted = write_plan_geopackage(self.territory, plan, answer, crs, Language::English);
        let counted = counted.map_err(|error| unreadable(&error))?;
        match package.difference(&counted).map_err(|error| unreadable(&error))? {
            Some(Difference { place, stated, counted }) => Err(Disagreement::Member { place, stated, counted }),
            None => Ok(()),
        }
    }

    fn compare_features(&self, plan: &Plan, answer: &Answer, stated: &PlanFile) -> Result<(), Disagreement> {
        if let Some(package) = &stated.package {
            return self.compare_layers(plan, answer, package);
        }
        let Some(features) = &stated.features else { return Ok(()) };
        let which = match (&stated.new_sites, stated.has_communes) {
            (Some(_), false) => PlanFeatures::Sites,
            (None, true) => PlanFeatures::Communes,
            _ => PlanFeatures::All,
        };
        // One feature a line: one of each side at a time takes the least room.
        let text = write_plan_geojson(self.territory, plan, answer, which).map_err(|error| unreadable(&error))?;
        let lines = text.split(|byte| *byte == b'\n').skip_while(|line| !line.ends_with(b"\"features\":[")).skip(1);
        let lines: Vec<&[u8]> = lines.take_while(|line| line.starts_with(b"{")).collect();
        for (number, (stated, counted)) in features.iter().zip(&lines).enumerate() {
            let counted = counted.strip_suffix(b",").unwrap_or(counted);
            if stated.get().as_bytes() == counted {
                continue;
            }
            let stated: Value = serde_json::from_str(stated.get()).unwrap_or_default();
            let counted: Value = serde_json::from_slice(counted).unwrap_or_default();
            let name = counted.get("id").and_then(Value::as_str).unwrap_or_default();
            let (stated_id, counted_id) = (stated.get("id"), counted.get("id"));
            if stated_id != counted_id {
                let place = format!("the id of feature #{number}");
                return Err(member(&place, stated_id.unwrap_or(&Value::Null), counted_id.unwrap_or(&Value::Null)));
            }
            same(name, &stated, &counted)?;
        }
        let (stated, counted) = (features.len(), lines.len());
        if stated == counted { Ok(()) } else { Err(member("features", &stated.into(), &counted.into())) }
    }
}

/// What is said of layers that cannot be read.
fn unreadable(error: &dyn std::error::Error) -> Disagreement {
    let (place, counted) = ("the layers".to_owned(), "layers that can be read".to_owned());
    Disagreement::Member { place, stated: error.to_string(), counted }
}

/// Compares two JSON values member by member; whole numbers must be equal, and other numbers the same number.
fn same(place: &str, stated: &Value, counted: &Value) -> Result<(), Disagreement> {
    match (stated, counted) {
        (Value::Object(stated), Value::Object(counted)) => same_members(place, stated, counted),
        (Value::Array(stated), Value::Array(counted)) if stated.len() == counted.len() => {
            let mut pairs = stated.iter().zip(counted).enumerate();
            pairs.try_for_each(|(number, (stated, counted))| same(&format!("{place}[{number}]"), stated, counted))
        }
        (Value::Number(one), Value::Number(other)) if one != other => {
            let whole = |number: &serde_json::Number| number.is_u64() || number.is_i64();
            let equal = !(whole(one) && whole(other)) && one.as_f64().is_some() && one.as_f64() == other.as_f64();
            if equal { Ok(()) } else { Err(member(place, stated, counted)) }
        }
        _ if stated == counted => Ok(()),
        _ => Err(member(place, stated, counted)),
    }
}

fn same_members(place: &str, stated: &Map<String, Value>, counted: &Map<String, Value>) -> Result<(), Disagreement> {
    let inside = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    for (key, counted) in counted {
        same(&inside(key), stated.get(key).unwrap_or(&Value::Null), counted)?;
    }
    // How long it took stands on standard output only, and is nothing to count.
    let more = stated.iter().find(|(key, _)| !counted.contains_key(*key) && *key != "seconds");
    match more {
        Some((key, stated)) => Err(member(&inside(key), stated, &Value::Null)),
        None => Ok(()),
    }
}

/// The most that is shown of a value.
const SHOWN: usize = 80;

fn member(place: &str, stated: &Value, counted: &Value) -> Disagreement {
    let text = |value: &Value| {
        let text = value.to_string();
        if text.chars().count() > SHOWN { text.chars().take(SHOWN).chain(['…']).collect() } else { text }
    };
    Disagreement::Member { place: place.to_owned(), stated: text(stated), counted: text(counted) }
}
