//! Plans.

use maillage::core::VariantError;
use maillage::solver::{Guarantee, Search, Silent, SolveError, Solver};
use maillage::{Plan, ScenarioError, Territory};

use crate::asked::Drawn;
use crate::judge::{Judge, Way};

fn check(judge: &Judge<'_>, plan: &Plan, territory: &Territory, text: &str) {
    let choice = judge.choice_of(plan);
    for (&site, way) in judge.candidates.iter().zip(&choice) {
        assert!(way.is_none_or(|way| judge.ways(site).contains(&way) || way.hub.is_some()), "{text}");
    }
    assert_eq!(judge.worth(&choice), Some(plan.objective.value), "{text}");
    assert!(!plan.rules.iter().any(maillage::core::KeptRule::is_broken), "{text}");
    let new = judge.candidates.iter().zip(&choice).filter_map(|(&site, way)| Some((site, Some((*way)?))));
    let after: Vec<(usize, Option<Way>)> = judge.existing().into_iter().chain(new.clone()).collect();
    let (before, after) = (judge.people(&judge.existing()), judge.people(&after));
    assert_eq!((plan.reached_before, plan.newly_reached), (before, after - before), "{text}");
    let cost: u64 = new.clone().map(|(site, way)| judge.cost(site, way.unwrap())).sum();
    assert_eq!(plan.cost, cost, "{text}");
    let added: u64 = plan.sites.iter().filter_map(|site| site.people_added).sum();
    assert_eq!(added, plan.newly_reached, "{text}");
    let by_type: u64 = plan.variants.types.iter().map(|count| count.cost).sum();
    assert!(plan.variants.types.is_empty() || by_type == cost, "{text}");
    if judge.asked.first.is_none() && !judge.asked.specialties.is_empty() {
        let weights = judge.asked.specialties.iter().map(|specialty| specialty.weight);
        let value: u64 =
            plan.variants.specialties.iter().zip(weights).map(|(one, weight)| one.newly_reached * weight).sum();
        assert_eq!(value, plan.objective.value, "{text}");
    }
    if let Some(hubs) = &plan.variants.hubs {
        let spokes: u64 = hubs.spokes.iter().map(|hub| hub.1).sum();
        assert_eq!(spokes, plan.sites_new() as u64, "{text}");
        let without = judge.candidates.iter().filter(|&&site| judge.ways(site).is_empty()).count();
        assert_eq!(hubs.candidates_without, without as u64, "{text}");
    }
    for site in plan.sites.iter().filter(|site| site.is_new) {
        let names = territory.sites()[site.site as usize].columns.get("upgrades").filter(|_| judge.asked.upgrades);
        let upgraded = site.upgrades.map(|existing| &territory.sites()[existing as usize].id);
        assert_eq!(upgraded, names, "{text}");
    }
}

/// Plans the regions of some seeds, and returns how many had a plan and how many had none.
fn plan_all(seeds: u64) -> (u32, u32) {
    let (mut planned, mut impossible) = (0, 0);
    for seed in 0..seeds {
        let Drawn { asked, text, scenario, territory, reach } = Drawn::of(seed, |_, _| ());
        let judge = Judge::of(&territory, &asked);
        let (problem, dictionary) = match scenario.compile(&territory, &reach) {
            Ok(compiled) => compiled,
            Err(
                ScenarioError::NothingToCover
                | ScenarioError::Column(_)
                | ScenarioError::TooFewCandidates { .. }
                | ScenarioError::BudgetBelowCheapest { .. }
                | ScenarioError::Variant(VariantError::NoColumn { .. }),
            ) => continue,
            Err(ScenarioError::Variant(VariantError::NoType { .. } | VariantError::NoneHasHub)) => {
                assert!(judge.candidates.iter().any(|&site| judge.ways(site).is_empty()), "{text}");
                continue;
            }
            Err(
                ScenarioError::RequiredAboveCount { .. }
                | ScenarioError::RequiredAboveBudget { .. }
                | ScenarioError::ExactlyAboveBudget { .. }
                | ScenarioError::Variant(VariantError::RequiredWithoutHub { .. }),
            ) => {
                assert_eq!(judge.best(), None, "seed {seed}\n{text}");
                impossible += 1;
                continue;
            }
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        };
        let best = judge.best();
        match Search::default().solve(&problem, &Silent) {
            Ok(outcome) => {
                assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}\n{text}");
                let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
                assert_eq!(Some(plan.objective.value), best, "seed {seed}\n{text}");
                check(&judge, &plan, &territory, &text);
                planned += 1;
            }
            Err(SolveError::Infeasible { .. }) => {
                assert_eq!(best, None, "seed {seed}\n{text}");
                impossible += 1;
            }
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        }
    }
    (planned, impossible)
}

#[test]
fn variants_are_planned_as_well_as_trying_every_way() {
    let (planned, impossible) = plan_all(600);
    assert!(planned > 250 && impossible > 30, "{planned} {impossible}");
}

/// Takes about a minute without optimisation.
#[test]
#[ignore = "many more of the same"]
fn thousands_of_variants_are_planned_as_well() {
    let (planned, impossible) = plan_all(12_000);
    assert!(planned > 5_000, "{planned} {impossible}");
}
