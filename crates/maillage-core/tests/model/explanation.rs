use maillage_core::{Backbone, Explaining, Plan, Reach, Scenario, Territory};
use maillage_solver::{Observer, Outcome, Progress, Search, Silent, Solver, Verdict};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, scenario, territories};

/// Every choice of candidates that keeps number and budget, with the people it newly reaches, pair by pair.
pub fn choices(territory: &Territory, reach: &Reach, asked: &Scenario) -> Vec<(Vec<u32>, u64)> {
    let candidates: Vec<u32> = territory.candidates().collect();
    let existing: Vec<u32> = territory.existing().collect();
    let reached_by = |sites: &[u32]| -> Vec<bool> {
        let mut reached = vec![false; territory.communes().len()];
        for (commune, _) in sites.iter().flat_map(|&site| reach.communes_of(site)) {
            reached[*commune as usize] = true;
        }
        reached
    };
    let before = reached_by(&existing);
    let mut all = Vec::new();
    for subset in 0..1_u32 << candidates.len() {
        let open: Vec<u32> = candidates
            .iter()
            .enumerate()
            .filter(|(place, _)| subset >> place & 1 == 1)
            .map(|(_, site)| *site)
            .collect();
        let cost: u64 = open.iter().map(|&site| territory.sites()[site as usize].cost).sum();
        if open.len() as u64 > asked.sites.unwrap_or(u64::MAX) || asked.budget.is_some_and(|budget| cost > budget) {
            continue;
        }
        let after = reached_by(&open);
        let people = territory.communes().iter().zip(before.iter().zip(&after)).map(|(commune, (before, after))| {
            let counts = commune.access.is_some_and(|access| access < 4.0) && *after && !*before;
            if counts { commune.population } else { 0 }
        });
        all.push((open, people.sum()));
    }
    all
}

/// The same places with one site that costs less.
fn cheaper(territory: &Territory, site: u32, less: u64) -> Territory {
    let mut sites = territory.sites().to_vec();
    sites[site as usize].cost -= less;
    Territory::new(territory.communes().to_vec(), sites).unwrap()
}

