use crate::point_index::PointIndex;
use crate::position::{kilometres_of_squared_chord, squared_chord_of_kilometres};
use crate::rule_groups::site_meets;
use crate::{Distance, RuleError, RulePlace, Scenario, Spacing, StraightLine, Territory, Travel};

/// The most pairs of sites that one spacing may set against each other.
const MOST_PAIRS: usize = 4_000_000;

/// A distance that sites must keep, told from the chord between them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Nearness {
    /// Kilometres in a straight line.
    Metres(u32),
    /// The time of the way.
    Time(StraightLine, crate::TravelTime),
}

impl Nearness {
    /// Makes it from what is asked; times need a way to compute them.
    pub(crate) fn of(scenario: &Scenario, distance: Distance, place: &RulePlace) -> Result<Self, RuleError> {
        match (distance, scenario.travel) {
            (Distance::Metres(metres), _) => Ok(Self::Metres(metres)),
            (Distance::Time(time), Travel::StraightLine { speed, detour }) => match StraightLine::new(speed, detour) {
                Ok(straight_line) => Ok(Self::Time(straight_line, time)),
                Err(_) => Err(RuleError::NoTimes { place: place.clone() }),
            },
            (Distance::Time(_), Travel::Times | Travel::Roads | Travel::Kept) => {
                Err(RuleError::NoTimes { place: place.clone() })
            }
        }
    }

    /// Returns a squared chord that holds all that is too near, and a little more.
    fn squared_chord(self) -> f64 {
        match self {
            Self::Metres(metres) => {
                squared_chord_of_kilometres(f64::from(metres) / 1_000.0 * (1.0 + 1e-9) + 1e-6) * (1.0 + 1e-9)
            }
            Self::Time(straight_line, time) => straight_line.squared_chord_within(time),
        }
    }

    /// Returns whether points this far apart are too near; exactly the distance is not.
    fn is_too_near(self, squared_chord: f64) -> bool {
        match self {
            // A chord is exact to about a micrometre.
            Self::Metres(metres) => kilometres_of_squared_chord(squared_chord) * 1_000.0 + 1e-6 < f64::from(metres),
            Self::Time(straight_line, time) => straight_line.time_of_squared_chord(squared_chord) < time,
        }
    }

    /// Returns the distance in its own unit: kilometres, or minutes.
    pub(crate) fn measure(self, squared_chord: f64) -> f64 {
        match self {
            Self::Metres(_) => kilometres_of_squared_chord(squared_chord),
            Self::Time(straight_line, _) => straight_line.time_of_squared_chord(squared_chord).minutes(),
        }
    }

    /// Returns what is asked for, in the same unit.
    pub(crate) fn asked(self) -> f64 {
        match self {
            Self::Metres(metres) => f64::from(metres) / 1_000.0,
            Self::Time(_, time) => time.minutes(),
        }
    }
}

/// Indexes sites of a territory, each known by its place in the list.
fn index_of(territory: &Territory, sites: &[u32]) -> PointIndex {
    let at = |(number, &site): (u32, &u32)| Some((number, territory.sites().get(site as usize)?.position));
    PointIndex::new((0..).zip(sites).filter_map(at))
}

fn unit_vector(territory: &Territory, site: u32) -> Option<[f64; 3]> {
    territory.sites().get(site as usize).map(|site| site.position.unit_vector())
}

/// Returns the candidates that stand too near an existing site, with one such site each.
pub(crate) fn too_near_existing(
    scenario: &Scenario,
    territory: &Territory,
    spacing: &Spacing,
    place: &RulePlace,
) -> Result<Vec<(u32, u32)>, RuleError> {
    let Some(distance) = spacing.from_existing else { return Ok(Vec::new()) };
    let nearness = Nearness::of(scenario, distance, place)?;
    let existing: Vec<u32> = territory.existing().collect();
    let index = index_of(territory, &existing);
    // An upgrade stands where the site it upgrades stands.
    let is_apart = |site: &u32| scenario.upgraded_by(territory, *site).is_none();
    let candidates =
        territory.candidates().filter(is_apart).filter(|&site| site_meets(territory, &spacing.r#where, site));
    let nearest = candidates.filter_map(|site| {
        let within = index.within(unit_vector(territory, site)?, nearness.squared_chord());
        let near = within.filter(|&(_, squared_chord)| nearness.is_too_near(squared_chord)).map(|(number, _)| number);
        Some((site, *existing.get(near.min()? as usize)?))
    });
    Ok(nearest.collect())
}

/// Returns for each of the sites, by its place in the list, the others that stand too near, ascending.
pub(crate) fn too_near_each_other(
    territory: &Territory,
    nearness: Nearness,
    sites: &[u32],
    place: &RulePlace,
) -> Result<Vec<Vec<u32>>, RuleError> {
    let index = index_of(territory, sites);
    let mut pairs = 0_usize;
    let mut all = Vec::with_capacity(sites.len());
    for (number, &site) in (0_u32..).zip(sites) {
        let mut near: Vec<u32> = match unit_vector(territory, site) {
            Some(at) => index
                .within(at, nearness.squared_chord())
                .filter(|&(other, squared_chord)| other != number && nearness.is_too_near(squared_chord))
                .map(|(other, _)| other)
                .collect(),
            None => Vec::new(),
        };
        near.sort_unstable();
        pairs = pairs.saturating_add(near.len());
        if pairs > 2 * MOST_PAIRS {
            return Err(RuleError::TooManyPairs { place: place.clone(), most: MOST_PAIRS });
        }
        all.push(near);
    }
    Ok(all)
}

/// Returns the smallest distance between two of the sites, or between one of them and one of the others where given,
/// in kilometres or minutes; absent where there are no two.
pub(crate) fn smallest_distance(
    territory: &Territory,
    nearness: Nearness,
    sites: &[u32],
    others: Option<&[u32]>,
) -> Option<f64> {
    let index = index_of(territory, others.unwrap_or(sites));
    let nearest = (0_u32..).zip(sites).filter_map(|(number, &site)| {
        let at = unit_vector(territory, site)?;
        let squared_chord = match others {
            Some(_) => index.nearest(at)?,
            None => index
                .scan(at, f64::INFINITY)
                .filter(|&(other, _)| other != number)
                .map(|found| found.1)
                .min_by(f64::total_cmp)?,
        };
        Some(nearness.measure(squared_chord))
    });
    nearest.min_by(f64::total_cmp)
}
