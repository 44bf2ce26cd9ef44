use crate::Profile;
use crate::extract::{Extract, Node};
use crate::passage::{Pace, Passage};

/// No passing in this direction.
pub(crate) const CLOSED: u32 = u32::MAX;

/// The mean radius of the earth in metres.
pub(crate) const RADIUS: f64 = 6_371_008.8;

/// A straight piece of road between two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) ends: [u32; 2],
    /// Deciseconds from the first end to the second, and back.
    pub(crate) times: [u32; 2],
    /// Whether trips start and end on it.
    pub(crate) is_entered: bool,
}

/// Points and the straight pieces of road between them.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    /// Longitude and latitude in ten-millionths of a degree.
    pub(crate) places: Vec<[i32; 2]>,
    pub(crate) list: Vec<Segment>,
    /// Points where roads are interrupted by a barrier.
    pub(crate) barriers: u64,
}

impl Segments {
    /// Cuts roads into segments.
    ///
    /// Times are computed from the start of a road and rounded up at each of its points, so that a road of many points
    /// is not slower for it. Where a barrier stands, each road that comes there has an end of its own.
    pub(crate) fn of(extract: &Extract, profile: &Profile) -> Self {
        let absent = Node::default();
        let node = |point: u32| extract.nodes.get(point as usize).copied().unwrap_or(absent);
        let mut made = Self {
            places: extract.nodes.iter().map(|node| node.place.unwrap_or_default()).collect(),
            list: Vec::with_capacity(extract.points.len()),
            barriers: extract.nodes.iter().filter(|node| node.is_blocked).count() as u64,
        };
        let mut start = 0;
        for road in &extract.roads {
            let points = extract.points.get(start..road.end).unwrap_or_default();
            start = road.end;
            for part in points.split(|&point| node(point).place.is_none()) {
                made.add_road(part, road.passage, &node);
            }
        }
        made.add_lost_time(extract, profile);
        made
    }

    fn add_road(&mut self, points: &[u32], passage: Passage, node: &impl Fn(u32) -> Node) {
        let length_of = |from: u32, to: u32| match (node(from).place, node(to).place) {
            (Some(from), Some(to)) => metres(from, to),
            _ => 0.0,
        };
        let pairs = || points.iter().zip(points.iter().skip(1)).map(|(&from, &to)| (from, to));
        let speeds = match passage.pace {
            Pace::Speeds(speeds) => speeds,
            Pace::Lasts(seconds, open) => {
                let whole: f64 = pairs().map(|(from, to)| length_of(from, to)).sum();
                open.map(|open| if open { whole.max(1.0) / seconds * 3.6 } else { 0.0 })
            }
        };
        let mut length = 0.0;
        for (from, to) in pairs().filter(|(from, to)| from != to) {
            let next = length + length_of(from, to);
            let times = speeds.map(|speed| {
                if speed > 0.0 { deciseconds(next, speed).saturating_sub(deciseconds(length, speed)) } else { CLOSED }
            });
            let ends = [from, to].map(|end| if node(end).is_blocked { self.copy_of(end) } else { end });
            self.list.push(Segment { ends, times, is_entered: passage.is_entered });
            length = next;
        }
    }

    fn copy_of(&mut self, point: u32) -> u32 {
        let copy = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(self.places.get(point as usize).copied().unwrap_or_default());
        copy
    }

    /// Adds what is lost on entering points with signals and points where three segments or more meet.
    fn add_lost_time(&mut self, extract: &Extract, profile: &Profile) {
        let mut meeting = vec![0_u8; self.places.len()];
        for end in self.list.iter().flat_map(|segment| segment.ends) {
            if let Some(meeting) = meeting.get_mut(end as usize) {
                *meeting = meeting.saturating_add(1);
            }
        }
        let lost_at = |point: u32| {
            let has_signals = extract.nodes.get(point as usize).is_some_and(|node| node.has_signals);
            let is_junction = meeting.get(point as usize).is_some_and(|&meeting| meeting >= 3);
            10 * if has_signals {
                profile.signals
            } else if is_junction {
                profile.junction
            } else {
                0
            }
        };
        for Segment { ends: [from, to], times: [forward, backward], .. } in &mut self.list {
            for (time, end) in [(forward, *to), (backward, *from)] {
                if *time != CLOSED {
                    *time = time.saturating_add(lost_at(end)).min(CLOSED - 1);
                }
            }
        }
    }
}

/// Rounds up, except for what is only the noise of fractions.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates: 13 years")]
fn deciseconds(metres: f64, kilometres_an_hour: f64) -> u32 {
    (metres * 36.0 / kilometres_an_hour - 1e-6).ceil().max(0.0) as u32
}

/// Great-circle metres between two places (haversine).
pub(crate) fn metres(from: [i32; 2], to: [i32; 2]) -> f64 {
    let radians = |number: i32| (f64::from(number) * 1e-7).to_radians();
    let (north, east) = (radians(to[1]) - radians(from[1]), radians(to[0]) - radians(from[0]));
    let square =
        (north / 2.0).sin().powi(2) + radians(from[1]).cos() * radians(to[1]).cos() * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * square.sqrt().min(1.0).asin()
}
