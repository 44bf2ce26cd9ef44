use crate::need::Need;
use crate::{Scenario, Territory};

/// Codes named as examples.
const EXAMPLES: usize = 10;

/// Communes with people for which an access figure is needed and not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithoutAccess {
    /// How many.
    pub communes: u64,
    /// Their people.
    pub people: u64,
    /// Up to ten of their codes.
    pub examples: Vec<String>,
}

impl WithoutAccess {
    /// Counts them; none where the scenario counts everyone, whatever their access.
    #[must_use]
    pub fn of(territory: &Territory, scenario: &Scenario) -> Self {
        let need = Need::of(scenario);
        let mut count = Self::default();
        for commune in territory.communes().iter().filter(|commune| need.lacks_access(commune)) {
            count.communes += 1;
            count.people += commune.population;
            if count.examples.len() < EXAMPLES {
                count.examples.push(commune.code.clone());
            }
        }
        count
    }
}
