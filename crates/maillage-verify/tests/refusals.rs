//! Each reason to refuse a certificate, once, on a problem that can be checked by hand.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_verify::{Certificate, Floor, Instance, InstanceError, Reason, Rule, Site, verify};

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
    Instance::new(vec![30, 20, 10, 5], sites, vec![one, few], vec![floor(5, &[(2, 1), (3, 5)])]).unwrap()
}

/// The best plan, 0 and 4, with what site 0 covers: 30 + 20 + 5.
const STEPS: &str = "dominated 1:0\nbranch +2\nprices 0:120 1:80 2:40 / 0:400 /\nfix -0 -3\nleaf\n\
                     prices 0:120 1:80 2:40 / 0:200 /\nfix -3\nleaf\n";

fn text(value: u64, bound: u64, plan: &str, steps: &str) -> String {
    let hash = instance().hash();
    format!(
        "maillage-certificate 1\nproblem {hash}\ncounts 4 6 2 1\nscale 2\nvalue {value}\nbound {bound}\nplan {plan}\n{steps}"
    )
}

fn refusal(text: &str) -> (usize, Reason) {
    let refusal = verify(&instance(), &Certificate::parse(text.as_bytes()).unwrap()).unwrap_err();
    (refusal.line, refusal.reason)
}

/// Why these steps fail, and the line.
fn step_refusal(steps: &str) -> (usize, Reason) {
    refusal(&text(55, 55, "0 4", steps))
}

#[test]
fn the_unchanged_certificate_stands() {
    let certificate = Certificate::parse(text(55, 55, "0 4", STEPS).as_bytes()).unwrap();
    let verdict = verify(&instance(), &certificate).unwrap();
    assert_eq!((verdict.value, verdict.bound), (55, 55));
    assert!(verdict.is_optimal());
}

#[test]
fn a_bound_counts_in_multiples_of_the_weights_common_divisor() {
    for (bound, proved) in [(59, 55), (60, 60), (64, 60)] {
        let certificate = Certificate::parse(text(55, bound, "0 4", STEPS).as_bytes()).unwrap();
        let verdict = verify(&instance(), &certificate).unwrap();
        assert_eq!((verdict.bound, verdict.is_optimal()), (proved, proved == 55));
    }
}

#[test]
fn a_header_that_does_not_fit_is_refused() {
    let hash = instance().hash();
    let right = text(55, 55, "0 4", STEPS);
    assert_eq!(refusal(&right.replacen(&hash, "abc", 1)), (2, Reason::OtherProblem(hash.clone())));
    assert_eq!(refusal(&right.replacen("counts 4 6 2 1", "counts 4 6 3 1", 1)), (3, Reason::OtherProblem(hash)));
    assert_eq!(refusal(&right.replacen("scale 2", "scale 63", 1)), (4, Reason::TooLarge));
    assert_eq!(refusal(&text(60, 60, "0 4", STEPS)), (5, Reason::Value(55)));
    assert_eq!(refusal(&text(55, 54, "0 4", STEPS)), (6, Reason::Bound(50)));
}

#[test]
fn a_plan_that_does_not_fit_is_refused() {
    for (plan, reason) in [
        ("4 0", Reason::PlanSite(0)),
        ("0 0 4", Reason::PlanSite(0)),
        ("0", Reason::PlanSite(4)),
        ("0 4 5", Reason::PlanSite(5)),
        ("0 4 6", Reason::Unknown("site", 6)),
        ("0 1 4", Reason::PlanBreaks("rule", 0, 2)),
        ("2 3 4", Reason::PlanBreaks("rule", 0, 2)),
    ] {
        assert_eq!(refusal(&text(55, 55, plan, STEPS)), (7, reason), "plan {plan}");
    }
}

#[test]
fn prices_out_of_their_limits_are_refused() {
    for (prices, reason) in [
        ("prices 0:-1 / /", Reason::Price("demand", 0)),
        ("prices 4:0 / /", Reason::Unknown("demand", 4)),
        ("prices / 0:-1 /", Reason::Price("rule", 0)),
        ("prices / 1:1 /", Reason::Price("rule", 1)),
        ("prices / 2:0 /", Reason::Unknown("rule", 2)),
        ("prices / / 0:-1", Reason::Price("floor", 0)),
        ("prices / / 1:0", Reason::Unknown("floor", 1)),
    ] {
        assert_eq!(step_refusal(&format!("{prices}\n{STEPS}")), (8, reason), "{prices}");
    }
}

