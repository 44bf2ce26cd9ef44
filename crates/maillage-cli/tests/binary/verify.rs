//! What `maillage verify` accepts and refuses, with the binary people run.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{answered, exit, folder, maillage, said};

/// Returns a folder with a region, planned with a certificate.
fn planned(region: &[(&str, &[u8])], arguments: &str) -> TempDir {
    let folder = folder(region);
    let plan = "plan --scenario maillage.toml --out plan.geojson --out plan.json --certificate plan.cert --quiet";
    answered(&maillage(folder.path(), &format!("{plan} {arguments}")));
    folder
}

fn tiny() -> TempDir {
    planned(maillage_fixtures::tiny(), "")
}

/// Replaces the first place where a text stands in a file.
fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Returns the first number after a mark.
fn number_after(folder: &Path, file: &str, mark: &str) -> u64 {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let digits: String = text.split(mark).nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

/// Asserts that the plan is refused, naming these.
fn refused(folder: &Path, arguments: &str, named: &[&str]) {
    let output = maillage(folder, &format!("verify {arguments}"));
    assert_eq!(exit(&output), 9, "{}", said(&output));
    for name in named {
        assert!(said(&output).contains(name), "{name}: {}", said(&output));
    }
}

#[test]
fn a_plan_and_its_certificate_are_verified() {
    for folder in [tiny(), planned(maillage_fixtures::demo(), "--budget 700000")] {
        let text = answered(&maillage(folder.path(), "verify plan.geojson"));
        assert!(text.contains("Proved: no choice of sites") && text.contains("Trusted: "), "{text}");
        let french = answered(&maillage(folder.path(), "verify plan.geojson --lang fr"));
        assert!(french.contains("Prouvé : ") && french.contains("non le solveur"), "{french}");

        let plan: Value = serde_json::from_slice(&fs::read(folder.path().join("plan.json")).unwrap()).unwrap();
        // The answer alone names no sites: they are those of the certificate.
        for file in ["plan.geojson", "plan.json"] {
            let answer: Value =
                serde_json::from_str(&answered(&maillage(folder.path(), &format!("verify {file} --json")))).unwrap();
            assert_eq!((&answer["verified"], &answer["bound_proved"]), (&Value::Bool(true), &Value::Bool(true)));
            assert_eq!(answer["objective"], plan["objective"]);
            assert_eq!(answer["problem"], plan["certificate"]["problem"]);
        }
    }
}

#[test]
fn without_a_certificate_only_the_counts_are_said_to_be_checked() {
    let folder = tiny();
    fs::remove_file(folder.path().join("plan.cert")).unwrap();
    let text = answered(&maillage(folder.path(), "verify plan.geojson"));
    assert!(text.contains("Only the counts were checked, not the bound") && !text.contains("Proved"), "{text}");
    let output = maillage(folder.path(), "verify plan.json");
    assert_eq!(exit(&output), 2, "{}", said(&output));
    let output = maillage(folder.path(), "verify plan.geojson --certificate plan.cert");
    assert_eq!(exit(&output), 7, "{}", said(&output));
}

#[test]
fn every_changed_count_of_a_plan_is_named() {
    let marks = [
        "\"value\":",
        "\"bound\":",
        "\"under_served\":",
        "\"reached_before\":",
        "\"newly_reached\":",
        "\"reached_after\":",
        "\"sites_new\":",
        "\"sites_existing\":",
        "\"cost\":",
        "\"features\":",
        "\"pairs\":",
        "\"rank\":",
        "\"people_added\":",
        "\"people_lost_without\":",
        "\"population\":",
    ];
    for mark in marks {
        let folder = tiny();
        let number = number_after(folder.path(), "plan.geojson", mark);
        change(folder.path(), "plan.geojson", &format!("{mark}{number}"), &format!("{mark}{}", number + 1));
        let name = mark.trim_matches(['"', ':']);
        refused(folder.path(), "plan.geojson", &[name, "counted from the inputs"]);
    }
    let folder = tiny();
    change(folder.path(), "plan.geojson", "\"guarantee\":\"optimal\"", "\"guarantee\":\"bounded\"");
    refused(folder.path(), "plan.geojson", &["guarantee"]);
}

#[test]
fn a_member_that_comes_twice_is_refused_since_readers_would_differ() {
    let folder = tiny();
    change(folder.path(), "plan.geojson", "\"cost\":", "\"cost\":1,\"cost\":");
    let output = maillage(folder.path(), "verify plan.geojson");
    assert_eq!(exit(&output), 3);
    assert!(said(&output).contains("\"cost\" comes twice"), "{}", said(&output));
}

#[test]
fn a_bound_that_the_certificate_does_not_prove_is_refused() {
    let folder = tiny();
    let bound = number_after(folder.path(), "plan.cert", "\nbound ");
    change(folder.path(), "plan.cert", &format!("\nbound {bound}"), &format!("\nbound {}", bound + 1_000_000));
    refused(folder.path(), "plan.geojson", &["plan.cert", "no choice is worth more"]);
}

#[test]
fn every_changed_line_of_a_certificate_is_refused() {
    let folder = planned(maillage_fixtures::demo(), "--budget 700000");
    let certificate = folder.path().join("plan.cert");
    let text = fs::read_to_string(&certificate).unwrap();
    let head: Vec<&str> = text.lines().take(6).collect();
    for line in head {
        // The last digit, one up.
        let at = line.rfind(|letter: char| letter.is_ascii_digit()).unwrap();
        let digit = line[at..=at].parse::<u32>().unwrap();
        let changed = format!("{}{}{}", &line[..at], (digit + 1) % 10, &line[at + 1..]);
        fs::write(&certificate, text.replacen(line, &changed, 1)).unwrap();
        if line.starts_with("scale") {
            // Halved multipliers may prove as much.
            continue;
        }
        refused(folder.path(), "plan.geojson", &["plan.cert"]);
    }
    fs::write(&certificate, &text[..text.len() - "leaf\n".len()]).unwrap();
    refused(folder.path(), "plan.geojson", &["plan.cert", "expected a step"]);
    fs::write(&certificate, "no certificate").unwrap();
    let output = maillage(folder.path(), "verify plan.geojson");
    assert_eq!(exit(&output), 3, "{}", said(&output));
}

#[test]
fn a_changed_input_is_named() {
    for file in ["communes.geojson", "candidates.geojson", "existing.geojson"] {
        let folder = tiny();
        change(folder.path(), file, "\n", " \n");
        refused(folder.path(), "plan.geojson", &[file, "made from other data"]);
    }
}

#[test]
fn inputs_come_from_flags_or_the_scenario_where_they_do_not_lie_beside_the_plan() {
    let folder = tiny();
    let away = tempfile::tempdir().unwrap();
    for file in ["plan.geojson", "plan.cert"] {
        fs::copy(folder.path().join(file), away.path().join(file)).unwrap();
    }
    let plan = away.path().join("plan.geojson").display().to_string();
    let output = maillage(folder.path(), &format!("verify {plan}"));
    assert_eq!(exit(&output), 7, "{}", said(&output));
    answered(&maillage(folder.path(), &format!("verify {plan} --scenario maillage.toml")));
    fs::rename(folder.path().join("communes.geojson"), folder.path().join("renamed.geojson")).unwrap();
    let flags = "--communes renamed.geojson --candidates candidates.geojson --existing existing.geojson";
    answered(&maillage(folder.path(), &format!("verify {plan} {flags}")));
    // Another question is not asked in silence.
    let output = maillage(folder.path(), &format!("verify {plan} {flags} --sites 9"));
    assert_eq!(exit(&output), 0);
    assert!(said(&output).contains("W903"), "{}", said(&output));
}

#[test]
fn a_certificate_of_another_plan_of_the_same_region_is_refused() {
    let folder = tiny();
    answered(&maillage(folder.path(), "plan --scenario maillage.toml --sites 1 --certificate other.cert --quiet"));
    refused(folder.path(), "plan.geojson --certificate other.cert", &["other.cert", "of another problem"]);
}

#[test]
fn a_site_swapped_for_another_is_refused() {
    let folder = tiny();
    let text = fs::read_to_string(folder.path().join("plan.geojson")).unwrap();
    let id = text.split("\"id\":\"site/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    change(
        folder.path(),
        "plan.geojson",
        &format!("\"role\":\"site\",\"id\":\"{id}\""),
        "\"role\":\"site\",\"id\":\"x\"",
    );
    refused(folder.path(), "plan.geojson", &["\"x\"", "not among the candidates"]);
}

#[test]
fn a_certificate_is_not_replaced_unless_forced_and_written_only_with_the_plan() {
    let folder = tiny();
    let before = fs::read(folder.path().join("plan.cert")).unwrap();
    let again = "plan --scenario maillage.toml --sites 1 --out new.json --certificate plan.cert --quiet";
    let output = maillage(folder.path(), again);
    assert_eq!(exit(&output), 2, "{}", said(&output));
    assert_eq!(fs::read(folder.path().join("plan.cert")).unwrap(), before);
    assert!(!folder.path().join("new.json").exists());
    answered(&maillage(folder.path(), &format!("{again} --force")));
    assert_ne!(fs::read(folder.path().join("plan.cert")).unwrap(), before);
}

#[test]
fn no_file_is_written_twice() {
    let folder = tiny();
    for twice in [
        "--out new.json --out ./new.json",
        "--out new.json --certificate new.json",
        "--write-model new.mps --certificate new.mps",
        "--write-model new.mps --certificate new.names.csv",
    ] {
        let output = maillage(folder.path(), &format!("plan --scenario maillage.toml {twice}"));
        assert_eq!(exit(&output), 2, "{twice}: {}", said(&output));
        assert!(said(&output).contains("written twice"), "{twice}: {}", said(&output));
    }
    fs::write(folder.path().join("one.index"), "maillage-index 1\n1 1\n1\n1\n1 0\nopen 0\n").unwrap();
    let output = maillage(folder.path(), "solve one.index --sites 1 --certificate one.lp --write-model one.lp");
    assert_eq!(exit(&output), 2, "{}", said(&output));
    assert!(!folder.path().join("new.json").exists() && !folder.path().join("one.lp").exists());
}

#[test]
fn one_of_a_kind_is_said_in_the_singular() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.index"), "maillage-index 1\n1 1\n1\n1\n1 0\nopen 0\n").unwrap();
    let solved = |language: &str| {
        let flags = "--sites 1 --certificate one.cert --force";
        let solved = answered(&maillage(folder.path(), &format!("solve one.index {flags} --lang {language}")));
        let flags = "--instance one.index --sites 1";
        solved + &answered(&maillage(folder.path(), &format!("verify one.cert {flags} --lang {language}")))
    };
    let english = solved("en");
    assert!(english.contains("1 new site at a cost of 1 covers 1 more"), "{english}");
    assert!(english.contains("the 1 new site keeps every rule and adds 1"), "{english}");
    let french = solved("fr");
    assert!(french.contains("1 nouveau site, d’un coût de 1, couvre 1 de plus"), "{french}");
    assert!(french.contains("le nouveau site respecte chaque règle et apporte 1"), "{french}");
}

