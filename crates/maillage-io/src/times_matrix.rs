//! Matrices of routers in JSON: OSRM's `table`, and Valhalla's `sources_to_targets` in both of its forms.

use crate::catalogue::{TIME_INDEX, TIME_MATRIX, TIME_SHAPE};
use crate::encoding::Text;
use crate::json::Cursor;
use crate::json_error::{JsonError, Kind};
use crate::time_cell::TimeCell;
use crate::{Detail, Finding};

/// What stops the reading of a matrix.
#[derive(Debug)]
pub(crate) enum MatrixError {
    Json(JsonError),
    Finding(Box<Finding>),
}

impl From<JsonError> for MatrixError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

impl From<Finding> for MatrixError {
    fn from(finding: Finding) -> Self {
        Self::Finding(Box::new(finding))
    }
}

type Step<T> = Result<T, MatrixError>;

/// Where an origin or a destination is said to be: longitude and latitude, where that is said.
pub(crate) type Spot = Option<(f64, f64)>;

/// A matrix whose members have been found, and whose times are still to be read.
pub(crate) struct TimesMatrix<'a> {
    text: Text<'a>,
    times: Cursor<'a>,
    pub(crate) origins: Vec<Spot>,
    pub(crate) destinations: Vec<Spot>,
}

/// How many rows and columns a matrix must have.
pub(crate) type Shape = (usize, usize);

impl<'a> TimesMatrix<'a> {
    /// Finds the members of a document.
    pub(crate) fn find(text: Text<'a>) -> Step<Self> {
        let mut cursor = Cursor::new(text.text, 0);
        let (mut times, mut origins, mut destinations) = (None, Vec::new(), Vec::new());
        let mut said = [None, None];
        let mut names = Vec::new();
        if !cursor.take(b'{') {
            return Err(cursor.unexpected("expected an object", "un objet JSON est attendu").into());
        }
        let mut more = !cursor.take(b'}');
        while more {
            let key = cursor.key()?;
            let kind = cursor.kind()?;
            match (key.as_ref(), kind) {
                ("durations", Kind::Array) | ("sources_to_targets", Kind::Array | Kind::Object) => {
                    times = Some(cursor);
                    skip(&mut cursor, kind)?;
                }
                ("sources", Kind::Array) => origins = spots(&mut cursor)?,
                ("destinations" | "targets", Kind::Array) => destinations = spots(&mut cursor)?,
                ("code" | "error" | "message", _) => {
                    let written = cursor.written()?;
                    let place = usize::from(key != "code");
                    said[place] = Some(written.to_owned());
                    cursor.skip_value()?;
                }
                _ => skip(&mut cursor, kind)?,
            }
            names.push(key.into_owned());
            more = cursor.more(b'}')?;
        }
        if cursor.peek().is_some() {
            return Err(cursor.unexpected("expected the end of the file", "la fin du fichier est attendue").into());
        }
        let is_refusal = said[0].as_deref().is_some_and(|code| code != "Ok");
        let Some(times) = times.filter(|_| !is_refusal) else {
            let said = said.into_iter().flatten().collect::<Vec<_>>().join(": ");
            let found = if said.is_empty() { names.join(", ") } else { said };
            return Err(Finding::new(&TIME_MATRIX).with_value(&found).into());
        };
        Ok(Self { text, times, origins, destinations })
    }

    /// Reads the times, each with its row, its column and the byte where it stands; null is out of reach.
    ///
    /// `refuse` takes what is wrong with single times.
    pub(crate) fn read(
        mut self,
        shape: Shape,
        cell: TimeCell<'_>,
        mut take: impl FnMut(usize, usize, maillage_core::TravelTime, usize),
        mut refuse: impl FnMut(Finding),
    ) -> Step<()> {
        let start = self.text.start;
        if self.times.kind()? == Kind::Object {
            self.times = terse(self.times)?;
        }
        let cursor = &mut self.times;
        let rows = elements(cursor, |cursor, row| {
            let begin = cursor.offset();
            if row >= shape.0 || cursor.kind()? != Kind::Array {
                return Err(wrong_shape("rows", "lignes", row + 1, shape.0, start + begin));
            }
            let columns = elements(cursor, |cursor, column| {
                let (number, offset) = time(cursor, (row, column), start)?;
                if let Some(number) = number {
                    match cell.number(number) {
                        Ok(Some(time)) => take(row, column, time, start + offset),
                        Ok(None) => {}
                        Err(finding) => refuse(finding.at_byte(start + offset)),
                    }
                }
                Ok(())
            })?;
            if columns == shape.1 {
                Ok(())
            } else {
                Err(wrong_shape("columns", "colonnes", columns, shape.1, start + begin))
            }
        })?;
        if rows == shape.0 { Ok(()) } else { Err(wrong_shape("rows", "lignes", rows, shape.0, start)) }
    }
}

