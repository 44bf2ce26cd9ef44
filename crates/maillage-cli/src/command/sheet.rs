use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use maillage_core::Territory;
use maillage_io::{AnswerGuarantee, Language, Output, QuestionError, ScenarioFile};
use maillage_report::{CommuneSheet, GroupSheet, SheetPage};
use serde_json::json;

use super::sheet_view::SheetView;
use crate::arguments::{Global, SheetArguments};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan_again::PlanAgain;
use crate::summary::{duration, maximised_words, notes, written};
use crate::{ask, inputs, interrupt};

/// How many codes are named for a name.
const NAMED: usize = 3;

const FORMS: [&str; 2] = ["sheets are written as .html", "des fiches s’écrivent en .html"];

/// Makes a printable sheet for each commune.
pub(crate) fn run(arguments: &SheetArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let again = PlanAgain::read(&arguments.plan, &arguments.question, global, "sheet")?;
    let (plan, file) = (&again.plan, &again.file);
    check(file)?;
    let scenario = file.scenario()?;
    file.check_limits()?;
    let paths = file.out.clone().unwrap_or_else(|| vec![PathBuf::from("sheets.html")]);
    if let Some(other) = paths.iter().find(|path| path.extension().is_none_or(|suffix| suffix != "html")) {
        return Err(Failure::NotWritten { flag: "out", file: other.clone(), forms: FORMS });
    }
    let output = Output::check(paths, &again.protected(global), global.force)?;

    let mut inputs = inputs::read(file, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    let territory = &inputs.territory;
    let communes = communes(arguments, territory)?;
    let groups = groups(arguments, territory, console.language)?;
    let new = again.new_sites(territory)?;
    let compiled = ask::compile(&scenario, file, territory, &reach)?;
    let excluded = scenario.exclusions(territory, (&compiled.0, &compiled.1))?;
    let phases: BTreeMap<&str, &str> =
        plan.new_sites.iter().flatten().filter_map(|site| Some((site.id.as_str(), site.phase.as_deref()?))).collect();
    let view = SheetView::of(territory, &reach, (&scenario, file), (&new, phases, excluded), console.language);
    let sheets: Vec<CommuneSheet> = communes.iter().filter_map(|commune| view.commune(*commune)).collect();
    let groups: Vec<GroupSheet> = groups.into_iter().map(|group| view.group(group.title, &group.communes)).collect();
    let sources: Vec<String> = plan
        .stated
        .inputs
        .iter()
        .map(|input| {
            let said = |source: Option<&str>, year: Option<i32>| {
                let parts = source.map(str::to_owned).into_iter().chain(year.map(|year| year.to_string()));
                parts.collect::<Vec<_>>().join(", ")
            };
            let access = input.access.as_ref().map(|access| said(access.source.as_deref(), access.year));
            let access = access.filter(|said| !said.is_empty()).map(|said| match console.language {
                Language::English => format!("access: {said}"),
                Language::French => format!("accès aux soins : {said}"),
            });
            let own = Some(said(input.source.as_deref(), input.year)).filter(|said| !said.is_empty());
            let mark = if console.language == Language::French { " ; " } else { "; " };
            let source = own.into_iter().chain(access).collect::<Vec<_>>().join(mark);
            let source = if source.is_empty() { source } else { format!(" ({source})") };
            let mark = match (input.is_illustrative(), console.language) {
                (false, _) => "",
                (true, Language::English) => ", illustrative: no basis for a decision",
                (true, Language::French) => ", données d’illustration : aucune décision ne peut s’y fonder",
            };
            format!("{}{source}{mark}", input.file)
        })
        .collect();
    let measure = maximised_words(&scenario, console.language);
    let page = SheetPage {
        groups: &groups,
        communes: &sheets,
        limit: &duration(scenario.within, console.language),
        plan: &again.name(),
        notes: &notes(&scenario, console.language),
        sources: &sources,
        is_best: plan.stated.guarantee == AnswerGuarantee::Optimal && again.answers(&scenario),
        measure: measure.as_deref(),
        language: console.language,
    };
    let contents = vec![page.to_html(); output.targets().len()];
    let targets = output.targets().to_vec();
    interrupt::whole(|| output.write(&contents))?;
    let count = groups.len() + sheets.len();
    let text = match console.language {
        Language::English => format!("Pages of A4: {count}. Open them with any browser, and print.\n"),
        Language::French => format!("Pages A4 : {count}. À ouvrir dans un navigateur et à imprimer.\n"),
    };
    if console.json {
        let told = |group: &GroupSheet| {
            json!({
                "title": group.title,
                "communes": group.communes,
                "population": group.population,
                "under_served": group.under_served,
                "reached_before": group.reached_before,
                "newly_reached": group.newly_reached,
            })
        };
        let groups: Vec<serde_json::Value> = groups.iter().map(told).collect();
        let answer = json!({ "version": 1, "sheets": count, "communes": arguments.codes, "groups": groups });
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&(text + &written(&targets, console.language)))?;
    Ok(Exit::Answered)
}

/// Refuses what sheets cannot tell.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::plain_sites(file, "sheet")?;
    let given = [
        ("within-capacity", file.within_capacity == Some(true)),
        ("grid", file.grid.is_some()),
        ("specialty", file.specialty.is_some()),
        ("residents-field", file.residents_field.is_some()),
        ("split", file.split.is_some()),
    ];
    ask::refuse(&given, "sheet")
}

