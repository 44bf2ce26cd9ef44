//! What a scenario asks, read and counted by other code than the program's: over all choices, from the file's text.

use std::collections::{BTreeMap, BTreeSet};

use maillage::{Commune, Site, SiteState, StraightLine, TravelTime};
use toml::{Table, Value};

/// The text of a scenario and the region it is asked of.
pub struct Judge<'a> {
    pub table: Table,
    pub communes: &'a [Commune],
    pub sites: &'a [Site],
}

/// Reads a number of at most three decimals as whole thousandths.
fn thousandths(number: &str) -> i64 {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    format!("{whole}{decimals:0<3}").parse().unwrap()
}

/// Reads a share in thousandths of a percent.
fn share(rule: &Table, key: &str) -> Option<i64> {
    rule.get(key).map(|share| thousandths(share.as_str().unwrap().trim_end_matches('%')))
}

fn amount_of(rule: &Table, key: &str) -> Option<i64> {
    rule.get(key).map(|end| match end {
        Value::Integer(whole) => whole * 1_000,
        other => thousandths(&other.as_float().unwrap().to_string()),
    })
}

fn each(rule: &Table) -> Vec<&str> {
    match rule.get("each") {
        Some(Value::Array(columns)) => columns.iter().map(|column| column.as_str().unwrap()).collect(),
        Some(one) => vec![one.as_str().unwrap()],
        None => Vec::new(),
    }
}

fn meets(rule: &Table, value_of: impl Fn(&str) -> String) -> bool {
    let holds = |(column, condition): (&String, &Value)| {
        let value = value_of(column);
        let is = |wanted: &Value| match wanted {
            Value::Integer(number) => number.to_string() == value,
            other => other.as_str() == Some(&value),
        };
        match condition {
            Value::Array(values) => values.iter().any(is),
            Value::Table(range) => {
                let end = |key: &str| f64::from(i32::try_from(range[key].as_integer().unwrap()).unwrap());
                let number: f64 = value.parse().unwrap();
                number >= end("least") && number < end("below")
            }
            one => is(one),
        }
    };
    rule.get("where").and_then(Value::as_table).is_none_or(|conditions| conditions.iter().all(holds))
}

/// What a site adds to a rule, in thousandths.
fn amount(rule: &Table, site: &Site) -> i64 {
    match rule.get("sum").and_then(Value::as_str) {
        None => 1_000,
        Some("cost") if site.state == SiteState::Existing => 0,
        Some("cost") => i64::try_from(site.cost).unwrap() * 1_000,
        Some(_) => thousandths(&site.columns["hours"]),
    }
}

fn is_new(site: &Site) -> bool {
    site.state == SiteState::Candidate
}

