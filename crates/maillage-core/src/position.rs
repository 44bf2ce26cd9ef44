/// A point of the earth in WGS 84 degrees.
///
/// ```
/// use maillage_core::Position;
///
/// let metz = Position::new(6.1757, 49.1193)?;
/// assert!(Position::new(931_000.0, 6_891_000.0).is_err());
/// # Ok::<(), maillage_core::PositionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    longitude: f64,
    latitude: f64,
}

/// Why two numbers are not a [`Position`].
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("({longitude}, {latitude}) is not a longitude from -180 to 180 and a latitude from -90 to 90")]
pub struct PositionError {
    /// The first number.
    pub longitude: f64,
    /// The second number.
    pub latitude: f64,
}

impl Position {
    /// Makes a position from degrees east and degrees north.
    ///
    /// # Errors
    /// When either is not finite or out of range.
    pub fn new(longitude: f64, latitude: f64) -> Result<Self, PositionError> {
        if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 {
            Ok(Self { longitude, latitude })
        } else {
            Err(PositionError { longitude, latitude })
        }
    }

    /// Returns degrees east, from -180 to 180.
    #[must_use]
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// Returns degrees north, from -90 to 90.
    #[must_use]
    pub const fn latitude(self) -> f64 {
        self.latitude
    }
}