fn plan_of(territory: &Territory, reach: &Reach, asked: &Scenario) -> (Plan, Outcome, maillage_core::Explanation) {
    let (problem, dictionary) = asked.compile(territory, reach).unwrap();
    let outcome = Search::default().solve(&problem, &Silent).unwrap();
    let plan = Plan::read_back(territory, reach, asked, &dictionary, &outcome);
    let explaining = Explaining {
        territory,
        scenario: asked,
        compiled: (&problem, &dictionary),
        outcome: &outcome,
        search: Search::default(),
    };
    let explained =
        explaining.explain(&explaining.sensitivity(&Silent).unwrap(), &plan, 0.1, (&[], 100), &Silent).unwrap();
    (plan, outcome, explained)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn alternatives_equal_all_choices(territory in territories(), sites in 1..5_u64, differing in 1..3_u32) {
        prop_assume!(territory.candidates().count() <= 11);
        let asked = Scenario { sites: Some(sites), missing_access: maillage_core::MissingAccess::Exclude, ..scenario() };
        let reach = car().reach(&territory, asked.within).unwrap();
        prop_assume!(asked.compile(&territory, &reach).is_ok());
        let all = choices(&territory, &reach, &asked);
        let (plan, outcome, _) = plan_of(&territory, &reach, &asked);
        let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
        let explaining = Explaining {
            territory: &territory,
            scenario: &asked,
            compiled: (&problem, &dictionary),
            outcome: &outcome,
            search: Search::default(),
        };
        let told = explaining.alternatives(&explaining.sensitivity(&Silent).unwrap(), &reach, (4, differing), &Silent).unwrap();
        let sites_of = |plan: &Plan| -> Vec<u32> {
            plan.sites.iter().filter(|site| site.is_new).map(|site| site.site).collect()
        };
        let mut earlier = vec![sites_of(&plan)];
        for place in 0..4 {
            let apart = |open: &[u32], from: &Vec<u32>| {
                from.iter().filter(|site| !open.contains(site)).count() as u64 >= u64::from(differing)
            };
            let allowed = all.iter().filter(|(open, _)| earlier.iter().all(|from| apart(open, from)));
            let best = allowed.map(|(_, people)| *people).max();
            let found = told.get(place);
            prop_assert_eq!(found.map(|found| found.plan.newly_reached), best);
            let Some(found) = found else { break };
            prop_assert_eq!(found.plan.objective.bound, found.plan.objective.value);
            let open = sites_of(&found.plan);
            prop_assert!(earlier.iter().all(|from| apart(&open, from)));
            prop_assert!(found.opened.iter().all(|site| open.contains(site) && !earlier[0].contains(site)));
            prop_assert!(found.closed.iter().all(|site| !open.contains(site) && earlier[0].contains(site)));
            earlier.push(open);
        }
    }

    #[test]
    fn explanations_equal_all_choices(
        territory in territories(),
        sites in 1..5_u64,
        budget in proptest::option::of(1..9_u64),
    ) {
        prop_assume!(territory.candidates().count() <= 11);
        let asked = Scenario { sites: Some(sites), budget, missing_access: maillage_core::MissingAccess::Exclude, ..scenario() };
        let reach = car().reach(&territory, asked.within).unwrap();
        prop_assume!(asked.compile(&territory, &reach).is_ok());
        let all = choices(&territory, &reach, &asked);
        let best = |keeps: &dyn Fn(&[u32]) -> bool| {
            all.iter().filter(|(open, _)| keeps(open)).map(|(_, people)| *people).max()
        };
        let (plan, _, explained) = plan_of(&territory, &reach, &asked);
        prop_assert_eq!(Some(plan.newly_reached), best(&|_| true));
        prop_assert_eq!(explained.chosen.len(), plan.sites_new());
        for chosen in &explained.chosen {
            let without = best(&|open| !open.contains(&chosen.site));
            prop_assert_eq!(chosen.without.and_then(|found| found.value), without);
            prop_assert_eq!(chosen.without.map(|found| found.bound), without);
            // In every plan near the best: as enumeration says.
            let near = all.iter().filter(|(_, people)| *people >= explained.near);
            let always = near.clone().all(|(open, _)| open.contains(&chosen.site));
            prop_assert_eq!(chosen.backbone, if always { Backbone::Always } else { Backbone::NotAlways });
        }
        for outsider in &explained.outsiders {
            let with = best(&|open| open.contains(&outsider.site));
            prop_assert_eq!(outsider.with.and_then(|found| found.value), with);
            prop_assert_eq!(outsider.with.map(|found| found.bound), with);
            let own = territory.sites()[outsider.site as usize].cost;
            let enters = |less: u64| {
                let cheaper = cheaper(&territory, outsider.site, less);
                choices(&cheaper, &reach, &asked).iter().any(|(open, people)| {
                    open.contains(&outsider.site) && *people >= plan.newly_reached
                })
            };
            let least = (1..=own).find(|&less| enters(less));
            let expected = if with == Some(plan.newly_reached) { Some(0) } else { least };
            let expected = asked.budget.map(|_| (expected, true));
            prop_assert_eq!(outsider.for_less.map(|less| (less.euros, less.proved)), expected);
        }
        for estimate in &explained.estimates {
            let with = best(&|open| open.contains(&estimate.site));
            prop_assert!(with.is_none_or(|with| with + estimate.loses_at_least <= plan.newly_reached));
        }
        for group in &explained.interchangeable {
            let reached = |&site: &u32| reach.communes_of(site).iter().map(|(commune, _)| *commune).filter(|&commune| {
                let place = &territory.communes()[commune as usize];
                place.population > 0
                    && place.access.is_some_and(|access| access < 4.0)
                    && !territory.existing().any(|site| reach.communes_of(site).iter().any(|entry| entry.0 == commune))
            }).collect::<Vec<u32>>();
            prop_assert!(group.sites.len() > 1);
            for site in &group.sites {
                prop_assert_eq!(reached(site), reached(&group.sites[0]));
            }
            // One of the group in every plan near the best: as enumeration says.
            let near = all.iter().filter(|(_, people)| *people >= explained.near);
            let always = near.clone().all(|(open, _)| open.iter().any(|site| group.sites.contains(site)));
            prop_assert_eq!(group.backbone, if always { Backbone::Always } else { Backbone::NotAlways });
        }
    }
}

