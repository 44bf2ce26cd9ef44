use std::path::Path;

use maillage_core::{Territory, TravelTime};

use crate::catalogue::{ID_MISSING, NO_FEATURES};
use crate::encoding::decode;
use crate::layer::NumberStyle;
use crate::source::Source;
use crate::table::each_row;
use crate::time_cell::TimeCell;
use crate::times_columns::TimesPlaces;
use crate::times_ends::of_matrix;
use crate::times_pairs::TimesPairs;
use crate::times_parquet::{is_parquet, of_parquet};
use crate::times_table::{TimesTable, TimesUnit};
use crate::{Finding, Findings, InputFile, Role};

/// A travel time between positions of a territory: (site, commune, time).
pub type TimeEntry = (u32, u32, TravelTime);

/// Reads a table of travel times for the sites and communes of a territory: a line for each pair in CSV or Parquet, or
/// the matrix of a router in JSON.
///
/// A pair that is absent is out of reach; how many there are is remarked. Times are rounded up to whole deciseconds. The
/// entries come by site, then by commune; the table is the first of the files. Returns nothing when `findings` has new
/// errors.
#[must_use]
pub fn read_times(
    file: &Path,
    table: &TimesTable,
    territory: &Territory,
    findings: &mut Findings,
) -> Option<(Vec<TimeEntry>, Vec<InputFile>)> {
    let errors = findings.error_count();
    let mut source = Source::read(file, findings)?;
    let read = read_source(&mut source, table, TimesPairs::of(territory), findings)?;
    (findings.error_count() == errors).then_some(read)
}

fn read_source(
    source: &mut Source,
    table: &TimesTable,
    mut pairs: TimesPairs<'_>,
    findings: &mut Findings,
) -> Option<(Vec<TimeEntry>, Vec<InputFile>)> {
    if is_parquet(source) {
        table.check(false, source, findings)?;
        let (rows, unit) = of_parquet(source, table, &mut pairs, findings)?;
        let files = vec![source.input_file(Role::Times, rows)];
        return Some((pairs.finish(source, unit, findings), files));
    }
    let is_matrix = source.bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    table.check(is_matrix, source, findings)?;
    if is_matrix {
        let (rows, lists) = of_matrix(source, table, &mut pairs, findings)?;
        let mut files = vec![source.input_file(Role::Times, rows)];
        files.extend(lists);
        return Some((pairs.finish(source, TimesUnit::Seconds, findings), files));
    }
    let (rows, unit) = of_csv(source, table, &mut pairs, findings)?;
    if rows == 0 {
        source.report(Finding::new(&NO_FEATURES), findings);
        return None;
    }
    let files = vec![source.input_file(Role::Times, rows)];
    Some((pairs.finish(source, unit, findings), files))
}

/// Reads a line for each pair; returns how many there are, and their unit.
fn of_csv(
    source: &Source,
    table: &TimesTable,
    pairs: &mut TimesPairs<'_>,
    findings: &mut Findings,
) -> Option<(u64, TimesUnit)> {
    let text = decode(source, findings)?;
    let mut rows = 0;
    let mut problems = Findings::default();
    let mut places: Option<Option<TimesPlaces>> = None;
    let header = each_row(source, text, &table.wanted(), findings, |header, index, offset, row| {
        rows += 1;
        let Some(places) = *places.get_or_insert_with(|| table.places(&header.columns).ok()) else { return };
        let [site, place, time] = places.map(|place| row.get(place).unwrap_or_default());
        let field = places.get(2).and_then(|place| header.columns.get(*place)).map_or("", String::as_str);
        let unit = table.unit_of(&header.columns, places);
        let cell = TimeCell { field, unit, missing: table.missing };
        if let Err(finding) = of_row(pairs, [site.trim(), place.trim(), time], cell, header.style(), offset) {
            source.report(finding.at_byte(offset).in_feature(index), &mut problems);
        }
    })?;
    findings.append(problems);
    match table.places(&header.columns) {
        Ok(places) => Some((rows, table.unit_of(&header.columns, places))),
        Err(missing) => {
            for finding in missing {
                source.report(finding, findings);
            }
            None
        }
    }
}

