//! Another reading of extracts: recursion over fields, all in memory, no checks.

use std::collections::HashMap;
use std::io::Read;

pub type Tags = HashMap<String, String>;

#[derive(Default)]
pub struct Everything {
    pub nodes: Vec<(i64, (f64, f64), Tags)>,
    pub ways: Vec<(Vec<i64>, Tags)>,
}

fn number(bytes: &mut &[u8]) -> u64 {
    let byte = bytes[0];
    *bytes = &bytes[1..];
    if byte < 128 { u64::from(byte) } else { u64::from(byte - 128) + 128 * number(bytes) }
}

/// Fields of a message: whole numbers have no bytes.
fn fields(mut bytes: &[u8]) -> Vec<(u64, u64, &[u8])> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = number(&mut bytes);
        let value = number(&mut bytes);
        if key % 8 == 2 {
            found.push((key / 8, value, &bytes[..value as usize]));
            bytes = &bytes[value as usize..];
        } else {
            assert_eq!(key % 8, 0);
            found.push((key / 8, value, &[][..]));
        }
    }
    found
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        all.push(number(&mut bytes));
    }
    all
}

fn sums(bytes: &[u8]) -> Vec<i64> {
    let mut sum = 0;
    let steps =
        numbers(bytes).into_iter().map(|step| if step % 2 == 0 { (step / 2) as i64 } else { -((step / 2) as i64) - 1 });
    steps
        .map(|step| {
            sum += step;
            sum
        })
        .collect()
}

fn field<'a>(of: &[(u64, u64, &'a [u8])], wanted: u64) -> &'a [u8] {
    of.iter().find(|field| field.0 == wanted).map_or(&[], |field| field.2)
}

pub fn read_everything(file: &std::path::Path) -> Everything {
    let all = std::fs::read(file).unwrap();
    let (mut rest, mut found) = (&all[..], Everything::default());
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let header = fields(&rest[4..4 + length]);
        let size = header.iter().find(|field| field.0 == 3).unwrap().1 as usize;
        let blob = fields(&rest[4 + length..4 + length + size]);
        rest = &rest[4 + length + size..];
        if field(&header, 1) != b"OSMData" {
            continue;
        }
        let mut contents = Vec::new();
        flate2::read::ZlibDecoder::new(field(&blob, 3)).read_to_end(&mut contents).unwrap();
        let block = fields(&contents);
        assert!(block.iter().all(|field| field.0 < 3 || (field.0 == 17 && field.1 == 100) || field.0 == 18));
        let texts: Vec<String> =
            fields(field(&block, 1)).iter().map(|text| String::from_utf8_lossy(text.2).into_owned()).collect();
        let text = |at: u64| texts[at as usize].clone();
        for group in block.iter().filter(|field| field.0 == 2) {
            for (kind, _, bytes) in fields(group.2) {
                let element = fields(bytes);
                if kind == 2 {
                    let (east, north) = (sums(field(&element, 9)), sums(field(&element, 8)));
                    let pairs = numbers(field(&element, 10));
                    let mut lists = pairs.iter().copied();
                    for (at, id) in sums(field(&element, 1)).into_iter().enumerate() {
                        let mut tags = Tags::new();
                        while let Some(key) = lists.next().filter(|&key| key != 0) {
                            tags.insert(text(key), text(lists.next().unwrap()));
                        }
                        found.nodes.push((id, (east[at] as f64 * 1e-7, north[at] as f64 * 1e-7), tags));
                    }
                } else if kind == 3 {
                    let keys = numbers(field(&element, 2)).into_iter().map(text);
                    let tags = keys.zip(numbers(field(&element, 3)).into_iter().map(text)).collect();
                    found.ways.push((sums(field(&element, 8)), tags));
                }
            }
        }
    }
    found
}
