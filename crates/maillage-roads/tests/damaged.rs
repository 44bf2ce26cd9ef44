//! Extracts that are cut off, bit-flipped, or blown up: an error or roads, never a panic, never much memory.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "tests")]

use std::io::{Cursor, Write};

use maillage_roads::{Damage, Profile, RoadError, Roads};

fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 128 {
        bytes.push((value % 128) as u8 | 128);
        value /= 128;
    }
    bytes.push(value as u8);
    bytes
}

fn bytes_field(field: u64, bytes: &[u8]) -> Vec<u8> {
    [number(field * 8 + 2), number(bytes.len() as u64), bytes.to_vec()].concat()
}

fn number_field(field: u64, value: u64) -> Vec<u8> {
    [number(field * 8), number(value)].concat()
}

fn blob(kind: &str, contents: &[u8], stated: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(contents).unwrap();
    let body = [number_field(2, stated as u64), bytes_field(3, &packed.finish().unwrap())].concat();
    let header = [bytes_field(1, kind.as_bytes()), number_field(3, body.len() as u64)].concat();
    [(header.len() as u32).to_be_bytes().to_vec(), header, body].concat()
}

fn zigzag(values: &[i64]) -> Vec<u8> {
    let (mut last, mut bytes) = (0, Vec::new());
    for &value in values {
        let step = value - last;
        bytes.extend(number(((step << 1) ^ (step >> 63)).cast_unsigned()));
        last = value;
    }
    bytes
}

/// Three points 0.01 degrees apart on one residential street.
fn street() -> Vec<u8> {
    let texts = ["", "highway", "residential"].map(|text| bytes_field(1, text.as_bytes())).concat();
    let dense = [
        bytes_field(1, &zigzag(&[1, 2, 3])),
        bytes_field(8, &zigzag(&[480_000_000; 3])),
        bytes_field(9, &zigzag(&[60_000_000, 60_100_000, 60_200_000])),
    ];
    let way = [number_field(1, 7), bytes_field(2, &[1]), bytes_field(3, &[2]), bytes_field(8, &zigzag(&[1, 2, 3]))];
    let group = |field, bytes: Vec<u8>| bytes_field(2, &bytes_field(field, &bytes));
    let block = [bytes_field(1, &texts), group(2, dense.concat()), group(3, way.concat())].concat();
    [header(), blob("OSMData", &block, block.len())].concat()
}

fn header() -> Vec<u8> {
    let features = [bytes_field(4, b"OsmSchema-V0.6"), bytes_field(4, b"DenseNodes")].concat();
    blob("OSMHeader", &features, features.len())
}

fn read(bytes: &[u8]) -> Result<Roads, RoadError> {
    Roads::from_source(&mut Cursor::new(bytes), Profile::named("car").unwrap())
}

fn damage(bytes: &[u8]) -> Option<Damage> {
    match read(bytes).err()? {
        RoadError::Damaged { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn a_street_is_read_and_its_points_joined() {
    let counts = read(&street()).unwrap().counts();
    assert_eq!((counts.ways, counts.points, counts.junctions, counts.arcs), (1, 3, 2, 2));
}

#[test]
fn a_file_cut_anywhere_inside_a_block_is_refused() {
    let whole = street();
    for length in (0..whole.len()).filter(|&length| length != header().len()) {
        assert!(damage(&whole[..length]).is_some(), "{length}");
    }
    assert!(matches!(read(&header()), Err(RoadError::NoRoad { .. })));
}

#[test]
fn no_flipped_bit_brings_a_panic() {
    let whole = street();
    for at in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        let _either_way = read(&flipped);
    }
}

#[test]
fn a_block_that_blows_up_is_refused() {
    let zeros = vec![0; 40 << 20];
    for (stated, expected) in [(zeros.len(), Damage::TooLarge), (100, Damage::Inflate), (32 << 20, Damage::Inflate)] {
        assert_eq!(damage(&[header(), blob("OSMData", &zeros, stated)].concat()), Some(expected));
    }
    assert_eq!(damage(b"{\"type\": \"FeatureCollection\"}"), Some(Damage::NotAnExtract));
    assert_eq!(damage(b""), Some(Damage::NotAnExtract));
}

#[test]
fn a_block_that_grows_when_it_is_read_is_refused() {
    let texts = ["", "highway", "residential"].map(|text| bytes_field(1, text.as_bytes())).concat();
    let way = |points: usize| {
        [number_field(1, 7), bytes_field(2, &[1]), bytes_field(3, &[2]), bytes_field(8, &vec![2; points])].concat()
    };
    let group = |way: &[u8]| bytes_field(2, &bytes_field(3, way));
    let block = |texts: &[u8], groups: Vec<u8>| {
        let block = [bytes_field(1, texts), groups].concat();
        [header(), blob("OSMData", &block, block.len())].concat()
    };
    // One way of five million references, then many of a million, then texts without end.
    assert_eq!(damage(&block(&texts, group(&way(5_000_000)))), Some(Damage::TooMany));
    assert_eq!(damage(&block(&texts, group(&way(1_000_000)).repeat(5))), Some(Damage::TooMany));
    assert_eq!(damage(&block(&bytes_field(1, b"").repeat(1_000_001), Vec::new())), Some(Damage::TooMany));
    assert_eq!(damage(&block(&texts, bytes_field(2, b"").repeat(1_000_001))), Some(Damage::TooMany));
}
