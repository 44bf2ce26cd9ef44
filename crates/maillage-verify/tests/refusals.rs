//! Each reason to refuse a certificate, once, on a problem that can be checked by hand.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod plain;

use maillage_verify::{Instance, Reason, Refusal, Verdict, verify};
use plain::{Floor, Problem, Rule, Site};

fn site(demands: &[u32], open: Option<bool>) -> Site {
    Site { demands: demands.to_vec(), open }
}

fn rule(least: Option<i64>, most: Option<i64>, coefficients: &[(u32, i64)]) -> Rule {
    Rule { least, most, coefficients: coefficients.to_vec() }
}

fn floor(least: u64, coefficients: &[(u32, u64)]) -> Floor {
    Floor { least, coefficients: coefficients.to_vec() }
}

/// Six sites over four demands; at most one of sites 0 to 3 beside site 4, which is open, and site 5, which is closed;
/// sites 2 and 3 count twice on a second rule.
fn instance() -> Instance {
    let sites = vec![
        site(&[0, 1], None),
        site(&[0], None),
        site(&[1, 2], None),
        site(&[2], None),
        site(&[3], Some(true)),
        site(&[0, 1, 2, 3], Some(false)),
    ];
    let one = rule(None, Some(1), &[(0, 1), (1, 1), (2, 1), (3, 1)]);
    let few = rule(Some(0), None, &[(0, 1), (2, -2), (3, -2), (4, 3)]);
    let floors = vec![floor(5, &[(2, 1), (3, 5)])];
    Problem { weights: vec![30, 20, 10, 5], sites, rules: vec![one, few], floors }.instance()
}

/// The best plan, 0 and 4, with what site 0 covers: 30 + 20 + 5.
const STEPS: &str = "dominated 1:0\nbranch +2\nprices 0:120 1:80 2:40 / 0:400 /\nfix -0 -3\nleaf\n\
                     prices 0:120 1:80 2:40 / 0:200 /\nfix -3\nleaf\n";

fn text(value: u64, bound: u64, plan: &str, steps: &str) -> String {
    let hash = instance().hash().to_owned();
    format!("maillage-certificate 1\nproblem {hash}\nscale 2\nplan{plan}\nvalue {value}\nbound {bound}\n{steps}")
}

fn refusal(text: &str) -> (usize, Reason) {
    let Refusal { line, reason, .. } = verify(&instance(), text).unwrap_err();
    (line, reason)
}

/// Why these steps fail, and the line.
fn step_refusal(steps: &str) -> (usize, Reason) {
    refusal(&text(55, 55, " 0", steps))
}

fn expected(what: &str) -> Reason {
    Reason::Expected(what.to_owned())
}

#[test]
fn the_unchanged_certificate_stands() {
    let verdict = verify(&instance(), &text(55, 55, " 0", STEPS)).unwrap();
    assert_eq!(verdict, Verdict::Plan { sites: vec![0], value: 55, bound: 55 });
}

#[test]
fn a_bound_counts_in_multiples_of_the_weights_common_divisor() {
    for (bound, proved) in [(59, 55), (60, 60), (64, 60)] {
        let verdict = verify(&instance(), &text(55, bound, " 0", STEPS)).unwrap();
        assert_eq!(verdict, Verdict::Plan { sites: vec![0], value: 55, bound: proved });
    }
}

#[test]
fn a_header_that_does_not_fit_is_refused() {
    let hash = instance().hash().to_owned();
    let right = text(55, 55, " 0", STEPS);
    assert_eq!(refusal(&right.replacen(&hash, "abc", 1)), (2, expected(&format!("problem {hash}"))));
    assert_eq!(refusal(&right.replacen("scale 2", "scale 63", 1)), (3, Reason::TooLarge));
    assert_eq!(refusal(&text(60, 60, " 0", STEPS)), (5, expected("value 55")));
    // A bound below the value has no proof.
    assert_eq!(refusal(&text(55, 54, " 0", STEPS)), (14, Reason::Room(55)));
}

#[test]
fn a_plan_that_does_not_fit_is_refused() {
    for (plan, reason) in [
        (" 1 0", expected("sites, ascending")),
        (" 0 0", Reason::Decided(0)),
        (" 0 4", Reason::Decided(4)),
        (" 0 5", Reason::Decided(5)),
        (" 0 6", Reason::Unknown("site", 6)),
        (" 0 1", Reason::PlanBreaks("rule", 0)),
        (" 2 3", Reason::PlanBreaks("rule", 0)),
    ] {
        assert_eq!(refusal(&text(55, 55, plan, STEPS)), (4, reason), "plan {plan}");
    }
}

