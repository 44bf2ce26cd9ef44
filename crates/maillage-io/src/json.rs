//! A reader of JSON (RFC 8259) that walks over bytes without recursion, so that depth costs no stack.

use std::borrow::Cow;

use crate::Finding;
use crate::catalogue::{JSON_SYNTAX, LONE_SURROGATE, NUMBER_OUT_OF_RANGE, TRUNCATED};

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    Text,
    Number,
    Boolean(bool),
    Null,
    /// What only databases hold.
    Bytes,
}

impl Kind {
    /// Names it in English and French, with its article.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Object => ("an object", "un objet JSON"),
            Self::Array => ("an array", "un tableau"),
            Self::Text => ("a text", "un texte"),
            Self::Number => ("a number", "un nombre"),
            Self::Boolean(_) => ("true or false", "vrai ou faux"),
            Self::Null => ("null", "null"),
            Self::Bytes => ("bytes", "une suite d’octets"),
        }
    }
}

/// Why a document is not JSON, and at which byte of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonError {
    pub(crate) offset: usize,
    pub(crate) reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The text ends too early.
    End,
    /// Something else was expected: the words in English and French.
    Syntax(&'static str, &'static str),
    /// A number that no `f64` holds.
    OutOfRange,
    /// Half of a surrogate pair.
    Surrogate,
}

impl JsonError {
    /// Makes a finding of it, with what stands there.
    pub(crate) fn to_finding(&self, text: &str, start: usize) -> Finding {
        let rest = text.get(self.offset..).unwrap_or_default();
        let seen: String = match self.reason {
            Reason::OutOfRange => {
                rest.chars().take_while(|letter| !matches!(letter, ',' | ']' | '}')).take(80).collect()
            }
            Reason::Surrogate => rest.chars().take(6).collect(),
            _ => rest.chars().take(16).take_while(|letter| *letter != '\n').collect(),
        };
        let finding = match self.reason {
            Reason::End => Finding::new(&TRUNCATED).with("where", ("inside a value", "au milieu d’une valeur")),
            Reason::Syntax(english, french) => Finding::new(&JSON_SYNTAX).with("reason", (english, french)),
            Reason::OutOfRange => Finding::new(&NUMBER_OUT_OF_RANGE),
            Reason::Surrogate => Finding::new(&LONE_SURROGATE),
        };
        finding.at_byte(start + self.offset).with_value(&seen)
    }
}

/// A place in a JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    bytes: &'a [u8],
    offset: usize,
}

type Step<T> = Result<T, JsonError>;

