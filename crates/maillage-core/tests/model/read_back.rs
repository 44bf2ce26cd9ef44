use std::collections::BTreeSet;

use maillage_core::{
    Commune, MissingAccess, Plan, Reached, RuralShares, Scenario, Site, SiteState, Territory, TerritoryCount,
    TravelTime, Weight,
};
use maillage_solver::{Fixing, Guarantee, Outcome, Prices, Problem, SiteId, Solution, StoppedBy, Work};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::region::{candidate, car, commune, existing, scenario, territories};

fn outcome(problem: &Problem, open: &[SiteId], above: u64) -> Outcome {
    let solution = Solution::count(problem, open);
    Outcome {
        bound: solution.value() + above,
        solution,
        guarantee: Guarantee::Bounded,
        stopped_by: StoppedBy::Effort,
        prices: Prices::default(),
        work: Work { pairs: 1, iterations: 2, nodes: 3 },
        certificate: None,
    }
}

/// Opens what is fixed open and the candidates wanted (by kernel index) that are not forbidden.
fn open_sites(problem: &Problem, wanted: &BTreeSet<u32>) -> Vec<SiteId> {
    (0..)
        .zip(problem.fixings())
        .filter(|(id, fixing)| match fixing {
            Fixing::Open => true,
            Fixing::Free => wanted.contains(id),
            Fixing::Closed => false,
        })
        .map(|(id, _)| SiteId(id))
        .collect()
}

