use crate::{Goal, Layer, Scenario, TravelTime, Weight};

/// What reaching a commune is worth, by how long its people travel to the nearest site: the layers it is made of.
///
/// A worth that never rises with time is a sum of layers: step `k` adds its share over that of the next step, to all
/// who have a site within it.
#[derive(Clone, Debug)]
pub(crate) struct Worth {
    pub(crate) layers: Vec<Layer>,
    /// How much a commune counts within each layer.
    kind: Kind,
    /// The layer whose people are in reach: floors count on it.
    pub(crate) reach: usize,
}

#[derive(Clone, Debug)]
enum Kind {
    /// All of its weight, on one layer.
    Whole,
    /// Shares in thousandths, falling; `exact` where weights are whole numbers rather than thousandths.
    Decay { shares: Vec<u32>, exact: bool },
    /// Its weight for each minute saved, on so many layers.
    Minutes(usize),
}

/// Thousandths in a whole.
const WHOLE: u64 = 1_000;

impl Worth {
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let layer = |within: TravelTime| Layer { within };
        let (mut layers, kind) = match (&scenario.goal, scenario.decay.as_slice()) {
            (Goal::TravelTime(limit), _) => {
                let minutes = limit.deciseconds() / 600;
                let layers: Vec<Layer> = (0..minutes).map(|minute| layer(TravelTime::from_minutes(minute))).collect();
                let kind = Kind::Minutes(layers.len());
                (layers, kind)
            }
            (_, []) => (vec![layer(scenario.within)], Kind::Whole),
            (_, steps) => {
                let shares = steps.iter().map(|step| step.thousandths()).collect();
                let exact = scenario.weight == Weight::People;
                (steps.iter().map(|step| layer(step.within)).collect(), Kind::Decay { shares, exact })
            }
        };
        let reach = layers.iter().position(|layer| layer.within == scenario.within).unwrap_or(layers.len());
        if reach == layers.len() && !scenario.floor.is_empty() {
            layers.push(layer(scenario.within));
        }
        Self { layers, kind, reach }
    }

    /// Returns what a commune of this weight adds on each layer.
    pub(crate) fn on_layers(&self, weight: u64) -> Vec<u64> {
        let mut added = match &self.kind {
            Kind::Whole => vec![weight],
            Kind::Minutes(layers) => vec![weight; *layers],
            Kind::Decay { shares, exact } => {
                let worth = |share: &u32| decayed(weight, *share, *exact);
                let next = shares.iter().skip(1).map(worth).chain([0]);
                shares.iter().map(worth).zip(next).map(|(here, next)| here.saturating_sub(next)).collect()
            }
        };
        added.resize(self.layers.len(), 0);
        added
    }
}

/// Returns a share of a weight in thousandths; weights that are thousandths already are rounded to the nearest one.
pub(crate) fn decayed(weight: u64, thousandths: u32, exact: bool) -> u64 {
    let product = u128::from(weight) * u128::from(thousandths);
    let whole = if exact { product } else { (product + u128::from(WHOLE) / 2) / u128::from(WHOLE) };
    u64::try_from(whole).unwrap_or(u64::MAX)
}

impl Scenario {
    /// Returns the longest time that counts: travel times are needed up to it.
    #[must_use]
    pub fn longest(&self) -> TravelTime {
        let steps = self.decay.iter().map(|step| step.within);
        let limit = match &self.goal {
            Goal::TravelTime(limit) => Some(*limit),
            _ => None,
        };
        steps.chain(limit).fold(self.within, TravelTime::max)
    }

    /// Returns whether what is maximised is the number of people newly reached.
    #[must_use]
    pub fn counts_people(&self) -> bool {
        self.weight == Weight::People && self.decay.is_empty() && !matches!(self.goal, Goal::TravelTime(_))
    }

    /// Returns what is counted, in words for files.
    pub(crate) fn unit(&self) -> String {
        let weight = |thousandths: bool| match (&self.weight, thousandths) {
            (Weight::People, false) => "people".to_owned(),
            (Weight::People | Weight::Shortfall, _) => "thousandths of a person".to_owned(),
            (Weight::Field(name), _) => format!("thousandths of {name}"),
            (Weight::Blend(parts), _) => format!("thousandths of {}", Weight::blend_text(parts)),
        };
        match self.goal {
            Goal::TravelTime(_) => format!("minutes saved, by {}", weight(false)),
            _ => weight(!self.decay.is_empty()),
        }
    }
}
