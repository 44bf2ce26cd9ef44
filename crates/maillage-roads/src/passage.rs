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

/// What an access tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Unsaid,
    Let,
    Kept,
}

impl Profile {
    /// Says how a way may be taken; nothing where it may not.
    pub(crate) fn pace_of(&self, tags: Tags<'_>) -> Option<Pace> {
        let highway = tags.find("highway");
        let is_ferry = tags.find("route") == Some("ferry");
        if highway.is_none() && !is_ferry || tags.find("area") == Some("yes") {
            return None;
        }
        let access = self.access_of(tags);
        if access == Access::Kept {
            return None;
        }
        let directions = self.directions_of(tags, highway);
        if directions == [false, false] {
            return None;
        }
        if is_ferry {
            return Some(match tags.find("duration").and_then(ferry_duration) {
                Some(seconds) => Pace::Lasts(seconds, directions),
                None => Pace::Speeds(directions.map(|open| if open { f64::from(self.ferry) } else { 0.0 })),
            });
        }
        let highway = highway?;
        if self.permitted_only.contains(highway) && access != Access::Let {
            return None;
        }
        let class = self.classes.get(highway)?;
        let zone = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic", "maxspeed"]
            .into_iter()
            .find_map(|key| tags.find(key));
        let is_urban = zone.is_some_and(|zone| zone.ends_with("urban"));
        let usual = f64::from(if is_urban { class.urban } else { class.rural });
        if usual == 0.0 {
            return None;
        }
        let limit_of = |key: &str| tags.find(key).and_then(|text| speed_limit(text, self));
        let both = limit_of("maxspeed")
            .or_else(|| ["maxspeed:type", "source:maxspeed", "zone:maxspeed"].into_iter().find_map(limit_of));
        let speed = |own: &str| match limit_of(own).or(both) {
            Some(limit) if self.limits => limit * f64::from(self.percent_of_limit) / 100.0,
            _ => usual,
        };
        let [forward, backward] = directions;
        Some(Pace::Speeds([
            if forward { speed("maxspeed:forward") } else { 0.0 },
            if backward { speed("maxspeed:backward") } else { 0.0 },
        ]))
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
