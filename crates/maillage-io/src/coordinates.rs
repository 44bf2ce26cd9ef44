//! Whether the coordinates of a whole file make sense together.

use crate::catalogue::{
    AXES_SWAPPED, COARSE_COORDINATES, FAR_AWAY, LAMBERT_93, NULL_ISLAND, OUT_OF_RANGE, OVERSEAS, WEB_MERCATOR,
};
use crate::{Crs, Finding};

/// A place of a file: the box round it, and its position among the records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) record: usize,
    /// Least longitude and latitude, then greatest.
    pub(crate) bounds: [f64; 4],
    /// Whether its coordinates have two decimals at most.
    pub(crate) coarse: bool,
}

impl Place {
    /// Makes the place of a point.
    pub(crate) fn of_point(record: usize, x: f64, y: f64) -> Self {
        Self { record, bounds: [x, y, x, y], coarse: is_coarse(x) && is_coarse(y) }
    }

    fn middle(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.bounds;
        (f64::midpoint(left, right), f64::midpoint(bottom, top))
    }

    /// Returns whether it is wider or higher than any commune can be.
    fn is_wide(&self) -> bool {
        let [left, bottom, right, top] = self.bounds;
        right - left > FARTHEST || top - bottom > FARTHEST
    }

    fn is_on_earth(&self) -> bool {
        let [left, bottom, right, top] = self.bounds;
        left >= -180.0 && right <= 180.0 && bottom >= -90.0 && top <= 90.0
    }
}

/// Returns whether a number has two decimals at most.
pub(crate) fn is_coarse(number: f64) -> bool {
    ((number * 100.0).round() / 100.0 - number).abs() < 1e-12
}

/// How far from the middle of all a place may be, in degrees.
const FARTHEST: f64 = 20.0;

/// Returns what is wrong or remarkable, each with the position of the record where it is first seen.
pub(crate) fn survey(places: &[Place]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let (on_earth, off): (Vec<&Place>, Vec<&Place>) = places.iter().partition(|place| place.is_on_earth());
    let (lambert, off): (Vec<&Place>, Vec<&Place>) = off.into_iter().partition(|place| looks_like_lambert(place));
    let (mercator, off): (Vec<&Place>, Vec<&Place>) = off.into_iter().partition(|place| looks_like_mercator(place));
    for (entry, group) in [(&LAMBERT_93, lambert), (&WEB_MERCATOR, mercator)] {
        if let Some(first) = group.first() {
            found.push((
                first.record,
                Finding::new(entry).with("count", group.len()).with_value(&shown(first.middle())),
            ));
        }
    }
    found.extend(off.into_iter().map(|place| {
        let [left, bottom, right, top] = place.bounds;
        let corner = if left < -180.0 || bottom < -90.0 { (left, bottom) } else { (right, top) };
        (place.record, Finding::new(&OUT_OF_RANGE).with_value(&shown(corner)))
    }));
    let is_null = |place: &Place| place.bounds.iter().all(|number| number.abs() < 1e-9);
    let (null, on_earth): (Vec<&Place>, Vec<&Place>) = on_earth.into_iter().partition(|place| is_null(place));
    found.extend(null.into_iter().map(|place| (place.record, Finding::new(&NULL_ISLAND))));
    let Some(first) = on_earth.first() else { return found };
    if on_earth.iter().all(|place| is_swapped(place.middle())) {
        let finding = Finding::new(&AXES_SWAPPED).with("count", on_earth.len()).with_value(&shown(first.middle()));
        found.push((first.record, finding));
        return found;
    }
    found.extend(far_places(&on_earth));
    if on_earth.len() > 1 && on_earth.iter().all(|place| place.coarse) {
        found.push((first.record, Finding::new(&COARSE_COORDINATES).with("count", on_earth.len())));
    }
    found
}

fn far_places(places: &[&Place]) -> Vec<(usize, Finding)> {
    let middles = || places.iter().map(|place| place.middle());
    let centre =
        (median(middles().map(|middle| middle.0).collect()), median(middles().map(|middle| middle.1).collect()));
    let is_near = |(x, y): (f64, f64)| (x - centre.0).abs() <= FARTHEST && (y - centre.1).abs() <= FARTHEST;
    let mut found = Vec::new();
    let mut overseas = Vec::new();
    for place in places {
        let (x, y) = place.middle();
        if place.is_wide() {
            // A vertex in another system, or on the other side of the antimeridian, pulls the box apart.
            let [left, bottom, right, top] = place.bounds;
            let corner = if is_near((left, bottom)) { (right, top) } else { (left, bottom) };
            found.push((place.record, Finding::new(&FAR_AWAY).with_value(&shown(corner)).with("hint", ("", ""))));
            continue;
        }
        if is_near((x, y)) {
            continue;
        }
        if is_overseas((x, y)) || is_overseas(centre) {
            overseas.push(place.record);
            continue;
        }
        let hint = if is_near((y, x)) {
            (": latitude and longitude look swapped", " : latitude et longitude semblent inversées")
        } else {
            ("", "")
        };
        found.push((place.record, Finding::new(&FAR_AWAY).with_value(&shown((x, y))).with("hint", hint)));
    }
    if let Some(first) = overseas.first() {
        found.push((*first, Finding::new(&OVERSEAS).with("count", overseas.len())));
    }
    found
}

