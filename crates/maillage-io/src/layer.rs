use std::borrow::Cow;

use crate::geometry::Shape;
use crate::json_error::Kind;

/// What stands in a cell of a feature or a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// The feature has no such property, the table no such column.
    Absent,
    /// Null, or a blank cell of a table.
    Null,
    /// A number of JSON as it is written, or of a database.
    Number(Cow<'a, str>),
    /// A text of JSON or of a database.
    Text(Cow<'a, str>),
    /// A cell of a table: number or text, as the column needs it.
    Field(Cow<'a, str>),
    /// True, false, an object or an array.
    Other(Kind),
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) value: Value<'a>,
    /// The byte of its file.
    pub(crate) offset: usize,
    /// Its file: 0 for the main one, then the joined tables in their order.
    pub(crate) source: usize,
}

/// One feature or one row.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    /// Its position in the file, from 0.
    pub(crate) index: u64,
    /// The number of its row in a database, which says better where it is.
    pub(crate) row: Option<i64>,
    /// The byte where it starts.
    pub(crate) offset: usize,
    /// The wanted columns, in the order they were asked for: identifier first, name second.
    pub(crate) cells: Vec<Cell<'a>>,
    /// The feature's own member "id".
    pub(crate) id: Option<Cell<'a>>,
    /// Its geometry; rows of a table have none.
    pub(crate) shape: Option<Shape>,
}

impl<'a> Record<'a> {
    /// Returns the value of a wanted column.
    pub(crate) fn value(&self, column: usize) -> &Value<'a> {
        self.cells.get(column).map_or(&Value::Absent, |cell| &cell.value)
    }

    /// Returns a short text of a wanted column for messages, empty when it has none.
    pub(crate) fn label(&self, column: usize) -> &str {
        match self.value(column) {
            Value::Number(text) | Value::Text(text) | Value::Field(text) => text,
            _ => "",
        }
    }
}

/// How numbers are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberStyle {
    /// With a decimal point and nothing else.
    Point,
    /// As in French tables: a decimal comma or point, spaces between thousands.
    Comma,
}

/// All features or rows of one file.
#[derive(Clone, Debug)]
pub(crate) struct Layer<'a> {
    pub(crate) records: Vec<Record<'a>>,
    /// The names of its columns, as far as they are known.
    pub(crate) columns: Vec<String>,
    pub(crate) style: NumberStyle,
    /// Whether it is a table, whose places stand in columns.
    pub(crate) is_table: bool,
}

impl Layer<'_> {
    /// Returns whether any record has something in a wanted column.
    pub(crate) fn has_column(&self, column: usize, name: &str) -> bool {
        self.columns.iter().any(|known| known == name)
            || self.records.iter().any(|record| *record.value(column) != Value::Absent)
    }
}
