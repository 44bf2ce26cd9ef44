use crate::Findings;
use crate::encoding::decode;
use crate::geojson::read_geojson;
use crate::geometry::Allowed;
use crate::geopackage_reader::read_geopackage;
use crate::layer::Layer;
use crate::source::Source;
use crate::table::read_table;

/// Reads the layer of a GeoPackage; a file as GeoJSON where it starts like JSON or says so by its name, else as a table.
pub(crate) fn read_layer<'a>(
    source: &'a Source,
    names: &[&str],
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    if let Some(table) = &source.table {
        return read_geopackage(source, table, names, allowed, findings);
    }
    let text = decode(source, findings)?;
    let lower = source.name.to_ascii_lowercase();
    let is_named_json = [".geojson", ".json", ".geojsonl", ".geojsons"].iter().any(|suffix| lower.contains(suffix));
    let first = text.text.trim_start().chars().next();
    if is_named_json || matches!(first, Some('{' | '[' | '\u{1e}')) {
        read_geojson(source, text, names, allowed, findings)
    } else {
        read_table(source, text, names, findings)
    }
}
