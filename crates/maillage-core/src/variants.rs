//! Checks of types, residents, upgrades, specialties and hubs.

use std::collections::BTreeSet;

use crate::hub::Hubs;
use crate::nearest_texts::nearest_texts;
use crate::need::Need;
use crate::position::kilometres_of_squared_chord;
use crate::request::Request;
use crate::rule_groups::{check_conditions, check_values};
use crate::specialty::{MOST_SPECIALTIES, listed};
use crate::{
    Goal, Reach, RuleList, RulePlace, Scenario, ScenarioError, Site, SiteState, Sum, Territory, VariantError, Weight,
};

/// The largest cost of a type, in euros: that of a site.
const MOST_EUROS: u64 = 1_000_000_000_000;

/// How far from the site it upgrades a candidate may stand, in metres.
const UPGRADE_METRES: f64 = 100.0;

impl Scenario {
    /// Checks types, residents, upgrades, specialties and hubs without data.
    pub(crate) fn check_variants(&self) -> Result<(), VariantError> {
        self.check_types()?;
        self.check_specialties()?;
        if let Some(hub) = &self.hub
            && hub.kind.is_empty()
            && hub.sites.is_empty()
        {
            return Err(VariantError::Needs {
                key: "hub".to_owned(),
                needs: "kind or sites: which existing sites are hubs",
            });
        }
        self.check_together()
    }

    fn check_together(&self) -> Result<(), VariantError> {
        let types = !self.r#type.is_empty();
        let specialties = !self.specialty.is_empty();
        let residents = self.residents_field.is_some();
        let travel_time = matches!(self.goal, Goal::TravelTime(_));
        let decay = !self.decay.is_empty();
        let within_capacity = self.is_within_capacity();
        let own_within = self.r#type.iter().any(|stated| stated.within.is_some());
        let weight = self.weight != Weight::People;
        let opened = self.phase.iter().any(|phase| phase.opened.is_some());
        let sums_cost = self.rule.iter().any(|rule| rule.sum == Sum::Cost);
        let pairs = [
            (own_within, "type.within", travel_time, "goal = \"travel-time\""),
            (specialties, "specialty", travel_time, "goal = \"travel-time\""),
            (types, "type", within_capacity, "within-capacity"),
            (specialties, "specialty", within_capacity, "within-capacity"),
            (residents, "residents-field", self.capacity.is_some(), "capacity-field"),
            (self.hub.is_some(), "hub", within_capacity, "within-capacity"),
            (self.upgrades_field.is_some(), "upgrades-field", within_capacity, "within-capacity"),
            (own_within, "type.within", decay, "decay"),
            (own_within, "type.within", self.capacity.is_some(), "capacity-field"),
            (types, "type", sums_cost, "rule.sum = \"cost\""),
            (types, "type", opened, "phase.opened"),
            (residents, "residents-field", weight, "weight"),
            (residents, "residents-field", self.weighs_down(), "enough"),
            (residents, "residents-field", specialties, "specialty"),
            (specialties, "specialty", decay, "decay"),
            (specialties, "specialty", weight, "weight"),
            (specialties, "specialty", self.weighs_down(), "enough"),
        ];
        match pairs.into_iter().find(|(first, _, second, _)| *first && *second) {
            Some((_, one, _, other)) => Err(VariantError::Together { one, other }),
            None => Ok(()),
        }
    }

    fn check_types(&self) -> Result<(), VariantError> {
        check_names("type", self.r#type.iter().map(|stated| &stated.name))?;
        if let Some(years) = self.horizon.filter(|years| !(1..=100).contains(years)) {
            let key = "horizon".to_owned();
            return Err(VariantError::Range { key, found: u64::from(years), least: 1, most: 100 });
        }
        for stated in &self.r#type {
            let key = |key: &str| format!("type {}: {key}", stated.name);
            if stated.yearly_cost.is_some() && self.horizon.is_none() {
                let needs = "horizon, the years that yearly costs are counted for, such as horizon = 5";
                return Err(VariantError::Needs { key: key("yearly-cost"), needs });
            }
            for (name, cost) in [("opening-cost", stated.opening_cost), ("yearly-cost", stated.yearly_cost)] {
                if let Some(found) = cost.filter(|cost| *cost > MOST_EUROS) {
                    return Err(VariantError::Range { key: key(name), found, least: 0, most: MOST_EUROS });
                }
            }
            if let (Some(least), Some(most)) = (stated.least, stated.most)
                && least > most
            {
                return Err(VariantError::LeastAboveMost { name: stated.name.clone(), least, most });
            }
            if stated.upgrade && self.upgrades_field.is_none() {
                let needs = "upgrades-field, the column with the existing site that a candidate upgrades";
                return Err(VariantError::Needs { key: key("upgrade"), needs });
            }
            for name in &stated.offers {
                self.check_specialty(name, || format!("type {}", stated.name))?;
            }
        }
        Ok(())
    }

