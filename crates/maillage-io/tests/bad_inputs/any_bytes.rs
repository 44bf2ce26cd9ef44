//! Whatever the bytes, reading ends.

use proptest::prelude::*;

use crate::case::communes_of;
use crate::features::{around, feature, polygon, properties};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_reading_panic(content in prop::collection::vec(any::<u8>(), 0..200), json in any::<bool>()) {
        let name = if json { "a.geojson" } else { "a.csv" };
        let (communes, findings) = communes_of(name, &content);
        prop_assert!(communes.is_none() && findings.has_errors());
    }

    #[test]
    fn changed_files_are_read_or_refused(
        at in 0.0..1.0_f64,
        length in 0..12_usize,
        piece in prop::sample::select(vec!["", "]", ",", "\0", "{", "\"", "1e9", "-", "[[]]", "null", "é", "\\", ";", "\n"]),
        table in any::<bool>(),
    ) {
        let whole = if table {
            "code;name;population;apl\n57463;\"Metz\";120 430;3,5\n57001;Abaucourt;320;2,25\n".to_owned()
        } else {
            around(&feature(&properties("57463"), &polygon("[[[6,49],[6.5,49],[6.5,49.51234],[6,49]]]")))
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let begin = (at * whole.len() as f64) as usize;
        let end = (begin + length).min(whole.len());
        let mut bytes = whole.into_bytes();
        bytes.splice(begin..end, piece.bytes());
        let (communes, findings) = communes_of(if table { "a.csv" } else { "a.geojson" }, &bytes);
        prop_assert_eq!(communes.is_none(), findings.has_errors());
    }
}