fn of_row(
    pairs: &mut TimesPairs<'_>,
    [site, place, time]: [&str; 3],
    cell: TimeCell<'_>,
    style: NumberStyle,
    offset: usize,
) -> Result<(), Box<Finding>> {
    if site.is_empty() || place.is_empty() {
        let field = if site.is_empty() { "site" } else { "place" };
        return Err(Box::new(Finding::new(&ID_MISSING).in_field(field)));
    }
    let time = cell.text(time, style).map_err(|finding| Box::new(finding.named(site, place)))?;
    if let (Some(site), Some(place), Some(time)) = (pairs.site(site, offset), pairs.place(place, offset), time) {
        pairs.take(site, place, time, offset);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use maillage_core::Position;

    use super::*;
    use crate::times_table::{IdList, TimesDirection, TimesMissing};

    /// The code and the line of a finding.
    type Seen = (&'static str, Option<u64>);

    /// Two sites and three communes on a meridian, about 11 km apart from one to the next.
    fn read(content: &str) -> (Vec<(u32, u32, u32)>, Vec<Seen>, String) {
        read_as(content, &TimesTable::default())
    }

    fn read_as(content: &str, table: &TimesTable) -> (Vec<(u32, u32, u32)>, Vec<Seen>, String) {
        let place = |latitude| Position::new(6.0, latitude).unwrap();
        let sites = HashMap::from([("s1", (0, place(49.0))), ("s2", (1, place(49.1)))]);
        let communes =
            HashMap::from([("57001", (0, place(49.0))), ("57002", (1, place(49.1))), ("57003", (2, place(49.2)))]);
        let mut source = Source::from_bytes("times.csv", content);
        let mut findings = Findings::default();
        let pairs = TimesPairs::between(sites, communes);
        let entries = read_source(&mut source, table, pairs, &mut findings);
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
        assert!(text.contains("really in minutes"), "{text}");
        let (_, codes, _) = read("site,place,minutes\ns1,57002,0.1\ns1,57003,0.2\ns2,57001,0.1\ns2,57003,0.1\n");
        assert_eq!(codes.first(), Some(&("E328", None)));
    }

    #[test]
    fn a_missing_column_and_an_empty_table_are_refused() {
        assert_eq!(read("site,commune,minutes\ns1,57001,3\n").1, [("E201", None)]);
        assert_eq!(read("site,place,minutes\n").1, [("E128", None)]);
    }

    #[test]
    fn columns_of_any_name_and_unit_are_read_alike() {
        let whole = read(WHOLE).0;
        let named = TimesTable {
            place: Some("orig".to_owned()),
            site: Some("dest".to_owned()),
            time: Some("t".to_owned()),
            unit: Some(TimesUnit::Seconds),
            ..TimesTable::default()
        };
        let seconds = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("x;{};{};{}\n", cells[1], cells[2].parse::<f64>().unwrap() * 60.0, cells[0])
        };
        let lines: String = WHOLE.lines().skip(1).map(seconds).collect();
        assert_eq!(read_as(&format!("what;orig;t;dest\n{lines}"), &named).0, whole);
        // As R5 writes it, with the way there and the way back.
        let r5 = WHOLE.replace("site,place,minutes", "to_id,from_id,travel_time_p50");
        assert_eq!(read(&r5).0, whole);
        let back = TimesTable { direction: TimesDirection::ToPlaces, ..TimesTable::default() };
        assert_eq!(read_as(&r5.replace("to_id,from_id", "from_id,to_id"), &back).0, whole);
        assert_eq!(
            read(&r5.replace("_p50\n", "_p50,travel_time_p75\n").replace('1', "1,1")).1.last().unwrap().0,
            "E331"
        );
    }

    #[test]
    fn seconds_are_refused_as_minutes_and_read_as_seconds() {
        let seconds = "site,place,minutes\ns1,57002,600\ns1,57003,1200\ns2,57001,606\ns2,57003,570\n";
        let table = TimesTable { unit: Some(TimesUnit::Seconds), ..TimesTable::default() };
        assert_eq!(read_as(seconds, &table).0, [(0, 1, 6000), (0, 2, 12000), (1, 0, 6060), (1, 2, 5700)]);
        let clock = TimesTable { unit: Some(TimesUnit::Clock), ..TimesTable::default() };
        assert_eq!(read_as("site,place,minutes\ns1,57002,0:10\n", &clock).0, [(0, 1, 6000)]);
        assert_eq!(read_as("site,place,minutes\ns1,57002,10\n", &clock).1.first(), Some(&("E211", Some(2))));
    }

    #[test]
    fn blank_times_are_out_of_reach_where_that_is_said() {
        let blank = WHOLE.replace(",20.01", ",NaN");
        assert_eq!(read(&blank).1.first(), Some(&("E323", Some(4))));
        let table = TimesTable { missing: TimesMissing::OutOfReach, ..TimesTable::default() };
        let (entries, codes, _) = read_as(&blank, &table);
        assert_eq!((entries.len(), codes), (5, vec![("W329", None)]));
    }

    #[test]
    fn keys_of_a_matrix_are_refused_for_a_table_of_pairs() {
        let list = Some(IdList { file: "ids.txt".into(), column: None });
        let table = TimesTable { origins: list, ..TimesTable::default() };
        assert_eq!(read_as(WHOLE, &table).1, [("E337", None)]);
    }
}
