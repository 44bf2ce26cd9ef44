use std::path::PathBuf;

use maillage_core::{
    Border, Commune, PopulationGrid, Reach, Scenario, ScenarioError, Site, SiteState, Territory, TerritoryError,
    TravelTime,
};
use maillage_io::{
    AnswerRoads, Findings, InputFile, LaidGrid, Provenance, ScenarioFile, SiteColumns, Stop, lay_grid, read_communes,
    read_sites,
};

use crate::ask;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::travel_source::TravelSource;
use crate::{interrupt, warnings};

/// Everything that was read, checked and put in order.
pub(crate) struct Inputs {
    pub(crate) territory: Territory,
    /// The files in the order of their roles.
    pub(crate) files: Vec<InputFile>,
    pub(crate) travel: TravelSource,
    /// Whom the roads leave out, once there is a reach of them.
    pub(crate) roads: Option<AnswerRoads>,
    /// The population grid that people are counted by, where there is one.
    pub(crate) grid: Option<PopulationGrid>,
}

impl Inputs {
    /// Says where an answer to a scenario comes from; `stopped_for` is what the solver was stopped for, where it was.
    pub(crate) fn provenance(&self, file: &ScenarioFile, scenario: &Scenario, stopped_for: Stop) -> Provenance<'_> {
        Provenance {
            version: env!("CARGO_PKG_VERSION"),
            stopped_for,
            candidates: self.territory.candidates().count() as u64,
            inputs: &self.files,
            sources: file.sources.clone().unwrap_or_default(),
            grid: self.grid.as_ref().map(|grid| (grid, &self.territory)),
            request: file.request(scenario),
            roads: self.roads.clone(),
        }
    }
}

/// Sites as they were read, with their file.
type Sites = Option<(Vec<Site>, InputFile)>;

/// Reads all files of a scenario, side by side; what is found is told in one order, whichever ends first.
///
/// Candidates are left out where a command has no use for them.
pub(crate) fn read(file: &ScenarioFile, with_candidates: bool, console: &Console) -> Result<Inputs, Failure> {
    read_with(file, with_candidates, Vec::new(), console)
}

/// Reads all files of a scenario, beside sites that stand elsewhere: those of a plan, which count as existing ones.
pub(crate) fn read_with(
    file: &ScenarioFile,
    with_candidates: bool,
    planned: Vec<(Vec<Site>, InputFile)>,
    console: &Console,
) -> Result<Inputs, Failure> {
    let communes_file = ask::communes(file)?;
    let columns = file.commune_columns()?;
    let joins = file.joins()?;
    let candidate_columns = file.site_columns(SiteState::Candidate)?;
    let existing_columns = file.site_columns(SiteState::Existing)?;
    let candidates_file =
        file.candidates.as_ref().filter(|_| with_candidates || file.times.is_some() || file.reach.is_some());

    let ((communes, of_communes), ((candidates, of_candidates), (existing, of_existing))) = rayon::join(
        || {
            let mut findings = Findings::default();
            (read_communes(&communes_file, &columns, &joins, &mut findings), findings)
        },
        || {
            rayon::join(
                || sites(&candidate_columns, candidates_file, SiteState::Candidate),
                || sites(&existing_columns, file.existing.as_ref(), SiteState::Existing),
            )
        },
    );
    refuse_errors(&[of_communes, of_candidates, of_existing], console)?;
    stop_if_asked()?;
    warnings::of_sources(file, console);
    let (communes, laid) = with_grid(communes.unwrap_or_default(), file, console)?;
    let sites = [candidates, existing].into_iter().flatten().chain(planned).collect();
    let inputs = gather(communes, laid, sites, file.border()?.as_ref()).map_err(|failure| located(failure, file))?;
    with_travel(inputs, file, console)
}

fn sites(columns: &SiteColumns, path: Option<&PathBuf>, state: SiteState) -> (Sites, Findings) {
    let mut findings = Findings::default();
    let sites = path.and_then(|path| read_sites(path, columns, state, &mut findings));
    (sites, findings)
}

/// Places people leave from, with their files.
type Places = (Vec<Commune>, Vec<InputFile>);

