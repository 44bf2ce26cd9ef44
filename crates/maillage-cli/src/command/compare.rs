use std::path::Path;
use std::time::Instant;

use maillage_io::{ComparisonAnswer, PlanFile, ReadPlan, ScenarioFile};

use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{CompareArguments, Global};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::ComparisonSummary;

/// Holds plans against the first of them.
pub(crate) fn run(arguments: &CompareArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    let question = ScenarioFile {
        out: Some(arguments.out.clone()),
        csv_style: arguments.csv_style,
        out_crs: arguments.out_crs,
        ..ScenarioFile::default()
    };
    let files = AnswerFiles::of_question(&question, &arguments.plans, global)?;
    let plans = arguments.plans.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let told = Told {
        answer: ComparisonAnswer::of(&plans, env!("CARGO_PKG_VERSION"))?,
        sheets: &|answer| answer.sheets(&plans),
        text: &|answer, written, language| ComparisonSummary { answer, written }.to_text(language),
    };
    files.tell(told, started, console)?;
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
