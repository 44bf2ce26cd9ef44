use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TableCell;

/// How CSV files are written.
///
/// In both, a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return) has an apostrophe before it; numbers stay numbers.
///
/// ```
/// use maillage_io::{CsvStyle, TableCell};
///
/// let row = vec![TableCell::Text("=1+1".to_owned()), TableCell::Decimal(7.5)];
/// assert_eq!(CsvStyle::Standard.write(&["name", "minutes"], &[row.clone()]), b"name,minutes\n'=1+1,7.5\n");
/// assert_eq!(CsvStyle::Fr.write(&["name", "minutes"], &[row]), "\u{feff}name;minutes\n'=1+1;7,5\n".as_bytes());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CsvStyle {
    /// Commas between cells, decimal points, UTF-8.
    #[default]
    Standard,
    /// As French spreadsheets open it: semicolons between cells, decimal commas, UTF-8 with a byte order mark.
    Fr,
}

/// What is no style of CSV files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected standard (commas, decimal points) or fr (semicolons, decimal commas)")]
pub struct CsvStyleError;

impl FromStr for CsvStyle {
    type Err = CsvStyleError;

    fn from_str(text: &str) -> Result<Self, CsvStyleError> {
        match text {
            "standard" => Ok(Self::Standard),
            "fr" => Ok(Self::Fr),
            _ => Err(CsvStyleError),
        }
    }
}

impl CsvStyle {
    /// Writes a table: the names of its columns, then a line for each row; what is unknown is empty.
    #[must_use]
    pub fn write(self, columns: &[&str], rows: &[Vec<TableCell>]) -> Vec<u8> {
        let (mark, separator) = match self {
            Self::Standard => ("", ','),
            Self::Fr => ("\u{feff}", ';'),
        };
        let mut text = mark.to_owned();
        for (position, column) in columns.iter().enumerate() {
            if position > 0 {
                text.push(separator);
            }
            write_text(column, separator, &mut text);
        }
        text.push('\n');
        for row in rows {
            for (position, cell) in row.iter().enumerate() {
                if position > 0 {
                    text.push(separator);
                }
                self.write_cell(cell, separator, &mut text);
            }
            text.push('\n');
        }
        text.into_bytes()
    }

    fn write_cell(self, cell: &TableCell, separator: char, text: &mut String) {
        match cell {
            TableCell::Nothing => {}
            TableCell::Text(content) => write_text(content, separator, text),
            TableCell::Whole(number) | TableCell::Euros(number) => text.push_str(&number.to_string()),
            TableCell::Decimal(number) | TableCell::Share(number) => match self {
                Self::Standard => text.push_str(&number.to_string()),
                Self::Fr => text.push_str(&number.to_string().replace('.', ",")),
            },
            TableCell::Truth(holds) => text.push_str(if *holds { "true" } else { "false" }),
        }
    }
}

fn write_text(content: &str, separator: char, text: &mut String) {
    let apostrophe = if content.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if content.contains([separator, '"', '\n', '\r']) || content.trim() != content {
        text.extend(["\"", apostrophe, &content.replace('"', "\"\""), "\""]);
    } else {
        text.extend([apostrophe, content]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_take_no_name_for_a_formula() {
        for (name, written) in [
            ("=1+1", "'=1+1"),
            ("+33", "'+33"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("L'Étang, bas", "\"L'Étang, bas\""),
            ("a=b", "a=b"),
        ] {
            let text = String::from_utf8(CsvStyle::Standard.write(&[], &[vec![TableCell::text(name)]])).unwrap();
            assert_eq!(text, format!("\n{written}\n"), "{name}");
            // Any reader of CSV finds one cell.
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let cell = reader.records().next().unwrap().unwrap();
            assert_eq!((cell.len(), cell.get(0).unwrap().trim_start_matches('\'')), (1, name));
        }
    }
}
