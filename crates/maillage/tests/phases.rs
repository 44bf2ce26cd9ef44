//! Phases on small random regions: from the text of a scenario file to the plan read back, compared with every way of
//! opening sites in phases, counted by other code.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says where")]

#[expect(dead_code, reason = "scenarios of rules are drawn elsewhere")]
mod small_region;

use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use maillage::io::ScenarioFile;
use maillage::solver::{Guarantee, Search, Silent, SolveError, Solver};
use maillage::{Commune, Plan, Scenario, ScenarioError, Site, SiteState, StraightLine, Territory, TravelTime};
use small_region::{Random, region};

/// A phase as drawn: limits, years, and what opened where it is over.
#[derive(Debug)]
struct Drawn {
    sites: Option<u64>,
    budget: Option<u64>,
    years: u64,
    opened: Option<Vec<String>>,
}

/// What is asked beside the phases.
#[derive(Debug, Default)]
struct Asked {
    require: Option<String>,
    /// At least so many sites in dep 08.
    least: Option<usize>,
    /// At least so many people in reach at the end.
    floor: Option<u64>,
    exactly: Option<usize>,
}

fn draw(random: &mut Random, sites: &[Site]) -> (Vec<Drawn>, Asked) {
    let candidates: Vec<&Site> = sites.iter().filter(|site| site.state == SiteState::Candidate).collect();
    let over = random.one_in(3);
    let opened = &candidates[usize::try_from(random.below(candidates.len() as u64)).unwrap()].id;
    let mut phases = Vec::new();
    let (mut most_sites, mut most_budget) = (0, 0);
    for number in 0..=random.below(3) {
        most_sites += random.below(3);
        most_budget += random.below(6) * 10;
        phases.push(Drawn {
            sites: (!random.one_in(4)).then_some(most_sites),
            budget: random.one_in(2).then_some(most_budget),
            years: 1 + random.below(4),
            opened: (number == 0 && over).then(|| if random.one_in(3) { Vec::new() } else { vec![opened.clone()] }),
        });
    }
    let last = phases.last_mut().unwrap();
    last.sites = Some(most_sites);
    last.opened = None;
    let asked = Asked {
        require: random.one_in(4).then(|| candidates[0].id.clone()),
        least: random.one_in(4).then(|| 1 + usize::from(random.one_in(2))),
        floor: random.one_in(4).then(|| 1 + random.below(40)),
        exactly: random.one_in(6).then(|| usize::from(random.one_in(2)) + 1),
    };
    (phases, asked)
}

fn text_of(phases: &[Drawn], asked: &Asked) -> String {
    let mut text = "within = \"8min\"\nspeed = \"50km/h\"\ndetour = 1.3\n".to_owned();
    if let Some(exactly) = asked.exactly {
        let _ = writeln!(text, "sites = {exactly}\nexactly = true");
    }
    if let Some(id) = &asked.require {
        let _ = writeln!(text, "require = [\"{id}\"]");
    }
    for phase in phases {
        let _ = writeln!(text, "[[phase]]\nyears = {}", phase.years);
        for (key, most) in [("sites", phase.sites), ("budget", phase.budget)] {
            let _ = most.map(|most| writeln!(text, "{key} = {most}"));
        }
        let _ = phase.opened.as_ref().map(|opened| writeln!(text, "opened = {opened:?}"));
    }
    if let Some(least) = asked.least {
        let _ = writeln!(text, "[[rule]]\nwhere.dep = \"08\"\nleast = {least}");
    }
    if let Some(floor) = asked.floor {
        let _ = writeln!(text, "[[floor]]\nleast = {floor}");
    }
    text
}

/// The region as bits: which communes each site reaches.
struct Judge<'a> {
    communes: &'a [Commune],
    candidates: Vec<&'a Site>,
    rows: Vec<u32>,
    before: u32,
}

impl<'a> Judge<'a> {
    fn of(territory: &'a Territory) -> Self {
        let car = StraightLine::new(50.0, 1.3).unwrap();
        let communes = territory.communes();
        let row = |site: &Site| {
            let near = |commune: &Commune| car.time(commune.origin, site.position) <= TravelTime::from_minutes(8);
            communes.iter().enumerate().filter(|(_, one)| near(one)).map(|(bit, _)| 1 << bit).sum::<u32>()
        };
        let (candidates, existing): (Vec<&Site>, Vec<&Site>) =
            territory.sites().iter().partition(|site| site.state == SiteState::Candidate);
        let before = existing.iter().map(|site| row(site)).fold(0, |all, row| all | row);
        let rows = candidates.iter().map(|site| row(site)).collect();
        Self { communes, candidates, rows, before }
    }

    fn people(&self, reached: u32) -> u64 {
        let counted = self.communes.iter().enumerate().filter(|(bit, _)| reached & (1 << bit) != 0);
        counted.map(|(_, commune)| commune.population).sum()
    }

    fn dep<'b>(&'b self, site: &'b Site) -> &'b str {
        let host = self.communes.iter().find(|commune| Some(&commune.code) == site.commune.as_ref()).unwrap();
        site.columns.get("dep").unwrap_or_else(|| &host.columns["dep"])
    }

