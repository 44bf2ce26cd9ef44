use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use maillage_solver::{DemandId, Fixing, Problem, SiteId, Solution};

use crate::{Dictionary, Site, SiteState, Territory};

/// Applicants of a call for projects, each with what it adds: alone, in its turn, beside those that are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// The accepted ones by turn, then the others by what they would add beside them.
    pub applicants: Vec<Score>,
    /// What the accepted ones add together, in units of the objective.
    pub value: u64,
    /// Whole euros for them.
    pub cost: u64,
    /// Whether they keep every rule, those that ask for a least number too.
    pub keeps_rules: bool,
}

/// What one applicant adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Its position in the territory.
    pub site: u32,
    /// Added to the existing sites, alone.
    pub alone: u64,
    /// Its turn among the accepted, from 1; absent where it is not accepted.
    pub turn: Option<u32>,
    /// Added in its turn; of one that is not accepted, added beside all that are.
    pub added: u64,
    /// Whether it would still keep every upper limit beside those that are accepted, and every share that they keep; never of
    /// one that is forbidden.
    pub fits: bool,
    /// Whether it may not open at all.
    pub is_forbidden: bool,
}

/// By what applicants take their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The one that adds most, of those that still fit.
    Most,
    /// The one that adds most for each euro, of those that still fit.
    MostForMoney,
}

impl Scores {
    /// Accepts applicants one after the other, as long as one that adds something fits; those that must open come first.
    ///
    /// Each is scored by what it adds to those accepted before it. Ties go to the one that adds more, then to the cheaper one,
    /// then in the order of the kernel: kind as preferred, then identifier. Rules that ask for a least number are not looked at.
    #[must_use]
    pub fn in_turn(territory: &Territory, compiled: (&Problem, &Dictionary), turn: Turn) -> Self {
        let mut scoring = Scoring::of(territory, compiled);
        let (required, mut open): (Vec<SiteId>, Vec<SiteId>) =
            scoring.applicants.iter().copied().partition(|site| scoring.must_open(*site));
        for site in required {
            scoring.accept(site);
        }
        loop {
            // What adds nothing now never will.
            open.retain(|site| scoring.gain(*site) > 0);
            let Some(next) = scoring.first(turn, open.iter().copied().filter(|site| scoring.fits(*site))) else {
                break;
            };
            scoring.accept(next);
            open.retain(|site| *site != next);
        }
        scoring.finish()
    }

    /// Scores a set that is accepted, by turns in which each adds most.
    #[must_use]
    pub fn of_set(territory: &Territory, compiled: (&Problem, &Dictionary), accepted: &[SiteId]) -> Self {
        let mut scoring = Scoring::of(territory, compiled);
        let accepted: BTreeSet<SiteId> = accepted.iter().copied().collect();
        let mut open: Vec<SiteId> = scoring.applicants.iter().copied().filter(|site| accepted.contains(site)).collect();
        while let Some(next) = scoring.first(Turn::Most, open.iter().copied()) {
            scoring.accept(next);
            open.retain(|site| *site != next);
        }
        scoring.finish()
    }
}

struct Scoring<'a> {
    territory: &'a Territory,
    problem: &'a Problem,
    dictionary: &'a Dictionary,
    /// Kernel sites that may be accepted.
    applicants: Vec<SiteId>,
    /// Kernel sites of applicants that may not.
    forbidden: Vec<SiteId>,
    covered: Vec<bool>,
    activities: Vec<i64>,
    alone: Vec<u64>,
    accepted: Vec<(SiteId, u64)>,
}

impl<'a> Scoring<'a> {
    fn of(territory: &'a Territory, (problem, dictionary): (&'a Problem, &'a Dictionary)) -> Self {
        let existing = dictionary.existing(territory);
        let covered = problem.covered_by(&existing);
        let sites = (0..).map(SiteId).zip(problem.fixings());
        let mut made = Self {
            territory,
            problem,
            dictionary,
            applicants: Vec::new(),
            forbidden: Vec::new(),
            covered,
            activities: vec![0; problem.rules().len()],
            alone: Vec::new(),
            accepted: Vec::new(),
        };
        let is_applicant = |site: SiteId| made.site(site).is_some_and(|site| site.state == SiteState::Candidate);
        let (forbidden, open): (Vec<_>, Vec<_>) =
            sites.filter(|(site, _)| is_applicant(*site)).partition(|(_, fixing)| **fixing == Fixing::Closed);
        let [applicants, forbidden] =
            [open, forbidden].map(|sites| sites.into_iter().map(|(site, _)| site).collect::<Vec<SiteId>>());
        made.alone = applicants.iter().chain(&forbidden).map(|site| made.gain(*site)).collect();
        (made.applicants, made.forbidden) = (applicants, forbidden);
        for site in existing {
            made.count(site);
        }
        made
    }

