//! Travel times that are computed once and kept.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{answer, answered, exit, maillage, said, tiny, tiny_edited};

const KEPT: &str = "reach --scenario maillage.toml --out kept.reach --quiet";

/// A plan of the tiny region, without what says where its times come from and how long it took.
fn planned(folder: &Path, flags: &str) -> Value {
    let mut told = answer(&maillage(folder, &format!("plan --scenario maillage.toml --json --quiet {flags}")));
    let members = told.as_object_mut().unwrap();
    for member in ["inputs", "request", "seconds"] {
        members.remove(member).unwrap();
    }
    told
}

fn refused(folder: &Path, flags: &str, code: &str) {
    let run = maillage(folder, &format!("plan --scenario maillage.toml --reach kept.reach --quiet {flags}"));
    assert_eq!(exit(&run), 3, "{flags}: {}", said(&run));
    assert!(said(&run).contains(&format!("error[{code}]")), "{flags}: {}", said(&run));
}

#[test]
fn kept_times_give_the_plan_of_computed_ones() {
    let folder = tiny();
    let computed = planned(folder.path(), "");
    assert_eq!(exit(&maillage(folder.path(), KEPT)), 0);
    assert_eq!(planned(folder.path(), "--reach kept.reach"), computed);
    let longer = "reach --scenario maillage.toml --within 45min --out longer.reach --json --quiet";
    let told = answer(&maillage(folder.path(), longer));
    let kept = &told["kept"][0];
    assert_eq!(kept["travel"], json!({"source": "straight-line", "speed": 50.0, "detour": 1.3}));
    assert_eq!(kept["limit"], "45min");
    let pairs: Vec<u64> =
        kept["within"].as_array().unwrap().iter().map(|within| within["pairs"].as_u64().unwrap()).collect();
    assert!(pairs.is_sorted() && pairs.last() == kept["pairs"].as_u64().as_ref(), "{pairs:?}");
    assert_eq!(planned(folder.path(), "--reach longer.reach"), computed, "a shorter limit is a part of a longer one");
    for threads in ["1", "3"] {
        let again = format!("{KEPT} --force --threads {threads}");
        let before = fs::read(folder.path().join("kept.reach")).unwrap();
        assert_eq!(exit(&maillage(folder.path(), &again)), 0);
        assert_eq!(fs::read(folder.path().join("kept.reach")).unwrap(), before);
    }
}

#[test]
fn a_plan_of_kept_times_is_verified_with_them() {
    let folder = tiny();
    assert_eq!(exit(&maillage(folder.path(), KEPT)), 0);
    let asked = "plan --scenario maillage.toml --reach kept.reach --out plan.geojson --certificate plan.cert --quiet";
    assert_eq!(exit(&maillage(folder.path(), asked)), 0);
    let run = maillage(folder.path(), "verify plan.geojson");
    assert_eq!(exit(&run), 0, "{}", said(&run));
    let told: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.geojson")).unwrap()).unwrap();
    assert_eq!(told["maillage"]["request"]["reach"], "kept.reach");
    let run = maillage(folder.path(), "report plan.geojson --quiet");
    assert_eq!(exit(&run), 0, "{}", said(&run));
}

#[test]
fn kept_times_are_refused_for_other_files_and_places() {
    let folder = tiny();
    assert_eq!(exit(&maillage(folder.path(), KEPT)), 0);
    refused(folder.path(), "--origin lon,lat", "E201");
    refused(folder.path(), "--profile foot", "E374");
    let path = folder.path().join("communes.geojson");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text} ")).unwrap();
    refused(folder.path(), "", "E372");
    fs::write(&path, text).unwrap();
    let other = tiny_edited(|name, text| if name == "existing.geojson" { text + " " } else { text });
    fs::copy(folder.path().join("kept.reach"), other.path().join("kept.reach")).unwrap();
    refused(other.path(), "", "E372");
    refused(folder.path(), "--within 50min", "E375");
}

