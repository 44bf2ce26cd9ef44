use crate::{DemandId, SiteId};

/// Which site covers which demand: compressed rows of sites, and their transpose.
///
/// Rows are sorted and hold each demand once. Both directions are stored, 8 bytes a pair in all.
///
/// ```
/// use maillage_solver::{Coverage, DemandId, SiteId};
///
/// let coverage = Coverage::from_rows(3, &[vec![0, 1], vec![1, 2]])?;
/// assert_eq!(coverage.demands_of(SiteId(0)), [DemandId(0), DemandId(1)]);
/// assert_eq!(coverage.sites_of(DemandId(1)), [SiteId(0), SiteId(1)]);
/// # Ok::<(), maillage_solver::CoverageError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    by_site: Rows<DemandId>,
    by_demand: Rows<SiteId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rows<T> {
    /// One more than there are rows: row `r` is `items[offsets[r]..offsets[r + 1]]`.
    offsets: Vec<usize>,
    items: Vec<T>,
}

impl<T> Rows<T> {
    fn row(&self, row: usize) -> &[T] {
        &self.items[self.offsets[row]..self.offsets[row + 1]]
    }

    fn len(&self) -> usize {
        self.offsets.len() - 1
    }
}

/// Why rows of demands do not make a [`Coverage`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoverageError {
    /// A row names a demand that does not exist.
    #[error("site {site} covers demand {demand}, but there are only {demands} demands (from 0)")]
    UnknownDemand {
        /// The row.
        site: SiteId,
        /// The demand it names.
        demand: u32,
        /// How many demands there are.
        demands: u32,
    },
    /// There are more rows than a `u32` counts.
    #[error("{0} sites are more than the 4,294,967,295 a coverage can hold")]
    TooManySites(usize),
}

impl Coverage {
    /// Builds the coverage from one row of demands for each site, in any order, repeats allowed.
    ///
    /// # Errors
    /// When a row names a demand at or beyond `demands`, or there are more than `u32::MAX` rows.
    pub fn from_rows<R: AsRef<[u32]>>(demands: u32, rows: &[R]) -> Result<Self, CoverageError> {
        let sites = u32::try_from(rows.len()).map_err(|_| CoverageError::TooManySites(rows.len()))?;
        let mut offsets = Vec::with_capacity(rows.len() + 1);
        let mut items = Vec::with_capacity(rows.iter().map(|row| row.as_ref().len()).sum());
        offsets.push(0);
        for (site, row) in (0..sites).zip(rows) {
            let start = items.len();
            for &demand in row.as_ref() {
                if demand >= demands {
                    return Err(CoverageError::UnknownDemand { site: SiteId(site), demand, demands });
                }
                items.push(DemandId(demand));
            }
            sort_and_deduplicate(&mut items, start);
            offsets.push(items.len());
        }
        let by_site = Rows { offsets, items };
        let by_demand = transpose(&by_site, demands as usize);
        Ok(Self { by_site, by_demand })
    }

    /// Returns how many sites there are.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.by_site.len()
    }

    /// Returns how many demands there are.
    #[must_use]
    pub fn demands(&self) -> usize {
        self.by_demand.len()
    }

    /// Returns how many (site, demand) pairs there are.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.by_site.items.len()
    }

    /// Returns the demands a site covers, ascending.
    #[must_use]
    pub fn demands_of(&self, site: SiteId) -> &[DemandId] {
        self.by_site.row(site.index())
    }

    /// Returns the sites that cover a demand, ascending.
    #[must_use]
    pub fn sites_of(&self, demand: DemandId) -> &[SiteId] {
        self.by_demand.row(demand.index())
    }
}

/// Sorts `items[start..]` and removes its repeats, leaving what stands before untouched.
fn sort_and_deduplicate(items: &mut Vec<DemandId>, start: usize) {
    let row = &mut items[start..];
    if row.is_sorted_by(|a, b| a < b) {
        return;
    }
    row.sort_unstable();
    let mut kept = start;
    for next in start..items.len() {
        if next == start || items[next] != items[kept - 1] {
            items[kept] = items[next];
            kept += 1;
        }
    }
    items.truncate(kept);
}

fn transpose(by_site: &Rows<DemandId>, demands: usize) -> Rows<SiteId> {
    let mut offsets = vec![0; demands + 1];
    for demand in &by_site.items {
        offsets[demand.index() + 1] += 1;
    }
    for demand in 0..demands {
        offsets[demand + 1] += offsets[demand];
    }
    let mut next = offsets.clone();
    let mut items = vec![SiteId(0); by_site.items.len()];
    for site in 0..by_site.len() {
        for demand in by_site.row(site) {
            items[next[demand.index()]] = SiteId::at(site);
            next[demand.index()] += 1;
        }
    }
    Rows { offsets, items }
}
