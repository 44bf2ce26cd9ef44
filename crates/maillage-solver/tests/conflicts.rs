//! Conflicts on small random problems, compared with all choices there are.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod problems {
    pub mod enumeration;
    pub mod random;
    pub mod small;
}

use maillage_solver::{Conflict, Constraint, CoverageFloor, End, Problem, Silent, SiteRule, WayOut};
use problems::enumeration::best_value;
use problems::small::random_problem;

/// The problem with only some constraints, one of them moved.
fn changed(problem: &Problem, kept: &[Constraint], moved: Option<WayOut>) -> Problem {
    let by = |constraint: Constraint, end: End| {
        moved.filter(|way| way.constraint == constraint && way.end == end).map_or(0, |way| way.change)
    };
    let mut rules = Vec::new();
    for (number, rule) in problem.rules().iter().enumerate() {
        let constraint = Constraint::Rule(number);
        if kept.contains(&constraint) {
            rules.push(SiteRule {
                least: rule.least.map(|least| least - i64::try_from(by(constraint, End::Least)).unwrap()),
                most: rule.most.map(|most| most + i64::try_from(by(constraint, End::Most)).unwrap()),
                coefficients: rule.coefficients.clone(),
            });
        }
    }
    let mut floors = Vec::new();
    for (number, floor) in problem.floors().iter().enumerate() {
        let constraint = Constraint::Floor(number);
        if kept.contains(&constraint) {
            let least = floor.least - by(constraint, End::Least);
            floors.push(CoverageFloor { coefficients: floor.coefficients.clone(), least });
        }
    }
    let parts = (problem.coverage().clone(), problem.weights().to_vec(), problem.fixings().to_vec());
    Problem::new(parts.0, parts.1, rules, parts.2).unwrap().with_floors(floors).unwrap()
}

#[test]
fn conflicts_are_smallest_and_ways_out_are_the_cheapest() {
    let mut conflicts = 0;
    for seed in 0..6_000 {
        let problem = random_problem(seed);
        let all: Vec<Constraint> = (0..problem.rules().len())
            .map(Constraint::Rule)
            .chain((0..problem.floors().len()).map(Constraint::Floor))
            .collect();
        let found = Conflict::of(&problem, &Silent).unwrap();
        assert_eq!(found.is_none(), best_value(&problem).is_some(), "seed {seed}");
        let Some(conflict) = found else { continue };
        conflicts += 1;
        assert_eq!(best_value(&changed(&problem, &conflict.members, None)), None, "seed {seed}: no conflict");
        for member in &conflict.members {
            let others: Vec<Constraint> = conflict.members.iter().copied().filter(|other| other != member).collect();
            assert!(best_value(&changed(&problem, &others, None)).is_some(), "seed {seed}: {member:?} is not needed");
        }
        for way in &conflict.ways_out {
            assert!(best_value(&changed(&problem, &all, Some(*way))).is_some(), "seed {seed}: {way:?} is no way out");
            let less = WayOut { change: way.change - 1, ..*way };
            assert_eq!(
                best_value(&changed(&problem, &all, Some(less))),
                None,
                "seed {seed}: less than {way:?} would do"
            );
        }
    }
    assert!(conflicts > 300, "only {conflicts} problems had a conflict");
}
