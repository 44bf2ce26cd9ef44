//! The files of a real region, where they are at hand.

#![expect(clippy::print_stderr, reason = "a test says when it has nothing to read")]

use std::path::PathBuf;

use maillage_core::{Commune, SiteState};
use maillage_io::{
    Column, CommuneColumns, Findings, Join, Language, SiteColumns, StatedCrs, read_communes, read_index, read_sites,
};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no real data at {} (set MAILLAGE_DATA)", folder.display());
    None
}

fn column(name: &str, required: bool) -> Column {
    Column { name: name.to_owned(), required }
}

fn commune_columns() -> CommuneColumns {
    CommuneColumns {
        layer: None,
        id: column("code", true),
        name: column("name", false),
        population: column("population", true),
        access: Some(column("apl_mg2018", true)),
        territory: column("dep", false),
        density: column("density7", false),
        origin: Some((column("lon_pop", true), column("lat_pop", true))),
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
        cost: column("cost", true),
        commune: column("commune", false),
        territory: column("dep", false),
        position: (column("lon", false), column("lat", false)),
        crs: StatedCrs::Wgs84,
        rules: Vec::new(),
    }
}

#[test]
fn the_region_is_read_whole_and_without_errors() {
    let Some(data) = data() else { return };
    let mut findings = Findings::default();
    let region = data.join("grand-est");
    let (communes, files) =
        read_communes(&region.join("communes.geojson"), &commune_columns(), &[], &mut findings).unwrap();
    assert_eq!((communes.len(), files[0].features), (5118, 5118));
    assert_eq!(communes.iter().map(|commune| commune.population).sum::<u64>(), 5_561_150);
    let under = |commune: &&Commune| commune.access.is_some_and(|access| access < 4.0);
    assert_eq!(communes.iter().filter(under).map(|commune| commune.population).sum::<u64>(), 2_411_423);
    let candidates = region.join("candidates.geojson");
    let (candidates, _) = read_sites(&candidates, &site_columns(), SiteState::Candidate, &mut findings).unwrap();
    let existing = region.join("existing_illustrative.geojson");
    let (existing, _) = read_sites(&existing, &site_columns(), SiteState::Existing, &mut findings).unwrap();
    assert_eq!((candidates.len(), existing.len()), (7087, 163));
    assert_eq!(findings.error_count(), 0, "{}", findings.to_text(Language::English));
    let remarks: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(remarks, ["W152"], "{}", findings.to_text(Language::English));
}

#[test]
fn the_table_of_the_region_gives_the_same_figures_as_its_map() {
    let Some(data) = data() else { return };
    let region = data.join("grand-est");
    let mut findings = Findings::default();
    let columns = commune_columns();
    let map_file = region.join("communes.geojson");
    let (map, _) = read_communes(&map_file, &columns, &[], &mut findings).unwrap();
    let key = Join { file: region.join("communes.csv"), key: "code".to_owned() };
    let (joined, files) = read_communes(&map_file, &columns, &[key], &mut findings).unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(joined, map);
    let mut columns = columns;
    columns.origin = Some((column("lon", true), column("lat", true)));
    let (table, _) = read_communes(&region.join("communes.csv"), &columns, &[], &mut findings).unwrap();
    let figures = |commune: &Commune| {
        (commune.code.clone(), commune.name.clone(), commune.population, commune.access, commune.density)
    };
    assert_eq!(map.iter().map(figures).collect::<Vec<_>>(), table.iter().map(figures).collect::<Vec<_>>());
    assert_eq!(findings.error_count(), 0, "{}", findings.to_text(Language::English));
}

#[test]
fn communes_without_a_place_are_named_in_a_compressed_table() {
    let Some(data) = data() else { return };
    let mut findings = Findings::default();
    let file = data.join("france/communes.csv.gz");
    let mut columns = commune_columns();
    columns.origin = Some((column("lon", true), column("lat", true)));
    // Three of the 34,806 communes of these data, merged or parted since, have no place.
    assert!(read_communes(&file, &columns, &[], &mut findings).is_none());
    let errors: Vec<_> = findings.iter().filter(|finding| finding.code == "E213").collect();
    assert_eq!((errors.len(), findings.error_count()), (6, 6), "{}", findings.to_text(Language::English));
    let names: Vec<_> = errors.iter().step_by(2).map(|finding| finding.name.clone().unwrap()).collect();
    assert_eq!(names, ["Sannerville", "L'Oie", "Sainte-Florence"]);
}

#[test]
fn instances_of_the_benches_are_read() {
    let Some(data) = data() else { return };
    for (name, count, open) in [
        ("bench/generated/ge_m20_under.index", 5100, 163),
        ("bench/generated/fr_m20_under.index.gz", 35_000, 1119),
        ("bench/bronx/bronx_600m.index.gz", 3839, 0),
    ] {
        let mut findings = Findings::default();
        let index = read_index(&data.join(name), &mut findings);
        let index = index.unwrap_or_else(|| panic!("{}", findings.to_text(Language::English)));
        assert_eq!((index.weights.len(), index.rows.len(), index.open.len()), (count, count, open), "{name}");
    }
}
