use maillage_core::{
    CandidateCounts, Commune, Dictionary, MissingAccess, Reach, Scenario, ScenarioError, Site, SiteState, Territory,
    TravelTime, Weight, WithoutAccess,
};
use maillage_solver::{Fixing, Problem, SiteId, SiteRule};
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, scenario, territories};

const HERE: (f64, f64) = (5.0, 48.0);
const FAR: (f64, f64) = (7.0, 48.0);

fn communes() -> Vec<Commune> {
    vec![
        commune("1", 100, 2.0, HERE),
        commune("2", 50, 3.0, FAR),
        commune("3", 70, 4.0, HERE),
        commune("4", 0, 1.0, HERE),
    ]
}

fn sites() -> Vec<Site> {
    vec![candidate("th_1", 30, HERE), candidate("th_2", 20, FAR), existing("msp", FAR)]
}

fn compiled(scenario: &Scenario, communes: Vec<Commune>, sites: Vec<Site>) -> Result<Problem, ScenarioError> {
    let territory = Territory::new(communes, sites).unwrap();
    let reach = car().reach(&territory, scenario.within).unwrap();
    scenario.compile(&territory, &reach).map(|(problem, _)| problem)
}

fn sites_of(dictionary: &Dictionary) -> Vec<u32> {
    dictionary.openings.iter().map(|opening| opening.site).collect()
}

fn communes_of(dictionary: &Dictionary) -> Vec<u32> {
    dictionary.demands.iter().map(|demand| demand.commune).collect()
}

fn refused(scenario: &Scenario) -> ScenarioError {
    compiled(scenario, communes(), sites()).unwrap_err()
}

