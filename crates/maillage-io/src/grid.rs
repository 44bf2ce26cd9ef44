use std::collections::BTreeSet;
use std::path::Path;

use geo::Coord;
use maillage_core::{Cell, CellCount, Commune, GridCount, PopulationGrid, Position};

use crate::catalogue::{
    COLUMN_MISSING, GRID_CELL_TWICE, GRID_COORDINATES, GRID_EMPTY, GRID_OUTSIDE, GRID_UNMATCHED, NO_FEATURES,
};
use crate::columns::closest;
use crate::encoding::{decode, list};
use crate::layer::{NumberStyle, Value};
use crate::source::Source;
use crate::stated_crs::{StatedCrs, StatedProjection};
use crate::table::{Header, each_row};
use crate::value::{DECIMAL, ValueError, WHOLE, decimal, whole};
use crate::{Column, CommuneColumns, Finding, Findings, InputFile, Role, RuleColumn, read_communes};

/// The most people that one cell may have.
const MOST: u64 = 1_000_000_000_000;

/// Where the figures of a population grid stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridColumns {
    /// Identifier; where there is none, the coordinates as they are written make it.
    pub id: Option<String>,
    /// Inhabitants.
    pub people: String,
    /// Coordinates of the centre of each cell, eastwards then northwards.
    pub position: (String, String),
    /// The system of these coordinates.
    pub crs: StatedCrs,
    /// Width of each cell in metres, where the coordinates are those of its lower left corner; else 0.
    pub cell: u32,
    /// Code of the commune that holds the cell, where such a column is named.
    pub commune: Option<String>,
}

/// A grid that was read and laid over communes.
#[derive(Clone, Debug)]
pub struct LaidGrid {
    /// Which commune holds which cell.
    pub grid: PopulationGrid,
    /// The places people leave from, one for each cell that is kept.
    pub places: Vec<Commune>,
    /// The file.
    pub file: InputFile,
}

/// Reads a population grid, lays it over communes, and remarks the cells that are left out.
///
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn lay_grid(
    file: &Path,
    columns: &GridColumns,
    communes: Vec<Commune>,
    findings: &mut Findings,
) -> Option<LaidGrid> {
    let (cells, read) = read_grid(file, columns, findings)?;
    let codes: BTreeSet<&str> = communes.iter().map(|commune| commune.code.as_str()).collect();
    let stated: BTreeSet<&str> = cells.iter().filter_map(|cell| cell.commune.as_deref()).collect();
    let unknown: Vec<String> = stated.difference(&codes).take(10).map(|&code| code.to_owned()).collect();
    let (grid, places) = PopulationGrid::over(communes, cells);
    let GridCount { outside, unmatched, .. } = grid.count;
    let counted = |entry, count: CellCount| Finding::new(entry).with("count", count.cells).with("people", count.people);
    let report = |finding: Finding, findings: &mut Findings| findings.push(finding.in_file(&read.file));
    if places.is_empty() {
        report(Finding::new(&GRID_EMPTY), findings);
        return None;
    }
    if outside.cells > 0 {
        report(counted(&GRID_OUTSIDE, outside), findings);
    }
    if unmatched.cells > 0 {
        report(counted(&GRID_UNMATCHED, unmatched).with("examples", list(&unknown)), findings);
    }
    Some(LaidGrid { grid, places, file: read })
}

/// Reads the cells of a population grid: CSV (also `.gz`) with a line for each cell, or points in GeoJSON or in a
/// GeoPackage.
///
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_grid(file: &Path, columns: &GridColumns, findings: &mut Findings) -> Option<(Vec<Cell>, InputFile)> {
    let errors = findings.error_count();
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_map = ["geojson", "json", "gpkg"].iter().any(|end| name.trim_end_matches(".gz").ends_with(end));
    if is_map {
        return of_map(file, columns, findings);
    }
    let source = Source::read(file, findings)?;
    let text = decode(&source, findings)?;
    let mut reader = CellReader { columns, cells: Vec::new(), places: None, projection: columns.crs.projection() };
    let mut problems = Findings::default();
    let names = columns.names();
    let header = each_row(&source, text, &names, findings, |header, index, offset, row| {
        if let Err(finding) = reader.row(header, row) {
            source.report(finding.at_byte(offset).in_feature(index), &mut problems);
        }
    })?;
    findings.append(problems);
    for name in names.iter().filter(|name| !header.columns.iter().any(|column| column == *name)) {
        let finding = Finding::new(&COLUMN_MISSING).with("column", crate::escape::escape(name));
        let finding = finding.with("closest", closest(name, &header.columns));
        source.report(finding.with("flag", columns.flag(name)), findings);
    }
    if findings.error_count() == errors && reader.cells.is_empty() {
        source.report(Finding::new(&NO_FEATURES), findings);
    }
    let mut seen = BTreeSet::new();
    for cell in &reader.cells {
        if !seen.insert(cell.id.as_str()) {
            source.report(Finding::new(&GRID_CELL_TWICE).with_value(&cell.id), findings);
        }
    }
    let read = source.input_file(Role::Grid, reader.cells.len() as u64);
    (findings.error_count() == errors).then_some((reader.cells, read))
}

