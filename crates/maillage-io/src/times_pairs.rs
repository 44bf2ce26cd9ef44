use std::collections::{HashMap, HashSet};

use maillage_core::{Position, Territory, TravelTime};

use crate::catalogue::{
    TIME_MISSING_PAIRS, TIME_TWICE, TIME_UNIT, TIME_UNKNOWN_PLACE, TIME_UNKNOWN_SITE, TIME_UNREACHED, TIME_ZERO,
};
use crate::encoding::list;
use crate::source::Source;
use crate::times::TimeEntry;
use crate::times_table::TimesUnit;
use crate::{Detail, Finding, Findings};

/// A place or a site of the territory: its position in it, and on the globe.
pub(crate) type Known = (u32, Position);

/// The pairs of a table as they are read, with what is wrong with them.
#[derive(Default)]
pub(crate) struct TimesPairs<'a> {
    pub(crate) sites: HashMap<&'a str, Known>,
    pub(crate) communes: HashMap<&'a str, Known>,
    /// Inhabitants of each commune, by position.
    people: Vec<u64>,
    /// Whether spots are rows, from 1, and not bytes of the file.
    pub(crate) by_row: bool,
    /// Each entry with the byte or the row where it stands.
    entries: Vec<(TimeEntry, usize)>,
    unknown_sites: Unknown,
    unknown_places: Unknown,
    zeros: Vec<String>,
    zero_count: u64,
    speeds: Vec<f64>,
}

/// Identifiers that are not known: how many different ones, ten of them, and the first spot.
#[derive(Default)]
struct Unknown {
    seen: HashSet<String>,
    examples: Vec<String>,
    spot: usize,
}

impl Unknown {
    fn note(&mut self, id: &str, spot: usize) {
        if !self.seen.contains(id) {
            self.seen.insert(id.to_owned());
            if self.examples.is_empty() {
                self.spot = spot;
            }
            if self.examples.len() < 10 {
                self.examples.push(id.to_owned());
            }
        }
    }
}

impl<'a> TimesPairs<'a> {
    /// Takes pairs of the sites and communes of a territory.
    pub(crate) fn of(territory: &'a Territory) -> Self {
        let sites = territory.sites().iter().zip(0..).map(|(site, index)| (site.id.as_str(), (index, site.position)));
        let communes = territory.communes().iter().zip(0..);
        let communes = communes.map(|(commune, index)| (commune.code.as_str(), (index, commune.origin)));
        let people = territory.communes().iter().map(|commune| commune.population).collect();
        Self { sites: sites.collect(), communes: communes.collect(), people, ..Self::default() }
    }

    /// Takes pairs of these sites and communes.
    #[cfg(test)]
    pub(crate) fn between(sites: HashMap<&'a str, Known>, communes: HashMap<&'a str, Known>) -> Self {
        Self { sites, communes, ..Self::default() }
    }

    /// Returns the site of an identifier; one that is not known is noted.
    pub(crate) fn site(&mut self, id: &str, spot: usize) -> Option<Known> {
        let known = self.sites.get(id).copied();
        if known.is_none() {
            self.unknown_sites.note(id, spot);
        }
        known
    }

    /// Returns the place of a code; one that is not known is noted.
    pub(crate) fn place(&mut self, code: &str, spot: usize) -> Option<Known> {
        let known = self.communes.get(code).copied();
        if known.is_none() {
            self.unknown_places.note(code, spot);
        }
        known
    }

    /// Takes a pair of known ends.
    pub(crate) fn take(&mut self, (site, at): Known, (place, from): Known, time: TravelTime, spot: usize) {
        let kilometres = straight_kilometres(at, from);
        if time.deciseconds() == 0 && kilometres > 0.05 {
            self.zero_count += 1;
            if self.zeros.len() < 3 {
                self.zeros.push(format!("{} – {}", name(&self.sites, site), name(&self.communes, place)));
            }
        } else if kilometres > 1.0 {
            self.speeds.push(kilometres / (time.minutes() / 60.0));
        }
        self.entries.push(((site, place, time), spot));
    }

    /// Returns whether there are more pairs than sites and communes make.
    pub(crate) fn is_overfull(&self) -> bool {
        self.entries.len() as u64 > self.sites.len() as u64 * self.communes.len() as u64
    }

    /// Says where in the file a finding is.
    pub(crate) fn spotted(&self, finding: Finding, spot: usize) -> Finding {
        if self.by_row { finding.in_row(i64::try_from(spot).unwrap_or(i64::MAX)) } else { finding.at_byte(spot) }
    }

