use maillage_core::{Position, Reach, Territory, TravelTime};

use crate::area::square_metres;
use crate::graph::curve;
use crate::in_order::{map_in_order, map_with_scratch};
use crate::rows::Rows;
use crate::search::Search;
use crate::snap::Snap;
use crate::{Local, RoadError, Roads};

/// Travel times on roads, with what stands too far from any.
#[derive(Debug)]
#[non_exhaustive]
pub struct RoadReach {
    /// The times.
    pub reach: Reach,
    /// Positions of communes that stand too far from a road: no site reaches them.
    pub communes_off_road: Vec<u32>,
    /// Positions of communes whose only roads near do not lead to all others and back: no site reaches them.
    pub communes_on_islands: Vec<u32>,
    /// Positions of sites that stand too far from a road, or whose only roads near do not lead to all others and back:
    /// they reach nobody.
    pub sites_off_road: Vec<u32>,
    /// Positions of communes that no site reaches within the limit, though they stand by a road.
    pub unreached: Vec<u32>,
    /// The longest way from a place to its road, in whole metres.
    pub longest_walk: u32,
}

/// Where a place stands on an edge, in deciseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stand {
    pub(crate) edge: u32,
    pub(crate) walk: u32,
    /// From the first end of the edge to here and from the second end to here, rounded up; no way where closed.
    pub(crate) arrive: [Option<u32>; 2],
    /// From here to the second end and from here to the first, rounded up; no way where closed.
    leave: [Option<u32>; 2],
    /// As `arrive`, rounded down.
    passed: [Option<u32>; 2],
    /// How far along the edge it stands: after which point, and the part of the way to the next.
    pub(crate) at: (usize, f64),
}

impl Roads {
    /// Computes for each site the communes whose people reach it within a limit, going from them to it.
    ///
    /// A place stands on the nearest road of the core; the way there is walked. Inside a commune, and so to any site,
    /// nobody takes less than the mean way in a disc of the commune's area.
    ///
    /// # Errors
    /// When more than 400 million pairs are within the limit.
    pub fn reach(&self, territory: &Territory, limit: TravelTime) -> Result<RoadReach, RoadError> {
        let homes = map_in_order(territory.communes(), |commune| self.stand(commune.origin));
        let sites = map_in_order(territory.sites(), |site| self.stand(site.position));
        let inside =
            map_in_order(territory.communes(), |commune| inside(&self.profile.local, square_metres(&commune.geometry)));
        let departures = || {
            (0_u32..).zip(&homes).flat_map(|(commune, home)| {
                home.iter().flat_map(move |&(stand, _)| {
                    let ends = self.graph.edges.get(stand.edge as usize).map(|edge| edge.ends).unwrap_or_default();
                    let [forward, backward] = stand.leave;
                    [forward.map(|time| (ends[1], time)), backward.map(|time| (ends[0], time))]
                        .into_iter()
                        .flatten()
                        .map(move |(end, time)| (end, (commune, time.saturating_add(stand.walk))))
                })
            })
        };
        let by_junction = Rows::new(self.graph.junctions(), departures);
        let by_edge = Rows::new(self.graph.edges.len(), || {
            (0_u32..).zip(&homes).filter_map(|(commune, home)| home.map(|(stand, _)| (stand.edge, commune)))
        });
        // Few junctions are ones that people come by first: most are passed by without a look at their list.
        let is_left = Marks::of(self.graph.junctions(), departures().map(|(junction, _)| junction));
        let most = limit.deciseconds();
        let scratch = || (Search::new(self.graph.junctions(), most), Row::new(homes.len()));
        // Neighbours one after the other: what one search brings near in memory serves the next.
        let mut order: Vec<(u64, u32)> =
            (0..).zip(territory.sites()).map(|(site, at)| (curve(ten_millionths(at.position)), site)).collect();
        order.sort_unstable();
        let made = map_with_scratch(&order, scratch, |(search, row), &(_, site)| {
            let Some(Some((site, _))) = sites.get(site as usize) else { return Vec::new() };
            for &commune in by_edge.of(site.edge) {
                if let Some(Some((home, _))) = homes.get(commune as usize)
                    && let Some(time) = home.straight_to(site)
                {
                    row.offer(commune, time);
                }
            }
            let ends = self.graph.edges.get(site.edge as usize).map(|edge| edge.ends).unwrap_or_default();
            let seeds = ends.into_iter().zip(site.arrive);
            let seeds = seeds.filter_map(|(end, time)| Some((end, time?.saturating_add(site.walk))));
            search.run(&self.graph.arriving, seeds, |junction, time| {
                if !is_left.holds(junction) {
                    return;
                }
                for &(commune, rest) in by_junction.of(junction) {
                    row.offer(commune, time.saturating_add(rest));
                }
            });
            row.take(&inside, most)
        });
        let mut rows = vec![Vec::new(); sites.len()];
        for (row, &(_, site)) in made.into_iter().zip(&order) {
            if let Some(to) = rows.get_mut(site as usize) {
                *to = row;
            }
        }
        let mut is_reached = vec![false; homes.len()];
        for &(commune, _) in rows.iter().flatten() {
            if let Some(reached) = is_reached.get_mut(commune as usize) {
                *reached = true;
            }
        }
        let unreached = (0..).zip(is_reached.iter().zip(&homes));
        let unreached = unreached.filter(|(_, (reached, home))| !**reached && home.is_some());
        let has_roads = |commune: &u32| {
            let commune = territory.communes().get(*commune as usize);
            commune.is_some_and(|commune| self.is_near_island(commune.origin))
        };
        let (communes_on_islands, communes_off_road) = off_road(&homes).into_iter().partition(has_roads);
        let walks = homes.iter().chain(&sites).flatten().map(|&(_, metres)| metres);
        Ok(RoadReach {
            communes_off_road,
            communes_on_islands,
            sites_off_road: off_road(&sites),
            unreached: unreached.map(|(commune, _)| commune).collect(),
            longest_walk: walks.max().unwrap_or_default(),
            reach: Reach::up_to(territory, limit, rows)?,
        })
    }

