use std::fmt::Write as _;

use crate::html::escaped;
use crate::lettering::Lettering;

/// The width of every picture, in pixels of its SVG.
pub(crate) const WIDTH: f64 = 1_000.0;
/// What stays free at both sides.
pub(crate) const MARGIN: f64 = 24.0;

const STYLE: &str = "text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;fill:#1b1b1b;font-size:15px}\
.title{font-size:20px;font-weight:bold}.small{font-size:12px}\
.watermark{font-size:46px;font-weight:bold;fill:#a02800;fill-opacity:.38}";

/// A picture under way, from the top down: lines of text, and what is drawn between them.
pub(crate) struct Sheet {
    body: String,
    style: &'static str,
    /// Where the next thing starts, in pixels from the top.
    pub(crate) y: f64,
}

impl Sheet {
    /// Opens a sheet with a title; `style` is added to the style sheet of all pictures.
    pub(crate) fn new(title: &str, style: &'static str) -> Self {
        let mut sheet = Self { body: format!("<title>{}</title>\n", escaped(title)), style, y: 14.0 };
        sheet.write(title, Lettering::Title);
        sheet.y += 4.0;
        sheet
    }

    /// Writes a text below what is there, in as many lines as it takes.
    pub(crate) fn write(&mut self, text: &str, lettering: Lettering) {
        for line in lettering.wrapped(text, WIDTH - 2.0 * MARGIN) {
            self.y += lettering.line();
            let (class, y, line) = (lettering.class(), self.y - 5.0, escaped(&line));
            let _ = writeln!(self.body, "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{y:.0}\">{line}</text>");
        }
    }

    /// Adds a piece of SVG.
    pub(crate) fn draw(&mut self, piece: &str) {
        self.body.push_str(piece);
        self.body.push('\n');
    }

    /// Writes across the middle of something that it is no basis for a decision.
    pub(crate) fn mark(&mut self, words: &str, (x, y): (f64, f64)) {
        let _ = writeln!(
            self.body,
            "<text class=\"watermark\" x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\" \
             transform=\"rotate(-18 {x:.0} {y:.0})\">{}</text>",
            escaped(words)
        );
    }

    /// Closes the sheet.
    pub(crate) fn into_svg(self) -> Vec<u8> {
        let Self { body, style, y } = self;
        let height = y + 14.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
             height=\"{height:.0}\" role=\"img\">\n<style>{STYLE}{style}</style>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}</svg>\n"
        )
        .into_bytes()
    }
}
