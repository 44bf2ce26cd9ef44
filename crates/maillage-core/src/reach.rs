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

impl Reach {
    /// Makes a reach from (site, commune, time) triples in any order; a pair that is absent is not in reach.
    ///
    /// # Errors
    /// When a triple names an unknown position, or a pair comes twice.
    pub fn from_times(territory: &Territory, times: Vec<(u32, u32, TravelTime)>) -> Result<Self, ReachError> {
        let _ = (territory, times);
        todo!()
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

    /// Returns how many (site, commune) pairs are stored.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.entries.len()
    }

    /// Returns for each commune the nearest of the given sites and the time to it, even beyond the limit where the
    /// travel rule can tell; ties go to the smaller position.
    #[must_use]
    pub fn nearest(&self, territory: &Territory, sites: &[u32]) -> Vec<Option<(u32, TravelTime)>> {
        let _ = (territory, sites, self.communes, self.limit, self.beyond);
        todo!()
    }
}