#[test]
fn sites_that_nothing_decides_are_not_decided() {
    for (steps, line, reason) in [
        // With all multipliers 0 the bound is 65 whatever a site does.
        ("fix -3", 8, Reason::NotFixed(3, 65)),
        ("fix +4", 8, Reason::Decided(4)),
        ("fix +6", 8, Reason::Unknown("site", 6)),
        ("dominated 1:0\nfix -1", 9, Reason::Decided(1)),
        ("branch +5", 8, Reason::Decided(5)),
        ("branch +6", 8, Reason::Unknown("site", 6)),
        ("branch +0\nbranch -0", 9, Reason::Decided(0)),
    ] {
        assert_eq!(step_refusal(&format!("{steps}\n")), (line, reason), "{steps}");
    }
}

#[test]
fn a_site_that_another_cannot_stand_in_for_stays() {
    for (steps, line, reason) in [
        ("dominated 0:1", 8, Reason::NotDominated(0, "demand", 1)),
        // Site 2 covers all that 3 does, but a site that nobody stands in for must cover nothing of its own.
        ("dominated 3:3", 8, Reason::NotDominated(3, "demand", 2)),
        ("dominated 1:5", 8, Reason::Decided(5)),
        ("dominated 1:0 1:0", 8, Reason::Decided(1)),
        ("dominated 1:6", 8, Reason::Unknown("site", 6)),
        ("dominated 6:1", 8, Reason::Unknown("site", 6)),
        ("dominated 4:0", 8, Reason::Decided(4)),
        // Beside site 0 the second rule still allows 2 or 3, but not both: closing 0 could break it.
        ("branch +2\ndominated 0:2", 9, Reason::NotDominated(0, "demand", 0)),
        ("branch +1\nbranch +2\ndominated 0:2", 10, Reason::NotDominated(0, "rule", 1)),
    ] {
        assert_eq!(step_refusal(&format!("{steps}\n")), (line, reason), "{steps}");
    }
}

#[test]
fn cases_end_only_where_they_are_settled() {
    for (steps, line, reason) in [
        ("leaf", 8, Reason::Leaf(65)),
        ("prices / 0:40 /\nleaf", 9, Reason::Leaf(75)),
        ("impossible rule 0", 8, Reason::StillPossible("rule", 0)),
        ("branch +0\nimpossible rule 0", 9, Reason::StillPossible("rule", 0)),
        ("impossible rule 2", 8, Reason::Unknown("rule", 2)),
        ("impossible floor 0", 8, Reason::StillPossible("floor", 0)),
        ("impossible floor 1", 8, Reason::Unknown("floor", 1)),
        ("branch +0\nbranch +1\nimpossible rule 0", 10, Reason::Unfinished(2)),
        ("", 7, Reason::Unfinished(1)),
    ] {
        let steps = if steps.is_empty() { String::new() } else { format!("{steps}\n") };
        assert_eq!(step_refusal(&steps), (line, reason), "{steps}");
    }
    assert_eq!(step_refusal(&format!("{STEPS}leaf\n")), (16, Reason::LeftOver));
    let cut = STEPS.strip_suffix("leaf\n").unwrap();
    assert_eq!(step_refusal(cut), (14, Reason::Unfinished(1)));
}

#[test]
fn multipliers_do_not_outlive_their_case() {
    // The prices of the first case are gone in the second: without its own, the bound is 65 there.
    let steps = STEPS.replace("prices 0:120 1:80 2:40 / 0:200 /\nfix -3\n", "");
    assert_eq!(step_refusal(&steps), (13, Reason::Leaf(65)));
}

/// The reason why a proof of a made-up bound fails on two sites that cover the same demand of weight 7.
fn twins(rules: Vec<Rule>, floors: Vec<Floor>, steps: &str) -> Reason {
    let sites = vec![site(&[0], None), site(&[0], None)];
    let counts = format!("counts 1 2 {} {}", rules.len(), floors.len());
    let instance = Instance::new(vec![7], sites, rules, floors).unwrap();
    let hash = instance.hash();
    let text =
        format!("maillage-certificate 1\nproblem {hash}\n{counts}\nscale 0\nvalue 7\nbound 7\nplan 0 1\n{steps}\n");
    verify(&instance, &Certificate::parse(text.as_bytes()).unwrap()).unwrap_err().reason
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
    assert_eq!(twins(vec![room.clone()], vec![], "dominated 0:1"), Reason::Unfinished(1));
    assert_eq!(twins(vec![room], vec![], "dominated 0:1 1:0"), Reason::Decided(0));
}

