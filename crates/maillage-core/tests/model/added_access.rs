#![expect(clippy::cast_precision_loss, reason = "tests")]

use std::collections::BTreeMap;

use maillage_core::{AddedAccess, ConsultationError, NewCare, Persons, Reach, Sharing, Territory, TravelTime};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, territories};

fn minutes(minutes: u32) -> TravelTime {
    TravelTime::from_minutes(minutes)
}

fn shared_alike(territory: &Territory, supply: BTreeMap<u32, u64>) -> NewCare {
    NewCare { supply, persons: Persons::inhabitants(territory) }
}

/// The example by which the two-step method is explained: each place has one resident; eight are in the catchment of one
/// physician, four in that of another, and one of them in both (Luo and Wang 2003; Wang, "Quantitative Methods and
/// Applications in GIS", 2006, section 5.3).
#[test]
fn two_steps_give_the_figures_of_the_published_example() {
    let communes: Vec<_> = (1..=11_u32)
        .map(|place| commune(&format!("570{place:02}"), 1, 1.0, (6.0 + f64::from(place) / 100.0, 49.0)))
        .collect();
    let sites = vec![candidate("a", 1, (6.0, 49.5)), candidate("b", 1, (6.0, 49.6))];
    let territory = Territory::new(communes, sites).unwrap();
    let at = |site: u32, places: std::ops::RangeInclusive<u32>| places.map(move |place| (site, place - 1, minutes(10)));
    let reach = Reach::from_times(&territory, at(0, 1..=8).chain(at(1, 8..=11)).collect()).unwrap();
    let care = shared_alike(&territory, BTreeMap::from([(0, 1), (1, 1)]));
    let told = AddedAccess::of(&territory, &reach, &Sharing::Even(minutes(30)), &care, &[1.2, 1.3]);
    let expected = [0.125; 7].into_iter().chain([0.375]).chain([0.25; 3]);
    for (place, (added, expected)) in told.added.iter().zip(expected).enumerate() {
        assert!((added - expected).abs() < 1e-12, "place {place}: {added} {expected}");
    }
    let below: Vec<(u64, u64)> = told.all.below.iter().map(|below| (below.before, below.after)).collect();
    assert_eq!(below, [(11, 7), (11, 10)]);
    assert!(told.all.gini.is_some_and(|(before, after)| before < 1e-12 && after > 0.0));
}

#[test]
fn steps_and_a_gaussian_favour_the_near() {
    let communes = vec![commune("57001", 100, 2.0, (6.0, 49.0)), commune("57002", 100, 2.0, (6.1, 49.0))];
    let territory = Territory::new(communes, vec![candidate("a", 1, (6.0, 49.0))]).unwrap();
    let reach = Reach::from_times(&territory, vec![(0, 0, minutes(5)), (0, 1, minutes(15))]).unwrap();
    let care = shared_alike(&territory, BTreeMap::from([(0, 100)]));
    let added = |sharing: Sharing| AddedAccess::of(&territory, &reach, &sharing, &care, &[]).added;
    assert_eq!(added(Sharing::Even(minutes(20))), [0.5, 0.5]);
    let steps = vec!["10min:100%".parse().unwrap(), "20min:25%".parse().unwrap()];
    assert_eq!(added(Sharing::Steps(steps)), [0.8, 0.2]);
    let gaussian = added(Sharing::Gaussian(minutes(20)));
    assert!(gaussian[0] > gaussian[1] && gaussian[1] > 0.0 && (gaussian[0] + gaussian[1] - 1.0).abs() < 1e-12);
    assert_eq!(added(Sharing::Even(minutes(10))), [1.0, 0.0]);
}

#[test]
fn standardised_persons_share_in_the_place_of_inhabitants() {
    let mut communes = vec![commune("57001", 100, 2.0, (6.0, 49.0)), commune("57002", 100, 3.0, (6.1, 49.0))];
    for (commune, persons) in communes.iter_mut().zip(["150", "50.5"]) {
        commune.columns.insert("standardised".to_owned(), persons.to_owned());
    }
    let territory = Territory::new(communes, vec![candidate("a", 1, (6.0, 49.0))]).unwrap();
    let reach = Reach::from_times(&territory, vec![(0, 0, minutes(5)), (0, 1, minutes(15))]).unwrap();
    let persons = Persons::standardised(&territory, "standardised").unwrap();
    let care = NewCare { supply: BTreeMap::from([(0, 401)]), persons };
    let told = AddedAccess::of(&territory, &reach, &Sharing::Even(minutes(20)), &care, &[4.0, 4.0, 2.5]);
    assert_eq!(told.added, [2.0, 2.0]);
    // Means weigh by standardised persons: (150 × 2 + 50.5 × 3) ÷ 200.5; thresholds count inhabitants, each once.
    let (before, after) = told.all.mean.unwrap();
    assert!((before - 451.5 / 200.5).abs() < 1e-12 && (after - before - 2.0).abs() < 1e-12);
    let below: Vec<_> = told.all.below.iter().map(|below| (below.under, below.before, below.after)).collect();
    assert_eq!(below, [(2.5, 100, 0), (4.0, 200, 0)]);
    assert_eq!(
        Persons::standardised(&territory, "none").map_err(|error| error.to_string()),
        Err(ConsultationError::NoPersons { code: "57001".to_owned(), column: "none".to_owned() }.to_string())
    );
}

proptest! {
    #[test]
    fn what_is_given_is_taken(territory in territories(), minutes in 1..40_u32, gaussian: bool) {
        let end = TravelTime::from_minutes(minutes);
        let reach = car().reach(&territory, end).unwrap();
        let sharing = if gaussian { Sharing::Gaussian(end) } else { Sharing::Even(end) };
        let supply: BTreeMap<u32, u64> = territory.candidates().map(|site| (site, u64::from(site) * 37 + 5)).collect();
        let care = shared_alike(&territory, supply);
        let told = AddedAccess::of(&territory, &reach, &sharing, &care, &[2.5, 4.0]);
        let taken: f64 = territory.communes().iter().zip(&told.added).map(|(one, added)| one.population as f64 * added).sum();
        prop_assert!((taken - (told.given - told.untaken) as f64).abs() < 1e-6 * (1.0 + told.given as f64), "{taken}");
        let figures = std::iter::once(&told.all).chain(&told.by_territory).chain(&told.by_density);
        for group in figures {
            prop_assert!(group.below.iter().all(|below| below.after <= below.before));
            prop_assert!(group.mean.is_none_or(|(before, after)| after >= before - 1e-12));
            if let Some((before, after)) = group.gini {
                prop_assert!((0.0..=1.0).contains(&before) && (0.0..=1.0).contains(&after));
            }
        }
        for (position, below) in told.all.below.iter().enumerate() {
            let by_density = || told.by_density.iter().map(|group| group.below[position]);
            let known = territory.communes().iter().all(|one| one.density.is_some());
            prop_assert!(!known || by_density().map(|one| one.after).sum::<u64>() == below.after);
        }
    }
}
