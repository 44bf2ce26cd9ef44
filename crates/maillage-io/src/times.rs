use std::collections::HashMap;
use std::path::Path;

use maillage_core::{Position, Territory, TravelTime};

use crate::catalogue::{
    COLUMN_MISSING, CSV_EXCEL, ID_MISSING, NO_FEATURES, NOT_A_NUMBER, TIME_MISSING, TIME_MISSING_PAIRS, TIME_NEGATIVE,
    TIME_SENTINEL, TIME_TWICE, TIME_UNIT, TIME_UNKNOWN_PLACE, TIME_UNKNOWN_SITE, TIME_UNREACHED, TIME_ZERO,
};
use crate::columns::closest;
use crate::encoding::{decode, list};
use crate::layer::{NumberStyle, Value};
use crate::source::Source;
use crate::table::{Header, each_row};
use crate::value::{DECIMAL, ValueError, decimal};
use crate::{Finding, Findings, InputFile, Role};

/// A travel time between positions of a territory: (site, commune, time).
pub type TimeEntry = (u32, u32, TravelTime);

const COLUMNS: [&str; 3] = ["site", "place", "minutes"];

/// Reads a table of travel times (CSV `site,place,minutes`, sparse) for the sites and communes of a territory.
///
/// Times go from the place to the site. A pair without a line is out of reach; how many there are is remarked. Times
/// are rounded up to whole deciseconds. The entries come by site, then by commune. Returns nothing when `findings` has
/// new errors.
#[must_use]
pub fn read_times(file: &Path, territory: &Territory, findings: &mut Findings) -> Option<(Vec<TimeEntry>, InputFile)> {
    let errors = findings.error_count();
    let source = Source::read(file, findings)?;
    let sites: HashMap<&str, (u32, Position)> =
        territory.sites().iter().zip(0..).map(|(site, index)| (site.id.as_str(), (index, site.position))).collect();
    let communes: HashMap<&str, (u32, Position)> = territory
        .communes()
        .iter()
        .zip(0..)
        .map(|(commune, index)| (commune.code.as_str(), (index, commune.origin)))
        .collect();
    let read = Reader { sites, communes, ..Reader::default() }.read(&source, findings)?;
    (findings.error_count() == errors).then_some(read)
}

#[derive(Default)]
struct Reader<'a> {
    sites: HashMap<&'a str, (u32, Position)>,
    communes: HashMap<&'a str, (u32, Position)>,
    /// Each entry with the byte of its line.
    entries: Vec<(TimeEntry, usize)>,
    unknown_sites: Unknown,
    unknown_places: Unknown,
    zeros: Vec<String>,
    zero_count: u64,
    speeds: Vec<f64>,
}

/// Identifiers that are not known: how many different ones, ten of them, and the first byte.
#[derive(Default)]
struct Unknown {
    seen: std::collections::HashSet<String>,
    examples: Vec<String>,
    offset: usize,
}

impl Unknown {
    fn note(&mut self, id: &str, offset: usize) {
        if self.seen.insert(id.to_owned()) {
            if self.examples.is_empty() {
                self.offset = offset;
            }
            if self.examples.len() < 10 {
                self.examples.push(id.to_owned());
            }
        }
    }
}

