/// Access to care of the people of a group of communes before and after new consultations.
///
/// Communes without an access figure are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessOfGroup {
    /// The territory, or the density class; empty for all communes together.
    pub group: String,
    /// Inhabitants.
    pub people: u64,
    /// The mean access over persons, before and after; absent where there are none.
    pub mean: Option<(f64, f64)>,
    /// How unequal access is over persons, from 0 to 1 (Gini), before and after; absent where nobody has any.
    pub gini: Option<(f64, f64)>,
    /// Inhabitants below each threshold, rising.
    pub below: Vec<AccessBelow>,
}

/// Inhabitants below a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccessBelow {
    /// The threshold.
    pub under: f64,
    /// Inhabitants with less before.
    pub before: u64,
    /// Inhabitants with less after.
    pub after: u64,
}

/// A commune whose access is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownAccess {
    pub(crate) population: u64,
    pub(crate) persons: f64,
    pub(crate) before: f64,
    pub(crate) after: f64,
}

impl AccessOfGroup {
    /// Counts the communes of a group.
    pub(crate) fn of(group: String, communes: &[KnownAccess], thresholds: &[f64]) -> Self {
        let [before, after]: [fn(&KnownAccess) -> f64; 2] = [|one| one.before, |one| one.after];
        let people_with_less = |of: fn(&KnownAccess) -> f64, under: f64| {
            communes.iter().filter(|one| of(one) < under).map(|one| one.population).sum()
        };
        let below = thresholds.iter().map(|&under| AccessBelow {
            under,
            before: people_with_less(before, under),
            after: people_with_less(after, under),
        });
        Self {
            group,
            people: communes.iter().map(|one| one.population).sum(),
            mean: mean(communes, before).zip(mean(communes, after)),
            gini: gini(communes, before).zip(gini(communes, after)),
            below: below.collect(),
        }
    }
}

/// Returns the mean of a figure over persons.
fn mean(communes: &[KnownAccess], figure: impl Fn(&KnownAccess) -> f64) -> Option<f64> {
    let persons: f64 = communes.iter().map(|one| one.persons).sum();
    let all: f64 = communes.iter().map(|one| figure(one) * one.persons).sum();
    (persons > 0.0).then(|| all / persons)
}

/// Returns the Gini coefficient of a figure over persons, each with that of their commune; figures below 0 count as 0.
///
/// From the Lorenz curve by trapezoids: 1 − Σ p (L before + L after), persons and figures as shares of their sums.
fn gini(communes: &[KnownAccess], figure: impl Fn(&KnownAccess) -> f64) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = communes.iter().map(|one| (figure(one).max(0.0), one.persons)).collect();
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let persons: f64 = pairs.iter().map(|(_, persons)| persons).sum();
    let all: f64 = pairs.iter().map(|(figure, persons)| figure * persons).sum();
    if persons <= 0.0 || all <= 0.0 {
        return None;
    }
    let (mut before, mut area) = (0.0, 0.0);
    for (figure, own) in pairs {
        let after = before + figure * own / all;
        area += own / persons * (before + after);
        before = after;
    }
    Some((1.0 - area).max(0.0))
}
