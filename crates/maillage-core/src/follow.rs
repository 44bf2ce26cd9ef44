use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{
    Fixing, Guarantee, Observer, Outcome, Problem, ProblemError, Search, SensitivityError, SiteId, SiteRule, Solution,
    Solver, Variation,
};

use crate::need::Need;
use crate::{Dictionary, RankCorrelation, Reach, Scenario, Territory};

/// What was observed at a site in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteUse {
    /// The site, by its position in the territory.
    pub site: u32,
    /// Acts done there.
    pub acts: u64,
    /// Acts that were planned; absent where nobody said.
    pub planned: Option<u64>,
}

/// The open sites of a plan beside what was observed at them.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// Open sites, new ones first, each kind in the order of the territory.
    pub sites: Vec<FollowedSite>,
    /// Whether more is done where more under-served people are near; absent where there is no order to compare.
    pub correlation: Option<RankCorrelation>,
}

/// One open site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowedSite {
    /// Its position in the territory.
    pub site: u32,
    /// Whether the plan opened it.
    pub is_new: bool,
    /// Under-served people to whom it is the nearest open site, within reach.
    pub people: u64,
    /// Acts done there; absent where nothing was observed.
    pub acts: Option<u64>,
    /// Acts that were planned.
    pub planned: Option<u64>,
    /// Whether fewer acts were done than regular use takes.
    pub is_below: bool,
}

impl Followed {
    /// Puts what was observed beside what each open site is near to; `regular` is how many acts a year are regular use.
    #[must_use]
    pub fn of(
        territory: &Territory,
        reach: &Reach,
        scenario: &Scenario,
        (new, uses): (&[u32], &[SiteUse]),
        regular: Option<u64>,
    ) -> Self {
        let existing: Vec<u32> = territory.existing().collect();
        let mut open: Vec<u32> = new.iter().chain(&existing).copied().collect();
        open.sort_unstable();
        let need = Need::of(scenario);
        let mut people: BTreeMap<u32, u64> = BTreeMap::new();
        let nearest = reach.nearest(territory, &open);
        for (commune, nearest) in territory.communes().iter().zip(nearest) {
            if let Some((site, _)) = nearest.filter(|(_, time)| *time <= scenario.within) {
                *people.entry(site).or_default() += need.people(commune);
            }
        }
        let uses: BTreeMap<u32, &SiteUse> = uses.iter().map(|one| (one.site, one)).collect();
        let followed = |is_new: bool| {
            let (people, uses) = (&people, &uses);
            move |&site: &u32| {
                let observed = uses.get(&site);
                let acts = observed.map(|observed| observed.acts);
                FollowedSite {
                    site,
                    is_new,
                    people: people.get(&site).copied().unwrap_or_default(),
                    acts,
                    planned: observed.and_then(|observed| observed.planned),
                    is_below: regular.zip(acts).is_some_and(|(regular, acts)| acts < regular),
                }
            }
        };
        let mut sites: Vec<FollowedSite> = new.iter().map(followed(true)).collect();
        sites.extend(existing.iter().map(followed(false)));
        #[expect(clippy::cast_precision_loss, reason = "ranks need no more than 15 digits")]
        let pairs = sites.iter().filter_map(|site| Some((site.people as f64, site.acts? as f64)));
        let correlation = RankCorrelation::of(pairs.collect());
        Self { sites, correlation }
    }
}

/// A plan that may be changed at a few sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changing<'a> {
    /// The plan's new sites, by their positions in the territory.
    pub planned: &'a [u32],
    /// At most so many of them are given up.
    pub most: u32,
    /// These are given up in any case.
    pub given_up: &'a [u32],
    /// What sites that are given up have cost is spent: it still counts under the budget.
    pub is_spent: bool,
}

/// The best plan after changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The kernel's answer.
    pub outcome: Outcome,
    /// The problem it answers.
    pub problem: Problem,
    /// Sites that are given up, positions in the territory, ascending.
    pub closed: Vec<u32>,
    /// Sites that open in addition, likewise.
    pub opened: Vec<u32>,
}

