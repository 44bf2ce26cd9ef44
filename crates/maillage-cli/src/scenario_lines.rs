use std::path::PathBuf;

use maillage_io::{KeyPlace, ScenarioFile, StatedKey};

use crate::arguments::{Arguments, Command};

/// The text of the scenario file, to say at which line of it a fault lies.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioLines {
    /// Its name without folders.
    pub(crate) file: String,
    text: String,
    /// Keys that flags take the place of.
    flags: Vec<String>,
}

impl ScenarioLines {
    /// Reads the scenario that the arguments name; nothing where they name none that can be read.
    pub(crate) fn of(arguments: &Arguments) -> Option<Self> {
        let path: &PathBuf = arguments.global.scenario.as_ref()?;
        let text = std::fs::read_to_string(path).ok()?;
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Some(Self { file, text, flags: flags(&arguments.command) })
    }

    /// Finds the first of some keys that the file states, and no flag does.
    pub(crate) fn place(&self, keys: &[StatedKey]) -> Option<KeyPlace> {
        let is_of_file = |key: &&StatedKey| !self.flags.contains(&key.key);
        keys.iter().filter(is_of_file).find_map(|key| key.place(&self.text))
    }
}

/// Returns the keys that the command line states.
fn flags(command: &Command) -> Vec<String> {
    let (file, mut keys): (Option<&ScenarioFile>, Vec<String>) = match command {
        Command::Demo(_)
        | Command::Solve(_)
        | Command::Report(_)
        | Command::Compare(_)
        | Command::Completions { .. }
        | Command::Man { .. } => (None, Vec::new()),
        Command::Init(file) | Command::Check(file) | Command::Diagnose(file) => (Some(file), Vec::new()),
        Command::Plan(plan) => (Some(&plan.question), Vec::new()),
        Command::Assess(list) => (Some(&list.file), Vec::new()),
        Command::Reach(asked) => {
            let stated = (!asked.profiles.is_empty()).then(|| "profiles".to_owned());
            (Some(&asked.question), stated.into_iter().collect())
        }
        Command::Sheet(asked) => (Some(&asked.question), Vec::new()),
        Command::Access(asked) => (Some(&asked.question), Vec::new()),
        Command::Follow(asked) => (Some(&asked.question), Vec::new()),
        Command::Score(asked) => (Some(&asked.question), Vec::new()),
        Command::Sweep(asked) => {
            let varied = asked.vary.iter().map(|axis| axis.key.clone());
            (Some(&asked.question), varied.collect())
        }
        Command::Explain(asked) => (Some(&asked.question), Vec::new()),
        Command::Verify(plan) => (Some(&plan.files), Vec::new()),
        Command::Frontier(curve) => {
            let ends = [("sites", curve.sites.is_some()), ("budget", curve.budget.is_some())];
            let stated = ends.into_iter().filter(|(_, is_stated)| *is_stated);
            (Some(&curve.file), stated.map(|(key, _)| key.to_owned()).collect())
        }
    };
    let stated = file.and_then(|file| serde_json::to_value(file).ok()).unwrap_or_default();
    let stated = stated.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    keys.extend(stated.map(|(key, _)| key.clone()));
    keys
}
