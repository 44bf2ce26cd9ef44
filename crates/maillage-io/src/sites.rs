use std::collections::HashMap;
use std::path::Path;

use geo::Geometry;
use maillage_core::{Position, Site, SiteState};

use crate::catalogue::{COLUMN_MISSING, COST_ABSENT, COST_ZERO, NO_FEATURES, SAME_PLACE};
use crate::columns::closest;
use crate::coordinates::Place;
use crate::encoding::list;
use crate::geometry::{Allowed, Shape};
use crate::identity::read_identifiers;
use crate::layer::{Layer, Record};
use crate::layer_reader::read_layer;
use crate::reading::Reading;
use crate::rule_columns::RuleCells;
use crate::shapes::{remark_shapes, report_places, to_degrees};
use crate::source::Source;
use crate::value::{DEGREES, ValueError, WHOLE, decimal, text, whole};
use crate::{Column, Finding, Findings, InputFile, Role, SiteColumns, StatedCrs};

/// The most one site may cost, in euros.
const MOST: u64 = 1_000_000_000_000;

const KIND: usize = 2;
const COST: usize = 3;
const COMMUNE: usize = 4;
const TERRITORY: usize = 5;
const LONGITUDE: usize = 6;
const LATITUDE: usize = 7;

/// Reads candidates or existing sites from points in GeoJSON, in a GeoPackage or in CSV.
///
/// What an existing site costs is never asked for. A file of existing sites may be empty; one of candidates may not.
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_sites(
    file: &Path,
    columns: &SiteColumns,
    state: SiteState,
    findings: &mut Findings,
) -> Option<(Vec<Site>, InputFile)> {
    let errors = findings.error_count();
    let flag = if state == SiteState::Candidate { "--candidates-layer" } else { "--existing-layer" };
    let source = Source::read_map(file, columns.layer.as_deref(), flag, findings)?;
    let read = read_source(&source, columns, state, findings)?;
    (findings.error_count() == errors).then_some(read)
}

fn read_source(
    source: &Source,
    columns: &SiteColumns,
    state: SiteState,
    findings: &mut Findings,
) -> Option<(Vec<Site>, InputFile)> {
    let wanted: Vec<&Column> = vec![
        &columns.id,
        &columns.name,
        &columns.kind,
        &columns.cost,
        &columns.commune,
        &columns.territory,
        &columns.position.0,
        &columns.position.1,
    ];
    let mut names: Vec<&str> = wanted.iter().map(|column| column.name.as_str()).collect();
    let rules = RuleCells::among(&columns.rules, &mut names);
    let errors = findings.error_count();
    let mut layer = read_layer(source, &names, Allowed::Points, findings)?;
    let role = if state == SiteState::Candidate { Role::Candidates } else { Role::Existing };
    let file = source.input_file(role, layer.records.len() as u64);
    let mut reading = Reading { sources: vec![source], findings };
    if layer.records.is_empty() {
        if reading.findings.error_count() > errors {
            return None;
        }
        if state == SiteState::Candidate {
            reading.remark(Finding::new(&NO_FEATURES));
            return None;
        }
        return Some((Vec::new(), file));
    }
    if !check_columns(&mut reading, &layer, &wanted, state) {
        return None;
    }
    let has_id = layer.has_column(0, &columns.id.name) || layer.records.iter().any(|record| record.id.is_some());
    let ids = if has_id {
        read_identifiers(&mut reading, &layer.records, &columns.id.name, false)
    } else {
        (1..=layer.records.len()).map(|number| format!("point-{number}")).collect()
    };
    let positions = read_positions(&mut reading, &mut layer, &wanted, columns.crs)?;
    let has_cost = layer.has_column(COST, &columns.cost.name);
    let mut sites = Vec::with_capacity(layer.records.len());
    for ((record, id), position) in layer.records.iter().zip(ids).zip(positions) {
        let cost = if state == SiteState::Candidate && has_cost {
            read_cost(&mut reading, record, &layer, &columns.cost.name)
        } else {
            Some(0)
        };
        let values = rules.read(&mut reading, record, |_| layer.style);
        let mut label = |column: usize| {
            text(record.value(column)).unwrap_or_else(|finding| {
                reading.refuse(record, column, names.get(column).copied().unwrap_or_default(), *finding);
                None
            })
        };
        let name = label(1).unwrap_or_default();
        let kind = label(KIND).unwrap_or_default();
        let commune = label(COMMUNE).map(|code| crate::identity::fold(&code));
        let territory = label(TERRITORY);
        let (Some(position), Some(cost)) = (position, cost) else { continue };
        sites.push(Site { id, name, kind, state, cost, commune, territory, position, columns: values });
    }
    if state == SiteState::Candidate {
        remark_costs(&mut reading, &sites, has_cost, &columns.cost.name);
    }
    remark_twins(&mut reading, &sites);
    Some((sites, file))
}

