//! What comes before the kernel: reading the demo region, and straight-line travel times at 5,100 and 35,000 places.
#![expect(clippy::expect_used, reason = "a bench that cannot be set up should say so and stop")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use maillage_core::{Commune, Position, Site, SiteState, StraightLine, Territory, TravelTime};
use maillage_io::{Findings, ScenarioFile, read_communes};

fn reading(criterion: &mut Criterion) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/demo");
    let question = ScenarioFile { access_field: Some("apl".to_owned()), ..ScenarioFile::default() };
    let columns = question.commune_columns().expect("the columns have their usual names");
    criterion.bench_function("reading/communes.geojson of the demo", |bencher| {
        bencher.iter(|| {
            let mut findings = Findings::default();
            read_communes(black_box(&demo.join("communes.geojson")), &columns, &[], &mut findings)
        });
    });
}

/// A square lattice of communes with a candidate each, about 3.3 km apart.
fn lattice(places: u32) -> Territory {
    let side = places.isqrt();
    let position = |place: u32| {
        let (east, north) = (f64::from(place % side), f64::from(place / side));
        Position::new(2.0 + east * 0.045, 46.0 + north * 0.03).expect("the lattice lies in France")
    };
    let communes = (0..places)
        .map(|place| Commune {
            code: format!("{place:05}"),
            name: String::new(),
            territory: String::new(),
            density: None,
            population: 1_000,
            access: None,
            weight: None,
            acts: None,
            origin: position(place),
            geometry: geo::Geometry::Point(geo::Point::new(position(place).longitude(), position(place).latitude())),
            columns: BTreeMap::new(),
        })
        .collect();
    let sites = (0..places)
        .map(|place| Site {
            id: format!("site_{place:05}"),
            name: String::new(),
            kind: String::new(),
            state: SiteState::Candidate,
            cost: 0,
            commune: None,
            territory: None,
            position: position(place),
            columns: BTreeMap::new(),
        })
        .collect();
    Territory::new(communes, sites).expect("codes differ")
}

fn reach(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reach, 20 minutes");
    group.sample_size(10);
    let line = StraightLine::new(50.0, 1.3).expect("a speed and a detour");
    for places in [5_100, 35_000] {
        let territory = lattice(places);
        group.bench_function(BenchmarkId::from_parameter(places), |bencher| {
            bencher.iter(|| line.reach(black_box(&territory), TravelTime::from_deciseconds(12_000)));
        });
    }
    group.finish();
}

criterion_group!(benches, reading, reach);
criterion_main!(benches);
