//! What a problem is worth with some sites decided or rules added, compared with all choices there are.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod problems {
    pub mod enumeration;
    pub mod random;
    pub mod small;
}

use maillage_solver::{
    Effort, Fixing, Guarantee, Search, Sensitivity, Silent, SiteId, SiteRule, SolveError, Solver, Variation,
};
use problems::enumeration::best_value;
use problems::small::random_problem;

/// Each site open, each closed, and a choice that differs in two sites from the best.
fn questions(sites: usize, best: &[SiteId]) -> Vec<Variation> {
    let each = || (0..).map(SiteId).take(sites);
    let open = each().map(|site| Variation::open([site]));
    let closed = each().map(|site| Variation::closed([site]));
    let most = i64::try_from(best.len()).unwrap() - 2;
    let differing = Variation::under(SiteRule::at_most(most, best.iter().map(|&site| (site, 1))));
    open.chain(closed).chain([differing]).collect()
}

#[test]
fn variations_equal_all_choices() {
    let (mut asked, mut impossible) = (0, 0);
    for seed in 0..1_000 {
        let problem = random_problem(seed);
        let solved = Search::default().solve(&problem, &Silent);
        let best = match solved {
            Ok(best) => best,
            Err(SolveError::Infeasible { .. }) => continue,
            Err(other) => panic!("seed {seed}: {other}"),
        };
        let questions = questions(problem.coverage().sites(), best.solution.sites());
        let sensitivity = Sensitivity::of(&problem, &best, Search::default(), &Silent).unwrap();
        let answers = sensitivity.solve(&questions, &Silent).unwrap();
        assert_eq!(answers.len(), questions.len());
        for (question, answer) in questions.iter().zip(&answers) {
            let expected = best_value(&question.of(&problem).unwrap());
            asked += 1;
            impossible += u32::from(expected.is_none());
            let Some(answer) = answer else {
                assert_eq!(expected, None, "seed {seed}: {question:?}");
                continue;
            };
            assert_eq!(answer.guarantee, Guarantee::Optimal, "seed {seed}: {question:?} {problem:?}");
            assert_eq!(Some(answer.solution.value()), expected, "seed {seed}: {question:?} {problem:?}");
        }
        let target = best.solution.value() / 2 + 1;
        for (question, reaches) in questions.iter().zip(sensitivity.reaches(&questions, target, &Silent).unwrap()) {
            let expected = best_value(&question.of(&problem).unwrap()).is_some_and(|most| most >= target);
            assert_eq!(reaches, Some(expected), "seed {seed}: {question:?} {problem:?}");
        }
    }
    assert!(asked > 6_000 && impossible > 800, "{asked} questions, {impossible} of them impossible");
}

#[test]
fn a_quick_answer_brackets_the_best() {
    let quick = Search { effort: Effort::Quick, ..Search::default() };
    for seed in 0..300 {
        let problem = random_problem(seed);
        let Ok(best) = Search::default().solve(&problem, &Silent) else { continue };
        let questions = questions(problem.coverage().sites(), best.solution.sites());
        let sensitivity = Sensitivity::of(&problem, &best, quick.clone(), &Silent).unwrap();
        let answers = sensitivity.solve(&questions, &Silent).unwrap();
        for (question, answer) in questions.iter().zip(answers) {
            let Some(answer) = answer else { continue };
            let expected = best_value(&question.of(&problem).unwrap());
            assert!(Some(answer.bound) >= expected, "seed {seed}: {question:?}");
            assert!(answer.guarantee == Guarantee::None || Some(answer.solution.value()) <= expected);
        }
    }
}

#[test]
fn no_choice_with_a_site_open_passes_its_bound() {
    let mut below = 0;
    for seed in 0..2_000 {
        let problem = random_problem(seed);
        let Ok(best) = Search::default().solve(&problem, &Silent) else { continue };
        let bounds = Sensitivity::of(&problem, &best, Search::default(), &Silent).unwrap().bounds_with_open();
        for (site, bound) in (0..).map(SiteId).zip(bounds) {
            let most = best_value(&Variation::open([site]).of(&problem).unwrap());
            if problem.fixings()[site.index()] == Fixing::Free {
                assert!(most.is_none_or(|most| most <= bound), "seed {seed}, site {site}: {most:?} above {bound}");
                below += u32::from(bound < best.solution.value());
            }
        }
    }
    assert!(below > 300, "only {below} sites are bounded below the best choice");
}
