use std::collections::HashMap;

use maillage_solver::{Fixing, SiteId};

use crate::{SiteState, Territory, Yardstick};

/// The sites of all scenarios, in the order of the first.
pub(crate) struct CommonSites {
    pub(crate) all: Vec<u32>,
    pub(crate) costs: Vec<Option<u64>>,
    pub(crate) fixings: Vec<Fixing>,
    position: HashMap<u32, SiteId>,
}

impl CommonSites {
    /// Gathers them; nothing where one scenario must open what another forbids.
    pub(crate) fn of(territory: &Territory, scenarios: &[&Yardstick]) -> Option<Self> {
        let mut made = Self { all: Vec::new(), costs: Vec::new(), fixings: Vec::new(), position: HashMap::new() };
        for site in scenarios.iter().flat_map(|yardstick| yardstick.sites()) {
            if made.position.contains_key(&site) {
                continue;
            }
            let id = SiteId(u32::try_from(made.all.len()).ok()?);
            made.position.insert(site, id);
            made.all.push(site);
            let is_existing =
                territory.sites().get(site as usize).is_some_and(|site| site.state == SiteState::Existing);
            made.costs.push((!is_existing).then(|| territory.sites().get(site as usize).map_or(0, |site| site.cost)));
            let fixings = scenarios.iter().map(|yardstick| yardstick.fixing_of(site).unwrap_or(Fixing::Closed));
            let mut fixed = Fixing::Free;
            for fixing in fixings.filter(|fixing| *fixing != Fixing::Free) {
                if fixed != Fixing::Free && fixed != fixing {
                    return None;
                }
                fixed = fixing;
            }
            made.fixings.push(fixed);
        }
        Some(made)
    }

    /// Returns for each kernel site of a scenario where it stands here; of several ways to open a site, the first.
    pub(crate) fn of_scenario(&self, yardstick: &Yardstick) -> Vec<Option<SiteId>> {
        yardstick.sites().map(|site| self.position.get(&site).copied()).collect()
    }
}
