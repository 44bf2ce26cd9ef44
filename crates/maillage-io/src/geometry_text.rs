//! Geometries as GeoJSON text: RFC 7946 winding, seven decimals at most, in the shortest form.

use geo::{Coord, Geometry, LineString, Polygon};

/// West, south, east and north in ten-millionths of a degree, of all that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    west: i64,
    south: i64,
    east: i64,
    north: i64,
}

impl Default for Extent {
    fn default() -> Self {
        Self { west: i64::MAX, south: i64::MAX, east: i64::MIN, north: i64::MIN }
    }
}

impl Extent {
    fn take(&mut self, longitude: i64, latitude: i64) {
        self.west = self.west.min(longitude);
        self.east = self.east.max(longitude);
        self.south = self.south.min(latitude);
        self.north = self.north.max(latitude);
    }

    /// Writes the extent as a `bbox`, when anything was written at all.
    pub(crate) fn write(self, text: &mut Vec<u8>) {
        if self.west > self.east {
            return;
        }
        text.extend_from_slice(b"\"bbox\":[");
        for (position, number) in [self.west, self.south, self.east, self.north].into_iter().enumerate() {
            if position > 0 {
                text.push(b',');
            }
            write_degrees(number, text);
        }
        text.extend_from_slice(b"],");
    }
}

/// Ten-millionths in a degree: about a centimetre on the ground.
const PARTS: i64 = 10_000_000;

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "degrees: at most 1.8e9 parts")]
fn parts(degrees: f64) -> i64 {
    (degrees * PARTS as f64).round() as i64
}

/// Writes ten-millionths of a degree as a decimal number without needless zeros.
fn write_degrees(parts: i64, text: &mut Vec<u8>) {
    if parts < 0 {
        text.push(b'-');
    }
    let parts = parts.unsigned_abs();
    let (whole, mut fraction) = (parts / PARTS.unsigned_abs(), parts % PARTS.unsigned_abs());
    write_whole(whole, 1, text);
    if fraction > 0 {
        let mut digits = 7;
        while fraction.is_multiple_of(10) {
            fraction /= 10;
            digits -= 1;
        }
        text.push(b'.');
        write_whole(fraction, digits, text);
    }
}

/// Writes a whole number with at least so many digits.
fn write_whole(number: u64, least_digits: usize, text: &mut Vec<u8>) {
    let start = text.len();
    let mut rest = number;
    while rest > 0 || text.len() - start < least_digits {
        // The remainder of a division by 10 is a single digit.
        text.push(b'0' + u8::try_from(rest % 10).unwrap_or(0));
        rest /= 10;
    }
    if let Some(digits) = text.get_mut(start..) {
        digits.reverse();
    }
}

fn write_position(position: Coord<f64>, extent: &mut Extent, text: &mut Vec<u8>) {
    let (longitude, latitude) = (parts(position.x), parts(position.y));
    extent.take(longitude, latitude);
    text.push(b'[');
    write_degrees(longitude, text);
    text.push(b',');
    write_degrees(latitude, text);
    text.push(b']');
}

/// Writes items between brackets, with commas between them.
fn write_list<T>(items: impl Iterator<Item = T>, text: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    text.push(b'[');
    for (position, item) in items.enumerate() {
        if position > 0 {
            text.push(b',');
        }
        write(item, text);
    }
    text.push(b']');
}

fn write_line(line: &LineString<f64>, extent: &mut Extent, text: &mut Vec<u8>) {
    write_list(line.0.iter(), text, |position, text| write_position(*position, extent, text));
}

fn write_ring(ring: &LineString<f64>, counter_clockwise: bool, extent: &mut Extent, text: &mut Vec<u8>) {
    // Twice the signed area from the ring's first corner, which keeps the numbers small: positive when
    // counter-clockwise. A ring without area stays as it is.
    let corner = ring.0.first().copied().unwrap_or_default();
    let area: f64 = ring
        .0
        .windows(2)
        .map(|side| match side {
            [from, to] => (from.x - corner.x) * (to.y - corner.y) - (to.x - corner.x) * (from.y - corner.y),
            _ => 0.0,
        })
        .sum();
    if area != 0.0 && (area > 0.0) != counter_clockwise {
        write_list(ring.0.iter().rev(), text, |position, text| write_position(*position, extent, text));
    } else {
        write_line(ring, extent, text);
    }
}

