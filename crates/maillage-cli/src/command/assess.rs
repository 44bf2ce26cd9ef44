use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use maillage_core::{
    Assessment, Goal, ListedSites, Scenario, ScenarioError, Site, SiteState, Territory, Travel, VariantError,
};
use maillage_io::{
    Answer, AssessmentAnswer, AssessmentList, Findings, Output, ScenarioFile, SiteList, Stop, read_site_list,
};
use maillage_solver::Solver;

use super::plan::search;
use crate::arguments::{AssessArguments, Global};
use crate::console::{Console, seconds_since};
use crate::exit::Exit;
use crate::failure::{Failure, UnknownId};
use crate::impossible::explain;
use crate::inputs::{self, Inputs};
use crate::summary::AssessmentSummary;
use crate::targets::{self, Form, Target};
use crate::watch::Watch;
use crate::{ask, interrupt};

/// Judges somebody's own list of sites.
pub(crate) fn run(arguments: &AssessArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let started = Instant::now();
    ask::no_certificate(&arguments.file, "assess")?;
    let mut file = ask::scenario_file(&arguments.file, global)?;
    ask::no_phases(&file, "assess")?;
    ask::communes(&file)?;
    ask::candidates(&file)?;
    let targets = targets::targets(&file)?;
    let paths = targets.iter().map(|(path, _)| path.clone()).collect();
    let mut protected = ask::protected(&file, global);
    let listed_in = Path::new(&arguments.list);
    protected.extend(listed_in.exists().then(|| listed_in.to_owned()));
    let output = Output::check(paths, &protected, global.force)?;
    if file.sites.is_none() && file.budget.is_none() {
        // Known once the list is read; until then anything that makes the question complete.
        file.sites = Some(u32::MAX);
    }
    let scenario = file.scenario()?;
    if scenario.goal != Goal::Reach {
        return Err(Failure::NotHere { flag: "goal", command: "assess" });
    }
    ask::no_capacity_limit(&scenario, "assess")?;

    let list = read_list(&arguments.list, &file, console)?;
    let mut inputs = inputs::read(&file, true, console)?;
    let (listed, told) = locate(list, &mut inputs, &scenario)?;
    if file.sites == Some(u32::MAX) {
        file.sites = u32::try_from(listed.len()).ok();
    }
    let scenario = file.scenario()?;
    targets::check_crs(file.out_crs.unwrap_or_default(), &inputs.territory)?;
    let reach = inputs.reach(&scenario, scenario.longest(), console)?;
    let (problem, dictionary) = ask::compile(&scenario, &file, &inputs.territory, &reach)?;
    let limit = file.time_limit.map(maillage_io::TimeLimit::duration);
    let watch = Watch::new(started, limit, console.hides_progress(), console.language, dictionary.covered_before);
    let search = search(&scenario);
    let compiled = (&problem, &dictionary);
    let listed = ListedSites::of(&inputs.territory, compiled, &listed, &search, &watch)?;
    if let Some(&site) = listed.without_way.first() {
        let id = inputs.territory.sites().get(site as usize).map(|site| site.id.clone()).unwrap_or_default();
        return Err(ScenarioError::from(VariantError::ListedWithoutHub { id }).into());
    }
    let solved = search.solve(&problem, &watch);
    watch.finish();
    let solved = solved.map_err(|error| explain(error, &scenario, compiled, &watch))?;
    let assessment = Assessment::of(&inputs.territory, &reach, &scenario, compiled, &listed.sites, &solved);

    let plan = Answer::of(&assessment.plan, &scenario, inputs.provenance(&file, &scenario, watch.reason()));
    let mut answer = AssessmentAnswer::of(&inputs.territory, &scenario, &assessment, told, plan);
    let form = Form::of(&file, &scenario, console.language);
    let contents_of = |target: &Target| match target {
        Target::Json => Ok(answer.to_json()?),
        _ => target.contents(&inputs.territory, &assessment.plan, &answer.plan, form),
    };
    let contents = targets.iter().map(|(_, target)| contents_of(target)).collect::<Result<Vec<Vec<u8>>, _>>()?;
    let written = output.targets().to_vec();
    interrupt::whole(|| output.write(&contents))?;
    if console.json {
        answer.plan.seconds = Some(seconds_since(started));
        Console::output(&answer.to_json()?)?;
    }
    let summary = AssessmentSummary {
        territory: &inputs.territory,
        assessment: &assessment,
        answer: &answer,
        scenario: &scenario,
        file: &file,
        written: &written,
    };
    console.closing(&summary.to_text(console.language))?;
    let stopped = answer.plan.stopped_by == Stop::Signal;
    let unproved = file.strict == Some(true) && answer.best.value < answer.best.bound;
    Ok(if stopped || unproved { Exit::Stopped } else { Exit::Answered })
}

/// Reads the list: a file where there is one, else identifiers between commas.
fn read_list(list: &str, file: &ScenarioFile, console: &Console) -> Result<SiteList, Failure> {
    let path = Path::new(list);
    if path.is_file() || path.extension().is_some() || list.contains(['/', '\\']) {
        let mut findings = Findings::default();
        let read = read_site_list(path, &file.site_columns(SiteState::Candidate)?, &mut findings);
        inputs::refuse_errors(&[findings], console)?;
        return Ok(read.unwrap_or(SiteList::Ids(Vec::new())));
    }
    let ids = list.split(',').map(str::trim).filter(|id| !id.is_empty());
    Ok(SiteList::Ids(ids.map(str::to_owned).collect()))
}

/// Finds the sites of a list in the territory, which gets the points that are no candidates as sites of their own.
fn locate(list: SiteList, inputs: &mut Inputs, scenario: &Scenario) -> Result<(Vec<u32>, AssessmentList), Failure> {
    let mut told = AssessmentList::default();
    let ids: Vec<String> = match list {
        SiteList::Ids(ids) => ids,
        SiteList::Points(points) => {
            let ids = points.iter().map(|point| point.id.clone()).collect();
            let is_new = |point: &Site| inputs.territory.site_position(&point.id).is_none();
            let own: Vec<Site> = points.into_iter().filter(is_new).collect();
            if !own.is_empty() {
                if matches!(scenario.travel, Travel::Times | Travel::Kept) {
                    return Err(Failure::PointsWithoutTimes);
                }
                told.own_points = own.iter().map(|point| point.id.clone()).collect();
                let sites = inputs.territory.sites().iter().cloned().chain(own).collect();
                inputs.territory = Territory::new(inputs.territory.communes().to_vec(), sites)?;
            }
            ids
        }
    };
    if ids.is_empty() {
        return Err(Failure::EmptyList);
    }
    told.entries = ids.len() as u64;
    let mut listed = BTreeSet::new();
    let mut unknown = Vec::new();
    for id in ids {
        let Some(site) = inputs.territory.site_position(&id) else {
            let nearest = inputs.territory.nearest_ids(&id);
            unknown.push(UnknownId { id, nearest });
            continue;
        };
        if inputs.territory.existing().any(|existing| existing == site) {
            told.already_open.push(id);
        } else if !listed.insert(site) {
            told.repeated += 1;
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::UnknownListed { unknown });
    }
    Ok((listed.into_iter().collect(), told))
}
