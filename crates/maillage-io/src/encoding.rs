//! Tells text from what is not, and says what it is instead.

use crate::catalogue::{
    BYTE_ORDER_MARK, CONTROL_CHARACTERS, ENCODING_NOT_UTF8, ENCODING_UTF16, FILE_EMPTY, FORMAT_OTHER, FORMAT_SCRIPT,
    FORMAT_WEB_PAGE, MOJIBAKE, NUL_BYTES,
};
use crate::escape::{escape, is_control};
use crate::source::Source;
use crate::{Finding, Findings};

/// A text inside a file: the whole of it but for a byte order mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// The byte of the file where it starts.
    pub(crate) start: usize,
}

/// Reads the bytes as UTF-8 text, or says what they are instead.
pub(crate) fn decode<'a>(source: &'a Source, findings: &mut Findings) -> Option<Text<'a>> {
    match recognise(&source.bytes) {
        Ok(text) => {
            if text.start > 0 {
                source.report(Finding::new(&BYTE_ORDER_MARK), findings);
            }
            let mut characters = Characters::default();
            characters.look(text.text);
            characters.report(source, text.start, findings);
            Some(text)
        }
        Err(finding) => {
            source.report(*finding, findings);
            None
        }
    }
}

fn recognise(bytes: &[u8]) -> Result<Text<'_>, Box<Finding>> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let content = bytes.get(start..).unwrap_or_default();
    if content.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(Finding::new(&FILE_EMPTY)));
    }
    if let Some(format) = other_format(bytes) {
        return Err(Box::new(Finding::new(&FORMAT_OTHER).with("format", format)));
    }
    if is_utf16(bytes) {
        return Err(Box::new(Finding::new(&ENCODING_UTF16)));
    }
    let text = std::str::from_utf8(content).map_err(|error| {
        let offset = start + error.valid_up_to();
        Box::new(not_utf_8(bytes, offset).at_byte(offset))
    })?;
    if content.contains(&0) {
        let offset = content.iter().position(|byte| *byte == 0).unwrap_or_default();
        return Err(Box::new(Finding::new(&NUL_BYTES).at_byte(start + offset).with("offset", start + offset)));
    }
    web_page(text)?;
    Ok(Text { text, start })
}

/// Makes a finding of a byte that is not UTF-8.
pub(crate) fn not_utf_8(bytes: &[u8], offset: usize) -> Finding {
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let finding = Finding::new(&ENCODING_NOT_UTF8).with("offset", offset).with("byte", format!("{byte:02X}"));
    finding.with("guess", escape(&windows_1252(byte).to_string()))
}

fn other_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return Some(if holds(b"xl/") || holds(b"[Content_Types].xml") {
            ("an Excel workbook (xlsx)", "un classeur Excel (xlsx)")
        } else if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
            ("an OpenDocument spreadsheet (ods)", "un classeur OpenDocument (ods)")
        } else {
            ("a zip archive", "une archive zip")
        });
    }
    let formats: [(&[u8], &str, &str); 6] = [
        (b"\x1f\x8b", "a gzip file", "un fichier gzip"),
        (b"SQLite format 3\0", "a SQLite database (GeoPackage)", "une base SQLite (GeoPackage)"),
        (b"\x00\x00\x27\x0a", "a shapefile (.shp)", "un shapefile (.shp)"),
        (b"%PDF-", "a PDF document", "un document PDF"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (xls)", "un ancien classeur Excel (xls)"),
        (b"PAR1", "a Parquet file", "un fichier Parquet"),
    ];
    formats.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, english, french)| (*english, *french))
}

fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    // Without a mark: plain letters with a NUL at every other byte.
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let nul = |first: usize| head.len() >= 8 && head.iter().skip(first).step_by(2).all(|byte| *byte == 0);
    nul(0) != nul(1)
}