fn write_rings(polygon: &Polygon<f64>, extent: &mut Extent, text: &mut Vec<u8>) {
    let rings = std::iter::once((polygon.exterior(), true));
    let rings = rings.chain(polygon.interiors().iter().map(|ring| (ring, false)));
    write_list(rings, text, |(ring, outer), text| write_ring(ring, outer, extent, text));
}

/// Writes a geometry as a GeoJSON object, and widens the extent by it.
pub(crate) fn write_geometry(geometry: &Geometry<f64>, extent: &mut Extent, text: &mut Vec<u8>) {
    let open = |kind: &str, text: &mut Vec<u8>| {
        text.extend_from_slice(b"{\"type\":\"");
        text.extend_from_slice(kind.as_bytes());
        text.extend_from_slice(b"\",\"coordinates\":");
    };
    match geometry {
        Geometry::Point(point) => {
            open("Point", text);
            write_position(point.0, extent, text);
        }
        Geometry::MultiPoint(points) => {
            open("MultiPoint", text);
            write_list(points.0.iter(), text, |point, text| write_position(point.0, extent, text));
        }
        Geometry::Line(line) => {
            open("LineString", text);
            write_list([line.start, line.end].into_iter(), text, |end, text| write_position(end, extent, text));
        }
        Geometry::LineString(line) => {
            open("LineString", text);
            write_line(line, extent, text);
        }
        Geometry::MultiLineString(lines) => {
            open("MultiLineString", text);
            write_list(lines.0.iter(), text, |line, text| write_line(line, extent, text));
        }
        Geometry::Polygon(polygon) => {
            open("Polygon", text);
            write_rings(polygon, extent, text);
        }
        Geometry::MultiPolygon(polygons) => {
            open("MultiPolygon", text);
            write_list(polygons.0.iter(), text, |polygon, text| write_rings(polygon, extent, text));
        }
        Geometry::Rect(rectangle) => {
            open("Polygon", text);
            write_rings(&rectangle.to_polygon(), extent, text);
        }
        Geometry::Triangle(triangle) => {
            open("Polygon", text);
            write_rings(&triangle.to_polygon(), extent, text);
        }
        Geometry::GeometryCollection(geometries) => {
            text.extend_from_slice(b"{\"type\":\"GeometryCollection\",\"geometries\":");
            write_list(geometries.0.iter(), text, |geometry, text| write_geometry(geometry, extent, text));
        }
    }
    text.push(b'}');
}

#[cfg(test)]
mod tests {
    use super::{Extent, parts, write_degrees, write_geometry};
    use geo::{Geometry, LineString, Polygon};

    fn degrees(number: f64) -> String {
        let mut text = Vec::new();
        write_degrees(parts(number), &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn degrees_have_seven_decimals_at_most_and_no_needless_zero() {
        for (number, expected) in [
            (6.0, "6"),
            (-0.0, "0"),
            (6.17570, "6.1757"),
            (-180.0, "-180"),
            (0.000_000_1, "0.0000001"),
            (-0.000_000_04, "0"),
            (49.119_300_049, "49.1193"),
            (2.123_456_789, "2.1234568"),
        ] {
            assert_eq!(degrees(number), expected);
            assert_eq!(degrees(degrees(number).parse().unwrap()), expected, "read and written again");
        }
    }

    #[test]
    fn rings_turn_as_rfc_7946_says_and_the_extent_holds_all() {
        let ring = |corners: &[(f64, f64)]| LineString::from(corners.to_vec());
        let clockwise = ring(&[(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0)]);
        let hole = ring(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]);
        let (mut extent, mut text) = (Extent::default(), Vec::new());
        write_geometry(&Geometry::Polygon(Polygon::new(clockwise, vec![hole])), &mut extent, &mut text);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}"
        );
        let mut bbox = Vec::new();
        extent.write(&mut bbox);
        assert_eq!(bbox, b"\"bbox\":[0,0,4,4],");
    }
}
