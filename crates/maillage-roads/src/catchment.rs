use maillage_core::{Disc, Position, TravelTime};

use crate::Roads;
use crate::graph::EdgePoint;
use crate::in_order::map_with_scratch;
use crate::road_reach::Stand;
use crate::rows::Rows;
use crate::search::Search;
use crate::segments::metres;

/// Roads from which a site is reached are looked at every so many metres.
const SPACING: f64 = 50.0;

/// A place by a road, and what is left of the time there once the site is reached from it, in deciseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoadSpot {
    /// The place.
    pub place: Position,
    /// Deciseconds from here to the site.
    pub time: TravelTime,
}

impl Roads {
    /// Returns for each place the spots, at most 50 metres apart on roads where trips start, from which it is reached
    /// within a limit; none where it stands too far from any road.
    #[must_use]
    pub fn spots(&self, places: &[Position], limit: TravelTime) -> Vec<Vec<RoadSpot>> {
        let ends = || (0_u32..).zip(&self.graph.edges).flat_map(|(number, edge)| edge.ends.map(|end| (end, number)));
        let meeting = Rows::new(self.graph.junctions(), ends);
        let scratch = || Scratch {
            search: Search::new(self.graph.junctions(), limit.deciseconds()),
            times: vec![u32::MAX; self.graph.junctions()],
        };
        map_with_scratch(places, scratch, |scratch, &place| self.spots_of(place, limit, &meeting, scratch))
    }

    /// Returns the disc round a spot that is walked within what is left of a limit, as far as people walk to a road.
    #[must_use]
    pub fn walked(&self, spot: RoadSpot, limit: TravelTime) -> Option<Disc> {
        let left = limit.deciseconds().checked_sub(spot.time.deciseconds())?;
        let walked = f64::from(left) * f64::from(self.profile.local.walk) / 36.0;
        Some(Disc { centre: spot.place, metres: walked.min(f64::from(self.profile.local.snap)) })
    }

    fn spots_of(
        &self,
        place: Position,
        limit: TravelTime,
        meeting: &Rows<u32>,
        scratch: &mut Scratch,
    ) -> Vec<RoadSpot> {
        let Some((site, _)) = self.stand(place) else { return Vec::new() };
        let ends = self.graph.edges.get(site.edge as usize).map(|edge| edge.ends).unwrap_or_default();
        let seeds = ends.into_iter().zip(site.arrive);
        let seeds = seeds.filter_map(|(end, time)| Some((end, time?.saturating_add(site.walk))));
        let Scratch { search, times } = scratch;
        let mut settled = Vec::new();
        search.run(&self.graph.arriving, seeds, |junction, time| {
            settled.push(junction);
            if let Some(known) = times.get_mut(junction as usize) {
                *known = time;
            }
        });
        let mut edges: Vec<u32> = settled.iter().flat_map(|&junction| meeting.of(junction)).copied().collect();
        edges.push(site.edge);
        edges.sort_unstable();
        edges.dedup();
        let mut spots = Vec::new();
        for edge in edges {
            self.spots_along(edge, &site, times, limit.deciseconds(), &mut spots);
        }
        for junction in settled {
            if let Some(known) = times.get_mut(junction as usize) {
                *known = u32::MAX;
            }
        }
        spots
    }

    /// Adds the spots along an edge, where trips start on it.
    fn spots_along(&self, number: u32, site: &Stand, times: &[u32], limit: u32, spots: &mut Vec<RoadSpot>) {
        let Some(edge) = self.graph.edges.get(number as usize) else { return };
        let points = self.graph.points_of(number);
        let Some(last) = points.last() else { return };
        let known = |end: u32| times.get(end as usize).copied().filter(|time| *time != u32::MAX).map(f64::from);
        let ends = edge.ends.map(known);
        let is_own = number == site.edge;
        for (after, (from, to)) in points.iter().zip(points.iter().skip(1)).enumerate() {
            if !to.is_entered {
                continue;
            }
            let count = (metres(from.place, to.place) / SPACING).ceil().max(1.0);
            let mut step = 0.0;
            while step <= count {
                let part = step / count;
                step += 1.0;
                let passed = [0, 1].map(|direction| between(from, to, direction, part));
                let there = [f64::from(last.times[0]) - passed[0], passed[1]];
                // Forward to the second end, backward to the first, or straight to the site on the same edge.
                let mut best = f64::INFINITY;
                for (is_open, (end, rest)) in edge.open.into_iter().zip([(ends[1], there[0]), (ends[0], there[1])]) {
                    if let (true, Some(end)) = (is_open, end) {
                        best = best.min(end + rest);
                    }
                }
                if is_own {
                    let at = (after, part);
                    let direct = |is_ahead: bool, arrive: Option<u32>, gone: f64| {
                        is_ahead.then_some((f64::from(arrive?) - gone).max(0.0) + f64::from(site.walk))
                    };
                    let ahead = direct(at <= site.at, site.arrive[0], passed[0]);
                    let back = direct(at >= site.at, site.arrive[1], f64::from(last.times[1]) - passed[1]);
                    best = [ahead, back].into_iter().flatten().fold(best, f64::min);
                }
                if best <= f64::from(limit) {
                    spots.extend(spot(from, to, part, best));
                }
            }
        }
    }
}

/// What one thread needs for its searches.
struct Scratch {
    search: Search,
    times: Vec<u32>,
}

/// The time from an end of the edge to a place between two of its points.
fn between(from: &EdgePoint, to: &EdgePoint, direction: usize, part: f64) -> f64 {
    let time = |point: &EdgePoint| f64::from(point.times.get(direction).copied().unwrap_or_default());
    time(from) + (time(to) - time(from)) * part
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the limit, and never negative")]
fn spot(from: &EdgePoint, to: &EdgePoint, part: f64, time: f64) -> Option<RoadSpot> {
    let [east, north] = [0, 1].map(|axis: usize| {
        let number = |point: &EdgePoint| f64::from(point.place.get(axis).copied().unwrap_or_default());
        (number(from) + (number(to) - number(from)) * part) * 1e-7
    });
    let time = TravelTime::from_deciseconds(time.ceil() as u32);
    Position::new(east, north).ok().map(|place| RoadSpot { place, time })
}
