use crate::{Reach, ReachError, Territory, TravelTime};

/// Travel in a straight line, lengthened by a detour and driven at one speed.
///
/// minutes = great-circle kilometres (haversine, R = 6371.0088 km) × detour ÷ speed × 60, rounded *up* to a whole
/// decisecond, so that "within 10 minutes" is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StraightLine {
    kilometres_an_hour: f64,
    detour: f64,
}

/// Why two numbers do not make a [`StraightLine`].
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StraightLineError {
    /// The speed must be finite and above 0.
    #[error("a speed of {0} km/h is not a finite number above 0")]
    Speed(f64),
    /// The detour must be finite and at least 1.
    #[error("a detour of {0} is not a finite number from 1 up")]
    Detour(f64),
}

impl StraightLine {
    /// Makes the rule from kilometres an hour and a detour factor.
    ///
    /// # Errors
    /// When the speed is not finite and positive, or the detour not finite and at least 1.
    pub fn new(kilometres_an_hour: f64, detour: f64) -> Result<Self, StraightLineError> {
        if !(kilometres_an_hour.is_finite() && kilometres_an_hour > 0.0) {
            return Err(StraightLineError::Speed(kilometres_an_hour));
        }
        if !(detour.is_finite() && detour >= 1.0) {
            return Err(StraightLineError::Detour(detour));
        }
        Ok(Self { kilometres_an_hour, detour })
    }

    /// Computes for each site of the territory the communes within the limit.
    ///
    /// # Errors
    /// When there would be more pairs than memory allows.
    pub fn reach(&self, territory: &Territory, limit: TravelTime) -> Result<Reach, ReachError> {
        let _ = (territory, limit, self.kilometres_an_hour, self.detour);
        todo!()
    }
}
