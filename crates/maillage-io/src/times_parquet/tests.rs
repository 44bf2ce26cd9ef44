mod parquet_file;

use std::collections::HashMap;
use std::sync::Arc;

use maillage_core::Position;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::DoubleType;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use self::parquet_file::{Values, file};
use super::*;
use crate::times_table::{IdList, TimesMissing};

const OURS: &str =
    "message m { required binary site (STRING); required binary place (STRING); required double minutes; }";

fn whole(properties: WriterProperties) -> Vec<u8> {
    let first = [
        Values::Texts(vec!["s1"; 3]),
        Values::Texts(vec!["57001", "57002", "57003"]),
        Values::Doubles(vec![0.0, 10.0, 20.01]),
    ];
    let second = [
        Values::Texts(vec!["s2"; 3]),
        Values::Texts(vec!["57001", "57002", "57003"]),
        Values::Doubles(vec![10.1, 2.0, 9.5]),
    ];
    file(OURS, &[first, second], None, properties)
}

const EXPECTED: [(u32, u32, u32); 6] =
    [(0, 0, 0), (0, 1, 6000), (0, 2, 12_006), (1, 0, 6060), (1, 1, 1200), (1, 2, 5700)];

type Read = (Vec<(u32, u32, u32)>, Vec<&'static str>, String);

fn read(bytes: &[u8], table: &TimesTable) -> Read {
    let place = |latitude| Position::new(6.0, latitude).unwrap();
    let sites = HashMap::from([("s1", (0, place(49.0))), ("s2", (1, place(49.1)))]);
    let communes =
        HashMap::from([("57001", (0, place(49.0))), ("57002", (1, place(49.1))), ("57003", (2, place(49.2)))]);
    let mut source = Source::from_bytes("times.parquet", bytes);
    let mut findings = Findings::default();
    let mut pairs = TimesPairs::between(sites, communes);
    let read = of_parquet(&mut source, table, &mut pairs, &mut findings);
    let entries = read.map(|(_, unit)| pairs.finish(&source, unit, &mut findings)).unwrap_or_default();
    (
        entries.iter().map(|(site, place, time)| (*site, *place, time.deciseconds())).collect(),
        findings.iter().map(|finding| finding.code).collect(),
        findings.to_text(crate::Language::English),
    )
}

fn plain(compression: Compression) -> WriterProperties {
    WriterProperties::builder().set_compression(compression).build()
}

#[test]
fn every_compression_and_both_kinds_of_page_are_read() {
    let compressions = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
    ];
    for compression in compressions {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for dictionary in [true, false] {
                let properties = WriterProperties::builder()
                    .set_compression(compression)
                    .set_writer_version(version)
                    .set_dictionary_enabled(dictionary);
                let (entries, codes, _) = read(&whole(properties.build()), &TimesTable::default());
                assert_eq!((entries.as_slice(), codes.len()), (EXPECTED.as_slice(), 0), "{compression:?}");
            }
        }
    }
}

#[test]
fn numbers_of_any_width_and_identifiers_as_numbers_are_read() {
    let schema = "message m { required int32 from_id; required int64 time; required binary to_id (STRING); }";
    let columns =
        [Values::Wholes(vec![57001, 57002, 57003]), Values::Longs(vec![0, 600, 1201]), Values::Texts(vec!["s1"; 3])];
    let bytes = file(schema, &[columns], None, plain(Compression::SNAPPY));
    let seconds = TimesTable { time: Some("time".to_owned()), unit: Some(TimesUnit::Seconds), ..TimesTable::default() };
    assert_eq!(read(&bytes, &seconds).0, [(0, 0, 0), (0, 1, 6000), (0, 2, 12_010)]);
    let schema = "message m { required binary site; required int64 place; required float minutes; }";
    let columns = [
        Values::Texts(vec!["s1"; 2]),
        Values::Longs(vec![57002, 57003]),
        // The decimal 10.1 is not a single: it must not become 6060.0003 deciseconds, then 6061.
        Values::Singles(vec![10.1, 20.2]),
    ];
    let bytes = file(schema, &[columns], None, plain(Compression::SNAPPY));
    assert_eq!(read(&bytes, &TimesTable::default()).0, [(0, 1, 6060), (0, 2, 12_120)]);
}

#[test]
fn a_null_time_is_refused_or_out_of_reach() {
    let schema = "message m { required binary site; required binary place; optional double minutes; }";
    let columns = [
        Values::Texts(vec!["s1"; 3]),
        Values::Texts(vec!["57001", "57002", "57003"]),
        Values::Doubles(vec![0.0, 20.0]),
    ];
    let bytes = file(schema, &[columns], Some(&[1, 0, 1]), plain(Compression::SNAPPY));
    let (entries, codes, text) = read(&bytes, &TimesTable::default());
    assert_eq!((entries.len(), codes.first()), (2, Some(&"E323")));
    assert!(text.contains("row 2"), "{text}");
    let table = TimesTable { missing: TimesMissing::OutOfReach, ..TimesTable::default() };
    assert_eq!(read(&bytes, &table).0, [(0, 0, 0), (0, 2, 12_000)]);
}

