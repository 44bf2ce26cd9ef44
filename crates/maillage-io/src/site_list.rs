use std::path::Path;

use maillage_core::{Site, SiteState};

use crate::source::Source;
use crate::{Column, Findings, SiteColumns, column_names, read_sites};

/// Somebody's own list of sites.
#[derive(Clone, Debug, PartialEq)]
pub enum SiteList {
    /// Identifiers, in the order of the list.
    Ids(Vec<String>),
    /// Points, with what their columns say.
    Points(Vec<Site>),
}

/// Reads a list of sites: points in GeoJSON or in a GeoPackage of one layer, a CSV file with columns of longitude and latitude, or identifiers.
///
/// Identifiers stand one a line, or in the column named for them; blank lines and those after `#` are left out.
/// Returns nothing when `findings` has new errors.
#[must_use]
pub fn read_site_list(file: &Path, columns: &SiteColumns, findings: &mut Findings) -> Option<SiteList> {
    let suffix = file.extension().map(|suffix| suffix.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_map = ["geojson", "json", "geojsonl", "geojsons", "gpkg"].contains(&suffix.as_str());
    let names = if suffix == "csv" { column_names(file, None).unwrap_or_default() } else { Vec::new() };
    let has = |column: &Column| names.contains(&column.name);
    if is_map || (has(&columns.position.0) && has(&columns.position.1)) {
        let optional = |column: &Column| Column { required: false, ..column.clone() };
        let columns =
            SiteColumns { layer: None, id: optional(&columns.id), cost: optional(&columns.cost), ..columns.clone() };
        let (sites, _) = read_sites(file, &columns, SiteState::Candidate, findings)?;
        return Some(SiteList::Points(sites));
    }
    let source = Source::read(file, findings)?;
    let text = String::from_utf8_lossy(&source.bytes);
    Some(SiteList::Ids(identifiers(&text, &columns.id.name)))
}

fn identifiers(text: &str, column: &str) -> Vec<String> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let cells = |line: &str| -> Vec<String> {
        line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
    };
    // A header names the column; without one the identifier stands first.
    let place = lines.peek().and_then(|line| cells(line).iter().position(|cell| cell == column));
    let rows = lines.skip(usize::from(place.is_some()));
    let ids = rows.filter_map(|line| cells(line).into_iter().nth(place.unwrap_or(0)));
    ids.filter(|id| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn identifiers_stand_one_a_line_or_under_their_name() {
        assert_eq!(identifiers("\u{feff}th_1\r\n\n# no\nth_2\n", "id"), ["th_1", "th_2"]);
        assert_eq!(identifiers("name;id\nMairie;th_1\nPoste;\"th_2\"\n", "id"), ["th_1", "th_2"]);
        assert_eq!(identifiers("id\nth_1\n", "id"), ["th_1"]);
        assert_eq!(identifiers("th_1,Mairie\nth_1,Mairie\n", "id"), ["th_1", "th_1"]);
        assert!(identifiers("", "id").is_empty());
    }
}
