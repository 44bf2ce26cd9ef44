//! Goals on small random regions, compared with every choice of sites there is, counted by other code.

use maillage_core::{
    AttainError, Attainment, Commune, Enough, Goal, Plan, Reach, Scenario, ScenarioError, Sense, SiteState, Territory,
    TravelTime,
};
use maillage_solver::{Guarantee, Search, Silent, SolveError};
use proptest::prelude::*;

use crate::region::{car, regions, scenario};

/// A region and all that can be chosen in it.
struct Judge<'a> {
    territory: &'a Territory,
    reach: &'a Reach,
    candidates: Vec<u32>,
    existing: Vec<u32>,
}

impl<'a> Judge<'a> {
    fn of(territory: &'a Territory, reach: &'a Reach) -> Self {
        let of = |state: SiteState| (0..).zip(territory.sites()).filter(move |(_, site)| site.state == state);
        let candidates = of(SiteState::Candidate).map(|(site, _)| site).collect();
        let existing = of(SiteState::Existing).map(|(site, _)| site).collect();
        Self { territory, reach, candidates, existing }
    }

    /// Every choice of candidates: deciseconds to the nearest open site by commune, how many, and what they cost.
    fn choices(&self) -> impl Iterator<Item = (Vec<u32>, u64, u64)> + '_ {
        (0..1_u32 << self.candidates.len()).map(|chosen| {
            let is_in = |place: &usize| chosen >> place & 1 == 1;
            let new: Vec<u32> = (0..self.candidates.len()).filter(is_in).map(|place| self.candidates[place]).collect();
            let cost = new.iter().map(|&site| self.territory.sites()[site as usize].cost).sum();
            let count = new.len() as u64;
            (self.times(&[new, self.existing.clone()].concat()), count, cost)
        })
    }

    fn times(&self, open: &[u32]) -> Vec<u32> {
        let mut times = vec![u32::MAX; self.territory.communes().len()];
        for &site in open {
            for (commune, time) in self.reach.communes_of(site) {
                times[*commune as usize] = times[*commune as usize].min(time.deciseconds());
            }
        }
        times
    }

    fn people(&self) -> Vec<u64> {
        self.territory.communes().iter().map(|commune| commune.population).collect()
    }

    fn within(&self, times: &[u32], keep: impl Fn(&Commune) -> bool) -> (u64, u64) {
        let communes = self.territory.communes().iter().zip(times).filter(|(commune, _)| keep(commune));
        let (mut inside, mut all) = (0, 0);
        for (commune, &time) in communes {
            all += commune.population;
            inside += if time <= 6_000 { commune.population } else { 0 };
        }
        (inside, all)
    }

    /// The smallest share over the values of `dep`, in hundredths of a percent.
    fn worst(&self, times: &[u32]) -> u64 {
        let shares = ["A", "B", "C"].iter().filter_map(|dep| {
            let (inside, all) = self.within(times, |commune| commune.columns["dep"] == *dep);
            (inside * 10_000).checked_div(all)
        });
        shares.min().unwrap_or(0)
    }
}

/// Makes a region whose communes have the columns `dep` and `extra`.
fn with_columns((mut communes, sites): (Vec<Commune>, Vec<maillage_core::Site>)) -> Territory {
    for (number, commune) in (0_u32..).zip(&mut communes) {
        commune.columns.insert("dep".to_owned(), ["A", "B", "C"][number as usize % 3].to_owned());
        commune.columns.insert("extra".to_owned(), (f64::from(number) / 4.0).to_string());
    }
    Territory::new(communes, sites).unwrap()
}

fn attained(asked: &Scenario, territory: &Territory) -> (Result<Plan, AttainError>, Reach) {
    let reach = car().reach(territory, asked.longest()).unwrap();
    let found = Attainment::of(asked, territory, &reach, &Search::default(), &Silent);
    let plan = found.map(|found| {
        let question = (&found.asked, &found.dictionary);
        Plan::read_back_at(territory, &reach, asked, question, &found.outcome, found.bound)
    });
    (plan, reach)
}

