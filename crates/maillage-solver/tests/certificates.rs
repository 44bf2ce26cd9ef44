//! Every proof of the kernel is checked by a program that knows nothing of it.

#[path = "../../maillage-verify/tests/mutants/mod.rs"]
mod mutants;
mod problems {
    pub mod checked;
    pub mod enumeration;
    pub mod impatient;
    pub mod random;
    pub mod region;
    pub mod small;
}

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use maillage_solver::{
    Effort, Fixing, Guarantee, Observer, Outcome, Problem, Progress, Search, Silent, SiteId, Solution, SolveError,
    Solver, Step, Verdict as Go,
};
use maillage_verify::{Verdict, verify};
use problems::checked::{checked, instance};
use problems::enumeration::best_value;
use problems::impatient::Impatient;
use problems::small::random_problem;

fn solved(problem: &Problem, effort: Effort, observer: &dyn Observer) -> Option<Outcome> {
    let outcome = Search { effort, certificate: true, ..Search::default() }.solve(problem, observer).ok()?;
    (outcome.guarantee != Guarantee::None).then_some(outcome)
}

#[test]
fn proofs_of_small_problems_stand_and_agree_with_all_choices() {
    for seed in 0..2_000 {
        let problem = random_problem(seed);
        let effort = if seed % 2 == 0 { Effort::Quick } else { Effort::Normal };
        if let Some(outcome) = solved(&problem, effort, &Silent) {
            let (value, bound) = checked(&problem, &outcome, &format!("seed {seed}"));
            assert_eq!((Some(value), Some(bound)), (best_value(&problem), best_value(&problem)), "seed {seed}");
        }
    }
}

#[test]
fn a_proof_with_one_change_is_refused_or_still_proves_its_own_claim() {
    let (mut tried, mut accepted, mut impossible) = (0, 0, 0);
    for seed in 0..2_500 {
        let problem = random_problem(seed);
        let quick = Search { effort: Effort::Quick, certificate: true, ..Search::default() };
        let (proof, solution) = match quick.solve(&problem, &Silent) {
            Ok(outcome) => (outcome.certificate, Some(outcome.solution)),
            Err(SolveError::Infeasible { certificate, .. }) => (certificate.map(|proof| *proof), None),
            Err(error) => panic!("seed {seed}: {error}"),
        };
        // Only proofs with something in them to change.
        let Some(proof) = proof.filter(|proof| proof.steps.len() > 2) else { continue };
        let best = best_value(&problem);
        let instance = instance(&problem);
        let text = proof.to_text(&problem, instance.hash(), solution.as_ref());
        let mut state = seed;
        let mut below = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % end
        };
        for _ in 0..150 {
            let changed = mutants::mutant(&text, &mut below);
            tried += 1;
            let Ok(verdict) = verify(&instance, &changed) else { continue };
            accepted += usize::from(changed != text);
            let Verdict::Plan { sites, value, bound } = verdict else {
                assert_eq!(best, None, "seed {seed}: {changed}");
                impossible += usize::from(changed != text);
                continue;
            };
            let fixed = (0..).map(SiteId).zip(problem.fixings()).filter(|(_, fixing)| **fixing == Fixing::Open);
            let plan: Vec<SiteId> = sites.into_iter().map(SiteId).chain(fixed.map(|(site, _)| site)).collect();
            let recounted = Solution::count(&problem, &plan);
            assert!(recounted.is_feasible() && recounted.value() == value, "seed {seed}: {changed}");
            assert!(Some(bound) >= best, "seed {seed}: the best is {best:?}: {changed}");
        }
    }
    let told = format!("{tried} tried, {accepted} of them accepted, {impossible} of these without a plan");
    assert!(tried >= 40_000 && accepted >= 1_000 && impossible >= 100, "{told}");
}

#[test]
fn bounds_of_runs_stopped_at_once_stand() {
    for seed in 0..5_000 {
        let problem = random_problem(seed);
        if let Some(outcome) = solved(&problem, Effort::Normal, &Impatient) {
            let proved = checked(&problem, &outcome, &format!("seed {seed}"));
            assert_eq!(proved, (outcome.solution.value(), outcome.bound), "seed {seed}");
        }
    }
}

/// Says stop after so many questions.
struct Patient(AtomicU32);

impl Observer for Patient {
    fn observe(&self, _: Progress) -> Go {
        if self.should_stop() { Go::Stop } else { Go::Continue }
    }

    fn should_stop(&self) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

#[test]
fn bounds_of_runs_stopped_anywhere_stand() {
    // One thread, so that the stop comes at the same place in every run.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let problem = problems::region::problem(330, 8, 12, Some(390_000), 3);
    let (mut bounds, mut branched) = (Vec::new(), false);
    for patience in (0..60).map(|times| 5 + 400 * times) {
        let observer = Patient(AtomicU32::new(patience));
        let outcome = pool.install(|| solved(&problem, Effort::Normal, &observer)).unwrap();
        let proved = checked(&problem, &outcome, &format!("stopped after {patience}"));
        assert_eq!(proved, (outcome.solution.value(), outcome.bound), "{patience}");
        branched |= outcome.work.nodes > 0 && proved.0 < proved.1;
        bounds.push(proved.1);
    }
    assert!(bounds.is_sorted_by(|one, next| one >= next), "longer runs prove less: {bounds:?}");
    assert!(branched, "no run was stopped amid its branching");
}

#[test]
fn proofs_of_regions_stand() {
    let mut branchings = 0;
    for seed in 0..24 {
        let budget = (seed % 3 > 0).then_some(150_000 + 30_000 * i64::try_from(seed).unwrap());
        let problem = problems::region::problem(250 + 10 * u32::try_from(seed).unwrap(), seed, 12, budget, 3);
        for effort in [Effort::Quick, Effort::Normal] {
            let outcome = solved(&problem, effort, &Silent).unwrap();
            let proved = checked(&problem, &outcome, &format!("seed {seed}, {effort:?}"));
            assert_eq!(proved, (outcome.solution.value(), outcome.bound), "seed {seed}");
            let steps = &outcome.certificate.as_ref().unwrap().steps;
            branchings += steps.iter().filter(|step| matches!(step, Step::Branch(..))).count();
        }
        let stopped = solved(&problem, Effort::Normal, &Impatient).unwrap();
        checked(&problem, &stopped, &format!("seed {seed}, stopped"));
    }
    assert!(branchings >= 100, "only {branchings} branchings: these regions no longer try the proofs");
}
