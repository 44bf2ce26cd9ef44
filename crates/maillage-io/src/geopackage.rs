//! A GeoPackage being made (OGC 12-128r17, version 1.3): tables, indexes, words for people, metadata.

use geo::{Coord, Rect};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::geopackage_geometry::Blob;
use crate::geopackage_style::with_aliases;
use crate::table_description::Table;
use crate::{Crs, Language, TableCell};

/// When contents are said to have changed last: always then, so that the same input gives the same bytes.
const LAST_CHANGE: &str = "1970-01-01T00:00:00.000Z";

/// Tables that every GeoPackage has, and those of the extensions for metadata and for words about columns.
const SCHEMA: &str = include_str!("geopackage.sql");

/// A row of a table: its geometry, where it has one, then the value of each column.
pub(crate) type Row = (Option<Blob>, Vec<TableCell>);

/// A file being made in memory.
pub(crate) struct Package {
    database: Connection,
    crs: Crs,
    language: Language,
}

impl Package {
    pub(crate) fn new(crs: Crs, language: Language) -> rusqlite::Result<Self> {
        let database = Connection::open_in_memory()?;
        database.execute_batch("BEGIN")?;
        database.execute_batch(SCHEMA)?;
        if crs == Crs::Lambert93 {
            database.execute(
                "INSERT INTO gpkg_spatial_ref_sys VALUES ('RGF93 v1 / Lambert-93', 2154, 'EPSG', 2154, ?1, ?2)",
                params![LAMBERT_93_DEFINITION, "Metropolitan France, metres"],
            )?;
        }
        Ok(Self { database, crs, language })
    }

    /// Adds a table with its rows, numbered from 1 in their order.
    pub(crate) fn add(&self, table: &Table, rows: impl IntoIterator<Item = Row>) -> rusqlite::Result<()> {
        let name = table.name;
        let geometry = table.geometry.map_or(String::new(), |kind| format!(", geom {kind}"));
        let columns = table.columns.iter().map(|column| format!(", \"{}\" {}", column.name, column.kind));
        let columns = columns.collect::<Vec<_>>().concat();
        self.database
            .execute_batch(&format!("CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY NOT NULL{geometry}{columns})"))?;
        self.describe(table)?;
        if table.geometry.is_some() {
            self.database.execute_batch(&format!(
                "CREATE VIRTUAL TABLE \"rtree_{name}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
            ))?;
        }
        let extent = self.fill(table, rows)?;
        self.database.execute(
            "INSERT INTO gpkg_contents VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                name,
                if table.geometry.is_some() { "features" } else { "attributes" },
                table.title.in_language(self.language),
                LAST_CHANGE,
                extent.map(|extent| extent.min().x),
                extent.map(|extent| extent.min().y),
                extent.map(|extent| extent.max().x),
                extent.map(|extent| extent.max().y),
                table.geometry.map(|_| self.crs.code()),
            ],
        )?;
        let Some(kind) = table.geometry else { return Ok(()) };
        self.database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
            params![name, kind, self.crs.code()],
        )?;
        self.database.execute(
            "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', \
             'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
            [name],
        )?;
        self.database.execute_batch(&TRIGGERS.replace("{t}", name))?;
        if let Some(style) = &table.style {
            let style = with_aliases(style, &table.columns, self.language);
            // Catalogue and schema are empty texts: QGIS passes over a style where they are NULL.
            self.database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, \
                 styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
                 VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '', NULL, ?4)",
                params![name, style, table.title.in_language(self.language), LAST_CHANGE],
            )?;
        }
        Ok(())
    }

    fn fill(&self, table: &Table, rows: impl IntoIterator<Item = Row>) -> rusqlite::Result<Option<Rect<f64>>> {
        let name = table.name;
        let places = usize::from(table.geometry.is_some()) + table.columns.len();
        let marks = (1..=places).map(|place| format!(", ?{}", place + 1)).collect::<Vec<_>>().concat();
        let mut insert = self.database.prepare(&format!("INSERT INTO \"{name}\" VALUES (?1{marks})"))?;
        let mut index = match table.geometry {
            Some(_) => {
                Some(self.database.prepare(&format!("INSERT INTO \"rtree_{name}_geom\" VALUES (?1, ?2, ?3, ?4, ?5)"))?)
            }
            None => None,
        };
        let mut extent: Option<Rect<f64>> = None;
        for (fid, (geometry, values)) in (1_i64..).zip(rows) {
            let bounds = geometry.as_ref().map(|geometry| geometry.bounds);
            let blob = geometry.map_or(Value::Null, |geometry| Value::Blob(geometry.bytes));
            let blob = table.geometry.map(|_| blob);
            insert.execute(params_from_iter(
                std::iter::once(Value::Integer(fid)).chain(blob).chain(values.into_iter().map(TableCell::into_value)),
            ))?;
            if let (Some(index), Some(bounds)) = (&mut index, bounds) {
                let (least, most) = (bounds.min(), bounds.max());
                index.execute(params![fid, least.x, most.x, least.y, most.y])?;
                extent = Some(extent.map_or(bounds, |extent| joined(extent, bounds)));
            }
        }
        Ok(extent)
    }

    /// Writes down what columns are called and mean.
    fn describe(&self, table: &Table) -> rusqlite::Result<()> {
        let mut insert =
            self.database.prepare("INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?3, ?4, NULL, NULL)")?;
        for column in &table.columns {
            let alias = column.alias.in_language(self.language);
            insert.execute(params![
                table.name,
                column.name.as_ref(),
                alias,
                column.comment.in_language(self.language)
            ])?;
        }
        Ok(())
    }

    /// Adds metadata about the whole file.
    pub(crate) fn add_metadata(&self, standard: &str, mime_type: &str, content: &str) -> rusqlite::Result<()> {
        self.database.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES ('dataset', ?1, ?2, ?3)",
            [standard, mime_type, content],
        )?;
        self.database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?1, ?2, NULL)",
            params![LAST_CHANGE, self.database.last_insert_rowid()],
        )?;
        Ok(())
    }

    /// Returns the bytes of the file.
    pub(crate) fn into_bytes(mut self) -> rusqlite::Result<Vec<u8>> {
        self.database.execute_batch("COMMIT")?;
        Ok(self.database.serialize(rusqlite::MAIN_DB)?.to_vec())
    }
}

fn joined(one: Rect<f64>, other: Rect<f64>) -> Rect<f64> {
    let (least, most) = (one.min(), one.max());
    Rect::new(
        Coord { x: least.x.min(other.min().x), y: least.y.min(other.min().y) },
        Coord { x: most.x.max(other.max().x), y: most.y.max(other.max().y) },
    )
}

const LAMBERT_93_DEFINITION: &str = r#"PROJCS["RGF93 v1 / Lambert-93",GEOGCS["RGF93 v1",DATUM["Reseau_Geodesique_Francais_1993_v1",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6171"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4171"]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",46.5],PARAMETER["central_meridian",3],PARAMETER["standard_parallel_1",49],PARAMETER["standard_parallel_2",44],PARAMETER["false_easting",700000],PARAMETER["false_northing",6600000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","2154"]]"#;

/// What keeps the spatial index of a layer true when it is edited (annex F.3 of the standard).
const TRIGGERS: &str = include_str!("geopackage_triggers.sql");
