//! The text of a certificate.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use maillage_verify::{Certificate, FormatError, Step};

const HEADER: &str = "maillage-certificate 1\nproblem abc\ncounts 3 4 2 1\nscale 20\nvalue 5\nbound 6\nplan 0 2\n";

fn refused(text: &str) -> FormatError {
    Certificate::parse(text.as_bytes()).unwrap_err()
}

#[test]
fn every_kind_of_step_is_read_as_it_is_written() {
    let text = HEADER.to_owned()
        + "prices 0:1048576 2:0 / 1:-5 / 0:3\nprices / 0:7 /\nprices 1:9 / /\nprices / /\nfix +3 -0\nfix\ndominated 1:2 0:0\n\
           branch +2\nimpossible rule 1\nbranch -0\nimpossible floor 0\nleaf\n";
    let certificate = Certificate::parse(text.as_bytes()).unwrap();
    assert_eq!(certificate.to_string(), text);
    assert_eq!(certificate.counts, [3, 4, 2, 1]);
    assert_eq!((certificate.scale_bits, certificate.value, certificate.bound), (20, 5, 6));
    assert_eq!(certificate.plan, [0, 2]);
    assert_eq!(
        certificate.steps[0],
        Step::Prices { demands: vec![(0, 1_048_576), (2, 0)], rules: vec![(1, -5)], floors: vec![(0, 3)] }
    );
    assert_eq!(certificate.steps[4], Step::Fix(vec![(3, true), (0, false)]));
    assert_eq!(certificate.steps[6], Step::Dominated(vec![(1, 2), (0, 0)]));
    assert_eq!(certificate.steps[7..9], [Step::Branch(2, true), Step::Impossible(1)]);
}

#[test]
fn a_long_certificate_comes_back_whole() {
    let mut certificate = Certificate { problem: "abc".to_owned(), ..Certificate::default() };
    for number in 0..100_000 {
        let prices = (0..8).map(|next| (number + next, i64::from(number) << 20)).collect();
        let rules = vec![(0, i64::MIN), (1, i64::MAX)];
        certificate.steps.push(Step::Prices { demands: prices, rules, floors: Vec::new() });
    }
    let text = certificate.to_string();
    assert!(text.len() > 10_000_000);
    assert_eq!(Certificate::parse(text.as_bytes()).unwrap(), certificate);
}

#[test]
fn what_is_not_the_format_is_refused_with_its_line() {
    for (line, wrong) in [
        (1, ""),
        (1, "maillage-certificate 2\n"),
        (1, "maillage-certificate 1"),
        (2, "maillage-certificate 1\n"),
        (2, "maillage-certificate 1\nproblem\n"),
        (3, "maillage-certificate 1\nproblem a\ncounts 1 2\n"),
        (4, "maillage-certificate 1\nproblem a\ncounts 1 2 3 0\nscale -1\n"),
        (5, "maillage-certificate 1\nproblem a\ncounts 1 2 3 0\nscale 1\nvalue 18446744073709551616\n"),
    ] {
        assert_eq!(refused(wrong).line, line, "{wrong}");
    }
    for step in [
        "Leaf\n",
        "leaf \n",
        " leaf\n",
        "leaf\r\n",
        "leaf",
        "\n",
        "fix 3\n",
        "fix +03\n",
        "fix +-3\n",
        "fix  +3\n",
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
        let wrong = format!("{HEADER}branch +1\n{step}");
        assert_eq!(refused(&wrong).line, 9, "{step}");
    }
    let text = [HEADER.as_bytes(), b"leaf\xff\n"].concat();
    assert_eq!(Certificate::parse(&text).unwrap_err().line, 8, "not even text");
    let text = refused(&format!("{HEADER}leaves\n"));
    assert_eq!(text.to_string(), "line 8: expected a step, found 'leaves'");
}
