//! The published schema of `maillage.toml` is the one of the program.

use std::path::Path;

use maillage_io::ScenarioFile;

#[test]
fn the_published_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/maillage.schema.json");
    let schema = format!("{:#}\n", serde_json::to_value(ScenarioFile::schema()).unwrap());
    if std::env::var_os("MAILLAGE_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == schema,
        "docs/maillage.schema.json is out of date: run this test again with MAILLAGE_WRITE_SCHEMA=1"
    );
}
