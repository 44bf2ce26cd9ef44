use geo::{BoundingRect, Coord};
use maillage_io::{Language, PlanLayers};
use serde_json::{Value, json};

use crate::extent::Plane;
use crate::html::html;
use crate::topology::Topology;

/// How many tolerances the longer side of the region has: on a picture of so many points none is moved by one.
const TOLERANCES: f64 = 3_000.0;
/// How many steps of the grid a tolerance has.
const STEPS: f64 = 4.0;

/// What a plan says of itself in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWords {
    /// How many of 100 people are in reach, before and after.
    pub headline: String,
    /// The same in people.
    pub people: String,
    /// How near the plan comes to its goal, where that is another than people in reach.
    pub goal: Vec<String>,
    /// How good the plan is, claiming no more than is proved.
    pub guarantee: String,
}

/// A plan as a page: one HTML file that asks no network for anything.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The answer, as the plan's file holds it.
    pub answer: &'a Value,
    /// Its sites and communes.
    pub layers: &'a PlanLayers,
    /// The words in English and in French.
    pub words: [&'a PageWords; 2],
    /// The answers of `maillage frontier` that are to be drawn.
    pub curves: &'a [Value],
    /// The language the page opens in.
    pub language: Language,
}

impl Page<'_> {
    /// Writes the page.
    #[must_use]
    pub fn to_html(&self) -> Vec<u8> {
        let (language, [english, french]) = (word(self.language), self.words);
        let title = if self.language == Language::French { &french.headline } else { &english.headline };
        let data = json!({
            "language": language,
            "words": { "en": told(english), "fr": told(french) },
            "answer": self.answer,
            "map": self.map(),
            "communes": self.communes(),
            "sites": self.sites(),
            "curves": self.curves,
        });
        html(language, title, &data.to_string()).into_bytes()
    }

    fn plane(&self) -> Plane {
        let geometries = self.layers.communes.iter().map(|commune| &commune.geometry);
        Plane::over(geometries, self.layers.sites.iter().map(|site| site.place))
    }

    /// Returns tolerance and grid, in metres.
    fn steps(plane: Plane) -> (f64, f64) {
        let tolerance = (plane.side() / TOLERANCES).max(1.0).round();
        (tolerance, tolerance / STEPS)
    }

    fn map(&self) -> Value {
        let plane = self.plane();
        let (tolerance, grid) = Self::steps(plane);
        let geometries = self.layers.communes.iter().map(|commune| &commune.geometry);
        let topology = Topology::of(geometries, plane, tolerance, grid);
        let arcs: Vec<Vec<i32>> = topology.arcs.iter().map(|arc| steps_of(arc)).collect();
        let (width, height) = step_of(plane.size, grid);
        json!({
            "grid": grid,
            "tolerance": tolerance,
            "size": [width, height],
            "arcs": arcs,
            "shapes": topology.outlines,
            "borders": borders(self.layers, &topology),
        })
    }

    fn communes(&self) -> Value {
        let plane = self.plane();
        let (_, grid) = Self::steps(plane);
        let rows: Vec<Value> = self
            .layers
            .communes
            .iter()
            .map(|commune| {
                let middle = commune.geometry.bounding_rect().map(geo::Rect::center).unwrap_or_default();
                let (x, y) = step_of(plane.metres(middle), grid);
                let stated = &commune.stated;
                json!([
                    stated.id,
                    stated.name,
                    stated.territory,
                    stated.population,
                    stated.access,
                    stated.under_served,
                    stated.reached,
                    stated.site,
                    stated.minutes,
                    x,
                    y
                ])
            })
            .collect();
        rows.into()
    }

    fn sites(&self) -> Value {
        let plane = self.plane();
        let (_, grid) = Self::steps(plane);
        let rows: Vec<Value> = self
            .layers
            .sites
            .iter()
            .map(|site| {
                let (x, y) = step_of(plane.metres(site.place), grid);
                let stated = &site.stated;
                json!({
                    "id": stated.id,
                    "name": stated.name,
                    "kind": stated.kind,
                    "new": stated.state == "new",
                    "rank": stated.rank,
                    "added": stated.people_added,
                    "lost": stated.people_lost_without,
                    "cost": stated.cost,
                    "phase": stated.phase,
                    "territory": stated.territory,
                    "x": x,
                    "y": y,
                })
            })
            .collect();
        rows.into()
    }
}

/// Returns the arcs between territories, and at the edge of the region.
pub(crate) fn borders(layers: &PlanLayers, topology: &Topology) -> Vec<usize> {
    let mut sides: Vec<Vec<Option<&str>>> = vec![Vec::new(); topology.arcs.len()];
    for (commune, outline) in layers.communes.iter().zip(&topology.outlines) {
        for &arc in outline.iter().flatten() {
            let number = usize::try_from(if arc < 0 { !arc } else { arc }).unwrap_or(usize::MAX);
            if let Some(sides) = sides.get_mut(number) {
                sides.push(commune.stated.territory.as_deref());
            }
        }
    }
    let is_inner = |sides: &[Option<&str>]| matches!(sides, [one, other] if one == other);
    (0..sides.len()).filter(|&arc| sides.get(arc).is_some_and(|sides| !is_inner(sides))).collect()
}

fn told(words: &PageWords) -> Value {
    json!({ "headline": words.headline, "people": words.people, "goal": words.goal, "guarantee": words.guarantee })
}

const fn word(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::French => "fr",
    }
}

/// Returns a place in whole steps of the grid.
#[expect(clippy::cast_possible_truncation, reason = "a cast of numbers too large ends at the largest")]
fn step_of(metres: Coord<f64>, grid: f64) -> (i32, i32) {
    ((metres.x / grid).round() as i32, (metres.y / grid).round() as i32)
}

/// Returns the first corner, then the way from each corner to the next.
fn steps_of(arc: &[(i32, i32)]) -> Vec<i32> {
    let mut last = (0, 0);
    let mut steps = Vec::with_capacity(2 * arc.len());
    for &(x, y) in arc {
        steps.extend([x.saturating_sub(last.0), y.saturating_sub(last.1)]);
        last = (x, y);
    }
    steps
}