fn texts(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

#[test]
fn a_question_becomes_indices() {
    let territory = Territory::new(communes(), sites()).unwrap();
    let scenario = Scenario { budget: Some(45), require: texts(&["th_1"]), ..scenario() };
    let reach = car().reach(&territory, scenario.within).unwrap();
    let (problem, dictionary) = scenario.compile(&territory, &reach).unwrap();
    // By cost: the existing one for nothing, then th_2, then th_1.
    assert_eq!(sites_of(&dictionary), [0, 2, 1]);
    assert_eq!(communes_of(&dictionary), [0, 1], "the third is served well enough, the fourth has no people");
    assert_eq!(dictionary.covered_before, 50);
    assert_eq!(problem.weights(), [100, 50]);
    assert_eq!(problem.fixings(), [Fixing::Open, Fixing::Free, Fixing::Open]);
    let covers = |site| problem.coverage().demands_of(SiteId(site)).iter().map(|demand| demand.0).collect::<Vec<_>>();
    assert_eq!([covers(0), covers(1), covers(2)], [[1], [1], [0]]);
    let count = SiteRule::at_most(2, [(SiteId(1), 1), (SiteId(2), 1)]);
    let budget = SiteRule::at_most(45, [(SiteId(1), 20), (SiteId(2), 30)]);
    assert_eq!(problem.rules(), [count, budget]);
}

#[test]
fn exactly_is_at_least_too_and_forbidden_is_closed() {
    let asked = Scenario { sites: Some(1), exactly: true, forbid: texts(&["th_2"]), ..scenario() };
    let problem = compiled(&asked, communes(), sites()).unwrap();
    assert_eq!((problem.rules()[0].least, problem.rules()[0].most), (Some(1), Some(1)));
    assert_eq!(problem.fixings(), [Fixing::Open, Fixing::Closed, Fixing::Free]);
}

#[test]
fn ties_go_to_lower_cost_then_preferred_kind_then_identifier() {
    let site = |id: &str, kind: &str, cost| Site { kind: kind.to_owned(), ..candidate(id, cost, HERE) };
    let sites = vec![
        site("a", "town_hall", 5),
        site("b", "school", 5),
        site("c", "pharmacy", 5),
        site("d", "pharmacy", 5),
        site("e", "church", 5),
        site("f", "church", 4),
    ];
    let territory = Territory::new(communes(), sites).unwrap();
    let scenario = Scenario { prefer: texts(&["pharmacy", "town_hall"]), ..scenario() };
    let reach = car().reach(&territory, scenario.within).unwrap();
    let (_, dictionary) = scenario.compile(&territory, &reach).unwrap();
    let ids: String = sites_of(&dictionary).iter().map(|&site| territory.sites()[site as usize].id.as_str()).collect();
    assert_eq!(ids, "fcdabe");
}

#[test]
fn under_served_is_strictly_below() {
    let weights = |under| {
        let scenario = Scenario { under, ..scenario() };
        compiled(&scenario, communes(), sites()).unwrap().weights().to_vec()
    };
    assert_eq!(weights(Some(4.0)), [100, 50]);
    assert_eq!(weights(Some(4.000_001)), [100, 50, 70]);
    assert_eq!(weights(Some(3.0)), [100]);
    assert_eq!(weights(None), [100, 50, 70]);
}

#[test]
fn a_shortfall_is_a_share_of_people_in_thousandths() {
    let communes = vec![
        commune("1", 100, 3.0, HERE),
        commune("2", 7, 0.0, HERE),
        commune("3", 1, 2.5, HERE),
        Commune { access: None, ..commune("4", 2, 0.0, HERE) },
    ];
    let asked = Scenario { weight: Weight::Shortfall, missing_access: MissingAccess::UnderServed, ..scenario() };
    assert_eq!(compiled(&asked, communes, sites()).unwrap().weights(), [25_000, 7_000, 375, 2_000]);
    assert_eq!(refused(&Scenario { under: None, ..asked }), ScenarioError::NoThreshold);
}

#[test]
fn a_column_counts_where_people_are_under_served() {
    let with = |weight, commune| Commune { weight, ..commune };
    let [one, two, three, four]: [Commune; 4] = communes().try_into().unwrap();
    let asked = Scenario { weight: Weight::Field("pop_75p".to_owned()), ..scenario() };
    let filled = vec![with(Some(1_500), one.clone()), with(Some(0), two.clone()), three.clone(), four.clone()];
    assert_eq!(compiled(&asked, filled, sites()).unwrap().weights(), [1_500]);
    let empty = vec![with(Some(1_500), one), two, three, four];
    assert_eq!(compiled(&asked, empty, sites()), Err(ScenarioError::NoWeight { code: "2".to_owned() }));
}

#[test]
fn communes_without_a_figure_are_refused_left_out_or_counted() {
    let unknown = |code, people| Commune { access: None, ..commune(code, people, 0.0, HERE) };
    let communes = || communes().into_iter().chain([unknown("5", 8), unknown("6", 9), unknown("7", 0)]).collect();
    let asked = |missing_access| Scenario { missing_access, ..scenario() };
    let refuse = asked(MissingAccess::Refuse);
    assert_eq!(
        compiled(&refuse, communes(), sites()),
        Err(ScenarioError::MissingAccess { communes: 2, people: 17, examples: texts(&["5", "6"]) })
    );
    let weights = |scenario| compiled(&scenario, communes(), sites()).unwrap().weights().to_vec();
    assert_eq!(weights(asked(MissingAccess::Exclude)), [100, 50]);
    assert_eq!(weights(asked(MissingAccess::UnderServed)), [100, 50, 8, 9]);
    let everyone = Scenario { under: None, ..refuse };
    assert_eq!(WithoutAccess::of(&Territory::new(communes(), vec![]).unwrap(), &everyone), WithoutAccess::default());
    assert_eq!(weights(everyone), [100, 50, 70, 8, 9]);
}

#[test]
fn words_that_make_no_sense_are_refused() {
    for under in [0.0, -4.0, f64::INFINITY] {
        assert_eq!(refused(&Scenario { under: Some(under), ..scenario() }), ScenarioError::Threshold(under));
    }
    assert!(matches!(refused(&Scenario { under: Some(f64::NAN), ..scenario() }), ScenarioError::Threshold(_)));
    for gap in [-0.1, 1.1] {
        assert_eq!(refused(&Scenario { gap: Some(gap), ..scenario() }), ScenarioError::Gap(gap));
    }
    assert!(matches!(refused(&Scenario { gap: Some(f64::NAN), ..scenario() }), ScenarioError::Gap(_)));
    assert_eq!(refused(&Scenario { sites: None, ..scenario() }), ScenarioError::NoLimit);
    let exactly = Scenario { sites: None, budget: Some(50), exactly: true, ..scenario() };
    assert_eq!(refused(&exactly), ScenarioError::ExactlyWithoutCount);
}

#[test]
fn named_sites_must_be_candidates() {
    let list = "required";
    let asked = Scenario { require: texts(&["th_1", "th_3"]), ..scenario() };
    let nearest = texts(&["th_1", "th_2"]);
    assert_eq!(refused(&asked), ScenarioError::UnknownSite { list, id: "th_3".to_owned(), nearest });
    let asked = Scenario { forbid: texts(&["msp"]), ..scenario() };
    let expected = ScenarioError::UnknownSite { list: "forbidden", id: "msp".to_owned(), nearest: vec![] };
    assert_eq!(refused(&asked), expected);
    let asked = Scenario { require: texts(&["th_1", "th_2"]), forbid: texts(&["th_2"]), ..scenario() };
    assert_eq!(refused(&asked), ScenarioError::RequiredAndForbidden { id: "th_2".to_owned() });
}

#[test]
fn requests_that_cannot_be_kept_are_refused() {
    let both = Scenario { require: texts(&["th_2", "th_1", "th_2"]), ..scenario() };
    assert_eq!(
        refused(&Scenario { sites: Some(1), ..both.clone() }),
        ScenarioError::RequiredAboveCount { required: 2, sites: 1, ids: texts(&["th_1", "th_2"]) }
    );
    let ids = vec![("th_1".to_owned(), 30), ("th_2".to_owned(), 20)];
    assert_eq!(
        refused(&Scenario { budget: Some(49), ..both.clone() }),
        ScenarioError::RequiredAboveBudget { cost: 50, budget: 49, ids }
    );
    assert!(compiled(&Scenario { budget: Some(50), ..both }, communes(), sites()).is_ok());
    assert_eq!(
        refused(&Scenario { budget: Some(19), ..scenario() }),
        ScenarioError::BudgetBelowCheapest { cheapest: 20, id: "th_2".to_owned(), budget: 19 }
    );
    assert_eq!(
        refused(&Scenario { budget: Some(20), forbid: texts(&["th_2"]), ..scenario() }),
        ScenarioError::BudgetBelowCheapest { cheapest: 30, id: "th_1".to_owned(), budget: 20 }
    );
    let exactly = Scenario { exactly: true, ..scenario() };
    assert_eq!(
        refused(&Scenario { forbid: texts(&["th_2"]), ..exactly.clone() }),
        ScenarioError::TooFewCandidates { sites: 2, candidates: 1 }
    );
    assert_eq!(
        refused(&Scenario { budget: Some(49), ..exactly }),
        ScenarioError::ExactlyAboveBudget { sites: 2, cheapest: 50, budget: 49 }
    );
    let dear = Scenario { sites: Some(1), exactly: true, require: texts(&["th_1"]), budget: Some(30), ..scenario() };
    assert!(compiled(&dear, communes(), sites()).is_ok(), "the required one counts among them");
}

#[test]
fn nothing_to_open_is_a_baseline_but_nobody_to_reach_is_an_error() {
    assert!(compiled(&Scenario { sites: Some(0), ..scenario() }, communes(), sites()).is_ok());
    assert!(compiled(&Scenario { sites: Some(0), budget: Some(0), ..scenario() }, communes(), sites()).is_ok());
    assert!(
        compiled(&Scenario { sites: Some(u64::MAX), budget: Some(u64::MAX), ..scenario() }, communes(), sites())
            .is_ok()
    );
    assert!(compiled(&scenario(), communes(), vec![]).is_ok());
    let all_there = vec![candidate("a", 1, HERE), existing("b", HERE), existing("c", FAR)];
    assert!(compiled(&scenario(), communes(), all_there).is_ok());
    let asked = Scenario { under: Some(1.5), ..scenario() };
    assert_eq!(refused(&asked), ScenarioError::NothingToCover);
}

#[test]
fn travel_times_must_belong_to_the_question() {
    let territory = Territory::new(communes(), sites()).unwrap();
    let other = Territory::new(communes(), vec![]).unwrap();
    let minutes = TravelTime::from_minutes;
    let reach = car().reach(&other, minutes(10)).unwrap();
    assert_eq!(scenario().compile(&territory, &reach), Err(ScenarioError::OtherTerritory));
    let reach = car().reach(&territory, minutes(9)).unwrap();
    let short = ScenarioError::ReachTooShort { limit: minutes(9), within: minutes(10) };
    assert_eq!(scenario().compile(&territory, &reach), Err(short));
    let table = Reach::from_times(&territory, vec![]).unwrap();
    assert!(scenario().compile(&territory, &table).is_ok());
}

#[test]
fn candidates_worth_a_remark_are_counted() {
    let desert = (9.0, 48.0);
    let all = sites().into_iter().chain([
        candidate("twin", 1, HERE),
        candidate("lost", 1, desert),
        existing("there", desert),
    ]);
    let territory = Territory::new(communes(), all.collect()).unwrap();
    let asked = Scenario { forbid: texts(&["twin", "twin"]), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let expected = CandidateCounts { candidates: 4, may_open: 3, reach_nobody: 1, share_a_point: 2 };
    assert_eq!(CandidateCounts::of(&territory, &reach, &asked), Ok(expected));
}

proptest! {
    #[test]
    fn the_limit_counts_to_the_decisecond(territory in territories(), limit in 1..20_000_u32) {
        let within = TravelTime::from_deciseconds(limit);
        let asked = Scenario { under: None, within, ..scenario() };
        let wide = car().reach(&territory, TravelTime::from_deciseconds(limit + 5_000)).unwrap();
        let compiled = asked.compile(&territory, &wide);
        prop_assume!(compiled.is_ok());
        let (problem, dictionary) = compiled.unwrap();
        for (kernel, &site) in (0..).zip(&sites_of(&dictionary)) {
            let place = territory.sites()[site as usize].position;
            let covered: Vec<u32> =
                problem.coverage().demands_of(SiteId(kernel)).iter().map(|id| dictionary.demands[id.index()].commune).collect();
            let expected: Vec<u32> = (0..)
                .zip(territory.communes())
                .filter(|(_, commune)| commune.population > 0 && car().time(commune.origin, place) <= within)
                .map(|(position, _)| position)
                .collect();
            prop_assert_eq!(covered, expected);
        }
        let existing = |site: &&u32| territory.sites()[**site as usize].state == SiteState::Existing;
        let reached = (0..).zip(territory.communes()).filter(|(position, _)| {
            sites_of(&dictionary).iter().filter(existing).any(|&site| {
                wide.communes_of(site).iter().any(|&(commune, time)| commune == *position && time <= within)
            })
        });
        prop_assert_eq!(dictionary.covered_before, reached.map(|(_, commune)| commune.population).sum::<u64>());
    }
}
