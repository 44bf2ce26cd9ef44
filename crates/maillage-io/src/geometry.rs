//! A GeoJSON geometry, checked position by position before it becomes a `geo` type.

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};

use crate::Finding;
use crate::catalogue::{
    COORDINATE_KIND, GEOMETRY_EMPTY, GEOMETRY_KIND, GEOMETRY_MISSING, POSITION_SHORT, REPEATED_MEMBER, RING_SHORT,
    RING_UNCLOSED,
};
use crate::json::Cursor;
use crate::json_error::{JsonError, Kind};
use crate::ring::{Tangle, tangle};

/// A geometry and what was seen while it was read.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) geometry: Geometry<f64>,
    /// Least longitude and latitude, then greatest.
    pub(crate) bounds: [f64; 4],
    /// Whether a position has more than two numbers.
    pub(crate) altitude: bool,
    /// Whether all coordinates have two decimals at most.
    pub(crate) coarse: bool,
    /// A ring that crosses or touches itself.
    pub(crate) tangle: Option<Tangle>,
}

/// Which geometries a file may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Points.
    Points,
    /// Points, polygons and multipolygons.
    PointsAndPolygons,
}

/// Why a geometry is refused.
pub(crate) enum GeometryError {
    /// It is not JSON.
    Json(JsonError),
    /// It is JSON, but no good geometry; the finding's byte is set.
    Refused(Box<Finding>),
}

impl From<JsonError> for GeometryError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

type Step<T> = Result<T, GeometryError>;

/// Reads the geometry that comes next; `start` is the byte of the file where the text starts.
pub(crate) fn read_geometry(cursor: &mut Cursor<'_>, allowed: Allowed, start: usize) -> Step<Shape> {
    let mut reader =
        Reader { start, ring: 0, polygon: 0, shape_altitude: false, coarse: true, tangle: None, bounds: EMPTY };
    let geometry = reader.geometry(cursor, allowed)?;
    Ok(Shape {
        geometry,
        bounds: reader.bounds,
        altitude: reader.shape_altitude,
        coarse: reader.coarse,
        tangle: reader.tangle,
    })
}

const EMPTY: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

struct Reader {
    start: usize,
    polygon: usize,
    ring: usize,
    shape_altitude: bool,
    coarse: bool,
    tangle: Option<Tangle>,
    bounds: [f64; 4],
}

impl Reader {
    fn refuse<T>(&self, finding: Finding, offset: usize) -> Step<T> {
        Err(GeometryError::Refused(Box::new(finding.at_byte(self.start + offset).in_field("geometry"))))
    }

    fn geometry(&mut self, cursor: &mut Cursor<'_>, allowed: Allowed) -> Step<Geometry<f64>> {
        let begin = match cursor.kind()? {
            Kind::Object => cursor.offset(),
            Kind::Null => return self.refuse(Finding::new(&GEOMETRY_MISSING), cursor.offset()),
            other => return self.refuse(wrong_kind(other.words(), allowed), cursor.offset()),
        };
        let mut kind: Option<String> = None;
        // Coordinates that stand before the type are passed and read afterwards; mostly they stand behind it.
        let mut later = None;
        let mut read = None;
        cursor.take(b'{');
        if !cursor.take(b'}') {
            loop {
                let key = cursor.key()?;
                let at = cursor.kind().map(|_| *cursor)?;
                let twice = match key.as_ref() {
                    "type" if cursor.kind()? == Kind::Text => kind.replace(cursor.string()?.into_owned()).is_some(),
                    "coordinates" | "geometries" => {
                        let twice = read.is_some() || later.is_some();
                        if let (Some(kind), false) = (&kind, twice) {
                            read = Some(self.coordinates(cursor, kind, allowed)?);
                        } else {
                            later = Some(at);
                            cursor.skip_value()?;
                        }
                        twice
                    }
                    _ => {
                        cursor.skip_value()?;
                        false
                    }
                };
                if twice {
                    return self.refuse(Finding::new(&REPEATED_MEMBER).with("member", key.as_ref()), at.offset());
                }
                if !cursor.more(b'}')? {
                    break;
                }
            }
        }
        match (kind, read, later) {
            (None, ..) => {
                let words = ("an object without a \"type\"", "un objet JSON sans « type »");
                self.refuse(wrong_kind(words, allowed), begin)
            }
            (_, Some(geometry), _) => Ok(geometry),
            (Some(kind), None, Some(mut later)) => self.coordinates(&mut later, &kind, allowed),
            (Some(kind), None, None) => self.refuse(empty(&kind), begin),
        }
    }

    /// Reads the coordinates that come next.
    fn coordinates(&mut self, cursor: &mut Cursor<'_>, kind: &str, allowed: Allowed) -> Step<Geometry<f64>> {
        let at = cursor.offset();
        if cursor.kind()? != Kind::Array {
            return self.refuse(coordinate_kind(*cursor, "coordinates")?, at);
        }
        let mut ahead = *cursor;
        ahead.take(b'[');
        if ahead.take(b']') {
            return self.refuse(empty(kind), at);
        }
        match (kind, allowed) {
            ("Point", _) => Ok(Geometry::Point(Point(self.position(cursor, 0)?))),
            ("Polygon", Allowed::PointsAndPolygons) => self.rings(cursor).map(Geometry::Polygon),
            ("MultiPolygon", Allowed::PointsAndPolygons) => {
                let mut polygons = Vec::new();
                cursor.take(b'[');
                loop {
                    self.polygon = polygons.len();
                    polygons.push(self.rings(cursor)?);
                    if !cursor.more(b']')? {
                        return Ok(Geometry::MultiPolygon(MultiPolygon(polygons)));
                    }
                }
            }
            _ => {
                let finding = Finding::new(&GEOMETRY_KIND).with("found", crate::escape::escape(kind));
                self.refuse(finding.with("allowed", allowed_words(allowed)), at)
            }
        }
    }