    /// Tells what is wrong with the pairs as a whole, and returns them by site, then by commune.
    pub(crate) fn finish(mut self, source: &Source, unit: TimesUnit, findings: &mut Findings) -> Vec<TimeEntry> {
        self.report_unknown(source, findings);
        self.report_twice(source, findings);
        self.remark_zeros(source, findings);
        self.check_unit(source, unit, findings);
        self.remark_missing(source, findings);
        self.entries.into_iter().map(|(entry, _)| entry).collect()
    }

    fn report_unknown(&self, source: &Source, findings: &mut Findings) {
        for (entry, unknown) in [(&TIME_UNKNOWN_SITE, &self.unknown_sites), (&TIME_UNKNOWN_PLACE, &self.unknown_places)]
        {
            if !unknown.seen.is_empty() {
                let finding = self.spotted(Finding::new(entry), unknown.spot).with("count", unknown.seen.len());
                source.report(finding.with("examples", list(&unknown.examples)), findings);
            }
        }
    }

    /// Sorts the entries and reports pairs that come twice, whether their times agree or not.
    fn report_twice(&mut self, source: &Source, findings: &mut Findings) {
        self.entries.sort_unstable_by_key(|((site, place, _), spot)| (*site, *place, *spot));
        let mut shown = 0;
        for pair in self.entries.windows(2) {
            let [((site, place, _), first), ((other_site, other_place, _), second)] = pair else { continue };
            if (site, place) == (other_site, other_place) {
                // Finding names and lines costs time: only findings that may be kept need them.
                shown += 1;
                let finding = self.spotted(Finding::new(&TIME_TWICE), *second);
                let finding = if shown <= 20 {
                    let pair = format!("{} – {}", name(&self.sites, *site), name(&self.communes, *place));
                    finding.with_value(&pair).with("where", self.line(source, *first))
                } else {
                    finding
                };
                source.report(finding, findings);
            }
        }
    }

    fn line(&self, source: &Source, spot: usize) -> Detail {
        if self.by_row {
            return Detail::Texts(format!("row {spot}"), format!("la ligne {spot}"));
        }
        let (line, column) = source.line_and_column(spot);
        if line == 1 {
            return Detail::Texts(format!("column {column}"), format!("la colonne {column}"));
        }
        Detail::Texts(format!("line {line}"), format!("la ligne {line}"))
    }

    fn remark_zeros(&self, source: &Source, findings: &mut Findings) {
        if self.zero_count > 0 {
            let finding = Finding::new(&TIME_ZERO).with("count", self.zero_count);
            source.report(finding.with("examples", list(&self.zeros)), findings);
        }
    }

    /// Refuses times whose median speed in a straight line is under 5 or over 300 km/h.
    fn check_unit(&mut self, source: &Source, unit: TimesUnit, findings: &mut Findings) {
        let middle = self.speeds.len() / 2;
        if self.speeds.is_empty() {
            return;
        }
        let median = *self.speeds.select_nth_unstable_by(middle, f64::total_cmp).1;
        if !(5.0..=300.0).contains(&median) {
            let finding = Finding::new(&TIME_UNIT).with_value(&format!("{median:.1}")).with("unit", unit.words());
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
        let is_unreached = |(_, (index, _)): &(&&str, &Known)| reached.get(*index as usize) == Some(&false);
        let mut unreached: Vec<&str> = self.communes.iter().filter(is_unreached).map(|(code, _)| *code).collect();
        if !unreached.is_empty() {
            unreached.sort_unstable();
            let shown: Vec<&&str> = unreached.iter().take(10).collect();
            let people = self.people.iter().zip(&reached).filter(|(_, reached)| !**reached);
            let people = people.map(|(people, _)| people).sum::<u64>();
            let finding = Finding::new(&TIME_UNREACHED).with("count", unreached.len()).with("people", people);
            source.report(finding.with("examples", list(&shown)), findings);
        }
    }
}

fn name(known: &HashMap<&str, Known>, wanted: u32) -> String {
    let found = known.iter().find(|(_, (index, _))| *index == wanted);
    found.map_or(String::new(), |(id, _)| (*id).to_owned())
}

/// The great-circle distance in kilometres (haversine, mean radius 6371.0088 km).
pub(crate) fn straight_kilometres(a: Position, b: Position) -> f64 {
    let (latitude_a, latitude_b) = (a.latitude().to_radians(), b.latitude().to_radians());
    let across = (b.longitude() - a.longitude()).to_radians();
    let half = ((latitude_b - latitude_a) / 2.0).sin().powi(2)
        + latitude_a.cos() * latitude_b.cos() * (across / 2.0).sin().powi(2);
    2.0 * 6371.0088 * half.sqrt().min(1.0).asin()
}
