use std::path::{Path, PathBuf};

use maillage_io::{ComparisonAnswer, Output, PlanFile, ReadPlan};

use crate::arguments::{CompareArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt;
use crate::summary::ComparisonSummary;

const FORMS: [&str; 2] = ["a comparison is written as .csv or .json", "une comparaison s’écrit en .csv ou .json"];

/// Holds plans against the first of them.
pub(crate) fn run(arguments: &CompareArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let suffix = |path: &PathBuf| path.extension().map(|suffix| suffix.to_string_lossy().to_lowercase());
    if let Some(other) = arguments.out.iter().find(|path| !matches!(suffix(path).as_deref(), Some("csv" | "json"))) {
        return Err(Failure::NotWritten { file: other.clone(), forms: FORMS });
    }
    let output = Output::check(arguments.out.clone(), &arguments.plans, global.force)?;
    let plans = arguments.plans.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let answer = ComparisonAnswer::of(&plans, env!("CARGO_PKG_VERSION"))?;
    let style = arguments.csv_style.unwrap_or_default();
    let mut contents = Vec::new();
    for target in output.targets() {
        contents.push(match suffix(target).as_deref() {
            Some("csv") => answer.to_csv(style),
            _ => answer.to_json()?,
        });
    }
    let written = output.targets().to_vec();
    interrupt::whole(|| output.write(&contents))?;
    if console.json {
        Console::output(&answer.to_json()?)?;
    }
    console.closing(&ComparisonSummary { answer: &answer, written: &written }.to_text(console.language))?;
    Ok(Exit::Answered)
}

fn read(file: &Path) -> Result<ReadPlan, Failure> {
    let plan = PlanFile::read(file)?;
    let layers = plan.layers();
    let layers = layers.map_err(|source| Failure::PlanLayers { file: file.to_owned(), source: Box::new(source) })?;
    if layers.communes.is_empty() {
        return Err(Failure::NoCommunes { file: file.to_owned() });
    }
    Ok((file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned(), plan, layers))
}
