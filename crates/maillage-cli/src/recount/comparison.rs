use maillage_core::{Plan, Sense};
use maillage_io::{
    Answer, AnswerGuarantee, Difference, Language, PlanFeatures, PlanFile, PlanPackage, Provenance, Sources,
    write_plan_geojson, write_plan_geopackage,
};
use maillage_solver::{Guarantee, Solution, Work};
use serde_json::Value;

use super::Rebuilt;
use super::difference::{member, same};
use crate::disagreement::Disagreement;

/// What a plan states, set beside what is counted.
impl Rebuilt<'_> {
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
