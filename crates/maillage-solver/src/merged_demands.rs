use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::{DemandId, Fixing, Problem, SiteId};

/// Demands that still matter, those with equal cover sets as one.
pub(crate) struct MergedDemands {
    pub(crate) demands: Vec<Option<DemandId>>,
    pub(crate) weights: Vec<u64>,
}

impl MergedDemands {
    pub(crate) fn of(problem: &Problem, fixings: &[Fixing], open: &[SiteId]) -> Self {
        let coverage = problem.coverage();
        let mut covered = vec![false; coverage.demands()];
        for &site in open {
            for demand in coverage.demands_of(site) {
                covered[demand.index()] = true;
            }
        }
        let mut by_fingerprint: HashMap<u64, Vec<DemandId>, BuildHasherDefault<DefaultHasher>> = HashMap::default();
        let mut demands = vec![None; coverage.demands()];
        let mut weights: Vec<u64> = Vec::new();
        let mut first: Vec<DemandId> = Vec::new();
        let free_sites =
            |demand: DemandId| coverage.sites_of(demand).iter().filter(|site| fixings[site.index()] == Fixing::Free);
        for demand in (0..coverage.demands()).map(DemandId::at) {
            let weight = problem.weights()[demand.index()];
            let Some(fingerprint) = fingerprint(free_sites(demand)) else { continue };
            if covered[demand.index()] || (weight == 0 && problem.floors_of(demand).is_empty()) {
                continue;
            }
            let alike = by_fingerprint.entry(fingerprint).or_default();
            let twin = alike.iter().find(|other| free_sites(first[other.index()]).eq(free_sites(demand)));
            let target = if let Some(&twin) = twin {
                weights[twin.index()] += weight;
                twin
            } else {
                let target = DemandId::at(weights.len());
                alike.push(target);
                weights.push(weight);
                first.push(demand);
                target
            };
            demands[demand.index()] = Some(target);
        }
        Self { demands, weights }
    }

    /// Returns for each free site the merged demands that it covers, ascending.
    pub(crate) fn rows(&self, larger: &Problem, free: &[SiteId]) -> Vec<Vec<u32>> {
        free.iter()
            .map(|&site| {
                let mut row: Vec<u32> = larger
                    .coverage()
                    .demands_of(site)
                    .iter()
                    .filter_map(|demand| self.demands[demand.index()].map(|demand| demand.0))
                    .collect();
                row.sort_unstable();
                row.dedup();
                row
            })
            .collect()
    }
}

/// Mixes a list of sites into 64 bits (FNV-1a over whole words); none for an empty list.
fn fingerprint<'a>(sites: impl Iterator<Item = &'a SiteId>) -> Option<u64> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut any = false;
    for site in sites {
        hash = (hash ^ u64::from(site.0)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
        any = true;
    }
    any.then_some(hash)
}
