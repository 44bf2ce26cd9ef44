use std::collections::BTreeMap;
use std::fmt::Write as _;

use geo::{BoundingRect, Coord, Geometry};
use maillage_io::{Language, PlanLayers};
use serde_json::Value;

use crate::extent::Plane;
use crate::html::escaped;
use crate::lettering::Lettering;
use crate::map_data::territories;
use crate::origin::{origins, source_line};
use crate::page::PageWords;
use crate::picture_words::PictureWords;
use crate::sheet::{MARGIN, Sheet, WIDTH};
use crate::topology::Topology;

/// The most pixels from north to south.
const HEIGHT: f64 = 1_050.0;
/// Steps of the grid in a pixel.
const STEPS: f64 = 10.0;
/// Territories are named where there are so many.
const NAMED: std::ops::RangeInclusive<usize> = 2..=30;

const STYLE: &str = "\
.commune{stroke:#8a8a8a;stroke-linejoin:round;fill-rule:evenodd}\
.uncounted{fill:#fff}.already{fill:#9ecae1}.newly{fill:#e69f00}.no{fill:url(#no)}\
.border{fill:none;stroke:#1b1b1b;stroke-width:12;stroke-linejoin:round}\
.territory{font-size:17px;font-weight:bold;text-anchor:middle;fill:#1b1b1b;stroke:#fff;stroke-width:4;\
stroke-opacity:.85;paint-order:stroke}\
.new{fill:#000;stroke:#fff;stroke-width:1.2}.existing{fill:#0072b2;stroke:#fff;stroke-width:1}";

/// Lines, which a printer without colours keeps apart from the other classes.
fn hatch(id: &str, scale: u8) -> String {
    format!(
        "<pattern id=\"{id}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45) scale({scale})\"><rect width=\"5\" height=\"5\" fill=\"#ededed\"/>\
         <path d=\"M1 0V5\" stroke=\"#a8a8a8\" stroke-width=\"1.3\"/></pattern>"
    )
}

/// A plan as a map for an annex: title, legend, scale bar, north and sources.
#[derive(Clone, Copy, Debug)]
pub struct MapPicture<'a> {
    /// The answer, as the plan's file holds it.
    pub answer: &'a Value,
    /// Its sites and communes.
    pub layers: &'a PlanLayers,
    /// The words in the language of the picture.
    pub words: &'a PageWords,
    /// That language.
    pub language: Language,
}

impl MapPicture<'_> {
    /// Draws the map as SVG.
    #[must_use]
    pub fn to_svg(&self) -> Vec<u8> {
        let words = PictureWords::of(self.language);
        let mut sheet = Sheet::new(&self.words.headline, STYLE);
        // The map is drawn in tenths of a pixel.
        sheet.draw(&format!("<defs>{}{}</defs>", hatch("no", 1), hatch("no-map", 10)));
        for text in [&self.words.people].into_iter().chain(&self.words.goal).chain([&self.words.guarantee]) {
            sheet.write(text, Lettering::Text);
        }
        sheet.y += 12.0;
        let map = Map::of(self.layers, sheet.y);
        map.draw(&mut sheet);
        let origins = origins(self.answer);
        if origins.iter().any(|origin| origin.illustrative) {
            sheet.mark(words.illustrative, map.middle());
        }
        sheet.y += map.plane.size.y / map.metres_per_pixel + 34.0;
        legend(&words, sheet.y, &mut sheet);
        sheet.y += 30.0;
        marks(&words, sheet.y, &mut sheet);
        map.draw_scale_and_north(sheet.y, &mut sheet);
        sheet.y += 14.0;
        sheet.write(&source_line(self.answer, &origins, &words), Lettering::Small);
        sheet.into_svg()
    }
}

/// The region in its place on the sheet.
struct Map<'a> {
    layers: &'a PlanLayers,
    plane: Plane,
    metres_per_pixel: f64,
    left: f64,
    top: f64,
}