impl Judge<'_> {
    pub fn list(&self, key: &str) -> Vec<&Table> {
        let entries = self.table.get(key).and_then(Value::as_array).into_iter().flatten();
        entries.map(|entry| entry.as_table().unwrap()).collect()
    }

    fn site_value(&self, site: &Site, column: &str) -> String {
        let host = self.communes.iter().find(|commune| Some(&commune.code) == site.commune.as_ref()).unwrap();
        site.columns.get(column).or_else(|| host.columns.get(column)).unwrap().clone()
    }

    /// Returns for every value of `each` there is the sum of the open sites that meet `where`, and of all.
    pub fn sums(&self, rule: &Table, open: &[&Site]) -> BTreeMap<Vec<String>, (i64, i64)> {
        let each = each(rule);
        let key = |site: &Site| each.iter().map(|column| self.site_value(site, column)).collect::<Vec<_>>();
        let candidates = self.sites.iter().filter(|site| is_new(site));
        let mut sums: BTreeMap<Vec<String>, (i64, i64)> = candidates.map(|site| (key(site), (0, 0))).collect();
        if !each.contains(&"kind") {
            let of = |commune: &Commune| each.iter().map(|&column| commune.columns[column].clone()).collect();
            sums.extend(self.communes.iter().map(|commune| (of(commune), (0, 0))));
        }
        for site in open.iter().filter(|site| rule.contains_key("existing") || is_new(site)) {
            let sum = sums.entry(key(site)).or_default();
            sum.1 += amount(rule, site);
            if meets(rule, |column| self.site_value(site, column)) {
                sum.0 += amount(rule, site);
            }
        }
        sums
    }

    fn rule_holds(&self, rule: &Table, open: &[&Site]) -> bool {
        let sums = self.sums(rule, open);
        let all: i64 = sums.values().map(|sum| sum.1).sum();
        let shares_hold = sums.values().all(|&(inside, whole)| {
            let (part, whole) = if rule.contains_key("where") { (inside, whole) } else { (whole, all) };
            share(rule, "least-share").is_none_or(|least| part * 100_000 >= least * whole)
                && share(rule, "most-share").is_none_or(|most| part * 100_000 <= most * whole)
        });
        let inside = || sums.values().map(|sum| sum.0);
        shares_hold
            && amount_of(rule, "least").is_none_or(|least| inside().all(|sum| sum >= least))
            && amount_of(rule, "most").is_none_or(|most| inside().all(|sum| sum <= most))
            && amount_of(rule, "spread").is_none_or(|most| inside().max().unwrap() - inside().min().unwrap() <= most)
    }

    fn reached(&self, open: &[&Site]) -> BTreeSet<&str> {
        let car = StraightLine::new(50.0, 1.3).unwrap();
        let within = TravelTime::from_minutes(8);
        let in_reach = |commune: &&Commune| open.iter().any(|site| car.time(commune.origin, site.position) <= within);
        self.communes.iter().filter(in_reach).map(|commune| commune.code.as_str()).collect()
    }

    fn floor_holds(&self, floor: &Table, open: &[&Site]) -> bool {
        let existing: Vec<&Site> = open.iter().copied().filter(|site| !is_new(site)).collect();
        let (before, after) = (self.reached(&existing), self.reached(open));
        let mut groups: BTreeMap<Vec<&str>, (u64, u64)> = BTreeMap::new();
        if each(floor).is_empty() {
            groups.insert(Vec::new(), (0, 0));
        }
        for commune in self.communes.iter().filter(|one| meets(floor, |column| one.columns[column].clone())) {
            let key: Vec<&str> = each(floor).iter().map(|&column| commune.columns[column].as_str()).collect();
            let group = groups.entry(key).or_default();
            if !(floor.contains_key("newly") && before.contains(commune.code.as_str())) {
                group.0 += commune.population;
                group.1 += if after.contains(commune.code.as_str()) { commune.population } else { 0 };
            }
        }
        let share = share(floor, "least-share").map(|share| u64::try_from(share).unwrap());
        let least = floor.get("least").map(|least| u64::try_from(least.as_integer().unwrap()).unwrap());
        groups.values().all(|&(all, reached)| {
            share.is_none_or(|share| reached * 100_000 >= share * all) && least.is_none_or(|least| reached >= least)
        })
    }

    fn spacing_holds(&self, spacing: &Table, open: &[&Site]) -> bool {
        let too_near = |key: &str, one: &Site, other: &Site| {
            let kilometres = one.position.kilometres_to(other.position);
            match spacing.get(key).and_then(Value::as_str) {
                Some("1m") => kilometres < 0.001,
                Some("5km") => kilometres < 5.0,
                Some(minutes) => {
                    let time = StraightLine::new(50.0, 1.3).unwrap().time(one.position, other.position);
                    time < minutes.parse().unwrap()
                }
                None => false,
            }
        };
        let concerned = |site: &&&Site| is_new(site) && meets(spacing, |column| self.site_value(site, column));
        open.iter().filter(concerned).all(|one| {
            let others = open.iter().filter(concerned).filter(|other| other.id != one.id);
            others.clone().all(|other| !too_near("between", one, other))
                && open.iter().filter(|site| !is_new(site)).all(|other| !too_near("from-existing", one, other))
        })
    }

    /// Returns whether a choice keeps everything the scenario asks for.
    pub fn all_hold(&self, open: &[&Site]) -> bool {
        let new: Vec<&&Site> = open.iter().filter(|site| is_new(site)).collect();
        let most = |key: &str| self.table.get(key).map(|most| u64::try_from(most.as_integer().unwrap()).unwrap());
        let opens = |id: &str| new.iter().any(|site| site.id == id);
        most("sites").is_none_or(|most| new.len() as u64 <= most)
            && most("budget").is_none_or(|most| new.iter().map(|site| site.cost).sum::<u64>() <= most)
            && !(self.table.contains_key("incompatible") && opens("s0") && opens("s1"))
            && self.list("rule").iter().all(|rule| self.rule_holds(rule, open))
            && self.list("floor").iter().all(|floor| self.floor_holds(floor, open))
            && self.list("spacing").iter().all(|spacing| self.spacing_holds(spacing, open))
    }

    fn people(&self, open: &[&Site]) -> u64 {
        let reached = self.reached(open);
        let counted = self.communes.iter().filter(|commune| reached.contains(commune.code.as_str()));
        counted.map(|commune| commune.population).sum()
    }

    /// Returns the most people newly reached by a choice that keeps every rule, over all choices.
    pub fn best(&self) -> Option<u64> {
        let (new, existing): (Vec<&Site>, Vec<&Site>) = self.sites.iter().partition(|site| is_new(site));
        let before = self.people(&existing);
        let choice = |bits: u32| -> Vec<&Site> {
            let chosen = new.iter().enumerate().filter(|(place, _)| bits & (1 << place) != 0);
            chosen.map(|(_, site)| *site).chain(existing.iter().copied()).collect()
        };
        let choices = (0..1_u32 << new.len()).map(choice).filter(|open| self.all_hold(open));
        choices.map(|open| self.people(&open) - before).max()
    }
}
