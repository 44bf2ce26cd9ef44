use std::collections::BTreeMap;
use std::path::PathBuf;

use maillage_core::{MissingAccess, Reach, Scenario, Scores, Territory, TravelTime};
use maillage_io::{AnswerGuarantee, Language, Output, QuestionError, ScenarioFile};
use maillage_report::{CommuneSheet, CommuneSheets, SheetSite};
use maillage_solver::SiteId;

use crate::arguments::{Global, SheetArguments};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::plan_again::PlanAgain;
use crate::summary::{access_name, duration, notes, written};
use crate::{ask, inputs, interrupt};

/// How many candidates a sheet names.
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
        return Err(Failure::NotWritten { file: other.clone(), forms: FORMS });
    }
    let output = Output::check(paths, &again.protected(global), global.force)?;

    let mut inputs = inputs::read(file, true, console)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    let territory = &inputs.territory;
    let communes = communes(arguments, territory)?;
    let new = again.new_sites(territory)?;
    let (problem, dictionary) = ask::compile(&scenario, file, territory, &reach)?;
    let of_plan = |site: &SiteId| dictionary.site_of(site.index()).is_some_and(|site| new.contains(&site));
    let kernel: Vec<SiteId> = (0..).map(SiteId).take(dictionary.openings.len()).filter(of_plan).collect();
    let scores = Scores::of_set(territory, (&problem, &dictionary), &kernel);
    let adds: BTreeMap<u32, u64> =
        scores.applicants.iter().filter(|score| score.turn.is_none()).map(|score| (score.site, score.added)).collect();
    let view = View::of(territory, &reach, &scenario, (file, &new), adds);
    let sheets: Vec<CommuneSheet> = communes.iter().filter_map(|commune| view.sheet(*commune)).collect();
    let sources: Vec<String> = plan
        .stated
        .inputs
        .iter()
        .map(|input| {
            let year = input.year.map(|year| format!(", {year}")).unwrap_or_default();
            let source = input.source.as_deref().map(|source| format!(" ({source}{year})")).unwrap_or_default();
            format!("{}{source}", input.file)
        })
        .collect();
    let page = CommuneSheets {
        sheets: &sheets,
        limit: &duration(scenario.within, console.language),
        plan: &again.name(),
        notes: &notes(&scenario, console.language),
        sources: &sources,
        is_best: plan.stated.guarantee == AnswerGuarantee::Optimal,
        language: console.language,
    };
    let contents = vec![page.to_html(); output.targets().len()];
    let targets = output.targets().to_vec();
    interrupt::whole(|| output.write(&contents))?;
    let count = sheets.len();
    let text = match console.language {
        Language::English => format!("Pages of A4: {count}. Open them with any browser, and print.\n"),
        Language::French => format!("Pages A4 : {count}. À ouvrir dans un navigateur et à imprimer.\n"),
    };
    if console.json {
        let answer = serde_json::json!({ "version": 1, "sheets": count, "communes": arguments.codes });
        Console::output(format!("{answer:#}\n").as_bytes())?;
    }
    console.closing(&(text + &written(&targets, console.language)))?;
    Ok(Exit::Answered)
}

/// Refuses what sheets cannot tell.
fn check(file: &ScenarioFile) -> Result<(), Failure> {
    ask::no_phases(file, "sheet")?;
    ask::plain_sites(file, "sheet")?;
    let given = [
        ("within-capacity", file.within_capacity == Some(true)),
        ("grid", file.grid.is_some()),
        ("enough", file.enough.is_some()),
        ("decay", file.decay.is_some()),
        ("weight", !matches!(file.weight, None | Some(maillage_core::Weight::People))),
        ("split", file.split.is_some()),
    ];
    ask::refuse(&given, "sheet")
}

/// Finds the communes asked for, in the order in which they were.
fn communes(arguments: &SheetArguments, territory: &Territory) -> Result<Vec<u32>, Failure> {
    if arguments.all {
        return Ok((0..).zip(territory.communes()).map(|(commune, _)| commune).collect());
    }
    let mut found = Vec::new();
    for code in &arguments.codes {
        if let Some(commune) = territory.commune_position(code) {
            if !found.contains(&commune) {
                found.push(commune);
            }
            continue;
        }
        let nearest = territory.communes().iter().filter(|one| one.name.eq_ignore_ascii_case(code));
        let nearest: Vec<String> = nearest.map(|one| one.code.clone()).take(NAMED).collect();
        let (flag, expected) = ("CODE", "the code of a commune, such as 55029");
        let value = if nearest.is_empty() { code.clone() } else { format!("{code} ({})", nearest.join(", ")) };
        return Err(QuestionError::BadValue { flag, value, expected }.into());
    }
    Ok(found)
}

