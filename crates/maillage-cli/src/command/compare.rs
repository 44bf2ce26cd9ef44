use std::path::Path;

use maillage_io::{ComparisonAnswer, PlanFile, ReadPlan};

use crate::answer_files::AnswerFiles;
use crate::arguments::{CompareArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::ComparisonSummary;

const FORMS: [&str; 2] = ["a comparison is written as .csv or .json", "une comparaison s’écrit en .csv ou .json"];

/// Holds plans against the first of them.
pub(crate) fn run(arguments: &CompareArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let files = AnswerFiles::check(arguments.out.clone(), &arguments.plans, global.force, FORMS)?;
    let plans = arguments.plans.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let answer = ComparisonAnswer::of(&plans, env!("CARGO_PKG_VERSION"))?;
    let style = arguments.csv_style.unwrap_or_default();
    let written = files.write(|| answer.to_csv(style), || answer.to_json())?;
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
