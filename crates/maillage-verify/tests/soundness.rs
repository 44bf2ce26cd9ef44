//! What the checker accepts is true, and what is true can be proved to it: settled by trying every choice of sites.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test stops at the first surprise")]

mod mutants;
mod plain;
mod problems;
mod prover;

use maillage_verify::{Verdict, verify};
use mutants::mutant;
use plain::Problem;
use problems::Random;
use prover::Prover;

#[test]
fn exactly_the_true_bounds_have_proofs() {
    let (mut true_claims, mut false_claims) = (0, 0);
    for seed in 0..12_000 {
        let mut random = Random(seed);
        let problem = Problem::random(&mut random);
        let plans = problem.plans();
        let Some(best) = plans.iter().map(|plan| plan.0).max() else { continue };
        let (value, plan) = &plans[random.below(plans.len())];
        let bound = *value + random.below((best - value) as usize + 3) as u64;
        let instance = problem.instance();
        let mut prover = Prover::new(&problem, &instance, &mut random, Some((plan, bound)));
        let found = prover.prove();
        assert_eq!(found, bound >= best, "seed {seed}: {bound} claimed, {best} true\n{problem}{}", prover.text());
        true_claims += usize::from(found);
        false_claims += usize::from(!found);
        if found {
            let Verdict::Plan { value: counted, bound: lowered, .. } = verify(&instance, &prover.text()).unwrap()
            else {
                panic!("seed {seed}: there is a plan");
            };
            assert_eq!(counted, *value, "seed {seed}");
            assert!(lowered >= best && lowered <= bound, "seed {seed}");
        }
    }
    assert!(true_claims > 1_000 && false_claims > 1_000, "{true_claims} true, {false_claims} false");
}

#[test]
fn exactly_the_problems_without_a_plan_have_proofs_that_there_is_none() {
    let mut infeasible = 0;
    for seed in 20_000..32_000 {
        let mut random = Random(seed);
        let problem = Problem::random(&mut random);
        let instance = problem.instance();
        let mut prover = Prover::new(&problem, &instance, &mut random, None);
        let found = prover.prove();
        assert_eq!(found, problem.plans().is_empty(), "seed {seed}:\n{problem}{}", prover.text());
        infeasible += usize::from(found);
    }
    assert!(infeasible > 1_000, "{infeasible} infeasible");
}

#[test]
fn a_certificate_with_one_change_is_refused_or_still_proves_its_own_claim() {
    let (mut mutants, mut accepted) = (0, 0);
    for seed in 0..3_000 {
        let mut random = Random(seed);
        let problem = Problem::random(&mut random);
        let plans = problem.plans();
        let best = plans.iter().max();
        let instance = problem.instance();
        let mut prover = Prover::new(&problem, &instance, &mut random, best.map(|(best, plan)| (&plan[..], *best)));
        assert!(prover.prove(), "seed {seed}");
        let text = prover.text();
        for _ in 0..40 {
            let changed = mutant(&text, &mut |end| random.below(end));
            mutants += 1;
            let Ok(verdict) = verify(&instance, &changed) else { continue };
            accepted += usize::from(changed != text);
            match verdict {
                Verdict::Plan { sites, value, bound } => {
                    let fixed = |site: &u32| problem.sites[*site as usize].open == Some(true);
                    let mut plan: Vec<u32> = (0..problem.sites.len() as u32).filter(fixed).chain(sites).collect();
                    plan.sort_unstable();
                    assert!(plans.contains(&(value, plan)), "seed {seed}:\n{problem}{changed}");
                    assert!(Some(bound) >= best.map(|best| best.0), "seed {seed}:\n{problem}{changed}");
                }
                Verdict::Infeasible => assert_eq!(best, None, "seed {seed}:\n{problem}{changed}"),
            }
        }
    }
    assert!(mutants >= 100_000 && accepted > 1_000, "{mutants} mutants, {accepted} of them accepted");
}