    fn rings(&mut self, cursor: &mut Cursor<'_>) -> Step<Polygon<f64>> {
        let at = cursor.offset();
        if cursor.kind()? != Kind::Array {
            return self.refuse(coordinate_kind(*cursor, "polygon")?, at);
        }
        let mut rings: Vec<LineString<f64>> = Vec::with_capacity(1);
        cursor.take(b'[');
        if cursor.take(b']') {
            return self.refuse(Finding::new(&GEOMETRY_EMPTY).with("kind", "Polygon"), at);
        }
        loop {
            self.ring = rings.len();
            rings.push(self.read_ring(cursor)?);
            if !cursor.more(b']')? {
                break;
            }
        }
        let mut rings = rings.into_iter();
        let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        Ok(Polygon::new(exterior, rings.collect()))
    }

    fn read_ring(&mut self, cursor: &mut Cursor<'_>) -> Step<LineString<f64>> {
        cursor.peek();
        let at = cursor.offset();
        if cursor.kind()? != Kind::Array {
            return self.refuse(coordinate_kind(*cursor, &self.place(None))?, at);
        }
        let mut positions: Vec<Coord<f64>> = Vec::with_capacity(64);
        cursor.take(b'[');
        if !cursor.take(b']') {
            loop {
                positions.push(self.position(cursor, positions.len())?);
                if !cursor.more(b']')? {
                    break;
                }
            }
        }
        match check_ring(&positions, &self.place(None)) {
            Ok(found) => {
                if !matches!(self.tangle, Some(Tangle::Crossing(_))) {
                    self.tangle = found.or(self.tangle);
                }
                Ok(LineString::new(positions))
            }
            Err(finding) => self.refuse(*finding, at),
        }
    }

    fn position(&mut self, cursor: &mut Cursor<'_>, vertex: usize) -> Step<Coord<f64>> {
        if cursor.kind()? != Kind::Array {
            let finding = coordinate_kind(*cursor, &self.place(Some(vertex)))?;
            return self.refuse(finding, cursor.offset());
        }
        let begin = cursor.offset();
        let mut numbers = [0.0; 2];
        let mut count = 0_usize;
        cursor.take(b'[');
        if !cursor.take(b']') {
            loop {
                let kind = cursor.kind()?;
                if kind != Kind::Number {
                    let finding = coordinate_kind(*cursor, &self.place(Some(vertex)))?;
                    return self.refuse(finding, cursor.offset());
                }
                let (value, coarse) = cursor.decimal()?;
                if let Some(number) = numbers.get_mut(count) {
                    *number = value;
                    self.coarse &= coarse;
                }
                count += 1;
                if !cursor.more(b']')? {
                    break;
                }
            }
        }
        if count < 2 {
            let finding = Finding::new(&POSITION_SHORT).with("count", count).with("place", self.place(Some(vertex)));
            return self.refuse(finding, begin);
        }
        self.shape_altitude |= count > 2;
        let [x, y] = numbers;
        let [left, bottom, right, top] = self.bounds;
        self.bounds = [left.min(x), bottom.min(y), right.max(x), top.max(y)];
        Ok(Coord { x, y })
    }

    fn place(&self, vertex: Option<usize>) -> String {
        place(self.polygon, self.ring, vertex)
    }
}

/// Says where inside a geometry, from 0.
pub(crate) fn place(polygon: usize, ring: usize, vertex: Option<usize>) -> String {
    match vertex {
        Some(vertex) => format!("polygon {polygon}, ring {ring}, position {vertex}"),
        None => format!("polygon {polygon}, ring {ring}"),
    }
}

/// Checks that a ring is long enough and closed, and returns how it meets itself, where it does.
pub(crate) fn check_ring(positions: &[Coord<f64>], place: &str) -> Result<Option<Tangle>, Box<Finding>> {
    if positions.len() < 4 {
        return Err(Box::new(Finding::new(&RING_SHORT).with("count", positions.len()).with("place", place)));
    }
    if positions.first() != positions.last() {
        return Err(Box::new(Finding::new(&RING_UNCLOSED).with("place", place)));
    }
    Ok(tangle(positions))
}

fn empty(kind: &str) -> Finding {
    Finding::new(&GEOMETRY_EMPTY).with("kind", crate::escape::escape(kind))
}

fn coordinate_kind(cursor: Cursor<'_>, place: &str) -> Step<Finding> {
    let mut next = cursor;
    let kind = next.kind()?;
    let value = match kind {
        Kind::Object => "{…}",
        Kind::Array => "[…]",
        _ => cursor.written()?,
    };
    Ok(Finding::new(&COORDINATE_KIND).with("found", kind.words()).with("place", place).with_value(value))
}

pub(crate) fn wrong_kind(found: (&str, &str), allowed: Allowed) -> Finding {
    Finding::new(&GEOMETRY_KIND).with("found", found).with("allowed", allowed_words(allowed))
}

pub(crate) const fn allowed_words(allowed: Allowed) -> (&'static str, &'static str) {
    match allowed {
        Allowed::Points => ("a Point", "un Point"),
        Allowed::PointsAndPolygons => {
            ("a Point, a Polygon or a MultiPolygon", "un Point, un Polygon ou un MultiPolygon")
        }
    }
}
