use crate::core_of::strongly_connected_core;
use crate::in_order::{map_in_order, sort};
use crate::rows::Rows;
use crate::segments::{CLOSED, Segment, Segments};

/// Roads between junctions, each with its points, and the arcs between junctions for searches.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) edges: Vec<Edge>,
    /// Points of all edges, one edge after the other.
    pub(crate) points: Vec<EdgePoint>,
    /// For each junction the arcs that end there: (where they begin, deciseconds).
    pub(crate) arriving: Rows<(u32, u32)>,
    /// Points left out because they are not in the largest part in which each reaches each other.
    pub(crate) islands: u64,
}

/// A road between two junctions, with nothing to decide on the way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    /// The junctions at its ends.
    pub(crate) ends: [u32; 2],
    /// Its first point.
    pub(crate) start: usize,
    /// One past its last point.
    pub(crate) end: usize,
    /// Whether it may be taken from the first end to the second, and back.
    pub(crate) open: [bool; 2],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EdgePoint {
    pub(crate) place: [i32; 2],
    /// Deciseconds from the first end to here, and from here to the first end; 0 where that direction is closed.
    pub(crate) times: [u32; 2],
    /// Whether trips start and end on the piece that leads here.
    pub(crate) is_entered: bool,
}

impl Graph {
    /// Keeps the core of the roads and joins segments between which there is nothing to decide; what is not of the
    /// core comes beside it, in straight pieces.
    pub(crate) fn of(roads: &Segments) -> (Self, Vec<[[i32; 2]; 2]>) {
        let core = strongly_connected_core(roads.places.len(), &roads.list);
        let is_in = |point: u32| core.get(point as usize).copied().unwrap_or_default();
        let (segments, apart): (Vec<Segment>, Vec<Segment>) =
            roads.list.iter().partition(|segment| segment.ends.iter().all(|&end| is_in(end)));
        let place = |point: u32| roads.places.get(point as usize).copied().unwrap_or_default();
        let apart = apart.iter().filter(|segment| segment.is_entered).map(|segment| segment.ends.map(place)).collect();
        let mut used = vec![false; roads.places.len()];
        for end in roads.list.iter().flat_map(|segment| segment.ends) {
            if let Some(used) = used.get_mut(end as usize) {
                *used = true;
            }
        }
        let islands = used.iter().zip(&core).filter(|&(&used, &core)| used && !core).count() as u64;
        let mut chains = Chains::new(roads, &segments);
        chains.walk_all();
        let Chains { mut edges, points, .. } = chains;
        let names = junctions(&edges, &roads.places);
        let mut numbers = vec![0; roads.places.len()];
        for (number, &(_, point)) in (0_u32..).zip(&names) {
            if let Some(to) = numbers.get_mut(point as usize) {
                *to = number;
            }
        }
        let number = |point: u32| numbers.get(point as usize).copied().unwrap_or_default();
        for edge in &mut edges {
            edge.ends = edge.ends.map(number);
        }
        let last = |edge: &Edge| edge.end.checked_sub(1).and_then(|last| points.get(last)).copied().unwrap_or_default();
        let arcs = || {
            edges.iter().filter(|edge| edge.ends[0] != edge.ends[1]).flat_map(|edge| {
                let ([from, to], [forward, backward], times) = (edge.ends, edge.open, last(edge).times);
                [forward.then_some((to, (from, times[0]))), backward.then_some((from, (to, times[1])))]
                    .into_iter()
                    .flatten()
            })
        };
        let arriving = Rows::new(names.len(), arcs);
        (Self { edges, points, arriving, islands }, apart)
    }

    /// Returns how many junctions there are.
    pub(crate) fn junctions(&self) -> usize {
        self.arriving.len()
    }

    /// Returns the points of an edge.
    pub(crate) fn points_of(&self, edge: u32) -> &[EdgePoint] {
        self.edges.get(edge as usize).and_then(|edge| self.points.get(edge.start..edge.end)).unwrap_or_default()
    }
}

/// Junctions along a curve that fills the plane, so that neighbours lie near each other in memory.
fn junctions(edges: &[Edge], places: &[[i32; 2]]) -> Vec<(u64, u32)> {
    let mut is_end = vec![false; places.len()];
    for end in edges.iter().flat_map(|edge| edge.ends) {
        if let Some(is_end) = is_end.get_mut(end as usize) {
            *is_end = true;
        }
    }
    let ends: Vec<u32> = (0..).zip(&is_end).filter(|(_, is_end)| **is_end).map(|(point, _)| point).collect();
    let place = |point: u32| places.get(point as usize).copied().unwrap_or_default();
    let mut names = map_in_order(&ends, |&point| (curve(place(point)), point));
    sort(&mut names);
    names
}