#[test]
fn a_plan_by_hand() {
    let (west, middle, east, far) = ((5.0, 48.0), (5.08, 48.0), (5.16, 48.0), (7.0, 48.0));
    let communes = vec![
        commune("1", 100, 2.0, west),
        Commune { density: Some(3), ..commune("2", 60, 3.0, middle) },
        commune("3", 70, 2.0, east),
        Commune { territory: "57".to_owned(), ..commune("4", 30, 1.0, far) },
        commune("5", 500, 4.0, west),
        Commune { territory: "57".to_owned(), ..commune("6", 11, 1.0, (9.0, 48.0)) },
    ];
    let sites = vec![
        candidate("east", 20, east),
        existing("far", far),
        candidate("middle", 30, middle),
        candidate("west", 40, west),
        candidate("west2", 40, west),
    ];
    let territory = Territory::new(communes, sites).unwrap();
    let asked = Scenario { require: vec!["east".to_owned()], budget: Some(100), ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
    // Kernel sites: far, east, middle, west, west2.
    let plan = Plan::read_back(
        &territory,
        &reach,
        &asked,
        &dictionary,
        &outcome(&problem, &[SiteId(0), SiteId(1), SiteId(2)], 5),
    );
    assert_eq!((plan.under_served, plan.reached_before, plan.newly_reached, plan.reached_after()), (271, 30, 230, 260));
    assert_eq!((plan.objective.value, plan.objective.bound, plan.objective.unit.as_str()), (230, 235, "people"));
    assert_eq!((plan.out_of_reach, plan.cost, plan.left_over()), (11, 50, Some(50)));
    assert_eq!((plan.sites_new(), plan.sites_existing()), (2, 1));
    assert_eq!(plan.work.iterations, 2);
    // The middle reaches all three villages on the line; the east one adds nothing, but is required.
    let told: Vec<_> = plan
        .sites
        .iter()
        .map(|site| (site.site, site.required, site.rank, site.people_added, site.people_lost_without))
        .collect();
    assert_eq!(told, [(2, false, Some(1), Some(230), 100), (0, true, Some(2), Some(0), 0), (1, false, None, None, 30)]);
    let count = |territory: &str, under_served, reached_before, newly_reached, sites_new| TerritoryCount {
        territory: territory.to_owned(),
        under_served,
        reached_before,
        newly_reached,
        sites_new,
    };
    assert_eq!(plan.by_territory, [count("55", 230, 0, 230, 2), count("57", 41, 30, 0, 0)]);
    let thresholds: Vec<_> = plan.by_threshold.iter().map(|it| (it.under, it.under_served, it.newly_reached)).collect();
    assert_eq!(thresholds, [(2.5, 211, 170), (4.0, 271, 230)]);
    let rural =
        RuralShares { sites_new: Some(0.5), sites_all: Some(2.0 / 3.0), people_newly_reached: Some(170.0 / 230.0) };
    assert_eq!(plan.rural, Some(rural));
    let reached: Vec<_> = plan.communes.iter().map(|it| (it.under_served, it.reached)).collect();
    let (already, newly, no) = (Reached::Already, Reached::Newly, Reached::No);
    assert_eq!(reached, [(100, newly), (60, newly), (70, newly), (30, already), (0, newly), (11, no)]);
    assert_eq!(plan.communes[1].nearest, Some((2, TravelTime::from_deciseconds(0))));
    assert_eq!(plan.communes[5].nearest.unwrap().0, 1, "beyond the limit");
}

#[test]
fn other_weights_are_named_and_people_are_still_counted() {
    let communes = vec![Commune { weight: Some(2_500), ..commune("1", 100, 3.0, (5.0, 48.0)) }];
    let territory = Territory::new(communes, vec![candidate("a", 1, (5.0, 48.0))]).unwrap();
    let reach = car().reach(&territory, scenario().within).unwrap();
    let plan_of = |weight| {
        let asked = Scenario { weight, ..scenario() };
        let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
        let plan = Plan::read_back(&territory, &reach, &asked, &dictionary, &outcome(&problem, &[SiteId(0)], 0));
        (plan.objective.unit, plan.objective.value, plan.newly_reached)
    };
    assert_eq!(plan_of(Weight::Shortfall), ("thousandths of a person".to_owned(), 25_000, 100));
    assert_eq!(plan_of(Weight::Field("old".to_owned())), ("thousandths of old".to_owned(), 2_500, 100));
}

#[test]
fn without_territories_densities_or_figures_nothing_is_made_up() {
    let bare =
        |code| Commune { territory: String::new(), density: None, access: None, ..commune(code, 9, 0.0, (5.0, 48.0)) };
    let territory = Territory::new(vec![bare("1"), bare("2")], vec![candidate("a", 1, (5.0, 48.0))]).unwrap();
    let asked = Scenario { under: None, ..scenario() };
    let reach = car().reach(&territory, asked.within).unwrap();
    let (problem, dictionary) = asked.compile(&territory, &reach).unwrap();
    let plan = Plan::read_back(&territory, &reach, &asked, &dictionary, &outcome(&problem, &[SiteId(0)], 0));
    assert_eq!((plan.rural, plan.by_territory.len(), plan.by_threshold.len()), (None, 0, 0));
    assert_eq!((plan.under_served, plan.newly_reached), (18, 18));
}

/// A plan counted by looking at every pair of a commune and an open site.
struct Naive<'a> {
    territory: &'a Territory,
    scenario: &'a Scenario,
    new: Vec<u32>,
}

impl Naive<'_> {
    fn site(&self, position: u32) -> &Site {
        &self.territory.sites()[position as usize]
    }

    fn existing(&self) -> Vec<u32> {
        let is_existing = |&site: &u32| self.site(site).state == SiteState::Existing;
        (0..).take(self.territory.sites().len()).filter(is_existing).collect()
    }

    fn reaches(&self, site: u32, commune: &Commune) -> bool {
        car().time(commune.origin, self.site(site).position) <= self.scenario.within
    }

    fn any_reaches(&self, sites: &[u32], commune: &Commune) -> bool {
        sites.iter().any(|&site| self.reaches(site, commune))
    }

    fn people(&self, commune: &Commune, under: Option<f64>) -> u64 {
        let counts = match (under, commune.access) {
            (None, _) => true,
            (Some(under), Some(access)) => access < under,
            (Some(_), None) => self.scenario.missing_access == MissingAccess::UnderServed,
        };
        if counts { commune.population } else { 0 }
    }

    fn count(&self, under: Option<f64>, holds: impl Fn(&Commune) -> bool) -> u64 {
        let communes = self.territory.communes().iter().filter(|commune| holds(commune));
        communes.map(|commune| self.people(commune, under)).sum()
    }

    fn newly(&self, commune: &Commune) -> bool {
        !self.any_reaches(&self.existing(), commune) && self.any_reaches(&self.new, commune)
    }

    /// People reached by `site` and by none of the `others`.
    fn only(&self, site: u32, others: &[u32]) -> u64 {
        let holds = |commune: &Commune| self.reaches(site, commune) && !self.any_reaches(others, commune);
        self.count(self.scenario.under, holds)
    }

    fn name(&self, site: u32) -> &str {
        self.territory.host_of(site).map_or("", |host| &self.territory.communes()[host as usize].territory)
    }
}

