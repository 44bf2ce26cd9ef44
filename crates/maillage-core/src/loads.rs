use crate::consultations::Consultations;
use crate::{Reach, Scenario, Territory};

/// What the open sites of a plan are asked for and can serve, in consultations a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLoads {
    /// What the under-served people need.
    pub need: u64,
    /// Of that, in reach of an open site.
    pub need_in_reach: u64,
    /// What all open sites can serve.
    pub capacity: u64,
    /// Everybody in reach goes to the nearest open site, the one of smaller identifier where two are as near.
    pub nearest: LoadCount,
    /// The need of each commune is shared among the open sites in reach, in proportion to their capacities.
    pub proportional: LoadCount,
    /// What existing sites serve at best, and what they and the new ones do; only of plans within capacity.
    pub served: Option<(u64, u64)>,
    /// One for each open site, by identifier.
    pub sites: Vec<SiteLoad>,
}

/// Loads under one way of sharing need among sites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadCount {
    /// What sites can serve of what they are asked for.
    pub served: u64,
    /// What they are asked for beyond their capacities.
    pub beyond: u64,
    /// How many sites are asked for more than they can serve.
    pub sites_over: u64,
}

/// What one open site is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteLoad {
    /// Its position in the territory.
    pub site: u32,
    /// Its identifier.
    pub id: String,
    /// Consultations a year it can serve.
    pub capacity: u64,
    /// Asked for when everybody goes to the nearest site.
    pub nearest: u64,
    /// Asked for when need is shared in proportion to capacity.
    pub proportional: u64,
    /// What it serves in the plan; only of plans within capacity.
    pub served: Option<u64>,
}

impl PlanLoads {
    /// Counts the loads of open sites; absent where the scenario speaks of no capacity.
    pub(crate) fn of(scenario: &Scenario, territory: &Territory, reach: &Reach, open: &[u32]) -> Option<Self> {
        let capacity = scenario.capacity.as_ref()?;
        let Consultations { capacities, needs } = Consultations::of(scenario, capacity, territory).ok()?;
        let mut open = open.to_vec();
        open.sort_unstable();
        // For each commune the open sites in reach: (time, position among the open ones).
        let mut in_reach = vec![Vec::new(); needs.len()];
        for (position, &site) in open.iter().enumerate() {
            for &(commune, time) in reach.communes_of(site) {
                if let Some(sites) = in_reach.get_mut(commune as usize).filter(|_| time <= scenario.within) {
                    sites.push((time, position));
                }
            }
        }
        let capacity_of = |site: u32| capacities.get(site as usize).copied().unwrap_or_default();
        let load = |&site: &u32| SiteLoad {
            site,
            id: territory.sites().get(site as usize).map(|site| site.id.clone()).unwrap_or_default(),
            capacity: capacity_of(site),
            nearest: 0,
            proportional: 0,
            served: None,
        };
        let mut sites: Vec<SiteLoad> = open.iter().map(load).collect();
        for (near, &need) in in_reach.iter().zip(&needs) {
            if let Some(load) = near.iter().min().and_then(|&(_, position)| sites.get_mut(position)) {
                load.nearest += need;
            }
            let shares: Vec<u64> =
                near.iter().map(|&(_, position)| sites.get(position).map_or(0, |load| load.capacity)).collect();
            for (&(_, position), share) in near.iter().zip(in_proportion(need, &shares)) {
                if let Some(load) = sites.get_mut(position) {
                    load.proportional += share;
                }
            }
        }
        let count = |load_of: fn(&SiteLoad) -> u64| {
            let add = |count: LoadCount, load: &SiteLoad| LoadCount {
                served: count.served + load_of(load).min(load.capacity),
                beyond: count.beyond + load_of(load).saturating_sub(load.capacity),
                sites_over: count.sites_over + u64::from(load_of(load) > load.capacity),
            };
            sites.iter().fold(LoadCount::default(), add)
        };
        Some(Self {
            need: needs.iter().sum(),
            need_in_reach: needs.iter().zip(&in_reach).filter(|(_, near)| !near.is_empty()).map(|entry| entry.0).sum(),
            capacity: sites.iter().map(|load| load.capacity).sum(),
            nearest: count(|load| load.nearest),
            proportional: count(|load| load.proportional),
            served: None,
            sites,
        })
    }
}

/// Shares a whole number in proportion to others, all of it; evenly where these are all 0.
///
/// The shares up to each place are rounded down together, so that none is off by one or more.
fn in_proportion(whole: u64, parts: &[u64]) -> Vec<u64> {
    let even = parts.iter().all(|&part| part == 0);
    let part_of = |&part: &u64| if even { 1 } else { u128::from(part) };
    let total: u128 = parts.iter().map(part_of).sum();
    let (mut so_far, mut given) = (0, 0);
    let share = |part: &u64| {
        so_far += part_of(part);
        let until = u64::try_from(u128::from(whole) * so_far / total.max(1)).unwrap_or(whole);
        let share = until - given;
        given = until;
        share
    };
    parts.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::in_proportion;

    #[test]
    fn shares_add_up_to_the_whole() {
        assert_eq!(in_proportion(10, &[1, 1, 1]), [3, 3, 4]);
        assert_eq!(in_proportion(10, &[3, 0, 7]), [3, 0, 7]);
        assert_eq!(in_proportion(5, &[0, 0]), [2, 3]);
        assert!(in_proportion(5, &[]).is_empty());
    }
}
