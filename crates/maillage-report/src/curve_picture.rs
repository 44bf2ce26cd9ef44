use std::fmt::Write as _;

use maillage_io::Language;
use serde_json::Value;

use crate::html::escaped;
use crate::lettering::Lettering;
use crate::origin::{origins, source_line};
use crate::picture_words::{CurveWords, PictureWords};
use crate::sheet::{MARGIN, Sheet, WIDTH};

/// Pixels of the field that the curve is drawn in.
const HEIGHT: f64 = 420.0;
/// Room for the figures beside it.
const LEFT: f64 = MARGIN + 86.0;
const RIGHT: f64 = WIDTH - MARGIN - 16.0;

const STYLE: &str = "\
.grid{stroke:#dddddd;stroke-width:1}.axis{stroke:#1b1b1b;stroke-width:1.5}\
.found{fill:none;stroke:#0072b2;stroke-width:3;stroke-linejoin:round}\
.bound{fill:none;stroke:#f3c969;stroke-width:9;stroke-linejoin:round;stroke-linecap:round}\
.point{fill:#0072b2;stroke:#fff;stroke-width:1}";

/// A curve as a picture for an annex: what more sites, more euros or a higher floor come to, and the bound above it.
#[derive(Clone, Copy, Debug)]
pub struct CurvePicture<'a> {
    /// The answer of `maillage frontier`.
    pub curve: &'a Value,
    /// What it counts, in the language of the picture.
    pub unit: &'a str,
    /// That language.
    pub language: Language,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    at: f64,
    value: f64,
    bound: f64,
    /// Over floors: from which share on the bound holds.
    floor: Option<f64>,
}

impl CurvePicture<'_> {
    /// Draws the curve as SVG.
    #[must_use]
    pub fn to_svg(&self) -> Vec<u8> {
        let over = self.curve.get("over").and_then(Value::as_str).unwrap_or_default();
        let words = CurveWords::of(over, self.language);
        let mut sheet = Sheet::new(words.title, STYLE);
        sheet.write(words.text, Lettering::Text);
        sheet.y += 14.0;
        let field = Field::of(&self.points(), over == "floor", sheet.y + 34.0);
        let language = self.language;
        let (top, bottom) = (field.top, field.top + HEIGHT);
        keys(&words, sheet.y + 12.0, &mut sheet);
        sheet.draw(&format!(
            "<text x=\"{RIGHT}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            sheet.y + 12.0,
            escaped(self.unit)
        ));
        for value in steps(field.foot, field.most) {
            let (y, text) = (field.y(value), figure(value, language));
            sheet.draw(&format!(
                "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>\
                 <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>",
                LEFT - 10.0,
                y + 5.0
            ));
        }
        for at in steps(field.first, field.last) {
            let (x, text) = (field.x(at), figure(at, language));
            sheet.draw(&format!(
                "<path class=\"axis\" d=\"M{x:.1} {bottom:.1}v6\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{text}</text>",
                bottom + 24.0
            ));
        }
        sheet.draw(&format!("<path class=\"axis\" fill=\"none\" d=\"M{LEFT} {top:.1}V{bottom:.1}H{RIGHT}\"/>"));
        sheet.draw(&field.bound());
        sheet.draw(&field.found());
        for point in &field.points {
            let (x, y) = (field.x(point.at), field.y(point.value));
            sheet.draw(&format!("<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>"));
        }
        let origins = origins(self.curve);
        let words_of_all = PictureWords::of(language);
        if origins.iter().any(|origin| origin.illustrative) {
            sheet.mark(words_of_all.illustrative, (WIDTH / 2.0, top + HEIGHT / 2.0));
        }
        sheet.y = bottom + 50.0;
        sheet.draw(&format!(
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            f64::midpoint(LEFT, RIGHT),
            sheet.y,
            words.over
        ));
        sheet.y += 14.0;
        sheet.write(&source_line(self.curve, &origins, &words_of_all), Lettering::Small);
        sheet.into_svg()
    }

    /// Returns the points that have a plan; over floors, each stands at the share of its worst-off place, in percent.
    fn points(&self) -> Vec<Point> {
        let stated = self.curve.get("points").and_then(Value::as_array);
        let is_floor = self.curve.get("over").and_then(Value::as_str) == Some("floor");
        let point = |stated: &Value| {
            let number = |name: &str| stated.get(name).and_then(Value::as_f64);
            let value = number("value")?;
            let at = if is_floor { number("worst")? / 100.0 } else { number("limit")? };
            let floor = is_floor.then(|| number("floor").map_or(at, |floor| floor / 100.0));
            Some(Point { at, value, bound: number("bound").unwrap_or(value), floor })
        };
        stated.into_iter().flatten().filter_map(point).collect()
    }
}

/// Where points stand on the sheet.
struct Field {
    points: Vec<Point>,
    first: f64,
    last: f64,
    foot: f64,
    most: f64,
    top: f64,
}

