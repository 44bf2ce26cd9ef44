use crate::Profile;
use crate::block::Tags;
use crate::ferry_duration::ferry_duration;
use crate::speed_limit::speed_limit;

/// How a road may be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pace {
    /// Kilometres an hour in the order of its points and against it; 0 where that is forbidden.
    Speeds([f64; 2]),
    /// Seconds from end to end, and whether it may be taken in the order of its points and against it.
    Lasts(f64, [bool; 2]),
}

/// How a road may be taken, and whether trips start and end on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Passage {
    pub(crate) pace: Pace,
    pub(crate) is_entered: bool,
}

/// What an access tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Unsaid,
    Let,
    Kept,
}

/// A limit, and whether it is that of a zone rather than that of a sign.
type Limit = (f64, bool);

/// The keys that name the zone of a road, such as `FR:urban`.
const ZONES: [&str; 4] = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"];

impl Profile {
    /// Says how a way may be taken; nothing where it may not.
    pub(crate) fn passage_of(&self, tags: Tags<'_>) -> Option<Passage> {
        let highway = tags.find("highway");
        let is_ferry = tags.find("route") == Some("ferry");
        if highway.is_none() && !is_ferry || tags.find("area") == Some("yes") {
            return None;
        }
        let is_motorroad = tags.find("motorroad") == Some("yes");
        let access = self.access_of(tags);
        if access == Access::Kept || (is_motorroad && !self.motorroads) {
            return None;
        }
        let directions = self.directions_of(tags, highway);
        if directions == [false, false] {
            return None;
        }
        if is_ferry {
            let pace = match tags.find("duration").and_then(ferry_duration) {
                Some(seconds) => Pace::Lasts(seconds, directions),
                None => Pace::Speeds(directions.map(|open| if open { f64::from(self.ferry) } else { 0.0 })),
            };
            return Some(Passage { pace, is_entered: false });
        }
        let highway = highway?;
        if self.permitted_only.contains(highway) && access != Access::Let {
            return None;
        }
        let is_tunnel = tags.find("tunnel").is_some_and(|tunnel| !matches!(tunnel, "no" | "building_passage"));
        let is_entered = !is_motorroad && !is_tunnel && !self.not_entered.contains(highway);
        let [forward, backward] = directions;
        let speed = |own: &str| self.speed_of(highway, own, tags);
        let pace = Pace::Speeds([
            if forward { speed("maxspeed:forward")? } else { 0.0 },
            if backward { speed("maxspeed:backward")? } else { 0.0 },
        ]);
        Some(Passage { pace, is_entered })
    }

    /// Returns the speed in one direction, whose own limit has a key of its own; nothing where the class is not taken.
    ///
    /// A zone says which speed of the class holds, and lowers it at most; a sign raises it too, but in classes that are
    /// only lowered.
    fn speed_of(&self, highway: &str, own: &str, tags: Tags<'_>) -> Option<f64> {
        let class = self.classes.get(highway)?;
        let is_urban = |key: &str| tags.find(key).is_some_and(|zone| zone.ends_with("urban"));
        let is_urban = ["maxspeed"].into_iter().chain(ZONES).any(is_urban);
        let usual = f64::from(if is_urban { class.urban } else { class.rural });
        if usual <= 0.0 {
            return None;
        }
        let limit_of = |key: &str| -> Option<Limit> {
            let text = tags.find(key)?;
            let is_sign = text == "none" || text.starts_with(|letter: char| letter.is_ascii_digit());
            Some((speed_limit(text, self)?, !is_sign))
        };
        let limit = [own, "maxspeed"].into_iter().chain(ZONES).find_map(limit_of);
        Some(match limit {
            Some((limit, is_zone)) if self.limits => {
                let driven = limit * f64::from(self.percent_of_limit) / 100.0;
                if is_zone || self.lower_only.contains(highway) { driven.min(usual) } else { driven }
            }
            _ => usual,
        })
    }

    /// Says whether a point of a road keeps people from passing.
    pub(crate) fn is_blocked(&self, tags: Tags<'_>) -> bool {
        match self.access_of(tags) {
            Access::Let => false,
            Access::Kept => tags.find("barrier").is_some(),
            Access::Unsaid => tags.find("barrier").is_some_and(|barrier| self.barriers.contains(barrier)),
        }
    }

    fn access_of(&self, tags: Tags<'_>) -> Access {
        match self.access.iter().find_map(|key| tags.find(key)) {
            None => Access::Unsaid,
            Some(value) if value.split(';').all(|value| self.refused.contains(value.trim())) => Access::Kept,
            Some(_) => Access::Let,
        }
    }

    /// Returns whether a way may be taken in the order of its points and against it.
    fn directions_of(&self, tags: Tags<'_>, highway: Option<&str>) -> [bool; 2] {
        if self.oneway.iter().any(|key| key == "oneway:bicycle")
            && tags.find("cycleway").is_some_and(|cycleway| cycleway.starts_with("opposite"))
        {
            return [true, true];
        }
        match self.oneway.iter().find_map(|key| tags.find(key)) {
            Some("yes" | "true" | "1") => return [true, false],
            Some("-1" | "reverse") => return [false, true],
            // One lane in turns, within minutes, leads both ways.
            Some("no" | "false" | "0" | "alternating") => return [true, true],
            // The direction changes with the hour: nobody counts on it.
            Some("reversible") => return [false, false],
            _ => {}
        }
        let is_implied = !self.oneway.is_empty()
            && !self.oneway.iter().all(|key| key == "oneway:foot")
            && (matches!(tags.find("junction"), Some("roundabout" | "circular"))
                || matches!(highway, Some("motorway" | "motorway_link")));
        [true, !is_implied]
    }
}
