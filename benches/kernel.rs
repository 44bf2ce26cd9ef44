//! The kernel on generated regions: greedy, bound, search, at 5,100 and 35,000 places.
#![expect(clippy::expect_used, reason = "a bench that cannot be set up should say so and stop")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use maillage_solver::{
    Coverage, Effort, Fixing, Greedy, Problem, Relaxation, Search, Silent, SiteId, SiteRule, Solver,
};

/// A generated region with its existing sites, and at most `count` new ones.
fn problem(places: u32, count: i64) -> Problem {
    let instance = maillage_fixtures::instance(places, 1);
    let mut fixings = vec![Fixing::Free; instance.rows.len()];
    for &site in &instance.open {
        fixings[site as usize] = Fixing::Open;
    }
    let new = (0..).map(SiteId).zip(&fixings).filter(|(_, fixing)| **fixing == Fixing::Free);
    let rule = SiteRule::at_most(count, new.map(|(site, _)| (site, 1)));
    let coverage = Coverage::from_rows(places, &instance.rows).expect("a generated region is well formed");
    Problem::new(coverage, instance.weights, vec![rule], fixings).expect("a generated region is well formed")
}

fn kernel(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("kernel");
    group.sample_size(10);
    for places in [5_100, 35_000] {
        let problem = problem(places, 100);
        let solvers: [(&str, &dyn Solver); 4] = [
            ("greedy", &Greedy),
            ("bound", &Relaxation { iterations: 500 }),
            ("search, quick", &Search { effort: Effort::Quick, gap: 0.0, certificate: false }),
            ("search, normal", &Search { effort: Effort::Normal, gap: 0.0, certificate: false }),
        ];
        for (name, solver) in solvers {
            group.bench_function(BenchmarkId::new(name, places), |bencher| {
                bencher.iter(|| solver.solve(black_box(&problem), &Silent));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, kernel);
criterion_main!(benches);
