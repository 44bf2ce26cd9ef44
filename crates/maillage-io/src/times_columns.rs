use crate::Finding;
use crate::catalogue::{COLUMN_MISSING, TIME_PERCENTILES};
use crate::columns::closest;
use crate::encoding::list;
use crate::escape::escape;
use crate::times_table::{TimesDirection, TimesTable, TimesUnit};

/// The columns of a table where nothing is said.
const OURS: [&str; 3] = ["site", "place", "minutes"];
/// The column of the times that we write ourselves.
const SECONDS: &str = "seconds";
/// The columns of R5's long tables, whose times are minutes.
const ORIGIN: &str = "from_id";
const DESTINATION: &str = "to_id";
const TIME: &str = "travel_time";
/// What its columns of percentiles begin with.
const PERCENTILE: &str = "travel_time_p";

/// Where in a header the three columns of a table stand: (site, place, time).
pub(crate) type TimesPlaces = [usize; 3];

impl TimesTable {
    /// Returns the names that may stand in the header.
    pub(crate) fn wanted(&self) -> Vec<&str> {
        let stated = [&self.site, &self.place, &self.time];
        let ours = stated.into_iter().zip(OURS).map(|(stated, default)| stated.as_deref().unwrap_or(default));
        ours.chain([ORIGIN, DESTINATION, TIME, SECONDS]).collect()
    }

    /// Returns the unit of the times: seconds in a column of that name, else minutes, where nothing is said.
    pub(crate) fn unit_of(&self, header: &[String], places: TimesPlaces) -> TimesUnit {
        let is_seconds = places.get(2).and_then(|place| header.get(*place)).is_some_and(|name| name == SECONDS);
        let unit = if is_seconds { TimesUnit::Seconds } else { TimesUnit::Minutes };
        self.unit.unwrap_or(unit)
    }

    /// Finds the columns in a header.
    pub(crate) fn places(&self, header: &[String]) -> Result<TimesPlaces, Vec<Finding>> {
        let is_there = |name: &str| header.iter().any(|column| column == name);
        let is_r5 = is_there(ORIGIN) && is_there(DESTINATION) && !is_there(OURS[0]) && !is_there(OURS[1]);
        let (site, place) = match self.direction {
            _ if !is_r5 => (OURS[0], OURS[1]),
            TimesDirection::ToSites => (DESTINATION, ORIGIN),
            TimesDirection::ToPlaces => (ORIGIN, DESTINATION),
        };
        let percentiles: Vec<&String> = header.iter().filter(|column| column.starts_with(PERCENTILE)).collect();
        let time = match (is_r5 && !is_there(OURS[2]), percentiles.as_slice()) {
            (true, [only]) if !is_there(TIME) => only,
            (true, [_, _, ..]) if !is_there(TIME) && self.time.is_none() => {
                let finding = Finding::new(&TIME_PERCENTILES).with("examples", list(&percentiles));
                return Err(vec![finding.with("flag", format!("--times-field {}", percentiles[0]))]);
            }
            (true, _) => TIME,
            _ if is_there(SECONDS) && !is_there(OURS[2]) => SECONDS,
            _ => OURS[2],
        };
        let column_of = |stated: &Option<String>, default: &str| stated.clone().unwrap_or_else(|| default.to_owned());
        let names = [column_of(&self.site, site), column_of(&self.place, place), column_of(&self.time, time)];
        let flags = ["--times-site-field", "--times-place-field", "--times-field"];
        let mut missing = Vec::new();
        let mut found = [0; 3];
        for ((name, flag), found) in names.iter().zip(flags).zip(&mut found) {
            match header.iter().position(|column| column == name) {
                Some(position) => *found = position,
                None => missing.push(
                    Finding::new(&COLUMN_MISSING)
                        .with("column", escape(name))
                        .with("closest", closest(name, header))
                        .with("flag", flag),
                ),
            }
        }
        if missing.is_empty() { Ok(found) } else { Err(missing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(header: &str, table: &TimesTable) -> Result<TimesPlaces, Vec<&'static str>> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        table.places(&header).map_err(|findings| findings.iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn columns_are_ours_those_of_r5_or_named() {
        let plain = TimesTable::default();
        let back = TimesTable { direction: TimesDirection::ToPlaces, ..TimesTable::default() };
        let named = TimesTable {
            place: Some("orig".to_owned()),
            site: Some("dest".to_owned()),
            time: Some("t".to_owned()),
            ..TimesTable::default()
        };
        assert_eq!(places("site,place,minutes", &plain), Ok([0, 1, 2]));
        assert_eq!(places("from_id,to_id,travel_time", &plain), Ok([1, 0, 2]));
        assert_eq!(places("from_id,to_id,travel_time_p50", &back), Ok([0, 1, 2]));
        assert_eq!(places("t,orig,dest,site", &named), Ok([2, 1, 0]));
        assert_eq!(places("from_id,to_id,travel_time_p25,travel_time_p50", &plain), Err(vec!["E331"]));
        let median = TimesTable { time: Some("travel_time_p50".to_owned()), ..TimesTable::default() };
        assert_eq!(places("from_id,to_id,travel_time_p25,travel_time_p50", &median), Ok([1, 0, 3]));
        assert_eq!(places("site,commune,minutes", &plain), Err(vec!["E201"]));
        assert_eq!(places("a,b,c", &plain), Err(vec!["E201"; 3]));
    }
}
