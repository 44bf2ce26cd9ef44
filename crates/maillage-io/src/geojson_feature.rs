use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::Finding;
use crate::catalogue::{
    GEOMETRY_MISSING, NOT_A_FEATURE, PROPERTIES_KIND, PROPERTIES_MISSING, REPEATED_MEMBER, REPEATED_PROPERTY,
    TRAILING_DATA,
};
use crate::encoding::Text;
use crate::geometry::{Allowed, GeometryError, read_geometry};
use crate::json::Cursor;
use crate::json_error::{JsonError, Kind};
use crate::layer::{Cell, Record, Value};

/// The properties of the first feature, in order: most files repeat them in every feature.
#[derive(Default)]
pub(crate) struct Layout {
    pub(crate) keys: Vec<String>,
    /// For each of them, its position among the wanted columns.
    wanted: Vec<Option<usize>>,
}

impl Layout {
    pub(crate) fn of(text: &str, range: &Range<usize>, wanted: &[&str]) -> Self {
        let mut keys: Vec<String> = Vec::new();
        let slice = text.get(..range.end).unwrap_or_default();
        // Errors are met again, and reported, when the feature is read.
        let _ = each_member(&mut Cursor::new(slice, range.start), |key, cursor| {
            if key == "properties" && cursor.kind()? == Kind::Object {
                each_member(cursor, |key, cursor| {
                    if keys.len() < 1000 && !keys.iter().any(|known| *known == key) {
                        keys.push(key.into_owned());
                    }
                    cursor.skip_value()
                })
            } else {
                cursor.skip_value()
            }
        });
        let position = |key: &String| wanted.iter().position(|name| name == key);
        let wanted = keys.iter().map(position).collect();
        Self { keys, wanted }
    }
}

/// Calls a function at the value of each member of the object that comes next; the function must pass the value.
fn each_member<'a>(
    cursor: &mut Cursor<'a>,
    mut at_value: impl FnMut(Cow<'a, str>, &mut Cursor<'a>) -> Result<(), JsonError>,
) -> Result<(), JsonError> {
    if !cursor.take(b'{') {
        return Err(cursor.unexpected("expected {", "{ est attendue"));
    }
    if cursor.take(b'}') {
        return Ok(());
    }
    loop {
        let key = cursor.key()?;
        cursor.peek();
        at_value(key, cursor)?;
        if !cursor.more(b'}')? {
            return Ok(());
        }
    }
}