#[test]
fn prices_out_of_their_limits_are_refused() {
    for (prices, line, reason) in [
        ("prices 0:-1 / /", 8, Reason::Price("demand", 0)),
        ("prices 4:0 / /", 7, Reason::Unknown("demand", 4)),
        ("prices / 0:-1 /", 8, Reason::Price("rule", 0)),
        ("prices / 1:1 /", 8, Reason::Price("rule", 1)),
        ("prices / 2:0 /", 7, Reason::Unknown("rule", 2)),
        ("prices / / 0:1", 8, Reason::Price("floor", 0)),
        ("prices / / 1:0", 7, Reason::Unknown("floor", 1)),
    ] {
        assert_eq!(step_refusal(&format!("{prices}\nleaf\n")), (line, reason), "{prices}");
    }
}

#[test]
fn sites_that_nothing_decides_are_not_decided() {
    for (steps, line, reason) in [
        // With all multipliers 0 the bound is 65 whatever a site does.
        ("fix -3", 7, Reason::Room(65)),
        ("fix +4", 7, Reason::Decided(4)),
        ("fix +6", 7, Reason::Unknown("site", 6)),
        ("dominated 1:0\nfix -1", 8, Reason::Decided(1)),
        ("branch +5", 7, Reason::Decided(5)),
        ("branch +6", 7, Reason::Unknown("site", 6)),
        ("branch +0\nbranch -0", 8, Reason::Decided(0)),
    ] {
        assert_eq!(step_refusal(&format!("{steps}\n")), (line, reason), "{steps}");
    }
}

#[test]
fn a_site_that_another_cannot_stand_in_for_stays() {
    for (steps, line, reason) in [
        ("dominated 0:1", 7, Reason::NotDominated(0, "demand", 1)),
        // Site 2 covers all that 3 does, but a site that nobody stands in for must cover nothing of its own.
        ("dominated 3:3", 7, Reason::NotDominated(3, "demand", 2)),
        ("dominated 1:5", 7, Reason::Decided(5)),
        ("dominated 1:0 1:0", 7, Reason::Decided(1)),
        ("dominated 1:6", 7, Reason::Unknown("site", 6)),
        ("dominated 6:1", 7, Reason::Unknown("site", 6)),
        ("dominated 4:0", 7, Reason::Decided(4)),
        // Beside site 0 the second rule still allows 2 or 3, but not both: closing 0 could break it.
        ("branch +2\ndominated 0:2", 8, Reason::NotDominated(0, "demand", 0)),
        ("branch +1\nbranch +2\ndominated 0:2", 9, Reason::NotDominated(0, "rule", 1)),
    ] {
        assert_eq!(step_refusal(&format!("{steps}\n")), (line, reason), "{steps}");
    }
}

#[test]
fn cases_end_only_where_they_are_settled() {
    for (steps, line, reason) in [
        ("leaf", 7, Reason::Room(65)),
        ("prices / 0:40 /\nleaf", 8, Reason::Room(75)),
        ("impossible rule 0", 7, Reason::StillPossible("rule", 0)),
        ("branch +0\nimpossible rule 0", 8, Reason::StillPossible("rule", 0)),
        ("impossible rule 2", 7, Reason::Unknown("rule", 2)),
        ("impossible floor 0", 7, Reason::StillPossible("floor", 0)),
        ("impossible floor 1", 7, Reason::Unknown("floor", 1)),
        ("branch +0\nbranch +1\nimpossible rule 0", 10, expected("a step")),
        ("", 7, expected("a step")),
    ] {
        let steps = if steps.is_empty() { String::new() } else { format!("{steps}\n") };
        assert_eq!(step_refusal(&steps), (line, reason), "{steps}");
    }
    assert_eq!(step_refusal(&format!("{STEPS}leaf\n")), (15, expected("nothing after the last case")));
    let cut = STEPS.strip_suffix("leaf\n").unwrap();
    assert_eq!(step_refusal(cut), (14, expected("a step")));
}

#[test]
fn multipliers_do_not_outlive_their_case() {
    // The prices of the first case are gone in the second: without its own, the bound is 65 there.
    let steps = STEPS.replace("prices 0:120 1:80 2:40 / 0:200 /\nfix -3\n", "");
    assert_eq!(step_refusal(&steps), (12, Reason::Room(65)));
}