    fn check_specialty(&self, name: &str, place: impl Fn() -> String) -> Result<(), VariantError> {
        let known = || self.specialty.iter().map(|specialty| specialty.name.as_str());
        if known().any(|one| one == name) {
            return Ok(());
        }
        let nearest = nearest_texts(name, known());
        Err(VariantError::UnknownSpecialty { place: place(), name: name.to_owned(), nearest })
    }

    fn check_specialties(&self) -> Result<(), VariantError> {
        check_names("specialty", self.specialty.iter().map(|specialty| &specialty.name))?;
        let count = self.specialty.len();
        if count > MOST_SPECIALTIES {
            let (found, most) = (count as u64, MOST_SPECIALTIES as u64);
            return Err(VariantError::Range { key: "the number of specialties".to_owned(), found, least: 0, most });
        }
        for specialty in &self.specialty {
            let key = |key: &str| format!("specialty {}: {key}", specialty.name);
            if let Some(weight) = specialty.weight.filter(|weight| !(1..=1_000).contains(weight)) {
                return Err(VariantError::Range {
                    key: key("weight"),
                    found: u64::from(weight),
                    least: 1,
                    most: 1_000,
                });
            }
            match (&specialty.access_field, specialty.under) {
                (Some(_), None) => {
                    let needs = "under, the access figure below which people are under-served in it";
                    return Err(VariantError::Needs { key: key("access-field"), needs });
                }
                (None, Some(_)) => {
                    let needs = "access-field, the column of its access figure";
                    return Err(VariantError::Needs { key: key("under"), needs });
                }
                _ => {}
            }
        }
        let offered = self.offers_field.is_some() || self.r#type.iter().any(|stated| !stated.offers.is_empty());
        match (count > 0, offered) {
            (true, false) => Err(VariantError::Needs {
                key: "specialty".to_owned(),
                needs: "offers-field, the column of sites that lists what each offers, or offers in a type",
            }),
            (false, true) => Err(VariantError::Needs {
                key: "offers-field".to_owned(),
                needs: "[[specialty]], with the names that stand there",
            }),
            _ => Ok(()),
        }
    }