impl GridColumns {
    fn names(&self) -> Vec<&str> {
        let (x, y) = (self.position.0.as_str(), self.position.1.as_str());
        let all = [Some(x), Some(y), Some(self.people.as_str()), self.id.as_deref(), self.commune.as_deref()];
        all.into_iter().flatten().collect()
    }

    fn flag(&self, name: &str) -> &'static str {
        match name {
            _ if name == self.people => "--grid-population-field",
            _ if Some(name) == self.id.as_deref() => "--grid-id-field",
            _ if Some(name) == self.commune.as_deref() => "--grid-commune-field",
            _ => "--grid-origin lon,lat",
        }
    }
}

/// Reads points of a map, as those of communes are read.
fn of_map(file: &Path, columns: &GridColumns, findings: &mut Findings) -> Option<(Vec<Cell>, InputFile)> {
    let column = |name: &str, required| Column { name: name.to_owned(), required };
    let asked = CommuneColumns {
        layer: None,
        id: column(columns.id.as_deref().unwrap_or("id"), true),
        name: column("name", false),
        population: column(&columns.people, true),
        access: None,
        territory: column("", false),
        density: column("", false),
        origin: None,
        origin_crs: StatedCrs::Wgs84,
        weight: None,
        acts: None,
        rules: columns.commune.iter().map(|name| RuleColumn::text(name)).collect(),
    };
    let (places, files) = read_communes(file, &asked, &[], findings)?;
    let read = files.into_iter().next()?;
    let code = |place: &Commune| place.columns.get(columns.commune.as_deref()?).cloned();
    let cells = places.into_iter().map(|place| Cell {
        people: place.population,
        position: place.origin,
        commune: columns.commune.is_some().then(|| code(&place).unwrap_or_default()),
        id: place.code,
    });
    Some((cells.collect(), InputFile { role: Role::Grid, ..read }))
}

struct CellReader<'a> {
    columns: &'a GridColumns,
    cells: Vec<Cell>,
    /// Where the columns stand in the header, once it is known.
    places: Option<[Option<usize>; 5]>,
    projection: StatedProjection,
}

impl CellReader<'_> {
    fn row(&mut self, header: &Header, row: &csv::StringRecord) -> Result<(), Box<Finding>> {
        let columns = self.columns;
        let [x, y, people, id, commune] = *self.places.get_or_insert_with(|| {
            let find = |name: &str| header.columns.iter().position(|column| column == name);
            let (x, y) = &columns.position;
            let optional = |name: &Option<String>| name.as_deref().and_then(find);
            [find(x), find(y), find(&columns.people), optional(&columns.id), optional(&columns.commune)]
        });
        let field = |place: Option<usize>| place.and_then(|place| row.get(place)).map(str::trim);
        // A column that is missing is said once, not at each line.
        let (Some(x), Some(y), Some(people)) = (field(x), field(y), field(people)) else { return Ok(()) };
        let style = header.style();
        let people = match whole(&Value::Field(people.into()), style, MOST) {
            Ok(Some(people)) => people,
            Ok(None) => return Err(refuse(ValueError::Missing, people, &columns.people, WHOLE)),
            Err(error) => return Err(refuse(error, people, &columns.people, WHOLE)),
        };
        let (east, north) = (number(x, &columns.position.0, style)?, number(y, &columns.position.1, style)?);
        let half = f64::from(columns.cell) / 2.0;
        let degrees = self.projection.degrees(Coord { x: east + half, y: north + half });
        let position = degrees.and_then(|place| Position::new(place.x, place.y).ok());
        let Some(position) = position else {
            let finding = Finding::new(&GRID_COORDINATES).with_value(&format!("{x}, {y}"));
            return Err(Box::new(finding.with("crs", columns.crs.to_string())));
        };
        let id = match field(id) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => format!("{x}_{y}"),
        };
        let commune = columns.commune.is_some().then(|| field(commune).unwrap_or_default().to_owned());
        self.cells.push(Cell { id, people, position, commune });
        Ok(())
    }
}

fn number(text: &str, column: &str, style: NumberStyle) -> Result<f64, Box<Finding>> {
    match decimal(&Value::Field(text.into()), style) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err(refuse(ValueError::Missing, text, column, DECIMAL)),
        Err(error) => Err(refuse(error, text, column, DECIMAL)),
    }
}

fn refuse(error: ValueError, text: &str, column: &str, expected: crate::value::Expected) -> Box<Finding> {
    Box::new(error.to_finding(&Value::Field(text.into()), expected).in_field(column))
}
