use std::collections::BTreeMap;

use geo::{BoundingRect, Coord, Geometry};
use maillage_io::{AnswerSheet, AnswerSheets, Language, SheetClass, SheetLayer, SheetMark, TableCell, Texts};
use serde_json::{Value, json};

use crate::html::{Scripts, html};
use crate::map_data::MapData;
use crate::page::word;

/// Texts longer than this many characters, such as lists of sites, are told in the tables alone.
const LONG: usize = 60;

/// An answer around a plan as a page: what the program says of it, a map, and its tables, in one HTML file that asks no
/// network for anything.
#[derive(Clone, Copy)]
pub struct AnswerPage<'a> {
    /// The tables.
    pub sheets: &'a AnswerSheets,
    /// The summary in English and in French.
    pub told: &'a [String; 2],
    /// The language the page opens in.
    pub language: Language,
}

impl AnswerPage<'_> {
    /// Writes the page.
    #[must_use]
    pub fn to_html(&self) -> Vec<u8> {
        let title = title(self.sheets.kind());
        let areas = self.sheets.sheets().iter().find_map(|sheet| Some((sheet, areas(sheet)?)));
        let geometries = || areas.iter().flat_map(|(_, layer)| layer.geometries.iter().flatten());
        let marks = self.sheets.sheets().iter().filter_map(AnswerSheet::layer).filter(|layer| layer.role != "commune");
        let places = marks.flat_map(|layer| layer.geometries.iter().flatten()).map(middle);
        let map = MapData::over(geometries, places);
        let data = json!({
            "language": word(self.language),
            "title": both(title),
            "told": self.told,
            "map": areas.map(|(sheet, _)| map.to_json(geometries(), &territories(sheet))),
            "sheets": self.sheets.sheets().iter().map(|sheet| table(sheet, &map)).collect::<Vec<_>>(),
            "request": self.sheets.request(),
            "inputs": self.sheets.inputs(),
            "program": self.sheets.program(),
        });
        html(Scripts::Answer, word(self.language), title.in_language(self.language), &data.to_string()).into_bytes()
    }
}

const fn title(kind: &str) -> Texts {
    match kind.as_bytes() {
        b"explanation" => Texts { english: "Why these sites", french: "Pourquoi ces sites" },
        b"comparison" => Texts { english: "Plans side by side", french: "Plans côte à côte" },
        b"sweep" => Texts { english: "Many scenarios", french: "De nombreux scénarios" },
        b"access" => Texts { english: "Access to care after the plan", french: "Accès aux soins après le plan" },
        b"follow" => Texts { english: "The plan and its use", french: "Le plan et son usage" },
        b"score" => Texts { english: "The call for projects", french: "L’appel à projets" },
        _ => Texts { english: "Answer", french: "Réponse" },
    }
}

fn both(texts: Texts) -> Value {
    json!([texts.english, texts.french])
}

/// Returns how communes are drawn, where they are and every row has a place.
fn areas(sheet: &AnswerSheet) -> Option<&SheetLayer> {
    sheet.layer().filter(|layer| layer.role == "commune" && layer.geometries.iter().all(Option::is_some))
}

fn middle(geometry: &Geometry<f64>) -> Coord<f64> {
    geometry.bounding_rect().map(geo::Rect::center).unwrap_or_default()
}

/// Returns the territory of each commune.
fn territories(sheet: &AnswerSheet) -> Vec<Option<&str>> {
    let column = sheet.columns(Language::English).position(|(name, ..)| name == "territory");
    sheet
        .rows()
        .iter()
        .map(|row| match column.and_then(|column| row.get(column)) {
            Some(TableCell::Text(text)) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn table(sheet: &AnswerSheet, map: &MapData) -> Value {
    let columns = sheet.columns(Language::English).zip(sheet.columns(Language::French)).enumerate();
    let columns = columns.map(|(at, ((name, english, note), (_, french, french_note)))| {
        let cells = || sheet.rows().iter().filter_map(|row| row.get(at));
        json!({
            "name": name,
            "head": [english, french],
            "note": [note, french_note],
            "words": sheet.words(at).into_iter().map(|(word, told)| (word, both(told))).collect::<BTreeMap<_, _>>(),
            "kind": cells().find_map(kind).unwrap_or("text"),
            "long": cells().any(|cell| matches!(cell, TableCell::Text(text) if text.chars().count() > LONG)),
        })
    });
    let mut told = json!({
        "title": both(sheet.title()),
        "columns": columns.collect::<Vec<_>>(),
        "rows": sheet.rows().iter().map(|row| row.iter().map(value).collect()).collect::<Vec<Value>>(),
    });
    if let (Some(layer), Some(members)) = (sheet.layer(), told.as_object_mut()) {
        let column = sheet.columns(Language::English).position(|(name, ..)| name == layer.column);
        let class_of = |row: &Vec<TableCell>| match column.and_then(|column| row.get(column)) {
            Some(TableCell::Text(value)) => layer.classes.iter().position(|class| class.value == value),
            _ => None,
        };
        let place = |geometry: &Option<Geometry<f64>>| geometry.as_ref().map(|geometry| map.middle(geometry));
        members.insert("role".to_owned(), layer.role.into());
        members.insert("column".to_owned(), layer.column.into());
        members.insert("classes".to_owned(), layer.classes.iter().map(class).collect());
        members.insert("classOf".to_owned(), sheet.rows().iter().map(class_of).collect());
        members.insert("places".to_owned(), json!(layer.geometries.iter().map(place).collect::<Vec<_>>()));
    }
    told
}

/// Returns what kind of number or text stands in a cell, nothing in one that is empty.
const fn kind(cell: &TableCell) -> Option<&'static str> {
    match cell {
        TableCell::Nothing => None,
        TableCell::Text(_) => Some("text"),
        TableCell::Whole(_) | TableCell::Euros(_) => Some("whole"),
        TableCell::Decimal(_) => Some("decimal"),
        TableCell::Share(_) => Some("share"),
        TableCell::Truth(_) => Some("truth"),
    }
}

fn value(cell: &TableCell) -> Value {
    match cell {
        TableCell::Nothing => Value::Null,
        TableCell::Text(text) => text.as_str().into(),
        TableCell::Whole(number) | TableCell::Euros(number) => (*number).into(),
        TableCell::Decimal(number) | TableCell::Share(number) => (*number).into(),
        TableCell::Truth(holds) => (*holds).into(),
    }
}

fn class(class: &SheetClass) -> Value {
    let form = match class.mark {
        SheetMark::Area => "area",
        SheetMark::Circle => "circle",
        SheetMark::Square => "square",
        SheetMark::Dot => "dot",
        SheetMark::Diamond => "diamond",
        SheetMark::Triangle => "triangle",
    };
    json!({
        "value": class.value,
        "label": both(class.label),
        "colour": format!("rgb({})", class.colour),
        "form": form,
    })
}
