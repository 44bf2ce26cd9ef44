use std::fmt::Write as _;

use maillage_io::{Language, PlanLayers};
use serde_json::Value;

use crate::extent::Plane;
use crate::html::escaped;
use crate::page::PageWords;
use crate::picture_words::{PictureWords, wrapped};
use crate::topology::Topology;

const WIDTH: f64 = 1_000.0;
const MARGIN: f64 = 24.0;
/// Letters of 15 pixels that a line holds.
const LETTERS: usize = 112;

const STYLE: &str = "text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;fill:#1b1b1b;font-size:15px}\
.title{font-size:20px;font-weight:bold}.small{font-size:12px}\
.commune{stroke:#8a8a8a;stroke-width:.3;stroke-linejoin:round;fill-rule:evenodd}\
.uncounted{fill:#fff}.already{fill:#9ecae1}.newly{fill:#e69f00}.no{fill:#cfcfcf}\
.border{fill:none;stroke:#1b1b1b;stroke-width:1.2;stroke-linejoin:round}\
.new{fill:#000;stroke:#fff;stroke-width:1.2}.existing{fill:#0072b2;stroke:#fff;stroke-width:1}";

/// A plan as a map for an annex: title, legend, scale bar, north and sources.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// The answer, as the plan's file holds it.
    pub answer: &'a Value,
    /// Its sites and communes.
    pub layers: &'a PlanLayers,
    /// The words in the language of the picture.
    pub words: &'a PageWords,
    /// That language.
    pub language: Language,
}

impl Picture<'_> {
    /// Writes the picture as SVG.
    #[must_use]
    pub fn to_svg(&self) -> Vec<u8> {
        let words = PictureWords::of(self.language);
        let geometries = || self.layers.communes.iter().map(|commune| &commune.geometry);
        let plane = Plane::over(geometries(), self.layers.sites.iter().map(|site| site.place));
        let metres_per_pixel = (plane.size.x / (WIDTH - 2.0 * MARGIN)).max(plane.size.y / 1_100.0).max(1e-3);
        // Tenths of a pixel.
        let grid = metres_per_pixel / 10.0;
        let topology = Topology::of(geometries(), plane, metres_per_pixel / 2.0, grid);
        let mut body = String::new();
        let mut line = 34.0;
        for (class, text, letters) in [
            ("title", &self.words.headline, 84),
            ("", &self.words.people, LETTERS),
            ("", &self.words.guarantee, LETTERS),
        ] {
            for part in wrapped(text, letters) {
                let part = escaped(&part);
                let _ = writeln!(body, "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{line}\">{part}</text>");
                line += 24.0;
            }
        }
        let top = line + 4.0;
        let left = (WIDTH - plane.size.x / metres_per_pixel) / 2.0;
        let _ = writeln!(body, "<g transform=\"translate({left:.1} {top:.1}) scale(.1)\" stroke-width=\"10\">");
        self.draw_communes(&topology, plane, grid, &mut body);
        body.push_str("</g>\n");
        let pixels = |site: geo::Coord<f64>| {
            let metres = plane.metres(site);
            (left + metres.x / metres_per_pixel, top + metres.y / metres_per_pixel)
        };
        for is_new in [false, true] {
            for site in self.layers.sites.iter().filter(|site| (site.stated.state == "new") == is_new) {
                let (x, y) = pixels(site.place);
                let _ = writeln!(body, "{}", mark(is_new, x, y));
            }
        }
        let bottom = top + plane.size.y / metres_per_pixel + 34.0;
        legend(&words, bottom, &mut body);
        scale_and_north(metres_per_pixel, bottom + 34.0, top, &mut body);
        let mut height = bottom + 70.0;
        for part in wrapped(&self.sources(&words), 140) {
            let part = escaped(&part);
            let _ = writeln!(body, "<text class=\"small\" x=\"{MARGIN}\" y=\"{height:.0}\">{part}</text>");
            height += 17.0;
        }
        let title = escaped(&self.words.headline);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
             height=\"{height:.0}\" role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}</svg>\n"
        )
        .into_bytes()
    }

    fn draw_communes(&self, topology: &Topology, plane: Plane, grid: f64, body: &mut String) {
        for class in ["uncounted", "no", "already", "newly"] {
            let mut path = String::new();
            for (commune, outline) in self.layers.communes.iter().zip(&topology.outlines) {
                let counted = commune.stated.under_served.unwrap_or(0) > 0;
                let kind = if counted { commune.stated.reached.as_str() } else { "uncounted" };
                if kind != class {
                    continue;
                }
                for ring in outline {
                    let corners = topology.ring(ring);
                    for (number, (x, y)) in corners.iter().enumerate() {
                        let _ = write!(path, "{}{x} {y}", if number == 0 { "M" } else { "L" });
                    }
                    path.push('Z');
                }
                if let geo::Geometry::Point(point) = &commune.geometry {
                    let metres = plane.metres(point.0);
                    let (x, y) = (metres.x / grid, metres.y / grid);
                    let _ = write!(path, "M{:.0} {y:.0}a30 30 0 1 0 60 0a30 30 0 1 0 -60 0Z", x - 30.0);
                }
            }
            let _ = writeln!(body, "<path class=\"commune {class}\" style=\"stroke-width:3\" d=\"{path}\"/>");
        }
        let mut path = String::new();
        for arc in crate::page::borders(self.layers, topology) {
            for (number, (x, y)) in topology.arcs.get(arc).into_iter().flatten().enumerate() {
                let _ = write!(path, "{}{x} {y}", if number == 0 { "M" } else { "L" });
            }
        }
        let _ = writeln!(body, "<path class=\"border\" style=\"stroke-width:12\" d=\"{path}\"/>");
    }

    fn sources(&self, words: &PictureWords) -> String {
        let inputs = self.answer.get("inputs").and_then(Value::as_array);
        let mut told: Vec<String> = Vec::new();
        for input in inputs.into_iter().flatten() {
            let source = input.get("source").and_then(Value::as_str).or_else(|| input.get("file")?.as_str());
            let year = input.get("year").and_then(Value::as_i64).map(|year| format!(" ({year})")).unwrap_or_default();
            let text = source.unwrap_or_default().to_owned() + &year;
            if !told.contains(&text) {
                told.push(text);
            }
        }
        let program = self.answer.get("program").and_then(Value::as_str).unwrap_or("maillage");
        format!("{}{}. {program}.", words.sources, told.join(" ; "))
    }
}