proptest! {
    #[test]
    fn every_figure_is_what_every_pair_says(
        territory in territories(),
        under in proptest::option::of(1..10_u8),
        exclude in any::<bool>(),
        limit in 1..15_000_u32,
        prefer in Just(vec!["pharmacy".to_owned(), "ehpad".to_owned()]).prop_shuffle(),
        picks in vec(0..16_u32, 0..10),
        forbidden in vec(0..16_u32, 0..3),
        above in 0..50_u64,
    ) {
        let candidates: Vec<u32> = territory.candidates().collect();
        let id_of = |pick: &u32| {
            let site = candidates.get(*pick as usize % candidates.len().max(1))?;
            Some(territory.sites()[*site as usize].id.clone())
        };
        let asked = Scenario {
            under: under.map(|half| f64::from(half) / 2.0),
            missing_access: if exclude { MissingAccess::Exclude } else { MissingAccess::UnderServed },
            within: TravelTime::from_deciseconds(limit),
            sites: Some(1_000),
            prefer,
            forbid: forbidden.iter().filter_map(id_of).collect(),
            ..scenario()
        };
        let reach = car().reach(&territory, asked.within).unwrap();
        let compiled = asked.compile(&territory, &reach);
        prop_assume!(compiled != Err(maillage_core::ScenarioError::NothingToCover));
        let (problem, dictionary) = compiled.unwrap();
        let open = open_sites(&problem, &picks.into_iter().collect());
        let plan = Plan::read_back(&territory, &reach, &asked, &dictionary, &outcome(&problem, &open, above));

        let opened = open.iter().map(|site| dictionary.openings[site.index()].site);
        let new = opened.filter(|site| territory.sites()[*site as usize].state == SiteState::Candidate).collect();
        let naive = Naive { territory: &territory, scenario: &asked, new };
        let old = naive.existing();
        let all: Vec<u32> = naive.new.iter().chain(&old).copied().collect();
        let before = |commune: &Commune| naive.any_reaches(&old, commune);
        prop_assert_eq!(plan.under_served, naive.count(asked.under, |_| true));
        prop_assert_eq!(plan.reached_before, naive.count(asked.under, before));
        prop_assert_eq!(plan.newly_reached, naive.count(asked.under, |commune| naive.newly(commune)));
        prop_assert_eq!(plan.objective.value, plan.newly_reached, "people are the objective");
        prop_assert_eq!(plan.objective.bound, plan.newly_reached + above);
        let able: Vec<u32> = (0..).take(territory.sites().len()).filter(|&site| {
            !asked.forbid.contains(&territory.sites()[site as usize].id)
        }).collect();
        prop_assert_eq!(plan.out_of_reach, naive.count(asked.under, |commune| !naive.any_reaches(&able, commune)));
        prop_assert_eq!(plan.cost, naive.new.iter().map(|&site| naive.site(site).cost).sum::<u64>());

        for count in &plan.by_threshold {
            let under = Some(count.under);
            prop_assert_eq!(count.under_served, naive.count(under, |_| true));
            prop_assert_eq!(count.reached_before, naive.count(under, before));
            prop_assert_eq!(count.newly_reached, naive.count(under, |commune| naive.newly(commune)));
        }
        let has_figures = territory.communes().iter().any(|commune| commune.access.is_some());
        let own = usize::from(under.is_some_and(|half| half != 5 && half != 8));
        prop_assert_eq!(plan.by_threshold.len(), if has_figures { 2 + own } else { 0 });

        for count in &plan.by_territory {
            let here = |commune: &Commune| commune.territory == count.territory;
            prop_assert_eq!(count.under_served, naive.count(asked.under, here));
            prop_assert_eq!(count.reached_before, naive.count(asked.under, |it| here(it) && before(it)));
            prop_assert_eq!(count.newly_reached, naive.count(asked.under, |it| here(it) && naive.newly(it)));
            let sites = naive.new.iter().filter(|&&site| naive.name(site) == count.territory).count();
            prop_assert_eq!(count.sites_new, sites as u64);
        }
        let names: BTreeSet<&str> = territory.communes().iter().map(|commune| commune.territory.as_str()).collect();
        let by_density = |figure: fn(&maillage_core::DensityCount) -> u64| plan.by_density.iter().map(figure).sum::<u64>();
        if !plan.by_density.is_empty() {
            prop_assert_eq!(by_density(|count| count.under_served), plan.under_served);
            prop_assert_eq!(by_density(|count| count.reached_before), plan.reached_before);
            prop_assert_eq!(by_density(|count| count.newly_reached), plan.newly_reached);
            prop_assert_eq!(by_density(|count| count.sites_new), plan.sites_new() as u64);
        }
        let told: BTreeSet<&str> = plan.by_territory.iter().map(|count| count.territory.as_str()).collect();
        prop_assert_eq!(told, if names.iter().all(|name| name.is_empty()) { BTreeSet::new() } else { names });
        prop_assert!(plan.by_territory.is_sorted_by(|a, b| a.territory < b.territory));

        // The order: each time the site that adds most, then the cheapest, the preferred kind, the identifier.
        let mut left = naive.new.clone();
        let mut taken = old.clone();
        for (rank, told) in (1..).zip(plan.sites.iter().take(naive.new.len())) {
            let key = |site: &u32| {
                let found = naive.site(*site);
                let kind = asked.prefer.iter().position(|kind| *kind == found.kind).unwrap_or(9);
                (std::cmp::Reverse(naive.only(*site, &taken)), found.cost, kind, found.id.clone())
            };
            let best = left.iter().copied().min_by_key(key).unwrap();
            prop_assert_eq!((told.site, told.rank, told.is_new), (best, Some(rank), true));
            prop_assert_eq!(told.people_added, Some(naive.only(best, &taken)));
            left.retain(|&site| site != best);
            taken.push(best);
        }
        prop_assert!(left.is_empty());
        prop_assert_eq!(plan.sites.iter().skip(naive.new.len()).map(|site| site.site).collect::<Vec<_>>(), old.clone());
        for told in &plan.sites {
            let others: Vec<u32> = all.iter().copied().filter(|&site| site != told.site).collect();
            prop_assert_eq!(told.people_lost_without, naive.only(told.site, &others));
            prop_assert_eq!(told.territory.as_str(), naive.name(told.site));
        }

        for (commune, told) in territory.communes().iter().zip(&plan.communes) {
            prop_assert_eq!(told.under_served, naive.people(commune, asked.under));
            let reached = match (before(commune), naive.newly(commune)) {
                (true, _) => Reached::Already,
                (_, true) => Reached::Newly,
                _ => Reached::No,
            };
            prop_assert_eq!(told.reached, reached);
            let nearest = all.iter().map(|&site| (car().time(commune.origin, naive.site(site).position), site)).min();
            prop_assert_eq!(told.nearest, nearest.map(|(time, site)| (site, time)));
            prop_assert_eq!(told.reached != Reached::No, nearest.is_some_and(|(time, _)| time <= asked.within));
        }
    }
}