fn wrong_shape(english: &str, french: &str, count: usize, total: usize, offset: usize) -> MatrixError {
    let what = Detail::Texts(english.to_owned(), french.to_owned());
    let finding = Finding::new(&TIME_SHAPE).with("what", what).at_byte(offset);
    finding.with("count", count).with("total", total).into()
}

/// Calls a function before each element of an array, with its number, and returns how many there are.
fn elements<'a>(cursor: &mut Cursor<'a>, mut element: impl FnMut(&mut Cursor<'a>, usize) -> Step<()>) -> Step<usize> {
    if !cursor.take(b'[') {
        return Err(cursor.unexpected("expected an array", "un tableau est attendu").into());
    }
    let mut count = 0;
    let mut more = !cursor.take(b']');
    while more {
        cursor.peek();
        element(cursor, count)?;
        count += 1;
        more = cursor.more(b']')?;
    }
    Ok(count)
}

/// Passes a value; what is wrong inside of one is found when it is read.
fn skip(cursor: &mut Cursor<'_>, kind: Kind) -> Step<()> {
    if !matches!(kind, Kind::Array | Kind::Object) {
        return Ok(cursor.skip_value()?);
    }
    let mut ahead = *cursor;
    if ahead.skip_balanced() {
        *cursor = ahead;
        return Ok(());
    }
    Ok(cursor.skip_value()?)
}

/// Finds the durations of Valhalla's short form.
fn terse(mut cursor: Cursor<'_>) -> Step<Cursor<'_>> {
    cursor.take(b'{');
    let mut more = !cursor.take(b'}');
    while more {
        let key = cursor.key()?;
        let kind = cursor.kind()?;
        if key == "durations" && kind == Kind::Array {
            return Ok(cursor);
        }
        skip(&mut cursor, kind)?;
        more = cursor.more(b'}')?;
    }
    Err(Finding::new(&TIME_MATRIX).with_value("sources_to_targets").into())
}

/// Reads one time: a number, null, or an object with the member `time`.
fn time(cursor: &mut Cursor<'_>, place: (usize, usize), start: usize) -> Step<(Option<f64>, usize)> {
    let offset = cursor.offset();
    match cursor.kind()? {
        Kind::Null => {
            cursor.literal()?;
            Ok((None, offset))
        }
        Kind::Object => {
            cursor.take(b'{');
            let mut found = (None, offset);
            let mut more = !cursor.take(b'}');
            while more {
                let key = cursor.key()?;
                cursor.peek();
                match key.as_ref() {
                    "time" if cursor.kind()? != Kind::Object => found = time(cursor, place, start)?,
                    "from_index" | "to_index" => {
                        let at = cursor.offset();
                        let expected = if key == "from_index" { place.0 } else { place.1 };
                        let written = cursor.written()?;
                        if written != expected.to_string() {
                            let finding = Finding::new(&TIME_INDEX).in_field(&key).with_value(written);
                            return Err(finding.with("total", expected).at_byte(start + at).into());
                        }
                        cursor.skip_value()?;
                    }
                    _ => cursor.skip_value()?,
                }
                more = cursor.more(b'}')?;
            }
            Ok(found)
        }
        Kind::Number => Ok((Some(cursor.decimal()?.0), offset)),
        _ => {
            Err(cursor.unexpected("expected a number of seconds or null", "des secondes ou null sont attendues").into())
        }
    }
}

/// Reads where origins or destinations are: `location` as OSRM says it, `lon` and `lat` as Valhalla does.
fn spots(cursor: &mut Cursor<'_>) -> Step<Vec<Spot>> {
    let mut spots = Vec::new();
    elements(cursor, |cursor, _| {
        // Older versions of Valhalla put each list into another.
        if cursor.kind()? == Kind::Array {
            elements(cursor, |cursor, _| {
                spots.push(spot(cursor)?);
                Ok(())
            })?;
        } else {
            spots.push(spot(cursor)?);
        }
        Ok(())
    })?;
    Ok(spots)
}

fn spot(cursor: &mut Cursor<'_>) -> Step<Spot> {
    if !cursor.take(b'{') {
        cursor.skip_value()?;
        return Ok(None);
    }
    let (mut longitude, mut latitude) = (None, None);
    let mut more = !cursor.take(b'}');
    while more {
        let key = cursor.key()?;
        let kind = cursor.kind()?;
        match (key.as_ref(), kind) {
            ("lon", Kind::Number) => longitude = Some(cursor.decimal()?.0),
            ("lat", Kind::Number) => latitude = Some(cursor.decimal()?.0),
            ("location", Kind::Array) => {
                elements(cursor, |cursor, place| {
                    if cursor.kind()? != Kind::Number {
                        return Ok(cursor.skip_value()?);
                    }
                    let number = Some(cursor.decimal()?.0);
                    match place {
                        0 => longitude = number,
                        1 => latitude = number,
                        _ => {}
                    }
                    Ok(())
                })?;
            }
            _ => cursor.skip_value()?,
        }
        more = cursor.more(b'}')?;
    }
    Ok(longitude.zip(latitude))
}
