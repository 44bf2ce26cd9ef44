//! The layer of a GeoPackage that is read: which it is, and what its tables say of it.

use rusqlite::{Connection, OptionalExtension};

use crate::catalogue::{LAYER_MISSING, LAYER_SYSTEM, LAYER_UNKNOWN, LAYERS_SEVERAL, NOT_A_PACKAGE, PACKAGE_DAMAGED};
use crate::columns::closest;
use crate::encoding::list;
use crate::escape::escape;
use crate::{Crs, Finding};

/// A layer of a GeoPackage held in memory.
#[derive(Debug)]
pub(crate) struct FeatureTable {
    pub(crate) database: Connection,
    pub(crate) name: String,
    /// The column of the geometry.
    pub(crate) geometry: String,
    /// The column that numbers the rows, where there is one.
    pub(crate) key: Option<String>,
    /// All other columns.
    pub(crate) columns: Vec<String>,
    pub(crate) crs: Crs,
    /// The number of its coordinate system in the file.
    pub(crate) system: i32,
}

/// Makes a finding of what the database says.
pub(crate) fn damaged(error: &rusqlite::Error) -> Box<Finding> {
    Box::new(Finding::new(&PACKAGE_DAMAGED).with("reason", escape(&error.to_string())))
}

/// Writes a name as SQL takes it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl FeatureTable {
    /// Finds the layer of that name, or the only one; the flag is the one that names it.
    pub(crate) fn choose(database: Connection, layer: Option<&str>, flag: &'static str) -> Result<Self, Box<Finding>> {
        let layers = layers(&database)?;
        let name = match (layer, layers.as_slice()) {
            (_, []) => return Err(Box::new(Finding::new(&LAYER_MISSING))),
            (Some(name), all) if all.iter().any(|known| known == name) => name.to_owned(),
            (Some(name), all) => {
                let finding = Finding::new(&LAYER_UNKNOWN).with_value(name).with("closest", closest(name, all));
                return Err(Box::new(finding.with("flag", flag)));
            }
            (None, [only]) => only.clone(),
            (None, all) => {
                let shown: Vec<&String> = all.iter().take(20).collect();
                let finding = Finding::new(&LAYERS_SEVERAL).with("count", all.len()).with("layers", list(&shown));
                return Err(Box::new(finding.with("flag", flag)));
            }
        };
        Self::named(database, name)
    }

    fn named(database: Connection, name: String) -> Result<Self, Box<Finding>> {
        let query = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1";
        let (geometry, system): (String, i32) = database
            .query_row(query, [&name], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|error| damaged(&error))?;
        let crs = system_of(&database, system).map_err(|error| damaged(&error))?;
        let crs = crs.map_err(|words| Box::new(Finding::new(&LAYER_SYSTEM).in_layer(&name).with_value(&words)))?;
        let all = columns(&database, &name).map_err(|error| damaged(&error))?;
        let key = all.iter().find(|(_, is_key)| *is_key).map(|(name, _)| name.clone());
        let columns = all.into_iter().map(|(name, _)| name).filter(|name| *name != geometry).collect();
        Ok(Self { database, name, geometry, key, columns, crs, system })
    }
}

/// Returns the names of the layers with geometries that are tables: a view may compute for ever.
pub(crate) fn layers(database: &Connection) -> Result<Vec<String>, Box<Finding>> {
    let has_tables = "SELECT count(*) = 2 FROM sqlite_master \
                      WHERE type = 'table' AND name IN ('gpkg_contents', 'gpkg_geometry_columns')";
    if !database.query_row(has_tables, [], |row| row.get(0)).map_err(|error| damaged(&error))? {
        return Err(Box::new(Finding::new(&NOT_A_PACKAGE)));
    }
    let query = "SELECT c.table_name FROM gpkg_contents c \
                 JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
                 JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table' AND m.rootpage > 0 \
                 WHERE c.data_type = 'features' GROUP BY c.table_name ORDER BY c.table_name";
    let names = database.prepare(query).and_then(|mut query| query.query_map([], |row| row.get(0))?.collect());
    names.map_err(|error| damaged(&error))
}

/// Returns the columns of a table, and whether each numbers its rows.
pub(crate) fn columns(database: &Connection, table: &str) -> rusqlite::Result<Vec<(String, bool)>> {
    let mut query = database.prepare("SELECT name, pk = 1 AND upper(type) = 'INTEGER' FROM pragma_table_info(?1)")?;
    query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Returns the coordinate system of a number, or what it is called when it is not read.
fn system_of(database: &Connection, system: i32) -> rusqlite::Result<Result<Crs, String>> {
    let query = "SELECT organization, organization_coordsys_id, srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let found: Option<(String, i32, String)> =
        database.query_row(query, [system], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    Ok(match found {
        Some((organization, code, name)) if organization.eq_ignore_ascii_case("EPSG") => {
            Crs::of_code(code).ok_or_else(|| format!("EPSG:{code} ({name})"))
        }
        Some((.., name)) => Err(name),
        None => Err(system.to_string()),
    })
}
