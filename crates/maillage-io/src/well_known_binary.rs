//! A geometry as GeoPackage holds it, checked number by number before it becomes a `geo` type.

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};

use crate::catalogue::{COORDINATE_KIND, GEOMETRY_DAMAGED, GEOMETRY_EMPTY, GEOMETRY_KIND, OUTSIDE_LAMBERT};
use crate::crs::Projection;
use crate::geometry::{Allowed, Shape, allowed_words, check_ring, place};
use crate::ring::Tangle;
use crate::{Crs, Finding};

type Step<T> = Result<T, Box<Finding>>;

/// Reads a geometry with its header; `crs` and `system` are those of its layer.
pub(crate) fn read_blob(
    blob: &[u8],
    allowed: Allowed,
    (crs, system): (Crs, i32),
    projection: &Projection,
) -> Step<Shape> {
    let mut reader = Reader { bytes: blob, at: 0, little: true, crs, projection, shape: Seen::default() };
    reader.header(system)?;
    let geometry = reader.geometry(allowed)?;
    if reader.at != blob.len() {
        return Err(damaged("bytes follow its end", "des octets suivent sa fin"));
    }
    let Seen { bounds, altitude, coarse, tangle, .. } = reader.shape;
    Ok(Shape { geometry, bounds, altitude, coarse: coarse && crs == Crs::Wgs84, tangle })
}

/// What is seen of the whole geometry on the way.
struct Seen {
    bounds: [f64; 4],
    altitude: bool,
    coarse: bool,
    tangle: Option<Tangle>,
    polygon: usize,
    ring: usize,
}

impl Default for Seen {
    fn default() -> Self {
        let bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        Self { bounds, altitude: false, coarse: true, tangle: None, polygon: 0, ring: 0 }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the least byte of a number comes first.
    little: bool,
    crs: Crs,
    projection: &'a Projection,
    shape: Seen,
}

/// What a geometry is, and how many numbers each position has.
struct Head {
    kind: u32,
    numbers: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Step<[u8; N]> {
        let part = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>());
        let Some(part) = part else {
            let length = self.bytes.len();
            let english = format!("it ends after {length} bytes, in the middle");
            return Err(damaged(&english, &format!("elle s’arrête au milieu, après {length} octets")));
        };
        self.at += N;
        Ok(*part)
    }

