use std::path::Path;
use std::time::Instant;

use maillage_io::{AnswerPoint, CsvStyle, CurveAnswer, Language, Output, ScenarioFile};
use maillage_report::CurvePicture;

use super::question::Question;
use crate::arguments::Global;
use crate::console::{Console, seconds_since};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::summary::{CurveSummary, unit};
use crate::targets::Pixels;
use crate::{ask, interrupt};

/// A question that is answered by a curve, and the files that are to hold it.
pub(super) struct Drawing<'run> {
    pub(super) question: Question<'run>,
    forms: Vec<Form>,
    output: Output,
}

impl<'run> Drawing<'run> {
    /// Checks the question and the files before anything is read.
    pub(super) fn asked(
        file: &'run ScenarioFile,
        global: &Global,
        command: (&'static str, Instant),
    ) -> Result<Self, Failure> {
        let question = Question::asked(file, command)?;
        let paths = file.out.clone().unwrap_or_default();
        let forms = paths.iter().map(|path| Form::of(path)).collect::<Result<_, _>>()?;
        let output = Output::check(paths, &ask::protected(file, global), global.force)?;
        Ok(Self { question, forms, output })
    }

    /// Writes the answer and tells it; returns the exit code.
    pub(super) fn close<Point: AnswerPoint>(
        self,
        mut answer: CurveAnswer<Point>,
        console: &Console,
        to_text: impl FnOnce(&CurveSummary<'_, Point>) -> String,
    ) -> Result<Exit, Failure> {
        let Question { file, scenario, started } = &self.question;
        let style = file.csv_style.unwrap_or_default();
        let contents = self.forms.iter().map(|form| form.contents(&answer, style, console.language));
        let contents = contents.collect::<Result<Vec<Vec<u8>>, Failure>>()?;
        let written = self.output.targets().to_vec();
        interrupt::whole(|| self.output.write(&contents))?;
        if console.json {
            answer.seconds = Some(seconds_since(*started));
            Console::output(&answer.to_json()?)?;
        }
        let summary = CurveSummary { answer: &answer, scenario, file, written: &written };
        console.closing(&to_text(&summary))?;
        let missed = file.strict == Some(true) && !answer.is_proved(file.gap.map(maillage_io::Share::of_one));
        Ok(if answer.is_interrupted() || missed { Exit::Stopped } else { Exit::Answered })
    }
}

/// A file asked for with `--out`, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
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
