use crate::table_description::Table;
use crate::{CsvStyle, TableCell};

/// A table with its rows.
pub(crate) struct Sheet {
    pub(crate) table: Table,
    pub(crate) rows: Vec<Vec<TableCell>>,
}

impl Sheet {
    /// Writes the table as CSV.
    pub(crate) fn to_csv(&self, style: CsvStyle) -> Vec<u8> {
        let names: Vec<&str> = self.table.columns.iter().map(|column| column.name.as_ref()).collect();
        style.write(&names, &self.rows)
    }
}
