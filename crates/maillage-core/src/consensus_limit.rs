use maillage_solver::{SiteId, SiteRule};

/// What a plan may have at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConsensusLimit {
    /// New sites.
    pub sites: Option<u64>,
    /// Whole euros.
    pub euros: Option<u64>,
}

impl ConsensusLimit {
    /// Returns it as rules of the kernel; `costs` has nothing for sites that are there.
    pub(crate) fn rules(self, costs: &[Option<u64>]) -> Vec<SiteRule> {
        let candidates = || (0..).map(SiteId).zip(costs).filter_map(|(site, cost)| Some((site, (*cost)?)));
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let sites = self.sites.map(|most| SiteRule::at_most(whole(most), candidates().map(|(site, _)| (site, 1))));
        let priced = || candidates().filter(|(_, cost)| *cost > 0).map(|(site, cost)| (site, whole(cost)));
        let euros = self.euros.map(|most| SiteRule::at_most(whole(most), priced()));
        sites.into_iter().chain(euros).collect()
    }
}
