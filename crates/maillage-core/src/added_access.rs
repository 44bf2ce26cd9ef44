use std::collections::BTreeMap;

use crate::{Commune, DecayStep, Reach, Territory, TravelTime};

/// How consultations are shared with distance: the two-step floating catchment area method and its enhancements.
#[derive(Clone, Debug, PartialEq)]
pub enum Sharing {
    /// All within the catchment alike: 2SFCA (W. Luo and F. Wang, "Measures of spatial accessibility to health care in a
    /// GIS environment", Environment and Planning B 30 (2003), 865–884).
    Even(TravelTime),
    /// By shares that fall with each step of time: E2SFCA (W. Luo and Y. Qi, "An enhanced two-step floating catchment area
    /// method", Health & Place 15 (2009), 1100–1107).
    Steps(Vec<DecayStep>),
    /// By a Gaussian that is 1 at the site and 0 at the end of the catchment: E2SFCA (D. Dai, "Black residential
    /// segregation, disparities in spatial access to health care facilities, and late-stage breast cancer diagnosis in
    /// metropolitan Detroit", Health & Place 16 (2010), 1038–1052).
    Gaussian(TravelTime),
}

impl Sharing {
    /// Returns the end of the catchment.
    #[must_use]
    pub fn end(&self) -> TravelTime {
        match self {
            Self::Even(end) | Self::Gaussian(end) => *end,
            Self::Steps(steps) => steps.iter().map(|step| step.within).max().unwrap_or(TravelTime::from_deciseconds(0)),
        }
    }

    /// Returns what a place at this time from a site weighs there, from 0 to 1.
    ///
    /// ```
    /// use maillage_core::{Sharing, TravelTime};
    ///
    /// let minutes = TravelTime::from_minutes;
    /// let gaussian = Sharing::Gaussian(minutes(20));
    /// assert_eq!((gaussian.weight(minutes(0)), gaussian.weight(minutes(20))), (1.0, 0.0));
    /// assert!((gaussian.weight(minutes(10)) - 0.701).abs() < 0.001);
    /// assert_eq!(Sharing::Even(minutes(20)).weight(minutes(21)), 0.0);
    /// ```
    #[must_use]
    pub fn weight(&self, time: TravelTime) -> f64 {
        match self {
            Self::Even(end) => f64::from(u8::from(time <= *end)),
            Self::Steps(steps) => {
                let step = steps.iter().filter(|step| time <= step.within).min_by_key(|step| step.within);
                step.map_or(0.0, |step| f64::from(step.thousandths()) / 1_000.0)
            }
            Self::Gaussian(end) => {
                let part = f64::from(time.deciseconds()) / f64::from(end.deciseconds().max(1));
                let least = (-0.5_f64).exp();
                if part > 1.0 { 0.0 } else { ((-0.5 * part * part).exp() - least) / (1.0 - least) }
            }
        }
    }
}

/// Access to care before and after new consultations, by commune and in all.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedAccess {
    /// Consultations a year and person that the new sites add, by commune.
    pub added: Vec<f64>,
    /// Consultations a year that the new sites give.
    pub given: u64,
    /// Of these, consultations that nobody can take: the sites have no one within their catchment.
    pub untaken: u64,
    /// People below each threshold, rising thresholds.
    pub below: Vec<AccessBelow>,
    /// How unequal access is over people, from 0 to 1 (Gini), before and after; absent where nobody has any.
    pub gini: Option<(f64, f64)>,
    /// The mean over people by territory.
    pub by_territory: Vec<AccessOfGroup>,
    /// The mean over people by density class.
    pub by_density: Vec<AccessOfGroup>,
}

/// People below a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccessBelow {
    /// The threshold.
    pub under: f64,
    /// People with less before.
    pub before: u64,
    /// People with less after.
    pub after: u64,
}

/// The access of a group of communes.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessOfGroup {
    /// The territory, or the density class.
    pub group: String,
    /// People who live there, of communes with an access figure.
    pub people: u64,
    /// Their mean access before.
    pub before: f64,
    /// Their mean access after.
    pub after: f64,
}

