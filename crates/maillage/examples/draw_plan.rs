//! Draws a plan as a picture:
//! `cargo run --release -p maillage --example draw_plan -- demo/plan.geojson docs/plan.svg`.
//!
//! The classes differ in lightness and one is hatched, so that the picture survives a black-and-white printer.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use geojson::{FeatureCollection, JsonValue};
use maillage::geo::{Coord, Geometry, Point, Polygon};

const WIDTH: f64 = 800.0;
const MARGIN: f64 = 16.0;
/// Room for the title.
const TOP: f64 = 90.0;
/// Room for the legend.
const BOTTOM: f64 = 84.0;
/// The length of one degree of a meridian, on a sphere of 6,371.0088 km.
const KILOMETRES_PER_DEGREE: f64 = 111.195;

const STYLE: &str = "\
text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;fill:#222}\
.name{font-size:19px;font-weight:bold}.small{font-size:13px}\
.commune{stroke:#8a8a8a;stroke-width:.35;stroke-linejoin:round}\
.uncounted{fill:#fff}.already{fill:#bcd7ea}.newly{fill:#2f7db5}.no{fill:url(#hatch)}\
.border{fill:none;stroke:#222;stroke-width:1.3;stroke-linecap:round}\
.territory{font-size:22px;font-weight:bold;text-anchor:middle;fill:#222;fill-opacity:.75;\
stroke:#fff;stroke-width:4;stroke-opacity:.8;paint-order:stroke}\
.existing{fill:#fff;stroke:#111;stroke-width:1.4}.new{fill:#ffd21f;stroke:#111;stroke-width:1.4}";

const HATCH: &str = "<pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fdeee4\"/>\
<line x1=\"1\" y1=\"0\" x2=\"1\" y2=\"5\" stroke=\"#c4531b\" stroke-width=\"1.7\"/></pattern>";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [plan, picture] = arguments.as_slice() else {
        return Err("usage: draw_plan PLAN.geojson PICTURE.svg".into());
    };
    fs::write(picture, Picture::of(&fs::read_to_string(plan)?.parse()?)?.to_svg())?;
    Ok(())
}

/// What is to be drawn, in degrees.
struct Picture {
    headlines: [String; 3],
    /// For each commune its class, its territory and its outlines.
    communes: Vec<(&'static str, String, Vec<Polygon>)>,
    existing: Vec<Point>,
    new: Vec<Point>,
}

impl Picture {
    /// Takes apart the features of a plan by their `role`.
    fn of(plan: &FeatureCollection) -> Result<Self, Box<dyn Error>> {
        let answer = plan.foreign_members.as_ref().and_then(|members| members.get("maillage"));
        let headlines = headlines(answer.ok_or("no member \"maillage\": is this a plan?")?);
        let mut picture = Self { headlines, communes: Vec::new(), existing: Vec::new(), new: Vec::new() };
        for feature in &plan.features {
            let text = |name: &str| feature.property(name).and_then(JsonValue::as_str).unwrap_or_default();
            let geometry = feature.geometry.as_ref().ok_or("a feature without geometry")?;
            match (text("role"), Geometry::<f64>::try_from(geometry)?) {
                ("site", Geometry::Point(point)) if text("state") == "new" => picture.new.push(point),
                ("site", Geometry::Point(point)) => picture.existing.push(point),
                ("commune", outlines) => {
                    let counts = feature.property("under_served").and_then(JsonValue::as_u64) > Some(0);
                    let class = match text("reached") {
                        _ if !counts => "uncounted",
                        "already" => "already",
                        "newly" => "newly",
                        _ => "no",
                    };
                    let outlines = match outlines {
                        Geometry::Polygon(polygon) => vec![polygon],
                        Geometry::MultiPolygon(polygons) => polygons.0,
                        _ => return Err("communes are drawn from polygons: this plan has points".into()),
                    };
                    picture.communes.push((class, text("territory").to_owned(), outlines));
                }
                (role, _) => return Err(format!("a feature with role {role:?}: is this a plan?").into()),
            }
        }
        Ok(picture)
    }