    /// Puts a place on the nearest road; nothing where that is too far. With it come the metres to walk.
    pub(crate) fn stand(&self, place: Position) -> Option<(Stand, u32)> {
        let snap = self.index.nearest(ten_millionths(place))?;
        if snap.metres > f64::from(self.profile.local.snap) {
            return None;
        }
        Some((self.stand_of(snap)?, whole(snap.metres)))
    }

    /// Says whether roads that do not belong to the core are near.
    fn is_near_island(&self, place: Position) -> bool {
        let snap = self.islands.nearest(ten_millionths(place));
        snap.is_some_and(|snap| snap.metres <= f64::from(self.profile.local.snap))
    }

    fn stand_of(&self, snap: Snap) -> Option<Stand> {
        let edge = self.graph.edges.get(snap.edge as usize)?;
        let points = self.graph.points_of(snap.edge);
        let (from, to, last) = (points.get(snap.after)?, points.get(snap.after + 1)?, points.last()?);
        // Both ways along the piece it stands on, rounded up.
        let split = |time: u32| [part_up(time, snap.part), part_up(time, 1.0 - snap.part)];
        let [forward, forward_rest] = split(to.times[0].saturating_sub(from.times[0]));
        let [backward, backward_rest] = split(to.times[1].saturating_sub(from.times[1]));
        let open = |direction: usize, time: u32| edge.open.get(direction)?.then_some(time);
        let is_first = snap.after == 0 && snap.part <= 0.0;
        let is_last = snap.after + 2 == points.len() && snap.part >= 1.0;
        // Who stands on a junction takes any of its roads, whichever of them was nearest.
        let at_end = |is_there: bool, time: Option<u32>| if is_there { Some(0) } else { time };
        let to_second = last.times[1].saturating_sub(to.times[1]);
        let passed_second = part_down(to.times[1].saturating_sub(from.times[1]), 1.0 - snap.part);
        Some(Stand {
            edge: snap.edge,
            passed: [
                open(0, from.times[0].saturating_add(part_down(to.times[0].saturating_sub(from.times[0]), snap.part))),
                open(1, to_second.saturating_add(passed_second)),
            ],
            walk: whole(snap.metres * 36.0 / f64::from(self.profile.local.walk)),
            arrive: [
                at_end(is_first, open(0, from.times[0].saturating_add(forward))),
                at_end(is_last, open(1, to_second.saturating_add(backward_rest))),
            ],
            leave: [
                at_end(is_last, open(0, last.times[0].saturating_sub(to.times[0]).saturating_add(forward_rest))),
                at_end(is_first, open(1, from.times[1].saturating_add(backward))),
            ],
            at: (snap.after, snap.part),
        })
    }
}

