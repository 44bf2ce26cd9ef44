use std::path::Path;
use std::time::Instant;

use maillage_core::{Dictionary, Reach, Scenario, Site};
use maillage_io::{AnswerPoint, CsvStyle, CurveAnswer, InputFile, Language, Output, Provenance, ScenarioFile};
use maillage_report::CurvePicture;
use maillage_solver::Problem;

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs::{self, Inputs};
use crate::summary::{CurveSummary, unit};
use crate::targets::Pixels;
use crate::watch::Watch;
use crate::{ask, interrupt, warnings};

/// A question beyond the plan, and the files that are to hold the answer.
pub(super) struct Drawing<'run> {
    pub(super) file: &'run ScenarioFile,
    pub(super) scenario: Scenario,
    pub(super) started: Instant,
    pub(super) forms: Vec<Form>,
    pub(super) output: Output,
}

/// What was read for it, the question compiled from it, and the watch over its answer.
pub(super) struct Compiled {
    pub(super) inputs: Inputs,
    pub(super) reach: Reach,
    pub(super) problem: Problem,
    pub(super) dictionary: Dictionary,
    pub(super) watch: Watch,
}

impl<'run> Drawing<'run> {
    /// Checks the question and the files before anything is read.
    pub(super) fn asked(
        file: &'run ScenarioFile,
        global: &Global,
        (command, started): (&'static str, Instant),
    ) -> Result<Self, Failure> {
        let mut scenario = file.scenario()?;
        ask::no_capacity_limit(&scenario, command)?;
        // The clock is for the whole curve: a point that looks for a proof would leave none of it to the others.
        scenario.effort = file.effort.unwrap_or_default();
        file.check_limits()?;
        ask::communes(file)?;
        ask::candidates(file)?;
        if file.split.is_some() {
            return Err(Failure::NotHere { flag: "split", command });
        }
        let paths = file.out.clone().unwrap_or_default();
        let forms = paths.iter().map(|path| Form::of(path)).collect::<Result<_, _>>()?;
        let output = Output::check(paths, &ask::protected(file, global), global.force)?;
        Ok(Self { file, scenario, started, forms, output })
    }

    /// Reads the files and compiles a question, the one asked for or a looser one.
    pub(super) fn compile(&self, question: &Scenario, console: &Console) -> Result<Compiled, Failure> {
        self.compile_beside(question, Vec::new(), console)
    }

    /// Does so beside sites that stand in another plan, which count as existing ones.
    pub(super) fn compile_beside(
        &self,
        question: &Scenario,
        planned: Vec<(Vec<Site>, InputFile)>,
        console: &Console,
    ) -> Result<Compiled, Failure> {
        let mut inputs = inputs::read_with(self.file, true, planned, console)?;
        let reach = inputs.reach(&self.scenario, self.scenario.longest(), console)?;
        let (problem, dictionary) = ask::compile(question, self.file, &inputs.territory, &reach)?;
        warnings::of_request(&self.scenario, &inputs.territory, console);
        let limit = self.file.time_limit.map(maillage_io::TimeLimit::duration);
        let watch =
            Watch::new(self.started, limit, console.hides_progress(), console.language, dictionary.covered_before);
        Ok(Compiled { inputs, reach, problem, dictionary, watch })
    }

    /// Says where the answer comes from.
    pub(super) fn provenance<'read>(&self, compiled: &'read Compiled) -> Provenance<'read> {
        compiled.inputs.provenance(self.file, &self.scenario, compiled.watch.reason())
    }

    /// Writes the answer and tells it; returns the exit code.
    pub(super) fn close<Point: AnswerPoint>(
        self,
        mut answer: CurveAnswer<Point>,
        console: &Console,
        to_text: impl FnOnce(&CurveSummary<'_, Point>) -> String,
    ) -> Result<Exit, Failure> {
        let style = self.file.csv_style.unwrap_or_default();
        let contents = self.forms.iter().map(|form| form.contents(&answer, style, console.language));
        let contents = contents.collect::<Result<Vec<Vec<u8>>, Failure>>()?;
        let written = self.output.targets().to_vec();
        interrupt::whole(|| self.output.write(&contents))?;
        if console.json {
            answer.seconds = Some((self.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
            Console::output(&answer.to_json()?)?;
        }
        let summary = CurveSummary { answer: &answer, scenario: &self.scenario, file: self.file, written: &written };
        console.closing(&to_text(&summary))?;
        let missed = self.file.strict == Some(true) && !answer.is_proved(self.file.gap.map(maillage_io::Share::of_one));
        Ok(if answer.is_interrupted() || missed { Exit::Stopped } else { Exit::Answered })
    }
}

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Json,
    Picture(Pixels),
}

impl Form {
    fn of(file: &Path) -> Result<Self, Failure> {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        match suffix.as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            "svg" => Ok(Self::Picture(Pixels::Svg)),
            "png" => Ok(Self::Picture(Pixels::Png)),
            _ => Err(Failure::NotTable { file: file.to_owned() }),
        }
    }

    fn contents<Point: AnswerPoint>(
        self,
        answer: &CurveAnswer<Point>,
        style: CsvStyle,
        language: Language,
    ) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::Csv => answer.to_csv(style),
            Self::Json => answer.to_json()?,
            Self::Picture(pixels) => {
                let unit = unit_of_curve(&answer.unit, language);
                let curve = serde_json::to_value(answer)?;
                pixels.of(CurvePicture { curve: &curve, unit: &unit, language }.to_svg())?
            }
        })
    }
}

/// Says what a curve counts.
fn unit_of_curve(counted: &str, language: Language) -> String {
    match (counted, language) {
        ("people", Language::English) => "people newly in reach".to_owned(),
        ("people", Language::French) => "personnes nouvellement à portée".to_owned(),
        _ => unit(counted, language),
    }
}