    /// Checks types, residents, upgrades, specialties and hubs against a territory.
    pub(crate) fn check_variants_of(
        &self,
        territory: &Territory,
        reach: &Reach,
        request: &Request,
    ) -> Result<(), ScenarioError> {
        self.check_residents(territory)?;
        self.check_upgrades(territory)?;
        for (position, stated) in self.r#type.iter().enumerate() {
            let place = RulePlace::of(self, RuleList::Type, position);
            check_values(&stated.r#where, &place)?;
            check_conditions(territory, &place, &stated.r#where)?;
        }
        let may_open = request.may_open(territory);
        let untyped: Vec<&u32> = may_open.iter().filter(|&&site| self.kinds_of(territory, site).is_empty()).collect();
        if let Some(first) = untyped.first().and_then(|&&site| territory.sites().get(site as usize)) {
            return Err(VariantError::NoType { count: untyped.len() as u64, id: first.id.clone() }.into());
        }
        self.check_offers(territory)?;
        Ok(self.check_hubs(territory, reach, request, &may_open)?)
    }

    fn check_residents(&self, territory: &Territory) -> Result<(), VariantError> {
        let Some(column) = &self.residents_field else { return Ok(()) };
        let cells = |site: &Site| site.columns.get(column).map(|value| (site.id.clone(), value.clone()));
        let stated: Vec<(String, String)> = territory.sites().iter().filter_map(cells).collect();
        if stated.is_empty() {
            return Err(VariantError::NoColumn { of: "site", column: column.clone(), key: "residents-field" });
        }
        match stated.into_iter().find(|(_, value)| value.parse::<u64>().is_err()) {
            Some((of, value)) => {
                let expected = "a whole number of people";
                Err(VariantError::NotANumber { of, column: column.clone(), value, expected })
            }
            None => Ok(()),
        }
    }

    fn check_upgrades(&self, territory: &Territory) -> Result<(), VariantError> {
        let Some(column) = &self.upgrades_field else { return Ok(()) };
        let mut is_empty = true;
        for position in territory.candidates() {
            let Some(site) = territory.sites().get(position as usize) else { continue };
            let Some(existing) = self.upgraded_by(territory, position) else { continue };
            is_empty = false;
            let found = territory.site_position(existing).and_then(|found| territory.sites().get(found as usize));
            let Some(found) = found.filter(|found| found.state == SiteState::Existing) else {
                let known = territory.sites().iter().filter(|site| site.state == SiteState::Existing);
                let nearest = nearest_texts(existing, known.map(|site| site.id.as_str()));
                let (id, existing) = (site.id.clone(), existing.to_owned());
                return Err(VariantError::UnknownUpgrade { id, existing, nearest });
            };
            let metres = metres_between(site, found);
            if metres > UPGRADE_METRES {
                let (id, existing) = (site.id.clone(), existing.to_owned());
                return Err(VariantError::FarFromUpgraded { id, existing, metres: whole_metres(metres) });
            }
        }
        if is_empty {
            return Err(VariantError::NoColumn { of: "candidate", column: column.clone(), key: "upgrades-field" });
        }
        Ok(())
    }

    fn check_offers(&self, territory: &Territory) -> Result<(), VariantError> {
        if let Some(column) = &self.offers_field {
            let mut is_empty = true;
            for site in territory.sites() {
                for name in site.columns.get(column).into_iter().flat_map(|cell| listed(cell)) {
                    is_empty = false;
                    self.check_specialty(name, || site.id.clone())?;
                }
            }
            if is_empty {
                return Err(VariantError::NoColumn { of: "site", column: column.clone(), key: "offers-field" });
            }
        }
        let need = Need::of(self);
        for specialty in &self.specialty {
            for commune in territory.communes() {
                if let Err((column, value)) = specialty.people(need, self.missing_access, commune) {
                    let has = |commune: &crate::Commune| commune.columns.contains_key(&column);
                    if !territory.communes().iter().any(has) {
                        return Err(VariantError::NoColumn { of: "commune", column, key: "specialty" });
                    }
                    let of = commune.code.clone();
                    let is_access = specialty.access_field.as_ref() == Some(&column);
                    let expected = if is_access { "a number" } else { "a number of people from 0" };
                    return Err(VariantError::NotANumber { of, column, value, expected });
                }
            }
        }
        Ok(())
    }

    fn check_hubs(
        &self,
        territory: &Territory,
        reach: &Reach,
        request: &Request,
        may_open: &[u32],
    ) -> Result<(), VariantError> {
        let Some(hub) = &self.hub else { return Ok(()) };
        let existing = || territory.sites().iter().filter(|site| site.state == SiteState::Existing);
        let kinds: BTreeSet<&str> = existing().map(|site| site.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
        if let Some(name) = hub.kind.iter().find(|kind| !kinds.contains(kind.as_str())) {
            let nearest = nearest_texts(name, kinds.iter().copied());
            return Err(VariantError::UnknownHub { name: name.clone(), is_kind: true, nearest });
        }
        if let Some(name) = hub.sites.iter().find(|id| existing().all(|site| site.id != **id)) {
            let nearest = nearest_texts(name, existing().map(|site| site.id.as_str()));
            return Err(VariantError::UnknownHub { name: name.clone(), is_kind: false, nearest });
        }
        let hubs = Hubs::of(self, territory, reach);
        let has_none = |site: &&u32| hubs.of_site(**site).is_empty();
        if let Some(site) =
            request.required.iter().find(has_none).and_then(|&site| territory.sites().get(site as usize))
        {
            return Err(VariantError::RequiredWithoutHub { id: site.id.clone() });
        }
        if !may_open.is_empty() && may_open.iter().all(|site| has_none(&site)) {
            return Err(VariantError::NoneHasHub);
        }
        Ok(())
    }
}

fn check_names<'n>(list: &'static str, names: impl Iterator<Item = &'n String>) -> Result<(), VariantError> {
    let mut known = BTreeSet::new();
    for (number, name) in (1..).zip(names) {
        if name.trim().is_empty() || !known.insert(name) {
            return Err(VariantError::Name { list, number, name: name.clone() });
        }
    }
    Ok(())
}

fn metres_between(one: &Site, other: &Site) -> f64 {
    let (one, other) = (one.position.unit_vector(), other.position.unit_vector());
    let squared_chord = one.iter().zip(&other).map(|(a, b)| (a - b).powi(2)).sum();
    kilometres_of_squared_chord(squared_chord) * 1_000.0
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most half the way round the world")]
fn whole_metres(metres: f64) -> u64 {
    metres.ceil() as u64
}
