use std::collections::BTreeMap;
use std::time::Instant;

use maillage_core::{AddedAccess, ConsultationError, NewCare, Persons, Scenario, ScenarioError, Sharing, Territory};
use maillage_io::{
    AccessAnswer, AccessSite, AnswerSheet, ColumnsBeside, Places, QuestionError, RuleColumn, ScenarioFile, Stop,
};

use crate::answer_files::{AnswerFiles, Told};
use crate::arguments::{AccessArguments, Global, SharingRule};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan_again::PlanAgain;
use crate::summary::AccessSummary;
use crate::{ask, inputs};

/// Shows access to care after a plan.
pub(crate) fn run(arguments: &AccessArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    let flags = ScenarioFile { decay: None, ..arguments.question.clone() };
    let mut again = PlanAgain::read(&arguments.plan, &flags, global, "access")?;
    // What residents alone may use is not shared among the people around.
    let residents = again.file.residents_field.is_some();
    ask::refuse(&[("split", again.file.split.is_some()), ("residents-field", residents)], "access")?;
    let scenario = again.file.scenario()?;
    again.file.beside = Some(ColumnsBeside {
        communes: arguments.standardised_field.iter().map(|column| RuleColumn::number(column)).collect(),
        sites: vec![RuleColumn::number(&arguments.consultations_field)],
    });
    if arguments.standardised_field.is_some() && again.file.grid.is_some() {
        return Err(QuestionError::Both { one: "standardised-field", other: "grid" }.into());
    }
    let sharing = sharing(arguments, &scenario)?;
    if let Some(wrong) = arguments.thresholds.iter().find(|under| !(under.is_finite() && **under > 0.0)) {
        let (flag, expected) = ("thresholds", "a number above 0, such as 4");
        return Err(QuestionError::BadValue { flag, value: wrong.to_string(), expected }.into());
    }
    let file = &again.file;
    let files = AnswerFiles::of_question(file, &again.protected(global), global)?;

    let mut inputs = inputs::read(file, true, console)?;
    let reach = inputs.reach(&scenario, sharing.end(), console)?;
    let territory = &inputs.territory;
    files.check_crs(territory)?;
    let new = again.new_sites(territory)?;
    let care = new_care(arguments, territory, &new).map_err(|error| ask::in_communes(error, file))?;
    let access = AddedAccess::of(territory, &reach, &sharing, &care, &arguments.thresholds);
    let from = inputs.provenance(file, &scenario, Stop::Effort);
    let answer = AccessAnswer {
        version: 1,
        program: format!("maillage {}", env!("CARGO_PKG_VERSION")),
        plan: again.name(),
        sharing: match arguments.sharing {
            SharingRule::Even => "even",
            SharingRule::Steps => "steps",
            SharingRule::Gaussian => "gaussian",
        }
        .to_owned(),
        catchment: sharing.end().to_string(),
        given: access.given,
        untaken: access.untaken,
        standardised_field: arguments.standardised_field.clone(),
        all: AccessAnswer::group(&access.all),
        by_territory: AccessAnswer::groups(&access.by_territory),
        by_density: AccessAnswer::groups(&access.by_density),
        communes: AccessAnswer::communes(territory, &access),
        sites: sites(territory, &care.supply),
        inputs: from.inputs(),
        request: again.plan.stated.request.clone(),
        seconds: None,
    };
    let told = Told {
        answer,
        sheets: &|answer| answer.sheets(&Places::of(territory), vec![AnswerSheet::existing(territory)]),
        text: &|answer, written, language| AccessSummary { answer, written }.to_text(language),
    };
    files.tell(told, started, console)?;
    Ok(Exit::Answered)
}

/// Tells what each new site gives.
fn sites(territory: &Territory, supply: &BTreeMap<u32, u64>) -> Vec<AccessSite> {
    let told = |(&site, &consultations): (&u32, &u64)| {
        let site = territory.sites().get(site as usize)?;
        Some(AccessSite { id: site.id.clone(), name: site.name.clone(), consultations })
    };
    supply.iter().filter_map(told).collect()
}

/// Says how consultations are shared with distance.
fn sharing(arguments: &AccessArguments, scenario: &Scenario) -> Result<Sharing, Failure> {
    let end = arguments.catchment.unwrap_or(scenario.within);
    match arguments.sharing {
        SharingRule::Even => Ok(Sharing::Even(end)),
        SharingRule::Gaussian => Ok(Sharing::Gaussian(end)),
        SharingRule::Steps => match &arguments.question.decay {
            Some(steps) if !steps.is_empty() && arguments.catchment.is_none() => Ok(Sharing::Steps(steps.clone())),
            Some(_) => Err(QuestionError::Both { one: "catchment", other: "decay" }.into()),
            None => {
                let reason = "--sharing steps needs them: add --decay 10min:100%,20min:68%,30min:22%";
                Err(QuestionError::Missing { flag: "decay", reason }.into())
            }
        },
    }
}

/// The most consultations a year of one site: more is a mistake.
const MOST: u64 = 1_000_000_000;

/// Reads what each new site gives, and among whom it is shared.
fn new_care(arguments: &AccessArguments, territory: &Territory, new: &[u32]) -> Result<NewCare, ScenarioError> {
    let persons = match &arguments.standardised_field {
        Some(column) => Persons::standardised(territory, column)?,
        None => Persons::inhabitants(territory),
    };
    Ok(NewCare { supply: supply(territory, new, &arguments.consultations_field)?, persons })
}

/// Reads what each new site gives.
fn supply(territory: &Territory, new: &[u32], column: &str) -> Result<BTreeMap<u32, u64>, ScenarioError> {
    let mut supply = BTreeMap::new();
    for &position in new {
        let Some(site) = territory.sites().get(position as usize) else { continue };
        let written = site.columns.get(column).map(|text| text.trim()).filter(|text| !text.is_empty());
        let Some(written) = written else {
            return Err(ConsultationError::NoCapacity { id: site.id.clone(), column: column.to_owned() }.into());
        };
        let Some(number) = written.parse::<u64>().ok().filter(|number| *number <= MOST) else {
            let (of, column, value) = (site.id.clone(), column.to_owned(), written.to_owned());
            return Err(ConsultationError::NotWhole { of, value, column }.into());
        };
        supply.insert(position, number);
    }
    Ok(supply)
}
