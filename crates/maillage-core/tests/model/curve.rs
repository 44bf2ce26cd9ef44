use maillage_core::{Curve, MissingAccess, Plan, Scenario};
use maillage_solver::{Frontier, Guarantee, Search, Silent, Solver};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, scenario, territories};

#[test]
fn a_curve_by_hand() {
    let (west, middle, far) = ((5.0, 48.0), (5.3, 48.0), (7.0, 48.0));
    let communes = vec![commune("1", 100, 2.0, west), commune("2", 60, 3.0, middle), commune("3", 30, 1.0, far)];
    let sites = vec![candidate("middle", 30, middle), candidate("west", 40, west), existing("far", far)];
    let territory = maillage_core::Territory::new(communes, sites).unwrap();
    let asked = Scenario { sites: Some(3), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
    let solved = Frontier::default().solve(&problem, 0, &[0, 1, 3], &Silent).unwrap();
    let curve = Curve::read_back(&territory, &reach, &asked, &dictionary, &solved);
    assert_eq!((curve.under_served, curve.reached_before, curve.unit.as_str()), (190, 30, "people"));
    let told: Vec<_> = curve.points.iter().map(|point| (point.limit, point.newly_reached, point.cost)).collect();
    assert_eq!(told, [(0, 0, 0), (1, 100, 40), (3, 160, 70)]);
    assert!(curve.points.iter().all(|point| point.guarantee == Guarantee::Optimal));
    assert_eq!(curve.next_value(0, 1), Some(100.0));
    // Two more sites add 60.
    assert_eq!(curve.next_value(1, 1), Some(30.0));
    assert_eq!(curve.next_value(2, 1), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_point_is_the_plan_of_its_limit(territory in territories(), by_budget in any::<bool>()) {
        let asked = Scenario {
            under: None,
            missing_access: MissingAccess::Exclude,
            sites: (!by_budget).then_some(5),
            budget: by_budget.then_some(12),
            ..scenario()
        };
        let reach = car().reach(&territory, asked.within).unwrap();
        let Ok((problem, dictionary)) = asked.compile(&territory, &reach) else { return Ok(()) };
        let ends: Vec<i64> = if by_budget { vec![0, 3, 6, 9, 12] } else { (0..=5).collect() };
        let solved = Frontier::default().solve(&problem, 0, &ends, &Silent).unwrap();
        let curve = Curve::read_back(&territory, &reach, &asked, &dictionary, &solved);
        for point in &curve.points {
            let limit = Some(point.limit);
            let one = if by_budget {
                Scenario { budget: limit, ..asked.clone() }
            } else {
                Scenario { sites: limit, ..asked.clone() }
            };
            let Ok((problem, dictionary)) = one.compile(&territory, &reach) else { continue };
            let outcome = Search::default().solve(&problem, &Silent).unwrap();
            let plan = Plan::read_back(&territory, &reach, &one, &dictionary, &outcome);
            prop_assert_eq!(point.value, Some(plan.objective.value));
            prop_assert_eq!((point.newly_reached, point.bound), (plan.newly_reached, plan.objective.bound));
            let used = if by_budget { point.cost } else { point.sites.len() as u64 };
            prop_assert!(used <= point.limit);
        }
    }
}
