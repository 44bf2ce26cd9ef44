use maillage_core::{Reach, StraightLine, TravelTime};
use serde::{Deserialize, Serialize};

use crate::catalogue::REACH_SHORT;
use crate::{AnswerRoads, Finding};

/// How kept travel times were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "kebab-case")]
pub enum KeptTravel {
    /// In straight lines.
    StraightLine {
        /// Kilometres an hour.
        speed: f64,
        /// How much longer the way is than the straight line.
        detour: f64,
    },
    /// From a table.
    Times,
    /// On roads.
    Roads {
        /// What the profile is called.
        profile: String,
    },
}

impl KeptTravel {
    /// Returns the name by which one of several is chosen: that of its profile, where it has one.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::StraightLine { .. } => "straight-line",
            Self::Times => "times",
            Self::Roads { profile } => profile,
        }
    }

    pub(crate) fn straight_line(&self) -> Option<StraightLine> {
        match *self {
            Self::StraightLine { speed, detour } => StraightLine::new(speed, detour).ok(),
            _ => None,
        }
    }
}

/// Travel times that were made once and are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptReach {
    /// How they were made.
    pub travel: KeptTravel,
    /// Whom the roads leave out, where they were made on roads.
    pub roads: Option<AnswerRoads>,
    /// The times.
    pub reach: Reach,
}

impl KeptReach {
    /// Returns what is wrong with a limit that is longer than the one these times were computed up to.
    #[must_use]
    pub fn beyond(&self, asked: TravelTime, file: &str) -> Option<Finding> {
        let limit = self.reach.limit().filter(|limit| *limit < asked)?;
        let finding = Finding::new(&REACH_SHORT).in_file(file).with("limit", limit.to_string());
        Some(finding.with("asked", asked.to_string()))
    }
}

/// What the head of a file says of one of its reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptHead {
    pub(crate) travel: KeptTravel,
    /// The longest time that was looked for, in deciseconds.
    pub(crate) limit: Option<u32>,
    pub(crate) pairs: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) roads: Option<AnswerRoads>,
    /// Bytes and pairs of each block.
    pub(crate) blocks: Vec<(u64, u64)>,
}

impl KeptHead {
    pub(crate) fn limit(&self) -> Option<TravelTime> {
        self.limit.map(TravelTime::from_deciseconds)
    }
}
