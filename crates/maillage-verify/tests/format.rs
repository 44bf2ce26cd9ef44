//! The texts of problems and certificates.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_verify::{Instance, Reason, Refusal, verify};

const PROBLEM: &str = "maillage-instance 1\ncounts 2 3 2 1\nweights 10 7\nfree 0 1\nopen 1\nclosed\nrule - 3 0:1 2:-2\n\
                       rule 0 - 1:1\nfloor 4 1:9\n";

fn problem() -> Instance {
    Instance::read(PROBLEM.lines()).unwrap()
}

/// The best plan opens site 0 beside site 1, and covers everything.
fn certificate() -> String {
    let head = format!("maillage-certificate 1\nproblem {}\nscale 1\nplan 0\nvalue 17\nbound 17\n", problem().hash());
    head + "prices 0:2 1:0 / 0:0 / 0:-3\nprices 0:0 / 0:1 1:-1 / 0:0\nprices / 0:0 1:0 /\nprices / /\nfix\ndominated\nleaf\n"
}

#[test]
fn the_hash_is_that_of_the_documented_text() {
    // By another program (sha256sum).
    assert_eq!(problem().hash(), "033e71c0aac51d855d09f0f03dcf15a13560f8a4811a74bc82c2a4816cfa337d");
}

#[test]
fn a_certificate_of_every_empty_and_changed_list_stands() {
    verify(&problem(), &certificate()).unwrap();
}

#[test]
fn parts_that_do_not_fit_make_no_instance() {
    for (line, from, to) in [
        (1, "maillage-instance 1", "maillage-instance 2"),
        (2, "counts 2 3 2 1", "counts 2 3 2"),
        (2, "counts 2 3 2 1", "counts 2 3 2 4294967296"),
        (3, "counts 2 3 2 1", "counts 3 3 2 1"),
        (3, "weights 10 7", "weights 10 -7"),
        (3, "weights 10 7", "weights 10  7"),
        (3, "weights 10 7", "weights 10 18446744073709551616"),
        (4, "free 0 1", "free 1 0"),
        (4, "free 0 1", "free 1 1"),
        (4, "free 0 1", "free 0 2"),
        (4, "free 0 1", "loose 0 1"),
        (4, "free 0 1\n", ""),
        (6, "closed\n", ""),
        (7, "0:1 2:-2", "0:1 3:-2"),
        (7, "0:1 2:-2", "2:-2 0:1"),
        (7, "0:1 2:-2", "0:1 0:1"),
        (7, "0:1 2:-2", "0:0 2:-2"),
        (7, "rule - 3", "rule -"),
        (8, "rule 0 - 1:1\n", ""),
        (9, "floor 4 1:9", "floor 4 1:-9"),
        (9, "floor 4 1:9", "floor - 1:9"),
        (9, "floor 4 1:9", "floor 4 2:9"),
        (9, "floor 4 1:9\n", ""),
        (10, "floor 4 1:9", "floor 4 1:9\nfloor 4 1:9"),
    ] {
        let wrong = PROBLEM.replacen(from, to, 1);
        let refusal = Instance::read(wrong.lines()).unwrap_err();
        // A line left out is missed where the next one is not of its kind, or not there.
        let found = if line == 4 && to.is_empty() { 6 } else { line };
        assert_eq!(refusal.line, found, "{to}: {refusal}");
    }
}

#[test]
fn what_is_not_the_format_is_refused_with_its_line() {
    let refused = |text: &str| -> Refusal { verify(&problem(), text).unwrap_err() };
    for (line, from, to) in [
        (1, "maillage-certificate 1", "maillage-certificate 2"),
        (1, "maillage-certificate 1\n", ""),
        (1, "maillage-certificate 1", "maillage-certificate 1\r"),
        (2, "problem 033", "problem 133"),
        (2, "problem ", "problem  "),
        (3, "scale 1", "scale -1"),
        (3, "scale 1", "scale 63"),
        (3, "scale 1", "scale 01"),
        (3, "scale 1", "scale"),
        (4, "plan 0", "plan +0"),
        (4, "plan 0", "feasible"),
        (5, "value 17", "value 17 "),
        (5, "plan 0", "infeasible"),
        (6, "bound 17", "bound 18446744073709551616"),
        (6, "bound 17\n", ""),
    ] {
        assert_eq!(refused(&certificate().replacen(from, to, 1)).line, line, "{to}");
    }
    for step in [
        "Leaf\n",
        "leaf \n",
        " leaf\n",
        "leaf\r\n",
        "leaf",
        "\n",
        "fix 0\n",
        "fix +00\n",
        "fix +-0\n",
        "fix  +0\n",
        "prices 0:1 /\n",
        "prices 0:1 / 0:1 / 0:1 /\n",
        "prices 0:+1 / /\n",
        "prices 0:-0 / /\n",
        "prices 0:01 / /\n",
        "prices 0 / /\n",
        "prices 0:9223372036854775808 / /\n",
        "dominated 1\n",
        "dominated 1:2:3\n",
        "dominated 1:-2\n",
        "branch 1\n",
        "branch +1 +2\n",
        "branch +4294967296\n",
        "impossible 1\n",
        "impossible rule 1 2\n",
        "leaf\u{fffd}\n",
    ] {
        let refusal = refused(&certificate().replacen("leaf\n", step, 1));
        assert!(matches!(refusal, Refusal { line: 13, reason: Reason::Expected(_), .. }), "{step}: {refusal}");
    }
    assert_eq!(refused(&certificate().replace("leaf", "leaves")).to_string(), "line 13: expected a step");
}
