use std::collections::BTreeSet;
use std::ops::Range;

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

/// Sites whose rows are computed together: only their pairs are ever held twice.
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

    /// Makes a reach up to a limit from one row for each site: the communes it reaches, ascending, and their times.
    ///
    /// # Errors
    /// When there is a row too many, a row names an unknown commune or one twice, or there are more than 400 million
    /// pairs.
    pub fn up_to(
        territory: &Territory,
        limit: TravelTime,
        rows: Vec<Vec<(u32, TravelTime)>>,
    ) -> Result<Self, ReachError> {
        let (sites, communes) = (territory.site_count(), territory.communes());
        let pairs = rows.iter().map(Vec::len).sum::<usize>();
        if pairs > MOST_PAIRS {
            return Err(ReachError::TooManyPairs { most: MOST_PAIRS as u64 });
        }
        if rows.len() > sites as usize {
            return Err(ReachError::Unknown { what: "sites", position: sites, count: sites as usize });
        }
        let mut offsets = vec![0];
        let mut entries: Vec<(u32, TravelTime)> = Vec::with_capacity(pairs);
        let mut rows = rows.into_iter();
        for site in territory.sites() {
            let row = rows.next().unwrap_or_default();
            for (&(commune, _), following) in row.iter().zip(row.iter().skip(1).map(Some).chain([None])) {
                let Some(known) = communes.get(commune as usize) else {
                    return Err(ReachError::Unknown { what: "communes", position: commune, count: communes.len() });
                };
                if following.is_some_and(|following| following.0 <= commune) {
                    return Err(ReachError::RepeatedPair { site: site.id.clone(), commune: known.code.clone() });
                }
            }
            entries.extend(row);
            offsets.push(entries.len());
        }
        Ok(Self { offsets, entries, communes: communes.len(), limit: Some(limit), beyond: None })
    }

    /// Makes a reach again from the rows of one made before ([`Reach::communes_of`] of each site, one after the other),
    /// where each begins with the end of the last one after them, its limit, and the straight line that it was made of.
    ///
    /// # Errors
    /// When the rows are not one for each site, or one does not name communes of the territory in rising order.
    pub fn again(
        territory: &Territory,
        limit: Option<TravelTime>,
        (offsets, entries): (Vec<usize>, Vec<(u32, TravelTime)>),
        line: Option<StraightLine>,
    ) -> Result<Self, ReachError> {
        let (sites, communes) = (territory.sites(), territory.communes());
        let are_rows = offsets.len() == sites.len() + 1
            && offsets.is_sorted()
            && (offsets.first(), offsets.last()) == (Some(&0), Some(&entries.len()));
        if !are_rows {
            let position = u32::try_from(offsets.len().saturating_sub(1)).unwrap_or(u32::MAX);
            return Err(ReachError::Unknown { what: "sites", position, count: sites.len() });
        }
        let made = Self { offsets, entries, communes: communes.len(), limit, beyond: line };
        for (number, site) in (0..).zip(sites) {
            let row = made.communes_of(number);
            if let Some(&(position, _)) = row.last().filter(|&&(last, _)| last as usize >= communes.len()) {
                return Err(ReachError::Unknown { what: "communes", position, count: communes.len() });
            }
            let twice = row.windows(2).find(|pair| matches!(pair, [one, other] if one.0 >= other.0));
            if let Some([(commune, _), _]) = twice {
                let commune = communes.get(*commune as usize).map(|commune| commune.code.clone()).unwrap_or_default();
                return Err(ReachError::RepeatedPair { site: site.id.clone(), commune });
            }
        }
        Ok(made)
    }

    /// Makes a reach up to a limit from a function that counts the pairs of a site and one that gives them, sorted by
    /// commune.
    ///
    /// The straight line tells times beyond the limit.
    pub(crate) fn from_rows(
        territory: &Territory,
        limit: TravelTime,
        beyond: StraightLine,
        count_of: impl Fn(u32) -> usize + Sync + Send,
        row_of: impl Fn(u32) -> Vec<(u32, TravelTime)> + Sync + Send,
    ) -> Result<Self, ReachError> {
        if territory.sites().len().saturating_mul(territory.communes().len()) > MOST_PAIRS {
            refuse_above(MOST_PAIRS, territory.site_count(), count_of)?;
        }
        let mut offsets = Vec::with_capacity(territory.sites().len() + 1);
        let mut entries = Vec::new();
        offsets.push(0);
        for batch in batches(territory.site_count()) {
            for row in map_in_order(batch, &row_of) {
                entries.extend(row);
                offsets.push(entries.len());
            }
        }
        entries.shrink_to_fit();
        Ok(Self { offsets, entries, communes: territory.communes().len(), limit: Some(limit), beyond: Some(beyond) })
    }

    /// Returns the same reach without what some sites reach, by their positions: they are lost and serve nobody.
    ///
    /// Times beyond the limit are not known then, since a straight line would find the way to a lost site.
    ///
    /// ```
    /// # use maillage_core::{Commune, Position, Reach, Site, SiteState, Territory, TravelTime};
    /// # let at = Position::new(6.0, 49.0)?;
    /// # let commune = Commune {
    /// #     code: "57001".to_owned(), name: String::new(), territory: String::new(), density: None, population: 10,
    /// #     access: None, weight: None, acts: None, origin: at, geometry: geo::Point::new(6.0, 49.0).into(),
    /// #     columns: std::collections::BTreeMap::new(),
    /// # };
    /// # let site = |id: &str| Site {
    /// #     id: id.to_owned(), name: String::new(), kind: String::new(), state: SiteState::Candidate, cost: 1, commune: None,
    /// #     territory: None, position: at, columns: std::collections::BTreeMap::new(),
    /// # };
    /// # let territory = Territory::new(vec![commune], vec![site("a"), site("b")])?;
    /// # let five = TravelTime::from_minutes(5);
    /// let reach = Reach::from_times(&territory, vec![(0, 0, five), (1, 0, five)])?;
    /// let left = reach.without(&[0].into());
    /// assert_eq!((left.communes_of(0), left.communes_of(1)), (&[][..], reach.communes_of(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without(&self, lost: &BTreeSet<u32>) -> Self {
        let sites = u32::try_from(self.offsets.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let mut offsets = vec![0];
        let mut entries = Vec::with_capacity(self.entries.len());
        for site in 0..sites {
            if !lost.contains(&site) {
                entries.extend_from_slice(self.communes_of(site));
            }
            offsets.push(entries.len());
        }
        Self { offsets, entries, communes: self.communes, limit: self.limit, beyond: None }
    }

    /// Returns the straight line that times beyond the limit are told by, where there is one.
    #[must_use]
    pub const fn straight_line(&self) -> Option<StraightLine> {
        self.beyond
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

fn batches(sites: u32) -> impl Iterator<Item = Range<u32>> {
    let starts = (0..sites).step_by(BATCH as usize);
    starts.map(move |start| start..start.saturating_add(BATCH).min(sites))
}

/// Counts pairs before any is stored, and stops as soon as there are too many.
fn refuse_above(most: usize, sites: u32, count_of: impl Fn(u32) -> usize + Sync + Send) -> Result<(), ReachError> {
    let mut pairs = 0;
    for batch in batches(sites) {
        pairs += map_in_order(batch, &count_of).into_iter().sum::<usize>();
        if pairs > most {
            return Err(ReachError::TooManyPairs { most: most as u64 });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_before_they_are_stored() {
        let counted = |sites, most| refuse_above(most, sites, |site| if site % 2 == 0 { 3 } else { 0 });
        assert_eq!(counted(2_000, 3_000), Ok(()));
        assert_eq!(counted(2_000, 2_999), Err(ReachError::TooManyPairs { most: 2_999 }));
        assert_eq!(counted(0, 0), Ok(()));
    }

    #[test]
    fn batches_hold_each_site_once() {
        for sites in [0, 1, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH] {
            assert_eq!(batches(sites).flatten().collect::<Vec<_>>(), (0..sites).collect::<Vec<_>>());
        }
        assert_eq!(batches(u32::MAX).last().map(|batch| batch.end), Some(u32::MAX));
    }
}