    /// Returns what a choice of a phase (or none) for each candidate is worth; nothing where a rule is broken.
    fn worth(&self, choice: &[Option<usize>], phases: &[Drawn], asked: &Asked) -> Option<u64> {
        let open =
            || self.candidates.iter().zip(&self.rows).zip(choice).filter_map(|(one, phase)| Some((one, (*phase)?)));
        let mut worth = 0;
        let mut reached = 0;
        for (number, phase) in phases.iter().enumerate() {
            let until = || open().filter(|(_, opens)| *opens <= number).map(|(one, _)| one);
            let cost: u64 = until().map(|(site, _)| site.cost).sum();
            let mut inside = open().filter(|(_, opens)| *opens == number).map(|((site, _), _)| &site.id);
            let history = phase.opened.as_ref().is_none_or(|opened| {
                let ids: Vec<&String> = inside.by_ref().collect();
                ids.len() == opened.len() && opened.iter().all(|id| ids.contains(&id))
            });
            if !history
                || phase.sites.is_some_and(|most| until().count() as u64 > most)
                || phase.budget.is_some_and(|most| cost > most)
            {
                return None;
            }
            reached = until().fold(self.before, |all, (_, row)| all | row);
            worth += phase.years * (self.people(reached) - self.people(self.before));
        }
        let new = open().count();
        let of_08 = open().filter(|((site, _), _)| self.dep(site) == "08").count();
        let holds = asked.exactly.is_none_or(|exactly| new == exactly)
            && asked.require.as_ref().is_none_or(|id| open().any(|((site, _), _)| site.id == *id))
            && asked.least.is_none_or(|least| of_08 >= least)
            && asked.floor.is_none_or(|floor| self.people(reached) >= floor);
        holds.then_some(worth)
    }

    /// Returns the most that any choice is worth.
    fn best(&self, phases: &[Drawn], asked: &Asked) -> Option<u64> {
        let (ways, sites) = (phases.len() + 1, u32::try_from(self.candidates.len()).unwrap());
        let choice = |number: usize| -> Vec<Option<usize>> {
            let digits = (0..sites).map(|place| number / ways.pow(place) % ways);
            digits.map(|digit| digit.checked_sub(1)).collect()
        };
        (0..ways.pow(sites)).filter_map(|number| self.worth(&choice(number), phases, asked)).max()
    }
}

fn check(plan: &Plan, territory: &Territory, judge: &Judge<'_>, (phases, asked): (&[Drawn], &Asked), text: &str) {
    let phase_of = |site: &&Site| {
        let open = |one: &&maillage::core::PlanSite| territory.sites()[one.site as usize].id == site.id;
        plan.sites.iter().find(open).map(|one| one.phase.unwrap() as usize)
    };
    let choice: Vec<Option<usize>> = judge.candidates.iter().map(phase_of).collect();
    assert_eq!(judge.worth(&choice, phases, asked), Some(plan.objective.value), "{text}");
    let told: u64 = plan.phases.iter().map(|phase| phase.years * phase.newly_reached).sum();
    assert_eq!(told, plan.objective.value, "{text}");
    assert_eq!(plan.phases.last().unwrap().newly_reached, plan.newly_reached, "{text}");
    assert!(!plan.rules.iter().any(maillage::core::KeptRule::is_broken), "{text}");
}

#[test]
fn phases_are_planned_as_well_as_trying_every_way() {
    plan_all(0..2_700);
}

#[test]
fn other_phases_are_too() {
    plan_all(2_700..5_400);
}

fn plan_all(seeds: Range<u64>) {
    let (mut planned, mut impossible, mut nested) = (0, 0, 0);
    for seed in seeds {
        let mut random = Random(seed);
        let (communes, mut sites) = region(&mut random);
        sites.truncate(if seed.is_multiple_of(4) { 5 } else { 4 });
        let (phases, asked) = draw(&mut random, &sites);
        let text = text_of(&phases, &asked);
        let scenario = ScenarioFile::parse(&text, Path::new("maillage.toml")).unwrap().scenario().unwrap();
        let territory = Territory::new(communes, sites).unwrap();
        let reach = StraightLine::new(50.0, 1.3).unwrap().reach(&territory, scenario.within).unwrap();
        let solve = |scenario: &Scenario| {
            let (problem, dictionary) = match scenario.compile(&territory, &reach) {
                Ok(compiled) => compiled,
                Err(
                    ScenarioError::NothingToCover
                    | ScenarioError::TooFewCandidates { .. }
                    // No site stands in dep 08.
                    | ScenarioError::Column(_),
                ) => return None,
                Err(ScenarioError::BudgetBelowCheapest { .. }) if scenario.phase.is_empty() => return None,
                Err(ScenarioError::RequiredAboveCount { .. } | ScenarioError::RequiredAboveBudget { .. }) => {
                    return Some(None);
                }
                Err(error) => panic!("{error}\n{text}"),
            };
            match Search::default().solve(&problem, &Silent) {
                Ok(outcome) => {
                    assert_eq!(outcome.guarantee, Guarantee::Optimal, "seed {seed}\n{text}");
                    Some(Some(Plan::read_back(&territory, &reach, scenario, &dictionary, &outcome)))
                }
                Err(SolveError::Infeasible { .. }) => Some(None),
                Err(error) => panic!("seed {seed}: {error}\n{text}"),
            }
        };
        let Some(found) = solve(&scenario) else { continue };
        let judge = Judge::of(&territory);
        let best = judge.best(&phases, &asked);
        assert_eq!(found.as_ref().map(|plan| plan.objective.value), best, "seed {seed}\n{text}");
        let Some(plan) = found else {
            impossible += 1;
            continue;
        };
        planned += 1;
        check(&plan, &territory, &judge, (&phases, &asked), &text);
        if let Some(alone) = scenario.last_phase_alone() {
            // The last phase alone is never worse for having no earlier ones to keep.
            let Some(alone) = solve(&alone) else { continue };
            let alone = alone.unwrap();
            assert!(alone.newly_reached >= plan.newly_reached, "{text}");
            nested += u32::from(alone.newly_reached > plan.newly_reached);
        }
    }
    assert!(planned + impossible > 2_500 && impossible > 500 && nested > 2, "{planned} {impossible} {nested}");
}