fn web_page(text: &str) -> Result<(), Box<Finding>> {
    let trimmed = text.trim_start();
    let head: String = trimmed.chars().take(60).collect();
    let lower = head.to_ascii_lowercase();
    if ["<!doctype", "<html", "<head", "<body", "<script", "<?xml", "<!--"].iter().any(|tag| lower.starts_with(tag)) {
        return Err(Box::new(Finding::new(&FORMAT_WEB_PAGE).with_value(&head)));
    }
    let word = head.find(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '.' | '$')));
    let behind = word.filter(|length| *length > 0).and_then(|length| head.get(length..)).unwrap_or_default();
    if behind.trim_start().strip_prefix('(').is_some_and(|inside| inside.trim_start().starts_with(['{', '['])) {
        return Err(Box::new(Finding::new(&FORMAT_SCRIPT).with_value(&head)));
    }
    Ok(())
}

/// Returns the character of a byte in Windows-1252 (Latin-1 but for 0x80 to 0x9f).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|high| HIGH.get(usize::from(high)).copied()).unwrap_or(char::from(byte))
}

/// Control and direction characters, and UTF-8 that was once read as Windows-1252, counted over texts.
#[derive(Default)]
pub(crate) struct Characters {
    mojibake: Remark,
    controls: Remark,
}

impl Characters {
    /// Looks, in one pass, at a text.
    pub(crate) fn look(&mut self, text: &str) {
        let rest = |position: usize| text.get(position..).unwrap_or_default();
        // Sixty-four bytes at a time: most hold nothing but plain characters.
        for (number, part) in text.as_bytes().chunks(64).enumerate() {
            let special = part.iter().filter(|byte| !(b' '..=b'~').contains(byte) || **byte == b'\\').count();
            if special == 0 {
                continue;
            }
            for (position, byte) in part.iter().enumerate() {
                let position = 64 * number + position;
                match *byte {
                    b'\t' | b'\n' | b'\r' | 0x1e | b' '..=b'[' | b']'..=b'~' | 0x80..=0xbf => {}
                    // Ã, then what Windows-1252 makes of a byte from 0x80 to 0xbf.
                    0xc3 => {
                        if rest(position)
                            .strip_prefix('Ã')
                            .and_then(|after| after.chars().next())
                            .is_some_and(is_shifted)
                        {
                            self.mojibake.note(position, || word_at(text, position));
                        }
                    }
                    b'\\' => {
                        let digits =
                            rest(position).strip_prefix("\\u").and_then(|digits| digits.get(..4)).unwrap_or_default();
                        let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                        if character.is_some_and(|character| is_control(character) && !character.is_ascii_whitespace())
                        {
                            self.controls.note(position, || rest(position).chars().take(8).collect());
                        }
                    }
                    _ => {
                        if rest(position).chars().next().is_some_and(is_control) {
                            self.controls.note(position, || rest(position).chars().take(8).collect());
                        }
                    }
                }
            }
        }
    }

    /// Remarks what was seen; the text looked at first starts at a byte of the file.
    pub(crate) fn report(&self, source: &Source, start: usize, findings: &mut Findings) {
        for (entry, remark) in [(&MOJIBAKE, &self.mojibake), (&CONTROL_CHARACTERS, &self.controls)] {
            if remark.count > 0 {
                let finding = Finding::new(entry).at_byte(start + remark.first).with("count", remark.count);
                source.report(finding.with("examples", list(&remark.examples)), findings);
            }
        }
    }
}

/// Something seen many times: how often, where first, and up to three examples.
#[derive(Default)]
struct Remark {
    count: u64,
    first: usize,
    examples: Vec<String>,
}

impl Remark {
    fn note(&mut self, position: usize, example: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = position;
        }
        self.count += 1;
        if self.examples.len() < 3 {
            let example = example();
            if !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
    }
}

/// Returns whether Windows-1252 puts the character at a byte from 0x80 to 0xbf.
fn is_shifted(character: char) -> bool {
    ('\u{80}'..='\u{bf}').contains(&character) || (0x80..0xa0).any(|byte| windows_1252(byte) == character)
}

