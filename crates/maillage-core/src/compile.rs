use maillage_solver::{Coverage, Fixing, Problem, SiteId, SiteRule};

use crate::need::Need;
use crate::request::Request;
use crate::{
    Dictionary, MissingAccess, Reach, Scenario, ScenarioError, Site, SiteState, Territory, Weight, WithoutAccess,
};

/// Numbers of sites and budgets above this are cut down to it: a territory's candidates never cost more.
const LARGEST: u64 = 1 << 53;

impl Scenario {
    /// Compiles the question to a kernel problem: the only place where geography becomes indices.
    ///
    /// Kernel sites are in order of cost, then of their kind in `prefer`, then of identifier, so that the kernel's
    /// rule for ties, the smaller index, is the planner's. Existing sites are open and cost nothing; required ones
    /// are open and count. Rules are the number of sites, where given, then the budget, where given. Communes that
    /// weigh nothing make no demand.
    ///
    /// # Errors
    /// When the question makes no sense, cannot be asked of the territory, or is impossible at sight: checked in that
    /// order. A question that passes can always be answered.
    pub fn compile(&self, territory: &Territory, reach: &Reach) -> Result<(Problem, Dictionary), ScenarioError> {
        self.check_words()?;
        self.check_data(territory, reach)?;
        let request = Request::of(self, territory)?;
        request.check_limits(self, territory)?;

        let (demands, weights) = self.demands(territory)?;
        if demands.is_empty() {
            return Err(ScenarioError::NothingToCover);
        }
        let sites = self.sites_by_preference(territory);
        let rows = self.rows(territory, reach, &sites, &demands);
        // A `Territory` never holds more communes than a `u32` counts.
        let demand_count = u32::try_from(demands.len()).unwrap_or(u32::MAX);
        let coverage = Coverage::from_rows(demand_count, &rows)?;

        let existing: Vec<SiteId> = kernel_sites(territory, &sites)
            .filter(|(_, site)| site.state == SiteState::Existing)
            .map(|(id, _)| id)
            .collect();
        let fixings = sites.iter().map(|site| match territory.sites().get(*site as usize) {
            Some(found) if found.state == SiteState::Existing => Fixing::Open,
            _ if request.required.contains(site) => Fixing::Open,
            _ if request.forbidden.contains(site) => Fixing::Closed,
            _ => Fixing::Free,
        });
        let problem = Problem::new(coverage, weights, self.rules(territory, &sites), fixings.collect())?;
        let covered_before = problem.value_of(&existing);
        Ok((problem, Dictionary { sites, demands, covered_before }))
    }

    /// Checks what can be checked without data.
    fn check_words(&self) -> Result<(), ScenarioError> {
        if let Some(under) = self.under
            && !(under.is_finite() && under > 0.0)
        {
            return Err(ScenarioError::Threshold(under));
        }
        if let Some(gap) = self.gap
            && !(0.0..=1.0).contains(&gap)
        {
            return Err(ScenarioError::Gap(gap));
        }
        if self.exactly && self.sites.is_none() {
            return Err(ScenarioError::ExactlyWithoutCount);
        }
        if self.sites.is_none() && self.budget.is_none() {
            return Err(ScenarioError::NoLimit);
        }
        if self.weight == Weight::Shortfall && self.under.is_none() {
            return Err(ScenarioError::NoThreshold);
        }
        Ok(())
    }

    fn check_data(&self, territory: &Territory, reach: &Reach) -> Result<(), ScenarioError> {
        if !reach.fits(territory) {
            return Err(ScenarioError::OtherTerritory);
        }
        if let Some(limit) = reach.limit()
            && limit < self.within
        {
            return Err(ScenarioError::ReachTooShort { limit, within: self.within });
        }
        if self.missing_access == MissingAccess::Refuse {
            let WithoutAccess { communes, people, examples } = WithoutAccess::of(territory, self);
            if communes > 0 {
                return Err(ScenarioError::MissingAccess { communes, people, examples });
            }
        }
        Ok(())
    }

    /// Returns the communes that weigh something, and their weights.
    fn demands(&self, territory: &Territory) -> Result<(Vec<u32>, Vec<u64>), ScenarioError> {
        let need = Need::of(self);
        let (mut demands, mut weights) = (Vec::new(), Vec::new());
        for (position, commune) in (0..).zip(territory.communes()) {
            match need.weight(commune, &self.weight) {
                None => return Err(ScenarioError::NoWeight { code: commune.code.clone() }),
                Some(0) => {}
                Some(weight) => {
                    demands.push(position);
                    weights.push(weight);
                }
            }
        }
        Ok((demands, weights))
    }

    /// Returns the positions of all sites, the preferred ones first.
    fn sites_by_preference(&self, territory: &Territory) -> Vec<u32> {
        // The territory is in order of identifiers, and sorting keeps the order of equals.
        let mut sites: Vec<(u64, usize, u32)> = (0..)
            .zip(territory.sites())
            .map(|(position, site)| {
                let rank = self.prefer.iter().position(|kind| *kind == site.kind).unwrap_or(self.prefer.len());
                (if site.state == SiteState::Existing { 0 } else { site.cost }, rank, position)
            })
            .collect();
        sites.sort_unstable();
        sites.into_iter().map(|(_, _, position)| position).collect()
    }

    /// Returns for each kernel site the demands it covers.
    fn rows(&self, territory: &Territory, reach: &Reach, sites: &[u32], demands: &[u32]) -> Vec<Vec<u32>> {
        let mut demand_of: Vec<Option<u32>> = vec![None; territory.communes().len()];
        for (demand, &commune) in (0..).zip(demands) {
            if let Some(entry) = demand_of.get_mut(commune as usize) {
                *entry = Some(demand);
            }
        }
        let row_of = |&site: &u32| {
            let communes = reach.communes_within(site, self.within);
            communes.filter_map(|commune| demand_of.get(commune as usize).copied().flatten()).collect()
        };
        sites.iter().map(row_of).collect()
    }

    fn rules(&self, territory: &Territory, sites: &[u32]) -> Vec<SiteRule> {
        let candidates = || kernel_sites(territory, sites).filter(|(_, site)| site.state == SiteState::Candidate);
        let count = self.sites.map(|count| {
            let each = candidates().map(|(id, _)| (id, 1));
            if self.exactly { SiteRule::equal(whole(count), each) } else { SiteRule::at_most(whole(count), each) }
        });
        let budget = self
            .budget
            .map(|budget| SiteRule::at_most(whole(budget), candidates().map(|(id, site)| (id, whole(site.cost)))));
        count.into_iter().chain(budget).collect()
    }
}

fn kernel_sites<'a>(territory: &'a Territory, sites: &'a [u32]) -> impl Iterator<Item = (SiteId, &'a Site)> {
    (0..).zip(sites).filter_map(|(id, &site)| Some((SiteId(id), territory.sites().get(site as usize)?)))
}

#[expect(clippy::cast_possible_wrap, reason = "2^53 is far below where an i64 wraps")]
fn whole(number: u64) -> i64 {
    number.min(LARGEST) as i64
}