/// What sheets are made of.
struct View<'run> {
    territory: &'run Territory,
    scenario: &'run Scenario,
    access: String,
    /// Open sites of the plan, ascending.
    new: &'run [u32],
    /// What each candidate that is left out adds to the plan.
    adds: BTreeMap<u32, u64>,
    nearest: Vec<Option<(u32, TravelTime)>>,
    /// For each commune, the open sites it can get to, the nearest first.
    open: Vec<Vec<(TravelTime, u32)>>,
    /// The same of candidates that are left out.
    left: Vec<Vec<(TravelTime, u32)>>,
    nearest_left: Vec<Option<(u32, TravelTime)>>,
}

impl<'run> View<'run> {
    fn of(
        territory: &'run Territory,
        reach: &Reach,
        scenario: &'run Scenario,
        (file, new): (&ScenarioFile, &'run [u32]),
        adds: BTreeMap<u32, u64>,
    ) -> Self {
        let mut open_sites: Vec<u32> = territory.existing().chain(new.iter().copied()).collect();
        open_sites.sort_unstable();
        let left_sites: Vec<u32> = territory.candidates().filter(|site| !new.contains(site)).collect();
        let near = |sites: &[u32]| {
            let mut near: Vec<Vec<(TravelTime, u32)>> = vec![Vec::new(); territory.communes().len()];
            for &site in sites {
                for &(commune, time) in reach.communes_of(site).iter().filter(|(_, time)| *time <= scenario.within) {
                    if let Some(near) = near.get_mut(commune as usize) {
                        near.push((time, site));
                    }
                }
            }
            for near in &mut near {
                near.sort_unstable();
            }
            near
        };
        Self {
            territory,
            scenario,
            access: access_name(file),
            new,
            adds,
            nearest: reach.nearest(territory, &open_sites),
            open: near(&open_sites),
            nearest_left: reach.nearest(territory, &left_sites),
            left: near(&left_sites),
        }
    }

    fn sheet(&self, position: u32) -> Option<CommuneSheet> {
        let commune = self.territory.communes().get(position as usize)?;
        let at = position as usize;
        let site = |(site, time): (u32, TravelTime)| self.site(site, time);
        let nearest = self.nearest.get(at).copied().flatten();
        let is_reached = nearest.is_some_and(|(_, time)| time <= self.scenario.within);
        let next = self.open.get(at).and_then(|open| open.get(1)).map(|&(time, next)| (next, time));
        let mut remedies: Vec<SheetSite> =
            self.left.get(at)?.iter().filter_map(|&(time, candidate)| site((candidate, time))).collect();
        remedies.sort_by(|one, other| {
            other.adds.cmp(&one.adds).then(one.minutes.total_cmp(&other.minutes)).then(one.id.cmp(&other.id))
        });
        remedies.truncate(NAMED);
        let under = self.scenario.under;
        let is_under_served = match (under, commune.access) {
            (Some(under), Some(access)) => access < under,
            (Some(_), None) => self.scenario.missing_access == MissingAccess::UnderServed,
            (None, _) => true,
        };
        Some(CommuneSheet {
            code: commune.code.clone(),
            name: if commune.name.is_empty() { commune.code.clone() } else { commune.name.clone() },
            territory: commune.territory.clone(),
            population: commune.population,
            access: commune.access.map(|access| (self.access.clone(), access)),
            under,
            under_served: if is_under_served { commune.population } else { 0 },
            nearest: nearest.and_then(site),
            is_reached,
            next: next.and_then(site),
            nearest_candidate: self.nearest_left.get(at).copied().flatten().and_then(site),
            remedies,
        })
    }

    fn site(&self, site: u32, time: TravelTime) -> Option<SheetSite> {
        let known = self.territory.sites().get(site as usize)?;
        Some(SheetSite {
            id: known.id.clone(),
            name: known.name.clone(),
            minutes: time.minutes(),
            is_new: self.new.contains(&site),
            cost: known.cost,
            adds: self.adds.get(&site).copied().unwrap_or_default(),
        })
    }
}
