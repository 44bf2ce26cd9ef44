use std::collections::BTreeMap;

use crate::catchment::Catchment;
use crate::hub::Hubs;
use crate::need::Need;
use crate::request::Request;
use crate::{Opening, Reach, Scenario, Territory};

/// What a plan counts by type of site, specialty and hub; empty where the scenario has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantCounts {
    /// By type, in the order of the scenario.
    pub types: Vec<TypeCount>,
    /// By specialty, in the order of the scenario.
    pub specialties: Vec<SpecialtyCount>,
    /// Of hubs; absent where there are none.
    pub hubs: Option<HubCounts>,
}

/// New sites of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeCount {
    /// Its name.
    pub name: String,
    /// New sites.
    pub sites_new: u64,
    /// Whole euros for them, over the horizon.
    pub cost: u64,
    /// Of that, to run them.
    pub yearly: u64,
}

/// Reach of one specialty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialtyCount {
    /// Its name.
    pub name: String,
    /// People who need it.
    pub people: u64,
    /// Of them, in reach of an existing site that offers it.
    pub reached_before: u64,
    /// Of them, in reach of new sites that offer it only.
    pub newly_reached: u64,
    /// Open sites that offer it, existing ones too.
    pub sites: u64,
}

/// New sites by the hub they lean on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubCounts {
    /// For each hub, by identifier, how many new sites lean on it; hubs without any too.
    pub spokes: Vec<(String, u64)>,
    /// Candidates that are not forbidden, and have no hub near enough: they never open.
    pub candidates_without: u64,
}

impl VariantCounts {
    /// Counts the openings of a plan.
    pub(crate) fn of(
        scenario: &Scenario,
        territory: &Territory,
        reach: &Reach,
        catchment: &Catchment<'_>,
        openings: &[Opening],
    ) -> Self {
        let hubs = scenario.hub.as_ref().map(|hub| {
            let mut spokes: BTreeMap<u32, u64> = hub.all(territory).into_iter().map(|hub| (hub, 0)).collect();
            for hub in openings.iter().filter_map(|opening| opening.hub) {
                *spokes.entry(hub).or_default() += 1;
            }
            let hubs = Hubs::of(scenario, territory, reach);
            let may_open = Request::of(scenario, territory).map(|request| request.may_open(territory));
            let without = may_open.unwrap_or_default().into_iter().filter(|&site| hubs.of_site(site).is_empty());
            let named = |(hub, count): (u32, u64)| Some((territory.sites().get(hub as usize)?.id.clone(), count));
            HubCounts {
                spokes: spokes.into_iter().filter_map(named).collect(),
                candidates_without: without.count() as u64,
            }
        });
        Self {
            types: types(scenario, territory, openings),
            specialties: specialties(scenario, territory, catchment, openings),
            hubs,
        }
    }
}

fn types(scenario: &Scenario, territory: &Territory, openings: &[Opening]) -> Vec<TypeCount> {
    let count_of = |(kind, stated): (u32, &crate::SiteType)| {
        let of_kind = || openings.iter().filter(|opening| opening.kind == Some(kind));
        let site = |opening: &Opening| territory.sites().get(opening.site as usize);
        let sites_new = of_kind().count() as u64;
        TypeCount {
            name: stated.name.clone(),
            sites_new,
            cost: of_kind().filter_map(|opening| Some(scenario.cost_of(site(opening)?, *opening))).sum(),
            yearly: stated.yearly(scenario.years()).saturating_mul(sites_new),
        }
    };
    (0..).zip(&scenario.r#type).map(count_of).collect()
}

fn specialties(
    scenario: &Scenario,
    territory: &Territory,
    catchment: &Catchment<'_>,
    openings: &[Opening],
) -> Vec<SpecialtyCount> {
    let need = Need::of(scenario);
    let count_of = |(position, specialty): (u32, &crate::Specialty)| {
        let offering = |opening: &Opening| catchment.offers(*opening, Some(position));
        let existing = || catchment.existing().filter(offering);
        let new = || openings.iter().copied().filter(offering);
        let before = catchment.reached_by(existing(), scenario.within);
        let after = catchment.reached_by(new(), scenario.within);
        let mut count = SpecialtyCount {
            name: specialty.name.clone(),
            people: 0,
            reached_before: 0,
            newly_reached: 0,
            sites: (existing().count() + new().count()) as u64,
        };
        for ((commune, before), after) in territory.communes().iter().zip(before).zip(after) {
            let people = specialty.people(need, scenario.missing_access, commune).unwrap_or(0);
            count.people += people;
            if before {
                count.reached_before += people;
            } else if after {
                count.newly_reached += people;
            }
        }
        count
    };
    (0..).zip(&scenario.specialty).map(count_of).collect()
}
