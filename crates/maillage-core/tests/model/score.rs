use maillage_core::{MissingAccess, Reach, Scenario, Scores, Territory, Turn};
use maillage_solver::{Search, Silent, Solver};
use proptest::prelude::*;

use crate::explanation::choices;
use crate::region::{car, scenario, territories};

/// What opening some candidates adds to the existing sites, looked up in the list of all choices.
fn worth(all: &[(Vec<u32>, u64)], open: &[u32]) -> u64 {
    let mut open = open.to_vec();
    open.sort_unstable();
    all.iter()
        .find(|(choice, _)| *choice == open)
        .map_or_else(|| panic!("{open:?} breaks a limit"), |(_, value)| *value)
}

fn asked(sites: u64, budget: u64) -> Scenario {
    Scenario { sites: Some(sites), budget: Some(budget), missing_access: MissingAccess::Exclude, ..scenario() }
}

fn reached(territory: &Territory) -> Reach {
    car().reach(territory, scenario().within).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn scores_equal_enumeration(territory in territories(), sites in 1..5_u64, budget in 1..12_u64) {
        prop_assume!(territory.candidates().count() <= 11);
        let (asked, reach) = (asked(sites, budget), reached(&territory));
        let Ok((problem, dictionary)) = asked.compile(&territory, &reach) else { return Ok(()) };
        let all = choices(&territory, &reach, &asked);
        let unlimited = choices(&territory, &reach, &Scenario { sites: Some(99), budget: None, ..asked.clone() });
        let best = all.iter().map(|(_, value)| *value).max().unwrap_or_default();

        let outcome = Search::default().solve(&problem, &Silent).unwrap();
        let scores = Scores::of_set(&territory, (&problem, &dictionary), outcome.solution.sites());
        prop_assert_eq!(scores.value, best, "the best set adds what enumeration says");

        for turn in [Turn::Most, Turn::MostForMoney] {
            let scores = Scores::in_turn(&territory, (&problem, &dictionary), turn);
            let accepted: Vec<u32> = scores.applicants.iter().filter(|one| one.turn.is_some()).map(|one| one.site).collect();
            prop_assert_eq!(scores.value, worth(&all, &accepted));
            let cost = |site: u32| territory.sites()[site as usize].cost;
            prop_assert_eq!(scores.cost, accepted.iter().map(|site| cost(*site)).sum::<u64>());
            let mut before = Vec::new();
            for score in &scores.applicants {
                prop_assert_eq!(score.alone, worth(&unlimited, &[score.site]));
                let beside = |site: u32| worth(&unlimited, &[before.clone(), vec![site]].concat()) - worth(&unlimited, &before);
                prop_assert_eq!(score.added, beside(score.site));
                if score.turn.is_none() {
                    // Nobody who is left out both fits and adds something.
                    let fits = (accepted.len() as u64) < sites && scores.cost + cost(score.site) <= budget;
                    prop_assert_eq!(score.fits, fits);
                    prop_assert!(!fits || score.added == 0);
                    continue;
                }
                let spent: u64 = before.iter().map(|site| cost(*site)).sum();
                for other in territory.candidates().filter(|other| !before.contains(other)) {
                    if spent + cost(other) > budget {
                        continue;
                    }
                    let (own, others) = (u128::from(score.added), u128::from(beside(other)));
                    match turn {
                        Turn::Most => prop_assert!(own >= others),
                        Turn::MostForMoney => {
                            prop_assert!(own * u128::from(cost(other)) >= others * u128::from(cost(score.site)));
                        }
                    }
                }
                before.push(score.site);
            }
        }
    }
}