    fn to_svg(&self) -> String {
        let map = Map::around(self.communes.iter().flat_map(|(_, _, outlines)| outlines));
        let height = map.bottom + BOTTOM;
        let [title, people, proof] = self.headlines.each_ref().map(|text| escaped(text));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
             height=\"{height:.0}\" role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
             <defs>{HATCH}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
             <text class=\"name\" x=\"{MARGIN}\" y=\"32\">{title}</text>\n\
             <text class=\"small\" x=\"{MARGIN}\" y=\"54\">{people}</text>\n\
             <text class=\"small\" x=\"{MARGIN}\" y=\"72\">{proof}</text>\n",
        );
        for class in ["uncounted", "already", "newly", "no"] {
            let outlines = self.communes.iter().filter(|commune| commune.0 == class).flat_map(|commune| &commune.2);
            line(&mut svg, &format!("<path class=\"commune {class}\" d=\"{}\"/>", map.path(outlines)));
        }
        line(&mut svg, &format!("<path class=\"border\" d=\"{}\"/>", map.borders(&self.communes)));
        for (name, (x, y)) in map.territory_centres(&self.communes) {
            let words = escaped(name);
            line(&mut svg, &format!("<text class=\"territory\" x=\"{x:.0}\" y=\"{y:.0}\">{words}</text>"));
        }
        for place in &self.existing {
            let (x, y) = map.place(place.0);
            line(&mut svg, &square(x, y));
        }
        for place in &self.new {
            let (x, y) = map.place(place.0);
            line(&mut svg, &circle(x, y));
        }
        legend(&mut svg, map.bottom + 24.0);
        map.scale_bar(&mut svg, map.bottom + 66.0);
        svg + "</svg>\n"
    }
}

/// Says in a title and two lines what the plan reaches and what is proved of it.
fn headlines(answer: &JsonValue) -> [String; 3] {
    let count = |name: &str| answer[name].as_u64().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "rounded to a whole number of 100 people")]
    let of_100 = |people: u64| (100.0 * people as f64 / count("under_served").max(1) as f64).round();
    let new = count("sites_new");
    let (before, after) = (of_100(count("reached_before")), of_100(count("reached_after")));
    let within = answer["request"]["within"].as_str().unwrap_or("the limit");
    let proof = match answer["guarantee"].as_str() {
        Some("optimal") => format!("Proved: no other choice of {new} sites reaches more."),
        Some("bounded") => {
            // Rounded up: "at most" stays true.
            let percent = (answer["gap"].as_f64().unwrap_or(1.0) * 10_000.0).ceil() / 100.0;
            format!("At most {percent} % below the best possible.")
        }
        _ => "Nothing is proved of this plan.".to_owned(),
    };
    [
        format!("{new} new sites beside {} existing ones", count("sites_existing")),
        format!(
            "Of 100 under-served people, {before} are in reach of a site ({within}) today, {after} with this plan."
        ),
        proof,
    ]
}

/// Places degrees on the picture, true to scale at the middle parallel.
struct Map {
    west: f64,
    north: f64,
    /// Pixels for a degree of longitude, and of latitude.
    across: f64,
    down: f64,
    bottom: f64,
}

