use maillage_core::{Changing, Scenario, Territory};
use maillage_solver::{Search, SensitivityError, Silent, SolveError};

use crate::region::{candidate, car, commune, scenario};

#[test]
fn what_is_spent_beyond_the_budget_leaves_no_plan() {
    let communes = vec![commune("57001", 100, 2.0, (6.0, 49.0)), commune("57002", 50, 2.0, (6.5, 49.0))];
    let sites = vec![candidate("a", 20, (6.0, 49.0)), candidate("b", 10, (6.5, 49.0))];
    let territory = Territory::new(communes, sites).unwrap();
    let changed = |budget: u64| {
        let asked = Scenario { sites: Some(2), budget: Some(budget), ..scenario() };
        let reach = car().reach(&territory, asked.within).unwrap();
        let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
        let changing = Changing { planned: &[0], most: 1, given_up: &[], is_spent: true };
        changing.solve((&territory, &asked), (&problem, &dictionary), &Search::default(), &Silent)
    };
    // Both sites cost 30; the 20 of the one that was planned are spent in any case.
    assert_eq!(changed(30).unwrap().opened, [1]);
    assert_eq!(changed(29).unwrap().opened, [0; 0]);
    let beyond = changed(19);
    assert!(matches!(beyond, Err(SensitivityError::Solve(SolveError::Infeasible { .. }))), "{beyond:?}");
}
