use std::collections::BTreeMap;

use crate::access_of_group::KnownAccess;
use crate::{AccessOfGroup, Commune, Persons, Reach, Sharing, Territory};

/// Access to care before and after new consultations, by commune and in all.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedAccess {
    /// Consultations a year and person that the new sites add, by commune.
    pub added: Vec<f64>,
    /// Consultations a year that the new sites give.
    pub given: u64,
    /// Of these, consultations that nobody can take: the sites have no one within their catchment.
    pub untaken: u64,
    /// All communes together.
    pub all: AccessOfGroup,
    /// By territory.
    pub by_territory: Vec<AccessOfGroup>,
    /// By density class.
    pub by_density: Vec<AccessOfGroup>,
}

/// New consultations a year, and the persons who share them.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCare {
    /// What each new site gives, by its position in the territory.
    pub supply: BTreeMap<u32, u64>,
    /// Among whom it is shared.
    pub persons: Persons,
}

impl AddedAccess {
    /// Shares the consultations of new sites among the persons of their catchments, in two steps.
    ///
    /// First each site divides what it gives by the persons within its catchment, weighed by their time to it; then each
    /// commune adds what it gets of all sites, weighed alike. What is taken, added up over persons, is what is given. The
    /// given access figure stands for all care there is already; communes without one are left out of all but `added`.
    /// The reach must go up to the end of the catchment. Sums run in the order of the territory; thresholds are told
    /// rising, each once.
    #[must_use]
    pub fn of(territory: &Territory, reach: &Reach, sharing: &Sharing, care: &NewCare, thresholds: &[f64]) -> Self {
        let communes = territory.communes();
        let mut added = vec![0.0; communes.len()];
        let (mut given, mut untaken) = (0, 0);
        for (&site, &consultations) in &care.supply {
            given += consultations;
            let weighed = || {
                let row = reach.communes_of(site).iter();
                row.map(|&(commune, time)| (commune as usize, sharing.weight(time))).filter(|(_, weight)| *weight > 0.0)
            };
            let demand: f64 = weighed().map(|(commune, weight)| weight * care.persons.of(commune)).sum();
            if demand <= 0.0 {
                untaken += consultations;
                continue;
            }
            let ratio = float(consultations) / demand;
            for (commune, weight) in weighed() {
                if let Some(added) = added.get_mut(commune) {
                    *added += weight * ratio;
                }
            }
        }
        let known: Vec<(&Commune, KnownAccess)> = communes
            .iter()
            .zip(&added)
            .enumerate()
            .filter_map(|(position, (commune, added))| {
                let (before, persons) = (commune.access?, care.persons.of(position));
                let population = commune.population;
                Some((commune, KnownAccess { population, persons, before, after: before + added }))
            })
            .collect();
        let mut thresholds = thresholds.to_vec();
        thresholds.sort_by(f64::total_cmp);
        thresholds.dedup();
        let by = |name: &dyn Fn(&Commune) -> Option<String>| groups(&known, name, &thresholds);
        let every: Vec<KnownAccess> = known.iter().map(|(_, access)| *access).collect();
        Self {
            all: AccessOfGroup::of(String::new(), &every, &thresholds),
            by_territory: by(&|commune| (!commune.territory.is_empty()).then(|| commune.territory.clone())),
            by_density: by(&|commune| commune.density.map(|class| class.to_string())),
            added,
            given,
            untaken,
        }
    }
}

fn groups(
    known: &[(&Commune, KnownAccess)],
    name: &dyn Fn(&Commune) -> Option<String>,
    thresholds: &[f64],
) -> Vec<AccessOfGroup> {
    let mut groups: BTreeMap<String, Vec<KnownAccess>> = BTreeMap::new();
    for (commune, access) in known {
        if let Some(group) = name(commune) {
            groups.entry(group).or_default().push(*access);
        }
    }
    let told = groups.into_iter().map(|(group, communes)| AccessOfGroup::of(group, &communes, thresholds));
    told.filter(|group| group.people > 0).collect()
}

#[expect(clippy::cast_precision_loss, reason = "consultations are far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}