/// The place of a point on a Hilbert curve over the globe.
pub(crate) fn curve(place: [i32; 2]) -> u64 {
    let [mut x, mut y] = place.map(|number| number.cast_unsigned() ^ 0x8000_0000);
    let mut at = 0;
    for bit in (0..32).rev() {
        let (right, up) = ((x >> bit) & 1, (y >> bit) & 1);
        at = (at << 2) | u64::from((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    at
}

/// Segments being joined end to end.
struct Chains<'a> {
    roads: &'a Segments,
    segments: &'a [Segment],
    meeting: Rows<u32>,
    is_done: Vec<bool>,
    edges: Vec<Edge>,
    points: Vec<EdgePoint>,
}

impl<'a> Chains<'a> {
    fn new(roads: &'a Segments, segments: &'a [Segment]) -> Self {
        let ends = || (0_u32..).zip(segments).flat_map(|(number, segment)| segment.ends.map(|end| (end, number)));
        Self {
            roads,
            segments,
            meeting: Rows::new(roads.places.len(), ends),
            is_done: vec![false; segments.len()],
            edges: Vec::new(),
            points: Vec::new(),
        }
    }

    fn walk_all(&mut self) {
        for number in 0..u32::try_from(self.segments.len()).unwrap_or(u32::MAX) {
            let Some(&segment) = self.segments.get(number as usize) else { continue };
            for from in segment.ends {
                if self.next_after(number, from).is_none() {
                    self.walk(number, from);
                }
            }
        }
        // What is left are rings without a junction.
        for number in 0..u32::try_from(self.segments.len()).unwrap_or(u32::MAX) {
            if let Some(&segment) = self.segments.get(number as usize) {
                self.walk(number, segment.ends[0]);
            }
        }
    }

    /// Follows segments from one of the ends of the first to the next junction, or round a ring.
    fn walk(&mut self, first: u32, from: u32) {
        if self.is_done.get(first as usize).copied().unwrap_or(true) {
            return;
        }
        let start = self.points.len();
        let (mut number, mut at, mut times, mut open) = (first, from, [0_u32; 2], [true; 2]);
        self.points.push(EdgePoint { place: self.place(at), times, is_entered: false });
        while let Some(segment) = self.segments.get(number as usize).copied() {
            if let Some(done) = self.is_done.get_mut(number as usize) {
                *done = true;
            }
            let along = along(segment, at);
            open = along.map(|time| time != CLOSED);
            for (sum, time) in times.iter_mut().zip(along) {
                if time != CLOSED {
                    *sum = sum.saturating_add(time);
                }
            }
            at = other_end(segment, at);
            self.points.push(EdgePoint { place: self.place(at), times, is_entered: segment.is_entered });
            match self.next_after(number, at) {
                Some(next) if at != from => number = next,
                _ => break,
            }
        }
        self.edges.push(Edge { ends: [from, at], start, end: self.points.len(), open });
    }

    /// Returns the one segment that goes on from the end of another, where there is nothing to decide.
    fn next_after(&self, number: u32, at: u32) -> Option<u32> {
        let &[one, two] = self.meeting.of(at) else { return None };
        let next = if one == number { two } else { one };
        let (segment, following) = (*self.segments.get(number as usize)?, *self.segments.get(next as usize)?);
        let coming = along(segment, other_end(segment, at)).map(|time| time == CLOSED);
        (next != number && coming == along(following, at).map(|time| time == CLOSED)).then_some(next)
    }

    fn place(&self, point: u32) -> [i32; 2] {
        self.roads.places.get(point as usize).copied().unwrap_or_default()
    }
}

/// The times of a segment seen from one of its ends.
const fn along(segment: Segment, from: u32) -> [u32; 2] {
    let [forward, backward] = segment.times;
    if segment.ends[0] == from { [forward, backward] } else { [backward, forward] }
}

const fn other_end(segment: Segment, end: u32) -> u32 {
    if segment.ends[0] == end { segment.ends[1] } else { segment.ends[0] }
}