impl Stand {
    /// Returns the time along the edge on which both stand, without passing its ends, where that is open.
    fn straight_to(&self, site: &Self) -> Option<u32> {
        let way = |is_ahead: bool, passed: Option<u32>, arrive: Option<u32>| {
            is_ahead.then_some(arrive?.saturating_sub(passed?).saturating_add(self.walk).saturating_add(site.walk))
        };
        let forward = way(self.at <= site.at, self.passed[0], site.arrive[0]);
        let backward = way(self.at >= site.at, self.passed[1], site.arrive[1]);
        [forward, backward].into_iter().flatten().min()
    }
}

/// Positions, a bit for each.
struct Marks(Vec<u64>);

impl Marks {
    fn of(positions: usize, marked: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0; positions.div_ceil(64)];
        for position in marked {
            if let Some(word) = words.get_mut(position as usize / 64) {
                *word |= 1 << (position % 64);
            }
        }
        Self(words)
    }

    #[inline]
    fn holds(&self, position: u32) -> bool {
        self.0.get(position as usize / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }
}

/// The communes one site reaches, and their times, made once for each thread.
struct Row {
    times: Vec<u32>,
    touched: Vec<u32>,
}

impl Row {
    fn new(communes: usize) -> Self {
        Self { times: vec![u32::MAX; communes], touched: Vec::new() }
    }

    fn offer(&mut self, commune: u32, time: u32) {
        if let Some(known) = self.times.get_mut(commune as usize) {
            if *known == u32::MAX {
                self.touched.push(commune);
            }
            *known = (*known).min(time);
        }
    }

    /// Returns the communes within the limit, by position, and empties the row.
    fn take(&mut self, inside: &[u32], limit: u32) -> Vec<(u32, TravelTime)> {
        self.touched.sort_unstable();
        self.touched.dedup();
        let mut row = Vec::new();
        for commune in self.touched.drain(..) {
            let Some(time) = self.times.get_mut(commune as usize) else { continue };
            let longer = (*time).max(inside.get(commune as usize).copied().unwrap_or_default());
            *time = u32::MAX;
            if longer <= limit {
                row.push((commune, TravelTime::from_deciseconds(longer)));
            }
        }
        row
    }
}

/// The deciseconds that nobody in a commune takes less than: the mean way from the centre of a disc of its area, two
/// thirds of the radius, lengthened by the detour.
fn inside(local: &Local, square_metres: f64) -> u32 {
    let metres = (square_metres / std::f64::consts::PI).sqrt() * 2.0 / 3.0 * local.detour;
    whole(metres * 36.0 / f64::from(local.inside)).max(local.least_inside.saturating_mul(10))
}

fn off_road(stands: &[Option<(Stand, u32)>]) -> Vec<u32> {
    (0..).zip(stands).filter(|(_, stand)| stand.is_none()).map(|(position, _)| position).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "180 degrees are 1.8 thousand million, and the cast saturates")]
fn ten_millionths(place: Position) -> [i32; 2] {
    [place.longitude(), place.latitude()].map(|degrees| (degrees * 1e7).round() as i32)
}

/// Rounds up; the cast saturates.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates: 13 years")]
fn whole(number: f64) -> u32 {
    number.ceil().max(0.0) as u32
}

fn part_up(time: u32, part: f64) -> u32 {
    whole(f64::from(time) * part).min(time)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a u32, and never negative")]
fn part_down(time: u32, part: f64) -> u32 {
    (f64::from(time) * part) as u32
}
