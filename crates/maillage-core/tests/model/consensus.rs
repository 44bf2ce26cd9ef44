use maillage_core::{Consensus, ConsensusLimit, MissingAccess, Scenario, Territory, TravelTime, Yardstick};
use maillage_solver::{Search, Silent};
use proptest::prelude::*;

use crate::region::{car, scenario, territories};

/// Scenarios that differ in whom they count and how far people go, under the same limits.
fn scenarios(sites: u64, budget: u64) -> Vec<Scenario> {
    let asked = |under, minutes| Scenario {
        under: Some(under),
        within: TravelTime::from_minutes(minutes),
        sites: Some(sites),
        budget: Some(budget),
        missing_access: MissingAccess::Exclude,
        ..scenario()
    };
    vec![asked(2.5, 6), asked(4.0, 6), asked(4.0, 10), asked(5.5, 14)]
}

fn yardsticks(territory: &Territory, scenarios: &[Scenario]) -> Option<Vec<Yardstick>> {
    let reach = car().reach(territory, TravelTime::from_minutes(14)).unwrap();
    scenarios.iter().map(|scenario| Yardstick::of(scenario, territory, &reach).ok()).collect()
}

/// A choice of candidates, the mean share of what is possible that it adds, and its worst.
type Shares = (Vec<u32>, f64, f64);

/// What is possible in each scenario, and the shares of each choice under the limits.
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn shares(territory: &Territory, yardsticks: &[Yardstick]) -> (Vec<u64>, Vec<Shares>) {
    let candidates: Vec<u32> = territory.candidates().collect();
    let choice = |subset: u32| -> Vec<u32> {
        let chosen = candidates.iter().enumerate().filter(|(place, _)| subset >> place & 1 == 1);
        chosen.map(|(_, site)| *site).collect()
    };
    let kept: Vec<(Vec<u32>, Vec<u64>)> = (0..1_u32 << candidates.len())
        .map(choice)
        .filter_map(|open| {
            let measures: Vec<_> = yardsticks.iter().map(|yardstick| yardstick.measure(&open)).collect();
            let keeps = measures.iter().all(|measure| measure.keeps_rules);
            keeps.then(|| (open, measures.iter().map(|measure| measure.value).collect()))
        })
        .collect();
    let bounds: Vec<u64> =
        (0..yardsticks.len()).map(|at| kept.iter().map(|(_, values)| values[at]).max().unwrap_or(0)).collect();
    let told = kept.into_iter().map(|(open, values)| {
        let share = |(value, bound): (u64, &u64)| if *bound == 0 { 1.0 } else { value as f64 / *bound as f64 };
        let all: Vec<f64> = values.into_iter().zip(&bounds).map(share).collect();
        (open, all.iter().sum::<f64>() / all.len() as f64, all.iter().copied().fold(1.0, f64::min))
    });
    let told = told.collect();
    (bounds, told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_choice_exceeds_the_bound_of_a_consensus(territory in territories(), sites in 1..4_u64, budget in 2..9_u64) {
        prop_assume!((1..=10).contains(&territory.candidates().count()));
        let Some(yardsticks) = yardsticks(&territory, &scenarios(sites, budget)) else { return Ok(()) };
        let (bounds, all) = shares(&territory, &yardsticks);
        let consensus = Consensus::of(&territory, &yardsticks.iter().collect::<Vec<_>>()).unwrap().unwrap();
        let limit = ConsensusLimit { sites: Some(sites), euros: Some(budget) };
        let search = Search::default();
        let of = |plan: &[u32]| all.iter().find(|(open, ..)| open == plan).expect("the plan keeps the limits");

        let mean = consensus.on_average(&bounds, limit, (&search, &Silent)).unwrap().unwrap();
        let best = all.iter().map(|(_, mean, _)| *mean).fold(0.0, f64::max);
        prop_assert!((mean.share - of(&mean.sites).1).abs() < 1e-9, "the share is that of the plan");
        prop_assert!((mean.share - best).abs() < 1e-6 && best <= mean.bound && mean.bound < best + 1e-6, "{mean:?} {best}");

        let worst = consensus.in_the_worst(&bounds, limit, (&mean.sites, 12), (&search, &Silent)).unwrap().unwrap();
        let best = all.iter().map(|(.., worst)| *worst).fold(0.0, f64::max);
        prop_assert!((worst.share - of(&worst.sites).2).abs() < 1e-9, "the share is that of the plan");
        prop_assert!(worst.share <= best + 1e-9 && best <= worst.bound + 1e-9, "{worst:?} {best}");
        let more = ConsensusLimit { sites: Some(sites), euros: Some(budget + 1) };
        let roomier = consensus.on_average(&bounds, more, (&search, &Silent)).unwrap().unwrap();
        prop_assert!(roomier.bound >= mean.share - 1e-9, "more budget is never worse");
    }
}

#[test]
fn what_one_forbids_and_another_requires_has_no_consensus() {
    let territory = Territory::new(
        vec![crate::region::commune("10001", 100, 1.0, (5.0, 48.0))],
        vec![crate::region::candidate("a", 1, (5.0, 48.0)), crate::region::candidate("b", 1, (5.0, 48.0))],
    )
    .unwrap();
    let asked = scenario();
    let forbidding = Scenario { forbid: vec!["a".to_owned()], ..asked.clone() };
    let requiring = Scenario { require: vec!["a".to_owned()], ..asked };
    let both = yardsticks(&territory, &[forbidding, requiring]).unwrap();
    assert!(Consensus::of(&territory, &both.iter().collect::<Vec<_>>()).unwrap().is_none());
}
