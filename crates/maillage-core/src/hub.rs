use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Reach, Scenario, Site, SiteState, StraightLine, Territory, Travel, TravelTime};

/// Reference sites that new ones lean on: `[hub]` in a scenario. Every new site has one hub.
///
/// ```
/// use maillage_core::{Hub, HubChoice};
///
/// let hub: Hub = serde_json::from_str(r#"{"kind": ["hospital"], "within": "45min", "most": 12}"#)?;
/// assert_eq!((hub.choose, hub.most), (HubChoice::Nearest, Some(12)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Hub {
    /// Existing sites of these kinds are hubs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// So are these existing sites, by identifier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<String>,
    /// From the commune of a new site to its hub: at most this long.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub within: Option<TravelTime>,
    /// At most this many new sites lean on one hub.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// Which hub: `nearest`, or `any` within reach, as the plan needs it.
    #[serde(skip_serializing_if = "HubChoice::is_nearest")]
    pub choose: HubChoice,
}

/// Which hub a new site leans on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HubChoice {
    /// The nearest one; of two as near, the one of smaller identifier.
    #[default]
    Nearest,
    /// Any one within reach.
    Any,
}

impl HubChoice {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    const fn is_nearest(&self) -> bool {
        matches!(self, Self::Nearest)
    }
}

impl Hub {
    /// Returns whether an existing site is a hub.
    pub(crate) fn is_one(&self, site: &Site) -> bool {
        site.state == SiteState::Existing && (self.kind.contains(&site.kind) || self.sites.contains(&site.id))
    }

    /// Returns the hubs of a territory, by position.
    pub(crate) fn all(&self, territory: &Territory) -> Vec<u32> {
        let is_one = |site: &u32| territory.sites().get(*site as usize).is_some_and(|site| self.is_one(site));
        territory.existing().filter(is_one).collect()
    }

    /// Returns for each commune the hubs that are near enough, the nearest first, with their times.
    fn near(&self, scenario: &Scenario, territory: &Territory, reach: &Reach) -> Vec<Vec<(TravelTime, u32)>> {
        let mut near: Vec<Vec<(TravelTime, u32)>> = vec![Vec::new(); territory.communes().len()];
        let is_near = |time: TravelTime| self.within.is_none_or(|within| time <= within);
        let line = match scenario.travel {
            Travel::StraightLine { speed, detour } => StraightLine::new(speed, detour).ok(),
            Travel::Times | Travel::Roads | Travel::Kept => None,
        };
        for hub in self.all(territory) {
            if let (Some(line), Some(site)) = (line, territory.sites().get(hub as usize)) {
                for (commune, near) in territory.communes().iter().zip(&mut near) {
                    let time = line.time(commune.origin, site.position);
                    near.extend(is_near(time).then_some((time, hub)));
                }
            } else {
                for &(commune, time) in reach.communes_of(hub) {
                    if let Some(near) = near.get_mut(commune as usize) {
                        near.extend(is_near(time).then_some((time, hub)));
                    }
                }
            }
        }
        for near in &mut near {
            near.sort_unstable();
        }
        near
    }
}

/// For each site of a territory the hubs it may lean on.
#[derive(Clone, Debug)]
pub(crate) struct Hubs {
    of_site: Option<Vec<Vec<u32>>>,
}

impl Hubs {
    pub(crate) fn of(scenario: &Scenario, territory: &Territory, reach: &Reach) -> Self {
        let Some(hub) = &scenario.hub else { return Self { of_site: None } };
        let near = hub.near(scenario, territory, reach);
        // Without a largest number of spokes, the nearest hub is as good as any.
        let most = if hub.choose == HubChoice::Any && hub.most.is_some() { usize::MAX } else { 1 };
        let of = |site: u32| {
            let host = territory.host_of(site).and_then(|host| near.get(host as usize));
            host.into_iter().flatten().take(most).map(|entry| entry.1).collect()
        };
        Self { of_site: Some((0..territory.site_count()).map(of).collect()) }
    }

    /// Returns the hubs a candidate may lean on; one absent hub where the scenario has none.
    pub(crate) fn of_site(&self, site: u32) -> Vec<Option<u32>> {
        match &self.of_site {
            None => vec![None],
            Some(all) => all.get(site as usize).into_iter().flatten().map(|&hub| Some(hub)).collect(),
        }
    }
}
