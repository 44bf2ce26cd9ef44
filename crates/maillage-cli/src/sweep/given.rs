use std::path::Path;

use maillage_core::Territory;
use maillage_io::{GivenInScenario, PlanFile, SweepGiven, SweptPoint};

use super::Measured;
use crate::failure::Failure;
use crate::plan_again::new_sites;

/// A plan that was made, to be measured beside those that are found.
pub(crate) struct Given {
    pub(crate) file: String,
    /// Its new sites by their identifiers, in the order of the territory.
    pub(crate) sites: Vec<String>,
    pub(crate) cost: u64,
}

impl Given {
    /// Numbers those whose files have one name, so that they can be told apart.
    pub(crate) fn told_apart(mut all: Vec<Self>) -> Vec<Self> {
        let names: Vec<String> = all.iter().map(|given| given.file.clone()).collect();
        for (position, given) in all.iter_mut().enumerate() {
            let before = names.iter().take(position).filter(|name| **name == given.file).count();
            if before > 0 {
                given.file = format!("{} ({})", given.file, before + 1);
            }
        }
        all
    }

    /// Finds its new sites among the candidates.
    pub(crate) fn of(path: &Path, plan: &PlanFile, territory: &Territory) -> Result<Self, Failure> {
        let positions = new_sites(plan, path, territory)?;
        let sites = || positions.iter().filter_map(|site| territory.sites().get(*site as usize));
        Ok(Self {
            file: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            sites: sites().map(|site| site.id.clone()).collect(),
            cost: sites().map(|site| site.cost).sum(),
        })
    }

    /// Tells what it is worth in each scenario; `newly` counts whom it newly brings into reach there.
    pub(crate) fn told(
        &self,
        measured: &Measured,
        points: &[&SweptPoint],
        newly: &dyn Fn(usize, &[String]) -> u64,
    ) -> Option<SweepGiven> {
        let plan = measured.plans.iter().position(|(sites, _)| *sites == self.sites)?;
        let in_scenario = |(scenario, point): (usize, &&SweptPoint)| {
            let value = measured.worth.get(scenario).and_then(|worth| worth.get(plan).copied().flatten());
            GivenInScenario::of(point, value, newly(scenario, &self.sites))
        };
        let scenarios = points.iter().enumerate().map(in_scenario).collect();
        Some(SweepGiven { file: self.file.clone(), plan: plan + 1, scenarios })
    }
}
