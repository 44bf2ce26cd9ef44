use std::collections::BTreeSet;

use maillage_solver::{SiteId, Solution};

use crate::{Demand, Layer, Opening, RuleName, SiteState, Territory};

/// What the kernel's indices stand for: the way back from the kernel to the planner's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary {
    /// For each kernel site, in order of preference, what it opens.
    pub openings: Vec<Opening>,
    /// The layers that people are counted on.
    pub layers: Vec<Layer>,
    /// For each kernel demand, whom it counts.
    pub demands: Vec<Demand>,
    /// For each site rule of the kernel, what it is called.
    pub rules: Vec<RuleName>,
    /// For each site rule, how many of the kernel's units make one of the planner's.
    pub scales: Vec<u32>,
    /// For each coverage floor of the kernel, what it is called.
    pub floors: Vec<RuleName>,
    /// Weight that existing sites cover (within capacity: serve), in the units of the problem's weights.
    pub covered_before: u64,
}

impl Dictionary {
    /// Returns the position of the first site rule of a name.
    #[must_use]
    pub fn position_of(&self, name: &RuleName) -> Option<usize> {
        self.rules.iter().position(|known| known == name)
    }

    /// Returns the territory's site that a kernel site, by its position, opens.
    #[must_use]
    pub fn site_of(&self, kernel_site: usize) -> Option<u32> {
        self.openings.get(kernel_site).map(|opening| opening.site)
    }

    /// Returns the candidates that a choice of kernel sites opens, positions in the territory, ascending.
    pub(crate) fn new_sites(&self, territory: &Territory, solution: &Solution) -> Vec<u32> {
        let is_candidate =
            |site: &u32| territory.sites().get(*site as usize).is_some_and(|site| site.state == SiteState::Candidate);
        let open = solution.sites().iter().filter_map(|site| self.site_of(site.index()));
        let mut sites: Vec<u32> = open.filter(is_candidate).collect();
        sites.sort_unstable();
        sites
    }

    /// Returns the kernel sites that exist already.
    pub(crate) fn existing(&self, territory: &Territory) -> Vec<SiteId> {
        let existing: BTreeSet<u32> = territory.existing().collect();
        let kernel_sites = (0..).map(SiteId).zip(&self.openings);
        kernel_sites.filter(|(_, opening)| existing.contains(&opening.site)).map(|(id, _)| id).collect()
    }
}
