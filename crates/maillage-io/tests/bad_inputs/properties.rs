//! Identifiers, figures and the columns they stand in.

use maillage_io::Language;

use crate::case::{accepted, refused};
use crate::features::{around, collection, feature, good, point, with_properties};

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
