use std::borrow::Cow;

use super::{Cursor, Step};
use crate::json_error::{JsonError, Reason};
use crate::json_escape::unescape;

/// Texts.
impl<'a> Cursor<'a> {
    /// Passes a text, which must come next, and returns it with its escapes resolved.
    pub(crate) fn string(&mut self) -> Step<Cow<'a, str>> {
        let begin = self.offset + 1;
        let escaped = self.skip_string()?;
        let raw = self.text.get(begin..self.offset.saturating_sub(1)).unwrap_or_default();
        Ok(if escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) })
    }

    /// Passes a text and returns whether it has escapes.
    pub(super) fn skip_string(&mut self) -> Step<bool> {
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

    /// Passes the rest of a text up to its closing quote, or returns false.
    pub(super) fn skip_to_quote(&mut self) -> bool {
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
