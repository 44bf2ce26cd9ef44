use std::collections::BTreeMap;

use geo::{Geometry, Point};

use crate::Position;

/// A commune: people, how well they reach doctors today, and the place they leave from.
#[derive(Clone, Debug, PartialEq)]
pub struct Commune {
    /// The INSEE code, a text: leading zeros and 2A/2B matter. Unique in a territory.
    pub code: String,
    /// The name people know.
    pub name: String,
    /// The département, or another grouping; empty when the data have none.
    pub territory: String,
    /// INSEE density class from 1 to 7 (5, 6 and 7 are rural), where known.
    pub density: Option<u8>,
    /// Inhabitants.
    pub population: u64,
    /// Access to care (APL: consultations a year and inhabitant), where known.
    pub access: Option<f64>,
    /// The planner's own weight in whole thousandths, where a scenario weighs by a column.
    pub weight: Option<u64>,
    /// Acts of telemedicine by the commune's people, where a column of use is named.
    pub acts: Option<f64>,
    /// The place people leave from.
    pub origin: Position,
    /// The geometry that came in, to be written out again.
    pub geometry: Geometry<f64>,
    /// What stands in the columns that rules look at, by the name of the column; blanks are left out.
    pub columns: BTreeMap<String, String>,
}

impl Commune {
    /// Returns the commune's figures at its origin: a copy that does not carry its borders along.
    pub(crate) fn clone_without_shape(&self) -> Self {
        Self {
            code: self.code.clone(),
            name: self.name.clone(),
            territory: self.territory.clone(),
            density: self.density,
            population: self.population,
            access: self.access,
            weight: self.weight,
            acts: self.acts,
            origin: self.origin,
            geometry: Geometry::Point(Point::new(self.origin.longitude(), self.origin.latitude())),
            columns: self.columns.clone(),
        }
    }

    /// Returns whether the commune is rural in the INSEE sense (density class 5, 6 or 7), where known.
    #[must_use]
    pub fn is_rural(&self) -> Option<bool> {
        self.density.map(|class| class >= 5)
    }
}
