use maillage_core::{Commune, Site, SiteState, Territory, TerritoryError};
use proptest::prelude::*;

use crate::region::{candidate, commune, existing, regions};

fn villages() -> Vec<Commune> {
    vec![
        commune("2B001", 10, 1.0, (5.0, 48.0)),
        commune("01002", 20, 1.0, (5.2, 48.0)),
        commune("2A001", 30, 1.0, (5.4, 48.0)),
    ]
}

fn standing_in(site: Site, code: &str) -> Site {
    Site { commune: Some(code.to_owned()), ..site }
}

#[test]
fn rows_are_put_in_order_of_bytes() {
    let sites = vec![candidate("b", 1, (5.0, 48.0)), candidate("B", 1, (5.0, 48.0)), existing("a", (5.0, 48.0))];
    let territory = Territory::new(villages(), sites).unwrap();
    assert_eq!(territory.communes().iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["01002", "2A001", "2B001"]);
    assert_eq!(territory.sites().iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["B", "a", "b"]);
    assert_eq!((territory.commune_position("2A001"), territory.commune_position("2C001")), (Some(1), None));
    assert_eq!((territory.site_position("b"), territory.site_position("c")), (Some(2), None));
    assert_eq!(territory.existing().collect::<Vec<_>>(), [1]);
    assert_eq!(territory.candidates().collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn a_site_stands_in_the_commune_it_names() {
    let sites = vec![
        standing_in(candidate("a", 1, (5.0, 48.0)), "2A001"),
        candidate("b", 1, (5.0, 48.0)),
        standing_in(existing("c", (5.0, 48.0)), "99999"),
    ];
    let territory = Territory::new(villages(), sites).unwrap();
    assert_eq!((0..4).map(|site| territory.host_of(site)).collect::<Vec<_>>(), [Some(1), None, None, None]);
}

#[test]
fn where_no_site_names_a_commune_it_stands_in_the_nearest() {
    // Two communes at one place: the smaller code is the host.
    let twin = commune("01003", 5, 1.0, (5.2, 48.0));
    let communes = villages().into_iter().chain([twin]).collect();
    let sites = vec![candidate("a", 1, (5.01, 48.1)), candidate("b", 1, (5.2, 47.9)), existing("c", (9.0, 48.0))];
    let territory = Territory::new(communes, sites).unwrap();
    let hosts = (0..3).map(|site| territory.communes()[territory.host_of(site).unwrap() as usize].code.as_str());
    assert_eq!(hosts.collect::<Vec<_>>(), ["2B001", "01002", "2A001"]);
}

#[test]
fn the_territory_of_a_site_is_its_own_or_its_hosts() {
    let sites = vec![
        standing_in(candidate("a", 1, (5.0, 48.0)), "2A001"),
        Site { territory: Some("57".to_owned()), ..standing_in(candidate("b", 1, (5.0, 48.0)), "2A001") },
        standing_in(existing("c", (5.0, 48.0)), "99999"),
    ];
    let territory = Territory::new(villages(), sites).unwrap();
    assert_eq!((0..4).map(|site| territory.territory_of(site)).collect::<Vec<_>>(), ["55", "57", "", ""]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let place = (5.0, 48.0);
    let refused = |communes: Vec<Commune>, sites: Vec<Site>| Territory::new(communes, sites).unwrap_err();
    assert_eq!(refused(vec![], vec![]), TerritoryError::NoCommune);
    let twice = villages().into_iter().chain(villages().pop()).collect();
    assert_eq!(refused(twice, vec![]), TerritoryError::RepeatedCommune { code: "2A001".to_owned() });
    let twice = vec![candidate("a", 1, place), existing("a", place)];
    assert_eq!(refused(villages(), twice), TerritoryError::RepeatedSite { id: "a".to_owned() });
    assert_eq!(
        refused(villages(), vec![standing_in(candidate("a", 1, place), "99999")]),
        TerritoryError::UnknownHost { id: "a".to_owned(), commune: "99999".to_owned() }
    );
    assert!(matches!(
        refused(vec![commune("1", 1, f64::NAN, place)], vec![]),
        TerritoryError::NotFinite { what: "consultations", .. }
    ));
    let people = vec![commune("1", 1 << 53, 1.0, place), commune("2", 1, 1.0, place)];
    assert_eq!(refused(people, vec![]), TerritoryError::TooLarge { what: "people" });
    let costs = vec![candidate("a", u64::MAX, place), candidate("b", u64::MAX, place)];
    assert_eq!(refused(villages(), costs), TerritoryError::TooLarge { what: "costs of candidates" });
    assert!(Territory::new(villages(), vec![Site { cost: u64::MAX, ..existing("a", place) }]).is_ok());
}

proptest! {
    #[test]
    fn the_order_of_rows_never_matters(
        (region, shuffled) in regions().prop_flat_map(|(communes, sites)| {
            let shuffled = (Just(communes.clone()).prop_shuffle(), Just(sites.clone()).prop_shuffle());
            (Just((communes, sites)), shuffled)
        })
    ) {
        prop_assert_eq!(Territory::new(region.0, region.1), Territory::new(shuffled.0, shuffled.1));
    }

    #[test]
    fn every_site_is_a_candidate_or_there_already((communes, sites) in regions()) {
        let territory = Territory::new(communes, sites.clone()).unwrap();
        let existing = sites.iter().filter(|site| site.state == SiteState::Existing).count();
        prop_assert_eq!(territory.existing().count(), existing);
        prop_assert_eq!(territory.candidates().count(), sites.len() - existing);
    }
}
