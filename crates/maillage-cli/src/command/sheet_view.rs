use std::collections::BTreeMap;

use maillage_core::{Exclusion, Reach, Scenario, Territory, TravelTime};
use maillage_io::{Language, ScenarioFile, rule_words};
use maillage_report::{CommuneSheet, ExcludedSite, SheetSite};

use crate::summary::access_unit;

/// How many candidates a sheet of a commune names.
const NAMED: usize = 3;

/// What sheets are made of.
pub(super) struct SheetView<'run> {
    pub(super) territory: &'run Territory,
    pub(super) scenario: &'run Scenario,
    /// What the access figure is called.
    pub(super) access: String,
    /// New sites of the plan, ascending.
    new: &'run [u32],
    /// The phases they open in, by identifier.
    phases: BTreeMap<&'run str, &'run str>,
    /// Candidates that the rules leave out of every plan.
    excluded: BTreeMap<u32, Exclusion>,
    /// What each candidate that is left out adds to the plan: under-served people.
    adds: BTreeMap<u32, u64>,
    nearest: Vec<Option<(u32, TravelTime)>>,
    /// For each commune, the open sites it can get to, the nearest first.
    pub(super) open: Vec<Vec<(TravelTime, u32)>>,
    /// The same of candidates that are left out.
    pub(super) left: Vec<Vec<(TravelTime, u32)>>,
    /// For each commune, the nearest candidate left out that the rules allow.
    nearest_left: Vec<Option<(u32, TravelTime)>>,
    language: Language,
}

impl<'run> SheetView<'run> {
    pub(super) fn of(
        territory: &'run Territory,
        reach: &Reach,
        (scenario, file): (&'run Scenario, &ScenarioFile),
        (new, phases, excluded): (&'run [u32], BTreeMap<&'run str, &'run str>, BTreeMap<u32, Exclusion>),
        language: Language,
    ) -> Self {
        let mut open_sites: Vec<u32> = territory.existing().chain(new.iter().copied()).collect();
        open_sites.sort_unstable();
        let left_sites: Vec<u32> = territory.candidates().filter(|site| !new.contains(site)).collect();
        let within = |site: u32| reach.communes_of(site).iter().filter(|(_, time)| *time <= scenario.within);
        let near = |sites: &[u32]| {
            let mut near: Vec<Vec<(TravelTime, u32)>> = vec![Vec::new(); territory.communes().len()];
            for &site in sites {
                for &(commune, time) in within(site) {
                    if let Some(near) = near.get_mut(commune as usize) {
                        near.push((time, site));
                    }
                }
            }
            for near in &mut near {
                near.sort_unstable();
            }
            near
        };
        let open = near(&open_sites);
        let unreached = |commune: u32| match open.get(commune as usize) {
            Some(open) if open.is_empty() => {
                territory.communes().get(commune as usize).map_or(0, |commune| scenario.under_served(commune))
            }
            _ => 0,
        };
        let adds = left_sites.iter().map(|&site| (site, within(site).map(|(commune, _)| unreached(*commune)).sum()));
        let adds = adds.collect();
        let allowed: Vec<u32> = left_sites.iter().copied().filter(|site| !excluded.contains_key(site)).collect();
        Self {
            territory,
            scenario,
            access: access_unit(file, language),
            new,
            phases,
            excluded,
            adds,
            nearest: reach.nearest(territory, &open_sites),
            nearest_left: reach.nearest(territory, &allowed),
            left: near(&left_sites),
            open,
            language,
        }
    }

    /// Tells of one commune.
    pub(super) fn commune(&self, position: u32) -> Option<CommuneSheet> {
        let commune = self.territory.communes().get(position as usize)?;
        let at = position as usize;
        let site = |(site, time): (u32, TravelTime)| self.site(site, time);
        let open = self.open.get(at)?;
        let next = open.get(1).map(|&(time, next)| (next, time));
        let mut remedies: Vec<SheetSite> = self.remedies(at).collect();
        remedies.truncate(NAMED);
        let excluded = self.left.get(at)?.iter().filter_map(|&(time, candidate)| {
            let why = self.why_excluded(self.excluded.get(&candidate)?);
            Some(ExcludedSite { site: self.site(candidate, time)?, why })
        });
        Some(CommuneSheet {
            code: commune.code.clone(),
            name: if commune.name.is_empty() { commune.code.clone() } else { commune.name.clone() },
            territory: commune.territory.clone(),
            population: commune.population,
            access: commune.access.map(|access| (self.access.clone(), access)),
            under: self.scenario.under,
            under_served: self.scenario.under_served(commune),
            nearest: self.nearest_of(at).and_then(site),
            is_reached: !open.is_empty(),
            next: next.and_then(site),
            nearest_candidate: self.nearest_left.get(at).copied().flatten().and_then(site),
            remedies,
            excluded: excluded.take(NAMED).collect(),
        })
    }

    /// Returns the open site nearest to a commune, even beyond the limit where the travel rule can tell.
    pub(super) fn nearest_of(&self, commune: usize) -> Option<(u32, TravelTime)> {
        self.nearest.get(commune).copied().flatten()
    }

    /// Returns the candidates that would bring a commune within reach and that the rules allow, those that add most to
    /// the plan first.
    pub(super) fn remedies(&self, commune: usize) -> impl Iterator<Item = SheetSite> {
        let left = self.left.get(commune).into_iter().flatten();
        let allowed = left.filter(|(_, candidate)| self.is_allowed(*candidate));
        let mut remedies: Vec<SheetSite> =
            allowed.filter_map(|&(time, candidate)| self.site(candidate, time)).collect();
        remedies.sort_by(|one, other| {
            other.adds.cmp(&one.adds).then(one.minutes.total_cmp(&other.minutes)).then(one.id.cmp(&other.id))
        });
        remedies.into_iter()
    }

    pub(super) fn is_allowed(&self, candidate: u32) -> bool {
        !self.excluded.contains_key(&candidate)
    }

    pub(super) fn site(&self, site: u32, time: TravelTime) -> Option<SheetSite> {
        let known = self.territory.sites().get(site as usize)?;
        Some(SheetSite {
            id: known.id.clone(),
            name: known.name.clone(),
            minutes: time.minutes(),
            is_new: self.new.contains(&site),
            cost: known.cost,
            adds: self.adds.get(&site).copied().unwrap_or_default(),
            phase: self.phases.get(known.id.as_str()).map(|phase| (*phase).to_owned()),
        })
    }

    fn why_excluded(&self, exclusion: &Exclusion) -> String {
        let name = |site: u32| {
            let known = self.territory.sites().get(site as usize);
            known
                .map(|site| if site.name.is_empty() { site.id.clone() } else { format!("{} ({})", site.name, site.id) })
        };
        match (exclusion, self.language) {
            (Exclusion::NearExisting(existing), Language::English) => {
                let existing = name(*existing).unwrap_or_default();
                format!("it stands too near {existing}, which is open already.")
            }
            (Exclusion::NearExisting(existing), Language::French) => {
                let existing = name(*existing).unwrap_or_default();
                format!("il est trop proche de {existing}, déjà ouvert.")
            }
            (Exclusion::Rule(rule), Language::English) => {
                format!("a rule leaves no room for it ({}).", rule_words(rule, self.scenario, self.language))
            }
            (Exclusion::Rule(rule), Language::French) => {
                format!("une règle ne lui laisse pas de place ({}).", rule_words(rule, self.scenario, self.language))
            }
            (_, Language::English) => "the plan was asked not to open it.".to_owned(),
            (_, Language::French) => "il a été demandé de ne pas l’ouvrir.".to_owned(),
        }
    }
}