    fn site(&self, site: SiteId) -> Option<&Site> {
        self.territory.sites().get(self.dictionary.site_of(site.index())? as usize)
    }

    fn cost(&self, site: SiteId) -> u64 {
        self.site(site).map_or(0, |site| site.cost)
    }

    fn must_open(&self, site: SiteId) -> bool {
        self.problem.fixings().get(site.index()) == Some(&Fixing::Open)
    }

    fn gain(&self, site: SiteId) -> u64 {
        let is_open = |demand: &&DemandId| self.covered.get(demand.index()).is_some_and(|covered| !covered);
        let weight = |demand: &DemandId| self.problem.weights().get(demand.index()).copied().unwrap_or_default();
        self.problem.coverage().demands_of(site).iter().filter(is_open).map(weight).sum()
    }

    /// Says whether a site keeps the upper end of every rule beside those that are accepted, and every share that they keep.
    fn fits(&self, site: SiteId) -> bool {
        self.problem.rules_of(site).iter().all(|&(rule, coefficient)| {
            let (Some(rule), Some(activity)) =
                (self.problem.rules().get(rule as usize), self.activities.get(rule as usize))
            else {
                return false;
            };
            let after = activity.saturating_add(coefficient);
            let breaks_most = coefficient > 0 && rule.most.is_some_and(|most| after > most);
            // Of a share it takes away from what the others keep.
            let breaks_least = coefficient < 0 && rule.least.is_some_and(|least| *activity >= least && after < least);
            !breaks_most && !breaks_least
        })
    }

    /// Returns whose turn it is; of equals the first, for the kernel's order is the planner's.
    fn first(&self, turn: Turn, open: impl Iterator<Item = SiteId>) -> Option<SiteId> {
        open.reduce(|best, site| if self.compare(turn, site, best) == Ordering::Greater { site } else { best })
    }

    fn compare(&self, turn: Turn, one: SiteId, other: SiteId) -> Ordering {
        let (gain, other_gain) = (self.gain(one), self.gain(other));
        let (cost, other_cost) = (self.cost(one), self.cost(other));
        let by_money = match turn {
            Turn::Most => Ordering::Equal,
            // One for nothing adds more for each euro than any that costs something.
            Turn::MostForMoney => (u128::from(gain) * u128::from(other_cost))
                .cmp(&(u128::from(other_gain) * u128::from(cost)))
                .then((cost == 0 && gain > 0).cmp(&(other_cost == 0 && other_gain > 0))),
        };
        by_money.then(gain.cmp(&other_gain)).then(other_cost.cmp(&cost))
    }

    fn accept(&mut self, site: SiteId) {
        let gain = self.gain(site);
        self.accepted.push((site, gain));
        self.count(site);
    }

    fn count(&mut self, site: SiteId) {
        for demand in self.problem.coverage().demands_of(site) {
            if let Some(covered) = self.covered.get_mut(demand.index()) {
                *covered = true;
            }
        }
        for &(rule, coefficient) in self.problem.rules_of(site) {
            if let Some(activity) = self.activities.get_mut(rule as usize) {
                *activity = activity.saturating_add(coefficient);
            }
        }
    }

    fn finish(self) -> Scores {
        let all = || self.applicants.iter().chain(&self.forbidden).copied();
        let alone: BTreeMap<SiteId, u64> = all().zip(self.alone.iter().copied()).collect();
        let alone = |site: SiteId| alone.get(&site).copied().unwrap_or_default();
        let score = |site: SiteId, turn: Option<u32>, added: u64, fits: bool| {
            let position = self.dictionary.site_of(site.index())?;
            let is_forbidden = self.forbidden.contains(&site);
            Some(Score { site: position, alone: alone(site), turn, added, fits: fits && !is_forbidden, is_forbidden })
        };
        let accepted =
            (1..).zip(&self.accepted).filter_map(|(turn, (site, added))| score(*site, Some(turn), *added, true));
        let mut applicants: Vec<Score> = accepted.collect();
        let taken: BTreeSet<SiteId> = self.accepted.iter().map(|(site, _)| *site).collect();
        let mut others: Vec<SiteId> = all().filter(|site| !taken.contains(site)).collect();
        others.sort_by_cached_key(|site| std::cmp::Reverse(self.gain(*site)));
        applicants.extend(others.into_iter().filter_map(|site| score(site, None, self.gain(site), self.fits(site))));
        let open: Vec<SiteId> = self.dictionary.existing(self.territory).into_iter().chain(taken).collect();
        Scores {
            keeps_rules: Solution::count(self.problem, &open).is_feasible(),
            applicants,
            value: self.accepted.iter().map(|(_, added)| added).sum(),
            cost: self.accepted.iter().map(|(site, _)| self.cost(*site)).sum(),
        }
    }
}
