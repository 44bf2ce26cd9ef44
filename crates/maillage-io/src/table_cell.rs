use rusqlite::types::Value;

/// What stands in a cell of a table that is written: the kind says how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum TableCell {
    /// Nothing is known.
    Nothing,
    /// A text, never a formula.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// Whole euros.
    Euros(u64),
    /// A number with decimals.
    Decimal(f64),
    /// A share from 0 to 1.
    Share(f64),
    /// True or false.
    Truth(bool),
}

impl TableCell {
    /// Makes a cell of a text, an empty one of nothing.
    #[must_use]
    pub fn text(content: &str) -> Self {
        if content.is_empty() { Self::Nothing } else { Self::Text(content.to_owned()) }
    }

    /// Makes a cell of a whole number, where it is known.
    #[must_use]
    pub fn whole(number: Option<u64>) -> Self {
        number.map_or(Self::Nothing, Self::Whole)
    }

    /// Makes a cell of whole euros, where they are known.
    #[must_use]
    pub fn euros(sum: Option<u64>) -> Self {
        sum.map_or(Self::Nothing, Self::Euros)
    }

    /// Makes a cell of a number with decimals, where it is known and finite.
    #[must_use]
    pub fn decimal(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Nothing, Self::Decimal)
    }

    /// Makes a cell of a share, where it is known and finite.
    #[must_use]
    pub fn share(share: Option<f64>) -> Self {
        share.filter(|share| share.is_finite()).map_or(Self::Nothing, Self::Share)
    }

    /// Returns the value as a database holds it.
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => Value::Text(text),
            Self::Whole(number) | Self::Euros(number) => Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
            Self::Decimal(number) | Self::Share(number) => Value::Real(number),
            Self::Truth(holds) => Value::Integer(i64::from(holds)),
        }
    }
}
