use maillage_core::{Commune, Diagnosis, DiagnosisGroup, Reach, Scenario, SiteState, Territory, TravelTime};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, scenario, territories};

fn group(
    name: &str,
    communes: u64,
    population: u64,
    under_served: u64,
    reached_before: u64,
    sites_existing: u64,
) -> DiagnosisGroup {
    DiagnosisGroup { group: name.to_owned(), communes, population, under_served, reached_before, sites_existing }
}

#[test]
fn a_region_by_hand() {
    let (west, east) = ((5.0, 48.0), (5.2, 48.0));
    let acts = |acts, commune| Commune { acts: Some(acts), ..commune };
    let communes = vec![
        acts(50.0, commune("1", 100, 2.0, west)),
        acts(10.0, Commune { density: None, ..commune("2", 60, 3.0, east) }),
        acts(80.0, Commune { territory: "57".to_owned(), ..commune("3", 40, 5.0, west) }),
        acts(99.0, commune("4", 0, 1.0, east)),
    ];
    let sites = vec![existing("a", west), candidate("b", 1, east)];
    let territory = Territory::new(communes, sites).unwrap();
    let reach = car().reach(&territory, scenario().within).unwrap();
    let diagnosis = Diagnosis::of(&territory, &reach, &scenario());
    assert_eq!((diagnosis.population, diagnosis.under_served, diagnosis.reached_before), (200, 160, 100));
    // East and west are 14.9 km apart: 23 minutes.
    let told: Vec<_> =
        diagnosis.by_limit.iter().map(|share| (share.within.to_string(), share.under_served, share.people)).collect();
    let expected =
        [("5min", 100, 140), ("10min", 100, 140), ("15min", 100, 140), ("20min", 100, 140), ("30min", 160, 200)];
    assert_eq!(told, expected.map(|(within, under_served, people)| (within.to_owned(), under_served, people)));
    assert_eq!(diagnosis.by_territory, [group("55", 3, 160, 160, 100, 1), group("57", 1, 40, 0, 0, 0)]);
    assert_eq!(diagnosis.by_density, [group("6", 3, 140, 100, 100, 1), group("unknown", 1, 60, 60, 0, 0)]);
    assert_eq!(diagnosis.nearest.iter().map(|nearest| nearest.unwrap().0).collect::<Vec<_>>(), [0, 0, 0, 0]);
    let presence = diagnosis.need_and_presence.unwrap();
    assert_eq!((presence.communes, presence.ties_access, presence.ties_other), (3, 0, 1), "nobody lives in the fourth");
    assert!(presence.tau_b.abs() < 1e-12);
    // Acts for each inhabitant: 0.5, 0.17, 2 against access 2, 3, 5: two pairs agree, one does not.
    assert!((diagnosis.need_and_use.unwrap().tau_b - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn the_scenarios_own_limit_is_among_the_shares() {
    let territory = Territory::new(vec![commune("1", 1, 1.0, (5.0, 48.0))], vec![]).unwrap();
    let asked = Scenario { within: TravelTime::from_minutes(12), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let diagnosis = Diagnosis::of(&territory, &reach, &asked);
    let minutes: Vec<String> = diagnosis.by_limit.iter().map(|share| share.within.to_string()).collect();
    assert_eq!(minutes, ["5min", "10min", "12min", "15min", "20min", "30min"]);
    assert!(diagnosis.by_limit.iter().all(|share| share.people == 0));
    assert_eq!((diagnosis.need_and_presence, diagnosis.need_and_use), (None, None));
    assert_eq!(diagnosis.nearest, [None]);
}

#[test]
fn where_nothing_is_known_there_are_no_groups() {
    let bare = Commune { territory: String::new(), density: None, ..commune("1", 1, 1.0, (5.0, 48.0)) };
    let territory = Territory::new(vec![bare], vec![existing("a", (5.0, 48.0))]).unwrap();
    let reach = Reach::from_times(&territory, vec![(0, 0, TravelTime::from_minutes(45))]).unwrap();
    let diagnosis = Diagnosis::of(&territory, &reach, &scenario());
    assert_eq!((diagnosis.by_territory.len(), diagnosis.by_density.len()), (0, 0));
    assert_eq!(diagnosis.nearest, [Some((0, TravelTime::from_minutes(45)))]);
    assert_eq!(diagnosis.reached_before, 0);
}

proptest! {
    #[test]
    fn shares_by_limit_are_what_every_pair_says(territory in territories(), limit in 1..25_000_u32) {
        let asked = Scenario { within: TravelTime::from_deciseconds(limit), ..scenario() };
        let reach = car().reach(&territory, asked.within).unwrap();
        let diagnosis = Diagnosis::of(&territory, &reach, &asked);
        for share in &diagnosis.by_limit {
            let is_within = |commune: &&Commune| territory.sites().iter().any(|site| {
                site.state == SiteState::Existing && car().time(commune.origin, site.position) <= share.within
            });
            let reached = || territory.communes().iter().filter(is_within);
            prop_assert_eq!(share.people, reached().map(|commune| commune.population).sum::<u64>());
            let under_served = reached().filter(|commune| commune.access.is_some_and(|access| access < 4.0));
            prop_assert_eq!(share.under_served, under_served.map(|commune| commune.population).sum::<u64>());
        }
        for groups in [&diagnosis.by_territory, &diagnosis.by_density] {
            let sum = |of: fn(&DiagnosisGroup) -> u64| groups.iter().map(of).sum::<u64>();
            if !groups.is_empty() {
                prop_assert_eq!(sum(|group| group.population), diagnosis.population);
                prop_assert_eq!(sum(|group| group.under_served), diagnosis.under_served);
                prop_assert_eq!(sum(|group| group.reached_before), diagnosis.reached_before);
                prop_assert_eq!(sum(|group| group.communes), territory.communes().len() as u64);
                prop_assert_eq!(sum(|group| group.sites_existing), territory.existing().count() as u64);
            }
        }
    }
}
