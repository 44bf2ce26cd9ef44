use std::path::PathBuf;

use maillage_core::{Territory, TravelTime};
use maillage_io::{InputFile, KeptReach, KeptTravel, Language};
use serde_json::{Value, json};

use super::place::duration;
use super::written::written;
use crate::table::Table;
use crate::words::{decimal, grouped, shown};

/// Minutes at which it is told how many people are within reach.
const LIMITS: [u32; 7] = [5, 10, 15, 20, 30, 45, 60];

/// Travel times that were computed, told to the planner.
pub(crate) struct ReachSummary<'run> {
    pub(crate) territory: &'run Territory,
    pub(crate) kept: &'run [KeptReach],
    pub(crate) inputs: &'run [InputFile],
    pub(crate) written: &'run [PathBuf],
    /// The file that other commands take.
    pub(crate) size: Option<WrittenTimes>,
}

/// How times were written, and how many bytes they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrittenTimes {
    /// As they are kept.
    Kept(u64),
    /// In a table only.
    Table(u64),
}

/// What one limit brings within reach of any site.
struct Within {
    limit: TravelTime,
    pairs: u64,
    communes: u64,
    people: u64,
}

impl ReachSummary<'_> {
    pub(crate) fn to_text(&self, language: Language) -> String {
        let tables = self.kept.iter().map(|kept| self.of_one(kept, language));
        let kept = match (self.size, language) {
            (None, Language::English) => "\nNothing was written: add --out times.reach to keep the times.\n".to_owned(),
            (None, Language::French) => {
                "\nRien n’a été écrit : ajouter --out temps.reach pour garder les temps.\n".to_owned()
            }
            (Some(WrittenTimes::Kept(size)), Language::English) => format!(
                "\n{} bytes. Other commands take the times with --reach, as long as the files stay as they are.\n",
                grouped(size, language)
            ),
            (Some(WrittenTimes::Kept(size)), Language::French) => format!(
                "\n{} octets. Les autres commandes prennent ces temps avec --reach, tant que les fichiers restent tels \
                 quels.\n",
                grouped(size, language)
            ),
            (Some(WrittenTimes::Table(size)), Language::English) => {
                format!("\n{} bytes. Other commands take this table with --times.\n", grouped(size, language))
            }
            (Some(WrittenTimes::Table(size)), Language::French) => {
                format!(
                    "\n{} octets. Les autres commandes prennent cette table avec --times.\n",
                    grouped(size, language)
                )
            }
        };
        tables.collect::<String>() + &kept + &written(self.written, language)
    }

    pub(crate) fn to_json(&self, seconds: f64) -> Value {
        let kept = self.kept.iter().map(|kept| {
            let within = self.within(kept);
            let within = within.iter().map(|within| {
                json!({
                    "minutes": within.limit.minutes(),
                    "pairs": within.pairs,
                    "communes": within.communes,
                    "people": within.people,
                })
            });
            json!({
                "travel": kept.travel,
                "limit": kept.reach.limit().map(|limit| limit.to_string()),
                "pairs": kept.reach.pairs(),
                "within": within.collect::<Vec<_>>(),
                "roads": kept.roads,
            })
        });
        json!({
            "version": 1,
            "program": concat!("maillage ", env!("CARGO_PKG_VERSION")),
            "communes": self.territory.communes().len(),
            "sites": self.territory.sites().len(),
            "kept": kept.collect::<Vec<_>>(),
            "inputs": self.inputs,
            "seconds": seconds,
        })
    }

    fn of_one(&self, kept: &KeptReach, language: Language) -> String {
        let [places, sites, pairs] =
            [self.territory.communes().len(), self.territory.sites().len(), kept.reach.pairs()]
                .map(|number| grouped(number as u64, language));
        let limit = kept.reach.limit().map(|limit| duration(limit, language));
        let how = travel(&kept.travel, language);
        let title = match (limit, language) {
            (Some(limit), Language::English) => {
                format!("{how}: {pairs} ways within {limit}, from {places} places to {sites} sites.\n")
            }
            (None, Language::English) => format!("{how}: {pairs} ways, from {places} places to {sites} sites.\n"),
            (Some(limit), Language::French) => {
                format!("{how} : {pairs} trajets de {limit} au plus, de {places} lieux vers {sites} sites.\n")
            }
            (None, Language::French) => format!("{how} : {pairs} trajets, de {places} lieux vers {sites} sites.\n"),
        };
        let header = match language {
            Language::English => ["within", "ways", "places with a site", "people there"],
            Language::French => ["en", "trajets", "lieux avec un site", "habitants"],
        };
        let mut table = Table::new(&header);
        for within in self.within(kept) {
            let numbers = [within.pairs, within.communes, within.people].map(|number| grouped(number, language));
            table.row([duration(within.limit, language)].into_iter().chain(numbers).collect());
        }
        title + &table.to_text()
    }

    /// Counts what each limit brings within reach, up to the one that was looked for.
    fn within(&self, kept: &KeptReach) -> Vec<Within> {
        let longest = kept.reach.limit();
        let usual = LIMITS.map(TravelTime::from_minutes);
        let mut limits: Vec<TravelTime> =
            usual.into_iter().filter(|limit| longest.is_none_or(|longest| *limit < longest)).chain(longest).collect();
        limits.dedup();
        let mut nearest: Vec<Option<TravelTime>> = vec![None; self.territory.communes().len()];
        let mut pairs = vec![0_u64; limits.len()];
        for (site, _) in (0..).zip(self.territory.sites()) {
            for &(commune, time) in kept.reach.communes_of(site) {
                for (limit, pairs) in limits.iter().zip(&mut pairs) {
                    *pairs += u64::from(time <= *limit);
                }
                if let Some(nearest) = nearest.get_mut(commune as usize) {
                    *nearest = Some(nearest.map_or(time, |known| known.min(time)));
                }
            }
        }
        let counted = limits.into_iter().zip(pairs).map(|(limit, pairs)| {
            let places = self.territory.communes().iter().zip(&nearest);
            let near = places.filter(|(_, nearest)| nearest.is_some_and(|time| time <= limit));
            let (communes, people) =
                near.fold((0, 0), |(communes, people), (commune, _)| (communes + 1, people + commune.population));
            Within { limit, pairs, communes, people }
        });
        counted.collect()
    }
}

/// Says how times were made.
fn travel(travel: &KeptTravel, language: Language) -> String {
    match (travel, language) {
        (KeptTravel::StraightLine { speed, detour }, Language::English) => {
            format!("Straight line × {} at {} km/h", decimal(*detour, language), decimal(*speed, language))
        }
        (KeptTravel::StraightLine { speed, detour }, Language::French) => {
            format!("Vol d’oiseau × {} à {} km/h", decimal(*detour, language), decimal(*speed, language))
        }
        (KeptTravel::Times, Language::English) => "Table of times".to_owned(),
        (KeptTravel::Times, Language::French) => "Table de temps".to_owned(),
        (KeptTravel::Roads { profile }, Language::English) => format!("Roads, {}", shown(profile)),
        (KeptTravel::Roads { profile }, Language::French) => format!("Routes, {}", shown(profile)),
    }
}
