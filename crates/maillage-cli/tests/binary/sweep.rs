//! Many scenarios at once.

use std::fs;

use serde_json::Value;

use crate::run::{answer, answered, exit, folder, maillage, said, tiny};

const SWEEP: &str = "sweep --scenario maillage.toml --quiet --vary under=3,4 --vary within=8min,10min,14min --vary \
                     budget=30000,60000,110000";

#[test]
fn each_scenario_has_the_plan_that_it_has_alone() {
    let folder = tiny();
    let told = answer(&maillage(folder.path(), &format!("{SWEEP} --json")));
    let scenarios = told["scenarios"].as_array().unwrap();
    assert_eq!(scenarios.len(), 18);
    for scenario in scenarios {
        let assumes = &scenario["assumes"];
        let asked = format!(
            "plan --scenario maillage.toml --quiet --json --under {} --within {} --budget {}",
            assumes["under"],
            assumes["within"].as_str().unwrap(),
            assumes["budget"]
        );
        let alone = answer(&maillage(folder.path(), &asked));
        assert_eq!(scenario["guarantee"], "optimal", "{scenario}");
        for (member, other) in [
            ("value", &alone["objective"]["value"]),
            ("bound", &alone["objective"]["bound"]),
            ("newly_reached", &alone["newly_reached"]),
            ("under_served", &alone["under_served"]),
            ("reached_before", &alone["reached_before"]),
        ] {
            assert_eq!(&scenario[member], other, "{member} of {assumes}");
        }
    }
    // Whatever is assumed, a plan brings at most what the best one does.
    for plan in told["plans"].as_array().unwrap() {
        let (worst, mean) = (plan["worst"].as_f64().unwrap(), plan["mean"].as_f64().unwrap());
        assert!((0.0..=1.0).contains(&worst) && worst <= mean && mean <= 1.0, "{plan}");
        assert!(plan["best_in"].as_u64() <= plan["allowed_in"].as_u64(), "{plan}");
    }
    let choices = told["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 3, "one for each budget");
    for choice in choices {
        assert_eq!(choice["scenarios"], 6);
        let (worst, mean) = (&choice["in_the_worst"]["share"], &choice["on_average"]["share"]);
        assert!(worst.as_f64() <= mean.as_f64(), "{choice}");
    }
}

#[test]
fn regret_is_what_a_plan_loses_under_other_assumptions() {
    let folder = tiny();
    let asked = format!("{SWEEP} --out sweep.json --regret regret.csv --core core.csv");
    answered(&maillage(folder.path(), &asked));
    let told: Value = serde_json::from_slice(&fs::read(folder.path().join("sweep.json")).unwrap()).unwrap();
    let table = fs::read_to_string(folder.path().join("regret.csv")).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 19);
    for (row, scenario) in rows[1..].iter().zip(told["scenarios"].as_array().unwrap()) {
        let own = scenario["plan"].as_u64().unwrap();
        assert_eq!(row[2 + usize::try_from(own).unwrap()], "0", "a scenario's own plan loses nothing: {row:?}");
        for (plan, loss) in told["plans"].as_array().unwrap().iter().zip(&row[3..]) {
            let sites: Vec<&str> =
                plan["sites"].as_array().unwrap().iter().map(|site| site.as_str().unwrap()).collect();
            let allowed = plan["cost"].as_u64() <= scenario["assumes"]["budget"].as_u64();
            assert_eq!(!loss.is_empty(), allowed, "{scenario} {plan}");
            if allowed && !sites.is_empty() && scenario["assumes"]["within"] == "14min" {
                let assessed = format!(
                    "assess {} --scenario maillage.toml --quiet --json --under {} --within 14min --budget {}",
                    sites.join(","),
                    scenario["assumes"]["under"],
                    scenario["assumes"]["budget"]
                );
                let value = answer(&maillage(folder.path(), &assessed))["plan"]["objective"]["value"].as_u64().unwrap();
                let lost: u64 = loss.parse().unwrap();
                assert_eq!(value + lost, scenario["value"].as_u64().unwrap(), "{scenario} {plan}");
            }
        }
    }
    let core = fs::read_to_string(folder.path().join("core.csv")).unwrap();
    let counts: Vec<u64> = core.lines().skip(1).map(|line| line.split(',').nth(4).unwrap().parse().unwrap()).collect();
    assert!(!counts.is_empty() && counts.is_sorted_by(|one, other| one >= other), "{counts:?}");
}