impl Map {
    fn around<'a>(outlines: impl Iterator<Item = &'a Polygon>) -> Self {
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for corner in outlines.flat_map(|outline| &outline.exterior().0) {
            low = Coord { x: low.x.min(corner.x), y: low.y.min(corner.y) };
            high = Coord { x: high.x.max(corner.x), y: high.y.max(corner.y) };
        }
        let across = (WIDTH - 2.0 * MARGIN) / (high.x - low.x).max(1e-6);
        let down = across / f64::midpoint(low.y, high.y).to_radians().cos();
        Self { west: low.x, north: high.y, across, down, bottom: TOP + down * (high.y - low.y) }
    }

    fn place(&self, degrees: Coord) -> (f64, f64) {
        (MARGIN + (degrees.x - self.west) * self.across, TOP + (self.north - degrees.y) * self.down)
    }

    /// Writes outlines as path data, in tenths of a pixel from corner to corner.
    fn path<'a>(&self, outlines: impl Iterator<Item = &'a Polygon>) -> String {
        let mut data = String::new();
        for ring in outlines.flat_map(|outline| [outline.exterior()].into_iter().chain(outline.interiors())) {
            let corners = ring.0.iter().map(|corner| self.tenths(*corner));
            for (number, (x, y)) in corners.enumerate() {
                data += if number == 0 { "M" } else { " " };
                data += &corner_text((x, y));
            }
            data += "z";
        }
        data
    }

    fn tenths(&self, degrees: Coord) -> (i64, i64) {
        let (x, y) = self.place(degrees);
        #[expect(clippy::cast_possible_truncation, reason = "a picture is far smaller than 2^63 tenths of a pixel")]
        let tenths = |pixels: f64| (pixels * 10.0).round() as i64;
        (tenths(x), tenths(y))
    }

    /// Finds the edges that communes of two territories share, or that no other commune has.
    fn borders(&self, communes: &[(&str, String, Vec<Polygon>)]) -> String {
        let mut edges: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for (_, territory, outlines) in communes {
            for edge in outlines.iter().flat_map(|outline| outline.exterior().0.windows(2)) {
                let (from, to) = (self.tenths(edge[0]), self.tenths(edge[1]));
                edges.entry((from.min(to), from.max(to))).or_default().push(territory);
            }
        }
        edges
            .iter()
            .filter(|(_, sides)| !matches!(sides.as_slice(), [one, other] if one == other))
            .map(|(&(from, to), _)| ["M", &corner_text(from), " ", &corner_text(to)].concat())
            .collect()
    }

    /// Returns a place a little above the middle of each territory's communes, to write its name there.
    fn territory_centres<'a>(&self, communes: &'a [(&str, String, Vec<Polygon>)]) -> BTreeMap<&'a str, (f64, f64)> {
        let mut corners: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
        for (_, territory, outlines) in communes {
            let first = outlines.first().and_then(|outline| outline.exterior().0.first());
            corners.entry(territory).or_default().extend(first.map(|corner| self.place(*corner)));
        }
        #[expect(clippy::cast_precision_loss, reason = "a territory has fewer than 2^53 communes")]
        let mean = |corners: Vec<(f64, f64)>| {
            let (x, y) = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
            (x / corners.len().max(1) as f64, y / corners.len().max(1) as f64 - 20.0)
        };
        corners.into_iter().map(|(territory, corners)| (territory, mean(corners))).collect()
    }

    /// Draws the largest of 1, 2, 5, 10 … km that is at most a quarter of the width.
    fn scale_bar(&self, svg: &mut String, y: f64) {
        let pixels_per_kilometre = self.down / KILOMETRES_PER_DEGREE;
        let lengths = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
        let fits = |length: &f64| length * pixels_per_kilometre <= WIDTH / 4.0;
        let length = lengths.into_iter().rfind(fits).unwrap_or(1.0);
        let (right, left) = (WIDTH - MARGIN, WIDTH - MARGIN - length * pixels_per_kilometre);
        line(
            svg,
            &format!(
                "<path d=\"M{left:.1},{:.1}v5H{right:.1}v-5\" fill=\"none\" stroke=\"#222\" \
                 stroke-width=\"1.5\"/><text class=\"small\" x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{length} km</text>",
                y - 5.0,
                left - 8.0,
                y + 1.0,
            ),
        );
    }
}

fn legend(svg: &mut String, y: f64) {
    let boxes = [("already", "in reach today"), ("newly", "newly in reach"), ("no", "not in reach")];
    let mut x = MARGIN;
    let mut entry = |symbol: &str, x: f64, y: f64, words: &str| {
        line(svg, &format!("{symbol}<text class=\"small\" x=\"{:.0}\" y=\"{:.0}\">{words}</text>", x + 30.0, y + 5.0));
    };
    for (class, words) in boxes.into_iter().chain([("uncounted", "not under-served")]) {
        let symbol =
            format!("<rect class=\"commune {class}\" x=\"{x:.0}\" y=\"{:.0}\" width=\"22\" height=\"14\"/>", y - 7.0);
        entry(&symbol, x, y, words);
        x += 180.0;
    }
    let below = y + 32.0;
    entry(&circle(MARGIN + 11.0, below), MARGIN, below, "new site");
    entry(&square(MARGIN + 191.0, below), MARGIN + 180.0, below, "existing site");
}

fn circle(x: f64, y: f64) -> String {
    format!("<circle class=\"new\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"/>")
}

fn square(x: f64, y: f64) -> String {
    format!("<rect class=\"existing\" x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\"/>", x - 4.0, y - 4.0)
}

fn corner_text((x, y): (i64, i64)) -> String {
    format!("{}.{},{}.{}", x / 10, x % 10, y / 10, y % 10)
}

fn line(svg: &mut String, element: &str) {
    svg.push_str(element);
    svg.push('\n');
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
