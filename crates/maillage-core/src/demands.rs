use crate::consultations::Consultations;
use crate::need::Need;
use crate::openings::Openings;
use crate::worth::Worth;
use crate::{Demand, Layer, Reach, Scenario, ScenarioError, Territory};

/// The demands of a problem by layer, then by commune, and what each weighs.
#[derive(Clone, Debug)]
pub(crate) struct Demands {
    pub(crate) layers: Vec<Layer>,
    pub(crate) all: Vec<Demand>,
    pub(crate) weights: Vec<u64>,
    /// The layer whose people are in reach.
    pub(crate) reach: usize,
    /// For each layer and commune its demand, if any.
    positions: Vec<Vec<Option<u32>>>,
}

impl Demands {
    /// Makes a demand on each layer of every commune that weighs something, or whose people a floor counts.
    pub(crate) fn of(scenario: &Scenario, territory: &Territory) -> Result<Self, ScenarioError> {
        let need = Need::of(scenario);
        let worth = Worth::of(scenario);
        let phases = (0..).take(scenario.phase.len().max(1));
        let on_steps = |phase| worth.steps.iter().map(move |&within| Layer { within, phase });
        let layers: Vec<Layer> = phases.flat_map(on_steps).collect();
        // People are in reach at the end of the last phase.
        let reach = (layers.len() - worth.steps.len()) + worth.reach;
        let communes = territory.communes();
        let weighed = communes.iter().map(|commune| {
            let weight = need.weight(commune, &scenario.weight);
            weight.ok_or_else(|| ScenarioError::NoWeight { code: commune.code.clone() })
        });
        let weighed = match &scenario.capacity {
            Some(capacity) => {
                let consultations = Consultations::of(scenario, capacity, territory)?;
                if capacity.within { consultations.needs } else { weighed.collect::<Result<Vec<u64>, _>>()? }
            }
            None => weighed.collect::<Result<Vec<u64>, _>>()?,
        };
        let weighed: Vec<Vec<u64>> = weighed.into_iter().map(|weight| worth.on_steps(weight)).collect();
        let counts = |commune: &crate::Commune, layer: usize, weight: u64| {
            weight > 0 || (layer == reach && !scenario.floor.is_empty() && need.people(commune) > 0)
        };
        let (mut all, mut weights) = (Vec::new(), Vec::new());
        let mut positions = Vec::with_capacity(layers.len());
        for ((layer, stated), number) in (0..).zip(&layers).zip(0_usize..) {
            let years = scenario.phase.get(stated.phase as usize).map_or(1, crate::Phase::weight);
            let mut of_communes = vec![None; communes.len()];
            let every = (0..).zip(communes).zip(&weighed).zip(&mut of_communes);
            for (((commune, found), weights_here), position) in every {
                let weight = weights_here.get(number % worth.steps.len()).copied().unwrap_or_default();
                if counts(found, number, weight) {
                    *position = u32::try_from(all.len()).ok();
                    all.push(Demand { commune, layer });
                    weights.push(weight.saturating_mul(years));
                }
            }
            positions.push(of_communes);
        }
        if weights.iter().all(|&weight| weight == 0) {
            return Err(ScenarioError::NothingToCover);
        }
        Ok(Self { layers, all, weights, reach, positions })
    }

    /// Returns the demand of a commune on a layer, if it makes one.
    pub(crate) fn at(&self, layer: usize, commune: u32) -> Option<u32> {
        self.positions.get(layer)?.get(commune as usize).copied().flatten()
    }

    /// Returns for each kernel site the demands it covers.
    pub(crate) fn rows(&self, reach: &Reach, openings: &Openings) -> Vec<Vec<u32>> {
        let row_of = |opening: &crate::Opening| {
            let on_layer = |(number, layer): (usize, &Layer)| {
                let communes = reach.communes_within(opening.site, layer.within);
                communes.filter_map(move |commune| self.at(number, commune))
            };
            let layers = self.layers.iter().enumerate();
            layers.filter(|(_, layer)| opening.phase <= layer.phase).flat_map(on_layer).collect()
        };
        openings.all.iter().map(row_of).collect()
    }
}
