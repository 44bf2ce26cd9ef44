use std::collections::BTreeMap;

use geo::Geometry;
use maillage_core::Territory;
use serde::Serialize;
use serde_json::Value;

use crate::crs::Projection;
use crate::geojson_text::{FeatureText, write_collection};
use crate::geometry_text::Extent;
use crate::geopackage::{Package, Row};
use crate::geopackage_geometry::Blob;
use crate::plan_geopackage::place;
use crate::sheet::Sheet;
use crate::sources_sheet::sources_sheet;
use crate::table_description::{Table, TableColumn};
use crate::vocabulary::in_words;
use crate::workbook::workbook;
use crate::{
    AnswerInput, Crs, CsvStyle, GeoPackageError, Language, PlanLayers, SheetLayer, TableCell, Texts, WorkbookError,
};

/// An answer around a plan as tables, some of them drawn on a map: what its files of every format are written from.
///
/// The same answer gives the same bytes.
pub struct AnswerSheets {
    kind: &'static str,
    /// What the file says of the answer beside its tables.
    told: Value,
    /// The question it answers, as understood.
    request: Value,
    program: String,
    inputs: Vec<AnswerInput>,
    sheets: Vec<AnswerSheet>,
    /// Tables too wide for anything but a CSV file of their own.
    apart: Vec<AnswerSheet>,
}

/// A table of an answer.
pub struct AnswerSheet {
    pub(crate) sheet: Sheet,
    pub(crate) layer: Option<SheetLayer>,
}

/// Where sites and communes lie, by their identifiers.
pub struct Places<'a> {
    sites: BTreeMap<&'a str, Geometry<f64>>,
    communes: BTreeMap<&'a str, &'a Geometry<f64>>,
}

impl<'a> Places<'a> {
    /// Returns the places of a territory.
    #[must_use]
    pub fn of(territory: &'a Territory) -> Self {
        let site = |site: &'a maillage_core::Site| (site.id.as_str(), Geometry::Point(place(site)));
        let communes = territory.communes().iter();
        Self {
            sites: territory.sites().iter().map(site).collect(),
            communes: communes.map(|commune| (commune.code.as_str(), &commune.geometry)).collect(),
        }
    }

    /// Returns the places of plans that were read; of what several speak of, those of the first.
    #[must_use]
    pub fn of_plans(plans: impl DoubleEndedIterator<Item = &'a PlanLayers>) -> Self {
        let mut places = Self { sites: BTreeMap::new(), communes: BTreeMap::new() };
        for layers in plans.rev() {
            let sites = layers.sites.iter();
            places.sites.extend(sites.map(|site| (site.stated.id.as_str(), Geometry::Point(site.place.into()))));
            let communes = layers.communes.iter();
            places.communes.extend(communes.map(|commune| (commune.stated.id.as_str(), &commune.geometry)));
        }
        places
    }

    pub(crate) fn site(&self, id: &str) -> Option<Geometry<f64>> {
        self.sites.get(id).cloned()
    }

    pub(crate) fn commune(&self, code: &str) -> Option<Geometry<f64>> {
        self.communes.get(code).map(|geometry| (*geometry).clone())
    }
}

impl AnswerSheet {
    /// Makes a table that is drawn on no map.
    pub(crate) fn plain(
        name: &'static str,
        title: Texts,
        columns: Vec<TableColumn>,
        rows: Vec<Vec<TableCell>>,
    ) -> Self {
        Self { sheet: Sheet { table: Table::plain(name, title, columns), rows }, layer: None }
    }

    /// Makes a table that is drawn.
    pub(crate) fn drawn(self, layer: SheetLayer) -> Self {
        Self { layer: Some(layer), ..self }
    }

