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

/// The mean radius of the earth (IUGG R₁), in kilometres.
const EARTH_RADIUS: f64 = 6371.0088;

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

    /// Returns the point of the unit sphere where the position lies.
    ///
    /// Chords between such points are in order of great-circle distance, so an index over them needs no special care
    /// at the poles or the antimeridian.
    #[must_use]
    pub fn unit_vector(self) -> [f64; 3] {
        let (east, north) = (self.longitude.to_radians(), self.latitude.to_radians());
        [north.cos() * east.cos(), north.cos() * east.sin(), north.sin()]
    }

    /// Returns the great-circle distance in kilometres on a sphere of radius 6371.0088 km.
    ///
    /// The haversine formula, with the chord between unit vectors in place of its square root: 2 R asin(chord ÷ 2),
    /// which keeps its digits at short distances (Sinnott, "Virtues of the haversine", Sky and Telescope 68, 1984).
    ///
    /// ```
    /// use maillage_core::Position;
    ///
    /// let (metz, nancy) = (Position::new(6.1757, 49.1193)?, Position::new(6.1844, 48.6921)?);
    /// assert!((metz.kilometres_to(nancy) - 47.5).abs() < 0.1);
    /// # Ok::<(), maillage_core::PositionError>(())
    /// ```
    #[must_use]
    pub fn kilometres_to(self, other: Self) -> f64 {
        let squared_chord = self.unit_vector().iter().zip(other.unit_vector()).map(|(a, b)| (a - b) * (a - b)).sum();
        kilometres_of_squared_chord(squared_chord)
    }
}

/// Returns the great-circle distance in kilometres between points of the unit sphere a chord apart.
pub(crate) fn kilometres_of_squared_chord(squared_chord: f64) -> f64 {
    2.0 * EARTH_RADIUS * (squared_chord.sqrt() / 2.0).min(1.0).asin()
}

/// Returns the squared chord of a great-circle distance in kilometres; half the earth's girth and more give 4.
pub(crate) fn squared_chord_of_kilometres(kilometres: f64) -> f64 {
    let half_angle = (kilometres / EARTH_RADIUS / 2.0).min(std::f64::consts::FRAC_PI_2);
    let half_chord = half_angle.sin();
    4.0 * half_chord * half_chord
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn position(longitude: f64, latitude: f64) -> Position {
        Position::new(longitude, latitude).unwrap()
    }

    #[test]
    fn only_degrees_are_positions() {
        for (longitude, latitude) in
            [(f64::NAN, 0.0), (0.0, f64::NAN), (180.1, 0.0), (0.0, -90.1), (f64::INFINITY, 0.0)]
        {
            assert!(Position::new(longitude, latitude).is_err(), "{longitude} {latitude}");
        }
        assert!(Position::new(-180.0, 90.0).is_ok());
    }

    #[test]
    fn a_degree_of_the_equator_is_a_360th_of_the_girth() {
        let degree = 2.0 * std::f64::consts::PI * EARTH_RADIUS / 360.0;
        for (from, to) in [(0.0, 1.0), (179.5, -179.5), (-90.0, -89.0)] {
            assert!((position(from, 0.0).kilometres_to(position(to, 0.0)) - degree).abs() < 1e-9);
        }
    }

    #[test]
    fn distances_keep_their_digits_from_a_metre_to_the_antipodes() {
        let metre = 0.001 / (2.0 * std::f64::consts::PI * EARTH_RADIUS / 360.0);
        assert!((position(6.0, 48.0).kilometres_to(position(6.0, 48.0 + metre)) - 0.001).abs() < 1e-11);
        let half_girth = std::f64::consts::PI * EARTH_RADIUS;
        assert!((position(0.0, 90.0).kilometres_to(position(0.0, -90.0)) - half_girth).abs() < 1e-6);
        assert!((position(10.0, 20.0).kilometres_to(position(-170.0, -20.0)) - half_girth).abs() < 1e-3);
        assert!(position(6.0, 48.0).kilometres_to(position(6.0, 48.0)).abs() < f64::MIN_POSITIVE);
    }

    proptest! {
        #[test]
        fn distance_agrees_with_the_haversine_formula(
            (a, b) in (-180.0..180.0, -85.0..85.0),
            (c, d) in (-180.0..180.0, -85.0..85.0),
        ) {
            let (from, to): (Position, Position) = (position(a, b), position(c, d));
            let (half_north, half_east) = ((d - b).to_radians() / 2.0, (c - a).to_radians() / 2.0);
            let haversine: f64 = half_north.sin().powi(2)
                + b.to_radians().cos() * d.to_radians().cos() * half_east.sin().powi(2);
            let expected = 2.0 * EARTH_RADIUS * haversine.sqrt().min(1.0).asin();
            prop_assert!((from.kilometres_to(to) - expected).abs() < 1e-4);
        }

        #[test]
        fn chord_and_kilometres_are_inverse(kilometres in 0.0..20_000.0) {
            let back = kilometres_of_squared_chord(squared_chord_of_kilometres(kilometres));
            prop_assert!((back - kilometres).abs() < 1e-6);
        }
    }
}
