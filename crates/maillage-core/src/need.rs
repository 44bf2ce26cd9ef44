use crate::border::is_outside;
use crate::{Amount, Commune, Enough, MissingAccess, Scenario, Weight};

/// Who counts as under-served: the one rule for compiling, counting back and describing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need<'a> {
    under: Option<f64>,
    missing_access: MissingAccess,
    enough: Option<Enough>,
    /// The column that says who is outside the region, where they do not count.
    outside: Option<&'a str>,
}

impl<'a> Need<'a> {
    pub(crate) fn of(scenario: &'a Scenario) -> Self {
        let border = scenario.border.as_ref().filter(|border| !border.people);
        Self {
            under: scenario.under,
            missing_access: scenario.missing_access,
            enough: scenario.enough,
            outside: border.map(|border| border.field.as_str()),
        }
    }

    /// Returns whether a commune lies outside the region and its people do not count.
    fn leaves_out(self, commune: &Commune) -> bool {
        self.outside.is_some_and(|field| is_outside(&commune.columns, field))
    }

    /// Makes the same rule with another threshold.
    pub(crate) fn under(self, threshold: f64) -> Self {
        Self { under: Some(threshold), ..self }
    }

    /// Returns whether a commune has people, a figure is needed, and it has none.
    pub(crate) fn lacks_access(self, commune: &Commune) -> bool {
        self.under.is_some() && commune.population > 0 && commune.access.is_none() && !self.leaves_out(commune)
    }

    /// Counts the under-served people of a commune: all its people, or none.
    ///
    /// Access strictly below the threshold is under-served. Communes without a figure count only where the scenario
    /// says so; where it refuses them, compiling has done so already.
    pub(crate) fn people(self, commune: &Commune) -> u64 {
        let under_served = match (self.under, commune.access) {
            (None, _) => true,
            (Some(under), Some(access)) => access < under,
            (Some(_), None) => self.missing_access == MissingAccess::UnderServed,
        };
        if under_served && !self.leaves_out(commune) { commune.population } else { 0 }
    }

    /// Counts the people of a commune that count if they are under-served.
    pub(crate) fn everyone(self, commune: &Commune) -> u64 {
        if self.leaves_out(commune) { 0 } else { commune.population }
    }

    /// Returns what a commune weighs in the objective; absent when the column to weigh by is needed and empty.
    ///
    /// A shortfall without a figure is that of a figure of 0, and figures below 0 are as bad as 0.
    pub(crate) fn weight(self, commune: &Commune, weight: &Weight) -> Option<u64> {
        let weight = match (self.people(commune), weight) {
            (0, _) => return Some(0),
            (people, Weight::People) if self.weighs_down() => people * 1_000,
            (people, Weight::People) => people,
            (people, Weight::Shortfall) => thousandths_of_shortfall(people, self.under?, commune.access),
            (_, Weight::Field(_)) => commune.weight?,
            (people, Weight::Blend(parts)) => blended(people, commune, parts)?,
        };
        let enough = self.enough.filter(|enough| commune.access.is_some_and(|access| access >= enough.access));
        Some(enough.map_or(weight, |enough| enough.part_of(weight)))
    }

    /// Returns whether people may count in part, which takes thousandths.
    fn weighs_down(self) -> bool {
        self.enough.is_some()
    }
}

/// Adds up columns, each in whole thousandths times its number; absent where one of them is empty or no number from 0.
fn blended(people: u64, commune: &Commune, parts: &[(String, Amount)]) -> Option<u64> {
    let mut sum: u128 = 0;
    for (name, amount) in parts {
        let thousandths = if name == Weight::PEOPLE {
            people.checked_mul(1_000)?
        } else {
            thousandths_of(commune.columns.get(name)?.parse().ok()?)?
        };
        sum += u128::from(thousandths) * u128::try_from(amount.thousandths()).ok()?;
    }
    u64::try_from((sum + 500) / 1_000).ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be from 0 to 10^15")]
fn thousandths_of(number: f64) -> Option<u64> {
    let thousandths = (number * 1_000.0).round();
    (0.0..=1e15).contains(&thousandths).then_some(thousandths as u64)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a territory's people are exact as floating-point numbers, and the share is from 0 to 1"
)]
fn thousandths_of_shortfall(people: u64, under: f64, access: Option<f64>) -> u64 {
    let share = ((under - access.unwrap_or(0.0).max(0.0)) / under).clamp(0.0, 1.0);
    (people as f64 * 1000.0 * share).round() as u64
}
