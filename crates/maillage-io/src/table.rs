//! CSV tables, standard and French: title lines, `;`, decimal commas.

use std::borrow::Cow;

use crate::catalogue::{
    COLUMN_TWICE, CSV_BLANK_LINES, CSV_COLUMNS, CSV_NO_HEADER, CSV_QUOTE, CSV_TITLE_LINES, READING_FAILED,
};
use crate::encoding::Text;
use crate::layer::{Cell, Layer, NumberStyle, Record, Value};
use crate::source::{Source, count_of};
use crate::{Finding, Findings};

/// How many lines are searched for the header.
const HEADER_WITHIN: usize = 20;

/// The first line of a table: where it is and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// The byte of the text where it starts.
    pub(crate) start: usize,
    pub(crate) separator: u8,
    pub(crate) columns: Vec<String>,
    /// Lines of title above it.
    pub(crate) titles: usize,
}

impl Header {
    /// Returns how numbers are written: with a comma where the columns are not separated by one.
    pub(crate) const fn style(&self) -> NumberStyle {
        if self.separator == b',' { NumberStyle::Point } else { NumberStyle::Comma }
    }
}

/// Finds the header: the first line that holds most of the wanted names, whichever separator shows them.
///
/// Where no line holds any, it is the first line with more than one column.
pub(crate) fn find_header(text: &str, wanted: &[&str]) -> Option<Header> {
    let mut best: Option<(usize, Header)> = None;
    let mut start = 0;
    let mut titles = 0;
    for line in text.split_inclusive(['\n', '\r']).take(HEADER_WITHIN) {
        if !line.trim().is_empty() {
            for separator in [b';', b',', b'\t'] {
                let columns = split_line(line.trim_end_matches(['\n', '\r']), char::from(separator));
                let score = 1000 * wanted.iter().filter(|name| columns.iter().any(|column| column == *name)).count()
                    + usize::from(columns.len() > 1);
                let wider = best.as_ref().is_none_or(|(known, header)| {
                    score > *known || (score == *known && header.start == start && columns.len() > header.columns.len())
                });
                if wider {
                    best = Some((score, Header { start, separator, columns, titles }));
                }
            }
            titles += 1;
        }
        start += line.len();
    }
    best.filter(|(score, header)| *score > 0 || header.columns.iter().any(|name| !name.is_empty()))
        .map(|(_, header)| header)
}

fn split_line(line: &str, separator: char) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match (character, columns.last_mut()) {
            ('"', _) => quoted = !quoted,
            (other, _) if other == separator && !quoted => columns.push(String::new()),
            (other, Some(column)) => column.push(other),
            _ => {}
        }
    }
    columns.into_iter().map(|column| column.trim().to_owned()).collect()
}

/// Calls a function with each row (its position, the byte of the file, its fields), refusing rows of another length.
///
/// Returns the header, or nothing when the table cannot be read at all.
pub(crate) fn each_row(
    source: &Source,
    text: Text<'_>,
    wanted: &[&str],
    findings: &mut Findings,
    mut at_row: impl FnMut(&Header, u64, usize, &csv::StringRecord),
) -> Option<Header> {
    let Some(header) = find_header(text.text, wanted) else {
        source.report(Finding::new(&CSV_NO_HEADER).with("column", wanted.join(", ")), findings);
        return None;
    };
    if header.titles > 0 {
        let finding = Finding::new(&CSV_TITLE_LINES).at_byte(text.start + header.start);
        source.report(finding.with("count", header.titles), findings);
    }
    let named = header.columns.iter().enumerate().filter(|(_, name)| !name.is_empty());
    for (position, name) in named {
        if header.columns.iter().take(position).any(|before| before == name) {
            let finding = Finding::new(&COLUMN_TWICE).at_byte(text.start + header.start);
            source.report(finding.with("column", crate::escape::escape(name)), findings);
        }
    }
    let body = text.text.as_bytes().get(header.start..).unwrap_or_default();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(header.separator).flexible(true).has_headers(true).from_reader(body);
    let odd_quotes = count_of(body, b'"') % 2 == 1;
    let (mut index, mut blank) = (0, 0_u64);
    let mut row = csv::StringRecord::new();
    // The first record after the header line would be skipped by `headers`: let the reader take the header itself.
    if let Err(error) = reader.headers() {
        source.report(Finding::new(&READING_FAILED).with("reason", error.to_string()), findings);
        return None;
    }
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                source.report(Finding::new(&READING_FAILED).with("reason", error.to_string()), findings);
                return None;
            }
        }
        let within = row.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default());
        let offset = text.start + header.start + skip_line_ends(body, within);
        if row.iter().all(|field| field.trim().is_empty()) {
            blank += 1;
        } else if odd_quotes
            && row.iter().any(|field| field.contains(['\n', '\r']))
            && reader.position().byte() >= body.len() as u64
        {
            source.report(Finding::new(&CSV_QUOTE).at_byte(offset).in_feature(index), findings);
        } else if row.len() == header.columns.len() {
            at_row(&header, index, offset, &row);
        } else {
            let finding = Finding::new(&CSV_COLUMNS).at_byte(offset).in_feature(index);
            let finding = finding.with("count", row.len()).with("total", header.columns.len());
            source.report(finding.with("hint", separator_hint(header.separator, &row)), findings);
        }
        index += 1;
    }
    if blank > 0 {
        source.report(Finding::new(&CSV_BLANK_LINES).with("count", blank), findings);
    }
    Some(header)
}

