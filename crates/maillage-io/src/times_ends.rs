use maillage_core::Position;

use crate::catalogue::{TIME_IDS, TIME_KEY, TIME_ORDER, TIME_UNKNOWN_PLACE, TIME_UNKNOWN_SITE};
use crate::encoding::{decode, list};
use crate::id_list::OrderedIds;
use crate::source::Source;
use crate::time_cell::TimeCell;
use crate::times_matrix::{MatrixError, Spot, TimesMatrix};
use crate::times_pairs::{Known, TimesPairs, straight_kilometres};
use crate::times_table::{IdList, TimesDirection, TimesMissing, TimesTable, TimesUnit};
use crate::{Detail, Finding, Findings, InputFile, Role};

/// Farther than this a place does not snap to a road.
const FAR: f64 = 5.0;

/// One side of a matrix.
struct Side {
    role: Role,
    flag: &'static str,
    words: [&'static str; 2],
    /// Whether its identifiers are those of sites.
    is_sites: bool,
}

/// What stands at the rows or the columns of a matrix.
struct Ends {
    side: Side,
    known: Vec<Option<Known>>,
    ids: Vec<String>,
    file: InputFile,
}

impl TimesTable {
    /// Refuses keys that have no meaning for the form of the table.
    pub(crate) fn check(&self, is_matrix: bool, source: &Source, findings: &mut Findings) -> Option<()> {
        let of_columns = [
            ("--times-place-field", self.place.is_some()),
            ("--times-site-field", self.site.is_some()),
            ("--times-field", self.time.is_some()),
            ("--times-unit", self.unit.is_some_and(|unit| unit != TimesUnit::Seconds)),
        ];
        let of_matrix =
            [("--times-origins", self.origins.is_some()), ("--times-destinations", self.destinations.is_some())];
        let (useless, what): (&[(&str, bool)], _) = if is_matrix {
            (
                &of_columns,
                (
                    "a matrix, whose times are seconds and stand in no columns",
                    "une matrice, dont les temps sont des secondes, sans colonnes",
                ),
            )
        } else {
            (&of_matrix, ("a table with a line for each pair", "une table d’une ligne par paire"))
        };
        let Some((flag, _)) = useless.iter().find(|(_, is_stated)| *is_stated) else { return Some(()) };
        source.report(Finding::new(&TIME_KEY).with("flag", *flag).with("what", what), findings);
        None
    }

    /// Returns what the rows of a matrix are, and what its columns.
    fn sides(&self) -> [(Side, Option<&IdList>); 2] {
        let from_sites = self.direction == TimesDirection::ToPlaces;
        let origins = Side {
            role: Role::TimesOrigins,
            flag: "--times-origins",
            words: ["origins", "origines"],
            is_sites: from_sites,
        };
        let destinations = Side {
            role: Role::TimesDestinations,
            flag: "--times-destinations",
            words: ["destinations", "destinations"],
            is_sites: !from_sites,
        };
        [(origins, self.origins.as_ref()), (destinations, self.destinations.as_ref())]
    }
}

/// Reads the matrix of a router; returns how many rows it has, and the files of its identifiers.
pub(crate) fn of_matrix(
    source: &Source,
    table: &TimesTable,
    pairs: &mut TimesPairs<'_>,
    findings: &mut Findings,
) -> Option<(u64, [InputFile; 2])> {
    let text = decode(source, findings)?;
    let tell = |error: MatrixError, findings: &mut Findings| match error {
        MatrixError::Json(error) => source.report(error.to_finding(text.text, text.start), findings),
        MatrixError::Finding(finding) => source.report(*finding, findings),
    };
    let matrix = TimesMatrix::find(text).map_err(|error| tell(error, findings)).ok()?;
    let [origins, destinations] = table.sides().map(|(side, list)| Ends::read(side, list, source, pairs, findings));
    let (origins, destinations) = (origins?, destinations?);
    let errors = findings.error_count();
    origins.check_order(&matrix.origins, source, findings);
    destinations.check_order(&matrix.destinations, source, findings);
    if findings.error_count() > errors {
        return None;
    }
    let cell = TimeCell { field: "durations", unit: TimesUnit::Seconds, missing: TimesMissing::OutOfReach };
    let mut problems = Findings::default();
    let shape = (origins.ids.len(), destinations.ids.len());
    let read = matrix.read(
        shape,
        cell,
        |row, column, time, offset| {
            let known = |ends: &Ends, place: usize| ends.known.get(place).copied().flatten();
            if let (Some(from), Some(to)) = (known(&origins, row), known(&destinations, column)) {
                let (site, place) = if origins.side.is_sites { (from, to) } else { (to, from) };
                pairs.take(site, place, time, offset);
            }
        },
        |finding| source.report(finding, &mut problems),
    );
    findings.append(problems);
    read.map_err(|error| tell(error, findings)).ok()?;
    Some((shape.0 as u64, [origins.file, destinations.file]))
}

impl Ends {
    fn read(
        side: Side,
        stated: Option<&IdList>,
        source: &Source,
        pairs: &TimesPairs<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let Some(stated) = stated else {
            let finding = Finding::new(&TIME_IDS).with("flag", side.flag);
            source.report(finding.with("what", (side.words[0], side.words[1])), findings);
            return None;
        };
        let OrderedIds { source, ids, file } = OrderedIds::read(stated, side.role, side.flag, findings)?;
        let among = if side.is_sites { &pairs.sites } else { &pairs.communes };
        let unknown: Vec<&(String, usize)> = ids.iter().filter(|(id, _)| !among.contains_key(id.as_str())).collect();
        if let Some((_, offset)) = unknown.first() {
            let entry = if side.is_sites { &TIME_UNKNOWN_SITE } else { &TIME_UNKNOWN_PLACE };
            let examples: Vec<&String> = unknown.iter().take(10).map(|(id, _)| id).collect();
            let finding = Finding::new(entry).at_byte(*offset).with("count", unknown.len());
            source.report(finding.with("examples", list(&examples)), findings);
            return None;
        }
        let known = ids.iter().map(|(id, _)| among.get(id.as_str()).copied()).collect();
        Some(Self { side, known, ids: ids.into_iter().map(|(id, _)| id).collect(), file })
    }

