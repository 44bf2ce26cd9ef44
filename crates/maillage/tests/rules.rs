//! Rules, floors and spacings on small random regions: from the text of a scenario file to the plan read back, compared
//! with every choice of sites there is, counted by other code.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

mod judge;
mod small_region;

use std::path::Path;

use judge::Judge;
use maillage::core::{ColumnError, Impasse, KeptRule, RuleName};
use maillage::io::ScenarioFile;
use maillage::solver::{Guarantee, Search, Silent, SolveError, Solver};
use maillage::{Plan, Scenario, ScenarioError, Site, StraightLine, Territory};
use small_region::{Drawn, Random, region, scenario_text};

/// Returns whether an error is one that random text brings about: a value that the region does not have, and the like.
fn is_expected(error: &ScenarioError) -> bool {
    matches!(
        error,
        ScenarioError::Column(ColumnError::UnknownValue { .. })
            | ScenarioError::NothingToCover
            | ScenarioError::BudgetBelowCheapest { .. }
            | ScenarioError::UnknownSite { .. }
    )
}

fn check_plan(plan: &Plan, judge: &Judge<'_>, territory: &Territory, text: &str) {
    let open: Vec<&Site> = plan.sites.iter().map(|site| &territory.sites()[site.site as usize]).collect();
    assert!(judge.all_hold(&open), "{text}");
    for kept in &plan.rules {
        assert!(!kept.is_broken(), "{kept:?}\n{text}");
        check_sum(kept, judge, &open, text);
    }
}

/// Compares what is told of a sum with a count of its own.
fn check_sum(kept: &KeptRule, judge: &Judge<'_>, open: &[&Site], text: &str) {
    if let RuleName::Sum { rule, group } = &kept.name {
        let sum = judge.sums(judge.list("rule")[*rule], open)[group].0;
        let told = kept.value.unwrap();
        assert!((told * 1_000.0 - f64::from(i32::try_from(sum).unwrap())).abs() < 1e-6, "{told} {sum}\n{text}");
    }
}

/// Plans random scenarios of every second seed until each kind of rule was asked for so often.
fn plan_until(times: u32, first_seed: u64) {
    let mut drawn = Drawn::default();
    let mut seed = first_seed;
    while drawn.fewest() < times {
        seed += 2;
        let mut random = Random(seed);
        let (communes, sites) = region(&mut random);
        let mut counted = Drawn::default();
        let text = scenario_text(&mut random, sites.len() as u64, &mut counted);
        let file = ScenarioFile::parse(&text, Path::new("maillage.toml")).unwrap();
        let scenario: Scenario = file.scenario().unwrap();
        let territory = Territory::new(communes, sites).unwrap();
        let reach = StraightLine::new(50.0, 1.3).unwrap().reach(&territory, scenario.within).unwrap();
        let (problem, dictionary) = match scenario.compile(&territory, &reach) {
            Ok(compiled) => compiled,
            Err(error) => {
                assert!(is_expected(&error), "{error}\n{text}");
                continue;
            }
        };
        drawn.add(&counted);
        let judge = Judge { table: text.parse().unwrap(), communes: territory.communes(), sites: territory.sites() };
        match (Search::default().solve(&problem, &Silent), judge.best()) {
            (Ok(outcome), Some(best)) => {
                assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}\n{text}");
                let plan = Plan::read_back(&territory, &reach, &scenario, &dictionary, &outcome);
                assert_eq!(plan.objective.value, best, "seed {seed}\n{text}");
                check_plan(&plan, &judge, &territory, &text);
            }
            (Err(SolveError::Infeasible { .. }), None) => {
                drawn.impossible += 1;
                if drawn.impossible.is_multiple_of(10) {
                    let impasse = Impasse::of(&scenario, (&problem, &dictionary), &Silent).unwrap().unwrap();
                    assert!(!impasse.members.is_empty(), "seed {seed}\n{text}");
                }
            }
            (found, best) => panic!("seed {seed}: the best is {best:?}, found was {found:?}\n{text}"),
        }
    }
    assert!(drawn.impossible > 250 && drawn.incompatible > 1_000, "{drawn:?}");
}

#[test]
fn every_mix_of_rules_is_planned_as_well_as_trying_everything() {
    plan_until(2_500, 0);
}

#[test]
fn every_other_mix_of_rules_is_too() {
    plan_until(2_500, 1);
}
