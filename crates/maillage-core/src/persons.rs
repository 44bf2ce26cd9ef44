use crate::{ConsultationError, Territory};

/// The most standardised persons of one commune: more is a mistake.
const MOST: f64 = 1e9;

/// The persons of each commune among whom consultations are shared.
///
/// Access figures such as the APL count by standardised person: inhabitants weighted by what people of their age consult. A
/// column holds them; inhabitants stand in for them where none is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Persons {
    of_commune: Vec<f64>,
}

impl Persons {
    /// Counts every inhabitant as one person.
    #[must_use]
    pub fn inhabitants(territory: &Territory) -> Self {
        Self { of_commune: territory.communes().iter().map(|commune| float(commune.population)).collect() }
    }

    /// Takes them from a column of the communes; whole or not, from 0 to a billion.
    ///
    /// # Errors
    /// When a commune with inhabitants has no figure there, or any has one that is below 0 or above a billion.
    pub fn standardised(territory: &Territory, column: &str) -> Result<Self, ConsultationError> {
        let of_commune = territory.communes().iter().map(|commune| {
            let Some(written) = commune.columns.get(column) else {
                let (code, column) = (commune.code.clone(), column.to_owned());
                let is_empty = commune.population == 0;
                return if is_empty { Ok(0.0) } else { Err(ConsultationError::NoPersons { code, column }) };
            };
            let number = written.parse().ok().filter(|number| (0.0..=MOST).contains(number));
            number.ok_or_else(|| ConsultationError::NoNumberOfPersons {
                code: commune.code.clone(),
                column: column.to_owned(),
                value: written.clone(),
            })
        });
        Ok(Self { of_commune: of_commune.collect::<Result<_, _>>()? })
    }

    /// Returns those of a commune, by its position in the territory.
    #[must_use]
    pub fn of(&self, commune: usize) -> f64 {
        self.of_commune.get(commune).copied().unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}