#[test]
fn what_was_done_is_kept_and_gone_on_from() {
    let folder = tiny();
    let whole = answered(&maillage(folder.path(), &format!("{SWEEP} --threads 1 --out whole.json")));
    answered(&maillage(folder.path(), &format!("{SWEEP} --threads 3 --keep done --out kept.json")));
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("whole.json"), bytes("kept.json"), "{whole}");
    let kept: Vec<_> = fs::read_dir(folder.path().join("done")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(kept.len(), 6, "one for each curve over the budgets");
    // As after an interruption: one is not there, one was broken off, one is another's, in one a figure was changed.
    let text = fs::read_to_string(&kept[4]).unwrap();
    let changed = text.replacen("\"newly_reached\":1", "\"newly_reached\":2", 1);
    assert_ne!(changed, text);
    fs::write(&kept[4], changed).unwrap();
    fs::remove_file(&kept[0]).unwrap();
    fs::write(&kept[1], "{\"asked\"").unwrap();
    fs::copy(&kept[3], &kept[2]).unwrap();
    answered(&maillage(folder.path(), &format!("{SWEEP} --keep done --out again.json")));
    assert_eq!(bytes("whole.json"), bytes("again.json"));
}

#[test]
fn a_sample_is_a_part_of_the_grid() {
    let folder = tiny();
    let all = answer(&maillage(folder.path(), &format!("{SWEEP} --json")));
    let some = answer(&maillage(folder.path(), &format!("{SWEEP} --json --sample 5 --seed 3")));
    assert_eq!(some["sample"], serde_json::json!({"scenarios": 5, "of": 18, "seed": 3}));
    let values = |told: &Value| -> Vec<(Value, Value)> {
        let all = told["scenarios"].as_array().unwrap().iter();
        all.map(|scenario| (scenario["assumes"].clone(), scenario["value"].clone())).collect()
    };
    let grid = values(&all);
    assert!(values(&some).len() == 5 && values(&some).iter().all(|scenario| grid.contains(scenario)));
}

#[test]
fn what_cannot_be_swept_is_refused() {
    let folder = tiny();
    for (flags, words) in [
        ("", "--vary"),
        ("--vary communes=a.geojson", "communes cannot be varied"),
        ("--vary under=3 --vary under=4", "a key that is varied once"),
        ("--vary within=soon", "within=soon"),
        ("--vary under=3,4 --out sweep.svg", "this is written as .csv, .xlsx, .geojson, .gpkg, .html or .json"),
        ("--vary under=3,4 --goal fewest-sites:90%", "--goal"),
        ("--vary under=3,4 --seed 3", "--sample"),
        ("--vary lose=;kind:ehpad --residents-field residents", "--vary lose and --residents-field exclude each other"),
    ] {
        let run = maillage(folder.path(), &format!("sweep --scenario maillage.toml {flags}"));
        assert!(exit(&run) == 2 && said(&run).contains(words), "{flags}: {}", said(&run));
    }
}

#[test]
fn what_is_wrong_is_said_in_french_too_and_nothing_ends_in_silence() {
    let folder = tiny();
    for (flags, words) in [
        ("", "dire ce qui varie"),
        ("--vary within=10", "« within=10 » n’est pas une durée avec son unité, par exemple 10min"),
        ("--vary sites=few", "n’est pas un nombre entier"),
        ("--vary under=3 --vary under=4", "une clé à varier une seule fois"),
        ("--vary under=3,4 --sample 0", "« 0 » n’est pas un nombre de scénarios, 1 ou plus"),
    ] {
        let run = maillage(folder.path(), &format!("sweep --scenario maillage.toml --lang fr {flags}"));
        assert!(exit(&run) == 2 && said(&run).contains(words), "{flags}: {}", said(&run));
    }
    let run = maillage(folder.path(), "sweep --scenario maillage.toml --vary under=3,3.0");
    assert!(exit(&run) == 2 && said(&run).contains("takes the value 3.0 twice"), "{}", said(&run));
}

