use maillage_core::{PopulationGrid, Territory};
use serde_json::Value;

use crate::{AnswerInput, AnswerRoads, InputFile, Sources, Stop};

/// Where an answer comes from: the run, its files, and what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance<'run> {
    /// The version of the program.
    pub version: &'run str,
    /// What the solver was stopped for, where it was.
    pub stopped_for: Stop,
    /// Places a new site could open at.
    pub candidates: u64,
    /// The files read.
    pub inputs: &'run [InputFile],
    /// Who made them, and of which year they speak.
    pub sources: Sources,
    /// The population grid that people are counted by, over its cells, where there is one.
    pub grid: Option<(&'run PopulationGrid, &'run Territory)>,
    /// The scenario as understood.
    pub request: Value,
    /// What the roads leave out, where times are made of roads.
    pub roads: Option<AnswerRoads>,
}

impl Provenance<'_> {
    pub(crate) fn program(&self) -> String {
        format!("maillage {}", self.version)
    }

    /// Returns the files read, with where they come from.
    #[must_use]
    pub fn inputs(&self) -> Vec<AnswerInput> {
        self.inputs.iter().map(|input| AnswerInput::of(input, &self.sources)).collect()
    }
}
