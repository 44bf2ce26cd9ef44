use std::path::{Path, PathBuf};

use maillage_io::{IdList, Role, ScenarioFile, StatedAnswer};

use crate::failure::Failure;

/// Returns the question of a plan asked of files, and the path of each of its inputs: those given, else the ones of
/// the same name beside the plan.
pub(crate) fn stated_question(
    stated: &StatedAnswer,
    given: &ScenarioFile,
    plan: &Path,
) -> Result<(ScenarioFile, Vec<PathBuf>), Failure> {
    let incomplete = |source| maillage_io::PlanFileError::BadAnswer { file: plan.to_owned(), source };
    let mut question = ScenarioFile::of_request(&stated.request).map_err(incomplete)?;
    let keys = stated.request.get("join").and_then(serde_json::Value::as_array);
    let mut keys = keys.into_iter().flatten().filter_map(|join| join.as_str()?.rsplit_once(':')).map(|(_, key)| key);
    let mut joins = given.joins()?.into_iter();
    let mut joined = Vec::new();
    let mut paths = Vec::new();
    for input in &stated.inputs {
        let beside = plan.with_file_name(&input.file);
        let path = match input.role {
            Role::Communes => question.communes.insert(given.communes.clone().unwrap_or(beside)).clone(),
            Role::Candidates => question.candidates.insert(given.candidates.clone().unwrap_or(beside)).clone(),
            Role::Existing => question.existing.insert(given.existing.clone().unwrap_or(beside)).clone(),
            Role::Times => question.times.insert(given.times.clone().unwrap_or(beside)).clone(),
            Role::Reach => question.reach.insert(given.reach.clone().unwrap_or(beside)).clone(),
            Role::TimesOrigins | Role::TimesDestinations => {
                let (asked, given) = if input.role == Role::TimesOrigins {
                    (&mut question.times_origins, given.times_table().origins)
                } else {
                    (&mut question.times_destinations, given.times_table().destinations)
                };
                let path = given.map_or(beside, |list| list.file);
                let column =
                    asked.as_deref().and_then(|list| list.rsplit_once(':')).map(|(_, column)| column.to_owned());
                *asked = Some(IdList { file: path.clone(), column }.written());
                path
            }
            Role::Grid => question.grid.insert(given.grid.clone().unwrap_or(beside)).clone(),
            Role::Roads => question.roads.insert(given.roads.clone().unwrap_or(beside)).clone(),
            Role::Profile => question.profile.insert(given.profile.clone().unwrap_or(beside)).clone(),
            // No plan is made of acts.
            Role::Acts => beside,
            Role::Join => {
                let path = joins.next().map_or(beside, |join| join.file);
                joined.push(format!("{}:{}", path.display(), keys.next().unwrap_or_default()));
                path
            }
        };
        paths.push(path);
    }
    question.join = (!joined.is_empty()).then_some(joined);
    Ok((question, paths))
}
