use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use maillage_core::{Reach, Scenario, StraightLine, Territory, Travel, TravelTime};
use maillage_io::{
    AnswerPlaces, AnswerRoads, Findings, InputFile, KeptReach, KeptTravel, RoadFinding, Role, ScenarioFile, TimeEntry,
    read_reach, read_times,
};
use maillage_roads::{Damage, Profile, RoadError, RoadReach, Roads};

use crate::console::Console;
use crate::failure::Failure;
use crate::inputs::{refuse_errors, stop_if_asked};

/// How many places are named in a remark.
const NAMED: usize = 5;

/// Where travel times come from.
pub(crate) enum TravelSource {
    /// Straight lines, at the speed of the scenario.
    StraightLine,
    /// A table, read for the territory.
    Times(Vec<TimeEntry>),
    /// Times kept in a file of `maillage reach`, with its name.
    Kept(Option<Box<KeptReach>>, String),
    /// Roads, with the name of their file.
    Roads(Box<Roads>, String),
}

impl TravelSource {
    /// Reads the source that a scenario names, for a territory that was read before; its files come last.
    pub(crate) fn read(
        file: &ScenarioFile,
        territory: &Territory,
        files: &mut Vec<InputFile>,
        console: &Console,
    ) -> Result<Self, Failure> {
        let mut findings = Findings::default();
        let read = if let Some(path) = &file.times {
            read_times(path, &file.times_table(), territory, &mut findings).map(|(times, read)| {
                files.extend(read);
                Self::Times(times)
            })
        } else if let Some(path) = &file.reach {
            let profile = file.profile().map(Path::to_string_lossy);
            read_reach(path, profile.as_deref(), territory, files, &mut findings).map(|(kept, file)| {
                let name = file.file.clone();
                files.push(file);
                Self::Kept(Some(Box::new(kept)), name)
            })
        } else if let Some(path) = &file.roads {
            read_roads(path, file, &mut findings).map(|(roads, read)| {
                let name = read.first().map(|file| file.file.clone()).unwrap_or_default();
                files.extend(read);
                Self::Roads(Box::new(roads), name)
            })
        } else {
            return Ok(Self::StraightLine);
        };
        refuse_errors(&[findings], console)?;
        stop_if_asked()?;
        // What cannot be read has been refused.
        Ok(read.unwrap_or(Self::StraightLine))
    }

    /// Says how the times are made.
    pub(crate) fn kind(&self, scenario: &Scenario) -> KeptTravel {
        match (self, scenario.travel) {
            (Self::Kept(Some(kept), _), _) => kept.travel.clone(),
            (Self::Roads(roads, _), _) => KeptTravel::Roads { profile: roads.profile().name.clone() },
            (Self::StraightLine, Travel::StraightLine { speed, detour }) => KeptTravel::StraightLine { speed, detour },
            _ => KeptTravel::Times,
        }
    }

    /// Computes travel times up to a limit, and tells whom roads leave out.
    pub(crate) fn reach(
        &mut self,
        scenario: &Scenario,
        territory: &Territory,
        limit: TravelTime,
        console: &Console,
    ) -> Result<(Reach, Option<AnswerRoads>), Failure> {
        match (self, scenario.travel) {
            (Self::Roads(roads, name), _) => of_roads(roads, name, territory, limit, console),
            (Self::Kept(kept, name), _) => match kept.take() {
                Some(kept) => {
                    let mut findings = Findings::default();
                    if let Some(finding) = kept.beyond(limit, name) {
                        findings.push(finding);
                    }
                    refuse_errors(&[findings], console)?;
                    Ok((kept.reach, kept.roads))
                }
                None => Ok((Reach::from_times(territory, Vec::new())?, None)),
            },
            (Self::Times(times), _) => Ok((Reach::from_times(territory, std::mem::take(times))?, None)),
            (Self::StraightLine, Travel::StraightLine { speed, detour }) => {
                Ok((StraightLine::new(speed, detour)?.reach(territory, limit)?, None))
            }
            (Self::StraightLine, Travel::Times | Travel::Roads | Travel::Kept) => {
                Ok((Reach::from_times(territory, Vec::new())?, None))
            }
        }
    }
}