#[test]
fn one_scenario_is_one_and_one_without_a_plan_has_none() {
    let folder = tiny();
    let text = answered(&maillage(folder.path(), "sweep --scenario maillage.toml --vary sites=1"));
    assert!(text.contains("1 scenario, 1 plan, proved the best of each.\n"), "{text}");
    assert!(text.contains("1 site stands in every plan found, 1 in at least 90%"), "{text}");
    let text = answered(&maillage(folder.path(), "sweep --scenario maillage.toml --vary sites=0 --lang fr"));
    assert!(text.contains("1 scénario, 1 plan, prouvé") && !text.contains("Sûrs"), "{text}");
}

#[test]
fn a_consensus_is_no_worse_than_the_plans_found_and_no_plan_exceeds_its_bound() {
    let folder = tiny();
    let asked =
        "sweep --scenario maillage.toml --vary under=2.5,3,4 --vary within=6min,14min --vary sites=1,2 --json --quiet";
    let plain = answer(&maillage(folder.path(), asked));
    let told = answer(&maillage(folder.path(), &format!("{asked} --consensus --threads 1")));
    let mut twice = answer(&maillage(folder.path(), &format!("{asked} --consensus --threads 3")));
    twice["seconds"] = told["seconds"].clone();
    assert_eq!(told, twice, "the same on any number of threads");
    let choices = |answer: &Value| answer["choices"].as_array().unwrap().clone();
    assert_eq!(choices(&told).len(), 2);
    for (before, after) in choices(&plain).iter().zip(choices(&told)) {
        for chosen in ["in_the_worst", "on_average"] {
            let number = |value: &Value| value.as_f64().unwrap();
            assert!(before[chosen]["bound"].is_null());
            let (share, bound) = (number(&after[chosen]["share"]), number(&after[chosen]["bound"]));
            assert!(number(&before[chosen]["share"]) <= share && share <= bound && bound <= 1.0, "{before} {after}");
            // The region is small enough for the mean to be proved.
            assert!(chosen == "in_the_worst" || bound - share < 0.000_3, "{after}");
            let number = usize::try_from(after[chosen]["plan"].as_u64().unwrap()).unwrap();
            assert_eq!(told["plans"][number - 1]["plan"].as_u64(), after[chosen]["plan"].as_u64());
        }
    }
    let text = answered(&maillage(folder.path(), &asked.replace("--json --quiet", "--consensus --lang fr")));
    assert!(text.contains(" au plus)"), "{text}");
}