impl Reader<'_> {
    fn read(mut self, source: &Source, findings: &mut Findings) -> Option<(Vec<TimeEntry>, InputFile)> {
        let text = decode(source, findings)?;
        let mut rows = 0;
        let mut problems = Findings::default();
        let mut positions: Option<[Option<usize>; 3]> = None;
        let header = each_row(source, text, &COLUMNS, findings, |header, index, offset, row| {
            rows += 1;
            let find = |name: &str| header.columns.iter().position(|column| column == name);
            let [site, place, minutes] = positions.get_or_insert_with(|| COLUMNS.map(find));
            let cell = |position: &mut Option<usize>| position.and_then(|position| row.get(position));
            if let (Some(site), Some(place), Some(minutes)) = (cell(site), cell(place), cell(minutes))
                && let Err(finding) = self.row(header, [site, place, minutes], offset)
            {
                source.report(finding.at_byte(offset).in_feature(index), &mut problems);
            }
        })?;
        findings.append(problems);
        if !complete(source, &header, findings) {
            return None;
        }
        if rows == 0 {
            source.report(Finding::new(&NO_FEATURES), findings);
            return None;
        }
        let file = source.input_file(Role::Times, rows);
        self.report_unknown(source, findings);
        self.report_twice(source, findings);
        self.remark_zeros(source, findings);
        self.check_unit(source, findings);
        self.remark_missing(source, findings);
        Some((self.entries.into_iter().map(|(entry, _)| entry).collect(), file))
    }

    fn row(&mut self, header: &Header, [site, place, minutes]: [&str; 3], offset: usize) -> Result<(), Box<Finding>> {
        let (site, place) = (site.trim(), place.trim());
        if site.is_empty() || place.is_empty() {
            let field = if site.is_empty() { "site" } else { "place" };
            return Err(Box::new(Finding::new(&ID_MISSING).in_field(field)));
        }
        let time = read_time(minutes, header.style()).map_err(|finding| Box::new(finding.named(site, place)))?;
        let known_site = self.sites.get(site).copied();
        let known_place = self.communes.get(place).copied();
        if known_site.is_none() {
            self.unknown_sites.note(site, offset);
        }
        if known_place.is_none() {
            self.unknown_places.note(place, offset);
        }
        let (Some((site_index, from)), Some((place_index, to))) = (known_site, known_place) else { return Ok(()) };
        let kilometres = straight_kilometres(from, to);
        if time.deciseconds() == 0 && kilometres > 0.05 {
            self.zero_count += 1;
            if self.zeros.len() < 3 {
                self.zeros.push(format!("{site} – {place}"));
            }
        } else if kilometres > 1.0 {
            self.speeds.push(kilometres / (time.minutes() / 60.0));
        }
        self.entries.push(((site_index, place_index, time), offset));
        Ok(())
    }

    fn report_unknown(&self, source: &Source, findings: &mut Findings) {
        for (entry, unknown) in [(&TIME_UNKNOWN_SITE, &self.unknown_sites), (&TIME_UNKNOWN_PLACE, &self.unknown_places)]
        {
            if !unknown.seen.is_empty() {
                let finding = Finding::new(entry).at_byte(unknown.offset).with("count", unknown.seen.len());
                source.report(finding.with("examples", list(&unknown.examples)), findings);
            }
        }
    }

    /// Sorts the entries and reports pairs that come twice, whether their times agree or not.
    fn report_twice(&mut self, source: &Source, findings: &mut Findings) {
        self.entries.sort_unstable_by_key(|((site, place, _), offset)| (*site, *place, *offset));
        let mut shown = 0;
        for pair in self.entries.windows(2) {
            let [((site, place, _), first), ((other_site, other_place, _), second)] = pair else { continue };
            if (site, place) == (other_site, other_place) {
                // Counting lines costs time: only findings that may be kept need them.
                shown += 1;
                let line = if shown <= 20 { source.line_and_column(*first).0 } else { 0 };
                let name = |known: &HashMap<&str, (u32, Position)>, wanted: u32| {
                    known
                        .iter()
                        .find(|(_, (index, _))| *index == wanted)
                        .map_or(String::new(), |(id, _)| (*id).to_owned())
                };
                let value = if shown <= 20 {
                    format!("{} – {}", name(&self.sites, *site), name(&self.communes, *place))
                } else {
                    String::new()
                };
                let finding = Finding::new(&TIME_TWICE).at_byte(*second).with_value(&value).with("line", line);
                source.report(finding, findings);
            }
        }
    }

    fn remark_zeros(&self, source: &Source, findings: &mut Findings) {
        if self.zero_count > 0 {
            let finding = Finding::new(&TIME_ZERO).with("count", self.zero_count);
            source.report(finding.with("examples", list(&self.zeros)), findings);
        }
    }

    /// Refuses times whose median speed in a straight line is under 5 or over 300 km/h.
    fn check_unit(&mut self, source: &Source, findings: &mut Findings) {
        let middle = self.speeds.len() / 2;
        if self.speeds.is_empty() {
            return;
        }
        let median = *self.speeds.select_nth_unstable_by(middle, f64::total_cmp).1;
        if !(5.0..=300.0).contains(&median) {
            let finding = Finding::new(&TIME_UNIT).in_field("minutes").with_value(&format!("{median:.1}"));
            source.report(finding, findings);
        }
    }

    fn remark_missing(&self, source: &Source, findings: &mut Findings) {
        let total = self.sites.len() as u64 * self.communes.len() as u64;
        let missing = total.saturating_sub(self.entries.len() as u64);
        if missing > 0 {
            let finding = Finding::new(&TIME_MISSING_PAIRS).with("count", missing).with("total", total);
            source.report(finding, findings);
        }
        let mut reached = vec![false; self.communes.len()];
        for ((_, place, _), _) in &self.entries {
            if let Some(reached) = reached.get_mut(*place as usize) {
                *reached = true;
            }
        }
        let is_unreached = |(_, (index, _)): &(&&str, &(u32, Position))| reached.get(*index as usize) == Some(&false);
        let mut unreached: Vec<&str> = self.communes.iter().filter(is_unreached).map(|(code, _)| *code).collect();
        if !unreached.is_empty() {
            unreached.sort_unstable();
            let shown: Vec<&&str> = unreached.iter().take(10).collect();
            let finding = Finding::new(&TIME_UNREACHED).with("count", unreached.len());
            source.report(finding.with("examples", list(&shown)), findings);
        }
    }
}

