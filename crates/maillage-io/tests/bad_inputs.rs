//! What each kind of bad file gets: its code, its place and its exit code; and what is only remarked or accepted.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::path::PathBuf;

use geo::Geometry;
use maillage_core::{Commune, Site, SiteState};
use maillage_io::{
    Column, CommuneColumns, Finding, Findings, InputFile, Join, Language, SiteColumns, StatedCrs, catalogue,
    read_communes, read_sites,
};
use proptest::prelude::*;

fn column(name: &str, required: bool) -> Column {
    Column { name: name.to_owned(), required }
}

fn commune_columns() -> CommuneColumns {
    CommuneColumns {
        layer: None,
        id: column("code", true),
        name: column("name", false),
        population: column("population", true),
        access: Some(column("apl", true)),
        territory: column("dep", false),
        density: column("density7", false),
        origin: None,
        origin_crs: StatedCrs::Wgs84,
        weight: None,
        acts: None,
        rules: Vec::new(),
    }
}

fn site_columns() -> SiteColumns {
    SiteColumns {
        layer: None,
        id: column("id", true),
        name: column("name", false),
        kind: column("kind", false),
        cost: column("cost", false),
        commune: column("commune", false),
        territory: column("dep", false),
        position: (column("lon", false), column("lat", false)),
        crs: StatedCrs::Wgs84,
        rules: Vec::new(),
    }
}

struct Case {
    folder: tempfile::TempDir,
    findings: Findings,
}

impl Case {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), findings: Findings::default() }
    }

    fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        file
    }

    fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code).collect()
    }
}

fn communes_of(name: &str, content: impl AsRef<[u8]>) -> (Option<Vec<Commune>>, Findings) {
    let mut case = Case::new();
    let file = case.write(name, content.as_ref());
    let read = read_communes(&file, &commune_columns(), &[], &mut case.findings);
    (read.map(|(communes, _)| communes), case.findings)
}

fn sites_of(name: &str, content: &str, state: SiteState) -> (Option<(Vec<Site>, InputFile)>, Findings) {
    let mut case = Case::new();
    let file = case.write(name, content.as_bytes());
    (read_sites(&file, &site_columns(), state, &mut case.findings), case.findings)
}

/// Asserts that communes are refused, and returns the first finding with the wanted code.
fn refused(name: &str, content: impl AsRef<[u8]>, code: &str) -> Finding {
    let (communes, findings) = communes_of(name, &content);
    let shown = String::from_utf8_lossy(content.as_ref()).chars().take(300).collect::<String>();
    assert!(communes.is_none(), "{code} expected, nothing found: {shown}");
    assert_eq!(findings.exit_code(), 3, "{shown}");
    let found = findings.iter().find(|finding| finding.code == code).cloned();
    found.unwrap_or_else(|| panic!("{code} expected for {shown}: {}", findings.to_text(Language::English)))
}

/// Asserts that communes are accepted with just these remarks.
fn accepted(name: &str, content: impl AsRef<[u8]>, codes: &[&str]) -> Vec<Commune> {
    let (communes, findings) = communes_of(name, &content);
    let text = findings.to_text(Language::English);
    let found: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, codes, "{text}");
    communes.unwrap_or_else(|| panic!("{text}"))
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
}

fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
}

fn properties(code: &str) -> String {
    format!("\"code\":\"{code}\",\"name\":\"Metz\",\"population\":120,\"apl\":3.5")
}

fn point(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}")
}

/// A good commune with a point of its own.
fn good(code: u32) -> String {
    feature(&properties(&format!("{code:05}")), &point(6.1234 + f64::from(code % 100) / 100.0, 49.1234))
}

/// Two good communes with one more feature between them.
fn around(middle: &str) -> String {
    collection(&[good(57001), middle.to_owned(), good(57002)])
}

fn with_geometry(geometry: &str) -> String {
    around(&feature(&properties("57463"), geometry))
}

fn with_properties(properties: &str) -> String {
    around(&feature(properties, &point(6.17, 49.119)))
}

