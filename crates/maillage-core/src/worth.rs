use crate::{Goal, Scenario, TravelTime, Weight};

/// What reaching a commune is worth, by how long its people travel to the nearest site: the steps it is made of.
///
/// A worth that never rises with time is a sum over steps: step `k` adds its share over that of the next step, to all
/// who have a site within it.
#[derive(Clone, Debug)]
pub(crate) struct Worth {
    pub(crate) steps: Vec<TravelTime>,
    /// How much a commune counts within each step.
    kind: Kind,
    /// The step within which people are in reach: floors count on it.
    pub(crate) reach: usize,
}

#[derive(Clone, Debug)]
enum Kind {
    /// All of its weight, on one step.
    Whole,
    /// Shares in thousandths, falling; `exact` where weights are whole numbers rather than thousandths.
    Decay { shares: Vec<u32>, exact: bool },
    /// Its weight for each minute saved, on so many steps.
    Minutes(usize),
}

/// Thousandths in a whole.
const WHOLE: u64 = 1_000;

impl Worth {
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let (mut steps, kind) = match (&scenario.goal, scenario.decay.as_slice()) {
            (Goal::TravelTime(limit), _) => {
                let steps: Vec<TravelTime> = (0..limit.whole_minutes()).map(TravelTime::from_minutes).collect();
                let kind = Kind::Minutes(steps.len());
                (steps, kind)
            }
            (_, []) => (vec![scenario.within], Kind::Whole),
            (_, decay) => {
                let shares = decay.iter().map(|step| step.thousandths()).collect();
                let exact = scenario.weight == Weight::People && !scenario.weighs_down();
                (decay.iter().map(|step| step.within).collect(), Kind::Decay { shares, exact })
            }
        };
        let reach = steps.iter().position(|step| *step == scenario.within).unwrap_or(steps.len());
        if reach == steps.len() && (!scenario.floor.is_empty() || steps.is_empty()) {
            steps.push(scenario.within);
        }
        Self { steps, kind, reach }
    }

    /// Returns what a commune of this weight adds on each step.
    pub(crate) fn on_steps(&self, weight: u64) -> Vec<u64> {
        let mut added = match &self.kind {
            Kind::Whole => vec![weight],
            Kind::Minutes(steps) => vec![weight; *steps],
            Kind::Decay { shares, exact } => {
                let worth = |share: &u32| decayed(weight, *share, *exact);
                let next = shares.iter().skip(1).map(worth).chain([0]);
                shares.iter().map(worth).zip(next).map(|(here, next)| here.saturating_sub(next)).collect()
            }
        };
        added.resize(self.steps.len(), 0);
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
        let of_types = self.r#type.iter().filter_map(|stated| stated.within);
        steps.chain(limit).chain(of_types).fold(self.within, TravelTime::max)
    }

    /// Returns whether what is maximised is the number of people newly reached, and not another weight, shares by time,
    /// minutes or what is served.
    #[must_use]
    pub fn counts_people(&self) -> bool {
        self.weight == Weight::People
            && self.decay.is_empty()
            && self.specialty.is_empty()
            && !matches!(self.goal, Goal::TravelTime(_))
            && !self.is_within_capacity()
            && !self.weighs_down()
    }

    /// Returns what the objective is counted in: "people", "thousandths of" something, "minutes saved" or
    /// "consultations a year".
    #[must_use]
    pub fn unit(&self) -> String {
        if self.is_within_capacity() {
            return "consultations a year".to_owned();
        }
        let is_travel = matches!(self.goal, Goal::TravelTime(_));
        let whole = !self.weighs_down() && (self.decay.is_empty() || is_travel);
        let weight = match &self.weight {
            Weight::People if whole => "people".to_owned(),
            Weight::People | Weight::Shortfall => "thousandths of a person".to_owned(),
            Weight::Field(name) => format!("thousandths of {name}"),
            Weight::Blend(parts) => format!("thousandths of {}", Weight::blend_text(parts)),
        };
        let weight = match self.specialty.iter().any(|specialty| specialty.weight() != 1) {
            _ if self.specialty.is_empty() => weight,
            false => "people by specialty".to_owned(),
            true => "weighted people by specialty".to_owned(),
        };
        let weight = if is_travel { format!("minutes saved, by {weight}") } else { weight };
        if self.phase.is_empty() { weight } else { format!("{weight} × years") }
    }
}