#[test]
fn a_place_is_safe_though_none_of_its_hosts_is() {
    let (west, east) = ((5.0, 48.0), (5.8, 48.0));
    let communes = vec![commune("1", 100, 2.0, west), commune("2", 60, 3.0, east)];
    let sites = vec![candidate("one", 20, west), candidate("other", 30, west), candidate("east", 20, east)];
    let territory = Territory::new(communes, sites).unwrap();
    let asked = Scenario { sites: Some(1), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let (_, _, explained) = plan_of(&territory, &reach, &asked);
    assert_eq!(explained.chosen.iter().map(|site| site.backbone).collect::<Vec<_>>(), [Backbone::NotAlways]);
    let [group] = explained.interchangeable.as_slice() else { panic!("{explained:?}") };
    assert_eq!((group.sites.len(), group.backbone), (2, Backbone::Always));
}

#[test]
fn an_outsider_enters_when_it_reaches_as_many_more() {
    let (west, middle, east) = ((5.0, 48.0), (5.4, 48.0), (5.8, 48.0));
    let communes = vec![commune("1", 100, 2.0, west), commune("2", 60, 3.0, middle), commune("3", 70, 2.0, east)];
    let sites = vec![candidate("east", 20, east), candidate("middle", 30, middle), candidate("west", 40, west)];
    let territory = Territory::new(communes.clone(), sites.clone()).unwrap();
    let asked = scenario();
    let reach = car().reach(&territory, asked.within).unwrap();
    let (plan, _, explained) = plan_of(&territory, &reach, &asked);
    assert_eq!(plan.newly_reached, 170);
    let [outsider] = explained.outsiders.as_slice() else { panic!("{explained:?}") };
    let ids = |sites: &[u32]| sites.iter().map(|&site| territory.sites()[site as usize].id.clone()).collect::<Vec<_>>();
    assert_eq!((ids(&[outsider.site]), ids(&outsider.closed)), (vec!["middle".to_owned()], vec!["east".to_owned()]));
    let short = plan.newly_reached - outsider.with.and_then(|found| found.value).unwrap();
    assert_eq!(short, 10);
    // With as many people more in the middle, the plan with it is as good; with one less it is not.
    for (more, as_good) in [(short - 1, false), (short, true)] {
        let mut communes = communes.clone();
        communes[1].population += more;
        let territory = Territory::new(communes, sites.clone()).unwrap();
        let reach = car().reach(&territory, asked.within).unwrap();
        let (plan, _, explained) = plan_of(&territory, &reach, &asked);
        let middle = territory.site_position("middle").unwrap();
        let value = explained.outsiders.iter().find(|outsider| outsider.site == middle).map(|outsider| outsider.with);
        let with = value.map_or(plan.newly_reached, |with| with.and_then(|found| found.value).unwrap());
        assert_eq!(with == plan.newly_reached, as_good, "{more} more");
    }
}

/// Breaks off all work.
struct Stopped;

impl Observer for Stopped {
    fn observe(&self, _: Progress) -> Verdict {
        Verdict::Stop
    }

    fn should_stop(&self) -> bool {
        true
    }
}

#[test]
fn what_a_candidate_costs_too_much_is_not_proved_where_its_best_plan_is_not_known() {
    let places = (0..12_u32).map(|place| (5.0 + f64::from(place % 4) * 0.1, 48.0 + f64::from(place / 4) * 0.07));
    let places: Vec<(f64, f64)> = places.collect();
    let communes =
        (0..).zip(&places).map(|(place, &at)| commune(&format!("{place:02}"), 100 + place * 7 % 11, 2.0, at));
    let sites = (0..).zip(&places).map(|(place, &at)| candidate(&format!("{place:02}"), place % 3, at));
    let territory = Territory::new(communes.collect(), sites.collect()).unwrap();
    let asked = Scenario { sites: Some(4), budget: Some(4), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
    let search = Search::default();
    let outcome = search.solve(&problem, &Silent).unwrap();
    let plan = Plan::read_back(&territory, &reach, &asked, &dictionary, &outcome);
    let compiled = (&problem, &dictionary);
    let explaining = Explaining { territory: &territory, scenario: &asked, compiled, outcome: &outcome, search };
    let around = explaining.sensitivity(&Stopped).unwrap();
    let explained = explaining.explain(&around, &plan, 0.1, (&[], 100), &Stopped).unwrap();
    let open = |bound: u64, value: Option<u64>| bound >= plan.objective.value && value != Some(plan.objective.value);
    let mut looked_at = 0;
    for outsider in &explained.outsiders {
        let Some(with) = outsider.with.filter(|with| open(with.bound, with.value)) else { continue };
        looked_at += 1;
        assert!(outsider.for_less.is_none_or(|less| !less.proved), "{with:?} {:?}", outsider.for_less);
    }
    assert!(looked_at > 0, "{explained:?}");
}
