use maillage_core::{LoadCount, OutsideCount, PlanLoads, SiteLoad};
use serde::Serialize;

/// What open sites are asked for and can serve, in whole consultations a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerLoads {
    /// What the under-served people need.
    pub need: u64,
    /// Of that, in reach of an open site.
    pub need_in_reach: u64,
    /// What all open sites can serve.
    pub capacity: u64,
    /// What existing sites serve at best; only within capacity.
    pub served_before: Option<u64>,
    /// What existing and new sites serve; only within capacity.
    pub served_after: Option<u64>,
    /// Everybody goes to the nearest open site.
    pub nearest: AnswerLoadCount,
    /// Need is shared in proportion to capacity.
    pub proportional: AnswerLoadCount,
    /// One for each open site, by identifier.
    pub sites: Vec<AnswerSiteLoad>,
}

/// Loads under one way of sharing need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerLoadCount {
    /// What sites can serve of what they are asked for.
    pub served: u64,
    /// What they are asked for beyond their capacities.
    pub beyond: u64,
    /// How many sites are asked for more than they can serve.
    pub sites_over: u64,
    /// Their identifiers.
    pub over: Vec<String>,
}

/// What one open site is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerSiteLoad {
    /// Its identifier.
    pub id: String,
    /// What it can serve.
    pub capacity: u64,
    /// Asked for when everybody goes to the nearest site.
    pub nearest: u64,
    /// Asked for when need is shared in proportion to capacity.
    pub proportional: u64,
    /// What it serves in the plan; only within capacity.
    pub served: Option<u64>,
}

/// What lies outside the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerOutside {
    /// Communes.
    pub communes: u64,
    /// Their inhabitants.
    pub people: u64,
    /// Whether they count.
    pub people_count: bool,
    /// Existing sites that count.
    pub sites_counted: u64,
    /// Sites that do not.
    pub sites_left_out: u64,
}

impl From<&PlanLoads> for AnswerLoads {
    fn from(loads: &PlanLoads) -> Self {
        let count = |count: LoadCount, load_of: fn(&SiteLoad) -> u64| AnswerLoadCount {
            served: count.served,
            beyond: count.beyond,
            sites_over: count.sites_over,
            over: loads.sites.iter().filter(|load| load_of(load) > load.capacity).map(|load| load.id.clone()).collect(),
        };
        let site = |load: &SiteLoad| AnswerSiteLoad {
            id: load.id.clone(),
            capacity: load.capacity,
            nearest: load.nearest,
            proportional: load.proportional,
            served: load.served,
        };
        Self {
            need: loads.need,
            need_in_reach: loads.need_in_reach,
            capacity: loads.capacity,
            served_before: loads.served.map(|served| served.0),
            served_after: loads.served.map(|served| served.1),
            nearest: count(loads.nearest, |load| load.nearest),
            proportional: count(loads.proportional, |load| load.proportional),
            sites: loads.sites.iter().map(site).collect(),
        }
    }
}

impl From<OutsideCount> for AnswerOutside {
    fn from(count: OutsideCount) -> Self {
        let OutsideCount { communes, people, people_count, sites_counted, sites_left_out } = count;
        Self { communes, people, people_count, sites_counted, sites_left_out }
    }
}
