//! Goals and shares by time.

use std::collections::BTreeMap;

use maillage::core::{AttainError, Attainment};
use maillage::solver::{Effort, Guarantee, Search, Silent, SolveError};
use maillage::{Plan, ScenarioError};

use crate::asked::{Asked, Drawn, Goal};
use crate::judge::{Judge, Way};
use crate::small_region::Random;

pub fn draw_goal(random: &mut Random, asked: &mut Asked) {
    asked.first = None;
    asked.exactly = false;
    let share = 20 + random.below(80);
    asked.goal = match random.below(5) {
        0 => Goal::FewestSites(share),
        1 => Goal::LeastCost(share),
        2 => Goal::WorstOff,
        3 => Goal::TravelTime(1 + u32::try_from(random.below(15)).unwrap()),
        _ => Goal::Reach,
    };
    let counts_time = matches!(asked.goal, Goal::Reach | Goal::TravelTime(_));
    if asked.specialties.is_empty() {
        if asked.goal == Goal::Reach || (!counts_time && random.one_in(3)) {
            asked.decays();
        }
        if counts_time {
            asked.types.iter_mut().for_each(|stated| stated.within = None);
        }
    } else if counts_time {
        // Specialties have no minutes of their own.
        asked.goal = Goal::WorstOff;
    }
}

/// What a goal makes of a choice: the level, where larger is better, then what it is worth.
pub fn standing(judge: &Judge<'_>, choice: &[Option<Way>]) -> Option<(i64, u64)> {
    let value = judge.worth(choice)?;
    let open = judge.open(choice);
    let enough = |share: u64| 100 * judge.people(&open) >= share * judge.persons.len() as u64;
    let level = match judge.asked.goal {
        Goal::Reach | Goal::TravelTime(_) => 0,
        Goal::FewestSites(share) if enough(share) => -i64::try_from(choice.iter().flatten().count()).unwrap(),
        Goal::LeastCost(share) if enough(share) => -i64::try_from(judge.cost_of(choice)).unwrap(),
        Goal::FewestSites(_) | Goal::LeastCost(_) => return None,
        Goal::WorstOff => {
            let mut places: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
            for person in &judge.persons {
                let place = places.entry(judge.communes[person.0].columns["dep"].as_str()).or_default();
                place.1 += 1;
                place.0 += u64::from(open.iter().any(|&(site, way)| judge.reaches(site, way, *person)));
            }
            i64::try_from(places.values().map(|(inside, all)| inside * 10_000 / all).min().unwrap_or(0)).unwrap()
        }
    };
    Some((level, value))
}

/// Attains the goals of some seeds; returns how many of each kind were attained, and how many could not be.
fn attain_all(seeds: std::ops::Range<u64>) -> (BTreeMap<&'static str, u32>, u32) {
    let (mut attained, mut impossible) = (BTreeMap::new(), 0);
    let search = Search { effort: Effort::Proof, ..Search::default() };
    for seed in seeds {
        let Drawn { asked, text, scenario, territory, reach } = Drawn::of(seed, draw_goal);
        let judge = Judge::of(&territory, &asked);
        let mut best = None;
        judge.each(|choice| best = best.max(standing(&judge, choice)));
        let found = match Attainment::of(&scenario, &territory, &reach, &search, &Silent) {
            Ok(found) => found,
            Err(
                AttainError::Solve(SolveError::Infeasible { .. })
                | AttainError::Scenario(
                    ScenarioError::TargetOutOfReach { .. }
                    | ScenarioError::RequiredAboveCount { .. }
                    | ScenarioError::RequiredAboveBudget { .. },
                ),
            ) => {
                assert_eq!(best, None, "seed {seed}\n{text}");
                impossible += 1;
                continue;
            }
            Err(AttainError::Scenario(
                ScenarioError::NothingToCover
                | ScenarioError::Column(_)
                | ScenarioError::Variant(_)
                | ScenarioError::BudgetBelowCheapest { .. },
            )) => continue,
            Err(error) => panic!("seed {seed}: {error}\n{text}"),
        };
        assert_eq!(found.outcome.guarantee, Guarantee::Optimal, "seed {seed}\n{text}");
        let question = (&found.asked, &found.dictionary);
        let plan = Plan::read_back_at(&territory, &reach, &scenario, question, &found.outcome, found.bound);
        assert_eq!((plan.guarantee, plan.objective.room()), (Guarantee::Optimal, 0), "seed {seed}\n{text}");
        let choice = judge.choice_of(&plan);
        assert_eq!(standing(&judge, &choice), best, "seed {seed}\n{text}");
        let (level, value) = best.unwrap();
        if let Some(then) = &plan.then {
            assert_eq!((plan.objective.value, then.value), (level.unsigned_abs(), value), "seed {seed}\n{text}");
        } else {
            assert_eq!(plan.objective.value, value, "seed {seed}\n{text}");
        }
        if let (Goal::TravelTime(limit), Some(travel)) = (asked.goal, &plan.travel) {
            let all = u64::from(limit) * judge.persons.len() as u64;
            let counted = [judge.existing(), judge.open(&choice)].map(|open| all - judge.value(&open));
            assert_eq!([travel.before, travel.after], counted, "seed {seed}\n{text}");
            assert_eq!(travel.bound, travel.after, "seed {seed}\n{text}");
        }
        let kinds = [
            ("types", !asked.types.is_empty()),
            ("specialties", !asked.specialties.is_empty()),
            ("residents", asked.residents),
            ("upgrades", asked.upgrades),
            ("hubs", asked.hub.is_some()),
            ("decay", !asked.decay.is_empty()),
            ("minutes", matches!(asked.goal, Goal::TravelTime(_))),
            ("sites", matches!(asked.goal, Goal::FewestSites(_))),
            ("euros", matches!(asked.goal, Goal::LeastCost(_))),
            ("worst-off", asked.goal == Goal::WorstOff),
        ];
        for (name, _) in kinds.into_iter().filter(|(_, is_there)| *is_there) {
            *attained.entry(name).or_default() += 1;
        }
    }
    (attained, impossible)
}

#[test]
fn goals_are_attained_as_well_as_by_trying_every_way() {
    let (attained, impossible) = attain_all(0..700);
    assert!(attained.len() == 10 && attained.values().all(|&count| count > 20), "{attained:?}");
    assert!(impossible > 20, "{impossible}");
}

/// Takes some minutes without optimisation.
#[test]
#[ignore = "many more of the same"]
fn thousands_of_goals_are_attained_as_well() {
    let (attained, _) = attain_all(700..12_700);
    assert!(attained.values().all(|&count| count > 500), "{attained:?}");
}