/// The most bytes of a profile.
const LARGEST_PROFILE: u64 = 1 << 20;

/// Reads an extract and its fingerprint side by side, with the profile before it.
fn read_roads(path: &Path, file: &ScenarioFile, findings: &mut Findings) -> Option<(Roads, Vec<InputFile>)> {
    let profile = match read_profile(file) {
        Ok(profile) => profile,
        Err(error) => {
            tell(&error, file.profile_file().unwrap_or(path), findings);
            return None;
        }
    };
    let fingerprint = || InputFile::of(path, Role::Roads, 0).map_err(read_failed);
    // A device has no end, but one that is no extract is refused at its first bytes.
    let is_file = path.metadata().is_ok_and(|metadata| metadata.is_file());
    let (roads, known) = rayon::join(|| Roads::read(path, profile), || is_file.then(fingerprint));
    let read = roads.and_then(|roads| {
        let known = known.unwrap_or_else(fingerprint)?;
        let mut read = vec![InputFile { features: roads.counts().ways, ..known }];
        if let Some(profile) = file.profile_file() {
            read.push(InputFile::of(profile, Role::Profile, 1).map_err(read_failed)?);
        }
        Ok((roads, read))
    });
    read.map_err(|error| tell(&error, path, findings)).ok()
}

fn read_profile(file: &ScenarioFile) -> Result<Profile, RoadError> {
    let wrong = |reason: String| RoadError::Profile { line: None, reason };
    let Some(path) = file.profile_file() else {
        let name = file.profile().unwrap_or(Path::new("car")).to_string_lossy();
        return Profile::named(&name).ok_or_else(|| wrong(format!("\"{name}\" is not built in")));
    };
    let mut text = String::new();
    let read = File::open(path).and_then(|opened| opened.take(LARGEST_PROFILE).read_to_string(&mut text));
    match read {
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(wrong("this is no text in UTF-8".to_owned())),
        Err(error) => Err(read_failed(error)),
        Ok(_) => Profile::from_toml(&text),
    }
}

fn read_failed(source: std::io::Error) -> RoadError {
    RoadError::Read { file: PathBuf::new(), source }
}

fn tell(error: &RoadError, file: &Path, findings: &mut Findings) {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let other = error.to_string();
    let finding = match error {
        RoadError::Read { source, .. } => RoadFinding::Unreadable(source),
        RoadError::Damaged { at, reason, .. } => {
            let (reason, mend) = damage(*reason);
            RoadFinding::Damaged { byte: *at, reason, mend }
        }
        RoadError::NoRoad { profile, .. } => RoadFinding::NoRoad { profile },
        RoadError::TooLarge { most, .. } => RoadFinding::TooLarge { most: u64::from(*most) },
        RoadError::Profile { line, reason } => RoadFinding::Profile { line: *line, reason },
        _ => RoadFinding::Profile { line: None, reason: &other },
    };
    findings.push(finding.in_file(&name));
}

