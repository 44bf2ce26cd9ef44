//! What the checker accepts is true, and what is true can be proved to it: settled by trying every choice of sites.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test stops at the first surprise")]

mod mutants;
mod problems;
mod prover;

use maillage_verify::{Certificate, Verdict, verify};
use mutants::mutant;
use problems::{Problem, Random};
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
        let mut prover = Prover::new(&problem, &instance, &mut random, plan, bound);
        let found = prover.prove();
        assert_eq!(found, bound >= best, "seed {seed}: {bound} claimed, {best} true\n{instance}{}", prover.certificate);
        true_claims += usize::from(found);
        false_claims += usize::from(!found);
        if found {
            let verdict = verify(&instance, &prover.certificate).unwrap();
            assert_eq!(verdict.value, *value, "seed {seed}");
            assert!(verdict.bound >= best && verdict.bound <= bound, "seed {seed}");
        }
    }
    assert!(true_claims > 1_000 && false_claims > 1_000, "{true_claims} true, {false_claims} false");
}

#[test]
fn a_certificate_with_one_change_is_refused_or_still_proves_its_own_claim() {
    let (mut mutants, mut accepted) = (0, 0);
    for seed in 0..3_000 {
        let mut random = Random(seed);
        let problem = Problem::random(&mut random);
        let plans = problem.plans();
        let Some((best, plan)) = plans.iter().max() else { continue };
        let instance = problem.instance();
        let mut prover = Prover::new(&problem, &instance, &mut random, plan, *best);
        assert!(prover.prove(), "seed {seed}");
        let text = prover.certificate.to_string();
        for _ in 0..50 {
            let changed = mutant(&text, &mut |end| random.below(end));
            mutants += 1;
            let Ok(certificate) = Certificate::parse(changed.as_bytes()) else { continue };
            if let Ok(Verdict { value, bound }) = verify(&instance, &certificate) {
                accepted += usize::from(changed != text);
                assert!(plans.contains(&(value, certificate.plan.clone())), "seed {seed}:\n{instance}{changed}");
                assert!(bound >= *best, "seed {seed}:\n{instance}{changed}");
                assert!(bound <= certificate.bound, "seed {seed}");
            }
        }
    }
    assert!(mutants >= 100_000 && accepted > 1_000, "{mutants} mutants, {accepted} of them accepted");
}