fn everyone(goal: &str) -> Scenario {
    Scenario { goal: goal.parse().unwrap(), under: None, ..scenario() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn the_fewest_sites_and_the_least_money_are_those_of_every_choice(
        region in regions(), percent in 1..=100_u64, by_cost in any::<bool>(),
    ) {
        let territory = with_columns(region);
        let word = if by_cost { "least-cost" } else { "fewest-sites" };
        let asked = Scenario { sites: None, ..everyone(&format!("{word}:{percent}%")) };
        let (plan, reach) = attained(&asked, &territory);
        let judge = Judge::of(&territory, &reach);
        let enough = |times: &[u32]| {
            let (inside, all) = judge.within(times, |_| true);
            inside >= (all * percent).div_ceil(100)
        };
        let choices: Vec<_> = judge.choices().filter(|(times, ..)| enough(times)).collect();
        let level = |choice: &(Vec<u32>, u64, u64)| if by_cost { choice.2 } else { choice.1 };
        let least = choices.iter().map(level).min();
        match (plan, least) {
            (Ok(plan), Some(least)) => {
                prop_assert_eq!((plan.objective.value, plan.objective.bound), (least, least));
                prop_assert_eq!((plan.objective.sense, plan.guarantee), (Sense::Least, Guarantee::Optimal));
                let most = choices.iter().filter(|choice| level(choice) <= least);
                let most = most.map(|choice| judge.within(&choice.0, |_| true).0).max().unwrap();
                prop_assert_eq!(plan.reached_after(), most);
                prop_assert_eq!(plan.then.unwrap().room(), 0);
            }
            (Err(AttainError::Scenario(ScenarioError::TargetOutOfReach { .. })), None)
            | (Err(AttainError::Scenario(ScenarioError::NothingToCover)), _) => {}
            (found, least) => prop_assert!(false, "{:?} {:?}", found.map(|plan| plan.objective), least),
        }
    }

    #[test]
    fn a_target_counts_people_whole_where_doctors_suffice(region in regions(), percent in 1..=100_u64) {
        let territory = with_columns(region);
        let asked = Scenario { sites: None, ..everyone(&format!("fewest-sites:{percent}%")) };
        let enough = "25%".parse().ok().map(|weight| Enough { access: 2.0, weight });
        let (whole, part) = (attained(&asked, &territory).0, attained(&Scenario { enough, ..asked }, &territory).0);
        match (whole, part) {
            (Ok(whole), Ok(part)) => prop_assert_eq!(whole.objective, part.objective),
            (whole, part) => prop_assert!(whole.is_err() && part.is_err()),
        }
    }

    #[test]
    fn the_worst_off_place_is_as_well_off_as_every_choice_can_make_it(region in regions(), sites in 0..4_u64) {
        let territory = with_columns(region);
        let asked = Scenario { sites: Some(sites), ..everyone("worst-off:dep") };
        let (plan, reach) = attained(&asked, &territory);
        let judge = Judge::of(&territory, &reach);
        let allowed: Vec<_> = judge.choices().filter(|choice| choice.1 <= sites).collect();
        let best = allowed.iter().map(|choice| judge.worst(&choice.0)).max().unwrap();
        match plan {
            Ok(plan) => {
                prop_assert_eq!((plan.objective.value, plan.objective.bound), (best, best));
                let level = allowed.iter().filter(|choice| judge.worst(&choice.0) >= best);
                let most = level.map(|choice| judge.within(&choice.0, |_| true).0).max().unwrap();
                prop_assert_eq!(plan.reached_after(), most);
            }
            Err(AttainError::Scenario(ScenarioError::NothingToCover)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn travel_time_is_the_least_of_every_choice(region in regions(), sites in 0..4_u64, limit in 1..20_u32) {
        let territory = with_columns(region);
        let asked = Scenario { sites: Some(sites), ..everyone(&format!("travel-time:{limit}min")) };
        let (plan, reach) = attained(&asked, &territory);
        let judge = Judge::of(&territory, &reach);
        let people = judge.people();
        let minutes = |times: &[u32]| -> u64 {
            times.iter().zip(&people).map(|(time, people)| people * u64::from(time.div_ceil(600).min(limit))).sum()
        };
        let least = judge.choices().filter(|choice| choice.1 <= sites).map(|choice| minutes(&choice.0)).min().unwrap();
        match plan {
            Ok(plan) => {
                let travel = plan.travel.unwrap();
                prop_assert_eq!((travel.after, travel.bound), (least, least));
                prop_assert_eq!(travel.before, minutes(&judge.times(&judge.existing)));
                prop_assert_eq!(plan.objective.value, travel.before - travel.after);
            }
            Err(AttainError::Scenario(ScenarioError::NothingToCover)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn decay_and_blends_equal_direct_evaluation(region in regions(), sites in 0..4_u64, blended in any::<bool>()) {
        let territory = with_columns(region);
        let steps = ["6min:100%", "10min:50.5%", "17min:20%"].map(|step| step.parse().unwrap());
        let weight = if blended { "blend:people=2,extra=0.5" } else { "people" };
        let weight = weight.to_owned().try_into().unwrap();
        let floor = maillage_core::Floor { least: Some(0), ..Default::default() };
        let asked = Scenario { sites: Some(sites), decay: steps.to_vec(), weight, floor: vec![floor], ..everyone("reach") };
        let (plan, reach) = attained(&asked, &territory);
        let judge = Judge::of(&territory, &reach);
        let worth = |times: &[u32]| -> u64 {
            let counted = judge.territory.communes().iter().zip(times).enumerate();
            counted.map(|(number, (commune, &time))| {
                let share = match time { 0..=3_600 => 1_000, 3_601..=6_000 => 505, 6_001..=10_200 => 200, _ => 0 };
                // The column is a quarter of the position, and half of it counts; nobody is there to count elsewhere.
                let blend = commune.population * 2_000 + (number as u64 * 1_000).div_ceil(8);
                match (blended, commune.population) {
                    (_, 0) => 0,
                    (false, people) => people * share,
                    (true, _) => (blend * share + 500) / 1_000,
                }
            }).sum()
        };
        let best = judge.choices().filter(|choice| choice.1 <= sites).map(|choice| worth(&choice.0)).max().unwrap();
        let before = worth(&judge.times(&judge.existing));
        match plan {
            Ok(plan) => prop_assert_eq!((plan.objective.value, plan.objective.bound), (best - before, best - before)),
            Err(AttainError::Scenario(ScenarioError::NothingToCover)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}

#[test]
fn goals_that_make_no_sense_are_refused() {
    let territory = with_columns((vec![crate::region::commune("1", 10, 1.0, (5.0, 48.0))], Vec::new()));
    let steps = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
    let refused = |asked: Scenario| match attained(&asked, &territory).0 {
        Err(AttainError::Scenario(error)) => error,
        other => panic!("{:?}", other.map(|plan| plan.objective)),
    };
    let rising = Scenario { decay: steps(&["10min:50%", "20min:60%"]), ..everyone("reach") };
    assert!(matches!(refused(rising), ScenarioError::DecayOutOfOrder { .. }));
    let both = Scenario { decay: steps(&["10min:50%"]), ..everyone("travel-time:20min") };
    assert_eq!(refused(both), ScenarioError::DecayOfTravelTime);
    let nobody = Scenario { sites: None, ..everyone("fewest-sites:50%") };
    assert_eq!(refused(nobody), ScenarioError::TargetOutOfReach { target: 5, most: 0 });
    assert!(matches!(refused(everyone("worst-off:nowhere")), ScenarioError::Column(_)));
    let long = Scenario { decay: steps(&["10min:50%", "40min:10%"]), ..everyone("reach") };
    assert_eq!((long.longest(), Goal::default()), (TravelTime::from_minutes(40), Goal::Reach));
    let impossible = Scenario {
        floor: vec![maillage_core::Floor { least: Some(11), ..Default::default() }],
        ..everyone("worst-off:dep")
    };
    assert!(matches!(attained(&impossible, &territory).0, Err(AttainError::Solve(SolveError::Infeasible { .. }))));
}