fn check_columns(reading: &mut Reading<'_>, layer: &Layer<'_>, wanted: &[&Column], state: SiteState) -> bool {
    let mut complete = true;
    for (position, column) in wanted.iter().enumerate() {
        let required = match position {
            0 => column.required && !layer.records.iter().any(|record| record.id.is_some()),
            COST => column.required && state == SiteState::Candidate,
            LONGITUDE | LATITUDE => layer.is_table,
            _ => column.required,
        };
        if required && !layer.has_column(position, &column.name) {
            let flag = ["--site-id-field", "--site-name-field", "--kind-field", "--cost-field", "--site-commune-field"];
            let finding = Finding::new(&COLUMN_MISSING)
                .with("column", crate::escape::escape(&column.name))
                .with("closest", closest(&column.name, &layer.columns))
                .with(
                    "flag",
                    match flag.get(position) {
                        Some(flag) => (*flag, *flag),
                        None if matches!(position, LONGITUDE | LATITUDE) => ("--site-origin X,Y", "--site-origin X,Y"),
                        None => ("rename it in the file", "la renommer dans le fichier"),
                    },
                );
            reading.remark(finding);
            complete = false;
        }
    }
    complete
}

fn read_cost(reading: &mut Reading<'_>, record: &Record<'_>, layer: &Layer<'_>, field: &str) -> Option<u64> {
    let value = record.value(COST);
    match whole(value, layer.style, MOST).and_then(|cost| cost.ok_or(ValueError::Missing)) {
        Ok(cost) => Some(cost),
        Err(error) => {
            reading.refuse(record, COST, field, error.to_finding(value, WHOLE));
            None
        }
    }
}

/// Reads where each site stands, from its point or from two columns; nothing when the places make no sense together.
fn read_positions(
    reading: &mut Reading<'_>,
    layer: &mut Layer<'_>,
    wanted: &[&Column],
    crs: StatedCrs,
) -> Option<Vec<Option<Position>>> {
    let name = |column: usize| wanted.get(column).map_or("", |column| column.name.as_str());
    let field = if layer.is_table { format!("{},{}", name(LONGITUDE), name(LATITUDE)) } else { "geometry".to_owned() };
    let mut points: Vec<Option<(f64, f64)>> = Vec::with_capacity(layer.records.len());
    let mut places: Vec<Place> = Vec::with_capacity(layer.records.len());
    if layer.is_table {
        for record in &layer.records {
            let mut read = |column: usize| {
                let value = record.value(column);
                let number = decimal(value, layer.style).and_then(|number| number.ok_or(ValueError::Missing));
                number.map_err(|error| {
                    reading.refuse(record, column, name(column), error.to_finding(value, DEGREES));
                })
            };
            points.push(read(LONGITUDE).ok().zip(read(LATITUDE).ok()));
        }
        if !to_degrees(reading, &layer.records, &mut points, crs, &field) {
            return None;
        }
        let place = |(position, point): (usize, &Option<(f64, f64)>)| {
            point.map(|(x, y)| {
                let place = Place::of_point(position, x, y);
                // Whole metres are fine as they are.
                Place { coarse: place.coarse && crs == StatedCrs::Wgs84, ..place }
            })
        };
        places.extend(points.iter().enumerate().filter_map(place));
    } else {
        let shapes: Vec<Option<Shape>> = layer.records.iter_mut().map(|record| record.shape.take()).collect();
        remark_shapes(reading, &layer.records, &shapes, &mut places);
        points.extend(shapes.iter().map(|shape| match shape.as_ref().map(|shape| &shape.geometry) {
            Some(Geometry::Point(point)) => Some((point.x(), point.y())),
            _ => None,
        }));
    }
    if !report_places(reading, &layer.records, &places, &field) {
        return None;
    }
    Some(points.into_iter().map(|point| point.and_then(|(x, y)| Position::new(x, y).ok())).collect())
}

fn remark_costs(reading: &mut Reading<'_>, sites: &[Site], has_cost: bool, field: &str) {
    if !has_cost {
        reading.remark(Finding::new(&COST_ABSENT).with("column", crate::escape::escape(field)));
        return;
    }
    let free: Vec<&str> = sites.iter().filter(|site| site.cost == 0).map(|site| site.id.as_str()).collect();
    if !free.is_empty() {
        let shown: Vec<&&str> = free.iter().take(3).collect();
        let finding = Finding::new(&COST_ZERO).in_field(field).with("count", free.len());
        reading.remark(finding.with("examples", list(&shown)));
    }
}

fn remark_twins(reading: &mut Reading<'_>, sites: &[Site]) {
    let mut first: HashMap<(u64, u64), &str> = HashMap::with_capacity(sites.len());
    let mut count = 0_u64;
    let mut examples = Vec::new();
    for site in sites {
        let key = (site.position.longitude().to_bits(), site.position.latitude().to_bits());
        let known = *first.entry(key).or_insert(&site.id);
        if known != site.id {
            count += 1;
            if examples.len() < 3 {
                examples.push(format!("{known} = {}", site.id));
            }
        }
    }
    if count > 0 {
        reading.remark(Finding::new(&SAME_PLACE).with("count", count).with("examples", list(&examples)));
    }
}
