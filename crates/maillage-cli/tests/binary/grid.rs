//! What people rely on in `--grid`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{answer, exit, maillage, said, tiny};

/// Writes a grid over the tiny region and plans one site.
fn planned(folder: &Path, grid: &str, flags: &str) -> Value {
    fs::write(folder.join("grid.csv"), grid).unwrap();
    let asked = format!("plan --scenario maillage.toml --grid grid.csv --sites 1 --json --quiet {flags}");
    answer(&maillage(folder, &asked))
}

/// All under-served people of 01901 (3.1) at one end, and some of 2A904 (3.3).
const GRID: &str = "cell,lon,lat,population,town\n\
                    a,4.02,47.12,390,01901\nb,4.30,47.08,200,2A904\nc,9.0,48.6,50,99999\n";

#[test]
fn cells_hold_the_people_and_communes_the_sums() {
    let folder = tiny();
    let flags = "--grid-id-field cell --grid-commune-field town";
    let told = planned(folder.path(), GRID, flags);
    assert_eq!(told["under_served"], 590, "the people of the cells, at the access figures of their communes");
    let grid = &told["grid"];
    assert_eq!(grid["inside"], json!({"cells": 2, "people": 590}));
    assert_eq!(grid["unmatched"], json!({"cells": 1, "people": 50}));
    let communes = grid["by_commune"].as_array().unwrap();
    assert_eq!(communes.len(), 12);
    let town = communes.iter().find(|commune| commune["id"] == "01901").unwrap();
    assert_eq!((&town["population"], &town["people"], &town["cells"]), (&400.into(), &390.into(), &1.into()));
    let sum = |member: &str| communes.iter().map(|commune| commune[member].as_u64().unwrap()).sum::<u64>();
    for member in ["under_served", "reached_before", "newly_reached"] {
        assert_eq!(told[member], sum(member), "{member}");
    }
    // The polygons hold the same cells, but for the one far from all of them.
    let by_place = planned(folder.path(), GRID, "--grid-id-field cell");
    let counted = |count: &str| by_place["grid"][count]["cells"].as_u64().unwrap();
    assert_eq!(counted("inside") + counted("on_border") + counted("outside"), 3);
}

#[test]
fn a_plan_over_a_grid_is_counted_again() {
    let folder = tiny();
    fs::write(folder.path().join("grid.csv"), GRID).unwrap();
    let asked = "plan --scenario maillage.toml --grid grid.csv --grid-id-field cell --grid-commune-field town \
                 --sites 1 --quiet --out cells.geojson --certificate cells.cert";
    assert_eq!(exit(&maillage(folder.path(), asked)), 0);
    let check = "verify cells.geojson --certificate cells.cert";
    assert_eq!(exit(&maillage(folder.path(), check)), 0, "{}", said(&maillage(folder.path(), check)));
    fs::write(folder.path().join("grid.csv"), GRID.replace("390", "391")).unwrap();
    assert_ne!(exit(&maillage(folder.path(), check)), 0, "the grid has changed");
}

#[test]
fn a_grid_that_cannot_be_trusted_is_refused() {
    let folder = tiny();
    for (grid, flags, code) in [
        (GRID.replace("b,", "a,"), "--grid-id-field cell", "E311"),
        (GRID.replace("4.30", "4100000"), "--grid-id-field cell", "E312"),
        (GRID.to_owned(), "--grid-crs EPSG:3035", "E312"),
        (GRID.replace("town", "dorf"), "--grid-commune-field town", "E201"),
        (GRID.replace("390", "-1"), "", "E212"),
        (GRID.replace("390", ""), "", "E2"),
        (GRID.replace("01901", "x").replace("2A904", "y"), "--grid-commune-field town", "E315"),
        ("cell,lon,lat,population\n".to_owned(), "", "E128"),
    ] {
        fs::write(folder.path().join("grid.csv"), &grid).unwrap();
        let asked = format!("plan --scenario maillage.toml --grid grid.csv --sites 1 {flags}");
        let run = maillage(folder.path(), &asked);
        assert_eq!(exit(&run), 3, "{code}: {}", said(&run));
        assert!(said(&run).contains(&format!("error[{code}")), "{code}: {}", said(&run));
    }
    let both =
        maillage(folder.path(), "plan --scenario maillage.toml --grid grid.csv --sites 1 --weight field:population");
    assert_eq!(exit(&both), 2, "{}", said(&both));
}