/// Returns the word round a byte that starts a character.
fn word_at(text: &str, position: usize) -> String {
    let ends = |character: char| character.is_whitespace() || matches!(character, '"' | ',' | ';' | ':');
    let (before, after) = text.split_at_checked(position).unwrap_or_default();
    let mut word: Vec<char> = before.chars().rev().take_while(|character| !ends(*character)).take(20).collect();
    word.reverse();
    // The blank that may follow Ã is what à becomes.
    word.extend(after.chars().take(20).enumerate().take_while(|(at, letter)| *at < 2 || !ends(*letter)).map(|it| it.1));
    word.into_iter().collect()
}

/// Writes examples in quotes, escaped.
pub(crate) fn list<T: AsRef<str>>(examples: &[T]) -> String {
    examples.iter().map(|example| format!("\"{}\"", escape(example.as_ref()))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn code_of(bytes: &[u8]) -> Option<&'static str> {
        recognise(bytes).err().map(|finding| finding.code)
    }

    #[test]
    fn what_is_not_text_is_named() {
        let cases: [(&[u8], &str, &str); 9] = [
            (b"\x1f\x8b\x08\0", "E113", "gzip"),
            (b"PK\x03\x04....[Content_Types].xml", "E113", "xlsx"),
            (b"PK\x03\x04....communes.shp", "E113", "zip"),
            (b"SQLite format 3\0....", "E113", "GeoPackage"),
            (b"\x00\x00\x27\x0a....", "E113", "shapefile"),
            (b"%PDF-1.7", "E113", "PDF"),
            (b"\n<!DOCTYPE html><html>", "E114", "web page"),
            (b"callback({\"type\":1})", "E115", "JSONP"),
            (b"\xff\xfe{\0", "E111", "UTF-16"),
        ];
        for (bytes, code, word) in cases {
            let finding = recognise(bytes).unwrap_err();
            assert_eq!(finding.code, code);
            assert!(finding.to_text(Language::English).contains(word), "{word}");
        }
    }

    #[test]
    fn empty_and_blank_files_are_empty() {
        for bytes in [&b""[..], b" \r\n\t ", b"\xef\xbb\xbf\n"] {
            assert_eq!(code_of(bytes), Some("E110"));
        }
    }

    #[test]
    fn utf_16_without_a_mark_is_seen() {
        assert_eq!(code_of(b"{\0\"\0t\0y\0p\0"), Some("E111"));
        assert_eq!(code_of(b"\0{\0\"\0t\0y\0p"), Some("E111"));
        assert_eq!(code_of(b"{\"t\":\0}"), Some("E116"));
    }

    #[test]
    fn latin_1_is_refused_at_its_byte() {
        let finding = recognise(b"{\"name\":\"Z\xe9\"}").unwrap_err();
        assert_eq!((finding.code, finding.offset), ("E112", Some(10)));
        assert!(finding.to_text(Language::English).contains("\"é\""));
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_noted() {
        let source = Source::from_bytes("a.csv", "\u{feff}code");
        let mut findings = Findings::default();
        assert_eq!(decode(&source, &mut findings).unwrap().text, "code");
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["W110"]);
    }

    #[test]
    fn doubly_decoded_accents_are_counted() {
        let source = Source::from_bytes("a.csv", "Saint-DiÃ©, BesanÃ§on, VittÃªl, CHÃ‚TEAU, Ã la, GÃO");
        let mut findings = Findings::default();
        assert!(decode(&source, &mut findings).is_some());
        let text = findings.to_text(Language::English);
        assert!(text.contains("W111") && text.contains("4 accents") && text.contains("\"BesanÃ§on\""), "{text}");
    }

    #[test]
    fn direction_marks_and_controls_are_remarked_and_shown_escaped() {
        let source = Source::from_bytes("a.json", "\"Me\u{202e}tz \u{1b}[31m\" \"\\u0007\" \"plain\"");
        let mut findings = Findings::default();
        assert!(decode(&source, &mut findings).is_some());
        let text = findings.to_text(Language::English);
        assert!(text.contains("W112") && text.contains("3 texts") && text.contains("\\u{202e}"), "{text}");
    }
}
