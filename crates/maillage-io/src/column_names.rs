use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Language;
use crate::columns::closest;
use crate::database::{is_database, open_database};
use crate::feature_table::{columns, layers};

/// Returns the names of a file's columns, for proposals only: readers check files, this does not.
///
/// For GeoJSON they are the properties of the first feature; for CSV the first of the longest lines at the top; for a
/// GeoPackage the columns of the layer, or of all layers where none is named.
///
/// # Errors
/// When the file cannot be read, or is none of them.
pub fn column_names(file: &Path, layer: Option<&str>) -> io::Result<Vec<String>> {
    let bytes = fs::read(file)?;
    if is_database(&bytes) {
        return columns_of_layers(&bytes, layer).map_err(io::Error::other);
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let is_csv = file.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("csv"));
    if is_csv { Ok(header(text)) } else { properties(text) }
}

/// Returns the columns of files whose names are closest to one, in quotes, for messages.
///
/// Files that cannot be read are left out.
#[must_use]
pub fn closest_columns(wanted: &str, files: &[PathBuf]) -> String {
    let mut names: Vec<String> = files.iter().filter_map(|file| column_names(file, None).ok()).flatten().collect();
    names.sort();
    names.dedup();
    closest(wanted, &names)
}

fn columns_of_layers(bytes: &[u8], layer: Option<&str>) -> Result<Vec<String>, String> {
    let (database, _) = open_database(bytes, bytes.len()).map_err(|error| error.to_string())?;
    let layers = layers(&database).map_err(|finding| finding.problem(Language::English))?;
    let mut names = Vec::new();
    for table in layers.iter().filter(|table| layer.is_none_or(|layer| layer == *table)) {
        let all = columns(&database, table).map_err(|error| error.to_string())?;
        names.extend(all.into_iter().map(|(name, _)| name));
    }
    Ok(names)
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
}

fn properties(text: &str) -> io::Result<Vec<String>> {
    let collection: Collection = serde_json::from_str(text)?;
    let first = collection.features.into_iter().next().and_then(|feature| feature.properties);
    Ok(first.unwrap_or_default().into_iter().map(|(name, _)| name).collect())
}

/// How many lines at the top may be titles.
const TITLES: usize = 20;

fn header(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().take(TITLES).collect();
    let columns = |mark: char| lines.iter().map(|line| line.matches(mark).count()).max().unwrap_or(0);
    let mark = if columns(';') >= columns(',') { ';' } else { ',' };
    let most = columns(mark);
    let cells = |line: &str| line.split(mark).map(str::trim).filter(|cell| !cell.is_empty()).count();
    let full = lines.iter().find(|line| cells(line) == most + 1);
    let header = full.or_else(|| lines.iter().find(|line| line.matches(mark).count() == most));
    header
        .map(|line| line.split(mark).map(|cell| cell.trim().trim_matches('"').to_owned()).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{header, properties};

    #[test]
    fn columns_are_found_below_title_lines() {
        let text = "Communes;;\nSource : INSEE;;\n;;\ncode;name;population\n01001;Metz;12\n";
        assert_eq!(header(text), ["code", "name", "population"]);
        assert_eq!(header("id,\"name\"\n1,x\n"), ["id", "name"]);
    }

    #[test]
    fn columns_are_the_properties_of_the_first_feature() {
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","apl":2},"geometry":null}]}"#;
        assert_eq!(properties(text).unwrap(), ["code", "apl"]);
        assert!(properties("{}").is_err());
    }
}
