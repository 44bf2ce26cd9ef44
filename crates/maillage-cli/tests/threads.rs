//! The same files, certificates included, whatever the number of threads, with the binary people run.
#![expect(clippy::unwrap_used, reason = "a failed test says where")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const THREADS: [u32; 4] = [1, 2, 3, 8];

/// Runs the binary in a folder and returns all that it wrote there.
fn written(folder: &Path, arguments: &str, threads: u32) -> Vec<(PathBuf, Vec<u8>)> {
    let results = folder.join(format!("results-{threads}"));
    fs::create_dir(&results).unwrap();
    let mut command = Command::cargo_bin("maillage").unwrap();
    command.current_dir(&results).args(arguments.split_whitespace()).args(["--threads", &threads.to_string()]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&results)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Asserts that so many files are written, the same for every number of threads.
fn same(folder: &Path, arguments: &str, count: usize) {
    let one = written(folder, arguments, THREADS[0]);
    assert_eq!(one.len(), count);
    for threads in &THREADS[1..] {
        let more = written(folder, arguments, *threads);
        for (one, more) in one.iter().zip(&more) {
            assert!(one == more, "{} differs with {threads} threads", one.0.display());
        }
        assert_eq!(one.len(), more.len());
    }
}

#[test]
fn of_the_demo_region() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in maillage_fixtures::demo() {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let outputs = "--out plan.geojson --out plan.json --certificate plan.cert --write-model plan.mps --quiet";
    same(folder.path(), &format!("plan --scenario ../maillage.toml --budget 700000 {outputs}"), 5);
}

#[test]
fn of_an_index_file() {
    let folder = tempfile::tempdir().unwrap();
    // Sites on a line of a thousand demands, each reaching a few to both sides, at changing weights and costs.
    let weights: Vec<String> = (0..1_000_u64).map(|demand| (demand * 7_919 % 1_009).to_string()).collect();
    let costs: Vec<String> = (0..1_000_u64).map(|site| (20 + site * 104_729 % 31).to_string()).collect();
    let mut index = format!("maillage-index 1\n1000 1000\n{}\n{}\n", weights.join(" "), costs.join(" "));
    for site in 0..1_000_u64 {
        let reach = 3 + site * 31 % 17;
        let demands: Vec<String> = (site.saturating_sub(reach)..(site + reach).min(1_000))
            .filter(|demand| demand * site % 3 != 1)
            .map(|demand| demand.to_string())
            .collect();
        index.extend([&demands.len().to_string(), " ", &demands.join(" "), "\n"]);
    }
    index += "open 2 10 500\n";
    fs::write(folder.path().join("line.index"), index).unwrap();
    same(folder.path(), "solve ../line.index --sites 30 --budget 900 --certificate line.cert --quiet", 1);
}

#[test]
fn of_the_real_region() {
    let data = std::env::var_os("MAILLAGE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let Ok(region) = fs::canonicalize(data.join("grand-est")) else {
        eprintln!("skipped: there is no {}", data.join("grand-est").display());
        return;
    };
    let region = region.display();
    let files = format!(
        "--communes {region}/communes.geojson --candidates {region}/candidates.geojson --existing \
         {region}/existing_illustrative.geojson --access-field apl_mg2018 --origin lon_pop,lat_pop"
    );
    let question = "--under 4 --within 10min --speed 50km/h --detour 1.3 --budget 3000000";
    let folder = tempfile::tempdir().unwrap();
    let out = "--out plan.geojson --certificate plan.cert --quiet";
    same(folder.path(), &format!("plan {files} {question} {out}"), 2);
}
