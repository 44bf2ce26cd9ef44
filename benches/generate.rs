//! Writes generated covering instances as index files for `maillage solve`:
//!
//!     cargo run --release -p maillage-benches --example generate -- uniform CUSTOMERS RADIUS SEED FILE
//!     cargo run --release -p maillage-benches --example generate -- region PLACES SEED FILE
//!     cargo run --release -p maillage-benches --example generate -- fine PLACES SITES SEED FILE
#![expect(clippy::print_stderr, reason = "an example says what it did")]

use std::error::Error;
use std::time::Instant;

use maillage_fixtures::{Instance, fine_instance, instance, uniform};
use maillage_io::IndexFile;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let started = Instant::now();
    let (instance, file) = match words[..] {
        ["uniform", customers, radius, seed, file] => {
            (uniform(customers.parse()?, radius.parse()?, seed.parse()?), file)
        }
        ["region", places, seed, file] => (instance(places.parse()?, seed.parse()?), file),
        ["fine", places, sites, seed, file] => (fine_instance(places.parse()?, sites.parse()?, seed.parse()?), file),
        _ => {
            return Err(
                "say: uniform CUSTOMERS RADIUS SEED FILE, region PLACES SEED FILE, or fine PLACES SITES SEED FILE"
                    .into(),
            );
        }
    };
    let Instance { weights, costs, rows, open } = instance;
    let pairs: usize = rows.iter().map(Vec::len).sum();
    eprintln!("{} demands, {} sites, {pairs} pairs, {:.1?}", weights.len(), rows.len(), started.elapsed());
    std::fs::write(file, IndexFile { weights, costs, rows, open }.to_text())?;
    Ok(())
}
