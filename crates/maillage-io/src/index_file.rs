use std::fmt::{Display, Write};
use std::path::Path;

use crate::catalogue::{
    FILE_EMPTY, INDEX_HEADER, INDEX_NUMBER, INDEX_OUT_OF_RANGE, INDEX_TOO_LARGE, INDEX_TRAILING, INDEX_TRUNCATED,
    INDEX_TWICE,
};
use crate::source::Source;
use crate::{Finding, Findings};

/// A bare covering instance, as researchers exchange them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexFile {
    /// Weight of each demand.
    pub weights: Vec<u64>,
    /// Cost of each site.
    pub costs: Vec<u64>,
    /// The demands each site covers, from 0, in the order of the file.
    pub rows: Vec<Vec<u32>>,
    /// Sites already open.
    pub open: Vec<u32>,
}

/// The most demands or sites of an index file.
const MOST: u64 = u32::MAX as u64;
/// The largest weight or cost: sums of 2^32 of them still fit 72 bits, and one of them a signed 64-bit number.
const LARGEST: u64 = 1 << 62;

impl IndexFile {
    /// Writes the instance as an index file.
    ///
    /// ```
    /// use maillage_io::IndexFile;
    ///
    /// let index = IndexFile { weights: vec![10, 20], costs: vec![5], rows: vec![vec![0, 1]], open: vec![] };
    /// assert_eq!(index.to_text(), "maillage-index 1\n2 1\n10 20\n5\n2 0 1\nopen 0\n");
    /// ```
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("maillage-index 1\n{} {}\n", self.weights.len(), self.costs.len());
        line(&mut text, &self.weights);
        line(&mut text, &self.costs);
        for row in &self.rows {
            let _ = write!(text, "{} ", row.len());
            line(&mut text, row);
        }
        let _ = write!(text, "open {} ", self.open.len());
        line(&mut text, &self.open);
        text
    }
}

/// Writes numbers and a line end, a blank between them.
fn line<T: Display>(text: &mut String, numbers: &[T]) {
    for number in numbers {
        let _ = write!(text, "{number} ");
    }
    text.truncate(text.trim_end_matches(' ').len());
    text.push('\n');
}

/// Reads an index file, plain or gzip.
///
/// The file is `maillage-index 1`, the numbers of demands and sites, the weights, the costs, for each site the count
/// and the indices of the demands it covers, and at last `open` with the count and the indices of the open sites; all
/// between blanks or line ends. Returns nothing when `findings` has new errors.
///
/// ```
/// use maillage_io::{Findings, read_index};
///
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("two.index");
/// std::fs::write(&file, "maillage-index 1\n3 2\n10 20 30\n1 1\n2 0 1\n2 1 2\nopen 0\n")?;
/// let index = read_index(&file, &mut Findings::default()).expect("the file is sound");
/// assert_eq!(index.rows, [[0, 1], [1, 2]]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn read_index(file: &Path, findings: &mut Findings) -> Option<IndexFile> {
    let source = Source::read(file, findings)?;
    match parse(&source.bytes) {
        Ok(index) => Some(index),
        Err(finding) => {
            source.report(*finding, findings);
            None
        }
    }
}

type Step<T> = Result<T, Box<Finding>>;

/// What a number is for, in English and French.
type Purpose = (&'static str, &'static str);

const COUNT_OF_DEMANDS: Purpose = ("the number of demands", "le nombre de demandes");
const COUNT_OF_SITES: Purpose = ("the number of sites", "le nombre de sites");
const WEIGHT: Purpose = ("a weight", "un poids");
const COST: Purpose = ("a cost", "un coût");
const ROW_LENGTH: Purpose = ("the number of demands of a site", "le nombre de demandes d’un site");
const DEMAND: Purpose = ("a demand", "une demande");
const COUNT_OF_OPEN: Purpose = ("the number of open sites", "le nombre de sites ouverts");
const SITE: Purpose = ("an open site", "un site ouvert");

