//! Features of GeoJSON, good ones and parts of bad ones.

pub(crate) fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
}

pub(crate) fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
}

pub(crate) fn properties(code: &str) -> String {
    format!("\"code\":\"{code}\",\"name\":\"Metz\",\"population\":120,\"apl\":3.5")
}

pub(crate) fn point(x: f64, y: f64) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}")
}

/// A good commune with a point of its own.
pub(crate) fn good(code: u32) -> String {
    feature(&properties(&format!("{code:05}")), &point(6.1234 + f64::from(code % 100) / 100.0, 49.1234))
}

/// Two good communes with one more feature between them.
pub(crate) fn around(middle: &str) -> String {
    collection(&[good(57001), middle.to_owned(), good(57002)])
}

pub(crate) fn with_geometry(geometry: &str) -> String {
    around(&feature(&properties("57463"), geometry))
}

pub(crate) fn with_properties(properties: &str) -> String {
    around(&feature(properties, &point(6.17, 49.119)))
}

pub(crate) fn polygon(rings: &str) -> String {
    format!("{{\"type\":\"Polygon\",\"coordinates\":{rings}}}")
}
