use crate::catchment::{Catchment, Crowd};
use crate::consultations::Consultations;
use crate::need::Need;
use crate::openings::Openings;
use crate::worth::Worth;
use crate::{Demand, Layer, Opening, Scenario, ScenarioError, Territory, TravelTime, VariantError};

/// The demands of a problem by layer, then by commune, and what each weighs.
#[derive(Clone, Debug)]
pub(crate) struct Demands {
    pub(crate) layers: Vec<Layer>,
    pub(crate) all: Vec<Demand>,
    pub(crate) weights: Vec<u64>,
    /// The layer whose people are in reach.
    pub(crate) reach: usize,
    /// For each layer and crowd its demand, if any.
    positions: Vec<Vec<Option<u32>>>,
}

impl Demands {
    /// Makes a demand on each layer of every crowd that weighs something, or whose people a floor counts.
    pub(crate) fn of(
        scenario: &Scenario,
        territory: &Territory,
        catchment: &Catchment<'_>,
    ) -> Result<Self, ScenarioError> {
        let need = Need::of(scenario);
        let counted = Counted::of(scenario, territory, catchment)?;
        let steps = counted.steps.len();
        let phases = (0..).take(scenario.phase.len().max(1));
        let on_steps = |phase| counted.steps.iter().map(move |&(within, specialty)| Layer { within, phase, specialty });
        let layers: Vec<Layer> = phases.flat_map(on_steps).collect();
        // People are in reach at the end of the last phase.
        let reach = (layers.len() - steps) + counted.reach;
        let counts = |crowd: Crowd, layer: usize, weight: u64| {
            weight > 0 || (layer == reach && !scenario.floor.is_empty() && catchment.people(crowd, need) > 0)
        };
        let (mut all, mut weights) = (Vec::new(), Vec::new());
        let mut positions = Vec::with_capacity(layers.len());
        for ((layer, stated), number) in (0..).zip(&layers).zip(0_usize..) {
            let years = scenario.phase.get(stated.phase as usize).map_or(1, crate::Phase::weight);
            let mut of_crowds = vec![None; counted.weights.len()];
            for ((crowd, weights_here), position) in (0..).zip(&counted.weights).zip(&mut of_crowds) {
                let weight = weights_here.get(number % steps).copied().unwrap_or_default();
                if counts(crowd, number, weight) {
                    *position = u32::try_from(all.len()).ok();
                    let (commune, residents_of) = (catchment.commune_of(crowd), catchment.site_of(crowd));
                    all.push(Demand { commune, layer, residents_of });
                    weights.push(weight.saturating_mul(years));
                }
            }
            positions.push(of_crowds);
        }
        if weights.iter().all(|&weight| weight == 0) {
            return Err(ScenarioError::NothingToCover);
        }
        Ok(Self { layers, all, weights, reach, positions })
    }

    /// Returns the demand of a crowd on a layer, if it makes one.
    pub(crate) fn at(&self, layer: usize, crowd: Crowd) -> Option<u32> {
        self.positions.get(layer)?.get(crowd as usize).copied().flatten()
    }

    /// Returns for each kernel site the demands it covers.
    pub(crate) fn rows(&self, catchment: &Catchment<'_>, openings: &Openings) -> Vec<Vec<u32>> {
        let row_of = |opening: &Opening| {
            let on_layer = |(number, layer): (usize, &Layer)| {
                let crowds = catchment.covered(*opening, layer.within).into_iter();
                crowds.filter_map(move |crowd| self.at(number, crowd))
            };
            let covers = |layer: &Layer| opening.phase <= layer.phase && catchment.offers(*opening, layer.specialty);
            let layers = self.layers.iter().enumerate();
            layers.filter(|(_, layer)| covers(layer)).flat_map(on_layer).collect()
        };
        openings.all.iter().map(row_of).collect()
    }
}

/// What a phase counts: its layers, and for each crowd its weight on each of them.
struct Counted {
    /// Time and specialty.
    steps: Vec<(TravelTime, Option<u32>)>,
    weights: Vec<Vec<u64>>,
    /// The step within which people are in reach.
    reach: usize,
}

impl Counted {
    fn of(scenario: &Scenario, territory: &Territory, catchment: &Catchment<'_>) -> Result<Self, ScenarioError> {
        let need = Need::of(scenario);
        let communes = territory.communes();
        if !scenario.specialty.is_empty() {
            let specialties = (0..).zip(&scenario.specialty).map(|(position, _)| (scenario.within, Some(position)));
            // Nobody is counted on the last step but by floors.
            let steps: Vec<_> = specialties.chain([(scenario.within, None)]).collect();
            let weigh = |commune| {
                let weight = |specialty: &crate::Specialty| {
                    let people = specialty.people(need, scenario.missing_access, commune);
                    let refuse = |(column, value)| {
                        let (of, expected) = (commune.code.clone(), "a number");
                        VariantError::NotANumber { of, column, value, expected }
                    };
                    Ok(people.map_err(refuse)?.saturating_mul(specialty.weight()))
                };
                let weights = scenario.specialty.iter().map(weight).chain([Ok(0)]);
                weights.collect::<Result<Vec<u64>, VariantError>>()
            };
            let weights = communes.iter().map(weigh).collect::<Result<_, _>>()?;
            return Ok(Self { reach: steps.len() - 1, steps, weights });
        }
        let worth = Worth::of(scenario);
        let weighed = communes.iter().map(|commune| {
            let weight = need.weight(commune, &scenario.weight);
            weight.ok_or_else(|| ScenarioError::NoWeight { code: commune.code.clone() })
        });
        let weighed: Vec<u64> = match &scenario.capacity {
            Some(capacity) => {
                let consultations = Consultations::of(scenario, capacity, territory)?;
                if capacity.within { consultations.needs } else { weighed.collect::<Result<_, _>>()? }
            }
            // Residents are counted as people.
            None if catchment.has_residents() => {
                (0..catchment.crowd_count()).map(|crowd| catchment.people(crowd, need)).collect()
            }
            None => weighed.collect::<Result<_, _>>()?,
        };
        let weights = weighed.into_iter().map(|weight| worth.on_steps(weight)).collect();
        Ok(Self { reach: worth.reach, steps: worth.steps.iter().map(|&step| (step, None)).collect(), weights })
    }
}