fn complete(source: &Source, header: &Header, findings: &mut Findings) -> bool {
    let missing = COLUMNS.iter().filter(|name| !header.columns.iter().any(|column| column == *name));
    let mut complete = true;
    for name in missing {
        complete = false;
        let finding =
            Finding::new(&COLUMN_MISSING).with("column", *name).with("closest", closest(name, &header.columns));
        source.report(finding.with("flag", "site,place,minutes"), findings);
    }
    complete
}

/// Reads minutes into a time, rounded up to whole deciseconds.
fn read_time(minutes: &str, style: NumberStyle) -> Result<TravelTime, Box<Finding>> {
    let refuse = |entry| Box::new(Finding::new(entry).in_field("minutes").with_value(minutes));
    let trimmed = minutes.trim();
    let lower = trimmed.to_ascii_lowercase();
    if ["", "nan", "na", "n/a", "null", "none", "inf", "+inf", "-inf", "infinity", "-infinity"]
        .contains(&lower.as_str())
    {
        return Err(refuse(&TIME_MISSING));
    }
    let number = match decimal(&Value::Field(trimmed.into()), style) {
        Ok(Some(number)) => number,
        Err(ValueError::Spreadsheet(english, french)) => {
            return Err(Box::new(refuse(&CSV_EXCEL).with("found", (english, french))));
        }
        _ => return Err(Box::new(refuse(&NOT_A_NUMBER).with("expected", DECIMAL.0).with("example", "12.5"))),
    };
    // A week is the longest time there is; what routers write for "no route" lies beyond, or is minus one.
    if is_exactly(number, -1.0) || number > 10_080.0 {
        return Err(refuse(&TIME_SENTINEL));
    }
    if number < 0.0 {
        return Err(refuse(&TIME_NEGATIVE));
    }
    TravelTime::from_minutes_up(number).map_err(|_| refuse(&TIME_SENTINEL))
}

