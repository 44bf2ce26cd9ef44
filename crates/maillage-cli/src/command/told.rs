use std::path::PathBuf;
use std::time::Instant;

use maillage_core::{Plan, Reach, Scenario};
use maillage_io::{Answer, AnswerGuarantee, Language, Output, ScenarioFile, Stop};

use crate::catchments::CatchmentsFile;
use crate::console::{Console, seconds_since};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::interrupt;
use crate::summary::PlanSummary;
use crate::targets::{Form, Target};

/// A plan to be told and written.
pub(super) struct Told<'run> {
    pub(super) file: &'run ScenarioFile,
    pub(super) scenario: &'run Scenario,
    /// The plain question at the level of the goal that was reached.
    pub(super) asked: &'run Scenario,
    pub(super) inputs: &'run Inputs,
    pub(super) plan: &'run Plan,
    pub(super) started: Instant,
}

impl Told<'_> {
    /// Returns the file of catchments, where it is asked for.
    pub(super) fn catchments(
        &self,
        asked: Option<&CatchmentsFile>,
        reach: &Reach,
        language: Language,
    ) -> Result<Vec<Vec<u8>>, Failure> {
        let contents = asked.map(|asked| asked.contents(self.inputs, self.scenario, self.plan, reach, language));
        Ok(contents.transpose()?.into_iter().collect())
    }

    /// Writes all files, then the answer where it is asked for, then says how it went.
    pub(super) fn write(
        &self,
        answer: Answer,
        targets: &[(PathBuf, Target)],
        beside: Vec<Vec<u8>>,
        output: Output,
        console: &Console,
    ) -> Result<Exit, Failure> {
        let mut answer = answer;
        let territory = &self.inputs.territory;
        let form = Form::of(self.file, self.scenario, console.language);
        let results = targets.iter().map(|(_, target)| target.contents(territory, self.plan, &answer, form));
        let contents = results.chain(beside.into_iter().map(Ok)).collect::<Result<Vec<Vec<u8>>, Failure>>()?;
        let written = output.targets().to_vec();
        interrupt::whole(|| output.write(&contents))?;
        if console.json {
            answer.seconds = Some(seconds_since(self.started));
            Console::output(&answer.to_json()?)?;
        }
        let summary = PlanSummary {
            territory,
            plan: self.plan,
            answer: &answer,
            scenario: self.scenario,
            asked: self.asked,
            file: self.file,
            written: &written,
            language: console.language,
        };
        console.closing(&summary.to_text())?;
        Ok(exit(&answer, self.file))
    }
}

fn exit(answer: &Answer, file: &ScenarioFile) -> Exit {
    let near_enough = file.gap.is_some_and(|asked| answer.gap.is_some_and(|gap| gap <= asked.of_one()));
    let good_enough = match answer.guarantee {
        AnswerGuarantee::Optimal => true,
        AnswerGuarantee::Bounded => near_enough,
        AnswerGuarantee::None => false,
    };
    if answer.stopped_by == Stop::Signal || (file.strict == Some(true) && !good_enough) {
        Exit::Stopped
    } else {
        Exit::Answered
    }
}
