//! A reader of JSON (RFC 8259) that walks over bytes without recursion, so that depth costs no stack.

use std::borrow::Cow;

use crate::json_error::{JsonError, Kind, Reason};
use crate::json_escape::unescape;

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

#[cfg(test)]
mod tests;
