//! Geometries and their coordinates.

use geo::Geometry;
use maillage_io::Language;

use crate::case::{accepted, refused};
use crate::features::{around, collection, feature, good, point, polygon, properties, with_geometry};

#[test]
fn geometries_are_checked_position_by_position() {
    for (geometry, code) in [
        ("{\"type\":\"Point\",\"coordinates\":[6]}", "E140"),
        ("{\"type\":\"Point\",\"coordinates\":[]}", "E141"),
        ("{\"type\":\"Point\"}", "E141"),
        ("{\"type\":\"Point\",\"coordinates\":null}", "E142"),
        ("{\"type\":\"Point\",\"coordinates\":[\"6\",49]}", "E142"),
        ("{\"type\":\"Point\",\"coordinates\":[null,49]}", "E142"),
        ("{\"type\":\"Polygon\",\"coordinates\":[]}", "E141"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[]]}", "E145"),
        ("{\"type\":\"MultiPolygon\",\"coordinates\":[[]]}", "E141"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[6,49],[7]]]}", "E140"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[6,49],[]]]}", "E140"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[6,49],[7,49],[6,49]]]}", "E145"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[6,49],[7,49],[7,50],[6,50]]]}", "E144"),
        ("{\"type\":\"Polygon\",\"coordinates\":[[[6,48],[7,49],[7,48],[6,49],[6,48]]]}", "E146"),
        ("{\"type\":\"LineString\",\"coordinates\":[[0,0],[1]]}", "E147"),
        ("{\"type\":\"MultiPoint\",\"coordinates\":[[0,0],[1]]}", "E147"),
        ("{\"type\":\"GeometryCollection\",\"geometries\":[]}", "E141"),
        ("{\"type\":\"point\",\"coordinates\":[6,49]}", "E147"),
        ("{\"coordinates\":[6,49]}", "E147"),
        ("[6,49]", "E147"),
    ] {
        let finding = refused("a.geojson", with_geometry(geometry), code);
        assert_eq!((finding.feature, finding.id.as_deref()), (Some(1), Some("57463")), "{geometry}");
        let swapped = geometry.replace("\"type\":", "\"was\":1,\"type\":");
        refused("a.geojson", with_geometry(&swapped), code);
    }
    let place = refused("a.geojson", with_geometry(&polygon("[[[6,49],[7,49],[8],[6,49]]]")), "E140");
    assert!(place.problem(Language::English).contains("ring 0, position 2"));
    let bow_tie = refused("a.geojson", with_geometry(&polygon("[[[6,48],[7,49],[7,48],[6,49],[6,48]]]")), "E146");
    assert!(bow_tie.problem(Language::English).contains("(6.5, 48.5)"));
}

#[test]
fn geometries_that_are_good_enough_are_kept() {
    let clockwise = polygon("[[[6,49],[6,49.51234],[6.5,49.5],[6.5,49],[6,49]]]");
    let communes = accepted("a.geojson", with_geometry(&clockwise), &["W149"]);
    assert!(matches!(communes[1].geometry, Geometry::Polygon(_)));
    assert!((6.0..6.5).contains(&communes[1].origin.longitude()));
    let early = "{\"coordinates\":[6.2,49.21234],\"type\":\"Point\"}";
    assert!((accepted("a.geojson", with_geometry(early), &[])[1].origin.latitude() - 49.21234).abs() < 1e-12);
    accepted("a.geojson", with_geometry("{\"type\":\"Point\",\"coordinates\":[6.2,49.2,210,7]}"), &["W143"]);
    let spike = polygon("[[[6,49],[6.5,49],[6.5,49.6],[6.5,49.5],[6,49.51234],[6,49]]]");
    accepted("a.geojson", with_geometry(&spike), &["W153", "W149"]);
    let same = collection(&[
        feature(&properties("57001"), &clockwise),
        feature(&properties("57002"), &clockwise),
        good(57003),
    ]);
    accepted("a.geojson", same, &["W148", "W149"]);
}

#[test]
fn coordinates_are_degrees_in_one_system() {
    let all = |x: f64, y: f64| {
        collection(&[
            feature(&properties("57001"), &point(x, y)),
            feature(&properties("57002"), &point(x + 0.01, y + 0.011)),
        ])
    };
    let lambert = refused("a.geojson", all(931_000.5, 6_891_000.0), "E160");
    assert!(lambert.fix(Language::English).contains("EPSG:2154"));
    refused("a.geojson", all(687_000.5, 6_300_000.0), "E160");
    refused("a.geojson", all(-687_000.5, 5_300_000.0), "E161");
    refused("a.geojson", all(49.123, 6.123), "E163");
    let finding = refused("a.geojson", with_geometry(&point(49.123, 6.123)), "E164");
    assert_eq!(finding.feature, Some(1));
    assert!(finding.problem(Language::English).contains("swapped"));
    refused("a.geojson", with_geometry(&point(0.0, 0.0)), "E165");
    refused("a.geojson", with_geometry(&point(6.0, 91.0)), "E166");
    accepted("a.geojson", with_geometry(&point(55.45, -21.11)), &["W168"]);
    let coarse = collection(&[
        feature(&properties("57001"), &point(6.1, 49.12)),
        feature(&properties("57002"), &point(6.2, 49.1)),
    ]);
    accepted("a.geojson", coarse, &["W167"]);
    for name in ["urn:ogc:def:crs:EPSG::32631", "EPSG:3857", "EPSG:27572", "urn:ogc:def:crs:IGNF::2154"] {
        let crs = format!("\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}},\"features\"");
        let finding = refused("a.geojson", around(&good(57463)).replacen("\"features\"", &crs, 1), "E162");
        assert_eq!(finding.value.as_deref(), Some(name));
    }
    // Degrees are no metres, whatever the member says.
    let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}},\"features\"";
    let finding = refused("a.geojson", around(&good(57463)).replacen("\"features\"", crs, 1), "E169");
    assert!(finding.problem(Language::English).contains("EPSG:2154"));
    // The origin of the projection, with its axes as they are and swapped.
    let lambert =
        |x: f64, y: f64| collection(&[feature(&properties("57001"), &point(x, y))]).replacen("\"features\"", crs, 1);
    accepted("a.geojson", lambert(700_000.0, 6_600_000.0), &["W180"]);
    let finding = refused("a.geojson", lambert(6_600_000.0, 700_000.0), "E169");
    assert!(finding.problem(Language::English).contains("they look swapped"));
}