/// The reason why a proof of a made-up bound fails on two sites that cover the same demand of weight 7.
fn twins(rules: Vec<Rule>, floors: Vec<Floor>, steps: &str) -> Reason {
    let sites = vec![site(&[0], None), site(&[0], None)];
    let instance = Problem { weights: vec![7], sites, rules, floors }.instance();
    let hash = instance.hash();
    let text = format!("maillage-certificate 1\nproblem {hash}\nscale 0\nplan 0 1\nvalue 7\nbound 7\n{steps}\n");
    verify(&instance, &text).unwrap_err().reason
}

#[test]
fn a_twin_that_a_rule_needs_beside_the_other_is_not_dominated() {
    // Both must open, whichever way the rule is written.
    let both = [rule(Some(2), None, &[(0, 1), (1, 1)]), rule(None, Some(-2), &[(0, -1), (1, -1)])];
    for both in both {
        assert_eq!(twins(vec![both], vec![], "dominated 0:1"), Reason::NotDominated(0, "rule", 0));
    }
    // Nothing is wrong with a rule that has room, beyond the proof's ending too early.
    let room = rule(None, Some(2), &[(0, 1), (1, 1)]);
    assert_eq!(twins(vec![room.clone()], vec![], "dominated 0:1"), expected("a step"));
    assert_eq!(twins(vec![room], vec![], "dominated 0:1 1:0"), Reason::Decided(0));
}

#[test]
fn floors_are_kept() {
    let more = floor(4, &[(0, 3)]);
    assert_eq!(twins(vec![], vec![more], "leaf"), Reason::PlanBreaks("floor", 0));
    let whole = || vec![floor(3, &[(0, 3)])];
    assert_eq!(twins(vec![], whole(), "branch -0\nimpossible floor 0"), Reason::StillPossible("floor", 0));
    assert_eq!(twins(vec![], whole(), "branch -0\nbranch -1\nimpossible floor 0"), expected("a step"));
    // A floor's multiplier makes its demand worth more, and takes off what must be reached anyway.
    assert_eq!(twins(vec![], whole(), "prices 0:8 / / 0:-2\nfix -0"), Reason::Room(15));
}

#[test]
fn numbers_past_128_bits_are_refused() {
    let huge = rule(Some(i64::MIN), Some(i64::MAX), &[(0, i64::MAX), (1, i64::MIN)]);
    let sites = vec![site(&[0], None), site(&[0], None)];
    let instance = Problem { weights: vec![u64::MAX], sites, rules: vec![huge; 40], floors: vec![] }.instance();
    let prices: String = (0..40).map(|rule| format!(" {rule}:{}", i64::MAX)).fold(String::new(), |all, one| all + &one);
    let (hash, bound) = (instance.hash(), u64::MAX);
    let head = format!("maillage-certificate 1\nproblem {hash}\nscale 62\nplan\nvalue 0\nbound {bound}\n");
    let refusal = verify(&instance, &(head + &format!("prices /{prices} /\nleaf\n"))).unwrap_err();
    assert_eq!((refusal.line, refusal.reason), (8, Reason::TooLarge));
}

#[test]
fn that_there_is_no_plan_needs_a_proof_of_its_own() {
    let infeasible = |rule: Rule, steps: &str| {
        let sites = vec![site(&[0], None), site(&[0], None)];
        let instance = Problem { weights: vec![7], sites, rules: vec![rule], floors: vec![] }.instance();
        let hash = instance.hash();
        let text = format!("maillage-certificate 1\nproblem {hash}\nscale 1\ninfeasible\n{steps}\n");
        verify(&instance, &text).map_err(|Refusal { line, reason, .. }| (line, reason))
    };
    let three = || rule(Some(3), None, &[(0, 1), (1, 1)]);
    assert_eq!(infeasible(three(), "impossible rule 0"), Ok(Verdict::Infeasible));
    // 7 − 8 × (3 − 2) is below 0, 7 − 7 × (3 − 2) is not: there the best worth is 0, which a plan may have.
    assert_eq!(infeasible(three(), "prices / 0:-16 /\nleaf"), Ok(Verdict::Infeasible));
    assert_eq!(infeasible(three(), "prices / 0:-14 /\nleaf"), Err((6, Reason::Room(0))));
    let two = || rule(Some(2), None, &[(0, 1), (1, 1)]);
    assert_eq!(infeasible(two(), "impossible rule 0"), Err((5, Reason::StillPossible("rule", 0))));
    assert_eq!(infeasible(two(), "branch -0\nimpossible rule 0\nleaf"), Err((7, Reason::Room(7))));
    assert_eq!(infeasible(two(), "value 7\nbound 7\nleaf"), Err((5, expected("a step"))));
}
