use std::collections::BTreeMap;

use super::Recount;
use super::tally::Tally;
use crate::plan::share;
use crate::{Commune, DensityCount, Reached, RuralShares, TerritoryCount, ThresholdCount};

/// Thresholds every plan is counted at, beside its own: under-dense for the health ministry's statistics office, and
/// for the regional road maps.
const THRESHOLDS: [f64; 2] = [2.5, 4.0];

/// Counts by groups of people: rural ones, those of a territory, of a density, and under a threshold.
impl Recount<'_> {
    fn is_rural(&self, site: u32) -> Option<bool> {
        let host = self.territory.host_of(site)?;
        self.territory.communes().get(host as usize)?.is_rural()
    }

    pub(crate) fn rural(&self) -> Option<RuralShares> {
        let communes = self.territory.communes();
        communes.iter().any(|commune| commune.density.is_some()).then(|| RuralShares {
            sites_new: share_that_holds(self.new.iter().filter_map(|&site| Some((self.is_rural(site)?, 1)))),
            sites_all: share_that_holds(
                self.new.iter().chain(&self.existing).filter_map(|&site| Some((self.is_rural(site)?, 1))),
            ),
            people_newly_reached: share_that_holds(self.crowds().filter_map(|(_, commune, people, reached)| {
                (reached == Reached::Newly).then_some(()).and(Some((commune.is_rural()?, people)))
            })),
        })
    }

    pub(crate) fn by_territory(&self) -> Vec<TerritoryCount> {
        let counts = self.counts_by(|commune| commune.territory.as_str(), |site| self.territory.territory_of(site));
        if counts.keys().all(|name| name.is_empty()) {
            return Vec::new();
        }
        let count_of = |(name, (tally, sites_new)): (&str, (Tally, u64))| TerritoryCount {
            territory: name.to_owned(),
            under_served: tally.under_served,
            reached_before: tally.reached_before,
            newly_reached: tally.newly_reached,
            sites_new,
        };
        counts.into_iter().map(count_of).collect()
    }

    pub(crate) fn by_density(&self) -> Vec<DensityCount> {
        let communes = self.territory.communes();
        if communes.iter().all(|commune| commune.density.is_none()) {
            return Vec::new();
        }
        // What has no class comes behind all classes.
        let key = |density: Option<u8>| (density.is_none(), density);
        let host_of = |site: u32| self.territory.host_of(site).and_then(|host| communes.get(host as usize));
        let counts =
            self.counts_by(|commune| key(commune.density), |site| key(host_of(site).and_then(|host| host.density)));
        let count_of = |((_, density), (tally, sites_new)): ((bool, Option<u8>), (Tally, u64))| DensityCount {
            density,
            under_served: tally.under_served,
            reached_before: tally.reached_before,
            newly_reached: tally.newly_reached,
            sites_new,
        };
        counts.into_iter().map(count_of).collect()
    }

    /// Counts people by a key of their commune, and new sites by a key of their own.
    fn counts_by<'s, K: Ord>(
        &'s self,
        of_commune: impl Fn(&'s Commune) -> K,
        of_site: impl Fn(u32) -> K,
    ) -> BTreeMap<K, (Tally, u64)> {
        let mut counts: BTreeMap<K, (Tally, u64)> = BTreeMap::new();
        for (_, commune, people, reached) in self.crowds() {
            counts.entry(of_commune(commune)).or_default().0.add(people, reached);
        }
        for &site in self.new {
            counts.entry(of_site(site)).or_default().1 += 1;
        }
        counts
    }

    pub(crate) fn by_threshold(&self) -> Vec<ThresholdCount> {
        if self.territory.communes().iter().all(|commune| commune.access.is_none()) {
            return Vec::new();
        }
        let mut thresholds: Vec<f64> = THRESHOLDS.into_iter().chain(self.scenario.under).collect();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let count_at = |under: f64| {
            let Tally { under_served, reached_before, newly_reached } = self.tally(self.need.under(under));
            ThresholdCount { under, under_served, reached_before, newly_reached }
        };
        thresholds.into_iter().map(count_at).collect()
    }
}

/// Returns the share of the counts that hold; absent when there are none.
fn share_that_holds(counts: impl Iterator<Item = (bool, u64)>) -> Option<f64> {
    let (mut part, mut whole) = (0, 0);
    for (holds, count) in counts {
        whole += count;
        if holds {
            part += count;
        }
    }
    (whole > 0).then(|| share(part, whole))
}
