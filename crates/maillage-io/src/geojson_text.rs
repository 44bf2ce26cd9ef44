use serde::Serialize;

use crate::TableCell;
use crate::geometry_text::{Extent, write_geometry};

/// Puts features, each with its comma and line end, into a collection; a member `maillage` tells of them.
pub(crate) fn write_collection(
    extent: Extent,
    told: &impl Serialize,
    mut body: Vec<u8>,
) -> Result<Vec<u8>, serde_json::Error> {
    // The last feature has no comma after it.
    if body.ends_with(b",\n") {
        body.truncate(body.len() - 2);
        body.push(b'\n');
    }
    let mut text = Vec::with_capacity(body.len() + (1 << 14));
    text.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
    extent.write(&mut text);
    text.extend_from_slice(b"\n\"maillage\":");
    serde_json::to_writer(&mut text, told)?;
    text.extend_from_slice(b",\n\"features\":[\n");
    text.append(&mut body);
    text.extend_from_slice(b"]}\n");
    Ok(text)
}

/// A feature being written.
pub(crate) struct FeatureText<'text> {
    text: &'text mut Vec<u8>,
}

impl<'text> FeatureText<'text> {
    pub(crate) fn open(role: &str, id: &str, text: &'text mut Vec<u8>) -> Self {
        text.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        write_text(&format!("{role}/{id}"), text);
        text.extend_from_slice(b",\"properties\":{\"role\":");
        write_text(role, text);
        let mut feature = Self { text };
        feature.text("id", id);
        feature
    }

    pub(crate) fn word(&mut self, field: &str, word: &str) {
        self.text.extend_from_slice(b",\"");
        self.text.extend_from_slice(field.as_bytes());
        self.text.extend_from_slice(b"\":");
        self.text.extend_from_slice(word.as_bytes());
    }

    /// Writes a text, an empty one as `null`.
    pub(crate) fn text(&mut self, field: &str, content: &str) {
        if content.is_empty() {
            self.word(field, "null");
        } else {
            self.word(field, "");
            write_text(content, self.text);
        }
    }

    pub(crate) fn whole(&mut self, field: &str, number: Option<u64>) {
        match number {
            Some(number) => self.word(field, &number.to_string()),
            None => self.word(field, "null"),
        }
    }

    /// Writes a number that is never whole by its form (`4.0`), so that the field has one type.
    pub(crate) fn number(&mut self, field: &str, number: Option<f64>) {
        match number {
            Some(number) if number.is_finite() => self.word(field, &format!("{number:?}")),
            _ => self.word(field, "null"),
        }
    }

    /// Writes the cell of a table by its kind.
    pub(crate) fn cell(&mut self, field: &str, cell: &TableCell) {
        match cell {
            TableCell::Nothing => self.word(field, "null"),
            TableCell::Text(content) => self.text(field, content),
            TableCell::Whole(number) | TableCell::Euros(number) => self.whole(field, Some(*number)),
            TableCell::Decimal(number) | TableCell::Share(number) => self.number(field, Some(*number)),
            TableCell::Truth(holds) => self.word(field, if *holds { "true" } else { "false" }),
        }
    }

    /// Ends a feature whose place is not known.
    pub(crate) fn close_nowhere(self) {
        self.text.extend_from_slice(b"},\"geometry\":null},\n");
    }

    pub(crate) fn close(self, geometry: &geo::Geometry<f64>, extent: &mut Extent) {
        self.text.extend_from_slice(b"},\"geometry\":");
        write_geometry(geometry, extent, self.text);
        self.text.extend_from_slice(b"},\n");
    }
}

fn write_text(content: &str, text: &mut Vec<u8>) {
    // Writing to memory does not fail, and a text is always valid JSON.
    let _ = serde_json::to_writer(text, content);
}