#[test]
fn a_lost_site_serves_nobody_and_a_given_plan_is_measured_without_it() {
    let folder = folder(maillage_fixtures::demo());
    let folder = folder.path();
    answered(&maillage(folder, "plan --scenario maillage.toml --quiet --sites 6 --out plan.geojson"));
    let asked = "sweep --scenario maillage.toml --quiet --sites 6 --vary lose=;each:kind;msp_01607,msp_01611 --vary \
                 under=3.5,4 --plan plan.geojson --json";
    let told = answer(&maillage(folder, asked));
    assert_eq!(told, without_seconds(answer(&maillage(folder, &format!("{asked} --threads 1"))), &told));
    let scenarios = told["scenarios"].as_array().unwrap();
    let kinds = ["ehpad", "france_services", "hospital", "msp", "pharmacy", "town_hall"];
    assert_eq!(scenarios.len(), 2 * (kinds.len() + 2));
    let existing: Value = serde_json::from_slice(&fs::read(folder.join("existing.geojson")).unwrap()).unwrap();
    for (position, lost) in told["vary"][0]["values"].as_array().unwrap().iter().enumerate() {
        let words: Vec<&str> = lost.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        let is_lost = |site: &Value| {
            let properties = &site["properties"];
            let kind = format!("kind:{}", properties["kind"].as_str().unwrap());
            words.iter().any(|word| *word == properties["id"] || *word == kind)
        };
        // The same question asked of files without the lost sites.
        let mut left = existing.clone();
        left["features"].as_array_mut().unwrap().retain(|site| !is_lost(site));
        fs::write(folder.join("left.geojson"), left.to_string()).unwrap();
        let candidates: Value = serde_json::from_slice(&fs::read(folder.join("candidates.geojson")).unwrap()).unwrap();
        let gone = candidates["features"].as_array().unwrap().iter().filter(|site| is_lost(site));
        let gone: Vec<&str> = gone.map(|site| site["properties"]["id"].as_str().unwrap()).collect();
        fs::write(folder.join("gone.txt"), gone.join("\n")).unwrap();
        let files = "--scenario maillage.toml --quiet --json --existing left.geojson --under 4 --sites 6";
        let forbid = if gone.is_empty() { "" } else { "--forbid @gone.txt" };
        let alone = answer(&maillage(folder, &format!("plan {files} {forbid}")));
        let scenario = &scenarios[2 * position + 1];
        assert_eq!(scenario["value"], alone["objective"]["value"], "{words:?}");
        assert_eq!(scenario["reached_before"], alone["reached_before"], "{words:?}");
        // The plan given opens as it did; those of its sites that are lost serve nobody.
        let plan = told["plans"].as_array().unwrap();
        let own = &plan[usize::try_from(told["given"][0]["plan"].as_u64().unwrap()).unwrap() - 1];
        let sites = own["sites"].as_array().unwrap().iter().map(|site| site.as_str().unwrap());
        let kept: Vec<&str> = sites.filter(|site| !gone.contains(site)).collect();
        let value = if kept.is_empty() {
            0
        } else {
            let list = kept.join(",");
            let assessed = answer(&maillage(folder, &format!("assess {list} {files}")));
            assessed["plan"]["objective"]["value"].as_u64().unwrap()
        };
        let there = &told["given"][0]["scenarios"][2 * position + 1];
        assert_eq!((&there["value"], &there["newly_reached"]), (&value.into(), &value.into()), "{words:?}");
        assert_eq!(there["loses"].as_u64().unwrap() + value, scenario["value"].as_u64().unwrap(), "{words:?}");
    }
    for (wrong, words) in
        [("lose=;nothing", "lose=nothing"), ("lose=each:nothing", "each:nothing"), ("lose=kind:zoo", "kind:zoo")]
    {
        let run = maillage(folder, &format!("sweep --scenario maillage.toml --sites 3 --vary {wrong}"));
        assert!(exit(&run) == 2 && said(&run).contains(words), "{wrong}: {} {}", exit(&run), said(&run));
    }
    let text =
        answered(&maillage(folder, &asked.replace("--quiet", "--lang fr --out sweep.html").replace("--json", "")));
    assert!(text.contains("plan.geojson sous ces hypothèses") && text.contains("perdus : kind:pharmacy"), "{text}");
}

/// Takes the time of another answer, the one thing in which two runs differ.
fn without_seconds(mut told: Value, other: &Value) -> Value {
    told["seconds"] = other["seconds"].clone();
    told
}

#[test]
fn a_scenario_without_a_plan_or_a_choice_stops_no_sweep() {
    let folder = tiny();
    let folder = folder.path();
    for (flags, feasible) in [
        ("--sites 1 --vary require=;ph_01902,th_01902", [true, false]),
        ("--sites 1 --vary under=4,0.1", [true, true]),
        ("--sites 1 --vary under=4,0.1 --rule each=dep,most=1", [true, false]),
        ("--budget 25000 --vary require=;th_01902", [true, false]),
    ] {
        let told = answer(&maillage(folder, &format!("sweep --scenario maillage.toml --quiet --json {flags}")));
        let scenarios = told["scenarios"].as_array().unwrap();
        let found: Vec<bool> = scenarios.iter().map(|one| one["feasible"].as_bool().unwrap()).collect();
        assert_eq!(found, feasible, "{flags}");
        assert!(feasible[1] || scenarios[1]["value"].is_null(), "{flags}");
        // Nobody is under-served below 0.1: nothing is added, and nothing can be.
        assert!(!feasible[1] || scenarios[1]["value"] == 0 && scenarios[1]["bound"] == 0, "{flags}");
    }
}
