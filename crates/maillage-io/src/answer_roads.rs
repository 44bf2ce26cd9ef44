use serde::{Deserialize, Serialize};

/// What the roads of an answer leave out, and whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRoads {
    /// What the profile is called.
    pub profile: String,
    /// The most metres from a place to its road.
    pub snap: u32,
    /// The longest such way, in metres.
    pub longest_walk: u32,
    /// Communes that stand further than that from any road.
    pub off_road: AnswerPlaces,
    /// Communes whose only roads near are an island: one cannot get from there to the rest and back.
    pub on_islands: AnswerPlaces,
    /// Other communes that no site reaches within the limit.
    pub unreached: AnswerPlaces,
    /// Sites too far from a road, or on an island: they reach nobody.
    pub sites_off_road: u64,
    /// Turn restrictions, which are not honoured.
    pub turn_restrictions: u64,
    /// Roads that end where the file does.
    pub cut_ways: u64,
}

/// Communes and the people who live there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerPlaces {
    /// Communes.
    pub communes: u64,
    /// Their inhabitants.
    pub people: u64,
}