impl<'a> Map<'a> {
    fn of(layers: &'a PlanLayers, top: f64) -> Self {
        let geometries = layers.communes.iter().map(|commune| &commune.geometry);
        let plane = Plane::over(geometries, layers.sites.iter().map(|site| site.place));
        let metres_per_pixel = (plane.size.x / (WIDTH - 2.0 * MARGIN)).max(plane.size.y / HEIGHT).max(1e-3);
        Self { layers, plane, metres_per_pixel, left: (WIDTH - plane.size.x / metres_per_pixel) / 2.0, top }
    }

    fn grid(&self) -> f64 {
        self.metres_per_pixel / STEPS
    }

    fn pixels(&self, place: Coord<f64>) -> (f64, f64) {
        let metres = self.plane.metres(place);
        (self.left + metres.x / self.metres_per_pixel, self.top + metres.y / self.metres_per_pixel)
    }

    fn middle(&self) -> (f64, f64) {
        (WIDTH / 2.0, self.top + self.plane.size.y / self.metres_per_pixel / 2.0)
    }

    fn draw(&self, sheet: &mut Sheet) {
        let geometries = self.layers.communes.iter().map(|commune| &commune.geometry);
        let topology = Topology::of(geometries, self.plane, self.metres_per_pixel / 2.0, self.grid());
        sheet.draw(&format!("<g transform=\"translate({:.1} {:.1}) scale(.1)\">", self.left, self.top));
        for class in ["uncounted", "no", "already", "newly"] {
            let fill = if class == "no" { ";fill:url(#no-map)" } else { "" };
            let outlines = self.outlines(&topology, class);
            sheet.draw(&format!("<path class=\"commune {class}\" style=\"stroke-width:3{fill}\" d=\"{outlines}\"/>"));
        }
        let mut borders = String::new();
        for arc in crate::map_data::borders(&territories(self.layers), &topology) {
            write_line(topology.arcs.get(arc).map(Vec::as_slice).unwrap_or_default(), &mut borders);
        }
        sheet.draw(&format!("<path class=\"border\" d=\"{borders}\"/>\n</g>"));
        self.draw_names(sheet);
        for is_new in [false, true] {
            for site in self.layers.sites.iter().filter(|site| (site.stated.state == "new") == is_new) {
                sheet.draw(&mark(is_new, self.pixels(site.place)));
            }
        }
    }

    /// Returns the outlines of the communes of a class as one path.
    fn outlines(&self, topology: &Topology, class: &str) -> String {
        let mut path = String::new();
        for (commune, outline) in self.layers.communes.iter().zip(&topology.outlines) {
            let counted = commune.stated.under_served.unwrap_or(0) > 0;
            if class != if counted { commune.stated.reached.as_str() } else { "uncounted" } {
                continue;
            }
            for ring in outline {
                write_line(&topology.ring(ring), &mut path);
                path.push('Z');
            }
            if let Geometry::Point(point) = &commune.geometry {
                let metres = self.plane.metres(point.0);
                let (x, y) = (metres.x / self.grid() - 30.0, metres.y / self.grid());
                let _ = write!(path, "M{x:.0} {y:.0}a30 30 0 1 0 60 0a30 30 0 1 0 -60 0Z");
            }
        }
        path
    }

    /// Names the territories, each in the middle of its communes.
    fn draw_names(&self, sheet: &mut Sheet) {
        let mut middles: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
        for commune in &self.layers.communes {
            let Some(name) = commune.stated.territory.as_deref().filter(|name| name.chars().count() <= 24) else {
                continue;
            };
            let Some(bounds) = commune.geometry.bounding_rect() else { continue };
            let (x, y) = self.pixels(bounds.center());
            let sum = middles.entry(name).or_default();
            *sum = (sum.0 + x, sum.1 + y, sum.2 + 1.0);
        }
        if !NAMED.contains(&middles.len()) {
            return;
        }
        let sites: Vec<(f64, f64)> = self.layers.sites.iter().map(|site| self.pixels(site.place)).collect();
        for (name, (x, y, count)) in middles {
            let width = 5.5 * name.chars().fold(0.0, |sum, _| sum + 1.0);
            let (x, y) = beside_sites((x / count, y / count), width, &sites);
            let (y, name) = (y + 6.0, escaped(name));
            sheet.draw(&format!("<text class=\"territory\" x=\"{x:.0}\" y=\"{y:.0}\">{name}</text>"));
        }
    }

