//! Files that are no data, and documents that are no collection of features.

use maillage_io::Language;

use crate::case::{accepted, communes_of, refused};
use crate::features::{around, feature, good, point, polygon, properties, with_geometry, with_properties};

#[test]
fn good_files_are_read() {
    let communes = accepted("a.geojson", around(&good(57463)), &[]);
    assert_eq!(communes.len(), 3);
    assert_eq!((communes[1].code.as_str(), communes[1].name.as_str()), ("57463", "Metz"));
    assert_eq!((communes[1].population, communes[1].access), (120, Some(3.5)));
    accepted("a.geojson", around(&good(57463)).replace('\n', "\r\n"), &[]);
    accepted("a.geojson", around(&good(57463)).replace('\n', "\r"), &[]);
    accepted("a.geojson", format!("\u{feff}{}", around(&good(57463))), &["W110"]);
    accepted("a.geojson", good(57463), &[]);
    let lines = format!("\u{1e}{}\n{}\n\n", good(57001), good(57002));
    assert_eq!(accepted("a.geojsonl", &lines, &[]).len(), 2);
    refused("a.geojson", &lines, "E130");
    refused("a.geojson", format!("{}\n{}", good(57001), good(57002)), "E130");
}

#[test]
fn bytes_that_are_no_data_are_named() {
    let zipped = b"PK\x03\x04 [Content_Types].xml".as_slice();
    for (content, code) in [
        (b"".as_slice(), "E110"),
        (b" \n ", "E110"),
        (b"\xff\xfe{\0", "E111"),
        (b"{\"type\":\"Z\xe9\"}", "E112"),
        (b"\x1f\x8b\x08", "E113"),
        (zipped, "E113"),
        (b"<!DOCTYPE html>", "E114"),
        (b"load({\"type\":1});", "E115"),
        (b"{\"type\":\"a\0\"}", "E116"),
    ] {
        refused("a.geojson", content, code);
    }
    let latin = refused("a.csv", b"code,name,population\n57463,Z\xe9,3\n", "E112");
    assert_eq!((latin.line, latin.column), (Some(2), Some(8)));
    accepted("a.geojson", around(&good(57463)).replace("Metz", "SaÃ©ns"), &["W111"]);
    accepted("a.geojson", around(&good(57463)).replace("Metz", "M\u{202e}etz\\u0000"), &["W112"]);
    let lone = refused("a.geojson", around(&good(57463)).replace("Metz", "\\ud800"), "E124");
    assert_eq!(lone.feature, Some(0));
}

#[test]
fn every_prefix_of_a_good_file_is_refused() {
    let whole = around(&feature(&properties("57463"), &polygon("[[[6,49],[6.5,49],[6.5,49.51234],[6,49]]]")));
    for length in 0..whole.len() {
        let (communes, findings) = communes_of("a.geojson", &whole[..length]);
        assert!(communes.is_none() && findings.exit_code() == 3, "{length}");
    }
    let cut = refused("a.geojson", &whole[..=whole.rfind(",\n").unwrap()], "E120");
    assert!(cut.problem(Language::English).contains("inside \"features\" after 2 features"));
    let lines = "code,name,population,apl\n57463,Metz,120,3\n57001,\"A\",1,2\n";
    let (header, _) = lines.split_at(24);
    refused("a.csv", header, "E128");
}

#[test]
fn documents_that_are_not_one_collection_are_refused() {
    let whole = around(&good(57463));
    let cases: Vec<(String, &str)> = vec![
        (format!("{whole}x"), "E121"),
        (format!("{whole}{whole}"), "E121"),
        (format!("{whole}]}}"), "E121"),
        (whole.replace("\n]", ",\n]"), "E122"),
        (whole.replace(",\n", ",,\n"), "E122"),
        (whole.replace("\"type\"", "'type'"), "E122"),
        (whole.replace("120", "NaN"), "E122"),
        (whole.replace("120", "Infinity"), "E122"),
        (whole.replace("120", "1 // people\n"), "E122"),
        (whole.replace("120", "1e400"), "E123"),
        (whole.replacen("\"features\"", "\"features\":[],\"features\"", 1), "E126"),
        (whole.replacen("\"features\"", "\"type\":\"FeatureCollection\",\"features\"", 1), "E126"),
        ("{\"type\":\"FeatureCollection\"}".to_owned(), "E127"),
        ("{\"type\":\"FeatureCollection\",\"features\":null}".to_owned(), "E127"),
        ("{\"type\":\"FeatureCollection\",\"features\":{}}".to_owned(), "E127"),
        ("{\"type\":\"FeatureCollection\",\"features\":[]}".to_owned(), "E128"),
        (point(6.0, 49.0), "E129"),
        (format!("[{}]", good(57463)), "E129"),
        ("{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}".to_owned(), "E129"),
        ("{\"geometryType\":\"esriGeometryPoint\",\"features\":[]}".to_owned(), "E129"),
        ("{\"features\":[]}".to_owned(), "E129"),
        (whole.replace("FeatureCollection", "featurecollection"), "E129"),
        (whole.replace("FeatureCollection", "Banana"), "E129"),
    ];
    for (content, code) in cases {
        refused("a.geojson", content, code);
    }
}