    /// Refuses identifiers most of which stand elsewhere than the matrix says.
    fn check_order(&self, spots: &[Spot], source: &Source, findings: &mut Findings) {
        if spots.len() != self.ids.len() {
            return;
        }
        let mut told = 0;
        let mut far = Vec::new();
        for ((spot, known), id) in spots.iter().zip(&self.known).zip(&self.ids) {
            let at = spot.and_then(|(longitude, latitude)| Position::new(longitude, latitude).ok());
            if let (Some(at), Some((_, place))) = (at, known) {
                told += 1;
                if straight_kilometres(at, *place) > FAR {
                    far.push(id);
                }
            }
        }
        if far.len() * 2 > told {
            let [english, french] = self.side.words;
            let finding = Finding::new(&TIME_ORDER).with("count", far.len()).with("total", told);
            let finding = finding.with("what", Detail::Texts(english.to_owned(), french.to_owned()));
            far.truncate(3);
            source.report(finding.with("examples", list(&far)), findings);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::fs;

    use super::*;

    type Read = (Vec<(u32, u32, u32)>, Vec<(&'static str, Option<u64>, Option<u64>)>);

    /// Reads a matrix over two sites and three communes on a meridian, about 11 km apart from one to the next.
    fn read(content: &str, direction: TimesDirection, places: &str, sites: &str) -> Read {
        let folder = tempfile::tempdir().unwrap();
        let list = |name: &str, ids: &str| {
            let file = folder.path().join(name);
            fs::write(&file, ids).unwrap();
            IdList { file, column: ids.contains(',').then(|| "id".to_owned()) }
        };
        let (places, sites) = (Some(list("places", places)), Some(list("sites", sites)));
        let (origins, destinations) =
            if direction == TimesDirection::ToSites { (places, sites) } else { (sites, places) };
        let table = TimesTable { direction, origins, destinations, ..TimesTable::default() };
        let at = |latitude| Position::new(6.0, latitude).unwrap();
        let mut pairs = TimesPairs::between(
            HashMap::from([("s1", (0, at(49.0))), ("s2", (1, at(49.1)))]),
            HashMap::from([("57001", (0, at(49.0))), ("57002", (1, at(49.1))), ("57003", (2, at(49.2)))]),
        );
        let source = Source::from_bytes("table.json", content);
        let mut findings = Findings::default();
        let read = of_matrix(&source, &table, &mut pairs, &mut findings).is_some();
        let entries = pairs.finish(&source, TimesUnit::Seconds, &mut findings);
        let entries = entries.into_iter().filter(|_| read);
        (
            entries.map(|(site, place, time)| (site, place, time.deciseconds())).collect(),
            findings.iter().map(|finding| (finding.code, finding.line, finding.column)).collect(),
        )
    }

    const OSRM: &str = r#"{"code":"Ok","durations":[[0,600.5],[605,0],[null,570.1]],"distances":[[{"a":"}"}]],
 "sources":[{"distance":3.1,"name":"Rue [","location":[6.0,49.0]},{"location":[6.0,49.1]},{"location":[6.0,49.2]}],
 "destinations":[{"location":[6.0,49.0]},{"location":[6.0,49.1]}]}"#;
    const EXPECTED: [(u32, u32, u32); 5] = [(0, 0, 0), (0, 1, 6050), (1, 0, 6005), (1, 1, 0), (1, 2, 5701)];
    const PLACES: &str = "57001\n57002\n57003\n";
    const SITES: &str = "s1\ns2\n";

    fn valhalla(cell: impl Fn(usize, usize, &str) -> String) -> String {
        let rows = [["0", "600.5"], ["605", "0"], ["null", "570.1"]];
        let row = |(from, row): (usize, &[&str; 2])| {
            let cells = row.iter().enumerate().map(|(to, time)| cell(from, to, time)).collect::<Vec<_>>();
            format!("[{}]", cells.join(","))
        };
        let rows = rows.iter().enumerate().map(row).collect::<Vec<_>>();
        format!("[{}]", rows.join(","))
    }

    #[test]
    fn the_matrices_of_osrm_and_valhalla_say_the_same() {
        let to_sites = TimesDirection::ToSites;
        let (entries, codes) = read(OSRM, to_sites, PLACES, SITES);
        assert_eq!((entries.as_slice(), codes.as_slice()), (EXPECTED.as_slice(), [("W329", None, None)].as_slice()));
        let cell = |from: usize, to: usize, time: &str| {
            format!(r#"{{"distance":1.5,"time":{time},"to_index":{to},"from_index":{from},"shape":{{"time":1}}}}"#)
        };
        let long = format!(r#"{{"units":"kilometers","sources_to_targets":{}}}"#, valhalla(cell));
        assert_eq!(read(&long, to_sites, PLACES, SITES).0, EXPECTED);
        let durations = valhalla(|_, _, time| time.to_owned());
        let short = format!(r#"{{"sources_to_targets":{{"distances":[[1]],"durations":{durations}}}}}"#);
        assert_eq!(read(&short, to_sites, PLACES, SITES).0, EXPECTED);
        let (_, codes) = read(&long.replacen(r#""to_index":1"#, r#""to_index":0"#, 1), to_sites, PLACES, SITES);
        assert_eq!(codes[0].0, "E336");
    }

    #[test]
    fn the_way_back_has_sites_for_origins_and_lists_may_be_columns() {
        let back = r#"{"durations":[[0,605,null],[600.5,0,570.1]]}"#;
        let (entries, _) = read(back, TimesDirection::ToPlaces, "id,name\n57001,a\n57002,b\n57003,c\n", SITES);
        assert_eq!(entries, EXPECTED);
    }

    #[test]
    fn a_list_in_another_order_is_seen_by_where_its_places_are() {
        let (_, codes) = read(OSRM, TimesDirection::ToSites, "57003\n57001\n57002\n", SITES);
        assert_eq!(codes[0].0, "E335");
    }

    #[test]
    fn what_is_no_matrix_is_refused_where_it_goes_wrong() {
        for (from, to, code) in [
            ("[null,570.1]", "[null]", "E333"),
            ("[null,570.1]", "[null,570.1],[1,2]", "E333"),
            (",[null,570.1]", "", "E333"),
            ("570.1", "-1", "E322"),
            ("570.1", "2147483647", "E322"),
            ("570.1", "-5", "E321"),
            ("570.1", "\"570.1\"", "E122"),
            ("570.1", "NaN", "E122"),
            ("durations", "durees", "E332"),
            ("\"Ok\"", "\"NoTable\"", "E332"),
            ("\n \"destinations\"", "\n}", "E122"),
        ] {
            let codes = read(&OSRM.replacen(from, to, 1), TimesDirection::ToSites, PLACES, SITES).1;
            let first = codes.iter().find(|(code, ..)| code.starts_with('E'));
            assert_eq!(first.map(|(code, ..)| *code), Some(code), "{to}");
        }
        for length in 0..OSRM.len() {
            let Some(part) = OSRM.get(..length) else { continue };
            let (entries, codes) = read(part, TimesDirection::ToSites, PLACES, SITES);
            assert!(entries.is_empty() && codes.iter().any(|(code, ..)| code.starts_with('E')), "{part}");
        }
    }

    #[test]
    fn lists_are_refused_that_do_not_name_each_end_once() {
        for (places, sites, code) in [
            ("57001\n57002\n", SITES, "E333"),
            ("57001\n57001\n57003\n", SITES, "E204"),
            (PLACES, "s1\ns9\n", "E326"),
            ("57001\n57002\n57009\n", SITES, "E327"),
            ("name,x\na,b\n", SITES, "E201"),
            ("# none\n", SITES, "E128"),
        ] {
            let codes = read(OSRM, TimesDirection::ToSites, places, sites).1;
            assert_eq!(codes.first().map(|(code, ..)| *code), Some(code), "{places}{sites}");
        }
    }
}
