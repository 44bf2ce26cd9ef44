use std::path::{Path, PathBuf};
use std::time::Instant;

use maillage_io::{KeptReach, Output, QuestionError, ScenarioFile, write_reach, write_times_csv, write_times_parquet};

use crate::arguments::{Global, ReachArguments};
use crate::console::{Console, seconds_since};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::{ReachSummary, WrittenTimes};
use crate::{ask, inputs, interrupt};

const FORMS: [&str; 2] = [
    "travel times are written as .reach to be kept, as .csv or .parquet for other programs",
    "les temps de trajet s’écrivent en .reach pour être conservés, en .csv ou .parquet pour d’autres logiciels",
];
const ONE_PROFILE: [&str; 2] = [
    "a table holds the times of one profile: ask for each with --profile, or write .reach",
    "une table contient les temps d’un seul profil : les demander un par un avec --profile, ou écrire en .reach",
];
const SUFFIXES: [&str; 3] = ["reach", "csv", "parquet"];

/// Computes travel times once and keeps them in a file.
pub(crate) fn run(arguments: &ReachArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.question, "reach")?;
    let file = ask::scenario_file(&arguments.question, global)?;
    if file.split.is_some() {
        return Err(Failure::NotHere { flag: "split", command: "reach" });
    }
    let asked = by_profile(&file, &arguments.profiles)?;
    let mut scenarios = Vec::new();
    for file in &asked {
        scenarios.push(file.scenario()?);
    }
    ask::communes(&file)?;
    let paths = file.out.clone().unwrap_or_default();
    if let Some(other) = paths.iter().find(|path| !SUFFIXES.iter().any(|suffix| has_suffix(path, suffix))) {
        return Err(Failure::NotWritten { flag: "out", file: other.clone(), forms: FORMS });
    }
    let is_table = |path: &&PathBuf| !has_suffix(path, "reach");
    if let Some(table) = paths.iter().find(is_table).filter(|_| asked.len() > 1) {
        return Err(Failure::NotWritten { flag: "out", file: table.clone(), forms: ONE_PROFILE });
    }
    let output = Output::check(paths, &ask::protected(&file, global), global.force)?;

    let mut kept: Vec<KeptReach> = Vec::new();
    let mut read: Option<inputs::Inputs> = None;
    for (file, scenario) in asked.iter().zip(&scenarios) {
        let inputs = match &mut read {
            Some(inputs) => {
                inputs.travel_by(file, console)?;
                inputs
            }
            None => read.insert(inputs::read(file, true, console)?),
        };
        let travel = inputs.travel.kind(scenario);
        if kept.iter().any(|kept| kept.travel.name() == travel.name()) {
            let (flag, value) = ("profiles", travel.name().to_owned());
            return Err(QuestionError::BadValue { flag, value, expected: "a name that no other profile has" }.into());
        }
        let reach = inputs.reach(scenario, scenario.longest(), console)?;
        kept.push(KeptReach { travel, roads: inputs.roads.clone(), reach });
    }
    let Some(inputs) = read else { return Ok(Exit::Answered) };
    let version = env!("CARGO_PKG_VERSION");
    let mut contents = Vec::new();
    for target in output.targets() {
        contents.push(match kept.first() {
            Some(kept) if has_suffix(target, "csv") => write_times_csv(&inputs.territory, &kept.reach)?,
            Some(kept) if has_suffix(target, "parquet") => {
                write_times_parquet(&inputs.territory, &kept.reach, version)?
            }
            _ => write_reach(&inputs.territory, &inputs.files, &kept, version)?,
        });
    }
    let written = output.targets().to_vec();
    let size = |is_kept: bool| {
        let mut files = written.iter().zip(&contents).filter(|(file, _)| has_suffix(file, "reach") == is_kept);
        files.next().map(|(_, bytes)| bytes.len() as u64)
    };
    let size = size(true).map(WrittenTimes::Kept).or_else(|| size(false).map(WrittenTimes::Table));
    interrupt::whole(|| output.write(&contents))?;
    let summary =
        ReachSummary { territory: &inputs.territory, kept: &kept, inputs: &inputs.files, written: &written, size };
    if console.json {
        let seconds = seconds_since(started);
        Console::output(format!("{:#}\n", summary.to_json(seconds)).as_bytes())?;
    }
    console.closing(&summary.to_text(console.language))?;
    Ok(Exit::Answered)
}

fn has_suffix(path: &Path, suffix: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(suffix))
}

/// Returns the question once for each profile asked for, in the order of the flag.
fn by_profile(file: &ScenarioFile, profiles: &[PathBuf]) -> Result<Vec<ScenarioFile>, Failure> {
    if profiles.is_empty() {
        return Ok(vec![file.clone()]);
    }
    if file.roads.is_none() {
        let reason = "--profiles says how people travel on roads: add --roads FILE.osm.pbf";
        return Err(QuestionError::Missing { flag: "roads", reason }.into());
    }
    Ok(profiles.iter().map(|profile| ScenarioFile { profile: Some(profile.clone()), ..file.clone() }).collect())
}
