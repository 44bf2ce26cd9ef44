use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Scenario;

/// A phase of a road map: `[[phase]]` in a scenario, the earlier ones first.
///
/// Its limits are cumulative: they count all sites opened until it ends. A site stays open in all later phases.
///
/// ```
/// use maillage_core::Phase;
///
/// let phase: Phase = serde_json::from_str(r#"{"name": "2021-2023", "sites": 60, "budget": 2000000, "years": 3}"#)?;
/// assert_eq!((phase.sites, phase.weight()), (Some(60), 3));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Phase {
    /// What the planner calls it, such as `2021-2023`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most this many new sites in all, those of earlier phases included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sites: Option<u32>,
    /// At most this many whole euros in all, those of earlier phases included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<u64>,
    /// How many years it lasts: what the people in reach at its end weigh; 1 where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// Of a phase that is over: the candidates that opened in it, and no others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Vec<String>>,
}

impl Phase {
    /// Returns what a person in reach at its end weighs.
    #[must_use]
    pub fn weight(&self) -> u64 {
        u64::from(self.years.unwrap_or(1))
    }
}

impl Scenario {
    /// Returns what a phase, by its position from 0, is called: its name, else its number.
    #[must_use]
    pub fn phase_name(&self, phase: usize) -> String {
        let named = self.phase.get(phase).and_then(|phase| phase.name.clone());
        named.unwrap_or_else(|| (phase + 1).to_string())
    }

    /// Returns the question of the last phase planned alone: its limits, with what earlier phases opened required;
    /// none where there are no two phases.
    #[must_use]
    pub fn last_phase_alone(&self) -> Option<Self> {
        let last = self.phase.last().filter(|_| self.phase.len() > 1)?;
        let opened = self.phase.iter().filter_map(|phase| phase.opened.as_ref()).flatten();
        let tighter = |one: Option<u64>, other: Option<u64>| one.into_iter().chain(other).min();
        Some(Self {
            sites: tighter(last.sites.map(u64::from).filter(|_| !self.exactly), self.sites),
            budget: tighter(last.budget, self.budget),
            require: self.require.iter().chain(opened).cloned().collect(),
            phase: Vec::new(),
            ..self.clone()
        })
    }
}