    /// Returns what the table is called in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.sheet.table.name
    }

    /// Returns what the table is called by people.
    #[must_use]
    pub const fn title(&self) -> Texts {
        self.sheet.table.title
    }

    /// Returns the name of each column, what people call it in a language, and what it means.
    pub fn columns(&self, language: Language) -> impl Iterator<Item = (&str, &str, &str)> {
        let columns = self.sheet.table.columns.iter();
        columns.map(move |column| {
            (column.name.as_ref(), column.alias.in_language(language), column.comment.in_language(language))
        })
    }

    /// Returns the rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<TableCell>] {
        &self.sheet.rows
    }

    /// Returns what people call the words that stand in a column, each once.
    #[must_use]
    pub fn words(&self, column: usize) -> BTreeMap<&str, Texts> {
        let name = self.sheet.table.columns.get(column).map_or("", |column| column.name.as_ref());
        let texts = self.sheet.rows.iter().filter_map(|row| match row.get(column) {
            Some(TableCell::Text(text)) => Some((text.as_str(), in_words(name, text)?)),
            _ => None,
        });
        texts.collect()
    }

    /// Returns how the rows are drawn, where they are.
    #[must_use]
    pub const fn layer(&self) -> Option<&SheetLayer> {
        self.layer.as_ref()
    }

    /// Returns the column that says of which class a row is.
    fn class_column(&self) -> Option<usize> {
        let layer = self.layer.as_ref()?;
        self.sheet.table.columns.iter().position(|column| column.name == layer.column)
    }

    /// Returns the table with the words of a language for its classes.
    fn in_language(&self, language: Language) -> Sheet {
        let (class_column, layer) = (self.class_column(), self.layer.as_ref());
        let mut rows = self.sheet.rows.clone();
        for row in &mut rows {
            let Some(cell) = class_column.and_then(|column| row.get_mut(column)) else { continue };
            let class =
                layer.into_iter().flat_map(|layer| &layer.classes).find(|class| *cell == TableCell::text(class.value));
            if let Some(class) = class {
                *cell = TableCell::text(class.label.in_language(language));
            }
        }
        let Table { name, title, columns, .. } = &self.sheet.table;
        Sheet { table: Table::plain(name, *title, columns.clone()), rows }
    }

    fn write_features(&self, extent: &mut Extent, body: &mut Vec<u8>) {
        let Some(layer) = &self.layer else { return };
        for (row, geometry) in self.sheet.rows.iter().zip(&layer.geometries) {
            let id = if let Some(TableCell::Text(id)) = row.first() { id } else { "" };
            let mut feature = FeatureText::open(layer.role, id, body);
            for (column, cell) in self.sheet.table.columns.iter().zip(row).skip(1) {
                feature.cell(&column.name, cell);
            }
            match geometry {
                Some(geometry) => feature.close(geometry, extent),
                None => feature.close_nowhere(),
            }
        }
    }

    fn package(
        &self,
        package: &Package,
        (crs, projection): (Crs, &Projection),
        language: Language,
    ) -> Result<(), GeoPackageError> {
        let failed = |source| GeoPackageError::Projection { crs, source };
        let plain = |row: &Vec<TableCell>| (None, row.clone());
        let Some(layer) = &self.layer else {
            return Ok(package.add(&self.sheet.table, self.sheet.rows.iter().map(plain))?);
        };
        let Table { name, title, columns, .. } = &self.sheet.table;
        let table = Table {
            name,
            geometry: Some(layer.kind()),
            title: *title,
            columns: columns.clone(),
            style: Some(layer.style(language)),
        };
        let rows = self.sheet.rows.iter().zip(&layer.geometries).map(|(row, geometry)| {
            let blob = match geometry {
                Some(geometry) => Blob::of(geometry, crs.code(), projection)?,
                None => None,
            };
            Ok((blob, row.clone()))
        });
        let rows = rows.collect::<Result<Vec<Row>, proj4rs::errors::Error>>().map_err(failed)?;
        Ok(package.add(&table, rows)?)
    }
}

