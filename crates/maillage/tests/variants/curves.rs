//! Curves over sites, euros and floors.

use maillage::core::{EquityCurve, RuleName};
use maillage::solver::{Effort, Frontier, Guarantee, Search, Silent};
use maillage::{Curve, ScenarioError};

use crate::asked::{Asked, Drawn, Goal};
use crate::goals::standing;
use crate::judge::Judge;

fn search() -> Search {
    Search { effort: Effort::Proof, ..Search::default() }
}

#[test]
fn every_point_of_a_curve_is_as_good_as_trying_every_way() {
    let (mut over_sites, mut over_euros, mut impossible) = (0, 0, 0);
    for seed in 0..500 {
        let mut by_sites = false;
        let Drawn { asked, text, scenario, territory, reach } = Drawn::of(seed, |random, asked| {
            (asked.first, asked.exactly) = (None, false);
            by_sites = random.one_in(2);
            if random.one_in(3) {
                asked.decays();
            }
            // The curve ends here.
            (asked.sites, asked.budget) = if by_sites { (3, asked.budget) } else { (asked.sites, Some(150)) };
        });
        let compiled = scenario.compile(&territory, &reach);
        let Ok((problem, dictionary)) = compiled else {
            assert!(!matches!(compiled, Err(ScenarioError::Problem(_) | ScenarioError::Coverage(_))), "{text}");
            continue;
        };
        let rule = dictionary.position_of(if by_sites { &RuleName::Sites } else { &RuleName::Budget }).unwrap();
        let ends: Vec<i64> = if by_sites { (0..=3).collect() } else { (0..=15).map(|step| step * 10).collect() };
        let frontier = Frontier { search: search() };
        let solved = frontier.solve(&problem, rule, &ends, &Silent).unwrap();
        let curve = Curve::read_back(&territory, &reach, &scenario, &dictionary, &solved);
        for (&end, point) in ends.iter().zip(&curve.points) {
            let end = u64::try_from(end).unwrap();
            let limited = if by_sites {
                Asked { sites: usize::try_from(end).unwrap(), ..asked.clone() }
            } else {
                Asked { budget: Some(end), ..asked.clone() }
            };
            let judge = Judge::of(&territory, &limited);
            assert_eq!(point.value, judge.best(), "seed {seed}, {end}\n{text}");
            assert_eq!(point.impossible, point.value.is_none(), "seed {seed}, {end}\n{text}");
            impossible += u32::from(point.impossible);
            let Some(value) = point.value else { continue };
            assert_eq!((point.guarantee, point.bound), (Guarantee::Optimal, value), "seed {seed}, {end}\n{text}");
            // Some choice of these sites makes all its figures together.
            let mut is_there = false;
            judge.each(|choice| {
                let open = judge.open(choice);
                let sites: Vec<u32> = open
                    .iter()
                    .filter(|(_, way)| way.is_some())
                    .map(|(site, _)| u32::try_from(*site).unwrap())
                    .collect();
                let newly = judge.people(&open) - judge.people(&judge.existing());
                is_there |= sites == point.sites
                    && judge.worth(choice) == point.value
                    && (judge.cost_of(choice), newly) == (point.cost, point.newly_reached);
            });
            assert!(is_there, "seed {seed}, {end}\n{text}");
        }
        *(if by_sites { &mut over_sites } else { &mut over_euros }) += 1;
    }
    assert!(over_sites > 100 && over_euros > 100 && impossible > 50, "{over_sites} {over_euros} {impossible}");
}

#[test]
fn every_floor_of_the_price_of_equity_is_as_good_as_trying_every_way() {
    let mut drawn = 0;
    for seed in 0..300 {
        let Drawn { asked, text, scenario, territory, reach } = Drawn::of(seed, |random, asked| {
            (asked.first, asked.exactly, asked.goal) = (None, false, Goal::WorstOff);
            if random.one_in(3) {
                asked.decays();
            }
        });
        let judge = Judge::of(&territory, &asked);
        let mut best = None;
        judge.each(|choice| best = best.max(standing(&judge, choice)));
        let Ok(curve) = EquityCurve::of(&scenario, &territory, &reach, &search(), &Silent) else { continue };
        let highest = u64::try_from(best.unwrap().0).unwrap();
        assert_eq!((curve.level.value, curve.level.bound), (highest, highest), "seed {seed}\n{text}");
        for point in &curve.points {
            let floor = point.floor.map_or(0, |floor| i64::try_from(floor).unwrap());
            let mut most = None;
            judge.each(|choice| {
                let kept = standing(&judge, choice).filter(|standing| standing.0 >= floor);
                most = most.max(kept.map(|standing| standing.1));
            });
            let objective = &point.plan.objective;
            assert_eq!((Some(objective.value), objective.room()), (most, 0), "seed {seed}, {floor}\n{text}");
            let found = standing(&judge, &judge.choice_of(&point.plan)).unwrap();
            assert_eq!(u64::try_from(found.0).unwrap(), point.worst, "seed {seed}, {floor}\n{text}");
        }
        drawn += 1;
    }
    assert!(drawn > 100, "{drawn}");
}
