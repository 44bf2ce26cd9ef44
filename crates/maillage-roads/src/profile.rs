use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::RoadError;

/// How people travel: which roads they may take, in which direction, and how fast.
///
/// ```
/// use maillage_roads::Profile;
///
/// let mut car = Profile::named("car").ok_or("a built-in profile")?;
/// car.percent_of_limit = 80;
/// assert!(Profile::from_toml("name = \"tram\"").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What it is called in answers.
    pub name: String,
    /// The keys of tags that say who may pass, the one that decides first.
    pub access: Vec<String>,
    /// The values of these keys that keep people out.
    pub refused: BTreeSet<String>,
    /// The keys of tags that say in which direction one may pass, the one that decides first.
    pub oneway: Vec<String>,
    /// Whether speed limits count.
    pub limits: bool,
    /// The part of a speed limit that is driven on average, in percent.
    pub percent_of_limit: u32,
    /// The classes of road of which a limit never raises the speed.
    pub lower_only: BTreeSet<String>,
    /// Kilometres an hour where there is no limit.
    pub unlimited: u32,
    /// Kilometres an hour of a ferry that states no duration.
    pub ferry: u32,
    /// Seconds lost on entering a point with traffic lights.
    pub signals: u32,
    /// Seconds lost on entering a point where three roads or more meet.
    pub junction: u32,
    /// The barriers that nobody passes, unless their access tags say otherwise.
    pub barriers: BTreeSet<String>,
    /// Whether roads for motor vehicles alone are taken.
    pub motorroads: bool,
    /// The classes of road on which no trip starts or ends; nor does any on motorroads, in tunnels and on ferries.
    pub not_entered: BTreeSet<String>,
    /// The classes of road taken only where an access tag says so.
    pub permitted_only: BTreeSet<String>,
    /// The ways off the road.
    pub local: Local,
    /// The kilometres an hour of each class of road, by its value of the key `highway`; others are not taken.
    pub classes: BTreeMap<String, ClassSpeed>,
    /// The kilometres an hour of limits that are named.
    pub zones: BTreeMap<String, u32>,
}

/// How fast a class of road is, in kilometres an hour; 0 where it is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassSpeed {
    /// Outside of built-up areas.
    pub rural: u32,
    /// Inside of built-up areas.
    pub urban: u32,
}

/// The way from a place to the nearest road, and the way about inside a commune.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// Kilometres an hour from a place to the road, in a straight line.
    pub walk: u32,
    /// Kilometres an hour inside a commune.
    pub inside: u32,
    /// How much longer than the straight line the way inside a commune is.
    pub detour: f64,
    /// The least seconds inside a commune, whatever its area.
    pub least_inside: u32,
    /// The most metres from a place to the road.
    pub snap: u32,
}

impl Profile {
    /// Returns a built-in profile: `car`, `foot` or `bike`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::from_toml(Self::text_of(name)?).ok()
    }

    /// Returns the text of a built-in profile, to be saved and edited.
    #[must_use]
    pub fn text_of(name: &str) -> Option<&'static str> {
        match name {
            "car" => Some(include_str!("../profiles/car.toml")),
            "foot" => Some(include_str!("../profiles/foot.toml")),
            "bike" => Some(include_str!("../profiles/bike.toml")),
            _ => None,
        }
    }

    /// Reads a profile from TOML.
    ///
    /// # Errors
    /// When a key is missing, unknown or of another type, or a speed, a detour or a share is out of range.
    pub fn from_toml(text: &str) -> Result<Self, RoadError> {
        let profile: Self = toml::from_str(text).map_err(|error| RoadError::Profile {
            line: error.span().and_then(|span| Some(text.get(..span.start)?.matches('\n').count() as u64 + 1)),
            reason: error.message().to_owned(),
        })?;
        let refuse = |key: &str, expected: &str| {
            Err(RoadError::Profile { line: None, reason: format!("\"{key}\": expected {expected}") })
        };
        if !(1..=100).contains(&profile.percent_of_limit) {
            return refuse("percent_of_limit", "a whole number from 1 to 100");
        }
        let Local { walk, inside, detour, snap, least_inside } = profile.local;
        for (key, speed) in [("ferry", profile.ferry), ("local.walk", walk), ("local.inside", inside)] {
            if !(1..=300).contains(&speed) {
                return refuse(key, "a speed from 1 to 300 km/h");
            }
        }
        let classes = profile.classes.values().flat_map(|class| [class.rural, class.urban]);
        if classes.chain(profile.zones.values().copied()).chain([profile.unlimited]).any(|speed| speed > 300) {
            return refuse("classes, zones, unlimited", "speeds up to 300 km/h");
        }
        if !(1.0..=10.0).contains(&detour) {
            return refuse("local.detour", "a number from 1 to 10");
        }
        if !(1..=3_600).contains(&least_inside) || !(1..=100_000).contains(&snap) {
            return refuse("local", "least_inside from 1 to 3600 seconds and snap from 1 to 100000 metres");
        }
        if profile.signals > 3_600 || profile.junction > 3_600 {
            return refuse("signals, junction", "up to 3600 seconds");
        }
        Ok(profile)
    }
}
