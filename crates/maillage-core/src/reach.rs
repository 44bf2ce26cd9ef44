use crate::in_order::map_in_order;
use crate::{StraightLine, Territory, TravelTime};

/// Travel times from communes to sites: for each site, the communes within a limit and how long their people travel.
///
/// Positions of sites and communes are those of the [`Territory`] it was made for. Minutes stay here, so one
/// computation serves every shorter limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// One more than there are sites.
    offsets: Vec<usize>,
    /// (commune, time), by commune within a site.
    entries: Vec<(u32, TravelTime)>,
    communes: usize,
    limit: Option<TravelTime>,
    beyond: Option<StraightLine>,
}

/// Why times do not make a [`Reach`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReachError {
    /// A time names a site or commune that the territory does not have.
    #[error("a travel time names position {position}, but there are only {count} {what}")]
    Unknown {
        /// "sites" or "communes".
        what: &'static str,
        /// The position named.
        position: u32,
        /// How many there are.
        count: usize,
    },
    /// A pair has two times.
    #[error("site \"{site}\" and commune \"{commune}\" have two travel times")]
    RepeatedPair {
        /// The site's identifier.
        site: String,
        /// The commune's code.
        commune: String,
    },
    /// There would be more pairs than are allowed.
    #[error("the limit brings more than {most} pairs of a commune and a site within reach")]
    TooManyPairs {
        /// The most allowed.
        most: u64,
    },
}

/// 3.2 gigabytes of pairs.
const MOST_PAIRS: usize = 400_000_000;

/// Sites whose rows are computed before they are counted, so that what is refused never fills the memory.
const BATCH: u32 = 512;

impl Reach {
    /// Makes a reach from (site, commune, time) triples in any order; a pair that is absent is not in reach.
    ///
    /// All times are kept, however long.
    ///
    /// # Errors
    /// When a triple names an unknown position, a pair comes twice, or there are more than 400 million triples.
    pub fn from_times(territory: &Territory, times: Vec<(u32, u32, TravelTime)>) -> Result<Self, ReachError> {
        if times.len() > MOST_PAIRS {
            return Err(ReachError::TooManyPairs { most: MOST_PAIRS as u64 });
        }
        let (sites, communes) = (territory.sites(), territory.communes());
        for &(site, commune, _) in &times {
            if site as usize >= sites.len() {
                return Err(ReachError::Unknown { what: "sites", position: site, count: sites.len() });
            }
            if commune as usize >= communes.len() {
                return Err(ReachError::Unknown { what: "communes", position: commune, count: communes.len() });
            }
        }
        let mut times = times;
        times.sort_unstable();
        for (first, second) in times.iter().zip(times.iter().skip(1)) {
            if (first.0, first.1) == (second.0, second.1)
                && let (Some(site), Some(commune)) = (sites.get(first.0 as usize), communes.get(first.1 as usize))
            {
                return Err(ReachError::RepeatedPair { site: site.id.clone(), commune: commune.code.clone() });
            }
        }
        let offsets = (0..=territory.site_count()).map(|site| times.partition_point(|time| time.0 < site)).collect();
        let entries = times.into_iter().map(|(_, commune, time)| (commune, time)).collect();
        Ok(Self { offsets, entries, communes: communes.len(), limit: None, beyond: None })
    }

    /// Makes a reach from a function that gives each site's row, sorted by commune.
    pub(crate) fn from_rows(
        territory: &Territory,
        limit: Option<TravelTime>,
        beyond: Option<StraightLine>,
        row_of: impl Fn(u32) -> Vec<(u32, TravelTime)> + Sync + Send,
    ) -> Result<Self, ReachError> {
        let mut offsets = Vec::with_capacity(territory.sites().len() + 1);
        let mut entries = Vec::new();
        offsets.push(0);
        let mut start = 0;
        while start < territory.site_count() {
            let end = start.saturating_add(BATCH).min(territory.site_count());
            let rows = map_in_order(start..end, &row_of);
            if entries.len() + rows.iter().map(Vec::len).sum::<usize>() > MOST_PAIRS {
                return Err(ReachError::TooManyPairs { most: MOST_PAIRS as u64 });
            }
            for row in rows {
                entries.extend(row);
                offsets.push(entries.len());
            }
            start = end;
        }
        entries.shrink_to_fit();
        Ok(Self { offsets, entries, communes: territory.communes().len(), limit, beyond })
    }

    /// Returns the longest time that was looked for; absent where all times there are were given.
    #[must_use]
    pub const fn limit(&self) -> Option<TravelTime> {
        self.limit
    }

    /// Returns whether there is a row for each site of the territory, over as many communes as it has.
    #[must_use]
    pub fn fits(&self, territory: &Territory) -> bool {
        self.offsets.len() == territory.sites().len() + 1 && self.communes == territory.communes().len()
    }

    /// Returns the communes a site reaches and their times, by commune.
    #[must_use]
    pub fn communes_of(&self, site: u32) -> &[(u32, TravelTime)] {
        let site = site as usize;
        match (self.offsets.get(site), self.offsets.get(site + 1)) {
            (Some(&start), Some(&end)) => self.entries.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Returns the communes a site reaches within a time, ascending.
    pub(crate) fn communes_within(&self, site: u32, within: TravelTime) -> impl Iterator<Item = u32> + '_ {
        self.communes_of(site).iter().filter(move |&&(_, time)| time <= within).map(|&(commune, _)| commune)
    }

    /// Returns for each commune whether any of the sites reaches it within a time.
    pub(crate) fn reached_by(&self, sites: impl IntoIterator<Item = u32>, within: TravelTime) -> Vec<bool> {
        let mut reached = vec![false; self.communes];
        for commune in sites.into_iter().flat_map(|site| self.communes_within(site, within)) {
            if let Some(reached) = reached.get_mut(commune as usize) {
                *reached = true;
            }
        }
        reached
    }

    /// Returns how many (site, commune) pairs are stored.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.entries.len()
    }

    /// Returns for each commune the nearest of the given sites and the time to it, even beyond the limit where the
    /// travel rule can tell; ties go to the smaller position.
    #[must_use]
    pub fn nearest(&self, territory: &Territory, sites: &[u32]) -> Vec<Option<(u32, TravelTime)>> {
        if let Some(straight_line) = self.beyond {
            return straight_line.nearest(territory, sites);
        }
        let mut nearest: Vec<Option<(u32, TravelTime)>> = vec![None; territory.communes().len()];
        for &site in sites {
            for &(commune, time) in self.communes_of(site) {
                if let Some(nearest) = nearest.get_mut(commune as usize)
                    && nearest.is_none_or(|(other, shortest)| (time, site) < (shortest, other))
                {
                    *nearest = Some((site, time));
                }
            }
        }
        nearest
    }
}