/// The words of a file, one after another.
struct Words<'a> {
    bytes: &'a [u8],
    offset: usize,
    count: u64,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = rest.get(blanks..).unwrap_or_default();
        let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        self.offset += blanks + length;
        self.count += u64::from(length > 0);
        rest.get(..length).filter(|word| !word.is_empty())
    }

    /// Places a finding at the word read last.
    fn locate<T>(&self, finding: Finding, word: &[u8]) -> Step<T> {
        let shown = String::from_utf8_lossy(word);
        let finding = finding.with_value(&shown).with("word", self.count);
        Err(Box::new(finding.at_byte(self.offset - word.len())))
    }

    fn number(&mut self, purpose: Purpose, limit: u64) -> Step<u64> {
        // The usual case in one pass: blanks, up to nineteen digits, a blank.
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (mut number, mut length) = (0_u64, 0);
        for byte in rest.get(blanks..).unwrap_or_default().iter().take(19) {
            if !byte.is_ascii_digit() {
                break;
            }
            number = number * 10 + u64::from(byte - b'0');
            length += 1;
        }
        let ends = rest.get(blanks + length).is_none_or(u8::is_ascii_whitespace);
        if length > 0 && ends && number <= limit {
            self.offset += blanks + length;
            self.count += 1;
            return Ok(number);
        }
        let Some(word) = self.next() else {
            let finding = Finding::new(&INDEX_TRUNCATED).with("what", purpose).with("word", self.count + 1);
            return Err(Box::new(finding.at_byte(self.bytes.len())));
        };
        if !word.iter().all(u8::is_ascii_digit) {
            return self.locate(Finding::new(&INDEX_NUMBER).with("what", purpose), word);
        }
        match String::from_utf8_lossy(word).parse() {
            Ok(number) if number <= limit => Ok(number),
            _ => self.locate(Finding::new(&INDEX_TOO_LARGE).with("what", purpose).with("limit", limit), word),
        }
    }

    /// Reads an index below a count.
    fn index(&mut self, purpose: Purpose, below: usize) -> Step<u32> {
        let number = self.number(purpose, u64::MAX)?;
        match u32::try_from(number) {
            Ok(index) if number < below as u64 => Ok(index),
            _ => {
                let finding = Finding::new(&INDEX_OUT_OF_RANGE).with("what", purpose).with("limit", below);
                self.locate(finding, number.to_string().as_bytes())
            }
        }
    }

    /// Reads a count of things that each take two bytes at least: a larger one cannot be true, and is refused before
    /// any room is made for it.
    fn length(&mut self, purpose: Purpose, limit: u64) -> Step<usize> {
        let count = self.number(purpose, limit)?;
        let left = (self.bytes.len() - self.offset).div_ceil(2);
        match usize::try_from(count) {
            Ok(count) if count <= left => Ok(count),
            _ => {
                let finding = Finding::new(&INDEX_TRUNCATED).with("what", purpose).with("word", self.count);
                Err(Box::new(finding.at_byte(self.bytes.len())))
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Step<IndexFile> {
    let mut words = Words { bytes, offset: 0, count: 0 };
    let Some(first) = words.next() else { return Err(Box::new(Finding::new(&FILE_EMPTY))) };
    if first != b"maillage-index" || words.next() != Some(b"1") {
        let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let line = line.get(..line.len().min(80)).unwrap_or_default();
        return Err(Box::new(Finding::new(&INDEX_HEADER).at_byte(0).with_value(&String::from_utf8_lossy(line))));
    }
    let demands = words.length(COUNT_OF_DEMANDS, MOST)?;
    let sites = words.length(COUNT_OF_SITES, MOST)?;
    let weights = (0..demands).map(|_| words.number(WEIGHT, LARGEST)).collect::<Step<Vec<u64>>>()?;
    let costs = (0..sites).map(|_| words.number(COST, LARGEST)).collect::<Step<Vec<u64>>>()?;
    // The row that last named each demand, to see one that comes twice in a row.
    let mut last = vec![u32::MAX; demands];
    let mut rows = Vec::with_capacity(sites);
    for site in 0..sites {
        let length = words.length(ROW_LENGTH, demands as u64)?;
        let mut row = Vec::with_capacity(length);
        for _ in 0..length {
            let demand = words.index(DEMAND, demands)?;
            let this = u32::try_from(site).unwrap_or(u32::MAX);
            if let Some(last) = last.get_mut(demand as usize)
                && std::mem::replace(last, this) == this
            {
                return words.locate(Finding::new(&INDEX_TWICE), demand.to_string().as_bytes());
            }
            row.push(demand);
        }
        rows.push(row);
    }
    match words.next() {
        Some(b"open") => {}
        Some(word) => {
            return words.locate(Finding::new(&INDEX_NUMBER).with("what", ("the word open", "le mot open")), word);
        }
        None => {
            let what = ("the word open", "le mot open");
            let finding = Finding::new(&INDEX_TRUNCATED).with("what", what).with("word", words.count + 1);
            return Err(Box::new(finding.at_byte(bytes.len())));
        }
    }
    let length = words.length(COUNT_OF_OPEN, sites as u64)?;
    let mut open = Vec::with_capacity(length);
    let mut is_open = vec![false; sites];
    for _ in 0..length {
        let site = words.index(SITE, sites)?;
        if let Some(known) = is_open.get_mut(site as usize)
            && std::mem::replace(known, true)
        {
            return words.locate(Finding::new(&INDEX_TWICE), site.to_string().as_bytes());
        }
        open.push(site);
    }
    if let Some(word) = words.next() {
        return words.locate(Finding::new(&INDEX_TRAILING), word);
    }
    Ok(IndexFile { weights, costs, rows, open })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "maillage-index 1\n3 2\n10 20 30\n1 1\n2 0 1\n2 1 2\nopen 1 1\n";

    #[test]
    fn every_prefix_but_the_whole_is_refused() {
        assert!(parse(SMALL.as_bytes()).is_ok());
        for length in 0..SMALL.trim_end().len() {
            assert!(parse(&SMALL.as_bytes()[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let read = parse(SMALL.as_bytes()).unwrap();
        assert_eq!(read.to_text(), SMALL);
        let empty = IndexFile { costs: vec![7, 8], rows: vec![vec![], vec![]], ..IndexFile::default() };
        assert_eq!(parse(empty.to_text().as_bytes()).unwrap(), empty);
    }

    #[test]
    fn mistakes_are_named_with_their_word() {
        for (from, to, code, line, column) in [
            ("maillage-index 1", "maillage-index 2", "E341", 1, 1),
            ("10 20 30", "10 2x 30", "E342", 3, 4),
            ("10 20 30", "10 -2 30", "E342", 3, 4),
            ("2 0 1\n", "2 0 3\n", "E344", 5, 5),
            ("2 0 1\n", "2 0 0\n", "E345", 5, 5),
            ("2 0 1\n", "9 0 1\n", "E346", 5, 1),
            ("10 20 30", "10 20 99999999999999999999", "E346", 3, 7),
            ("3 2\n", "4000000000 2\n", "E343", 8, 1),
            ("open 1 1", "open 1 2", "E344", 7, 8),
            ("open 1 1", "open 1 1 0", "E347", 7, 10),
            ("open 1 1", "1 1", "E342", 7, 1),
        ] {
            let text = SMALL.replacen(from, to, 1);
            let source = Source::from_bytes("a.index", text.as_bytes());
            let mut findings = Findings::default();
            source.report(*parse(&source.bytes).unwrap_err(), &mut findings);
            let finding = findings.iter().next().unwrap();
            assert_eq!((finding.code, finding.line, finding.column), (code, Some(line), Some(column)), "{to}");
        }
    }
}
