use std::collections::{BTreeMap, BTreeSet};

use crate::nearest_texts::nearest_texts;
use crate::{
    Amount, ColumnError, Commune, Condition, Conditions, Floor, Rule, RuleError, RulePlace, Site, SiteState, Sum,
    Territory,
};

/// The values of the columns of `each`.
pub(crate) type Group = Vec<String>;

/// A site as a rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its position in the territory.
    pub(crate) site: u32,
    /// Whether it meets `where`.
    pub(crate) inside: bool,
    /// What it adds, in thousandths.
    pub(crate) amount: i64,
}

/// Where a column is looked for, and what it is looked at for.
struct Looked<'a> {
    territory: &'a Territory,
    /// Which rule, for errors.
    place: &'a RulePlace,
}

impl Rule {
    /// Sorts sites into the groups of `each`; a group that no site is in is there all the same.
    ///
    /// Existing sites without a value belong to no group: they may stand outside the region. A candidate must have one.
    pub(crate) fn groups(
        &self,
        territory: &Territory,
        place: &RulePlace,
        sites: impl IntoIterator<Item = u32>,
    ) -> Result<BTreeMap<Group, Vec<Member>>, ColumnError> {
        let looked = Looked { territory, place };
        let mut groups: BTreeMap<Group, Vec<Member>> =
            looked.keys(&self.each).into_iter().map(|group| (group, Vec::new())).collect();
        for site in sites {
            let Some(found) = territory.sites().get(site as usize) else { continue };
            let is_existing = found.state == SiteState::Existing;
            if is_existing && !self.existing {
                continue;
            }
            let Some(group) = looked.group(&self.each, site, found)? else { continue };
            let Some(inside) = looked.meets(&self.r#where, site, found)? else { continue };
            let amount = match &self.sum {
                Sum::Sites => 1_000,
                Sum::Cost if is_existing => 0,
                Sum::Cost => Amount::whole(found.cost).thousandths(),
                Sum::Field(column) => match looked.number(column, site, found)? {
                    Some(amount) => amount,
                    None => continue,
                },
            };
            groups.entry(group).or_default().push(Member { site, inside, amount });
        }
        Ok(groups)
    }

    /// Checks that the columns are there, and that the values asked for stand in them.
    pub(crate) fn check_columns(&self, territory: &Territory, place: &RulePlace) -> Result<(), ColumnError> {
        let looked = Looked { territory, place };
        let summed = match &self.sum {
            Sum::Field(column) => Some(column),
            _ => None,
        };
        for column in self.each.iter().chain(self.r#where.keys()).chain(summed) {
            looked.of_sites(column)?;
        }
        looked.known(&self.r#where, |column| looked.values_of_sites(column))
    }
}

impl Floor {
    /// Sorts communes into the groups of `each`.
    ///
    /// Only communes that `counts` must have values; a group without such communes is there where a number of people is
    /// asked of it, which nobody can meet.
    pub(crate) fn groups(
        &self,
        territory: &Territory,
        place: &RulePlace,
        counts: impl Fn(u32) -> bool,
    ) -> Result<BTreeMap<Group, Vec<u32>>, ColumnError> {
        let mut groups: BTreeMap<Group, Vec<u32>> = BTreeMap::new();
        if self.least.is_some_and(|least| least > 0) {
            let meets = |(column, condition): (&String, &Condition), commune: &Commune| {
                commune.columns.get(column).is_some_and(|value| condition.holds(value))
            };
            let inside = |commune: &&Commune| self.r#where.iter().all(|entry| meets(entry, commune));
            let group = |commune: &Commune| -> Option<Group> {
                self.each.iter().map(|column| commune.columns.get(column).cloned()).collect()
            };
            let found = territory.communes().iter().filter(inside).filter_map(group);
            groups.extend(found.map(|group| (group, Vec::new())));
        }
        for (position, commune) in (0..).zip(territory.communes()).filter(|(position, _)| counts(*position)) {
            let value = |column: &String| {
                commune.columns.get(column).ok_or_else(|| ColumnError::NoValueOfCommune {
                    place: place.clone(),
                    column: column.clone(),
                    code: commune.code.clone(),
                })
            };
            let mut inside = true;
            for (column, condition) in &self.r#where {
                inside &= condition.holds(value(column)?);
            }
            if inside {
                let group = self.each.iter().map(|column| value(column).cloned()).collect::<Result<Group, _>>()?;
                groups.entry(group).or_default().push(position);
            }
        }
        Ok(groups)
    }

    /// Checks that the columns are there, and that the values asked for stand in them.
    pub(crate) fn check_columns(&self, territory: &Territory, place: &RulePlace) -> Result<(), ColumnError> {
        let looked = Looked { territory, place };
        for column in self.each.iter().chain(self.r#where.keys()) {
            if !territory.communes().iter().any(|commune| commune.columns.contains_key(column)) {
                return Err(ColumnError::MissingOfCommunes { place: place.clone(), column: column.clone() });
            }
        }
        looked.known(&self.r#where, |column| looked.values_of_communes(column))
    }
}

/// Returns whether a site meets all conditions; a site without a value meets none.
pub(crate) fn site_meets(territory: &Territory, conditions: &Conditions, site: u32) -> bool {
    let holds = |(column, condition): (&String, &Condition)| {
        territory.value_of_site(site, column).is_some_and(|value| condition.holds(value))
    };
    conditions.iter().all(holds)
}

/// Checks that conditions can be met at all.
pub(crate) fn check_values(conditions: &Conditions, place: &RulePlace) -> Result<(), RuleError> {
    let is_empty = |condition: &Condition| match condition {
        Condition::OneOf(values) => values.is_empty(),
        Condition::Range { least, below } => match (least, below) {
            (Some(least), Some(below)) => least >= below,
            (None, None) => true,
            _ => false,
        },
    };
    match conditions.iter().find(|(_, condition)| is_empty(condition)) {
        Some((column, _)) => Err(RuleError::EmptyCondition { place: place.clone(), column: column.clone() }),
        None => Ok(()),
    }
}

/// Checks the columns of conditions on sites alone.
pub(crate) fn check_conditions(
    territory: &Territory,
    place: &RulePlace,
    conditions: &Conditions,
) -> Result<(), ColumnError> {
    let looked = Looked { territory, place };
    for column in conditions.keys() {
        looked.of_sites(column)?;
    }
    looked.known(conditions, |column| looked.values_of_sites(column))
}

impl Looked<'_> {
    fn of_sites(&self, column: &String) -> Result<(), ColumnError> {
        let of_site = self.territory.sites().iter().any(|site| site.columns.contains_key(column));
        if of_site || self.territory.communes().iter().any(|commune| commune.columns.contains_key(column)) {
            return Ok(());
        }
        Err(ColumnError::MissingOfSites { place: self.place.clone(), column: column.clone() })
    }

    /// Returns every combination of values that a candidate has, or a commune.
    fn keys(&self, each: &[String]) -> BTreeSet<Group> {
        let mut keys: BTreeSet<Group> = BTreeSet::new();
        if each.is_empty() {
            keys.insert(Group::new());
            return keys;
        }
        for commune in self.territory.communes() {
            keys.extend(each.iter().map(|column| commune.columns.get(column).cloned()).collect::<Option<Group>>());
        }
        for site in self.territory.candidates() {
            let value = |column: &String| self.territory.value_of_site(site, column).map(str::to_owned);
            keys.extend(each.iter().map(value).collect::<Option<Group>>());
        }
        keys
    }

    /// Returns a value of a site; none for an existing site that has none.
    fn value(&self, column: &str, site: u32, found: &Site) -> Result<Option<&str>, ColumnError> {
        match self.territory.value_of_site(site, column) {
            Some(value) => Ok(Some(value)),
            None if found.state == SiteState::Existing => Ok(None),
            None => Err(ColumnError::NoValueOfSite {
                place: self.place.clone(),
                column: column.to_owned(),
                id: found.id.clone(),
            }),
        }
    }

    fn group(&self, each: &[String], site: u32, found: &Site) -> Result<Option<Group>, ColumnError> {
        let value = |column: &String| self.value(column, site, found).map(|value| value.map(str::to_owned));
        each.iter().map(value).collect()
    }

    fn meets(&self, conditions: &Conditions, site: u32, found: &Site) -> Result<Option<bool>, ColumnError> {
        let mut meets = true;
        for (column, condition) in conditions {
            let Some(value) = self.value(column, site, found)? else { return Ok(None) };
            meets &= condition.holds(value);
        }
        Ok(Some(meets))
    }

    fn number(&self, column: &str, site: u32, found: &Site) -> Result<Option<i64>, ColumnError> {
        let Some(value) = self.value(column, site, found)? else { return Ok(None) };
        match value.parse::<Amount>() {
            Ok(amount) => Ok(Some(amount.thousandths())),
            Err(_) => Err(ColumnError::NotANumber {
                place: self.place.clone(),
                column: column.to_owned(),
                id: found.id.clone(),
                value: value.to_owned(),
            }),
        }
    }

    fn values_of_sites(&self, column: &str) -> BTreeSet<&str> {
        let sites = (0..self.territory.site_count()).filter_map(|site| self.territory.value_of_site(site, column));
        sites.chain(self.values_of_communes(column)).collect()
    }

    fn values_of_communes(&self, column: &str) -> BTreeSet<&str> {
        let communes = self.territory.communes().iter();
        communes.filter_map(|commune| commune.columns.get(column).map(String::as_str)).collect()
    }

    /// Checks that a value asked for stands somewhere in its column; of several, one is enough, since a small region
    /// need not have all of them.
    fn known<'v>(
        &self,
        conditions: &Conditions,
        values_of: impl Fn(&str) -> BTreeSet<&'v str>,
    ) -> Result<(), ColumnError> {
        for (column, condition) in conditions {
            let Condition::OneOf(asked) = condition else { continue };
            let values = values_of(column);
            if let Some(value) = asked.first()
                && !asked.iter().any(|value| values.contains(value.as_str()))
            {
                let nearest = nearest_texts(value, values.iter().copied());
                let nearest = if nearest.is_empty() {
                    values.iter().take(3).map(|&value| value.to_owned()).collect()
                } else {
                    nearest
                };
                return Err(ColumnError::UnknownValue {
                    place: self.place.clone(),
                    column: column.clone(),
                    value: value.clone(),
                    nearest,
                });
            }
        }
        Ok(())
    }
}
