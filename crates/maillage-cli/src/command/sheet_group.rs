use std::collections::BTreeMap;

use maillage_core::{Commune, SiteState, TravelTime};
use maillage_report::{GroupAccess, GroupSheet, LeftCommune, ServingSite, SheetSite};

use super::sheet_view::SheetView;

/// How many sites a sheet of a group names.
const SITES: usize = 6;
/// How many communes out of reach.
const LEFT: usize = 6;
/// How many candidates.
const REMEDIES: usize = 4;

impl SheetView<'_> {
    /// Tells of a group of communes, by their positions.
    pub(super) fn group(&self, title: String, positions: &[u32]) -> GroupSheet {
        let at = |position: &u32| Some((*position as usize, self.territory.communes().get(*position as usize)?));
        let communes: Vec<(usize, &Commune)> = positions.iter().filter_map(at).collect();
        let mut sheet = GroupSheet {
            title,
            communes: communes.len() as u64,
            population: communes.iter().map(|(_, commune)| commune.population).sum(),
            access: self.access_of(&communes),
            under: self.scenario.under,
            ..GroupSheet::default()
        };
        // By site, the people to whom it is the nearest, with their times; by candidate, whom it would bring within reach.
        let mut served: BTreeMap<u32, Vec<(TravelTime, u64)>> = BTreeMap::new();
        let mut brings: BTreeMap<u32, u64> = BTreeMap::new();
        let mut left = Vec::new();
        for (position, commune) in communes {
            let people = self.scenario.under_served(commune);
            sheet.under_served += people;
            if people == 0 {
                continue;
            }
            let open = self.open.get(position).map_or(&[][..], Vec::as_slice);
            if let Some(&(time, site)) = open.first() {
                served.entry(site).or_default().push((time, people));
                let is_there = open.iter().any(|(_, site)| self.is_existing(*site));
                *(if is_there { &mut sheet.reached_before } else { &mut sheet.newly_reached }) += people;
                continue;
            }
            let may_open = self.left.get(position).into_iter().flatten().map(|(_, candidate)| *candidate);
            let mut helps = false;
            for candidate in may_open.filter(|candidate| self.is_allowed(*candidate)) {
                *brings.entry(candidate).or_default() += people;
                helps = true;
            }
            sheet.beyond_help += if helps { 0 } else { people };
            left.push((people, position, commune));
        }
        (sheet.sites, sheet.other_sites) = self.serving(served);
        left.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.2.code.cmp(&other.2.code)));
        sheet.other_left = rest_of(left.iter().map(|(people, ..)| *people), LEFT);
        sheet.left = left
            .into_iter()
            .take(LEFT)
            .map(|(people, position, commune)| LeftCommune {
                code: commune.code.clone(),
                name: commune.name.clone(),
                people,
                minutes: self.nearest_of(position).map(|(_, time)| time.minutes()),
                remedy: self.remedies(position).next(),
            })
            .collect();
        let zero = TravelTime::from_deciseconds(0);
        let mut remedies: Vec<(SheetSite, u64)> =
            brings.into_iter().filter_map(|(candidate, people)| Some((self.site(candidate, zero)?, people))).collect();
        remedies.sort_by(|(one, here), (other, there)| {
            let by_all =
                || other.adds.cmp(&one.adds).then(one.cost.cmp(&other.cost)).then_with(|| one.id.cmp(&other.id));
            there.cmp(here).then_with(by_all)
        });
        remedies.truncate(REMEDIES);
        sheet.remedies = remedies;
        sheet
    }

    fn is_existing(&self, site: u32) -> bool {
        self.territory.sites().get(site as usize).is_some_and(|site| site.state == SiteState::Existing)
    }

    /// Tells the sites by the people to whom they are the nearest, and counts those that are not named.
    fn serving(&self, served: BTreeMap<u32, Vec<(TravelTime, u64)>>) -> (Vec<ServingSite>, (u64, u64)) {
        let serving = served.into_iter().filter_map(|(site, mut times)| {
            times.sort_unstable();
            let people: u64 = times.iter().map(|(_, people)| *people).sum();
            let mut counted = 0;
            let half = times.iter().find(|(_, more)| {
                counted += more;
                counted >= people.div_ceil(2)
            });
            let (longest, _) = times.last()?;
            Some(ServingSite { site: self.site(site, *longest)?, people, median: half?.0.minutes() })
        });
        let mut serving: Vec<ServingSite> = serving.collect();
        serving.sort_by(|one, other| other.people.cmp(&one.people).then_with(|| one.site.id.cmp(&other.site.id)));
        let rest = rest_of(serving.iter().map(|site| site.people), SITES);
        serving.truncate(SITES);
        (serving, rest)
    }

    fn access_of(&self, communes: &[(usize, &Commune)]) -> Option<GroupAccess> {
        let known: Vec<(&Commune, f64)> = communes
            .iter()
            .filter(|(_, commune)| commune.population > 0)
            .filter_map(|(_, commune)| Some((*commune, commune.access?)))
            .collect();
        let named = |(commune, access): &(&Commune, f64)| {
            (if commune.name.is_empty() { commune.code.clone() } else { commune.name.clone() }, *access)
        };
        let by_access = |one: &&(&Commune, f64), other: &&(&Commune, f64)| one.1.total_cmp(&other.1);
        let (least, most) = (known.iter().min_by(by_access)?, known.iter().max_by(by_access)?);
        let all: u64 = communes.iter().map(|(_, commune)| commune.population).sum();
        let people: u64 = known.iter().map(|(commune, _)| commune.population).sum();
        #[expect(clippy::cast_precision_loss, reason = "a territory's people are below 2^53")]
        let mean =
            known.iter().map(|(commune, access)| commune.population as f64 * access).sum::<f64>() / people as f64;
        Some(GroupAccess {
            name: self.access.clone(),
            mean,
            least: named(least),
            most: named(most),
            unknown: all - people,
        })
    }
}

/// Counts what comes after the first so many, and its people.
fn rest_of(people: impl Iterator<Item = u64>, named: usize) -> (u64, u64) {
    people.skip(named).fold((0, 0), |(count, sum), people| (count + 1, sum + people))
}
