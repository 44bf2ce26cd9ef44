use std::path::{Path, PathBuf};

use maillage_core::Scenario;
use serde::Deserialize;
use serde_json::Value;

use crate::{IdList, ScenarioFile};

/// Keys that say where files are and what becomes of the answer, not what is asked.
const NOT_ASKED: [&str; 11] = [
    "communes",
    "candidates",
    "existing",
    "out",
    "out-crs",
    "csv-style",
    "split",
    "qml",
    "certificate",
    "strict",
    "sources",
];

/// Names of columns that are taken where none are named; a column that is named must be there, these need not.
const DEFAULT_COLUMNS: [(&str, &str); 10] = [
    ("id-field", "code"),
    ("name-field", "name"),
    ("population-field", "population"),
    ("territory-field", "dep"),
    ("density-field", "density7"),
    ("site-id-field", "id"),
    ("site-name-field", "name"),
    ("kind-field", "kind"),
    ("cost-field", "cost"),
    ("site-commune-field", "commune"),
];

impl ScenarioFile {
    /// Returns the question that an answer's `request` holds, without the files it is asked of.
    ///
    /// # Errors
    /// When it is not the request of an answer.
    pub fn of_request(request: &Value) -> Result<Self, serde_json::Error> {
        let mut asked = request.clone();
        if let Some(members) = asked.as_object_mut() {
            members.retain(|key, value| !DEFAULT_COLUMNS.iter().any(|(field, name)| key == field && value == name));
        }
        let question = Self::deserialize(asked)?;
        let profile = question.profile.clone().filter(|_| question.profile_file().is_none());
        Ok(Self { join: None, times: None, reach: None, roads: None, grid: None, profile, ..question })
    }

    /// Returns the scenario as understood, for the answer: every default filled in, units included, no paths, nothing
    /// that does not change the plan.
    #[must_use]
    pub fn request(&self, scenario: &Scenario) -> Value {
        let default = |asked: &Option<String>, default: &str| Some(asked.clone().unwrap_or_else(|| default.to_owned()));
        let base_name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let joins: Vec<String> = self
            .joins()
            .unwrap_or_default()
            .iter()
            .map(|join| format!("{}:{}", base_name(&join.file).unwrap_or_default(), join.key))
            .collect();
        let table = self.times_table();
        let list = |list: Option<IdList>| {
            let list = list.map(|list| IdList { file: base_name(&list.file).unwrap_or_default().into(), ..list });
            list.map(|list| list.written())
        };
        let understood = Self {
            join: (!joins.is_empty()).then_some(joins),
            times: self.times.as_deref().and_then(base_name).map(PathBuf::from),
            times_direction: self.times.as_ref().map(|_| table.direction),
            times_origins: list(table.origins),
            times_destinations: list(table.destinations),
            grid: self.grid.as_deref().and_then(base_name).map(PathBuf::from),
            reach: self.reach.as_deref().and_then(base_name).map(PathBuf::from),
            roads: self.roads.as_deref().and_then(base_name).map(PathBuf::from),
            profile: self.profile().and_then(base_name).map(PathBuf::from),
            id_field: default(&self.id_field, "code"),
            name_field: default(&self.name_field, "name"),
            population_field: default(&self.population_field, "population"),
            territory_field: default(&self.territory_field, "dep"),
            density_field: default(&self.density_field, "density7"),
            site_id_field: default(&self.site_id_field, "id"),
            site_name_field: default(&self.site_name_field, "name"),
            kind_field: default(&self.kind_field, "kind"),
            cost_field: default(&self.cost_field, "cost"),
            site_commune_field: default(&self.site_commune_field, "commune"),
            goal: Some(scenario.goal.clone()),
            decay: stated(&scenario.decay),
            weight: Some(scenario.weight.clone()),
            missing_access: Some(scenario.missing_access),
            exactly: Some(scenario.exactly),
            require: Some(scenario.require.clone()),
            forbid: Some(scenario.forbid.clone()),
            prefer: Some(scenario.prefer.clone()),
            rule: stated(&scenario.rule),
            floor: stated(&scenario.floor),
            spacing: stated(&scenario.spacing),
            phase: stated(&scenario.phase),
            r#type: stated(&scenario.r#type),
            specialty: stated(&scenario.specialty),
            incompatible: stated(&scenario.incompatible),
            effort: Some(scenario.effort),
            ..self.clone()
        };
        let mut request = serde_json::to_value(&understood).unwrap_or_default();
        if let Some(members) = request.as_object_mut() {
            members.retain(|key, _| !NOT_ASKED.contains(&key.as_str()));
        }
        request
    }
}

/// Returns a list where something stands in it.
fn stated<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}