#[test]
fn what_is_wrong_in_a_table_is_told_with_its_row() {
    let told = |time: f64, site: &'static str| {
        let columns =
            [Values::Texts(vec!["s1", site]), Values::Texts(vec!["57001", "57002"]), Values::Doubles(vec![0.0, time])];
        let bytes = file(OURS, &[columns], None, plain(Compression::SNAPPY));
        let (_, codes, text) = read(&bytes, &TimesTable::default());
        (codes[0], text.contains("row 2"))
    };
    for (time, site, code) in [
        (-1.0, "s1", "E322"),
        (-3.0, "s1", "E321"),
        (99_999.0, "s1", "E322"),
        (2_147_483_647.0, "s1", "E322"),
        (f64::NAN, "s1", "E323"),
        (f64::INFINITY, "s1", "E323"),
        (10.0, "", "E202"),
        (10.0, "s9", "E326"),
    ] {
        let (found, is_named) = told(time, site);
        assert_eq!((found, is_named), (code, true), "{time} {site}");
    }
    let columns =
        [Values::Texts(vec!["s1", "s1"]), Values::Texts(vec!["57002", "57002"]), Values::Doubles(vec![10.0, 10.0])];
    let (_, codes, text) = read(&file(OURS, &[columns], None, plain(Compression::SNAPPY)), &TimesTable::default());
    assert_eq!(codes[0], "E325");
    assert!(text.contains("row 1"), "{text}");
}

#[test]
fn columns_of_other_kinds_are_refused() {
    for (kind, values, said) in [
        ("int32 minutes (DECIMAL(9,2))", Values::Wholes(vec![1000]), "DECIMAL"),
        ("int64 minutes (TIME(MICROS,false))", Values::Longs(vec![1000]), "TIME"),
        ("int64 minutes (TIMESTAMP(MILLIS,true))", Values::Longs(vec![1000]), "TIMESTAMP"),
    ] {
        let schema = format!("message m {{ required binary site; required binary place; required {kind}; }}");
        let columns = [Values::Texts(vec!["s1"]), Values::Texts(vec!["57002"]), values];
        let bytes = file(&schema, &[columns], None, plain(Compression::SNAPPY));
        let (_, codes, text) = read(&bytes, &TimesTable::default());
        assert_eq!(codes, ["E339"], "{kind}");
        assert!(text.contains(said), "{text}");
    }
    let (_, codes, _) = read(
        &whole(WriterProperties::default()),
        &TimesTable { time: Some("durée".to_owned()), ..TimesTable::default() },
    );
    assert_eq!(codes, ["E201"]);
    let clock = TimesTable { unit: Some(TimesUnit::Clock), ..TimesTable::default() };
    assert_eq!(read(&whole(WriterProperties::default()), &clock).1[0], "E211");
    let list = Some(IdList { file: "ids.txt".into(), column: None });
    assert!(
        TimesTable { origins: list, ..TimesTable::default() }
            .check(false, &Source::from_bytes("x", ""), &mut Findings::default())
            .is_none()
    );
}

#[test]
fn a_damaged_file_is_refused_or_read_and_never_a_panic() {
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let bytes = whole(properties.set_writer_version(version).build());
        for length in 0..bytes.len() {
            let (entries, codes, _) = read(&bytes[..length], &TimesTable::default());
            assert!(entries.is_empty() && codes == ["E338"], "{length}: {codes:?}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                // Pages carry no checksum by default: a changed value may be read, anything else is told.
                let (entries, codes, text) = read(&damaged, &TimesTable::default());
                assert!(entries.len() <= 6, "byte {at}, bit {bit}");
                assert!(!entries.is_empty() || !codes.is_empty(), "byte {at}, bit {bit}: {text}");
            }
        }
    }
}

#[test]
fn a_page_that_claims_too_much_is_refused_before_it_is_unpacked() {
    let rows = 34_000_000;
    let columns = [Values::Texts(vec!["s1"; 1]), Values::Texts(vec!["57001"; 1]), Values::Doubles(vec![0.0; 1])];
    let properties = plain(Compression::ZSTD(ZstdLevel::default()));
    assert!(read(&file(OURS, &[columns], None, properties), &TimesTable::default()).1.contains(&"W329"));
    // A page of 272 MB of zeros, packed into some kilobytes.
    let schema = "message m { required double minutes; }";
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false)
        .set_data_page_size_limit(usize::MAX)
        .set_write_batch_size(rows);
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&vec![0.0; rows], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    let bytes = writer.into_inner().unwrap();
    let minutes = Some("minutes".to_owned());
    let table = TimesTable { site: minutes.clone(), place: minutes, ..TimesTable::default() };
    let (_, codes, text) = read(&bytes, &table);
    assert_eq!(codes, ["E338"], "{text}");
    assert!(text.contains("256 MB"), "{text}");
}
