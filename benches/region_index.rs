//! Writes the covering problem of a real region as an index file for `maillage solve`, by people in straight-line reach:
//!
//!     cargo run --release -p maillage-benches --example region_index -- FOLDER 10min 4 FILE
//!
//! `FOLDER` holds `communes.geojson`, `candidates.geojson` and `existing_illustrative.geojson`; a place is under-served where
//! `apl_mg2018` is below the threshold.
#![expect(clippy::print_stderr, reason = "an example says what it did")]

use std::error::Error;
use std::path::Path;

use maillage_core::{SiteState, StraightLine, Territory};
use maillage_io::{Findings, IndexFile, ScenarioFile, read_communes, read_sites};
use maillage_solver::{Fixing, SiteId};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [folder, within, under, file] = words[..] else { return Err("say: FOLDER 10min 4 FILE".into()) };
    let folder = Path::new(folder);
    let question = ScenarioFile {
        access_field: Some("apl_mg2018".to_owned()),
        origin: Some("lon_pop,lat_pop".to_owned()),
        under: Some(under.parse()?),
        within: Some(within.parse()?),
        speed: Some("50km/h".parse()?),
        detour: Some(1.3),
        sites: Some(1),
        ..ScenarioFile::default()
    };
    let scenario = question.scenario()?;
    let mut findings = Findings::default();
    let communes = read_communes(&folder.join("communes.geojson"), &question.commune_columns()?, &[], &mut findings);
    let columns = question.site_columns(SiteState::Candidate)?;
    let candidates = read_sites(&folder.join("candidates.geojson"), &columns, SiteState::Candidate, &mut findings);
    let columns = question.site_columns(SiteState::Existing)?;
    let existing = folder.join("existing_illustrative.geojson");
    let existing = read_sites(&existing, &columns, SiteState::Existing, &mut findings);
    let ((communes, _), (candidates, _), (existing, _)) =
        communes.zip(candidates).zip(existing).map(|((a, b), c)| (a, b, c)).ok_or("the files cannot be read")?;
    let territory = Territory::new(communes, [candidates, existing].concat())?;
    let reach = StraightLine::new(50.0, 1.3)?.reach(&territory, scenario.within)?;
    let (problem, dictionary) = scenario.compile(&territory, &reach)?;
    let sites = || (0..).map(SiteId).zip(dictionary.openings.iter().map(|opening| opening.site));
    let index = IndexFile {
        weights: problem.weights().to_vec(),
        costs: sites()
            .map(|(_, site)| match territory.sites().get(site as usize) {
                Some(site) if site.state == SiteState::Candidate => site.cost,
                _ => 0,
            })
            .collect(),
        rows: sites()
            .map(|(id, _)| problem.coverage().demands_of(id).iter().map(|demand| demand.0).collect())
            .collect(),
        open: sites()
            .zip(problem.fixings())
            .filter(|(_, fixing)| **fixing == Fixing::Open)
            .map(|((id, _), _)| id.0)
            .collect(),
    };
    eprintln!("{} demands, {} sites, {} open", index.weights.len(), index.rows.len(), index.open.len());
    std::fs::write(file, index.to_text())?;
    Ok(())
}
