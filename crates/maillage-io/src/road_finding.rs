use std::io;

use maillage_core::TravelTime;

use crate::catalogue::{
    PROFILE_WRONG, ROADS_DAMAGED, ROADS_FAR, ROADS_ISLAND, ROADS_NONE, ROADS_SITE_FAR, ROADS_TOO_LARGE, ROADS_TURNS,
    ROADS_UNREACHED,
};
use crate::encoding::list;
use crate::source::failure;
use crate::{AnswerPlaces, Detail, Finding};

/// A problem of roads or of a travel profile, or a remark on them, to be said of their file.
#[derive(Debug)]
#[non_exhaustive]
pub enum RoadFinding<'a> {
    /// The file cannot be read.
    Unreadable(&'a io::Error),
    /// The bytes are no OpenStreetMap extract, or a damaged one.
    Damaged {
        /// Where the part begins that cannot be read.
        byte: u64,
        /// What is wrong, in English and in French.
        reason: [&'a str; 2],
        /// What mends it.
        mend: [&'a str; 2],
    },
    /// The profile can use none of the roads.
    NoRoad {
        /// The profile's name.
        profile: &'a str,
    },
    /// There are too many roads.
    TooLarge {
        /// The most points there may be.
        most: u64,
    },
    /// The profile is not written as one.
    Profile {
        /// The line, from 1, where one is known.
        line: Option<u64>,
        /// What is wrong with it.
        reason: &'a str,
    },
    /// Communes stand too far from any road.
    OffRoad {
        /// How many, and their people.
        places: AnswerPlaces,
        /// How far is too far.
        metres: u32,
        /// Some of them.
        examples: &'a [String],
    },
    /// Communes stand on roads that do not lead to the others.
    OnIslands {
        /// How many, and their people.
        places: AnswerPlaces,
        /// Some of them.
        examples: &'a [String],
    },
    /// No site reaches communes that stand by a road.
    Unreached {
        /// How many, and their people.
        places: AnswerPlaces,
        /// The longest way that counts.
        within: TravelTime,
        /// Some of them.
        examples: &'a [String],
    },
    /// Sites stand too far from any road, or on an island.
    SitesOffRoad {
        /// How many.
        sites: u64,
        /// How far is too far.
        metres: u32,
        /// Some of them.
        examples: &'a [String],
    },
    /// Turn restrictions are not honoured.
    TurnRestrictions(
        /// How many.
        u64,
    ),
}

impl RoadFinding<'_> {
    /// Says it of a file, by its base name.
    #[must_use]
    pub fn in_file(&self, name: &str) -> Finding {
        let texts = |[english, french]: [&str; 2]| Detail::Texts(english.to_owned(), french.to_owned());
        let of = |entry, places: AnswerPlaces, examples: &[String]| {
            let finding = Finding::new(entry).with("count", places.communes).with("people", places.people);
            finding.with("examples", list(examples))
        };
        let finding = match *self {
            Self::Unreadable(error) => *failure(error),
            Self::Damaged { byte, reason, mend } => {
                Finding::new(&ROADS_DAMAGED).with("byte", byte).with("reason", texts(reason)).with("mend", texts(mend))
            }
            Self::NoRoad { profile } => Finding::new(&ROADS_NONE).with_value(profile),
            Self::TooLarge { most } => Finding::new(&ROADS_TOO_LARGE).with("count", most),
            Self::Profile { line, reason } => {
                let finding = Finding::new(&PROFILE_WRONG).with("reason", crate::escape::escape(reason));
                line.map_or(finding.clone(), |line| finding.at(line, 1))
            }
            Self::OffRoad { places, metres, examples } => {
                of(&ROADS_FAR, places, examples).with("metres", u64::from(metres))
            }
            Self::OnIslands { places, examples } => of(&ROADS_ISLAND, places, examples),
            Self::Unreached { places, within, examples } => {
                of(&ROADS_UNREACHED, places, examples).with("limit", within.to_string())
            }
            Self::SitesOffRoad { sites, metres, examples } => {
                let finding = Finding::new(&ROADS_SITE_FAR).with("count", sites).with("metres", u64::from(metres));
                finding.with("examples", list(examples))
            }
            Self::TurnRestrictions(count) => Finding::new(&ROADS_TURNS).with("count", count),
        };
        finding.in_file(name)
    }
}