    /// Draws the largest of 1, 2, 5, 10 … km that is at most a fifth of the width, and where north is.
    fn draw_scale_and_north(&self, y: f64, sheet: &mut Sheet) {
        let lengths = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
        let pixels = |kilometres: f64| kilometres * 1_000.0 / self.metres_per_pixel;
        let length = lengths.into_iter().rfind(|&length| pixels(length) <= WIDTH / 5.0).unwrap_or(0.1);
        let (right, left, line) = (WIDTH - MARGIN, WIDTH - MARGIN - pixels(length), y - 6.0);
        sheet.draw(&format!(
            "<path d=\"M{left:.1} {line:.1}v6H{right:.1}v-6\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"1.5\"/>\
             <text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{length} km</text>",
            left - 8.0,
        ));
        let (x, y) = (WIDTH - MARGIN - 12.0, self.top + 6.0);
        sheet.draw(&format!(
            "<path d=\"M{x} {y:.1}l9 26l-9 -6l-9 6Z\" fill=\"#1b1b1b\"/>\
             <text x=\"{x}\" y=\"{:.1}\" text-anchor=\"middle\">N</text>",
            y + 42.0,
        ));
    }
}

/// Returns the place nearest to a wish, of some around it, where a name of so many pixels to each side hides no site.
fn beside_sites(wish: (f64, f64), width: f64, sites: &[(f64, f64)]) -> (f64, f64) {
    let rings = (0..6_u8).flat_map(|ring| (0..8_u8).map(move |turn| (f64::from(ring) * 14.0, f64::from(turn) / 8.0)));
    let mut places = rings.map(|(far, turn)| {
        let (sine, cosine) = (turn * std::f64::consts::TAU).sin_cos();
        (wish.0 + far * cosine, wish.1 + far * sine)
    });
    let hides = |(x, y): (f64, f64), site: &(f64, f64)| (site.0 - x).abs() < width + 9.0 && (site.1 - y).abs() < 17.0;
    places.find(|&place| !sites.iter().any(|site| hides(place, site))).unwrap_or(wish)
}

fn write_line(corners: &[(i32, i32)], path: &mut String) {
    for (number, (x, y)) in corners.iter().enumerate() {
        let _ = write!(path, "{}{x} {y}", if number == 0 { "M" } else { "L" });
    }
}

fn mark(is_new: bool, (x, y): (f64, f64)) -> String {
    if is_new {
        format!("<circle class=\"new\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5.5\"/>")
    } else {
        format!("<rect class=\"existing\" x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\"/>", x - 4.0, y - 4.0)
    }
}

fn legend(words: &PictureWords, y: f64, sheet: &mut Sheet) {
    for ((class, text), x) in words.areas.iter().zip([0.0, 235.0, 470.0, 705.0]) {
        let (x, top, beside) = (MARGIN + x, y - 12.0, MARGIN + x + 31.0);
        sheet.draw(&format!(
            "<rect class=\"commune {class}\" x=\"{x:.0}\" y=\"{top:.0}\" width=\"24\" height=\"15\"/>\
             <text x=\"{beside:.0}\" y=\"{y:.0}\">{text}</text>"
        ));
    }
}

fn marks(words: &PictureWords, y: f64, sheet: &mut Sheet) {
    for (is_new, text, x) in [(true, words.new, MARGIN), (false, words.existing, MARGIN + 235.0)] {
        let mark = mark(is_new, (x + 12.0, y - 5.0));
        sheet.draw(&format!("{mark}<text x=\"{:.0}\" y=\"{y:.0}\">{text}</text>", x + 31.0));
    }
}
