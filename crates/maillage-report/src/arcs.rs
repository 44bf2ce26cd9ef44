use std::collections::HashMap;

use geo::{Coord, Geometry, LineString, Polygon};

/// Borders cut where they part: each stretch between two partings is held once, however many rings run along it.
#[derive(Debug, Default)]
pub(crate) struct Arcs {
    /// Every corner, once.
    pub(crate) corners: Vec<Coord<f64>>,
    /// The corners of each arc; a closed one ends where it starts.
    pub(crate) lines: Vec<Vec<u32>>,
    /// The rings of each geometry, as arcs one after the other.
    pub(crate) rings: Vec<Vec<Vec<Step>>>,
}

/// An arc along a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) arc: u32,
    /// Whether the ring runs from its end to its start.
    pub(crate) back: bool,
}

impl Arcs {
    /// Finds the arcs of some geometries; corners are one where their coordinates are equal.
    pub(crate) fn of<'a>(geometries: impl Iterator<Item = &'a Geometry<f64>>) -> Self {
        let mut corners = Corners::default();
        let rings: Vec<Vec<Vec<u32>>> = geometries
            .map(|geometry| {
                let rings = polygons(geometry)
                    .iter()
                    .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
                rings.map(|ring| corners.ring(ring)).filter(|ring| ring.len() >= 3).collect()
            })
            .collect();
        let partings = partings(corners.places.len(), rings.iter().flatten());
        let mut cut = Cut { arcs: Vec::new(), known: HashMap::new(), partings: &partings };
        let rings = rings.iter().map(|rings| rings.iter().map(|ring| cut.ring(ring)).collect()).collect();
        Self { corners: corners.places, lines: cut.arcs, rings }
    }
}

/// Returns the polygons of a geometry; a point has none.
pub(crate) fn polygons(geometry: &Geometry<f64>) -> &[Polygon<f64>] {
    match geometry {
        Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
        Geometry::MultiPolygon(polygons) => &polygons.0,
        _ => &[],
    }
}

#[derive(Default)]
struct Corners {
    places: Vec<Coord<f64>>,
    known: HashMap<(u64, u64), u32>,
}

impl Corners {
    /// Returns the corners of a ring, each once: the last is not the first again.
    fn ring(&mut self, ring: &LineString<f64>) -> Vec<u32> {
        let mut numbers: Vec<u32> = ring.0.iter().map(|&place| self.number(place)).collect();
        numbers.dedup();
        if numbers.len() > 1 && numbers.first() == numbers.last() {
            numbers.pop();
        }
        numbers
    }

    fn number(&mut self, place: Coord<f64>) -> u32 {
        // Zero has two signs.
        let key = ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits());
        *self.known.entry(key).or_insert_with(|| {
            self.places.push(place);
            u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// Returns for each corner whether rings part there: two of them come to it from different neighbours.
fn partings<'a>(corners: usize, rings: impl Iterator<Item = &'a Vec<u32>>) -> Vec<bool> {
    const NONE: (u32, u32) = (u32::MAX, u32::MAX);
    let mut neighbours = vec![NONE; corners];
    let mut parting = vec![false; corners];
    for ring in rings {
        let before = ring.iter().cycle().skip(ring.len() - 1);
        let after = ring.iter().cycle().skip(1);
        for ((&corner, &before), &after) in ring.iter().zip(before).zip(after) {
            let pair = (before.min(after), before.max(after));
            if let (Some(known), Some(parting)) =
                (neighbours.get_mut(corner as usize), parting.get_mut(corner as usize))
            {
                *parting |= *known != NONE && *known != pair;
                *known = pair;
            }
        }
    }
    parting
}

struct Cut<'a> {
    arcs: Vec<Vec<u32>>,
    known: HashMap<Vec<u32>, u32>,
    partings: &'a [bool],
}

impl Cut<'_> {
    fn ring(&mut self, ring: &[u32]) -> Vec<Step> {
        let is_parting = |corner: &u32| self.partings.get(*corner as usize) == Some(&true);
        // A ring that nothing parts starts at its first corner of all, as the hole or island that it fills does.
        let start = ring.iter().position(is_parting).or_else(|| {
            let (position, _) = ring.iter().enumerate().min_by_key(|(_, corner)| **corner)?;
            Some(position)
        });
        let turned: Vec<u32> = ring.iter().cycle().skip(start.unwrap_or(0)).take(ring.len() + 1).copied().collect();
        let mut cuts: Vec<usize> =
            (1..ring.len()).filter(|&position| turned.get(position).is_some_and(is_parting)).collect();
        cuts.push(ring.len());
        let mut from = 0;
        let mut steps = Vec::with_capacity(cuts.len());
        for to in cuts {
            let arc = turned.get(from..=to).unwrap_or_default();
            steps.push(self.step(arc));
            from = to;
        }
        steps
    }

    fn step(&mut self, arc: &[u32]) -> Step {
        let reversed: Vec<u32> = arc.iter().rev().copied().collect();
        let back = reversed.as_slice() < arc;
        let arc = if back { reversed } else { arc.to_vec() };
        let number = self.known.get(&arc).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.arcs.len()).unwrap_or(u32::MAX);
            self.arcs.push(arc.clone());
            self.known.insert(arc, number);
            number
        });
        Step { arc: number, back }
    }
}
