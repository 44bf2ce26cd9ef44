//! Serving under capacity, compared with all choices of sites there are.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::print_stderr, reason = "a long test says what it saw")]

mod problems {
    pub mod random;
    pub mod small;
}

use maillage_solver::{
    CapacitatedProblem, CapacitatedSearch, CapacitatedSolution, CapacityError, Effort, Guarantee, Problem, Silent,
    SiteId, Solution, SolveError,
};
use problems::random::Random;
use problems::small::random_problem;

/// A problem of at most 8 sites without floors, and capacities that often bind.
fn capacitated(seed: u64) -> Option<CapacitatedProblem> {
    let problem = random_problem(seed).with_floors(Vec::new()).unwrap();
    let sites = problem.coverage().sites();
    if sites > 8 {
        return None;
    }
    let mut random = Random(seed ^ 0xCA9);
    let need: u64 = problem.weights().iter().sum();
    let most = 1 + need * (1 + random.below(6)) / 4;
    let capacities = (0..sites).map(|_| random.below(most)).collect();
    Some(CapacitatedProblem::new(problem, capacities).unwrap())
}

/// What each choice of sites serves, by the smallest cut: a part of them serves all its capacity, the rest all the
/// need around it (Ford and Fulkerson 1956).
fn served_by_cuts(problem: &CapacitatedProblem) -> Vec<u64> {
    let coverage = problem.covering().coverage();
    let sites: Vec<SiteId> = (0..).map(SiteId).take(coverage.sites()).collect();
    let choices = 1_usize << sites.len();
    let has = |choice: usize, site: SiteId| choice >> site.0 & 1 == 1;
    let sums = |choice: usize| {
        let chosen: Vec<SiteId> = sites.iter().copied().filter(|&site| has(choice, site)).collect();
        let capacity: u64 = chosen.iter().map(|site| problem.capacities()[site.index()]).sum();
        (capacity, problem.covering().value_of(&chosen))
    };
    let all: Vec<(u64, u64)> = (0..choices).map(sums).collect();
    let served = |choice: usize| {
        let parts = (0..=choice).filter(|part| part & choice == *part);
        parts.map(|part| all[choice ^ part].0 + all[part].1).min().unwrap()
    };
    (0..choices).map(served).collect()
}

fn chosen(choice: usize) -> Vec<SiteId> {
    (0..64).filter(|site| choice >> site & 1 == 1).map(SiteId).collect()
}

#[test]
fn what_a_choice_serves_is_the_smallest_cut() {
    for seed in 0..300 {
        let Some(problem) = capacitated(seed) else { continue };
        for (choice, served) in served_by_cuts(&problem).into_iter().enumerate() {
            let counted = CapacitatedSolution::count(&problem, &chosen(choice));
            assert_eq!(counted.served(), served, "seed {seed}: {choice:b} {problem:?}");
            assert_eq!(counted.loads().iter().sum::<u64>(), served);
            let fits = counted.loads().iter().zip(problem.capacities()).all(|(load, capacity)| load <= capacity);
            assert!(
                fits && counted.loads().iter().enumerate().all(|(site, &load)| load == 0 || choice >> site & 1 == 1)
            );
        }
    }
}

#[test]
fn bounds_and_plans_agree_with_all_choices() {
    let (mut feasible, mut best_found, mut proved, mut infeasible, mut binding) = (0, 0, 0, 0, 0);
    for seed in 0..6_000 {
        let Some(problem) = capacitated(seed) else { continue };
        let outcome = CapacitatedSearch { effort: Effort::Quick, gap: 0.0 }.solve(&problem, &Silent);
        let choices = served_by_cuts(&problem).into_iter().enumerate();
        let kept = choices.filter(|(choice, _)| Solution::count(problem.covering(), &chosen(*choice)).is_feasible());
        let best = kept.map(|(choice, served)| (served, choice)).max();
        let Some((best, choice)) = best else {
            assert!(matches!(outcome, Err(SolveError::Infeasible { .. })), "seed {seed}: {outcome:?}");
            infeasible += 1;
            continue;
        };
        let outcome = outcome.unwrap();
        let solution = &outcome.solution;
        assert!(solution.is_feasible(), "seed {seed}: a rule is broken");
        assert_eq!(*solution, CapacitatedSolution::count(&problem, solution.sites()), "seed {seed}");
        assert!(outcome.bound >= best && best >= solution.served(), "seed {seed}: {best} {outcome:?} {problem:?}");
        assert_eq!(outcome.guarantee == Guarantee::Optimal, outcome.bound == solution.served(), "seed {seed}");
        feasible += 1;
        best_found += u32::from(solution.served() == best);
        proved += u32::from(outcome.guarantee == Guarantee::Optimal);
        binding += u32::from(problem.covering().value_of(&chosen(choice)) > best);
    }
    eprintln!("{feasible} feasible, {infeasible} not; capacity binds in {binding}; best {best_found}, proved {proved}");
    assert!(feasible > 2_500 && infeasible > 500 && binding > 900);
    assert!(best_found * 100 >= feasible * 98 && proved * 2 > feasible);
}

#[test]
fn capacities_that_never_bind_leave_the_covering_problem() {
    for seed in 0..200 {
        let problem = random_problem(seed).with_floors(Vec::new()).unwrap();
        let need: u64 = problem.weights().iter().sum();
        let capacities = vec![need; problem.coverage().sites()];
        let wide = CapacitatedProblem::new(problem.clone(), capacities).unwrap();
        let all: Vec<SiteId> = (0..).map(SiteId).take(problem.coverage().sites()).collect();
        assert_eq!(CapacitatedSolution::count(&wide, &all).served(), problem.value_of(&all));
        match CapacitatedSearch::default().solve(&wide, &Silent) {
            Ok(outcome) => assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}"),
            Err(error) => assert!(matches!(error, SolveError::Infeasible { .. }), "seed {seed}: {error}"),
        }
    }
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let problem: Problem = random_problem(1).with_floors(Vec::new()).unwrap();
    let sites = problem.coverage().sites();
    let refused = |capacities| CapacitatedProblem::new(problem.clone(), capacities).unwrap_err();
    assert_eq!(refused(vec![1; sites + 1]), CapacityError::Count { capacities: sites + 1, sites });
    assert_eq!(refused(vec![u64::MAX; sites]), CapacityError::TooLarge);
}
