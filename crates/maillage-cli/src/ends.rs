use std::fmt;
use std::str::FromStr;

use maillage_io::Euros;

/// No curve has more points.
const MOST_POINTS: u64 = 10_001;

/// The upper ends of a limit: one number, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    One(u64),
    Range { first: u64, last: u64, step: u64 },
}

/// Why a text names no ends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EndsError {
    #[error("\"{0}\" is not a range: write it like {1}")]
    NotOne(String, &'static str),
    #[error("{first}..{last} falls: write the smaller end first")]
    Falling { first: u64, last: u64 },
    #[error("a step of 0 leads nowhere")]
    NoStep,
    #[error("a range of euros has a step: write it like 0..6000000:100000")]
    NoStepOfEuros,
    #[error("{points} points are more than {MOST_POINTS}: take a larger step")]
    TooMany { points: u64 },
}

impl Ends {
    /// Reads `100`, `0..200` or `0..200:10`, both ends included.
    pub(crate) fn sites(text: &str) -> Result<Self, EndsError> {
        let example = "0..200 or 0..200:10, in whole numbers up to 4294967295";
        let whole = |text: &str| {
            let number = text.trim();
            let plain = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| u32::from_str(number).ok()).flatten().map(u64::from)
        };
        Self::read(text, example, Some(1), whole)
    }

    /// Reads `4280000` or `0..6000000:100000`, in whole euros, both ends included.
    pub(crate) fn euros(text: &str) -> Result<Self, EndsError> {
        let example = "0..6000000:100000, in whole euros up to 1000000000000";
        Self::read(text, example, None, |text| Euros::from_str(text).ok().map(Euros::whole))
    }

    fn read(
        text: &str,
        example: &'static str,
        usual_step: Option<u64>,
        whole: impl Fn(&str) -> Option<u64>,
    ) -> Result<Self, EndsError> {
        let whole = |part: &str| whole(part).ok_or_else(|| EndsError::NotOne(text.to_owned(), example));
        let Some((first, rest)) = text.split_once("..") else { return Ok(Self::One(whole(text)?)) };
        let (last, step) = match rest.split_once(':') {
            Some((last, step)) => (last, Some(whole(step)?)),
            None => (rest, usual_step),
        };
        let (first, last) = (whole(first)?, whole(last)?);
        let step = step.ok_or(EndsError::NoStepOfEuros)?;
        if first > last {
            return Err(EndsError::Falling { first, last });
        }
        let points = (last - first).checked_div(step).ok_or(EndsError::NoStep)? + 1;
        if points > MOST_POINTS {
            return Err(EndsError::TooMany { points });
        }
        Ok(Self::Range { first, last, step })
    }

    /// Returns the numbers, rising.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        match *self {
            Self::One(number) => vec![number],
            Self::Range { first, last, step } => {
                let mut next = Some(first);
                let upward = std::iter::from_fn(|| {
                    let number = next.filter(|&number| number <= last)?;
                    next = number.checked_add(step);
                    Some(number)
                });
                upward.collect()
            }
        }
    }

    /// Returns the largest number.
    pub(crate) fn largest(&self) -> u64 {
        self.numbers().last().copied().unwrap_or(0)
    }

    pub(crate) fn is_range(&self) -> bool {
        matches!(self, Self::Range { .. })
    }
}

impl fmt::Display for Ends {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(number) => write!(formatter, "{number}"),
            Self::Range { first, last, step } => write!(formatter, "{first}..{last}:{step}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_a_range() {
        assert_eq!(Ends::sites("0..3").unwrap().numbers(), [0, 1, 2, 3]);
        assert_eq!(Ends::sites("5..12:3").unwrap().numbers(), [5, 8, 11]);
        assert_eq!(Ends::sites("5..12:3").unwrap().largest(), 11);
        assert_eq!(Ends::sites("7..7").unwrap().numbers(), [7]);
        assert_eq!(Ends::euros("0..200_000:100000€").unwrap().numbers(), [0, 100_000, 200_000]);
        assert_eq!(Ends::sites("40").unwrap(), Ends::One(40));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in ["", "..", "0..", "..5", "0..-5", "a..b", "0..5:", "0..5:x", "0...5", "0..4294967296", "+1..2"] {
            assert!(matches!(Ends::sites(text), Err(EndsError::NotOne(..))), "{text}");
        }
        assert_eq!(Ends::sites("5..4"), Err(EndsError::Falling { first: 5, last: 4 }));
        assert_eq!(Ends::sites("0..5:0"), Err(EndsError::NoStep));
        assert_eq!(Ends::euros("0..5000"), Err(EndsError::NoStepOfEuros));
        assert_eq!(Ends::sites("0..10001"), Err(EndsError::TooMany { points: 10_002 }));
        assert!(Ends::euros("0..1.5:1").is_err());
    }
}