/// Communes that stand on one sheet together.
struct Group {
    title: String,
    /// Their positions, ascending.
    communes: Vec<u32>,
}

/// Finds the groups asked for: territories first, in the order in which they were.
fn groups(arguments: &SheetArguments, territory: &Territory, language: Language) -> Result<Vec<Group>, Failure> {
    let mut by_territory: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (position, commune) in (0..).zip(territory.communes()) {
        if !commune.territory.is_empty() {
            by_territory.entry(&commune.territory).or_default().push(position);
        }
    }
    let asked: Vec<&str> = if arguments.all_groups {
        by_territory.keys().copied().collect()
    } else {
        arguments.group.iter().map(|name| name.trim()).collect()
    };
    let mut found: Vec<Group> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in asked {
        let Some(communes) = by_territory.get(name) else {
            let known: Vec<&str> = by_territory.keys().copied().take(NAMED).collect();
            let (flag, expected) = ("group", "a territory of the communes, as their territory field names it");
            let value = if known.is_empty() { name.to_owned() } else { format!("{name} ({}, …)", known.join(", ")) };
            return Err(QuestionError::BadValue { flag, value, expected }.into());
        };
        if seen.insert(name) {
            found.push(Group { title: titled(name, language), communes: communes.clone() });
        }
    }
    if !arguments.together.is_empty() {
        let mut communes = positions(&arguments.together, ("together", territory))?;
        communes.sort_unstable();
        found.push(Group { title: arguments.title.clone().unwrap_or_default(), communes });
    }
    if arguments.all_groups && found.is_empty() {
        let reason = "a column that says which territory each commune belongs to, such as --territory-field dep";
        return Err(QuestionError::Missing { flag: "territory-field", reason }.into());
    }
    Ok(found)
}

/// Makes a title of what the data call a territory: a bare code says too little.
fn titled(name: &str, language: Language) -> String {
    let is_code = name.starts_with(|first: char| first.is_ascii_digit());
    match (is_code, language) {
        (false, _) => name.to_owned(),
        (true, Language::English) => format!("Territory {name}"),
        (true, Language::French) => format!("Territoire {name}"),
    }
}

/// Finds the communes asked for, in the order in which they were.
fn communes(arguments: &SheetArguments, territory: &Territory) -> Result<Vec<u32>, Failure> {
    if arguments.all {
        return Ok((0..).zip(territory.communes()).map(|(commune, _)| commune).collect());
    }
    positions(&arguments.codes, ("CODE", territory))
}

/// Finds communes by their codes, none twice.
fn positions(codes: &[String], (flag, territory): (&'static str, &Territory)) -> Result<Vec<u32>, Failure> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for code in codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        if let Some(commune) = territory.commune_position(code) {
            if seen.insert(commune) {
                found.push(commune);
            }
            continue;
        }
        let nearest = territory.communes().iter().filter(|one| one.name.eq_ignore_ascii_case(code));
        let nearest: Vec<String> = nearest.map(|one| one.code.clone()).take(NAMED).collect();
        let expected = "the code of a commune, such as 55029";
        let value = if nearest.is_empty() { code.to_owned() } else { format!("{code} ({})", nearest.join(", ")) };
        return Err(QuestionError::BadValue { flag, value, expected }.into());
    }
    Ok(found)
}