fn polygon(rings: &str) -> String {
    format!("{{\"type\":\"Polygon\",\"coordinates\":{rings}}}")
}

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
fn identifiers_are_texts_or_exact_whole_numbers() {
    let with_id = |id: &str| {
        let without = "\"name\":\"x\",\"population\":1,\"apl\":3";
        let one = |id: &str, x: f64| {
            format!(
                "{{\"type\":\"Feature\",\"id\":{id},\"properties\":{{{without}}},\"geometry\":{}}}",
                point(x, 49.1234)
            )
        };
        collection(&[one("57001", 6.1), one(id, 6.2)])
    };
    assert_eq!(accepted("a.geojson", with_id("57463"), &[])[1].code, "57463");
    for (id, code) in [
        ("true", "E135"),
        ("{}", "E135"),
        ("null", "E202"),
        ("1.5", "E135"),
        ("12345678901234567890123", "E136"),
        ("\"57463\"", "E207"),
    ] {
        assert_eq!(refused("a.geojson", with_id(id), code).code, code);
    }
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

#[test]
fn insee_codes_are_kept_as_insee_writes_them() {
    let with_code = |code: &str| with_properties(&format!("\"code\":{code},\"population\":1,\"apl\":3"));
    for (code, expected) in [
        ("\"1001\"", "E203"),
        ("1001", "E203"),
        ("\"20004\"", "E205"),
        ("\" 57463\"", "E206"),
        ("\"57463\u{a0}\"", "E206"),
        ("\"57463.0\"", "E206"),
        ("\"=\\\"57463\\\"\"", "E206"),
        ("57463", "E207"),
        ("\"ABC\"", "E210"),
        ("\"574630\"", "E210"),
        ("\"mars-01\"", "E307"),
        ("\"1.23E+05\"", "E307"),
        ("\"FRANCE\"", "E306"),
        ("\"Total\"", "E306"),
        ("\"\"", "E202"),
        ("null", "E202"),
        ("\"57001\"", "E204"),
        ("[1]", "E135"),
    ] {
        let finding = refused("a.geojson", with_code(code), expected);
        assert_eq!(finding.field.as_deref(), Some("code"), "{code}");
    }
    accepted("a.geojson", with_code("\"2A004\""), &[]);
    assert_eq!(accepted("a.geojson", with_code("\"2b033\""), &["W209"])[1].code, "2B033");
    accepted("a.geojson", with_code("\"97411\""), &[]);
    let numbers = collection(
        &["1001", "1002"]
            .map(|code| feature(&format!("\"code\":{code},\"population\":1,\"apl\":3"), &point(5.1234, 46.0))),
    );
    refused("a.geojson", numbers, "E203");
    let cells = collection(
        &["7", "12"].map(|code| feature(&format!("\"code\":{code},\"population\":1,\"apl\":3"), &point(5.1234, 46.0))),
    );
    assert_eq!(accepted("a.geojson", cells, &[])[1].code, "12");
    let paris = collection(&[good(75056), good(75101), good(75102)]);
    assert!(refused("a.geojson", paris, "E208").problem(Language::French).contains("Paris"));
    let twice = refused("a.geojson", collection(&[good(57001), good(57002), good(57001)]), "E204");
    assert_eq!(twice.feature, Some(2));
    assert!(twice.problem(Language::English).contains("feature #0 (Metz) in line 2"));
}

#[test]
fn people_and_access_figures_are_numbers_in_their_range() {
    let with = |population: &str, apl: &str| {
        with_properties(&format!("\"code\":\"57463\",\"name\":\"Metz\",\"population\":{population},\"apl\":{apl}"))
    };
    for (population, code) in [
        ("-5", "E212"),
        ("null", "E213"),
        ("\"12 430\"", "E211"),
        ("\"1.234\"", "E211"),
        ("\"NaN\"", "E211"),
        ("12.5", "E214"),
        ("9223372036854775808", "E215"),
        ("1e300", "E215"),
        ("true", "E223"),
        ("{}", "E223"),
    ] {
        let finding = refused("a.geojson", with(population, "3"), code);
        assert_eq!((finding.field.as_deref(), finding.line), (Some("population"), Some(3)));
        assert_eq!((finding.id.as_deref(), finding.name.as_deref()), (Some("57463"), Some("Metz")));
    }
    let missing = with_properties("\"code\":\"57463\"");
    refused("a.geojson", missing, "E213");
    assert_eq!(accepted("a.geojson", with("12.0", "3"), &[])[1].population, 12);
    for (apl, codes) in
        [("null", vec![]), ("\"s\"", vec!["W218"]), ("\"nd\"", vec!["W218"]), ("\"<0,5\"", vec!["W218"])]
    {
        assert_eq!(accepted("a.geojson", with("5", apl), &codes)[1].access, None);
    }
    assert_eq!(accepted("a.geojson", with("5", "4"), &[])[1].access, Some(4.0));
    accepted("a.geojson", with("5", "25.5"), &["W217"]);
    refused("a.geojson", with("5", "-0.5"), "E212");
    refused("a.geojson", with("5", "\"low\""), "E211");
    refused("a.geojson", with("5", "\"3.5\""), "E211");
    refused("a.geojson", with("5", "3,\"density7\":8"), "E219");
    let big = collection(&[0, 1].map(|row| good(57001 + row).replace("120", "600000000000")));
    refused("a.geojson", big, "E216");
}

#[test]
fn missing_columns_name_the_closest() {
    let finding = refused("a.geojson", around(&good(57463)).replace("population", "Population_2021"), "E201");
    let text = finding.to_text(Language::English);
    assert!(text.contains("the closest are: \"Population_2021\"") && text.contains("--population-field"), "{text}");
    refused("a.csv", "insee;population\n57463;3\n", "E201");
    refused("a.csv", "code,name,population,apl\n57463,Metz,3,2\n", "E201");
}

#[test]
fn joined_tables_fill_what_the_map_lacks() {
    let run = |table: &str| {
        let mut case = Case::new();
        let map =
            collection(&[57001, 57002, 57003].map(|code| good(code).replace(",\"population\":120,\"apl\":3.5", "")));
        let map = case.write("map.geojson", map.as_bytes());
        let file = case.write("figures.csv", table.as_bytes());
        let join = Join { file, key: "CODGEO".to_owned() };
        let read = read_communes(&map, &commune_columns(), &[join], &mut case.findings);
        (read, case.codes(), case.findings.to_text(Language::English))
    };
    let table =
        "Populations légales ; 2021\n\nCODGEO;population;apl\n57001;12\u{a0}430;3,5\n57002;\"1 234\";s\n57003;7;\n";
    let (read, codes, _) = run(table);
    let (communes, files) = read.unwrap();
    assert_eq!(codes, ["W308", "W218"]);
    assert_eq!(communes.iter().map(|commune| commune.population).collect::<Vec<_>>(), [12430, 1234, 7]);
    assert_eq!(communes.iter().map(|commune| commune.access).collect::<Vec<_>>(), [Some(3.5), None, None]);
    assert_eq!((files[0].features, files[1].features), (3, 3));
    assert_eq!(files[1].file, "figures.csv");

    let (read, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,2,3\n57009,2,3\n");
    assert_eq!((read.is_none(), codes), (true, vec!["W232", "W233", "E213"]));
    assert!(text.contains("\"57003\"") && text.contains("\"57009\""), "{text}");
    let (_, codes, _) = run("CODGEO,population,apl\n57000,1,3\n57100,2,3\n");
    assert!(codes.contains(&"E231"), "{codes:?}");
    let (_, codes, _) = run("code,population,apl\n57001,1,3\n");
    assert_eq!(codes, ["E201"]);
    let (_, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,2,3\n57003,2,3\n57002,2,3\n");
    assert!(codes == ["E204"] && text.contains("figures.csv:5:1"), "{text}");
    let (_, codes, text) = run("CODGEO,population,apl\n57001,1,3\n57002,x2,3\n57003,2,3\n");
    assert!(codes == ["E211"] && text.contains("figures.csv:3:1"), "{text}");
    let (_, codes, text) = run("CODGEO,name,population,apl\n57001,Metz,1,3\n57002,Nancy,2,3\n57003,Metz,2,3\n");
    assert!(codes == ["E234"] && text.contains("\"Metz\" and the joined table says Nancy"), "{text}");
}

#[test]
fn tables_of_communes_need_named_origins() {
    let mut columns = commune_columns();
    columns.origin = Some((column("lon", true), column("lat", true)));
    let read = |content: &str| {
        let mut case = Case::new();
        let file = case.write("communes.csv", content.as_bytes());
        let read = read_communes(&file, &columns, &[], &mut case.findings);
        (read.map(|(communes, _)| communes), case.codes())
    };
    let (communes, codes) = read("code;population;apl;lon;lat\n57463;120 000;3,5;6,1757;49,1193\n57001;5;2;6,2;49,2\n");
    assert_eq!(codes, Vec::<&str>::new());
    let communes = communes.unwrap();
    assert_eq!((communes[0].population, communes[0].name.as_str()), (120_000, "57463"));
    assert!((communes[0].origin.longitude() - 6.1757).abs() < 1e-12);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1,3,49.1193,6.1757\n57001,1,3,49.2,6.2\n").1, ["E163"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1,3,,49.1\n").1, ["E213"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,1.23E+05,3,6.1757,49.1\n").1, ["E307"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,mars-01,3,6.1757,49.1\n").1, ["E307"]);
    assert_eq!(read("code,population,apl,lon,lat\n57463,\"1,5\",3,6.1757,49.1\n").1, ["E211"]);
}

#[test]
fn sites_are_points_with_whole_costs() {
    let site = |id: &str, more: &str, x: f64| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\"{more}}},\"geometry\":{}}}", point(x, 49.1234))
    };
    let run = |features: &[String], state| {
        let (read, findings) = sites_of("sites.geojson", &collection(features), state);
        (read.map(|(sites, _)| sites), findings.iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    let two = [site("a", ",\"cost\":20000,\"commune\":\"2a004\"", 6.1), site("b", ",\"cost\":30000", 6.2)];
    let (sites, codes) = run(&two, SiteState::Candidate);
    let sites = sites.unwrap();
    assert_eq!((codes, sites[0].cost, sites[0].commune.as_deref()), (vec![], 20000, Some("2A004")));
    for (cost, code) in [("-1", "E212"), ("null", "E213"), ("1.5", "E214"), ("\"12 000\"", "E211"), ("1e15", "E215")] {
        let features = [site("a", ",\"cost\":20000", 6.1), site("b", &format!(",\"cost\":{cost}"), 6.2)];
        assert_eq!(run(&features, SiteState::Candidate), (None, vec![code]));
        assert!(run(&features, SiteState::Existing).0.is_some());
    }
    assert_eq!(run(&[two[0].clone(), site("b", "", 6.2)], SiteState::Candidate), (None, vec!["E213"]));
    assert_eq!(run(&[two[0].clone(), site("b", ",\"cost\":0", 6.2)], SiteState::Candidate).1, ["W220"]);
    assert_eq!(run(&[site("a", "", 6.1), site("b", "", 6.2)], SiteState::Candidate).1, ["W221"]);
    assert_eq!(run(&[two[0].clone(), site("b", ",\"cost\":1", 6.1)], SiteState::Candidate).1, ["W152"]);
    assert_eq!(run(&[two[0].clone(), two[0].clone()], SiteState::Candidate).1[0], "E204");
    assert_eq!(run(&[], SiteState::Candidate), (None, vec!["E128"]));
    assert_eq!(run(&[], SiteState::Existing), (Some(vec![]), vec![]));
    let area = feature("\"id\":\"a\"", &polygon("[[[6,49],[7,49],[7,50],[6,49]]]"));
    assert_eq!(run(&[area], SiteState::Existing), (None, vec!["E147"]));
    let (read, findings) =
        sites_of("sites.csv", "id;kind;cost;lon;lat\na;booth;20 000;6,1;49,12345\n", SiteState::Candidate);
    assert_eq!(read.unwrap().0[0].cost, 20000, "{}", findings.to_text(Language::English));
}

#[test]
fn twenty_findings_of_a_code_are_listed_and_all_counted() {
    let features: Vec<String> = (0..50).map(|row| good(57001 + row).replace("120", "-1")).collect();
    let (communes, findings) = communes_of("a.geojson", collection(&features));
    assert!(communes.is_none());
    assert_eq!((findings.error_count(), findings.iter().count()), (50, 20));
    let indices: Vec<Option<u64>> = findings.iter().map(|finding| finding.feature).collect();
    assert_eq!(indices, (0..20).map(Some).collect::<Vec<_>>());
}

#[test]
fn hostile_names_are_shown_escaped() {
    let hostile = around(&good(57463).replace("Metz", "\\u001b[31m\u{202e}x").replace("120", "-1"));
    let (_, findings) = communes_of("a.geojson", hostile);
    for text in [findings.to_text(Language::English), findings.to_json_lines(Language::French)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn the_catalogue_is_whole_in_both_languages() {
    let mut codes: Vec<&str> = catalogue().iter().map(|entry| entry.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), catalogue().len());
    for entry in catalogue() {
        assert_eq!(entry.exit_code == 0, entry.code.starts_with('W'), "{}", entry.code);
        for texts in [entry.problem, entry.expected, entry.fix] {
            assert!(!texts.english.is_empty() && !texts.french.is_empty(), "{}", entry.code);
            let places = |text: &str| {
                let mut places: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'))
                    .map(|pair| pair.0.to_owned())
                    .collect();
                places.sort();
                places
            };
            assert_eq!(places(texts.english), places(texts.french), "{}", entry.code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_reading_panic(content in prop::collection::vec(any::<u8>(), 0..200), json in any::<bool>()) {
        let name = if json { "a.geojson" } else { "a.csv" };
        let (communes, findings) = communes_of(name, &content);
        prop_assert!(communes.is_none() && findings.has_errors());
    }

    #[test]
    fn changed_files_are_read_or_refused(
        at in 0.0..1.0_f64,
        length in 0..12_usize,
        piece in prop::sample::select(vec!["", "]", ",", "\0", "{", "\"", "1e9", "-", "[[]]", "null", "é", "\\", ";", "\n"]),
        table in any::<bool>(),
    ) {
        let whole = if table {
            "code;name;population;apl\n57463;\"Metz\";120 430;3,5\n57001;Abaucourt;320;2,25\n".to_owned()
        } else {
            around(&feature(&properties("57463"), &polygon("[[[6,49],[6.5,49],[6.5,49.51234],[6,49]]]")))
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let begin = (at * whole.len() as f64) as usize;
        let end = (begin + length).min(whole.len());
        let mut bytes = whole.into_bytes();
        bytes.splice(begin..end, piece.bytes());
        let (communes, findings) = communes_of(if table { "a.csv" } else { "a.geojson" }, &bytes);
        prop_assert_eq!(communes.is_none(), findings.has_errors());
    }
}
