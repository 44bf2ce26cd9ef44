use geo::Geometry;

use crate::geopackage_style::{Drawn, Symbol, by_value};
use crate::table_description::texts;
use crate::{Language, Texts};

/// How the rows of a table are drawn on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetLayer {
    /// What its features are: `site` or `commune`.
    pub role: &'static str,
    /// Where each row lies, in degrees; absent where that is not known.
    pub geometries: Vec<Option<Geometry<f64>>>,
    /// The column that says of which class a row is.
    pub column: &'static str,
    /// The classes in the order in which they are drawn, the last on top.
    pub classes: Vec<SheetClass>,
}

/// A class of rows that are drawn alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetClass {
    /// What stands in the column.
    pub value: &'static str,
    /// What the legend says.
    pub label: Texts,
    /// How it is drawn.
    pub mark: SheetMark,
    /// Red, green and blue, from 0 to 255 each, after one another with commas between them.
    pub colour: &'static str,
}

impl SheetClass {
    /// Makes a class of its value, its words in English and in French, its mark and its colour.
    pub(crate) const fn of(
        value: &'static str,
        label: (&'static str, &'static str),
        mark: SheetMark,
        colour: &'static str,
    ) -> Self {
        Self { value, label: texts(label.0, label.1), mark, colour }
    }
}

/// The form in which a row is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetMark {
    /// The area of a commune.
    Area,
    /// A round mark.
    Circle,
    /// A square mark, of the sites that are there already.
    Square,
    /// A small round mark, of places that only might be.
    Dot,
    /// A mark that stands on one corner.
    Diamond,
    /// A mark that points up.
    Triangle,
}

impl SheetLayer {
    /// Returns the type of its geometries.
    pub(crate) fn kind(&self) -> &'static str {
        let is_point = |geometry: &&Geometry<f64>| matches!(geometry, Geometry::Point(_));
        let mut known = self.geometries.iter().flatten();
        let points = self.geometries.iter().flatten().filter(is_point).count();
        match (points, known.any(|geometry| !is_point(&geometry))) {
            (0, true) => "MULTIPOLYGON",
            (_, true) => "GEOMETRY",
            (_, false) => "POINT",
        }
    }

    /// Writes how QGIS draws it, with the words of a language.
    pub(crate) fn style(&self, language: Language) -> String {
        let is_area = self.kind() != "POINT";
        let drawn: Vec<(String, &SheetClass)> =
            self.classes.iter().map(|class| (format!("{},255", class.colour), class)).collect();
        let drawn: Vec<Drawn<'_>> = drawn
            .iter()
            .map(|(colour, class)| Drawn {
                value: class.value,
                label: class.label.in_language(language),
                symbol: match class.mark {
                    SheetMark::Area if is_area => Symbol::Area(colour, "255,255,255,255"),
                    SheetMark::Area => Symbol::Marker("circle", "1.8", colour),
                    SheetMark::Circle => Symbol::Marker("circle", "3.2", colour),
                    SheetMark::Square => Symbol::Marker("square", "2", colour),
                    SheetMark::Dot => Symbol::Marker("circle", "1.6", colour),
                    SheetMark::Diamond => Symbol::Marker("diamond", "3.6", colour),
                    SheetMark::Triangle => Symbol::Marker("triangle", "3.4", colour),
                },
            })
            .collect();
        by_value(self.column, &drawn)
    }
}

/// Colours after Okabe and Ito, which people who see few colours tell apart.
pub(crate) mod colours {
    pub(crate) const BLACK: &str = "0,0,0";
    pub(crate) const BLUE: &str = "0,114,178";
    pub(crate) const GREEN: &str = "0,158,115";
    pub(crate) const GREY: &str = "225,225,225";
    pub(crate) const DARK_GREY: &str = "120,120,120";
    pub(crate) const LIGHT_BLUE: &str = "158,202,225";
    /// Behind marks that are to stand out.
    pub(crate) const LIGHT_ORANGE: &str = "253,208,130";
    pub(crate) const ORANGE: &str = "230,159,0";
    pub(crate) const VERMILION: &str = "213,94,0";
    pub(crate) const WHITE: &str = "255,255,255";
}

/// Communes by whether they are in reach.
pub(crate) const IN_REACH: [SheetClass; 4] = [
    SheetClass::of("uncounted", ("Nobody under-served", "Aucun habitant sous-doté"), SheetMark::Area, colours::WHITE),
    SheetClass::of("no", ("Out of reach", "Hors de portée"), SheetMark::Area, colours::GREY),
    SheetClass::of("already", ("In reach already", "Déjà à portée"), SheetMark::Area, colours::LIGHT_BLUE),
    SheetClass::of("newly", ("Newly in reach", "Nouvellement à portée"), SheetMark::Area, colours::LIGHT_ORANGE),
];

/// A site that is there already.
pub(crate) const EXISTING: SheetClass =
    SheetClass::of("existing", ("Existing site", "Site existant"), SheetMark::Square, colours::BLUE);