fn mark(is_new: bool, x: f64, y: f64) -> String {
    if is_new {
        format!("<circle class=\"new\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5.5\"/>")
    } else {
        format!("<rect class=\"existing\" x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\"/>", x - 4.0, y - 4.0)
    }
}

fn legend(words: &PictureWords, y: f64, body: &mut String) {
    let mut x = MARGIN;
    for (class, text) in words.areas {
        let _ = writeln!(
            body,
            "<rect class=\"commune {class}\" style=\"stroke-width:1\" x=\"{x:.0}\" y=\"{:.0}\" width=\"24\" \
             height=\"15\"/><text x=\"{:.0}\" y=\"{y:.0}\">{text}</text>",
            y - 12.0,
            x + 31.0,
        );
        x += 235.0;
    }
    let below = y + 30.0;
    for (is_new, text, x) in [(true, words.new, MARGIN), (false, words.existing, MARGIN + 235.0)] {
        let mark = mark(is_new, x + 12.0, below - 5.0);
        let _ = writeln!(body, "{mark}<text x=\"{:.0}\" y=\"{below:.0}\">{text}</text>", x + 31.0);
    }
}

/// Draws the largest of 1, 2, 5, 10 … km that is at most a fifth of the width, and where north is.
fn scale_and_north(metres_per_pixel: f64, y: f64, top: f64, body: &mut String) {
    let lengths = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
    let pixels = |kilometres: f64| kilometres * 1_000.0 / metres_per_pixel;
    let length = lengths.into_iter().rfind(|&length| pixels(length) <= WIDTH / 5.0).unwrap_or(1.0);
    let (right, left) = (WIDTH - MARGIN, WIDTH - MARGIN - pixels(length));
    let _ = writeln!(
        body,
        "<path d=\"M{left:.1} {:.1}v6H{right:.1}v-6\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"1.5\"/>\
         <text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{length} km</text>",
        y - 6.0,
        left - 8.0,
    );
    let (x, y) = (WIDTH - MARGIN - 12.0, top + 6.0);
    let _ = writeln!(
        body,
        "<path d=\"M{x} {y:.1}l9 26l-9 -6l-9 6Z\" fill=\"#1b1b1b\"/>\
         <text x=\"{x}\" y=\"{:.1}\" text-anchor=\"middle\">N</text>",
        y + 42.0,
    );
}
