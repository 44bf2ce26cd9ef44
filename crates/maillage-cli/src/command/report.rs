use std::path::{Path, PathBuf};

use maillage_io::{Language, Output, PlanFile, PlanFileError, PlanLayers, Role, ScenarioFile, Sources};
use maillage_report::{MapPicture, Page, PageWords};
use serde_json::Value;

use crate::arguments::{Global, ReportArguments};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt;
use crate::plan_words::PlanWords;
use crate::summary::{Claim, Counts};
use crate::targets::Pixels;
use crate::words::shown;

/// What is written, by its suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Page,
    Picture(Pixels),
}

impl Form {
    fn of(file: &Path) -> Result<Self, Failure> {
        let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
        match suffix.as_str() {
            "html" => Ok(Self::Page),
            "svg" => Ok(Self::Picture(Pixels::Svg)),
            "png" => Ok(Self::Picture(Pixels::Png)),
            _ => Err(Failure::NotPage { file: file.to_owned() }),
        }
    }
}

/// Writes the page of a plan, or its map.
pub(crate) fn run(arguments: &ReportArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let target = arguments.out.clone().unwrap_or_else(|| arguments.plan.with_extension("html"));
    let form = Form::of(&target)?;
    let protected: Vec<PathBuf> = std::iter::once(&arguments.plan).chain(&arguments.frontier).cloned().collect();
    let output = Output::check(vec![target.clone()], &protected, global.force)?;
    let plan = PlanFile::read(&arguments.plan)?;
    let layers = plan
        .layers()
        .map_err(|source| Failure::PlanLayers { file: arguments.plan.clone(), source: Box::new(source) })?;
    if layers.communes.is_empty() {
        return Err(Failure::NoCommunes { file: arguments.plan.clone() });
    }
    let curves = arguments.frontier.iter().map(|file| read_curve(file)).collect::<Result<Vec<Value>, Failure>>()?;
    let [english, french] = words(&plan, &layers, &arguments.plan)?;
    let (answer, layers, language) = (&plan.answer, &layers, console.language);
    let contents = match form {
        Form::Page => Page { answer, layers, words: [&english, &french], curves: &curves, language }.to_html(),
        Form::Picture(pixels) => {
            let words = if language == Language::French { &french } else { &english };
            pixels.of(MapPicture { answer, layers, words, language }.to_svg())?
        }
    };
    interrupt::whole(|| output.write(&[contents]))?;
    let file = shown(&target.display().to_string());
    console.closing(&match (form, console.language) {
        (Form::Page, Language::English) => format!("Written: {file}. Open it with any browser; it needs no network.\n"),
        (Form::Page, Language::French) => format!("Écrit : {file}. À ouvrir dans un navigateur, même sans réseau.\n"),
        (Form::Picture(_), Language::English) => format!("Written: {file}.\n"),
        (Form::Picture(_), Language::French) => format!("Écrit : {file}.\n"),
    })?;
    Ok(Exit::Answered)
}

/// Says in both languages what the plan claims, in the words of `plan`.
fn words(plan: &PlanFile, layers: &PlanLayers, file: &Path) -> Result<[PageWords; 2], Failure> {
    let incomplete = |source| PlanFileError::BadAnswer { file: file.to_owned(), source };
    let mut question = ScenarioFile::of_request(&plan.stated.request).map_err(incomplete)?;
    let access = plan.stated.inputs.iter().find_map(|input| input.access.clone());
    question.sources = Some(Sources { access, ..Sources::default() });
    for input in &plan.stated.inputs {
        let path = Some(PathBuf::from(&input.file));
        match input.role {
            Role::Communes => question.communes = path,
            Role::Candidates => question.candidates = path,
            Role::Existing => question.existing = path,
            Role::Times => question.times = path,
            Role::Reach => question.reach = path,
            Role::Grid => question.grid = path,
            Role::Roads => question.roads = path,
            Role::Profile => question.profile = path,
            Role::Join | Role::Acts | Role::TimesOrigins | Role::TimesDestinations => {}
        }
    }
    let scenario = question.scenario()?;
    let sites_new = layers.sites.iter().filter(|site| site.stated.state == "new").count() as u64;
    let claim = Claim::stated(&plan.stated, sites_new);
    let count = |name: &str| plan.answer.get(name).and_then(Value::as_u64).unwrap_or(0);
    let counts = Counts {
        under_served: count("under_served"),
        reached_before: count("reached_before"),
        newly_reached: count("newly_reached"),
    };
    let words = PlanWords { scenario: &scenario, file: &question, counts, claim };
    Ok([words.in_language(Language::English), words.in_language(Language::French)])
}

fn read_curve(file: &Path) -> Result<Value, Failure> {
    let bytes = std::fs::read(file).map_err(|source| Failure::Reading { file: file.to_owned(), source })?;
    let curve: Option<Value> = serde_json::from_slice(&bytes).ok();
    let is_curve = |curve: &Value| {
        curve.get("over").is_some_and(Value::is_string) && curve.get("points").is_some_and(Value::is_array)
    };
    curve.filter(is_curve).ok_or_else(|| Failure::NotCurve { file: file.to_owned() })
}
