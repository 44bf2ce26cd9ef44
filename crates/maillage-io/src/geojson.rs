//! GeoJSON as files on real disks have it: a document is sliced into features, then each feature is checked.

use std::ops::Range;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

use crate::catalogue::{
    FEATURES_MISSING, LINE_DELIMITED, OTHER_SYSTEM, REPEATED_MEMBER, SYSTEM_TAKEN, TRAILING_DATA, TRUNCATED,
    UNKNOWN_MEMBERS, WRONG_DOCUMENT,
};
use crate::encoding::{Text, list};
use crate::geojson_feature::{FeatureReader, Layout};
use crate::geometry::Allowed;
use crate::json::Cursor;
use crate::json_error::{JsonError, Kind, Reason};
use crate::layer::{Layer, NumberStyle};
use crate::source::Source;
use crate::stated_crs::StatedCrs;
use crate::{Finding, Findings};

/// Reads the features of a document with the wanted properties; `None` when the document itself is no good.
///
/// Features that are refused are reported and left out.
pub(crate) fn read_geojson<'a>(
    source: &Source,
    text: Text<'a>,
    wanted: &[&str],
    allowed: Allowed,
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    let lower = source.name.to_ascii_lowercase();
    let by_line = [".geojsonl", ".geojsons", ".geojsonl.gz", ".geojsons.gz"].iter().any(|end| lower.ends_with(end));
    let mut document = Document::default();
    let scanned = if by_line {
        document.scan_lines(text);
        Ok(())
    } else {
        document.scan(text)
    };
    for finding in document.remarks.drain(..) {
        source.report(finding, findings);
    }
    if let Err(finding) = scanned {
        source.report(*finding, findings);
        return None;
    }
    let layout = document.features.first().map(|first| Layout::of(text.text, first, wanted)).unwrap_or_default();
    let read = |(index, range): (usize, &Range<usize>)| {
        let mut reader = FeatureReader { text, layout: &layout, wanted, allowed, findings: Vec::new() };
        let record = reader.read(index as u64, range);
        (record, reader.findings)
    };
    #[cfg(feature = "parallel")]
    let features: Vec<_> = document.features.par_iter().enumerate().with_min_len(64).map(read).collect();
    #[cfg(not(feature = "parallel"))]
    let features: Vec<_> = document.features.iter().enumerate().map(read).collect();
    let mut records = Vec::with_capacity(features.len());
    for (record, problems) in features {
        for problem in problems {
            source.report(problem, findings);
        }
        records.extend(record);
    }
    if document.crs != StatedCrs::Wgs84 {
        source.report(Finding::new(&SYSTEM_TAKEN).with("crs", document.crs.to_string()), findings);
        let projection = document.crs.projection();
        records.retain_mut(|record| {
            let moved = record.shape.as_mut().map_or(Ok(()), |shape| projection.shape(shape));
            if let Err(place) = moved {
                let finding = document.crs.refuse(place).at_byte(record.offset).in_feature(record.index);
                source.report(finding.named(record.label(0), record.label(1)).in_field("geometry"), findings);
            }
            moved.is_ok()
        });
    }
    Some(Layer { records, columns: layout.keys, style: NumberStyle::Point, is_table: false })
}

type Scan<T> = Result<T, Box<Finding>>;

/// The outline of a document: where its features are.
#[derive(Default)]
struct Document {
    features: Vec<Range<usize>>,
    /// The system that an old member says its coordinates are in.
    crs: StatedCrs,
    remarks: Vec<Finding>,
}

/// What the members at the top say.
#[derive(Default)]
struct Members {
    kind: Option<String>,
    features: Option<Kind>,
    names: Vec<String>,
    system: Option<(usize, String)>,
}

