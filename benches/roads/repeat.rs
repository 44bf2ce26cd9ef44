//! An extract side by side with itself: identifiers and places of each copy are shifted, and a road joins it to the last.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use maillage_fixtures::{osm_block, osm_field, osm_number, osm_signed, packed_blob};

/// Between the identifiers of two copies: more than there are.
const APART: i64 = 20_000_000_000;
/// Billionths of a degree between two copies.
const EAST: i64 = 400_000_000;

type Field<'a> = (u64, u64, &'a [u8]);

fn number(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            return value;
        }
    }
}

/// Fields of a message: number, value, bytes.
fn fields(mut bytes: &[u8]) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (key, value) = (number(&mut bytes), number(&mut bytes));
        let contents;
        (contents, bytes) = bytes.split_at(if key % 8 == 2 { value as usize } else { 0 });
        found.push((key, value, contents));
    }
    found
}

fn same(&(key, value, contents): &Field<'_>) -> Vec<u8> {
    if key % 8 == 2 { osm_field(key / 8, contents) } else { [osm_number(key), osm_number(value)].concat() }
}

/// A list whose first member, from which the others are counted, is shifted.
fn shifted(field: u64, mut list: &[u8], by: i64) -> Vec<u8> {
    let first = number(&mut list);
    let first = (first >> 1).cast_signed() ^ -((first & 1).cast_signed());
    osm_field(field, &[osm_signed(first + by), list.to_vec()].concat())
}

fn way(bytes: &[u8], by: i64) -> Vec<u8> {
    let rewritten = fields(bytes)
        .iter()
        .flat_map(|field| match *field {
            (8, id, _) => [osm_number(8), osm_number((id.cast_signed() + by).cast_unsigned())].concat(),
            (66, _, points) if !points.is_empty() => shifted(8, points, by),
            _ => same(field),
        })
        .collect::<Vec<u8>>();
    osm_field(3, &rewritten)
}

fn block(bytes: &[u8], copy: i64) -> Vec<u8> {
    let by = copy * APART;
    let mut made: Vec<u8> = Vec::with_capacity(bytes.len() + 64);
    for field in fields(bytes) {
        match field {
            (18, _, group) => {
                let group: Vec<u8> = fields(group)
                    .iter()
                    .flat_map(|field| match *field {
                        (18, _, dense) => {
                            let dense = fields(dense);
                            let dense = dense.iter().flat_map(|field| match *field {
                                (10, _, ids) => shifted(1, ids, by),
                                _ => same(field),
                            });
                            osm_field(2, &dense.collect::<Vec<u8>>())
                        }
                        (26, _, bytes) => way(bytes, by),
                        _ => same(field),
                    })
                    .collect();
                made.extend(osm_field(2, &group));
            }
            // The offset of longitudes, written anew below.
            (160, ..) => {}
            _ => made.extend(same(&field)),
        }
    }
    // 20 is the offset of longitudes.
    made.extend([osm_number(160), osm_number((copy * EAST).cast_unsigned())].concat());
    made
}

/// Returns an extract some times side by side, points first, compressed as such files are.
pub fn repeat(bytes: &[u8], copies: i64) -> Vec<u8> {
    let mut made = Vec::new();
    let (mut header, mut by_kind) = (Vec::new(), [const { Vec::<Vec<u8>>::new() }; 3]);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, after) = rest.split_at(4);
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        let stated = fields(&after[..length]);
        let size = stated.iter().find(|field| field.0 == 24).unwrap().1 as usize;
        let body = &after[length..length + size];
        let is_header = stated[0].2 == b"OSMHeader";
        if is_header {
            header = [&rest[..4 + length], body].concat();
        } else {
            let blob = fields(body);
            let mut contents = Vec::new();
            ZlibDecoder::new(blob.iter().find(|field| field.0 == 26).unwrap().2).read_to_end(&mut contents).unwrap();
            let group = fields(&contents).into_iter().find(|field| field.0 == 18).map(|field| field.2);
            let kind = group.and_then(|group| fields(group).first().map(|field| field.0 / 8)).unwrap_or(4);
            by_kind[(kind.clamp(2, 4) - 2) as usize].push(contents);
        }
        rest = &after[length + size..];
    }
    made.extend(header);
    for blocks in &by_kind {
        for copy in 0..copies {
            for contents in blocks {
                made.extend(packed(&block(contents, copy)));
            }
        }
    }
    made.extend(packed(&bridges(&by_kind[1], copies)));
    made
}

fn packed(contents: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(contents).unwrap();
    osm_block("OSMData", &packed_blob(contents.len() as u64, &encoder.finish().unwrap()))
}

/// Roads between the copies, from the first point of the same street in each.
fn bridges(ways: &[Vec<u8>], copies: i64) -> Vec<u8> {
    let street = ways.iter().find_map(|block| {
        let contents = fields(block);
        let texts = fields(contents.first()?.2);
        let primary = texts.iter().position(|text| text.2 == b"primary")? as u64;
        let groups = contents.iter().filter(|field| field.0 == 18).flat_map(|field| fields(field.2));
        groups.filter(|field| field.0 == 26).find_map(|(_, _, way)| {
            let way = fields(way);
            let mut values = way.iter().find(|field| field.0 == 26)?.2;
            let mut is_primary = false;
            while !values.is_empty() {
                is_primary |= number(&mut values) == primary;
            }
            let first = number(&mut { way.iter().find(|field| field.0 == 66)?.2 });
            is_primary.then_some((first >> 1).cast_signed())
        })
    });
    let street = street.unwrap();
    let texts: Vec<u8> = ["", "highway", "primary"].iter().flat_map(|text| osm_field(1, text.as_bytes())).collect();
    let ways = (1..copies).flat_map(|copy| {
        let points = [osm_signed(street + (copy - 1) * APART), osm_signed(APART)].concat();
        let id = [osm_number(8), osm_number((copies * APART + copy).cast_unsigned())].concat();
        osm_field(3, &[id, osm_field(2, &[1]), osm_field(3, &[2]), osm_field(8, &points)].concat())
    });
    [osm_field(1, &texts), osm_field(2, &ways.collect::<Vec<u8>>())].concat()
}
