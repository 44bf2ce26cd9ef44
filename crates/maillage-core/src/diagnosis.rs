use crate::{Reach, Scenario, Territory, TravelTime};

/// The state of things before any siting.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// Inhabitants.
    pub population: u64,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Shares reached by limit: 5, 10, 15, 20, 30 minutes and the scenario's own.
    pub by_limit: Vec<LimitShare>,
    /// By territory.
    pub by_territory: Vec<DiagnosisGroup>,
    /// By density class.
    pub by_density: Vec<DiagnosisGroup>,
    /// Access figure against minutes to the nearest existing site.
    pub need_and_presence: Option<RankCorrelation>,
    /// Access figure against acts for each inhabitant, where a column of use is named.
    pub need_and_use: Option<RankCorrelation>,
    /// For each commune of the territory, its nearest existing site and the time to it.
    pub nearest: Vec<Option<(u32, TravelTime)>>,
}

/// People reached by existing sites within one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitShare {
    /// The limit.
    pub within: TravelTime,
    /// Under-served people within it.
    pub under_served: u64,
    /// All people within it.
    pub people: u64,
}

/// Counts of one territory or density class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosisGroup {
    /// Its name, or its class from 1 to 7.
    pub group: String,
    /// Communes.
    pub communes: u64,
    /// Inhabitants.
    pub population: u64,
    /// Under-served people.
    pub under_served: u64,
    /// Of them, in reach of existing sites.
    pub reached_before: u64,
    /// Existing sites that stand there.
    pub sites_existing: u64,
}

/// Kendall's tau-b over populated communes, each counted once whatever its people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    /// From -1 to 1.
    pub tau_b: f64,
    /// Communes compared.
    pub communes: u64,
    /// Pairs tied in the access figure.
    pub ties_access: u64,
    /// Pairs tied in the other figure.
    pub ties_other: u64,
}

impl Diagnosis {
    /// Describes the territory before any siting.
    #[must_use]
    pub fn of(territory: &Territory, reach: &Reach, scenario: &Scenario) -> Self {
        let _ = (territory, reach, scenario);
        todo!()
    }
}