impl Document {
    /// Scans one document that must be all of the text.
    fn scan(&mut self, text: Text<'_>) -> Scan<()> {
        let mut cursor = Cursor::new(text.text, 0);
        match cursor.peek() {
            Some(b'{') => {}
            Some(b'[') => {
                let words = ("a bare array", "un simple tableau");
                return Err(Box::new(Finding::new(&WRONG_DOCUMENT).at_byte(text.start).with("found", words)));
            }
            Some(0x1e) => return Err(Box::new(Finding::new(&LINE_DELIMITED).at_byte(text.start))),
            _ => {
                let error = cursor.unexpected("expected { at the start", "{ est attendue au début");
                return Err(Box::new(error.to_finding(text.text, text.start)));
            }
        }
        let begin = cursor.offset();
        let members = self.scan_members(&mut cursor, text)?;
        let end = cursor.offset();
        if let Some(next) = cursor.peek() {
            let rest = text.text.get(cursor.offset()..).unwrap_or_default();
            let is_line = members.kind.as_deref() != Some("FeatureCollection") && matches!(next, b'{' | 0x1e);
            let entry = if is_line { &LINE_DELIMITED } else { &TRAILING_DATA };
            let shown: String = rest.chars().take(40).collect();
            return Err(Box::new(Finding::new(entry).at_byte(text.start + cursor.offset()).with_value(&shown)));
        }
        self.judge(&members, begin..end, text)
    }

    /// Scans one document on each line; a record separator may stand before each.
    fn scan_lines(&mut self, text: Text<'_>) {
        let mut begin = 0;
        for line in text.text.split_inclusive(['\n', '\r']) {
            let content = line.trim_matches(['\u{1e}', ' ', '\t', '\n', '\r']);
            if !content.is_empty() {
                let start = begin + line.find(content).unwrap_or_default();
                self.features.push(start..start + content.len());
            }
            begin += line.len();
        }
    }

    fn scan_members(&mut self, cursor: &mut Cursor<'_>, text: Text<'_>) -> Scan<Members> {
        let mut members = Members::default();
        cursor.take(b'{');
        if cursor.take(b'}') {
            return Ok(members);
        }
        loop {
            let fail = |error: &JsonError, inside: &str| self.broken(error, inside, text);
            let key = cursor.key().map_err(|error| fail(&error, ""))?;
            cursor.peek();
            let at = cursor.offset();
            // Past a thousand members only those that matter are compared, so that time stays in proportion.
            let matters = members.names.len() < 1000 || matches!(key.as_ref(), "type" | "features" | "crs");
            if matters && members.names.iter().any(|name| *name == key) {
                let finding = Finding::new(&REPEATED_MEMBER).with("member", crate::escape::escape(&key));
                return Err(Box::new(finding.at_byte(text.start + at)));
            }
            let kind = cursor.kind().map_err(|error| fail(&error, &key))?;
            match (key.as_ref(), kind) {
                ("type", Kind::Text) => {
                    members.kind = Some(cursor.string().map_err(|error| fail(&error, &key))?.into_owned());
                }
                ("features", Kind::Array) => {
                    members.features = Some(kind);
                    self.scan_features(cursor, text)?;
                }
                _ => {
                    cursor.skip_value().map_err(|error| fail(&error, &key))?;
                    if key == "features" {
                        members.features = Some(kind);
                    } else if key == "crs" && kind != Kind::Null {
                        let system = text.text.get(at..cursor.offset()).unwrap_or_default();
                        members.system = Some((text.start + at, system.to_owned()));
                    }
                }
            }
            members.names.push(key.into_owned());
            if !cursor.more(b'}').map_err(|error| self.broken(&error, "", text))? {
                return Ok(members);
            }
        }
    }

    /// Finds the range of each element of the array `features`.
    fn scan_features(&mut self, cursor: &mut Cursor<'_>, text: Text<'_>) -> Scan<()> {
        cursor.take(b'[');
        if cursor.take(b']') {
            return Ok(());
        }
        loop {
            cursor.peek();
            let here = *cursor;
            let balanced = matches!(cursor.peek(), Some(b'{')) && cursor.skip_balanced();
            if !balanced {
                *cursor = here;
                cursor.skip_value().map_err(|error| self.broken(&error, "features", text))?;
            }
            self.features.push(here.offset()..cursor.offset());
            if !cursor.more(b']').map_err(|error| self.broken(&error, "features", text))? {
                return Ok(());
            }
        }
    }

