use proptest::prelude::*;

use super::*;

fn check(text: &str) -> Result<(), JsonError> {
    let mut cursor = Cursor::new(text, 0);
    cursor.skip_value()?;
    if cursor.peek().is_some() { Err(cursor.unexpected("expected the end", "fin attendue")) } else { Ok(()) }
}

#[test]
fn a_hundred_thousand_levels_are_refused_and_need_no_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(check(&nested(128)), Ok(()));
        for text in [nested(129), nested(100_000), open.repeat(100_000)] {
            assert!(matches!(check(&text).unwrap_err().reason, Reason::Syntax(english, _) if english.contains("128")));
        }
    }
}

#[test]
fn surrogates_come_in_pairs_and_numbers_are_finite() {
    assert_eq!(check(r#""\ud83d\ude00""#), Ok(()));
    for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#] {
        assert_eq!(check(text).unwrap_err(), JsonError { offset: 1, reason: Reason::Surrogate });
    }
    assert_eq!(check("[1e400]").unwrap_err(), JsonError { offset: 1, reason: Reason::OutOfRange });
    assert_eq!(check("[1e-400, 1e308]"), Ok(()));
}

#[test]
fn what_only_looks_like_json_is_refused_where_it_departs() {
    let cases = [
        ("[1,]", 3),
        ("[1,,2]", 3),
        ("{'a':1}", 1),
        ("[1 // one\n]", 3),
        ("[NaN]", 1),
        ("[Infinity]", 1),
        ("[-Infinity]", 2),
        ("[01]", 2),
        ("[1.]", 3),
        ("[+1]", 1),
        ("{\"a\" 1}", 5),
        ("\"a\nb\"", 2),
        ("[1}", 2),
        ("[tru]", 1),
    ];
    for (text, offset) in cases {
        assert_eq!(check(text).unwrap_err().offset, offset, "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err());
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u00e9\"",
        "\"",
        "\\",
        "1",
        "-0.5e3",
        "0",
        "true",
        "null",
        " ",
        "é",
        "1e999",
        "\"\\ud83d\\ude00\"",
        "\\ud800",
        "\n",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn decimals_are_the_nearest_numbers(text in "-?(0|[1-9][0-9]{0,9})([.][0-9]{1,12})?(e-?[0-9]{1,2})?", end in "[,\\] ]") {
        let document = format!("{text}{end}");
        let mut cursor = Cursor::new(&document, 0);
        let (value, coarse) = cursor.decimal().unwrap();
        prop_assert_eq!(value.to_bits(), text.parse::<f64>().unwrap().to_bits());
        prop_assert_eq!(cursor.offset(), text.len());
        if !text.contains('e') {
            prop_assert_eq!(coarse, text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2));
        }
    }

    #[test]
    fn decimals_are_refused_where_numbers_are(text in "[-+.0-9e]{0,6}") {
        let document = format!("{text},");
        let (mut a, mut b) = (Cursor::new(&document, 0), Cursor::new(&document, 0));
        prop_assert_eq!(a.decimal().is_ok(), b.number().is_ok());
        prop_assert_eq!(a.offset(), b.offset());
    }

    #[test]
    fn it_accepts_what_serde_json_accepts(text in pieces()) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        prop_assert_eq!(check(&text).is_ok(), theirs.is_ok(), "{}", text);
        let mut fast = Cursor::new(&text, 0);
        if theirs.is_ok_and(|value| value.is_object() || value.is_array()) && matches!(fast.peek(), Some(b'{' | b'[')) {
            let mut slow = fast;
            prop_assert!(fast.skip_balanced());
            prop_assert!(slow.skip_value().is_ok());
            prop_assert_eq!(fast.offset(), slow.offset());
        }
    }

    #[test]
    fn texts_are_read_as_serde_json_reads_them(text in any::<String>()) {
        let written = serde_json::to_string(&text).unwrap();
        let escaped = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat();
        for document in [written, format!("\"{escaped}\"")] {
            let read = Cursor::new(&document, 0).string().unwrap().into_owned();
            prop_assert_eq!(&read, &text);
        }
    }
}