/// Reads one feature and notes what is wrong with it.
pub(crate) struct FeatureReader<'a, 'b> {
    pub(crate) text: Text<'a>,
    pub(crate) layout: &'b Layout,
    pub(crate) wanted: &'b [&'b str],
    pub(crate) allowed: Allowed,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> FeatureReader<'a, '_> {
    pub(crate) fn read(&mut self, index: u64, range: &Range<usize>) -> Option<Record<'a>> {
        let mut record = Record {
            index,
            row: None,
            offset: self.text.start + range.start,
            cells: Vec::new(),
            id: None,
            shape: None,
        };
        let slice = self.text.text.get(..range.end).unwrap_or_default();
        let mut cursor = Cursor::new(slice, range.start);
        if let Err(error) = self.feature(&mut cursor, &mut record) {
            self.findings.push(error.to_finding(slice, self.text.start));
        } else if cursor.peek().is_some() {
            let rest: String = slice.get(cursor.offset()..).unwrap_or_default().chars().take(40).collect();
            let finding = Finding::new(&TRAILING_DATA).at_byte(self.text.start + cursor.offset());
            self.findings.push(finding.with_value(&rest));
        }
        if self.findings.is_empty() {
            return Some(record);
        }
        for finding in &mut self.findings {
            let place = finding.offset.unwrap_or(record.offset);
            *finding = finding.clone().at_byte(place).in_feature(index).named(record.label(0), record.label(1));
        }
        None
    }

    fn refuse(&mut self, finding: Finding, offset: usize) {
        self.findings.push(finding.at_byte(self.text.start + offset));
    }

    fn feature(&mut self, cursor: &mut Cursor<'a>, record: &mut Record<'a>) -> Result<(), JsonError> {
        let kind = cursor.kind()?;
        let begin = cursor.offset();
        if kind != Kind::Object {
            self.refuse(Finding::new(&NOT_A_FEATURE).with("found", kind.words()), begin);
            return cursor.skip_value();
        }
        let mut type_name = None;
        let mut seen: Vec<Cow<'a, str>> = Vec::with_capacity(4);
        let (mut has_properties, mut has_geometry) = (false, false);
        each_member(cursor, |key, cursor| {
            if seen.len() < 1000 && seen.contains(&key) {
                self.refuse(
                    Finding::new(&REPEATED_MEMBER).with("member", crate::escape::escape(&key)),
                    cursor.offset(),
                );
                return cursor.skip_value();
            }
            match key.as_ref() {
                "type" if cursor.kind()? == Kind::Text => type_name = Some(cursor.string()?),
                "id" => record.id = Some(self.cell(cursor)?),
                "properties" => {
                    has_properties = true;
                    self.properties(cursor, record)?;
                }
                "geometry" => {
                    has_geometry = true;
                    let here = *cursor;
                    match read_geometry(cursor, self.allowed, self.text.start) {
                        Ok(shape) => record.shape = Some(shape),
                        Err(GeometryError::Json(error)) => return Err(error),
                        Err(GeometryError::Refused(finding)) => {
                            self.findings.push(*finding);
                            *cursor = here;
                            cursor.skip_value()?;
                        }
                    }
                }
                _ => cursor.skip_value()?,
            }
            seen.push(key);
            Ok(())
        })?;
        match type_name.as_deref() {
            Some("Feature") => {}
            Some(other) => {
                let other = crate::escape::escape(other);
                let found = (format!("of type \"{other}\""), format!("de type « {other} »"));
                let finding = Finding::new(&NOT_A_FEATURE).with("found", (found.0.as_str(), found.1.as_str()));
                self.refuse(finding, begin);
                return Ok(());
            }
            None => {
                let words = ("an object without a \"type\"", "un objet JSON sans « type »");
                self.refuse(Finding::new(&NOT_A_FEATURE).with("found", words), begin);
                return Ok(());
            }
        }
        if !has_properties {
            self.refuse(Finding::new(&PROPERTIES_MISSING), begin);
        }
        if !has_geometry {
            self.refuse(Finding::new(&GEOMETRY_MISSING), begin);
        }
        Ok(())
    }

    /// Reads the wanted properties; those that come in the layout's order need no search.
    fn properties(&mut self, cursor: &mut Cursor<'a>, record: &mut Record<'a>) -> Result<(), JsonError> {
        let kind = cursor.kind()?;
        let absent = Cell { value: Value::Absent, offset: record.offset, source: 0 };
        record.cells = vec![absent; self.wanted.len()];
        if kind != Kind::Object {
            let finding = if kind == Kind::Null {
                Finding::new(&PROPERTIES_MISSING)
            } else {
                Finding::new(&PROPERTIES_KIND).with("found", kind.words())
            };
            self.refuse(finding, cursor.offset());
            return cursor.skip_value();
        }
        let begin = *cursor;
        let mut position = 0;
        let mut in_order = true;
        each_member(cursor, |key, cursor| {
            in_order = in_order && self.layout.keys.get(position).is_some_and(|known| *known == key);
            if let (true, Some(column)) = (in_order, self.layout.wanted.get(position).copied().flatten()) {
                let cell = self.cell(cursor)?;
                if let Some(place) = record.cells.get_mut(column) {
                    *place = cell;
                }
            } else {
                cursor.skip_value()?;
            }
            position += 1;
            Ok(())
        })?;
        if in_order { Ok(()) } else { self.properties_in_any_order(begin, record) }
    }

    fn properties_in_any_order(&mut self, mut cursor: Cursor<'a>, record: &mut Record<'a>) -> Result<(), JsonError> {
        let mut seen: HashMap<Cow<'a, str>, Range<usize>> = HashMap::new();
        each_member(&mut cursor, |key, cursor| {
            let begin = cursor.offset();
            let cell = self.cell(cursor)?;
            if let Some(column) = self.wanted.iter().position(|name| *name == key)
                && let Some(place) = record.cells.get_mut(column)
            {
                *place = cell;
            }
            let range = begin..cursor.offset();
            if let Some(first) = seen.insert(key.clone(), range.clone()) {
                let written = |range| self.text.text.get(range).unwrap_or_default();
                let finding = Finding::new(&REPEATED_PROPERTY)
                    .in_field(&key)
                    .with_value(written(first))
                    .with("other", crate::escape::escape(written(range)));
                self.refuse(finding, begin);
            }
            Ok(())
        })
    }

    fn cell(&self, cursor: &mut Cursor<'a>) -> Result<Cell<'a>, JsonError> {
        let kind = cursor.kind()?;
        let offset = self.text.start + cursor.offset();
        let value = match kind {
            Kind::Text => Value::Text(cursor.string()?),
            Kind::Number => Value::Number(Cow::Borrowed(cursor.number()?)),
            Kind::Null => {
                cursor.literal()?;
                Value::Null
            }
            _ => {
                cursor.skip_value()?;
                Value::Other(kind)
            }
        };
        Ok(Cell { value, offset, source: 0 })
    }
}