#[test]
fn damaged_kept_times_are_refused() {
    let folder = tiny();
    assert_eq!(exit(&maillage(folder.path(), KEPT)), 0);
    let path = folder.path().join("kept.reach");
    let whole = fs::read(&path).unwrap();
    let step = (whole.len() / 40).max(1);
    for at in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, bytes).unwrap();
        let run = maillage(folder.path(), "plan --scenario maillage.toml --reach kept.reach --quiet");
        assert_eq!(exit(&run), 3, "byte {at}: {}", said(&run));
        fs::write(&path, &whole[..at]).unwrap();
        let run = maillage(folder.path(), "plan --scenario maillage.toml --reach kept.reach --quiet");
        assert!(exit(&run) == 3 && said(&run).contains("error[E371]"), "{at} bytes: {}", said(&run));
    }
}

#[test]
fn times_written_as_tables_give_the_plan_they_came_from() {
    let folder = tiny();
    let asked = "reach --scenario maillage.toml --out kept.csv --out kept.parquet --quiet";
    let run = maillage(folder.path(), asked);
    assert_eq!(exit(&run), 0, "{}", said(&run));
    let computed = planned(folder.path(), "");
    let text = fs::read_to_string(folder.path().join("kept.csv")).unwrap();
    assert!(text.starts_with("place,site,seconds\n"), "{text}");
    for flags in ["--times kept.csv", "--times kept.parquet"] {
        let told = planned(folder.path(), flags);
        for member in ["objective", "newly_reached", "reached_before", "guarantee"] {
            assert_eq!(told[member], computed[member], "{flags}: {member}");
        }
    }
    let kept = "reach --scenario maillage.toml --times kept.parquet --out again.csv --quiet";
    assert_eq!(exit(&maillage(folder.path(), kept)), 0);
    assert_eq!(fs::read_to_string(folder.path().join("again.csv")).unwrap(), text);
    let path = folder.path().join("kept.parquet");
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x24;
        fs::write(&path, damaged).unwrap();
        let run = maillage(folder.path(), "plan --scenario maillage.toml --times kept.parquet --quiet");
        assert!([0, 3].contains(&exit(&run)), "byte {at}: {}", said(&run));
        assert!(!said(&run).contains("a bug of its own"), "byte {at}: {}", said(&run));
        fs::write(&path, &whole[..at]).unwrap();
        let run = maillage(folder.path(), "plan --scenario maillage.toml --times kept.parquet --quiet");
        assert_eq!(exit(&run), 3, "{at} bytes: {}", said(&run));
    }
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    let folder = tiny();
    for (flags, exit_code) in [
        ("--out kept.csvx", 2),
        ("--out kept", 2),
        ("--profiles car,foot", 2),
        ("--out kept.reach --certificate a.cert", 2),
        ("--reach communes.geojson --out kept.reach", 3),
    ] {
        let run = maillage(folder.path(), &format!("reach --scenario maillage.toml {flags}"));
        assert_eq!(exit(&run), exit_code, "{flags}: {}", said(&run));
        assert!(!folder.path().join("kept.reach").exists());
    }
}

#[test]
fn how_written_times_are_taken_is_said_of_each_kind_of_file() {
    let folder = tiny();
    let text = |out: &str| answered(&maillage(folder.path(), &format!("reach --scenario maillage.toml {out}")));
    assert!(text("--out kept.csv").contains("take this table with --times"));
    let both = text("--out other.csv --out kept.reach");
    let size = fs::metadata(folder.path().join("kept.reach")).unwrap().len();
    assert!(both.contains(&format!("{size} bytes")) && both.contains("with --reach"), "{both}");
    assert!(text("").contains("Nothing was written"));
}

#[test]
fn a_sweep_over_profiles_holds_kept_times_against_the_files_they_were_made_of() {
    let folder = tiny();
    answered(&maillage(folder.path(), "reach --scenario maillage.toml --out kept.reach --quiet"));
    let text = fs::read_to_string(folder.path().join("maillage.toml")).unwrap();
    let kept: Vec<&str> =
        text.lines().filter(|line| !line.starts_with("speed") && !line.starts_with("detour")).collect();
    fs::write(folder.path().join("kept.toml"), kept.join("\n")).unwrap();
    let asked = "sweep --scenario kept.toml --reach kept.reach --vary profile=straight-line,car";
    let run = maillage(folder.path(), asked);
    // The files are the same; it is the second profile that is not there.
    assert!(exit(&run) == 3 && said(&run).contains("E374") && !said(&run).contains("E372"), "{}", said(&run));
}