#[test]
fn certificates_of_bare_instances_are_verified_against_their_index_file() {
    let folder = tempfile::tempdir().unwrap();
    // Site 2 is open; two of the others may be added.
    let index = "maillage-index 1\n5 4\n10 1 20 7 3\n1 1 1 1\n2 0 1\n2 1 2\n1 3\n2 3 4\nopen 1 2\n";
    fs::write(folder.path().join("small.index"), index).unwrap();
    answered(&maillage(folder.path(), "solve small.index --sites 2 --certificate small.cert --quiet"));
    let text = answered(&maillage(folder.path(), "verify small.cert --instance small.index --sites 2"));
    assert!(text.contains("no choice of sites within these rules adds more than 31 of weight"), "{text}");
    refused(folder.path(), "small.cert --instance small.index --sites 1", &["of another problem"]);
    refused(folder.path(), "small.cert --instance small.index --sites 2 --greenfield", &["of another problem"]);
}

#[test]
fn a_certificate_alone_is_verified_against_files_and_limits() {
    let folder = tiny();
    let bound = number_after(folder.path(), "plan.cert", "\nbound ");
    let verified = answered(&maillage(folder.path(), "verify plan.cert --scenario maillage.toml --json"));
    let answer: Value = serde_json::from_str(&verified).unwrap();
    assert_eq!((&answer["verified"], &answer["feasible"]), (&Value::Bool(true), &Value::Bool(true)));
    assert!(answer["objective"]["bound"].as_u64().unwrap() <= bound);
    let text = answered(&maillage(folder.path(), "verify plan.cert --scenario maillage.toml"));
    assert!(text.contains("rebuilt from the files and limits given"), "{text}");
    refused(folder.path(), "plan.cert --scenario maillage.toml --sites 1", &["of another problem"]);
    // That there is no plan would need a proof.
    let text = fs::read_to_string(folder.path().join("plan.cert")).unwrap();
    let (head, steps) = (text.split("plan ").next().unwrap(), text.split("\nbound ").nth(1).unwrap());
    let steps = steps.split_once('\n').unwrap().1;
    fs::write(folder.path().join("none.cert"), format!("{head}infeasible\n{steps}")).unwrap();
    refused(folder.path(), "none.cert --scenario maillage.toml", &["none.cert", "proves nothing"]);
}

#[test]
fn the_next_hundred_sites_of_the_real_region_are_verified() {
    let data = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let Ok(region) = fs::canonicalize(data.join("grand-est")) else {
        eprintln!("skipped: there is no {}", data.join("grand-est").display());
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let region = region.display();
    let files = format!(
        "--communes {region}/communes.geojson --candidates {region}/candidates.geojson --existing \
         {region}/existing_illustrative.geojson"
    );
    let question = "--access-field apl_mg2018 --origin lon_pop,lat_pop --under 4 --within 10min --speed 50km/h \
                    --detour 1.3 --sites 100";
    let out = "--out plan.geojson --certificate plan.cert --quiet";
    answered(&maillage(folder.path(), &format!("plan {files} {question} {out}")));
    let answer: Value =
        serde_json::from_str(&answered(&maillage(folder.path(), &format!("verify plan.geojson {files} --json"))))
            .unwrap();
    assert_eq!(answer["bound_proved"], true);
    assert_eq!((&answer["objective"]["value"], &answer["objective"]["bound"]), (&1_022_592.into(), &1_022_592.into()));
}
