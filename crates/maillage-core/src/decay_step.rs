use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Fraction, TravelTime};

/// A step of decay: who has a site within this time counts by this share, written `20min:60%`.
///
/// ```
/// use maillage_core::DecayStep;
///
/// let step: DecayStep = "20min: 60%".parse()?;
/// assert_eq!((step.within.minutes(), step.thousandths()), (20.0, 600));
/// # Ok::<(), maillage_core::DecayStepError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = ".+:.+%"))]
pub struct DecayStep {
    /// At most this long.
    pub within: TravelTime,
    /// What everyone counts, in whole thousandths.
    pub share: Fraction,
}

/// Why a text is not a [`DecayStep`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a step of decay: write a time and a share with at most one decimal, such as 20min:60%")]
pub struct DecayStepError(
    /// What was found.
    pub String,
);

/// Millionths in a thousandth.
const THOUSANDTH: u32 = 1_000;

impl DecayStep {
    /// Returns the share in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.share.millionths() / THOUSANDTH
    }
}

impl FromStr for DecayStep {
    type Err = DecayStepError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || DecayStepError(text.to_owned());
        let (within, share) = text.split_once(':').ok_or_else(refuse)?;
        let within = within.trim().parse().map_err(|_| refuse())?;
        let share: Fraction = share.parse().map_err(|_| refuse())?;
        if share.millionths().is_multiple_of(THOUSANDTH) { Ok(Self { within, share }) } else { Err(refuse()) }
    }
}

impl TryFrom<String> for DecayStep {
    type Error = DecayStepError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl fmt::Display for DecayStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.within, self.share)
    }
}

impl From<DecayStep> for String {
    fn from(step: DecayStep) -> Self {
        step.to_string()
    }
}