#[test]
fn floors_are_kept() {
    let more = floor(4, &[(0, 3)]);
    assert_eq!(twins(vec![], vec![more], "leaf"), Reason::PlanBreaks("floor", 0, 3));
    let whole = || vec![floor(3, &[(0, 3)])];
    assert_eq!(twins(vec![], whole(), "branch -0\nimpossible floor 0"), Reason::StillPossible("floor", 0));
    assert_eq!(twins(vec![], whole(), "branch -0\nbranch -1\nimpossible floor 0"), Reason::Unfinished(2));
    // A floor's multiplier makes its demand worth more, and takes off what must be reached anyway.
    assert_eq!(twins(vec![], whole(), "prices 0:8 / / 0:2\nfix -0"), Reason::NotFixed(0, 15));
}

#[test]
fn numbers_past_128_bits_are_refused() {
    let huge = rule(Some(i64::MIN), Some(i64::MAX), &[(0, i64::MAX), (1, i64::MIN)]);
    let instance =
        Instance::new(vec![u64::MAX], vec![site(&[0], None), site(&[0], None)], vec![huge; 40], vec![]).unwrap();
    let prices: String = (0..40).map(|rule| format!(" {rule}:{}", i64::MAX)).fold(String::new(), |all, one| all + &one);
    let text = format!(
        "maillage-certificate 1\nproblem {}\ncounts 1 2 40 0\nscale 62\nvalue 0\nbound {}\nplan\nprices /{prices} /\nleaf\n",
        instance.hash(),
        u64::MAX,
    );
    let refusal = verify(&instance, &Certificate::parse(text.as_bytes()).unwrap()).unwrap_err();
    assert_eq!((refusal.line, refusal.reason), (9, Reason::TooLarge));
}

#[test]
fn parts_that_do_not_fit_make_no_instance() {
    let sites = |demands: &[u32]| vec![site(demands, None)];
    let wrong = |weights, sites, rules| Instance::new(weights, sites, rules, vec![]).unwrap_err();
    assert_eq!(wrong(vec![1, 1], sites(&[1, 0]), vec![]), InstanceError::Site(0));
    assert_eq!(wrong(vec![1, 1], sites(&[1, 1]), vec![]), InstanceError::Site(0));
    assert_eq!(wrong(vec![1, 1], sites(&[2]), vec![]), InstanceError::Site(0));
    for coefficients in [&[(1, 1)][..], &[(0, 1), (0, 1)], &[(0, 0)]] {
        assert_eq!(wrong(vec![], sites(&[]), vec![rule(None, None, coefficients)]), InstanceError::Rule(0));
    }
    for coefficients in [&[(1, 1)][..], &[(0, 1), (0, 1)], &[(0, 0)]] {
        let floors = vec![floor(0, coefficients)];
        assert_eq!(Instance::new(vec![1], vec![], vec![], floors).unwrap_err(), InstanceError::Floor(0));
    }
    assert_eq!(wrong(vec![u64::MAX, 1], vec![], vec![]), InstanceError::TooLarge);
}

#[test]
fn the_hash_is_that_of_the_documented_text() {
    let text = "maillage-instance 1\ncounts 2 3 2 1\nweights 10 7\nfree 0 1\nopen 1\nclosed\nrule - 3 0:1 2:-2\nrule 0 - 1:1\nfloor 4 1:9\n";
    let sites = vec![site(&[0, 1], None), site(&[1], Some(true)), site(&[], Some(false))];
    let rules = vec![rule(None, Some(3), &[(0, 1), (2, -2)]), rule(Some(0), None, &[(1, 1)])];
    let instance = Instance::new(vec![10, 7], sites, rules, vec![floor(4, &[(1, 9)])]).unwrap();
    assert_eq!(instance.to_string(), text);
    // By another program (sha256sum).
    assert_eq!(instance.hash(), "033e71c0aac51d855d09f0f03dcf15a13560f8a4811a74bc82c2a4816cfa337d");
}
