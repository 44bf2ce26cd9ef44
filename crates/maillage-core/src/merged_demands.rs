use std::collections::HashMap;

use maillage_solver::{Coverage, CoverageError, DemandId, SiteId};

/// Demands of all scenarios, those that the same sites reach as one, in the order in which they come first.
#[derive(Default)]
pub(crate) struct MergedDemands {
    position: HashMap<Vec<SiteId>, usize>,
    pub(crate) weights: Vec<Vec<(usize, u64)>>,
    covers: Vec<Vec<SiteId>>,
}

impl MergedDemands {
    /// Adds a demand of a scenario that these sites reach; returns which of all demands it is.
    pub(crate) fn add(&mut self, mut cover: Vec<SiteId>, scenario: usize, weight: u64) -> DemandId {
        cover.sort_unstable();
        let next = self.covers.len();
        let position = *self.position.entry(cover).or_insert_with_key(|cover| {
            self.covers.push(cover.clone());
            self.weights.push(Vec::new());
            next
        });
        if let Some(parts) = self.weights.get_mut(position) {
            match parts.last_mut() {
                Some((last, sum)) if *last == scenario => *sum += weight,
                _ => parts.push((scenario, weight)),
            }
        }
        DemandId(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// Returns which of so many sites reaches which demand.
    pub(crate) fn coverage(&self, sites: usize) -> Result<Coverage, CoverageError> {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); sites];
        for (demand, cover) in (0..).zip(&self.covers) {
            for site in cover {
                if let Some(row) = rows.get_mut(site.index()) {
                    row.push(demand);
                }
            }
        }
        let demands = u32::try_from(self.covers.len()).unwrap_or(u32::MAX);
        Coverage::from_rows(demands, &rows)
    }
}
