use std::cmp::Reverse;

use maillage_core::{Assessment, Dictionary, Floor, ListedSites, Plan, Reach, Scenario, Spacing, Swap, Territory};
use maillage_solver::{Guarantee, Outcome, Problem, Search, Silent, Solver};
use proptest::collection::btree_set;
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, scenario, territories};

fn assess(territory: &Territory, asked: &Scenario, listed: &[u32]) -> (Assessment, Reach) {
    let reach = car().reach(territory, asked.within).unwrap();
    let (problem, dictionary) = asked.compile(territory, &reach).unwrap();
    let best = Search::default().solve(&problem, &Silent).unwrap();
    (judge(territory, &reach, asked, (&problem, &dictionary), listed, &best), reach)
}

fn judge(
    territory: &Territory,
    reach: &Reach,
    asked: &Scenario,
    compiled: (&Problem, &Dictionary),
    listed: &[u32],
    best: &Outcome,
) -> Assessment {
    let listed = ListedSites::of(territory, compiled, listed, &Search::default(), &Silent).unwrap();
    Assessment::of(territory, reach, asked, compiled, &listed.sites, best)
}

#[test]
fn a_list_by_hand() {
    let (west, middle, east, far) = ((5.0, 48.0), (5.08, 48.0), (5.16, 48.0), (7.0, 48.0));
    let communes = vec![
        commune("1", 100, 2.0, west),
        commune("2", 60, 3.0, middle),
        commune("3", 70, 2.0, east),
        commune("4", 30, 1.0, far),
        commune("5", 11, 1.0, (9.0, 48.0)),
    ];
    let sites = vec![
        candidate("east", 20, east),
        existing("far", far),
        candidate("lone", 10, (9.0, 48.0)),
        candidate("middle", 30, middle),
        candidate("west", 40, west),
    ];
    let territory = Territory::new(communes, sites).unwrap();
    let position = |id: &str| territory.site_position(id).unwrap();
    // West reaches 160, east 130; together all three villages, as the middle does alone.
    let listed = [position("west"), position("east")];
    let (told, _) = assess(&territory, &scenario(), &listed);
    assert_eq!((told.plan.newly_reached, told.plan.cost, told.plan.out_of_reach), (230, 60, 0));
    assert_eq!((told.best_value, told.best_guarantee), (241, Guarantee::Optimal));
    assert_eq!(told.below_best(), (11, 11));
    assert_eq!(told.best_sites, [position("lone"), position("middle")]);
    assert!(told.keeps_rules);
    assert_eq!(told.adding_least, [(position("east"), 70), (position("west"), 100)]);
    // Each site alone loses more than the lone one gains, and the middle adds nothing to both: no single swap helps.
    assert_eq!(told.swaps, []);
    // Beside the middle, east adds nobody; the lone site adds 11.
    let listed = [position("middle"), position("east")];
    let (told, _) = assess(&territory, &scenario(), &listed);
    assert_eq!(
        told.swaps,
        [Swap { closed: position("east"), opened: position("lone"), kind: None, hub: None, gain: 11 }]
    );
    assert_eq!(told.adding_least, [(position("east"), 0), (position("middle"), 100)]);
    // One site too many: that is said, and nothing is claimed of it.
    let (told, _) = assess(&territory, &Scenario { sites: Some(1), ..scenario() }, &listed);
    assert!(!told.keeps_rules);
    assert_eq!((told.plan.guarantee, told.best_value), (Guarantee::None, 230));
}

/// People newly reached by a list, counted through a plan of its own.
fn reached(territory: &Territory, reach: &Reach, asked: &Scenario, listed: &[u32]) -> u64 {
    let asked = Scenario { budget: None, sites: Some(1_000), require: Vec::new(), ..asked.clone() };
    let (problem, dictionary) = asked.compile(territory, reach).unwrap();
    let best = Search::default().solve(&problem, &Silent).unwrap();
    let told = judge(territory, reach, &asked, (&problem, &dictionary), listed, &best);
    let Plan { newly_reached, .. } = told.plan;
    newly_reached
}