/// Returns the byte where a record's own text starts: the reader counts from the line end before it.
fn skip_line_ends(body: &[u8], within: usize) -> usize {
    let rest = body.get(within..).unwrap_or_default();
    within + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Says when a row seems to use another separator than the header.
fn separator_hint(separator: u8, row: &csv::StringRecord) -> (&'static str, &'static str) {
    let other = if separator == b';' { ',' } else { ';' };
    if row.len() == 1 && row.iter().any(|field| field.contains(other)) {
        ("; it seems to use another separator", " ; elle semble employer un autre séparateur")
    } else {
        ("", "")
    }
}

/// Reads the wanted columns of a table.
pub(crate) fn read_table<'a>(
    source: &Source,
    text: Text<'a>,
    wanted: &[&str],
    findings: &mut Findings,
) -> Option<Layer<'a>> {
    let mut positions: Option<Vec<Option<usize>>> = None;
    let mut records = Vec::new();
    let header = each_row(source, text, wanted, findings, |header, index, offset, row| {
        let find = |name: &&str| header.columns.iter().position(|column| column == name);
        let positions = positions.get_or_insert_with(|| wanted.iter().map(find).collect());
        let cells = positions.iter().map(|position| Cell { value: field(row, *position), offset, source: 0 }).collect();
        records.push(Record { index, row: None, offset, cells, id: None, shape: None });
    })?;
    let style = header.style();
    Some(Layer { records, columns: header.columns, style, is_table: true })
}

fn field<'a>(row: &csv::StringRecord, position: Option<usize>) -> Value<'a> {
    match position.and_then(|position| row.get(position)) {
        None => Value::Absent,
        Some(text) if text.trim().is_empty() => Value::Null,
        Some(text) => Value::Field(Cow::Owned(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows = Option<Vec<Vec<String>>>;

    fn read(content: &str, wanted: &[&str]) -> (Rows, Vec<&'static str>, Vec<Option<u64>>) {
        let source = Source::from_bytes("table.csv", content);
        let mut findings = Findings::default();
        let layer = read_table(&source, Text { text: content, start: 0 }, wanted, &mut findings);
        let rows = layer.map(|layer| {
            let cells = |record: &Record<'_>| {
                record.cells.iter().map(|cell| crate::value::written(&cell.value).into_owned()).collect()
            };
            layer.records.iter().map(cells).collect()
        });
        (
            rows,
            findings.iter().map(|finding| finding.code).collect(),
            findings.iter().map(|finding| finding.line).collect(),
        )
    }

    #[test]
    fn separators_and_title_lines_are_found_by_the_names() {
        let wanted = ["code", "population"];
        let expected = Some(vec![vec!["01001".to_owned(), "771".to_owned()]]);
        for (content, codes) in [
            ("code,name,population\n01001,\"L'Abergement, Clémenciat\",771\n", vec![]),
            ("code;name;population\r\n01001;L'Abergement;771\r\n", vec![]),
            ("code\tname\tpopulation\r01001\tL'Abergement\t771", vec![]),
            ("Populations légales, 2021\n\nSource : INSEE ; RP\ncode;name;population\n01001;x;771\n", vec!["W308"]),
            ("\"code\";\"name; long\";\"population\"\n\"01001\";\"x\"\"y\";\"771\"\n", vec![]),
            ("code,population\n01001,771\n,\n", vec!["W309"]),
        ] {
            let (rows, found, _) = read(content, &wanted);
            assert_eq!((rows, found), (expected.clone(), codes), "{content}");
        }
    }

    #[test]
    fn broken_rows_are_refused_at_their_line() {
        for (content, code, line) in [
            ("code,population\n01001,1\n01002,2,3\n", "E301", 3),
            ("code;population\n01001;1\n01002,2\n", "E301", 3),
            ("code,population\n01001,1\n01002\n", "E301", 3),
            ("code,name,population\n01001,a,1\n01002,\"b,2\n01003,c,3\n", "E302", 3),
            ("code,code,population\n01001,a,1\n", "E222", 1),
        ] {
            let (_, codes, lines) = read(content, &["code", "population"]);
            assert_eq!((codes, lines), (vec![code], vec![Some(line)]), "{content}");
        }
    }

    #[test]
    fn quoted_line_ends_are_part_of_a_name() {
        let (rows, codes, _) = read("code,name\n01001,\"a\nb\"\n01002,c\n", &["code", "name"]);
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(rows.unwrap()[0][1], "a\nb");
    }
}