/// How many arrays and objects may stand in each other: no map needs more, and programs that read our results by
/// recursion stop about there.
const DEEPEST: usize = 128;

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a str, offset: usize) -> Self {
        Self { text, bytes: text.as_bytes(), offset }
    }

    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.offset).copied()
    }

    /// Makes the error that something else was expected here, or that the text ends.
    pub(crate) fn unexpected(&self, english: &'static str, french: &'static str) -> JsonError {
        let reason = if self.byte().is_none() { Reason::End } else { Reason::Syntax(english, french) };
        JsonError { offset: self.offset, reason }
    }

    pub(crate) fn skip_blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.offset += 1;
        }
    }

    /// Returns the next byte that is not blank, without passing it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.skip_blanks();
        self.byte()
    }

    /// Passes a mark such as a comma if it comes next.
    pub(crate) fn take(&mut self, mark: u8) -> bool {
        let found = self.peek() == Some(mark);
        self.offset += usize::from(found);
        found
    }

    /// Returns what the next value is, by its first byte.
    pub(crate) fn kind(&mut self) -> Step<Kind> {
        match self.peek() {
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'"') => Ok(Kind::Text),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(first @ (b't' | b'f')) => Ok(Kind::Boolean(first == b't')),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.unexpected("expected a value", "une valeur est attendue")),
        }
    }

    /// Passes a member's name and its colon.
    pub(crate) fn key(&mut self) -> Step<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            return Err(
                self.unexpected("expected a name in double quotes", "un nom entre guillemets droits est attendu")
            );
        }
        let key = self.string()?;
        if !self.take(b':') {
            return Err(self.unexpected("expected a colon", "deux-points attendus"));
        }
        Ok(key)
    }

    /// After a member or an element: passes the comma (and returns true) or the closing mark (false).
    pub(crate) fn more(&mut self, close: u8) -> Step<bool> {
        if self.take(b',') {
            if self.peek() == Some(close) {
                return Err(
                    self.unexpected("expected a value after the comma", "une valeur est attendue après la virgule")
                );
            }
            return Ok(true);
        }
        if self.take(close) {
            return Ok(false);
        }
        Err(match close {
            b'}' => self.unexpected("expected a comma or }", "une virgule ou } est attendue"),
            _ => self.unexpected("expected a comma or ]", "une virgule ou ] est attendue"),
        })
    }

    /// Passes a text, which must come next, and returns it with its escapes resolved.
    pub(crate) fn string(&mut self) -> Step<Cow<'a, str>> {
        let begin = self.offset + 1;
        let escaped = self.skip_string()?;
        let raw = self.text.get(begin..self.offset.saturating_sub(1)).unwrap_or_default();
        Ok(if escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) })
    }

    /// Passes a text and returns whether it has escapes.
    fn skip_string(&mut self) -> Step<bool> {
        self.offset += 1;
        let mut escaped = false;
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.offset += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.skip_escape()?;
                }
                Some(0x20..) => self.offset += 1,
                _ => {
                    return Err(self.unexpected(
                        "a text must not hold a bare control character or line end",
                        "un texte ne peut contenir de caractère de contrôle ni de fin de ligne",
                    ));
                }
            }
        }
    }

    fn skip_escape(&mut self) -> Step<()> {
        let start = self.offset;
        self.offset += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.offset += 1;
                Ok(())
            }
            Some(b'u') => {
                let first = self.hex_unit()?;
                let lone = JsonError { offset: start, reason: Reason::Surrogate };
                match first {
                    0xdc00..=0xdfff => Err(lone),
                    0xd800..=0xdbff => {
                        if self.bytes.get(self.offset..self.offset + 2) != Some(b"\\u") {
                            return Err(lone);
                        }
                        self.offset += 1;
                        if (0xdc00..=0xdfff).contains(&self.hex_unit()?) { Ok(()) } else { Err(lone) }
                    }
                    _ => Ok(()),
                }
            }
            _ => Err(self.unexpected(
                "expected an escape such as \\n or \\u00e9",
                "un échappement comme \\n ou \\u00e9 est attendu",
            )),
        }
    }

    /// Passes the letter u and four hexadecimal digits.
    fn hex_unit(&mut self) -> Step<u32> {
        self.offset += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(
                    self.unexpected("expected four hexadecimal digits", "quatre chiffres hexadécimaux sont attendus")
                );
            };
            unit = unit * 16 + digit;
            self.offset += 1;
        }
        Ok(unit)
    }

    /// Passes a number, which must come next, and returns its text as written.
    pub(crate) fn number(&mut self) -> Step<&'a str> {
        let start = self.offset;
        let digits = |cursor: &mut Self| {
            let first = cursor.offset;
            while matches!(cursor.byte(), Some(b'0'..=b'9')) {
                cursor.offset += 1;
            }
            if cursor.offset > first {
                Ok(())
            } else {
                Err(cursor.unexpected("expected a digit", "un chiffre est attendu"))
            }
        };
        if self.byte() == Some(b'-') {
            self.offset += 1;
        }
        if self.byte() == Some(b'0') {
            self.offset += 1;
            if matches!(self.byte(), Some(b'0'..=b'9')) {
                return Err(self.unexpected("a number must not start with 0", "un nombre ne commence pas par 0"));
            }
        } else {
            digits(self)?;
        }
        if self.byte() == Some(b'.') {
            self.offset += 1;
            digits(self)?;
        }
        let mut wide = self.offset - start > 300;
        if matches!(self.byte(), Some(b'e' | b'E')) {
            wide = true;
            self.offset += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.offset += 1;
            }
            digits(self)?;
        }
        let text = self.text.get(start..self.offset).unwrap_or_default();
        if wide && !text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(JsonError { offset: start, reason: Reason::OutOfRange });
        }
        Ok(text)
    }

    fn word(&mut self, word: &'static str) -> Step<()> {
        if self.bytes.get(self.offset..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.offset += word.len();
            return Ok(());
        }
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        if word.as_bytes().starts_with(rest) {
            return Err(JsonError { offset: self.bytes.len(), reason: Reason::End });
        }
        Err(self.unexpected("expected a value", "une valeur est attendue"))
    }

    /// Passes true, false or null.
    pub(crate) fn literal(&mut self) -> Step<&'static str> {
        let word = match self.byte() {
            Some(b't') => "true",
            Some(b'f') => "false",
            _ => "null",
        };
        self.word(word).map(|()| word)
    }

    /// Returns the next value as it is written, a text without its quotes; the cursor stays where it is.
    pub(crate) fn written(mut self) -> Step<&'a str> {
        self.skip_blanks();
        let start = self.offset;
        self.skip_value()?;
        Ok(self.text.get(start..self.offset).unwrap_or_default().trim_matches('"'))
    }

    /// Passes one whole value, checking all of it.
    pub(crate) fn skip_value(&mut self) -> Step<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            if open.len() > DEEPEST {
                return Err(self.unexpected(
                    "arrays and objects stand in each other more than 128 deep",
                    "des tableaux et objets s’emboîtent sur plus de 128 niveaux",
                ));
            }
            match self.kind()? {
                Kind::Object => {
                    self.offset += 1;
                    if !self.take(b'}') {
                        self.key()?;
                        open.push(b'}');
                        continue;
                    }
                }
                Kind::Array => {
                    self.offset += 1;
                    if !self.take(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                Kind::Text => {
                    self.skip_string()?;
                }
                Kind::Number => {
                    self.number()?;
                }
                Kind::Boolean(_) | Kind::Null | Kind::Bytes => {
                    self.literal()?;
                }
            }
            loop {
                let Some(close) = open.last().copied() else { return Ok(()) };
                if self.more(close)? {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }

    /// Passes a number and returns its value, and whether it has two decimals at most.
    ///
    /// A number of up to 15 digits is a whole number below 2^53 over a power of ten below 10^22: both are exact, so the
    /// one division rounds right. Longer ones go the general way.
    #[expect(clippy::cast_precision_loss, reason = "under 10^15, hence exact")]
    pub(crate) fn decimal(&mut self) -> Step<(f64, bool)> {
        const POWERS: [f64; 16] =
            [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        let negative = rest.first() == Some(&b'-');
        let body = rest.get(usize::from(negative)..).unwrap_or_default();
        let (mut mantissa, mut digits, mut point) = (0_u64, 0_usize, None);
        for byte in body.iter().take(17) {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    digits += 1;
                }
                b'.' if point.is_none() => point = Some(digits),
                _ => break,
            }
        }
        let length = digits + usize::from(point.is_some());
        let ends = matches!(body.get(length), Some(b',' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        let integer = point.unwrap_or(digits);
        let zero_first = integer > 1 && body.first() == Some(&b'0');
        let decimals = digits - integer;
        match POWERS.get(decimals) {
            Some(power) if ends && digits <= 15 && integer > 0 && !zero_first && (point.is_none() || decimals > 0) => {
                self.offset += usize::from(negative) + length;
                let value = mantissa as f64 / power;
                Ok((if negative { -value } else { value }, decimals <= 2))
            }
            _ => {
                let text = self.number()?;
                let coarse = text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2);
                // The grammar was checked, and numbers beyond the range of f64 were refused.
                Ok((text.parse().unwrap_or(f64::INFINITY), coarse))
            }
        }
    }

    /// Passes one object or array by its braces and quotes alone, several times faster than checking it.
    ///
    /// Whatever passes here must still be checked; returns false when the marks do not pair up.
    pub(crate) fn skip_balanced(&mut self) -> bool {
        let mut open: Vec<u8> = Vec::with_capacity(16);
        loop {
            let rest = self.bytes.get(self.offset..).unwrap_or_default();
            let Some(next) = rest.iter().position(|byte| matches!(byte, b'"' | b'[' | b']' | b'{' | b'}')) else {
                return false;
            };
            self.offset += next + 1;
            match rest.get(next) {
                Some(b'"') => {
                    if !self.skip_to_quote() {
                        return false;
                    }
                }
                Some(b'{') => open.push(b'}'),
                Some(b'[') => open.push(b']'),
                close => {
                    if open.pop().as_ref() != close {
                        return false;
                    }
                    if open.is_empty() {
                        return true;
                    }
                }
            }
        }
    }

    /// Passes the rest of a text up to its closing quote, or returns false.
    fn skip_to_quote(&mut self) -> bool {
        loop {
            let rest = self.bytes.get(self.offset..).unwrap_or_default();
            let Some(next) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else { return false };
            self.offset += next + 1;
            if rest.get(next) == Some(&b'"') {
                return true;
            }
            self.offset += 1;
        }
    }
}

/// Resolves the escapes of a text that was checked.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let unit =
            |from: &str| from.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
        let (character, length) = match after.as_bytes().first() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => {
                let high = unit(after);
                if (0xd800..0xdc00).contains(&high) {
                    let low = unit(after.get(6..).unwrap_or_default());
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
                    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11)
                } else {
                    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
                }
            }
            Some(other) => (char::from(*other), 1),
            None => break,
        };
        text.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
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
                assert!(
                    matches!(check(&text).unwrap_err().reason, Reason::Syntax(english, _) if english.contains("128"))
                );
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
}