    fn whole(&mut self) -> Step<u32> {
        let bytes = self.take()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&mut self) -> Step<f64> {
        let bytes = self.take()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// Reads how many parts follow, each of so many bytes at least, and believes no more than the bytes there are.
    fn count(&mut self, least: usize) -> Step<usize> {
        let count = self.whole()? as usize;
        if count.saturating_mul(least) > self.bytes.len().saturating_sub(self.at) {
            let english = format!("it says that {count} parts follow, more than it has room for");
            return Err(damaged(&english, &format!("elle annonce {count} parties, plus qu’elle n’en peut contenir")));
        }
        Ok(count)
    }

    fn header(&mut self, system: i32) -> Step<()> {
        let [first, second, version, flags] = self.take()?;
        if [first, second] != *b"GP" || version != 0 {
            return Err(damaged("it does not start as a GeoPackage says", "elle ne commence pas comme en GeoPackage"));
        }
        self.little = flags & 1 == 1;
        let bytes = self.take()?;
        let own = if self.little { i32::from_le_bytes(bytes) } else { i32::from_be_bytes(bytes) };
        if own > 0 && own != system {
            let english = format!("it names the coordinate system {own}, its layer {system}");
            return Err(damaged(&english, &format!("elle nomme le système {own}, et sa couche {system}")));
        }
        let envelope = match (flags >> 1) & 7 {
            0 => 0,
            1 => 4,
            2 | 3 => 6,
            4 => 8,
            _ => return Err(damaged("the box round it is of no known form", "son emprise n’a pas une forme connue")),
        };
        for _ in 0..envelope {
            self.take::<8>()?;
        }
        if flags & 0b10_0000 != 0 {
            return Err(Box::new(
                Finding::new(&GEOMETRY_KIND).with("found", ("of an extended kind", "d’un type étendu")),
            ));
        }
        Ok(())
    }

    fn head(&mut self) -> Step<Head> {
        self.little = match self.take()? {
            [0] => false,
            [1] => true,
            _ => return Err(damaged("the order of its bytes is unknown", "l’ordre de ses octets est inconnu")),
        };
        let code = self.whole()?;
        // Thousands say which numbers follow longitude and latitude: height, measure, or both. Older writers set bits.
        let (kind, more) = match code {
            0..4000 => (
                code % 1000,
                match code / 1000 {
                    0 => 0,
                    3 => 2,
                    _ => 1,
                },
            ),
            _ => (code & 0xff, (code >> 31) + ((code >> 30) & 1)),
        };
        self.shape.altitude |= more > 0;
        Ok(Head { kind, numbers: 2 + more as usize })
    }

    fn geometry(&mut self, allowed: Allowed) -> Step<Geometry<f64>> {
        let head = self.head()?;
        match (head.kind, allowed) {
            (1, _) => Ok(Geometry::Point(Point(self.position(head.numbers, 0, "Point")?))),
            (3, Allowed::PointsAndPolygons) => Ok(Geometry::Polygon(self.polygon(head.numbers)?)),
            (6, Allowed::PointsAndPolygons) => {
                let count = self.count(9)?;
                if count == 0 {
                    return Err(empty("MultiPolygon"));
                }
                let mut polygons = Vec::with_capacity(count);
                for position in 0..count {
                    self.shape.polygon = position;
                    let part = self.head()?;
                    if part.kind != 3 {
                        return Err(damaged("a part of it is no polygon", "une de ses parties n’est pas un polygone"));
                    }
                    polygons.push(self.polygon(part.numbers)?);
                }
                Ok(Geometry::MultiPolygon(MultiPolygon(polygons)))
            }
            (kind, _) => {
                let finding = Finding::new(&GEOMETRY_KIND).with("found", kind_name(kind));
                Err(Box::new(finding.with("allowed", allowed_words(allowed))))
            }
        }
    }

    fn polygon(&mut self, numbers: usize) -> Step<Polygon<f64>> {
        let count = self.count(4)?;
        let mut rings = Vec::with_capacity(count);
        for position in 0..count {
            self.shape.ring = position;
            rings.push(self.ring(numbers)?);
        }
        let mut rings = rings.into_iter();
        let exterior = rings.next().ok_or_else(|| empty("Polygon"))?;
        Ok(Polygon::new(exterior, rings.collect()))
    }

    fn ring(&mut self, numbers: usize) -> Step<LineString<f64>> {
        let count = self.count(8 * numbers)?;
        let positions: Vec<Coord<f64>> =
            (0..count).map(|vertex| self.position(numbers, vertex, "Polygon")).collect::<Step<_>>()?;
        let found = check_ring(&positions, &self.place(None))?;
        if !matches!(self.shape.tangle, Some(Tangle::Crossing(_))) {
            self.shape.tangle = found.or(self.shape.tangle);
        }
        Ok(LineString::new(positions))
    }

    /// Reads a position and takes it into degrees.
    fn position(&mut self, numbers: usize, vertex: usize, kind: &str) -> Step<Coord<f64>> {
        let place = Coord { x: self.number()?, y: self.number()? };
        for _ in 2..numbers {
            self.number()?;
        }
        if place.x.is_nan() && place.y.is_nan() && kind == "Point" {
            return Err(empty(kind));
        }
        if !place.x.is_finite() || !place.y.is_finite() {
            let wrong = if place.x.is_finite() { place.y } else { place.x };
            let finding = Finding::new(&COORDINATE_KIND).with("found", ("no finite number", "sans valeur finie"));
            return Err(Box::new(finding.with("place", self.place(Some(vertex))).with_value(&wrong.to_string())));
        }
        if self.crs == Crs::Lambert93 && !Crs::is_lambert(place) {
            return Err(outside(place));
        }
        let place = self.projection.unproject(place).map_err(|_| outside(place))?;
        let Seen { bounds: [left, bottom, right, top], coarse, .. } = &mut self.shape;
        (*left, *bottom) = (left.min(place.x), bottom.min(place.y));
        (*right, *top) = (right.max(place.x), top.max(place.y));
        *coarse = *coarse && crate::coordinates::is_coarse(place.x) && crate::coordinates::is_coarse(place.y);
        Ok(place)
    }

    fn place(&self, vertex: Option<usize>) -> String {
        place(self.shape.polygon, self.shape.ring, vertex)
    }
}

fn damaged(english: &str, french: &str) -> Box<Finding> {
    Box::new(Finding::new(&GEOMETRY_DAMAGED).with("reason", (english, french)))
}

fn outside(place: Coord<f64>) -> Box<Finding> {
    Box::new(Finding::new(&OUTSIDE_LAMBERT).with_value(&format!("{}, {}", place.x, place.y)))
}

fn empty(kind: &str) -> Box<Finding> {
    Box::new(Finding::new(&GEOMETRY_EMPTY).with("kind", kind))
}

/// Names a type of geometry by its number in the standard (OGC 06-103r4, table 7).
fn kind_name(kind: u32) -> String {
    let names = [
        "Geometry",
        "Point",
        "LineString",
        "Polygon",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
        "GeometryCollection",
        "CircularString",
        "CompoundCurve",
        "CurvePolygon",
        "MultiCurve",
        "MultiSurface",
    ];
    let name = usize::try_from(kind).ok().and_then(|kind| names.get(kind));
    name.map_or_else(|| format!("WKB {kind}"), |name| (*name).to_owned())
}