impl AddedAccess {
    /// Shares the consultations of new sites among the people of their catchments, in two steps.
    ///
    /// First each site divides what it gives by the people within its catchment, weighed by their time to it; then each
    /// commune adds what it gets of all sites, weighed alike. What is taken, added up over people, is what is given. The
    /// given access figure stands for all care there is already; communes without one are left out of all but `added`.
    /// The reach must go up to the end of the catchment. Sums run in the order of the territory.
    #[must_use]
    pub fn of(
        territory: &Territory,
        reach: &Reach,
        sharing: &Sharing,
        supply: &BTreeMap<u32, u64>,
        thresholds: &[f64],
    ) -> Self {
        let communes = territory.communes();
        let people = |commune: u32| communes.get(commune as usize).map_or(0, |commune| commune.population);
        let mut added = vec![0.0; communes.len()];
        let (mut given, mut untaken) = (0, 0);
        for (&site, &consultations) in supply {
            given += consultations;
            let weighed = || {
                let row = reach.communes_of(site).iter();
                row.map(|&(commune, time)| (commune, sharing.weight(time))).filter(|(_, weight)| *weight > 0.0)
            };
            let demand: f64 = weighed().map(|(commune, weight)| weight * float(people(commune))).sum();
            if demand <= 0.0 {
                untaken += consultations;
                continue;
            }
            let ratio = float(consultations) / demand;
            for (commune, weight) in weighed() {
                if let Some(added) = added.get_mut(commune as usize) {
                    *added += weight * ratio;
                }
            }
        }
        let known: Vec<Known<'_>> = communes
            .iter()
            .zip(&added)
            .filter_map(|(commune, added)| {
                let before = commune.access?;
                Some(Known { commune, before, after: before + added })
            })
            .collect();
        let mut thresholds = thresholds.to_vec();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup();
        let below = |figure: &dyn Fn(&Known<'_>) -> f64, under: f64| {
            known.iter().filter(|one| figure(one) < under).map(|one| one.commune.population).sum()
        };
        let below = thresholds.iter().map(|&under| AccessBelow {
            under,
            before: below(&|one| one.before, under),
            after: below(&|one| one.after, under),
        });
        let by = |name: &dyn Fn(&Commune) -> Option<String>| groups(&known, name);
        Self {
            below: below.collect(),
            gini: gini(&known, |one| one.before).zip(gini(&known, |one| one.after)),
            by_territory: by(&|commune| (!commune.territory.is_empty()).then(|| commune.territory.clone())),
            by_density: by(&|commune| commune.density.map(|class| class.to_string())),
            added,
            given,
            untaken,
        }
    }
}

/// A commune whose access is known.
struct Known<'a> {
    commune: &'a Commune,
    before: f64,
    after: f64,
}

/// Returns the Gini coefficient of a figure over people, each with that of their commune; figures below 0 count as 0.
///
/// From the Lorenz curve by trapezoids: 1 − Σ p (L before + L after), people and figures as shares of their sums.
fn gini(known: &[Known<'_>], figure: impl Fn(&Known<'_>) -> f64) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> =
        known.iter().map(|one| (figure(one).max(0.0), float(one.commune.population))).collect();
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let people: f64 = pairs.iter().map(|(_, people)| people).sum();
    let all: f64 = pairs.iter().map(|(figure, people)| figure * people).sum();
    if people <= 0.0 || all <= 0.0 {
        return None;
    }
    let (mut before, mut area) = (0.0, 0.0);
    for (figure, own) in pairs {
        let after = before + figure * own / all;
        area += own / people * (before + after);
        before = after;
    }
    Some((1.0 - area).max(0.0))
}

fn groups(known: &[Known<'_>], name: &dyn Fn(&Commune) -> Option<String>) -> Vec<AccessOfGroup> {
    let mut sums: BTreeMap<String, (u64, f64, f64)> = BTreeMap::new();
    for one in known {
        let Some(group) = name(one.commune) else { continue };
        let people = float(one.commune.population);
        let sum = sums.entry(group).or_default();
        *sum = (sum.0 + one.commune.population, sum.1 + people * one.before, sum.2 + people * one.after);
    }
    let told = sums.into_iter().filter(|(_, (people, ..))| *people > 0);
    told.map(|(group, (people, before, after))| AccessOfGroup {
        group,
        people,
        before: before / float(people),
        after: after / float(people),
    })
    .collect()
}

#[expect(clippy::cast_precision_loss, reason = "people and consultations are far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}