    /// Makes a finding of a broken document, saying how many features were whole before it ended.
    fn broken(&self, error: &JsonError, inside: &str, text: Text<'_>) -> Box<Finding> {
        let mut finding = error.to_finding(text.text, text.start);
        if error.reason == Reason::End {
            let count = self.features.len();
            let place = match inside {
                "features" => (
                    format!("inside \"features\" after {count} features"),
                    format!("à l’intérieur de « features », après {count} objets"),
                ),
                _ => (
                    format!("before the end of the document, {count} features read"),
                    format!("avant la fin du document, {count} objets lus"),
                ),
            };
            finding = Finding::new(&TRUNCATED)
                .at_byte(text.start + error.offset)
                .with("where", (place.0.as_str(), place.1.as_str()));
        } else if inside == "features" {
            finding = finding.in_feature(self.features.len() as u64);
        }
        Box::new(finding)
    }

    /// Decides whether the members make a document with features.
    fn judge(&mut self, members: &Members, whole: Range<usize>, text: Text<'_>) -> Scan<()> {
        let at = text.start + whole.start;
        let has = |name: &str| members.names.iter().any(|known| known == name);
        if let Some((offset, system)) = &members.system {
            self.crs = stated_system(system).map_err(|name| {
                Box::new(Finding::new(&OTHER_SYSTEM).at_byte(*offset).in_field("crs").with_value(&name))
            })?;
        }
        let wrong = |english: &str, french: &str| {
            Err(Box::new(Finding::new(&WRONG_DOCUMENT).at_byte(at).with("found", (english, french))))
        };
        match members.kind.as_deref() {
            Some("FeatureCollection") => {}
            Some("Feature") => {
                self.features = vec![whole];
                return Ok(());
            }
            Some("Topology") => return wrong("TopoJSON", "du TopoJSON"),
            Some(
                kind @ ("Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
                | "GeometryCollection"),
            ) => return wrong(&format!("a bare geometry ({kind})"), &format!("une simple géométrie ({kind})")),
            Some(other) => {
                let other = crate::escape::escape(other);
                return wrong(&format!("of type \"{other}\""), &format!("de type « {other} »"));
            }
            None if ["geometryType", "spatialReference", "displayFieldName"].iter().any(|name| has(name)) => {
                return wrong("Esri JSON", "du JSON Esri");
            }
            None if has("arcs") && has("objects") => return wrong("TopoJSON", "du TopoJSON"),
            None => return wrong("an object without a \"type\"", "un objet JSON sans « type »"),
        }
        if members.features != Some(Kind::Array) {
            let found = members.features.map_or(("nothing", "rien"), Kind::words);
            return Err(Box::new(Finding::new(&FEATURES_MISSING).at_byte(at).with("found", found)));
        }
        let known = ["type", "features", "bbox", "crs", "name"];
        let unknown: Vec<&String> = members.names.iter().filter(|name| !known.contains(&name.as_str())).collect();
        if !unknown.is_empty() {
            let shown: Vec<&String> = unknown.into_iter().take(10).collect();
            self.remarks.push(Finding::new(&UNKNOWN_MEMBERS).at_byte(at).with("members", list(&shown)));
        }
        Ok(())
    }
}

/// Returns the system that an old `crs` member names, or the name of one that is not read.
fn stated_system(member: &str) -> Result<StatedCrs, String> {
    let parsed: serde_json::Value = serde_json::from_str(member).unwrap_or_default();
    let properties = parsed.get("properties");
    let name = ["name", "code", "href"]
        .iter()
        .find_map(|key| properties.and_then(|properties| properties.get(*key)))
        .map_or_else(
            || member.chars().take(80).collect(),
            |name| name.as_str().map_or(name.to_string(), str::to_owned),
        );
    let last = name.rsplit([':', '/', '#']).next().unwrap_or_default();
    if matches!(last, "CRS84" | "CRS84h" | "WGS84") || name == "WGS 84" {
        return Ok(StatedCrs::Wgs84);
    }
    // A code of another authority is none of the EPSG register.
    let is_epsg = name == last || name.to_ascii_uppercase().contains("EPSG");
    let known = last.parse().ok().filter(|_| is_epsg).and_then(StatedCrs::of_code);
    known.ok_or(name)
}
