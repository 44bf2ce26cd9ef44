use std::collections::BTreeMap;

use maillage_core::{Agreed, Consensus, ConsensusError, ConsensusLimit, Territory, Yardstick};
use maillage_io::SweptPoint;
use maillage_solver::{Effort, Search, SolveError};
use rayon::prelude::*;
use serde_json::{Map, Value};

use super::{Cells, Limit, Read, limits_of};
use crate::failure::Failure;
use crate::inputs;
use crate::watch::Watch;

/// How often the multipliers of the scenarios move.
const ROUNDS: u32 = 20;
/// A plan is near enough to its bound within this share: the choices are told to a ten-thousandth.
const NEAR: f64 = 0.000_3;

/// The plans found for all scenarios under one limit, and what no plan exceeds.
pub(crate) struct Agreement {
    pub(crate) limit: Map<String, Value>,
    /// How many scenarios they are found for.
    pub(crate) scenarios: usize,
    pub(crate) in_the_worst: Option<AgreedPlan>,
    pub(crate) on_average: Option<AgreedPlan>,
}

/// A plan by its identifiers, in the order of the territory.
pub(crate) struct AgreedPlan {
    pub(crate) sites: Vec<String>,
    pub(crate) cost: u64,
    pub(crate) bound: f64,
}

impl Agreement {
    /// Looks, under each limit, for the plans that do best whatever else is assumed.
    pub(crate) fn all(cells: &Cells, points: &[&SweptPoint], read: &Read, watch: &Watch) -> Result<Vec<Self>, Failure> {
        let yardsticks = cells.curves.par_iter().map(|curve| Ok(read.yardstick(curve)?.and_then(Result::ok)));
        let yardsticks = yardsticks.collect::<Result<Vec<Option<Yardstick>>, Failure>>()?;
        let mut merged: BTreeMap<Vec<usize>, Option<Consensus>> = BTreeMap::new();
        let mut found = Vec::new();
        for limit in limits_of(&cells.cells) {
            let under: Vec<(usize, usize)> = cells
                .cells
                .iter()
                .enumerate()
                .filter(|(cell, one)| {
                    one.limit == *limit && points.get(*cell).is_some_and(|point| point.value.is_some())
                })
                .filter(|(_, one)| yardsticks.get(one.curve).is_some_and(Option::is_some))
                .map(|(position, cell)| (position, cell.curve))
                .collect();
            let Some(territory) = read.inputs.first().map(|first| &first.territory) else { continue };
            let curves: Vec<usize> = under.iter().map(|(_, curve)| *curve).collect();
            if !merged.contains_key(&curves) {
                let known: Vec<&Yardstick> =
                    curves.iter().filter_map(|curve| yardsticks.get(*curve)?.as_ref()).collect();
                merged.insert(curves.clone(), Consensus::of(territory, &known).map_err(failed)?);
            }
            let Some(consensus) = merged.get(&curves).and_then(Option::as_ref).filter(|_| !under.is_empty()) else {
                continue;
            };
            let bounds: Vec<u64> = under.iter().filter_map(|(cell, _)| points.get(*cell)?.bound).collect();
            let most =
                under.first().and_then(|(cell, _)| cells.cells.get(*cell)).map(|cell| Limit::of(cell, &cells.curves));
            let most = most.unwrap_or_default();
            let most = ConsensusLimit { sites: most.sites, euros: most.euros };
            let found_here = Self::under(limit, consensus, (&bounds, most), territory, watch)?;
            let without_choice = cells.cells.iter().zip(points).filter(|(cell, point)| {
                let is_known = yardsticks.get(cell.curve).is_some_and(Option::is_some);
                cell.limit == *limit && point.value.is_some() && !is_known
            });
            found.push(found_here.beside(without_choice.count()));
        }
        Ok(found)
    }

    /// Counts scenarios in which nothing can be added, each with a share of 1, into what no mean exceeds.
    fn beside(mut self, without_choice: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of scenarios")]
        let (scenarios, others) = (self.scenarios as f64, without_choice as f64);
        self.scenarios += without_choice;
        if let Some(mean) = &mut self.on_average {
            mean.bound = (mean.bound * scenarios + others) / (scenarios + others);
        }
        self
    }

    fn under(
        limit: &Map<String, Value>,
        consensus: &Consensus,
        (bounds, most): (&[u64], ConsensusLimit),
        territory: &Territory,
        watch: &Watch,
    ) -> Result<Self, Failure> {
        inputs::stop_if_asked()?;
        let search = Search { effort: Effort::Normal, gap: NEAR, certificate: false };
        let mean = known(consensus.on_average(bounds, most, (&search, watch)))?;
        inputs::stop_if_asked()?;
        let quick = Search { effort: Effort::Quick, ..search };
        let start = mean.as_ref().map(|mean| mean.sites.clone()).unwrap_or_default();
        let worst = known(consensus.in_the_worst(bounds, most, (&start, ROUNDS), (&quick, watch)))?;
        inputs::stop_if_asked()?;
        // The least share is no larger than the mean one.
        let most = mean.as_ref().map_or(1.0, |mean| mean.bound);
        let worst = worst.map(|worst| Agreed { bound: worst.bound.min(most), ..worst });
        let told = |agreed: Agreed| AgreedPlan::of(&agreed, territory);
        let (in_the_worst, on_average) = (worst.map(told), mean.map(told));
        Ok(Self { limit: limit.clone(), scenarios: bounds.len(), in_the_worst, on_average })
    }
}

/// Takes what was found; that no plan keeps the rules of all scenarios is no failure.
fn known(found: Result<Option<Agreed>, ConsensusError>) -> Result<Option<Agreed>, Failure> {
    match found {
        Err(ConsensusError::Solve(SolveError::Infeasible { .. })) => Ok(None),
        other => other.map_err(failed),
    }
}

fn failed(error: ConsensusError) -> Failure {
    match error {
        ConsensusError::Solve(error) => error.into(),
        ConsensusError::Problem(error) => error.into(),
        ConsensusError::Coverage(error) => error.into(),
    }
}

impl AgreedPlan {
    fn of(agreed: &Agreed, territory: &Territory) -> Self {
        let sites = || agreed.sites.iter().filter_map(|site| territory.sites().get(*site as usize));
        Self {
            sites: sites().map(|site| site.id.clone()).collect(),
            cost: sites().map(|site| site.cost).sum(),
            bound: agreed.bound,
        }
    }
}