fn median(mut numbers: Vec<f64>) -> f64 {
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return 0.0;
    }
    *numbers.select_nth_unstable_by(middle, f64::total_cmp).1
}

fn shown((x, y): (f64, f64)) -> String {
    let round = |number: f64| (number * 1e5).round() / 1e5;
    format!("{}, {}", round(x), round(y))
}

fn looks_like_lambert(place: &Place) -> bool {
    let (x, y) = place.middle();
    Crs::is_lambert(geo::Coord { x, y })
}

fn looks_like_mercator(place: &Place) -> bool {
    let (x, y) = place.middle();
    x.abs() <= 20_037_509.0 && y.abs() <= 20_048_967.0 && (x.abs() > 1000.0 || y.abs() > 1000.0)
}

/// Metropolitan France with its axes swapped: from Somalia to the Indian Ocean.
fn is_swapped((x, y): (f64, f64)) -> bool {
    (41.0..=52.0).contains(&x) && (-6.0..=10.0).contains(&y)
}

/// The French overseas departments and territories, by wide boxes.
fn is_overseas((x, y): (f64, f64)) -> bool {
    let boxes = [
        [-64.0, 2.0, -51.0, 19.0],     // Guadeloupe, Martinique, Guyane, Saint-Martin, Saint-Barthélemy
        [44.0, -23.0, 57.0, -11.0],    // La Réunion, Mayotte
        [-57.0, 46.0, -56.0, 48.0],    // Saint-Pierre-et-Miquelon
        [158.0, -28.0, 172.0, -17.0],  // Nouvelle-Calédonie
        [-180.0, -28.0, -130.0, -7.0], // Polynésie française, Wallis-et-Futuna
    ];
    boxes.iter().any(|[left, bottom, right, top]| (*left..=*right).contains(&x) && (*bottom..=*top).contains(&y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(points: &[(f64, f64)]) -> Vec<(usize, &'static str)> {
        let places: Vec<Place> =
            points.iter().enumerate().map(|(record, (x, y))| Place::of_point(record, *x, *y)).collect();
        survey(&places).into_iter().map(|(record, finding)| (record, finding.code)).collect()
    }

    #[test]
    fn metres_are_named() {
        assert_eq!(codes(&[(931_000.0, 6_891_000.0), (932_000.0, 6_892_000.0)]), [(0, "E160")]);
        assert_eq!(codes(&[(687_000.0, 6_300_000.0)]), [(0, "E160")]);
        assert_eq!(codes(&[(-687_000.0, 5_300_000.0)]), [(0, "E161")]);
        assert_eq!(codes(&[(6.1, 49.123), (181.0, 49.0)]), [(1, "E166")]);
    }

    #[test]
    fn swapped_axes_are_seen_for_all_and_for_some() {
        assert_eq!(codes(&[(49.1, 6.123), (48.0, 7.0)]), [(0, "E163")]);
        assert_eq!(codes(&[(6.123, 49.1), (6.2, 49.2), (49.3, 6.3), (6.4, 49.4)]), [(2, "E164")]);
    }

    #[test]
    fn the_gulf_of_guinea_is_no_commune() {
        assert_eq!(codes(&[(6.123, 49.1), (0.0, 0.0)]), [(1, "E165")]);
    }

    #[test]
    fn overseas_departments_are_remarked_not_refused() {
        assert_eq!(codes(&[(6.123, 49.1), (6.2, 49.2), (6.3, 49.0), (55.4, -21.1)]), [(3, "W168")]);
        assert_eq!(codes(&[(55.4567, -21.1), (55.5, -21.2)]), []);
    }

    #[test]
    fn two_decimals_everywhere_are_coarse() {
        assert_eq!(codes(&[(6.12, 49.1), (6.2, 49.25)]), [(0, "W167")]);
        assert_eq!(codes(&[(6.12, 49.1), (6.2, 49.251)]), []);
    }
}