/// Puts the cells of a population grid in the place of the communes, where a grid is named.
fn with_grid(
    communes: Places,
    file: &ScenarioFile,
    console: &Console,
) -> Result<(Places, Option<PopulationGrid>), Failure> {
    let Some(path) = &file.grid else { return Ok((communes, None)) };
    let (communes, mut files) = communes;
    let mut findings = Findings::default();
    let laid = lay_grid(path, &file.grid_columns()?, communes, &mut findings);
    refuse_errors(&[findings], console)?;
    stop_if_asked()?;
    Ok(match laid {
        Some(LaidGrid { grid, places, file }) => {
            files.push(file);
            ((places, files), Some(grid))
        }
        None => ((Vec::new(), files), None),
    })
}

fn gather(
    (communes, mut files): Places,
    grid: Option<PopulationGrid>,
    all: Vec<(Vec<Site>, InputFile)>,
    border: Option<&Border>,
) -> Result<Inputs, Failure> {
    let mut sites = Vec::new();
    for (read, file) in all {
        sites.extend(read);
        files.push(file);
    }
    if let Some(grid) = &grid {
        grid.rehost(&communes, &mut sites);
    }
    if let Some(border) = border {
        border.draw(&communes, &mut sites).map_err(ScenarioError::from)?;
    }
    Ok(Inputs {
        territory: Territory::new(communes, sites)?,
        files,
        travel: TravelSource::StraightLine,
        roads: None,
        grid,
    })
}

/// Names the file where what does not fit together is to be mended.
fn located(failure: Failure, file: &ScenarioFile) -> Failure {
    if let Failure::Scenario(error) = failure {
        return ask::in_communes(error, file);
    }
    let place = match &failure {
        Failure::Territory(TerritoryError::NoCommune | TerritoryError::RepeatedCommune { .. }) => &file.communes,
        Failure::Territory(_) => &file.candidates,
        _ => &None,
    };
    match place {
        Some(place) => failure.in_file(place),
        None => failure,
    }
}

fn with_travel(inputs: Inputs, file: &ScenarioFile, console: &Console) -> Result<Inputs, Failure> {
    let Inputs { territory, mut files, roads, grid, .. } = inputs;
    let travel = TravelSource::read(file, &territory, &mut files, console)?;
    Ok(Inputs { territory, files, travel, roads, grid })
}

impl Inputs {
    /// Takes another source of travel times in place of the one that was read; its files come after the others.
    pub(crate) fn travel_by(&mut self, file: &ScenarioFile, console: &Console) -> Result<(), Failure> {
        // Kept times are held against the files that were read before.
        let mut files = self.files.clone();
        self.travel = TravelSource::read(file, &self.territory, &mut files, console)?;
        let read = files.split_off(self.files.len());
        self.files.extend(read.into_iter().filter(|file| !files.contains(file)));
        Ok(())
    }

    /// Computes travel times up to a limit, or takes those of the table.
    pub(crate) fn reach(
        &mut self,
        scenario: &Scenario,
        limit: TravelTime,
        console: &Console,
    ) -> Result<Reach, Failure> {
        let (reach, roads) = self.travel.reach(scenario, &self.territory, limit, console)?;
        warnings::of_reach(&self.territory, &reach, limit, console);
        self.roads = roads;
        stop_if_asked()?;
        Ok(reach)
    }
}

/// Tells all findings; any error ends the work with the exit code of the first.
pub(crate) fn refuse_errors(all: &[Findings], console: &Console) -> Result<(), Failure> {
    for findings in all {
        console.findings(findings);
    }
    let Some(first) = all.iter().find(|findings| findings.has_errors()) else { return Ok(()) };
    Err(Failure::Findings {
        exit: match first.exit_code() {
            7 => Exit::Files,
            8 => Exit::TooLarge,
            _ => Exit::BadData,
        },
    })
}

/// Ends the work when somebody asked for it before there was anything to write.
pub(crate) fn stop_if_asked() -> Result<(), Failure> {
    if interrupt::asked() { Err(Failure::Interrupted) } else { Ok(()) }
}
