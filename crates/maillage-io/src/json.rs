//! A reader of JSON (RFC 8259) that walks over bytes without recursion, so that depth costs no stack.

mod number;
mod text;

use std::borrow::Cow;

use crate::json_error::{JsonError, Kind, Reason};

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
}

#[cfg(test)]
mod tests;