impl AnswerSheets {
    /// Gathers the tables of an answer, the one that CSV holds first; `listed` are members of the answer that stand in
    /// the tables and need not be said twice.
    pub(crate) fn of(
        kind: &'static str,
        answer: &impl Serialize,
        listed: &[&str],
        inputs: &[AnswerInput],
        sheets: Vec<AnswerSheet>,
    ) -> Self {
        let mut told = serde_json::to_value(answer).unwrap_or_default();
        let request = ["/request", "/plan/request"].iter().find_map(|place| told.pointer(place));
        let request = request.cloned().unwrap_or_default();
        if let Some(members) = told.as_object_mut() {
            members.retain(|name, _| !listed.contains(&name.as_str()));
        }
        let program = format!("maillage {}", env!("CARGO_PKG_VERSION"));
        Self { kind, told, request, program, inputs: inputs.to_vec(), sheets, apart: Vec::new() }
    }

    /// Says what was asked, where the answer itself does not.
    pub(crate) fn asked(self, request: Value) -> Self {
        Self { request, ..self }
    }

    /// Adds tables that only a CSV file of their own holds.
    pub(crate) fn beside(self, apart: Vec<AnswerSheet>) -> Self {
        Self { apart, ..self }
    }

    /// Returns what the answer is: a word that files know it by.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// Returns the question it answers, as understood; nothing where that is not known.
    #[must_use]
    pub const fn request(&self) -> &Value {
        &self.request
    }

    /// Returns the tables.
    #[must_use]
    pub fn sheets(&self) -> &[AnswerSheet] {
        &self.sheets
    }

    /// Returns the files that were read, with where they come from.
    #[must_use]
    pub fn inputs(&self) -> &[AnswerInput] {
        &self.inputs
    }

    /// Returns the program that made the answer.
    #[must_use]
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Writes the first table as CSV.
    #[must_use]
    pub fn to_csv(&self, style: CsvStyle) -> Vec<u8> {
        self.sheets.first().map(|first| first.sheet.to_csv(style)).unwrap_or_default()
    }

    /// Writes a table by its name as CSV; nothing where there is none of this name.
    #[must_use]
    pub fn table_to_csv(&self, name: &str, style: CsvStyle) -> Vec<u8> {
        let named = self.sheets.iter().chain(&self.apart).find(|sheet| sheet.name() == name);
        named.map(|named| named.sheet.to_csv(style)).unwrap_or_default()
    }

    /// Writes all tables as a workbook, one on a page, with the words of a language.
    ///
    /// # Errors
    /// When a text or a table is longer than a workbook may hold.
    pub fn to_workbook(&self, language: Language) -> Result<Vec<u8>, WorkbookError> {
        let filled = self.sheets.iter().filter(|sheet| !sheet.rows().is_empty());
        let mut sheets: Vec<Sheet> = filled.map(|sheet| sheet.in_language(language)).collect();
        sheets.push(sources_sheet(&self.inputs, language));
        workbook(&sheets, &self.program, language)
    }

    /// Writes the tables that are drawn as GeoJSON, told apart by `role`; the member `maillage` holds what they do not.
    ///
    /// # Errors
    /// When a member of the answer cannot be put into JSON, which none of ours does.
    pub fn to_geojson(&self) -> Result<Vec<u8>, serde_json::Error> {
        let (mut extent, mut body) = (Extent::default(), Vec::with_capacity(1 << 20));
        for sheet in &self.sheets {
            sheet.write_features(&mut extent, &mut body);
        }
        write_collection(extent, &self.told, body)
    }

    /// Writes all tables as a `GeoPackage`: layers with styles for QGIS, tables, names and comments of columns in a
    /// language, and the rest of the answer as metadata.
    ///
    /// # Errors
    /// When a place cannot be projected.
    pub fn to_geopackage(&self, crs: Crs, language: Language) -> Result<Vec<u8>, GeoPackageError> {
        let package = Package::new(crs, language)?;
        let projection = Projection::to(crs).map_err(|source| GeoPackageError::Projection { crs, source })?;
        for sheet in &self.sheets {
            sheet.package(&package, (crs, &projection), language)?;
        }
        let sources = sources_sheet(&self.inputs, language);
        package.add(&sources.table, sources.rows.into_iter().map(|row| (None, row)))?;
        let standard = format!("urn:maillage:{}:1", self.kind);
        package.add_metadata(&standard, "application/json", &serde_json::to_string(&self.told)?)?;
        Ok(package.into_bytes()?)
    }
}
