//! Styles for QGIS: colours after Okabe and Ito, which people who see few colours tell apart, and symbols that also
//! differ in form or lightness, for print in grey.

use std::fmt::Write as _;

use crate::Language;
use crate::table_description::TableColumn;

/// How one kind of feature is drawn.
pub(crate) struct Drawn<'a> {
    /// The value of the expression.
    pub(crate) value: &'a str,
    /// What the legend says.
    pub(crate) label: &'a str,
    pub(crate) symbol: Symbol<'a>,
}

/// A symbol of QGIS; colours are red, green, blue and opacity from 0 to 255.
pub(crate) enum Symbol<'a> {
    /// A form of marker, its size in millimetres and its colour.
    Marker(&'static str, &'static str, &'a str),
    /// An area of a colour with an outline.
    Area(&'a str, &'static str),
    /// An outline alone: its colour and its width in millimetres.
    Outline(&'static str, &'static str),
    /// A line: its colour and its width in millimetres.
    Line(&'static str, &'static str),
}

impl Symbol<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Marker(..) => "marker",
            Self::Area(..) | Self::Outline(..) => "fill",
            Self::Line(..) => "line",
        }
    }

    fn write(&self, name: usize, text: &mut String) {
        let (class, properties): (_, Vec<(&str, &str)>) = match *self {
            Self::Marker(form, size, colour) => (
                "SimpleMarker",
                vec![
                    ("name", form),
                    ("size", size),
                    ("size_unit", "MM"),
                    ("color", colour),
                    ("outline_color", "255,255,255,255"),
                    ("outline_style", "solid"),
                    ("outline_width", "0.3"),
                    ("outline_width_unit", "MM"),
                ],
            ),
            Self::Area(colour, outline) => (
                "SimpleFill",
                vec![
                    ("color", colour),
                    ("style", "solid"),
                    ("outline_color", outline),
                    ("outline_style", "solid"),
                    ("outline_width", "0.06"),
                    ("outline_width_unit", "MM"),
                ],
            ),
            Self::Outline(colour, width) => (
                "SimpleFill",
                vec![
                    ("color", "255,255,255,0"),
                    ("style", "no"),
                    ("outline_color", colour),
                    ("outline_style", "solid"),
                    ("outline_width", width),
                    ("outline_width_unit", "MM"),
                ],
            ),
            Self::Line(colour, width) => (
                "SimpleLine",
                vec![
                    ("line_color", colour),
                    ("line_style", "solid"),
                    ("line_width", width),
                    ("line_width_unit", "MM"),
                    ("capstyle", "round"),
                ],
            ),
        };
        let kind = self.kind();
        // Writing to a text does not fail.
        let _ = write!(
            text,
            "<symbol type=\"{kind}\" name=\"{name}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
             <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">"
        );
        for (key, value) in properties {
            let _ = write!(text, "<prop k=\"{key}\" v=\"{value}\"/>");
        }
        text.push_str("</layer></symbol>\n");
    }
}

/// Writes a style that draws features by the value of an expression, in the order given, the last on top.
pub(crate) fn by_value(expression: &str, drawn: &[Drawn<'_>]) -> String {
    let (mut categories, mut symbols) = (String::new(), String::new());
    for (name, Drawn { value, label, symbol }) in drawn.iter().enumerate() {
        let _ =
            writeln!(categories, "<category render=\"true\" symbol=\"{name}\" value=\"{value}\" label=\"{label}\"/>");
        symbol.write(name, &mut symbols);
    }
    whole(&format!(
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" forceraster=\"0\" symbollevels=\"0\" \
         enableorderby=\"0\">\n<categories>\n{categories}</categories>\n<symbols>\n{symbols}</symbols>\n",
        expression.replace('"', "&quot;")
    ))
}

/// Writes a style that draws all features alike.
pub(crate) fn alike(symbol: &Symbol<'_>) -> String {
    let mut symbols = String::new();
    symbol.write(0, &mut symbols);
    whole(&format!(
        "<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\">\n\
         <symbols>\n{symbols}</symbols>\n"
    ))
}

/// Adds to a style what the columns are called: QGIS before 3.28 passes over the names in `gpkg_data_columns`.
pub(crate) fn with_aliases(style: &str, columns: &[TableColumn], language: Language) -> String {
    let mut aliases = String::from("<aliases>\n");
    for column in columns {
        let alias = column.alias.in_language(language);
        let _ = writeln!(aliases, "<alias field=\"{}\" name=\"{alias}\"/>", column.name);
    }
    aliases.push_str("</aliases>\n</qgis>");
    style.replacen("</qgis>", &aliases, 1)
}

fn whole(renderer: &str) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology|Fields\">\n{renderer}</renderer-v2>\n</qgis>\n"
    )
}
