use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A number of sites, of euros or of a column, exact to a thousandth: `5`, `2.5`, `600_000`.
///
/// ```
/// use maillage_core::Amount;
///
/// let hours: Amount = "37,5".parse()?;
/// assert_eq!((hours.thousandths(), hours.to_string()), (37_500, "37.5".to_owned()));
/// # Ok::<(), maillage_core::AmountError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(try_from = "Written")]
#[schemars(with = "f64", extend("minimum" = 0))]
pub struct Amount {
    thousandths: i64,
}

/// Why a text is not an [`Amount`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a number from 0 to 1,000,000,000,000 with at most three decimals: write it like 5 or 2.5")]
pub struct AmountError(
    /// What was found.
    pub String,
);

/// The most, in thousandths.
const MOST: i64 = 1_000_000_000_000_000;

impl Amount {
    /// Makes a whole amount; one past 10¹² counts as 10¹².
    #[must_use]
    pub fn whole(number: u64) -> Self {
        let thousandths = i64::try_from(number).unwrap_or(MOST).saturating_mul(1_000).min(MOST);
        Self { thousandths }
    }

    /// Returns the amount in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.thousandths
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || AmountError(text.to_owned());
        let number = text.trim().trim_end_matches('€').trim_end().replace(',', ".");
        let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
        let grouped = whole.starts_with(|first: char| first.is_ascii_digit()) && !whole.ends_with('_');
        let whole = whole.replace('_', "");
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !grouped || number.ends_with('.') || !digits(&whole) || !digits(decimals) {
            return Err(refuse());
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > 3 {
            return Err(refuse());
        }
        let whole: i64 = whole.parse().map_err(|_| refuse())?;
        let rest: i64 = format!("{decimals:0<3}").parse().map_err(|_| refuse())?;
        let thousandths = whole.checked_mul(1_000).and_then(|whole| whole.checked_add(rest));
        thousandths
            .filter(|&thousandths| thousandths <= MOST)
            .map(|thousandths| Self { thousandths })
            .ok_or_else(refuse)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.thousandths / 1_000, self.thousandths % 1_000);
        if rest == 0 {
            write!(formatter, "{whole}")
        } else {
            write!(formatter, "{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number, such as 5 or 2.5")]
enum Written {
    Whole(u64),
    Decimal(f64),
    Text(String),
}

impl TryFrom<Written> for Amount {
    type Error = AmountError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written {
            Written::Whole(whole) => whole.to_string().parse(),
            Written::Decimal(decimal) => decimal.to_string().parse(),
            Written::Text(text) => text.parse(),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.thousandths % 1_000 == 0 {
            serializer.serialize_i64(self.thousandths / 1_000)
        } else {
            serializer.serialize_str(&self.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_to_a_thousandth() {
        for (text, thousandths) in
            [("5", 5_000), ("2.5", 2_500), ("0,125", 125), ("600_000 €", 600_000_000), ("1.500", 1_500)]
        {
            assert_eq!(text.parse::<Amount>().map(Amount::thousandths), Ok(thousandths), "{text}");
        }
        for text in ["", "-1", "1.2345", "1e3", "NaN", "2000000000000", "_1", "1_", ".5", "5.", "1 000"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
        for (json, written) in [("5", "5"), ("2.5", r#""2.5""#), (r#""2,5""#, r#""2.5""#), ("7.0", "7")] {
            let amount: Amount = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&amount).unwrap(), written);
        }
        assert!(serde_json::from_str::<Amount>("-3").is_err());
    }
}