impl Field {
    /// Places points; a curve that falls a little would be flat over a field from zero, and is shown closely.
    fn of(points: &[Point], closely: bool, top: f64) -> Self {
        let first = points.iter().map(|point| point.at).fold(f64::INFINITY, f64::min);
        let first = if first.is_finite() { first } else { 0.0 };
        let last = points.iter().map(|point| point.at).fold(first, f64::max);
        let last = if last > first { last } else { first + 1.0 };
        let most = points.iter().map(|point| point.bound).fold(1.0, f64::max);
        let lowest = points.iter().map(|point| point.value).fold(most, f64::min);
        let foot = if closely { (lowest - (most - lowest) / 3.0 - 1.0).max(0.0).floor() } else { 0.0 };
        Self { points: points.to_vec(), first, last, foot, most, top }
    }

    fn x(&self, at: f64) -> f64 {
        LEFT + (at - self.first) / (self.last - self.first) * (RIGHT - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        self.top + HEIGHT - (value - self.foot) / (self.most - self.foot) * HEIGHT
    }

    fn found(&self) -> String {
        let mut path = String::new();
        for (number, point) in self.points.iter().enumerate() {
            let step = if number == 0 { "M" } else { "L" };
            let _ = write!(path, "{step}{:.1} {:.1}", self.x(point.at), self.y(point.value));
        }
        format!("<path class=\"found\" d=\"{path}\"/>")
    }

    /// Draws the bound in steps, since a straight line from one to the next would claim more than is proved: the bound
    /// of a limit holds for all below it, that of a floor for all above it.
    fn bound(&self) -> String {
        let mut path = String::new();
        for (number, point) in self.points.iter().enumerate() {
            let y = self.y(point.bound);
            let _ = match (number, point.floor) {
                (0, _) => write!(path, "M{:.1} {y:.1}", self.x(point.at)),
                (_, None) => write!(path, "V{y:.1}H{:.1}", self.x(point.at)),
                (_, Some(floor)) => write!(path, "H{:.1}V{y:.1}", self.x(floor.clamp(self.first, self.last))),
            };
        }
        if self.points.iter().any(|point| point.floor.is_some()) {
            let _ = write!(path, "H{RIGHT:.1}");
        }
        format!("<path class=\"bound\" d=\"{path}\"/>")
    }
}

/// Returns round numbers between two ends: steps of 1, 2 or 5 times a power of ten, of which there are about five.
fn steps(from: f64, to: f64) -> Vec<f64> {
    let rough = ((to - from) / 5.0).max(1e-6);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|&step| step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let first = (from / step).ceil();
    let count = |number: u32| (first + f64::from(number)) * step;
    (0..20).map(count).take_while(|&at| at <= to + step / 1e6).collect()
}

/// Writes a number in a language: whole ones with marks between their thousands.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and at least zero")]
fn figure(number: f64, language: Language) -> String {
    if number.fract() == 0.0 && number >= 0.0 {
        return language.grouped(number as u64);
    }
    let text = format!("{}", (number * 100.0).round() / 100.0);
    if language == Language::French { text.replace('.', ",") } else { text }
}

fn keys(words: &CurveWords, y: f64, sheet: &mut Sheet) {
    for (class, text, x) in [("found", words.found, LEFT), ("bound", words.bound, LEFT + 250.0)] {
        let line = y - 5.0;
        sheet.draw(&format!(
            "<path class=\"{class}\" d=\"M{x} {line:.1}h38\"/><text x=\"{:.0}\" y=\"{y:.1}\">{text}</text>",
            x + 48.0
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_both_ends() {
        assert_eq!(steps(0.0, 100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(steps(1.0, 12.0), [5.0, 10.0]);
        assert_eq!(steps(0.0, 1.0).len(), 6);
        assert_eq!(figure(125_000.0, Language::English), "125,000");
        assert_eq!(figure(12.5, Language::French), "12,5");
    }

    #[test]
    fn between_two_points_the_bound_claims_no_more_than_is_proved() {
        let point = |at, bound, floor| Point { at, value: 0.0, bound, floor };
        let limits = Field::of(&[point(0.0, 0.0, None), point(10.0, 100.0, None)], false, 0.0);
        assert!(limits.bound().contains(&format!("M{LEFT:.1} {HEIGHT:.1}V0.0H{RIGHT:.1}")), "{}", limits.bound());
        let floors = Field::of(&[point(0.0, 100.0, Some(0.0)), point(10.0, 50.0, Some(5.0))], false, 0.0);
        let (middle, half) = (f64::midpoint(LEFT, RIGHT), HEIGHT / 2.0);
        assert!(
            floors.bound().contains(&format!("M{LEFT:.1} 0.0H{middle:.1}V{half:.1}H{RIGHT:.1}")),
            "{}",
            floors.bound()
        );
    }

    #[test]
    fn a_curve_without_points_is_still_a_picture() {
        let curve = serde_json::json!({ "over": "sites", "unit": "people", "points": [] });
        let svg = CurvePicture { curve: &curve, unit: "people", language: Language::English }.to_svg();
        assert!(String::from_utf8(svg).unwrap().contains("</svg>"));
    }
}