/// Says in both languages what is wrong with an extract, and what mends it.
fn damage(damage: Damage) -> ([&'static str; 2], [&'static str; 2]) {
    const AGAIN: [&str; 2] = ["download the file again", "télécharger le fichier à nouveau"];
    const OTHER: [&str; 2] = ["take an extract in the format .osm.pbf", "prendre un extrait au format .osm.pbf"];
    const CONVERT: [&str; 2] =
        ["convert it: osmium cat FILE -o NEW.osm.pbf", "le convertir : osmium cat FICHIER -o NOUVEAU.osm.pbf"];
    match damage {
        Damage::Truncated => (["the file ends inside a block", "le fichier s’arrête au milieu d’un bloc"], AGAIN),
        Damage::NotAnExtract => (["this is no OpenStreetMap extract", "ce n’est pas un extrait OpenStreetMap"], OTHER),
        Damage::TooLarge => {
            (["a block is larger than the format allows", "un bloc est plus grand que le format ne le permet"], AGAIN)
        }
        Damage::Compression => (
            ["a block is compressed otherwise than with zlib", "un bloc est compressé autrement qu’avec zlib"],
            CONVERT,
        ),
        Damage::Inflate => (
            ["a block does not unpack to the size it states", "un bloc ne se décompresse pas à la taille annoncée"],
            AGAIN,
        ),
        Damage::TooMany => {
            (["a block holds more than any real one does", "un bloc contient plus qu’aucun vrai bloc"], AGAIN)
        }
        Damage::Feature => {
            (["it needs a feature that is not known here", "il demande une extension inconnue ici"], CONVERT)
        }
        // What later versions may find out is damage too.
        _ => (["a block makes no sense", "un bloc n’a pas de sens"], AGAIN),
    }
}

fn of_roads(
    roads: &Roads,
    name: &str,
    territory: &Territory,
    limit: TravelTime,
    console: &Console,
) -> Result<(Reach, Option<AnswerRoads>), Failure> {
    let made = roads.reach(territory, limit).map_err(|error| match error {
        RoadError::Reach(error) => Failure::Reach(error),
        other => Failure::Reading { file: name.into(), source: std::io::Error::other(other) },
    })?;
    let answer = answer(roads, &made, territory);
    let communes = |positions: &[u32]| -> Vec<String> {
        let commune = |position: &u32| territory.communes().get(*position as usize);
        let mut largest: Vec<_> = positions.iter().filter_map(commune).collect();
        largest.sort_by(|one, other| (other.population, &one.code).cmp(&(one.population, &other.code)));
        let named = |commune: &&maillage_core::Commune| match commune.name.as_str() {
            "" => commune.code.clone(),
            name => format!("{name} ({})", commune.code),
        };
        largest.iter().take(NAMED).map(named).collect()
    };
    let site = |position: &u32| territory.sites().get(*position as usize).map(|site| site.id.clone());
    let sites: Vec<String> = made.sites_off_road.iter().filter_map(site).take(NAMED).collect();
    let (far, apart, unreached) =
        (communes(&made.communes_off_road), communes(&made.communes_on_islands), communes(&made.unreached));
    let mut findings = Findings::default();
    let mut remark = |is_so: bool, finding: RoadFinding<'_>| {
        if is_so {
            findings.push(finding.in_file(name));
        }
    };
    let metres = answer.snap;
    remark(!far.is_empty(), RoadFinding::OffRoad { places: answer.off_road, metres, examples: &far });
    remark(!apart.is_empty(), RoadFinding::OnIslands { places: answer.on_islands, examples: &apart });
    remark(
        !unreached.is_empty(),
        RoadFinding::Unreached { places: answer.unreached, within: limit, examples: &unreached },
    );
    let off = answer.sites_off_road;
    remark(off > 0, RoadFinding::SitesOffRoad { sites: off, metres, examples: &sites });
    remark(answer.turn_restrictions > 0, RoadFinding::TurnRestrictions(answer.turn_restrictions));
    console.findings(&findings);
    Ok((made.reach, Some(answer)))
}

fn answer(roads: &Roads, made: &RoadReach, territory: &Territory) -> AnswerRoads {
    let places = |positions: &[u32]| {
        let people = positions.iter().filter_map(|&position| territory.communes().get(position as usize));
        AnswerPlaces { communes: positions.len() as u64, people: people.map(|commune| commune.population).sum() }
    };
    let counts = roads.counts();
    AnswerRoads {
        profile: roads.profile().name.clone(),
        snap: roads.profile().local.snap,
        longest_walk: made.longest_walk,
        off_road: places(&made.communes_off_road),
        on_islands: places(&made.communes_on_islands),
        unreached: places(&made.unreached),
        sites_off_road: made.sites_off_road.len() as u64,
        turn_restrictions: counts.turn_restrictions,
        cut_ways: counts.cut_ways,
    }
}