fn is_exactly(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

/// The great-circle distance in kilometres (haversine, mean radius 6371.0088 km).
fn straight_kilometres(a: Position, b: Position) -> f64 {
    let (latitude_a, latitude_b) = (a.latitude().to_radians(), b.latitude().to_radians());
    let across = (b.longitude() - a.longitude()).to_radians();
    let half = ((latitude_b - latitude_a) / 2.0).sin().powi(2)
        + latitude_a.cos() * latitude_b.cos() * (across / 2.0).sin().powi(2);
    2.0 * 6371.0088 * half.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code and the line of a finding.
    type Seen = (&'static str, Option<u64>);

    /// Two sites and three communes on a meridian, about 11 km apart from one to the next.
    fn read(content: &str) -> (Vec<(u32, u32, u32)>, Vec<Seen>, String) {
        let place = |latitude| Position::new(6.0, latitude).unwrap();
        let sites = HashMap::from([("s1", (0, place(49.0))), ("s2", (1, place(49.1)))]);
        let communes =
            HashMap::from([("57001", (0, place(49.0))), ("57002", (1, place(49.1))), ("57003", (2, place(49.2)))]);
        let source = Source::from_bytes("times.csv", content);
        let mut findings = Findings::default();
        let entries = Reader { sites, communes, ..Reader::default() }.read(&source, &mut findings);
        (
            entries
                .map(|(entries, _)| {
                    entries.iter().map(|(site, place, time)| (*site, *place, time.deciseconds())).collect()
                })
                .unwrap_or_default(),
            findings.iter().map(|finding| (finding.code, finding.line)).collect(),
            findings.to_text(crate::Language::English),
        )
    }

    const WHOLE: &str =
        "site,place,minutes\ns1,57001,0\ns1,57002,10\ns1,57003,20.01\ns2,57001,10.1\ns2,57002,2\ns2,57003,9.5\n";

    #[test]
    fn a_whole_table_is_read_in_order_and_rounded_up() {
        let (entries, codes, _) = read(WHOLE);
        assert_eq!(entries, [(0, 0, 0), (0, 1, 6000), (0, 2, 12006), (1, 0, 6060), (1, 1, 1200), (1, 2, 5700)]);
        assert_eq!(codes, []);
        assert_eq!(TravelTime::from_minutes_up(1.0 / 3.0).unwrap().deciseconds(), 200);
        assert_eq!(TravelTime::from_minutes_up(0.000_2).unwrap().deciseconds(), 1);
    }

    #[test]
    fn french_tables_and_shuffled_columns_are_read_alike() {
        let french = WHOLE.replace(',', ";").replace('.', ",");
        assert_eq!(read(&french).0, read(WHOLE).0);
        let swap = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            [cells[2], cells[0], cells[1]].join(",")
        };
        let swapped = WHOLE.lines().map(swap).collect::<Vec<_>>().join("\n");
        assert_eq!(read(&swapped).0, read(WHOLE).0);
    }

    #[test]
    fn times_that_are_no_times_are_refused_at_their_line() {
        for (minutes, code) in [
            ("", "E323"),
            ("NaN", "E323"),
            ("inf", "E323"),
            ("-3", "E321"),
            ("-1", "E322"),
            ("2147483647", "E322"),
            ("214748364.7", "E322"),
            ("99999", "E322"),
            ("ten", "E211"),
            ("1.2E+05", "E307"),
        ] {
            let (_, codes, _) = read(&WHOLE.replace(",20.01", &format!(",{minutes}")));
            assert_eq!(codes.first(), Some(&(code, Some(4))), "{minutes}");
        }
    }

    #[test]
    fn missing_pairs_are_counted_and_unreached_communes_named() {
        let (entries, codes, text) = read("site,place,minutes\ns1,57001,0\ns1,57002,10\n");
        assert_eq!(entries.len(), 2);
        assert_eq!(codes, [("W329", None), ("W330", None)]);
        assert!(text.contains("4 of 6 pairs") && text.contains("\"57003\""), "{text}");
    }

    #[test]
    fn zeros_between_distinct_places_are_counted() {
        let (_, codes, text) = read(&WHOLE.replace(",10\n", ",0\n"));
        assert_eq!(codes, [("W324", None)]);
        assert!(text.contains("s1 – 57002"));
    }

    #[test]
    fn a_pair_given_twice_names_both_lines() {
        let (_, codes, text) = read(&format!("{WHOLE}s1,57002,11\n"));
        assert_eq!(codes, [("E325", Some(8))]);
        assert!(text.contains("\"s1 – 57002\" comes twice; it stands already in line 3"), "{text}");
    }

    #[test]
    fn unknown_identifiers_are_counted_with_examples() {
        let lines = |number| format!("x{number},57001,5\ns1,y{number},5\n");
        let extra = (0..12).map(lines).collect::<Vec<_>>().concat();
        let (_, codes, text) = read(&format!("{WHOLE}{extra}"));
        assert_eq!(codes, [("E326", Some(8)), ("E327", Some(9))]);
        assert!(
            text.contains("12 identifiers of sites") && text.contains("\"x9\"") && !text.contains("\"x10\""),
            "{text}"
        );
    }

    #[test]
    fn seconds_where_minutes_are_declared_are_refused() {
        let (_, codes, text) = read("site,place,minutes\ns1,57002,600\ns1,57003,1200\ns2,57001,606\ns2,57003,570\n");
        assert_eq!(codes.first(), Some(&("E328", None)));
        assert!(text.contains("seconds or hours"), "{text}");
        let (_, codes, _) = read("site,place,minutes\ns1,57002,0.1\ns1,57003,0.2\ns2,57001,0.1\ns2,57003,0.1\n");
        assert_eq!(codes.first(), Some(&("E328", None)));
    }

    #[test]
    fn a_missing_column_and_an_empty_table_are_refused() {
        assert_eq!(read("site,commune,minutes\ns1,57001,3\n").1, [("E201", None)]);
        assert_eq!(read("site,place,minutes\n").1, [("E128", None)]);
    }
}
