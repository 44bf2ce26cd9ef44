use crate::in_order::map_in_order;
use crate::point_index::PointIndex;
use crate::position::{kilometres_of_squared_chord, squared_chord_of_kilometres};
use crate::{Position, Reach, ReachError, Territory, TravelTime};

/// Travel in a straight line, lengthened by a detour and driven at one speed.
///
/// minutes = great-circle kilometres (haversine, R = 6371.0088 km) × detour ÷ speed × 60, rounded *up* to a whole
/// decisecond, so that "within 10 minutes" is exact. Nothing is added for the way inside a commune: where people leave
/// from the very place of a site, the time is 0.
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

    /// Returns the kilometres an hour.
    #[must_use]
    pub const fn kilometres_an_hour(self) -> f64 {
        self.kilometres_an_hour
    }

    /// Returns how much longer than the straight line the way is.
    #[must_use]
    pub const fn detour(self) -> f64 {
        self.detour
    }

    /// Returns the time between two positions; 0 where they are the same.
    ///
    /// ```
    /// use maillage_core::{Position, StraightLine};
    ///
    /// let (metz, nancy) = (Position::new(6.1757, 49.1193)?, Position::new(6.1844, 48.6921)?);
    /// assert_eq!(StraightLine::new(50.0, 1.3)?.time(metz, nancy).to_string(), "1h14min6.7s");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn time(self, from: Position, to: Position) -> TravelTime {
        self.time_of_kilometres(from.kilometres_to(to))
    }

    /// Computes for each site of the territory the communes within the limit.
    ///
    /// Pairs are counted before any is stored where they could be too many.
    ///
    /// # Errors
    /// When more than 400 million pairs are within the limit.
    pub fn reach(self, territory: &Territory, limit: TravelTime) -> Result<Reach, ReachError> {
        let communes = PointIndex::new((0..).zip(territory.communes().iter().map(|commune| commune.origin)));
        let squared_chord = self.squared_chord_within(limit);
        let is_crowded = communes.is_crowded(squared_chord);
        let place_of = |site: u32| territory.sites().get(site as usize).map(|site| site.position.unit_vector());
        let count_of = |site: u32| match place_of(site) {
            Some(place) if is_crowded => communes.scan(place, squared_chord).count(),
            Some(place) => communes.within(place, squared_chord).count(),
            None => 0,
        };
        let in_reach = |(commune, squared_chord)| {
            let time = self.time_of_squared_chord(squared_chord);
            (time <= limit).then_some((commune, time))
        };
        let row_of = |site: u32| match place_of(site) {
            Some(place) if is_crowded => communes.scan(place, squared_chord).filter_map(in_reach).collect(),
            Some(place) => {
                let mut row: Vec<(u32, TravelTime)> =
                    communes.within(place, squared_chord).filter_map(in_reach).collect();
                row.sort_unstable();
                row
            }
            None => Vec::new(),
        };
        Reach::from_rows(territory, limit, self, count_of, row_of)
    }

    /// Returns for each commune the nearest of the given sites in time, however far; ties go to the smaller position.
    pub(crate) fn nearest(self, territory: &Territory, sites: &[u32]) -> Vec<Option<(u32, TravelTime)>> {
        let position_of = |&site: &u32| Some((site, territory.sites().get(site as usize)?.position));
        let index = PointIndex::new(sites.iter().filter_map(position_of));
        let nearest_to = |commune: u32| {
            let from = territory.communes().get(commune as usize)?.origin.unit_vector();
            let nearest = index.nearest(from)?;
            let time = self.time_of_squared_chord(nearest);
            // Other sites may be as near once rounded to deciseconds: the smallest position among them is wanted.
            index
                .within(from, self.squared_chord_within(time).max(nearest))
                .filter(|&(_, squared_chord)| self.time_of_squared_chord(squared_chord) <= time)
                .map(|(site, _)| (site, time))
                .min()
        };
        map_in_order(0..territory.commune_count(), nearest_to)
    }

    pub(crate) fn time_of_squared_chord(self, squared_chord: f64) -> TravelTime {
        self.time_of_kilometres(kilometres_of_squared_chord(squared_chord))
    }

    /// The one place where kilometres become time; what passes 13 years counts as 13 years.
    fn time_of_kilometres(self, kilometres: f64) -> TravelTime {
        TravelTime::from_deciseconds_up(kilometres * self.detour / self.kilometres_an_hour * 36_000.0)
    }

    /// Returns a squared chord a little longer than the way within a time, so that no rounding loses a point.
    pub(crate) fn squared_chord_within(self, time: TravelTime) -> f64 {
        let kilometres = f64::from(time.deciseconds()) / 36_000.0 * self.kilometres_an_hour / self.detour;
        squared_chord_of_kilometres(kilometres * (1.0 + 1e-9) + 1e-6) * (1.0 + 1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_equator_takes_what_the_formula_says() {
        // 6371.0088 km × π ÷ 180 = 111.195 080 km; × 1.3 ÷ 50 km/h × 36,000 = 104,078.595 deciseconds.
        let (from, to) = (Position::new(12.0, 0.0).unwrap(), Position::new(13.0, 0.0).unwrap());
        assert_eq!(StraightLine::new(50.0, 1.3).unwrap().time(from, to).deciseconds(), 104_079);
        assert_eq!(StraightLine::new(100.0, 1.3).unwrap().time(from, to).deciseconds(), 52_040);
        assert_eq!(StraightLine::new(1e-300, 1.3).unwrap().time(from, to).deciseconds(), u32::MAX);
        assert_eq!(StraightLine::new(1e300, 1.0).unwrap().time(from, to).deciseconds(), 1);
    }

    #[test]
    fn speeds_and_detours_out_of_range_are_refused() {
        for speed in [0.0, -50.0, f64::INFINITY] {
            assert_eq!(StraightLine::new(speed, 1.3), Err(StraightLineError::Speed(speed)));
        }
        for detour in [0.99, -1.0, f64::INFINITY] {
            assert_eq!(StraightLine::new(50.0, detour), Err(StraightLineError::Detour(detour)));
        }
        assert!(StraightLine::new(f64::NAN, 1.3).is_err());
        assert!(StraightLine::new(50.0, f64::NAN).is_err());
    }
}