#[test]
fn members_in_any_order_are_accepted() {
    let features = format!("[{},{}]", good(57001), good(57002));
    for (content, codes) in [
        (format!("{{\"features\":{features},\"type\":\"FeatureCollection\"}}"), vec![]),
        (
            format!("{{\"type\":\"FeatureCollection\",\"bbox\":[1,2,3,4],\"name\":\"a [b\",\"features\":{features}}}"),
            vec![],
        ),
        (
            format!("{{\"metadata\":{{\"authors\":[\"x\"]}},\"type\":\"FeatureCollection\",\"features\":{features}}}"),
            vec!["W138"],
        ),
        (
            format!("{{\"old_features\":[{}],\"type\":\"FeatureCollection\",\"features\":{features}}}", good(57009)),
            vec!["W138"],
        ),
        (
            format!(
                "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\
                 \"urn:ogc:def:crs:OGC:1.3:CRS84\"}}}},\"features\":{features}}}"
            ),
            vec![],
        ),
    ] {
        let communes = accepted("a.geojson", content, &codes);
        assert_eq!(communes.iter().map(|commune| commune.code.as_str()).collect::<Vec<_>>(), ["57001", "57002"]);
    }
}

#[test]
fn features_that_are_none_are_refused_with_their_index() {
    let one = good(57463);
    for (middle, code) in [
        ("null".to_owned(), "E131"),
        ("7".to_owned(), "E131"),
        (point(6.0, 49.0), "E131"),
        (one.replace("\"Feature\"", "\"feature\""), "E131"),
        (one.replace("\"type\":\"Feature\",", ""), "E131"),
        (format!("{{\"type\":\"Feature\",\"geometry\":{}}}", point(6.0, 49.0)), "E133"),
        (format!("{{\"type\":\"Feature\",\"properties\":null,\"geometry\":{}}}", point(6.0, 49.0)), "E133"),
        (format!("{{\"type\":\"Feature\",\"properties\":[1],\"geometry\":{}}}", point(6.0, 49.0)), "E134"),
        (format!("{{\"type\":\"Feature\",\"properties\":\"a\",\"geometry\":{}}}", point(6.0, 49.0)), "E134"),
        (format!("{{\"type\":\"Feature\",\"properties\":{{{}}}}}", properties("57463")), "E137"),
        (feature(&properties("57463"), "null"), "E137"),
        (one.replace("\"Feature\"", "\"Feature\",\"type\":\"Feature\""), "E126"),
    ] {
        let finding = refused("a.geojson", around(&middle), code);
        assert_eq!((finding.feature, finding.line), (Some(1), Some(3)), "{middle}");
    }
    let twice = refused("a.geojson", with_properties(&format!("{},\"code\":\"57464\"", properties("57463"))), "E125");
    assert_eq!(
        (twice.value.as_deref(), twice.field.as_deref()),
        (Some("\\\"57463\\\"".replace('\\', "").as_str()), Some("code"))
    );
    assert!(twice.problem(Language::English).contains("\"57464\""));
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let closed = refused("a.geojson", with_geometry(&polygon(&deep)), "E142");
    assert_eq!(closed.feature, Some(1));
    refused("a.geojson", with_geometry(&polygon(&"[".repeat(100_000))), "E122");
    refused("a.geojson", with_properties(&format!("{},\"deep\":{deep}", properties("57463"))), "E122");
    let collections = "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(20_000) + &"]}".repeat(20_000);
    refused("a.geojson", with_geometry(&collections), "E147");
}
