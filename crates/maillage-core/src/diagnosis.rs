use std::collections::BTreeMap;

use crate::need::Need;
use crate::{Commune, RankCorrelation, Reach, Scenario, Territory, TravelTime};

/// The state of things before any siting.
///
/// The correlations compare communes, a village as much as a town; they weigh no people, and say nothing about
/// causes. Access figures are high where care is near: where sites stand in places of need, fewer minutes go with a
/// lower figure, and `need_and_presence` is above 0.
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
    /// By territory, by name; empty where no territories are known. What belongs to none has the name "".
    pub by_territory: Vec<DiagnosisGroup>,
    /// By density class, "1" to "7" and "unknown"; empty where no class is known.
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

/// Limits that shares are given for, in minutes.
const LIMITS: [u32; 5] = [5, 10, 15, 20, 30];

impl Diagnosis {
    /// Describes the territory before any siting.
    ///
    /// Times to existing sites are known beyond the limit of the reach for a straight line; for a table, as far as it
    /// goes.
    #[must_use]
    pub fn of(territory: &Territory, reach: &Reach, scenario: &Scenario) -> Self {
        let existing: Vec<u32> = territory.existing().collect();
        let nearest = reach.nearest(territory, &existing);
        let need = Need::of(scenario);
        let counted: Vec<Counted<'_>> = territory
            .communes()
            .iter()
            .zip(&nearest)
            .map(|(commune, nearest)| Counted {
                commune,
                under_served: need.people(commune),
                time: nearest.map(|(_, time)| time),
            })
            .collect();
        let under_served_within = |within: TravelTime| -> u64 {
            counted.iter().filter(|it| it.is_within(within)).map(|it| it.under_served).sum()
        };
        let mut limits: Vec<TravelTime> = LIMITS.into_iter().map(TravelTime::from_minutes).collect();
        limits.push(scenario.within);
        limits.sort_unstable();
        limits.dedup();
        let share_of = |within| LimitShare {
            within,
            under_served: under_served_within(within),
            people: counted.iter().filter(|it| it.is_within(within)).map(|it| it.commune.population).sum(),
        };
        let territory_of = |site| territory.territory_of(site).to_owned();
        let class_of = |site| {
            let host = territory.host_of(site).and_then(|host| territory.communes().get(host as usize));
            density_class(host.and_then(|host| host.density))
        };
        let sites_by = |name: &dyn Fn(u32) -> String| existing.iter().map(|&site| name(site)).collect();
        Self {
            population: counted.iter().map(|it| it.commune.population).sum(),
            under_served: counted.iter().map(|it| it.under_served).sum(),
            reached_before: under_served_within(scenario.within),
            by_limit: limits.into_iter().map(share_of).collect(),
            by_territory: groups(&counted, scenario.within, |it| it.territory.clone(), sites_by(&territory_of), ""),
            by_density: groups(
                &counted,
                scenario.within,
                |it| density_class(it.density),
                sites_by(&class_of),
                UNKNOWN_CLASS,
            ),
            need_and_presence: correlation(&counted, |it| it.time.map(|time| f64::from(time.deciseconds()))),
            need_and_use: correlation(&counted, |it| it.commune.acts.map(|acts| acts / inhabitants(it.commune))),
            nearest,
        }
    }
}

/// A commune with what is counted of it.
struct Counted<'a> {
    commune: &'a Commune,
    under_served: u64,
    /// To the nearest existing site, where known.
    time: Option<TravelTime>,
}

impl Counted<'_> {
    fn is_within(&self, within: TravelTime) -> bool {
        self.time.is_some_and(|time| time <= within)
    }
}

/// The density class of communes whose class is not known.
const UNKNOWN_CLASS: &str = "unknown";

fn density_class(density: Option<u8>) -> String {
    density.map_or_else(|| UNKNOWN_CLASS.to_owned(), |class| class.to_string())
}

/// Counts by group, by name; nothing when every group is the unknown one.
fn groups(
    counted: &[Counted<'_>],
    within: TravelTime,
    name: impl Fn(&Commune) -> String,
    sites: Vec<String>,
    unknown: &str,
) -> Vec<DiagnosisGroup> {
    let mut groups: BTreeMap<String, DiagnosisGroup> = BTreeMap::new();
    let empty = |group: &str| DiagnosisGroup {
        group: group.to_owned(),
        communes: 0,
        population: 0,
        under_served: 0,
        reached_before: 0,
        sites_existing: 0,
    };
    for it in counted {
        let name = name(it.commune);
        let group = groups.entry(name.clone()).or_insert_with(|| empty(&name));
        group.communes += 1;
        group.population += it.commune.population;
        group.under_served += it.under_served;
        group.reached_before += if it.is_within(within) { it.under_served } else { 0 };
    }
    for name in sites {
        groups.entry(name.clone()).or_insert_with(|| empty(&name)).sites_existing += 1;
    }
    if groups.keys().all(|name| name == unknown) { Vec::new() } else { groups.into_values().collect() }
}

/// Compares the access figure with another one, over communes that have people and both.
fn correlation(counted: &[Counted<'_>], other: impl Fn(&Counted<'_>) -> Option<f64>) -> Option<RankCorrelation> {
    let populated = counted.iter().filter(|it| it.commune.population > 0);
    RankCorrelation::of(populated.filter_map(|it| Some((it.commune.access?, other(it)?))).collect())
}

#[expect(clippy::cast_precision_loss, reason = "a territory's people are exact as floating-point numbers")]
fn inhabitants(commune: &Commune) -> f64 {
    commune.population as f64
}
