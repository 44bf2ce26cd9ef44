use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use crate::database::{DatabaseError, open_database};
use crate::plan_geopackage::ANSWER_STANDARD;
use crate::{Crs, StatedSite};

/// The tables of a plan, in the order they are compared.
const TABLES: [&str; 5] = ["sites", "communes", "territories", "links", "catchments"];

/// A plan as a `GeoPackage` states it, held in memory.
#[derive(Debug)]
pub struct PlanPackage {
    database: Connection,
}

/// The first thing that two plans say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Table, row and column.
    pub place: String,
    /// What the file says there.
    pub stated: String,
    /// What is counted.
    pub counted: String,
}

impl PlanPackage {
    /// Opens bytes as a database that nothing can change.
    pub(crate) fn open(bytes: &[u8]) -> rusqlite::Result<Self> {
        let (database, _) = open_database(bytes, bytes.len()).map_err(DatabaseError::of_bytes)?;
        Ok(Self { database })
    }

    pub(crate) const fn database(&self) -> &Connection {
        &self.database
    }

    /// Returns the text of the answer among the metadata, where there is one.
    pub(crate) fn answer(&self) -> rusqlite::Result<Option<String>> {
        if !self.has_table("gpkg_metadata")? {
            return Ok(None);
        }
        let query = "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ?1 ORDER BY id";
        self.database.query_row(query, [ANSWER_STANDARD], |row| row.get(0)).optional()
    }

    /// Returns the new sites, in the order of their rows.
    pub(crate) fn new_sites(&self) -> rusqlite::Result<Vec<StatedSite>> {
        let query = "SELECT id, phase, \"type\", hub FROM sites WHERE state = 'new' ORDER BY fid";
        let mut query = self.database.prepare(query)?;
        let site = |row: &rusqlite::Row<'_>| {
            Ok(StatedSite { id: row.get(0)?, phase: row.get(1)?, kind: row.get(2)?, hub: row.get(3)? })
        };
        query.query_map([], site)?.collect()
    }

    /// Returns the coordinate system of its layers: that of the sites.
    ///
    /// # Errors
    /// When the tables of a `GeoPackage` are not there.
    pub fn crs(&self) -> Result<Crs, rusqlite::Error> {
        let query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'sites'";
        let code: i32 = self.database.query_row(query, [], |row| row.get(0))?;
        Ok(if code == Crs::Lambert93.code() { Crs::Lambert93 } else { Crs::Wgs84 })
    }

    /// Returns the first difference of its layers and tables from those of another plan, where there is one.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn difference(&self, counted: &[u8]) -> Result<Option<Difference>, rusqlite::Error> {
        let counted = Self::open(counted)?;
        for table in TABLES {
            if let Some(difference) = self.difference_in(&counted, table)? {
                return Ok(Some(difference));
            }
        }
        Ok(None)
    }

    fn difference_in(&self, counted: &Self, table: &str) -> rusqlite::Result<Option<Difference>> {
        let differ = |place: String, stated: &str, counted: &str| {
            Ok(Some(Difference { place, stated: stated.to_owned(), counted: counted.to_owned() }))
        };
        if !self.has_table(table)? {
            return differ(table.to_owned(), "null", "a table");
        }
        let query = format!("SELECT * FROM \"{table}\" ORDER BY fid");
        let (mut ours, mut theirs) = (counted.database.prepare(&query)?, self.database.prepare(&query)?);
        let names = |statement: &rusqlite::Statement<'_>| -> Vec<String> {
            statement.column_names().map(str::to_owned).collect()
        };
        let (columns, stated) = (names(&ours), names(&theirs));
        if columns != stated {
            return differ(table.to_owned(), &stated.join(", "), &columns.join(", "));
        }
        let (mut ours, mut theirs) = (ours.query([])?, theirs.query([])?);
        for row in 1_u64.. {
            match (theirs.next()?, ours.next()?) {
                (None, None) => break,
                (Some(_), None) => return differ(format!("{table}, row {row}"), "a row", "null"),
                (None, Some(_)) => return differ(format!("{table}, row {row}"), "null", "a row"),
                (Some(stated), Some(counted)) => {
                    for (position, column) in columns.iter().enumerate() {
                        let (stated, counted): (Value, Value) = (stated.get(position)?, counted.get(position)?);
                        if stated != counted {
                            return differ(format!("{table}, row {row}, {column}"), &shown(&stated), &shown(&counted));
                        }
                    }
                }
            }
        }
        Ok(None)
    }

    fn has_table(&self, name: &str) -> rusqlite::Result<bool> {
        let query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1";
        Ok(self.database.query_row(query, [name], |_| Ok(())).optional()?.is_some())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Blob(bytes) => format!("a geometry of {} bytes", bytes.len()),
    }
}
