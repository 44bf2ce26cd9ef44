#![expect(clippy::cast_precision_loss, reason = "tests")]

use std::collections::BTreeMap;

use maillage_core::{AddedAccess, Reach, Sharing, Territory, TravelTime};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, territories};

fn minutes(minutes: u32) -> TravelTime {
    TravelTime::from_minutes(minutes)
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
    let supply = BTreeMap::from([(0, 1), (1, 1)]);
    let told = AddedAccess::of(&territory, &reach, &Sharing::Even(minutes(30)), &supply, &[1.2, 1.3]);
    let expected = [0.125; 7].into_iter().chain([0.375]).chain([0.25; 3]);
    for (place, (added, expected)) in told.added.iter().zip(expected).enumerate() {
        assert!((added - expected).abs() < 1e-12, "place {place}: {added} {expected}");
    }
    let below: Vec<(u64, u64)> = told.below.iter().map(|below| (below.before, below.after)).collect();
    assert_eq!(below, [(11, 7), (11, 10)]);
    assert!(told.gini.is_some_and(|(before, after)| before < 1e-12 && after > 0.0));
}

#[test]
fn steps_and_a_gaussian_favour_the_near() {
    let communes = vec![commune("57001", 100, 2.0, (6.0, 49.0)), commune("57002", 100, 2.0, (6.1, 49.0))];
    let territory = Territory::new(communes, vec![candidate("a", 1, (6.0, 49.0))]).unwrap();
    let reach = Reach::from_times(&territory, vec![(0, 0, minutes(5)), (0, 1, minutes(15))]).unwrap();
    let supply = BTreeMap::from([(0, 100)]);
    let added = |sharing: Sharing| AddedAccess::of(&territory, &reach, &sharing, &supply, &[]).added;
    assert_eq!(added(Sharing::Even(minutes(20))), [0.5, 0.5]);
    let steps = vec!["10min:100%".parse().unwrap(), "20min:25%".parse().unwrap()];
    assert_eq!(added(Sharing::Steps(steps)), [0.8, 0.2]);
    let gaussian = added(Sharing::Gaussian(minutes(20)));
    assert!(gaussian[0] > gaussian[1] && gaussian[1] > 0.0 && (gaussian[0] + gaussian[1] - 1.0).abs() < 1e-12);
    assert_eq!(added(Sharing::Even(minutes(10))), [1.0, 0.0]);
}

proptest! {
    #[test]
    fn what_is_given_is_taken(territory in territories(), minutes in 1..40_u32, gaussian: bool) {
        let end = TravelTime::from_minutes(minutes);
        let reach = car().reach(&territory, end).unwrap();
        let sharing = if gaussian { Sharing::Gaussian(end) } else { Sharing::Even(end) };
        let supply: BTreeMap<u32, u64> = territory.candidates().map(|site| (site, u64::from(site) * 37 + 5)).collect();
        let told = AddedAccess::of(&territory, &reach, &sharing, &supply, &[2.5, 4.0]);
        let taken: f64 = territory.communes().iter().zip(&told.added).map(|(one, added)| one.population as f64 * added).sum();
        prop_assert!((taken - (told.given - told.untaken) as f64).abs() < 1e-6 * (1.0 + told.given as f64), "{taken}");
        prop_assert!(told.below.iter().all(|below| below.after <= below.before));
        for group in told.by_territory.iter().chain(&told.by_density) {
            prop_assert!(group.after >= group.before - 1e-12);
        }
        if let Some((before, after)) = told.gini {
            prop_assert!((0.0..=1.0).contains(&before) && (0.0..=1.0).contains(&after));
        }
    }
}