/// All swaps that keep the budget and gain, the best first, and of these the ones that share no site.
fn swaps_by_trial(
    territory: &Territory,
    reach: &Reach,
    asked: &Scenario,
    listed: &[u32],
    keeps: impl Fn(&[u32]) -> bool,
) -> Vec<Swap> {
    let cost = |sites: &[u32]| -> u64 { sites.iter().map(|&site| territory.sites()[site as usize].cost).sum() };
    let asked = &Scenario { spacing: Vec::new(), floor: Vec::new(), ..asked.clone() };
    let now = reached(territory, reach, asked, listed);
    let mut all = Vec::new();
    for opened in territory.candidates().filter(|site| !listed.contains(site)) {
        for &closed in listed {
            let after: Vec<u32> = listed.iter().copied().filter(|&site| site != closed).chain([opened]).collect();
            let then = reached(territory, reach, asked, &after);
            if then > now && keeps(&after) {
                all.push(Swap { closed, opened, kind: None, hub: None, gain: then - now });
            }
        }
    }
    all.sort_by_key(|swap| (Reverse(swap.gain), cost(&[swap.opened]), swap.opened, swap.closed));
    let mut swaps: Vec<Swap> = Vec::new();
    for swap in all {
        let is_used = swaps.iter().any(|other| other.closed == swap.closed || other.opened == swap.opened);
        if !is_used && swaps.len() < 5 {
            swaps.push(swap);
        }
    }
    swaps
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn swaps_and_bounds_agree_with_trying_everything(
        territory in territories(),
        wanted in btree_set(0..16_usize, 0..6),
        budget in proptest::option::of(4..12_u64),
    ) {
        let asked = Scenario {
            under: None, missing_access: maillage_core::MissingAccess::Exclude, sites: Some(3), budget, ..scenario()
        };
        let candidates: Vec<u32> = territory.candidates().collect();
        let listed: Vec<u32> = wanted.iter().filter_map(|&place| candidates.get(place).copied()).collect();
        let reach = car().reach(&territory, asked.within).unwrap();
        let Ok((problem, dictionary)) = asked.compile(&territory, &reach) else { return Ok(()) };
        let best = Search::default().solve(&problem, &Silent).unwrap();
        let told = judge(&territory, &reach, &asked, (&problem, &dictionary), &listed, &best);
        let cost: u64 = listed.iter().map(|&site| territory.sites()[site as usize].cost).sum();
        prop_assert_eq!(told.keeps_rules, listed.len() <= 3 && budget.is_none_or(|budget| cost <= budget));
        prop_assert_eq!(told.plan.cost, cost);
        if told.keeps_rules {
            prop_assert!(told.best_value >= told.plan.objective.value);
            prop_assert!(told.plan.objective.bound >= told.best_value);
        }
        let total = |sites: &[u32]| -> u64 { sites.iter().map(|&site| territory.sites()[site as usize].cost).sum() };
        let keeps = |after: &[u32]| budget.is_none_or(|budget| total(after) <= budget.max(cost));
        prop_assert_eq!(told.swaps, swaps_by_trial(&territory, &reach, &asked, &listed, keeps));
        for (site, people) in told.adding_least {
            let others: Vec<u32> = listed.iter().copied().filter(|&other| other != site).collect();
            let lost = told.plan.newly_reached - reached(&territory, &reach, &asked, &others);
            prop_assert_eq!(people, lost);
        }
    }

    #[test]
    fn swaps_keep_distances_and_floors(
        territory in territories(),
        wanted in btree_set(0..16_usize, 0..5),
        people in 0..120_u64,
    ) {
        let asked = Scenario {
            under: None,
            sites: Some(4),
            spacing: vec![Spacing { between: "4km".parse().ok(), ..Spacing::default() }],
            floor: vec![Floor { least: Some(people), ..Floor::default() }],
            ..scenario()
        };
        let candidates: Vec<u32> = territory.candidates().collect();
        let listed: Vec<u32> = wanted.iter().filter_map(|&place| candidates.get(place).copied()).collect();
        let reach = car().reach(&territory, asked.within).unwrap();
        let Ok((problem, dictionary)) = asked.compile(&territory, &reach) else { return Ok(()) };
        let Ok(best) = Search::default().solve(&problem, &Silent) else { return Ok(()) };
        let told = judge(&territory, &reach, &asked, (&problem, &dictionary), &listed, &best);
        prop_assert_eq!(told.keeps_rules, told.plan.rules.iter().all(|kept| !kept.is_broken()));
        let before = told.plan.reached_before;
        let position = |&site: &u32| territory.sites()[site as usize].position;
        let keeps = |after: &[u32]| {
            let free = Scenario { spacing: Vec::new(), floor: Vec::new(), ..asked.clone() };
            let apart = after.iter().all(|one| {
                after.iter().all(|other| one == other || position(one).kilometres_to(position(other)) >= 4.0)
            });
            apart && before + reached(&territory, &reach, &free, after) >= people
        };
        if told.keeps_rules {
            prop_assert_eq!(told.swaps, swaps_by_trial(&territory, &reach, &asked, &listed, keeps));
        }
    }
}