impl Changing<'_> {
    /// Looks for the best plan that gives up so few sites; the plan without what is given up in any case stays as it is
    /// where nothing better is found.
    ///
    /// # Errors
    /// When no plan keeps the rules with so few changes, or an answer fails its recount.
    pub fn solve(
        &self,
        (territory, scenario): (&Territory, &Scenario),
        (problem, dictionary): (&Problem, &Dictionary),
        search: &Search,
        observer: &dyn Observer,
    ) -> Result<Changed, SensitivityError> {
        let problem = self.problem((territory, scenario), (problem, dictionary))?;
        let mut outcome = search.solve(&problem, observer)?;
        let stays = |site: u32| self.planned.contains(&site) && !self.given_up.contains(&site);
        let ways = (0..).map(SiteId).zip(&dictionary.openings).filter(|(_, opening)| stays(opening.site));
        let open: Vec<SiteId> = dictionary.existing(territory).into_iter().chain(ways.map(|(site, _)| site)).collect();
        let unchanged = Solution::count(&problem, &open);
        let found = Some(outcome.solution.value()).filter(|_| outcome.solution.is_feasible());
        if unchanged.is_feasible() && found.is_none_or(|found| unchanged.value() >= found) {
            let is_best = unchanged.value() == outcome.bound;
            outcome.guarantee = if is_best { Guarantee::Optimal } else { Guarantee::Bounded };
            outcome.solution = unchanged;
        }
        let chosen = dictionary.new_sites(territory, &outcome.solution);
        let planned: BTreeSet<u32> = self.planned.iter().copied().collect();
        let closed = planned.iter().copied().filter(|site| !chosen.contains(site)).collect();
        let opened = chosen.into_iter().filter(|site| !planned.contains(site)).collect();
        Ok(Changed { outcome, problem, closed, opened })
    }

    fn problem(
        &self,
        (territory, scenario): (&Territory, &Scenario),
        (problem, dictionary): (&Problem, &Dictionary),
    ) -> Result<Problem, ProblemError> {
        let planned: BTreeSet<u32> = self.planned.iter().copied().collect();
        let ways = |is: &dyn Fn(u32) -> bool| -> Vec<SiteId> {
            let all = (0..).map(SiteId).zip(&dictionary.openings);
            all.filter(|(_, opening)| is(opening.site)).map(|(site, _)| site).collect()
        };
        let kept = i64::try_from(planned.len()).unwrap_or(i64::MAX).saturating_sub(i64::from(self.most));
        let of_plan = ways(&|site| planned.contains(&site));
        let mut rules = vec![SiteRule::at_least(kept.max(0), of_plan.iter().map(|site| (*site, 1)))];
        if let Some(budget) = scenario.budget.filter(|_| self.is_spent) {
            let cost = |site: u32| territory.sites().get(site as usize).map_or(0, |site| site.cost);
            let spent: u64 = planned.iter().map(|site| cost(*site)).sum();
            let is_other = |site: &u32| !planned.contains(site);
            let others: BTreeSet<u32> = territory.candidates().filter(is_other).collect();
            let costs = ways(&|site| others.contains(&site)).into_iter().filter_map(|site| {
                let position = dictionary.site_of(site.index())?;
                Some((site, i64::try_from(cost(position)).ok()?))
            });
            // Below 0 where more is spent than there is: no plan is within it then.
            let whole = |sum: u64| i64::try_from(sum).unwrap_or(i64::MAX);
            rules.push(SiteRule::at_most(whole(budget).saturating_sub(whole(spent)), costs));
        }
        let closed = ways(&|site| self.given_up.contains(&site));
        let fixings = closed.into_iter().map(|site| (site, Fixing::Closed)).collect();
        Variation { fixings, rules, most: Vec::new() }.of(problem)
    }
}
